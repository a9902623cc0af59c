"""Write the tables of docs/validation.md from what `holdfire validate poland-2025-09-10 --json` prints."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from holdfire.cli.validate import rules, verdict
from holdfire.cli.validate_words import observed, span

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
GOLDEN = PAGE.parents[1] / "tests" / "golden" / "nights.json"
MARKED = re.compile(r"(<!-- tables -->\n).*(\n<!-- end of tables -->)", re.DOTALL)
OUTCOMES = ("outcome", "observed", "foretold (80 %)", "median", "nights so", "inside", "score", "naive", "its score")
OTHERS = ("not scored", "kind", "observed", "in the model (80 %)", "median", "nights so", "agrees")
ANSWERS = {True: "yes", False: "**no**", None: "-"}


def of_the_nights() -> str:
    """Return the mark of the nights that are kept bit for bit: where one moves, what is foretold may have moved."""
    nights = json.loads(GOLDEN.read_text(encoding="utf-8"))["nights"]
    return f"<!-- of the nights {hashlib.sha256(json.dumps(nights, sort_keys=True).encode()).hexdigest()[:16]} -->"


def tables(made: dict[str, Any]) -> str:
    """Return what the page shows of a validation."""
    outcomes, others = [_row(*OUTCOMES), "|---" * len(OUTCOMES) + "|"], [_row(*OTHERS), "|---" * len(OTHERS) + "|"]
    for fact in made["facts"]:
        what, *shared = _shared(fact)
        if fact["kind"] == "outcome":
            outcomes.append(_row(what, *shared, ANSWERS[fact["inside"]], _number(fact["score"]), *_naive(fact)))
        else:
            others.append(_row(what, fact["kind"], *shared, ANSWERS[fact["agrees"]]))
    under = f"under `{made['option']}`{rules(made)}"
    head = f"holdfire {made['holdfire']}, {made['replications']} nights, seed {made['seed']}, {under}.\n{verdict(made)}"
    return "\n\n".join((of_the_nights(), head, "\n".join(outcomes), "\n".join(others)))


def _shared(fact: dict[str, Any]) -> tuple[str, ...]:
    found, so = fact["interval"], fact["nights_as_observed"]
    foretold = (span(found["low"], found["high"]), _number(found["median"])) if found else ("-", "-")
    return fact["what"], observed(fact), *foretold, "-" if so is None else f"{so} of {found['n']}"


def _naive(fact: dict[str, Any]) -> tuple[str, str]:
    naive = fact["naive"]
    return (span(naive["low"], naive["high"]), _number(naive["score"])) if naive else ("none", "-")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    text = tables(json.load(sys.stdin))
    PAGE.write_text(
        MARKED.sub(lambda found: f"{found[1]}{text}{found[2]}", PAGE.read_text(encoding="utf-8")), encoding="utf-8"
    )

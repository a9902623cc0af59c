"""Write the tables of docs/validation.md from what `holdfire validate --json` prints, of one night or of --all."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from holdfire.cli.validate import rules, verdict
from holdfire.cli.validate_all import left_out, lines, rows
from holdfire.cli.validate_all import verdict as verdict_of
from holdfire.cli.validate_words import observed, span

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
GOLDEN = PAGE.parents[1] / "tests" / "golden" / "nights.json"
MARKED = re.compile(r"(<!-- tables -->\n).*(\n<!-- end of tables -->)", re.DOTALL)
ALL_MARKED = re.compile(r"(<!-- all incidents -->\n).*?(<!-- end of all incidents -->)", re.DOTALL)
ALL = (
    "outcome",
    "observed",
    "as written (80 %)",
    "inside",
    "without it (80 %)",
    "inside",
    "score",
    "naive",
    "its score",
)
OUTCOMES = ("outcome", "observed", "foretold (80 %)", "median", "nights so", "inside", "score", "naive", "its score")
OTHERS = ("not scored", "kind", "observed", "in the model (80 %)", "median", "nights so", "agrees")
BARS = {"Without the incident, the bar": "left_out", "As written, no bar": "as_written"}
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


def all_tables(made: dict[str, Any]) -> str:
    """Return what the page shows of all incidents: a table of outcomes, what was left out, and the bar."""
    rows_of = [_row(*ALL), "|---" * len(ALL) + "|"]
    for each in made["incidents"]:
        rows_of += [_row(f"**{each['scenario']}**", *[""] * (len(ALL) - 1)), *(_row(*row) for row in rows(each))]
    said = [f"- {each['scenario']}: {left_out(each)}" for each in made["incidents"]]
    said += [f"- {name}: not foretold, since {why}" for name, why in made["without_outcomes"].items()]
    head = (
        f"holdfire {made['holdfire']}, {made['replications']} nights of each, seed {made['seed']}. {verdict_of(made)}"
    )
    bars = [f"{title}:\n\n" + "\n".join(f"- {line}" for line in lines(made[name])) for title, name in BARS.items()]
    return "\n\n".join((head, *bars, "\n".join(rows_of), "\n".join(said), ""))


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
    given = json.load(sys.stdin)
    every = given["document"] == "validation-all"
    text, marked = (all_tables(given), ALL_MARKED) if every else (tables(given), MARKED)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(marked.sub(lambda found: f"{found[1]}{text}{found[2]}", page), encoding="utf-8")

"""Write what comes out of every rule set that ships on every case: src/holdfire/library/cases/expected.yaml.

A change of this file is a change of results: read the difference before committing it.
"""

from __future__ import annotations

from holdfire.catalogue import EXPECTED, LIBRARY, ids, load_case
from holdfire.examine.computed import named, that_ship
from holdfire.examine.history import as_expected, history

FILE = LIBRARY / "cases" / f"{EXPECTED}.yaml"
HEAD = "# What each set that ships makes of each case. Written by scripts/expected_history.py; do not edit.\n"


def text() -> str:
    """Return the file."""
    rows = history([named(name) for name in that_ship()], [load_case(name) for name in ids("cases")])
    lines = []
    for case, outcomes in as_expected(rows).items():
        lines += [f"{case}:", *(f"  {ruleset}: {outcome}" for ruleset, outcome in outcomes.items())]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())

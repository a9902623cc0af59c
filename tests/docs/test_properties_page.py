"""The page on properties lists what ships."""

from __future__ import annotations

from pathlib import Path

from holdfire.catalogue import ids, load_property
from holdfire.examine.smt.consistency import CONSISTENCIES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "properties.md"


def properties() -> str:
    rows = ["| property | kind | self-defence | sentence |", "|---|---|---|---|"]
    for made in map(load_property, ids("properties")):
        kind = f"{made.kind}, core" if made.core else made.kind
        rows.append(f"| `{made.id}` | {kind} | {'beside' if made.with_defence else 'left out'} | {made.sentence} |")
    return "\n".join(rows)


def consistencies() -> str:
    rows = ["| consistency | sentence |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{each.id}` | {each.sentence} |" for each in CONSISTENCIES)])


def test_the_page_lists_what_ships(rewrite: bool) -> None:
    page = renewed = PAGE.read_text(encoding="utf-8")
    for name, table in (("properties", properties()), ("consistencies", consistencies())):
        head, _, rest = renewed.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- end of {name} -->")
        renewed = f"{head}<!-- {name} -->\n{table}\n<!-- end of {name} -->{tail}"
    if rewrite:
        PAGE.write_text(renewed, encoding="utf-8")
        page = renewed
    assert page == renewed

"""The page on properties lists what ships."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase

from holdfire.catalogue import ids, load_property
from holdfire.examine.computed import that_ship
from holdfire.examine.expected import expected
from holdfire.examine.prove import Result
from holdfire.examine.smt.consistency import CONSISTENCIES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "properties.md"


def properties() -> str:
    rows = ["| property | kind | self-defence | sentence |", "|---|---|---|---|"]
    for made in map(load_property, ids("properties")):
        kind = f"{made.kind}, core" if made.core else made.kind
        rows.append(f"| `{made.id}` | {kind} | {'beside' if made.with_defence else 'left out'} | {made.sentence} |")
    return "\n".join(rows)


def kept() -> str:
    letters = dict(zip(ascii_lowercase, that_ship(), strict=False))
    assert len(letters) == len(that_ship())
    legend = ", ".join(f"{letter} `{name}`" for letter, name in letters.items())
    wanted = expected()
    rows = [f"| property | {' | '.join(letters)} |", f"|---|{'---|' * len(letters)}"]
    for each in ids("properties"):
        broken = ("**B**" if wanted[name][each].result is Result.REFUTED else "k" for name in letters.values())
        rows.append(f"| `{each}` | {' | '.join(broken)} |")
    return "\n".join([f"{legend}.\n", *rows])


def consistencies() -> str:
    rows = ["| consistency | sentence |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{each.id}` | {each.sentence} |" for each in CONSISTENCIES)])


def test_the_page_lists_what_ships(rewrite: bool) -> None:
    page = renewed = PAGE.read_text(encoding="utf-8")
    for name, table in (("properties", properties()), ("kept", kept()), ("consistencies", consistencies())):
        head, _, rest = renewed.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- end of {name} -->")
        renewed = f"{head}<!-- {name} -->\n{table}\n<!-- end of {name} -->{tail}"
    if rewrite:
        PAGE.write_text(renewed, encoding="utf-8")
        page = renewed
    assert page == renewed

"""Write docs/reference/evidence.md from the vocabulary, so that the page cannot lag behind it."""

from __future__ import annotations

from math import isinf
from pathlib import Path

from holdfire.messages.evidence import INFORMANTS
from holdfire.messages.vocabulary import ITEMS, Item, Kind

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "evidence.md"

HEAD = """# Evidence: what a rule may ask

Every item is known, with value, source and age, or it is not known. *Nobody looked* is not known; it is never a
value. What is older than the item's longest age is not known either; those ages are this project's own (`assumed`),
and a rule may demand a fresher look. *Measured* items say whether they are verified: two sensors agree, or the
registration of the only one was checked lately.

| item | what it is | values or unit | longest age | measured |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    rows = "\n".join(f"| {' | '.join(_cells(item))} |" for item in ITEMS)
    return f"{HEAD}{rows}\n\nSources of an item: {', '.join(INFORMANTS)}.\n"


def _cells(item: Item) -> list[str]:
    values = {
        Kind.NUMBER: f"number, {item.unit}",
        Kind.FLAG: "true or false",
        Kind.SET: f"any of: {', '.join(item.values)}",
        Kind.CHOICE: f"one of: {', '.join(item.values)}",
    }[item.kind]
    age = "as long as the track" if isinf(item.max_age_s) else f"{item.max_age_s:g} s"
    return [f"`{item.name}`", item.meaning, values, age, "yes" if item.kinematic else ""]


if __name__ == "__main__":
    PAGE.write_text(page())

"""Prove every property of the library on rule sets that ship, and write what came of it beside the reasons.

Without names it does all sets. A reason is kept where the answer is what it was; where it is not, or is new, a
person has to write one: the tests refuse a file in which `to be written` stands.
"""

from __future__ import annotations

import json
import sys

from holdfire.catalogue import ids, load_property
from holdfire.examine.computed import named, that_ship
from holdfire.examine.encoded import Encoded
from holdfire.examine.expected import FILE, TO_WRITE, Expectation, expected
from holdfire.examine.prove import prove

HEAD = """# What each shipped set keeps and breaks, and why. scripts/expected_properties.py proves it anew.
# Each set that permits force by itself breaks some property: only icao-interception and observe-only keep them all.
rulesets:
"""


def main(names: list[str]) -> None:
    """Write the file anew, with the answers of these sets."""
    kept = {name: dict(entries) for name, entries in expected().items() if name in that_ship()}
    for name in names or that_ship():
        encoded, before = Encoded(named(name)), kept.get(name, {})
        kept[name] = {}
        for asked in map(load_property, ids("properties")):
            result = prove(encoded, asked).result
            old = before.get(asked.id)
            kept[name][asked.id] = old if old and old.result is result else Expectation(result, TO_WRITE)
            if kept[name][asked.id].because == TO_WRITE:
                print(f"{name} {asked.id}: {result.value}; write why in {FILE.name}")
    lines = [HEAD]
    for name in sorted(kept):
        lines.append(f"  {name}:\n")
        for each, want in sorted(kept[name].items()):
            because = json.dumps(want.because, ensure_ascii=False)
            lines.append(f"    {each}:\n      result: {want.result.value}\n      because: {because}\n")
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

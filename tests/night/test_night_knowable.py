"""Nothing is ever known in a whole night that `examine.knowable` says nothing there can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.examine.knowable import told, watch
from holdfire.messages.vocabulary import INDEX, ITEMS, Kind
from holdfire.scenario.load import load_scenario
from support.rehearsed import begun, busy, cycles, written

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.rehearsal.engine import Rehearsal


def test_what_is_known_in_a_night_could_be_told(engine: Rehearsal, tmp_path: Path) -> None:
    there = watch(load_scenario(str(written(busy(), tmp_path / "busy.yaml"))))
    seen: dict[str, set[str]] = {item.name: set() for item in ITEMS}
    run = begun(engine, 2, 0)
    for cycle, _ in enumerate(cycles(run, 2)):
        rows = run.night.picture.rows[: int(run.night.picture.counts[0])]
        for item in ITEMS if cycle % 3 == 0 else ():
            known = rows[(rows["known"] >> INDEX[item.name]) & 1 == 1]
            if item.kind is Kind.NUMBER:
                seen[item.name] |= {"any number"} if known.size else set()
                continue
            for code in set(known["code"][:, INDEX[item.name]].tolist()):
                bits = item.kind is Kind.SET
                values = [v for place, v in enumerate(item.values) if (code >> place & 1 if bits else place == code)]
                seen[item.name] |= set(values)
    for item in ITEMS:
        assert seen[item.name] <= told(item.name, there), item.name
    assert sum(bool(values) for values in seen.values()) > 20, "hardly anything was known: the test is too tame"

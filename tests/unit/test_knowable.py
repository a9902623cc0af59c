"""What a scenario's sensors and crews can never tell, derived from the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from holdfire.catalogue import load_ruleset
from holdfire.examine.knowable import never_known, told, watch
from holdfire.messages.vocabulary import ITEMS
from holdfire.scenario.load import load_scenario
from support.nights import night
from thirty_rules import thirty_rules

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.scenario.load import Loaded


def loaded(folder: Path, data: dict[str, Any]) -> Loaded:
    file = folder / "night.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False))
    return load_scenario(str(file))


def said(name: str, night: Loaded) -> list[str]:
    return [sentence for _, sentence in never_known(load_ruleset(name), night)]


def test_a_condition_that_nothing_tells_is_found_and_says_why() -> None:
    found = dict(never_known(thirty_rules(), load_scenario("poland-2025-09-10")))
    assert found["B-5"] == (
        "B-5 asks in poland-2025-09-10 in vain: airway off: airway is never known there (nothing in a scenario tells "
        "airways); so it never holds there"
    )
    assert "no site of it has a published zone" in found["B-1"]
    assert "no state that guards declares so" in found["B-16"]
    assert "VC-1" not in found


def test_it_follows_the_sensors(tmp_path: Path) -> None:
    data = night()
    whole = watch(loaded(tmp_path, data))
    assert {"radar", "eye"} <= whole.kinds
    data["sensors"] = [each for each in data["sensors"] if each["model"] == "ads-b-station"]
    deaf = watch(loaded(tmp_path, data))
    assert "radar" not in deaf.kinds
    assert told("transponder", deaf) < told("transponder", whole)
    assert "silent" not in told("transponder", deaf)
    assert told("hijack_suspected", deaf) == frozenset()
    assert told("position_kinds", deaf) == {"iff-ssr"}
    assert {"radar"} <= told("position_kinds", whole) <= whole.kinds - {"eye", "report"}
    assert {"eye", "iff-ssr"} <= told("class_kinds", whole) <= {"eye", "eo-ir", "iff-ssr"}


def test_it_follows_crews_sites_and_settings(tmp_path: Path) -> None:
    data = night()
    data |= {"bases": [], "patrols": [], "sites": []}
    data["sensors"] = [each for each in data["sensors"] if "carrier" not in each and "carriers" not in each]
    data.pop("options", None)
    empty = loaded(tmp_path, data)
    there = watch(empty)
    assert told("visual_class", there) == frozenset()
    assert told("cpa_m", there) == frozenset()
    assert told("complying", there) == frozenset()
    assert "warn" not in told("done", there)
    assert any(text.startswith("VC-1 asks") for text in said("visual-confirmation", empty))
    assert any(text.startswith("AP-4 asks") for text in said("visual-confirmation", empty))


def test_every_item_has_an_answer() -> None:
    there = watch(load_scenario("poland-2025-09-10"))
    for item in ITEMS:
        assert told(item.name, there) <= frozenset(item.values or ("any number",))

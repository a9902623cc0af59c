"""Every option of the catalogue in every scenario that ships: a sound night that can begin, or why there is none."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from holdfire.catalogue import ids, load_option, load_platform, load_reaction, load_ruleset, load_sensor
from holdfire.errors import ContentError
from holdfire.rehearsal.engine import families_of
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import checked, load_scenario
from holdfire.scenario.outside import outside

if TYPE_CHECKING:
    from holdfire.logic.option_entry import OptionEntry

NIGHT = "poland-2025-09-10"


@cache
def data_of(scenario: str) -> dict[str, Any]:
    return load_scenario(scenario).data


@pytest.mark.parametrize("option", ids("options"))
def test_an_option_names_what_there_is(option: str) -> None:
    entry: OptionEntry = load_option(option)
    assert entry.id == option
    cited = {source.id for source in entry.sources}
    changes = entry.changes
    for ruleset in changes.rules.values():
        assert ruleset == "host" or load_ruleset(ruleset).id == ruleset
    means = [*changes.stand, *changes.spread, changes.orbits, changes.neighbours, changes.units, changes.package]
    for each in means:
        if each is None:
            continue
        assert set(each.source) <= cited
        if sensor := getattr(each, "sensor", None):
            load_sensor(sensor)
        if platform := getattr(each, "platform", None):
            load_platform(platform)


def test_every_way_to_adapt_is_provoked_by_some_option() -> None:
    usual = load_reaction("usual")
    provoked = {way for name in ids("options") for way in load_option(name).provokes}
    assert provoked == {"more", "decoys", "other-routes", "civil-squawks", "crewed", "escorts"}
    assert all(source.grade == "assumed" for source in usual.sources)


@pytest.mark.parametrize("scenario", ids("scenarios"))
def test_every_option_makes_a_sound_night_or_says_why_not(scenario: str) -> None:
    data = load_scenario(scenario).data
    made, refused, told = [], [], []
    for name in (f"{option}{end}" for option in ids("options") for end in ("", "~reaction")):
        try:
            made.append(expanded(data, name))
        except NoSenseError as error:
            refused.append(str(error))
    try:
        checked({**data, "options": made}, twins=True)
    except ContentError as error:
        told = [each.text for each in error.findings]
    assert made
    assert told == []
    assert all(f" makes no sense in {scenario}: " in each or f" in {scenario}: " in each for each in refused)


@pytest.mark.parametrize("scenario", ids("scenarios"))
def test_the_disputed_rules_can_be_named_everywhere(scenario: str) -> None:
    data = data_of(scenario)
    for name in ("visual", "radar", "direction-or-speed", "attributed-violator", "radar+visual", "visual+radar"):
        made = expanded(data, name)
        changed = bool(made.keys() - {"id", "title"})
        assert changed != made["title"].endswith("as the scenario has it already)")
    alone, later = expanded(data, "visual"), expanded(data, "radar+visual")
    assert alone.get("rules") == later.get("rules")


@pytest.mark.parametrize("option", ids("options"))
def test_an_option_gives_a_night_that_can_begin(option: str) -> None:
    data = data_of(NIGHT)
    try:
        made = expanded(data, option)
    except NoSenseError:
        return
    (family,) = families_of({**data, "options": [made]}, [option])
    added = made.get("add", {})
    before = load_scenario(NIGHT).scenario
    assert len(family.scenario.sensors) == len(before.sensors) + len(added.get("sensors", []))
    assert family.scene.setting.means.units.size == family.scenario.own_number()


def test_what_is_placed_lies_inside_the_guarded_border_and_nobody_looks_at_who_comes() -> None:
    data = data_of(NIGHT)
    border = outside(data)
    assert border.length_m > 600_000
    for option in ("unarmed-surveillance-drones", "aerostats", "eastern-sentry", "exercise-remote"):
        made = expanded(data, option)
        elsewhere = expanded({**data, "intruders": []}, option)
        assert elsewhere == made
        for patrol in made["add"].get("patrols", []):
            assert border.owner(border.frame.to_local(*patrol["orbit"]["at"])) == "PL"
    depths = [border.line.distance(point) for point in _points(border, "unarmed-surveillance-drones")]
    assert all(24_000 < depth < 40_000 for depth in depths)


def _points(border: Any, option: str) -> list[Any]:
    patrols = expanded(data_of(NIGHT), option)["add"]["patrols"]
    return [shapely.Point(border.frame.to_local(*patrol["orbit"]["at"])) for patrol in patrols]

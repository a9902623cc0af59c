"""The assumed numbers of a study's options at both ends: the option is worked out anew from its own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.catalogue import ids, load_option
from holdfire.errors import InputError, UnknownNameError
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import checked, load_scenario
from holdfire.scenario.option import with_option
from holdfire.scenario.schema import Scenario
from holdfire.study import vary, vary_options
from holdfire.study.about import about
from holdfire.study.option_numbers import option_numbers, with_number
from holdfire.study.vary_options import BEARING, trials

if TYPE_CHECKING:
    from holdfire.study.vary import Trial

HEARD = "exercise-remote"
BOTH = f"armed-surveillance-drones+{HEARD}"
SENT = "eastern-sentry"
OPTIONS = ("as-was", HEARD, BOTH, SENT, "shorter-readiness")
DATA = dict(about("romania-2025-09-13", ",".join(OPTIONS)).data)


def one(place: str, options: tuple[str, ...] = OPTIONS) -> Trial:
    (made,) = trials(DATA, [place], options)
    return made


def added(data: Any, option: str) -> Any:
    return next(each for each in data["options"] if each["id"] == option).get("add", {})


def test_an_orbits_number_moves_in_every_option_that_has_it_and_nowhere_else() -> None:
    found = one(f"options.{HEARD}.orbits.number")
    assert (found.as_run, found.low, found.high) == ("2", "1", "4")
    for option in (HEARD, BOTH):
        patrol = next(each for each in added(found.at_high, option)["patrols"] if each["id"] == f"{HEARD}-1")
        assert (patrol["number"], patrol["relief"]) == (4, 4)
    for option in ("as-was", SENT):
        assert added(found.at_high, option) == added(DATA, option)
    assert {name: value for name, value in found.at_low.items() if name != "options"} == {
        name: value for name, value in DATA.items() if name != "options"
    }


def test_an_option_of_the_scenarios_own_that_is_called_alike_is_left_as_it_is() -> None:
    as_run = next(each for each in DATA["options"] if each["id"] == HEARD)
    own = {"id": "visual", "title": "Another", "rules": {"RO": "romania-2025"}}
    both = {**as_run, "id": f"visual+{HEARD}", "rules": own["rules"]}
    data = {**DATA, "options": [own, as_run, both]}
    (found,) = trials(data, ["options.*.orbits.number"], [each["id"] for each in data["options"]])
    assert [now == before for now, before in zip(found.at_high["options"], data["options"], strict=True)] == [
        True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ex", "ex+more-patrols", "ex~reaction", "two", "two+more-patrols"])
def test_a_number_moves_wherever_the_name_of_an_own_option_stands(name: str) -> None:
    own = [
        {"id": "as-was", "title": "As it was"},
        {"id": "ex", "title": "Ex", "uses": HEARD},
        {"id": "two", "title": "Two", "uses": "ex+radar"},
    ]
    data = checked({**DATA, "options": own}, twins=True)
    if name not in {"ex", "two"}:
        data = {**data, "options": [*data["options"], expanded(data, name)]}
    (found,) = trials(data, [f"options.{HEARD}.orbits.number"], ["as-was", name])
    assert [patrol["number"] for patrol in added(found.at_high, name)["patrols"] if patrol["id"] == f"{HEARD}-1"] == [4]


def test_the_count_of_radars_follows_how_far_apart_they_stand_and_so_does_what_they_cost() -> None:
    place = f"options.{SENT}.stand.gap-filler.every_km"
    counts = []
    for data in (one(place).at_low, DATA, one(place).at_high):
        radars = [each for each in added(data, SENT)["sensors"] if each["model"] == "gap-filler"]
        (kept,) = (each for each in added(data, SENT)["upkeep"] if each["what"] == "mobile radar with its crew")
        assert kept["number"] == len(radars)
        counts.append(len(radars))
    assert counts[0] > counts[1] >= counts[2] > 0


def test_a_range_of_an_option_is_tried_at_its_own_ends() -> None:
    found = one(f"options.{SENT}.package.readiness_min")
    assert (found.as_run, found.low, found.high) == ("8 to 15", "8", "15")
    ready = [each["readiness_min"] for base in added(found.at_high, SENT)["bases"] for each in base["aircraft"]]
    assert all((each["low"], each["high"]) == (15, 15) for each in ready)
    assert ready


def test_a_factor_is_tried_at_its_root_and_its_square_and_never_turns_round() -> None:
    found = one("options.shorter-readiness.scale.1.by")
    assert (found.low, found.high) == ("0.577", "0.111")
    entry = next(each for each in found.at_low["options"] if each["id"] == "shorter-readiness")
    as_run = next(each for each in DATA["options"] if each["id"] == "shorter-readiness")
    (less,), (more,) = as_run["set"].values(), entry["set"].values()
    assert less["high"] < more["high"]


def test_a_weapon_that_an_option_alone_brings_is_tried_too() -> None:
    sound = [each for each in DATA["options"] if each["id"] != "shorter-readiness"]  # it needs a base
    unarmed = {**DATA, "bases": [], "patrols": [], "options": sound}
    armless = {name: value for name, value in unarmed.items() if name != "options"}
    assert not vary.ends(armless, "weapons/*.yaml: success_share")
    found = [loc for loc, *_ in vary.ends(unarmed, "weapons/*.yaml: success_share")]
    assert found == [("conduct", "success_share", name) for name in ("gun", "heat-missile")]


def test_a_weapon_that_an_option_alone_loads_is_tried_too() -> None:
    data = dict(about("estonia-2025-09-19", "as-was").data)
    place, address = "weapons/gun.yaml: success_share", "patrols.airborne-pair.gun_bursts"
    bare = {**data, "options": [{"id": "as-was", "title": "As it was"}]}
    bare["bases"], bare["patrols"] = [], [{**data["patrols"][0], "id": "airborne-pair", "gun_bursts": 0}]
    assert not vary.ends(bare, place)
    bare["options"] = [*bare["options"], {"id": "guns", "title": "Guns", "set": {address: 4}}]
    assert [loc for loc, *_ in vary.ends(bare, place)] == [("conduct", "success_share", "gun")]


def test_what_bears_is_tried_of_the_options_of_the_study_alone_and_all_of_it_is_sound() -> None:
    own = {each.place for each in vary.trials(DATA)}
    assert [each.place for each in trials(DATA)] == [each.place for each in vary.trials(DATA)]
    found = [each for each in trials(DATA, (), OPTIONS) if each.place not in own]
    assert {"options.*.orbits.every_km", "options.*.stand.*.every_km", "options.*.scale.*.by"} <= {
        each.place for each in found
    }
    assert all(each.why == BEARING[each.place] and each.place in each.called for each in found)
    for each in found:
        for data in (each.at_low, each.at_high):
            assert data != DATA or each.at_low != each.at_high
            for option in OPTIONS:
                Scenario.model_validate(with_option(data, option))


def test_rule_sets_add_nothing_to_be_tried() -> None:
    data = dict(about("poland-2025-09-10", "as-was,radar-permitted").data)
    assert [each.place for each in trials(data, (), ("as-was", "radar-permitted"))] == list(vary.BEARING)


def test_places_are_tried_in_the_order_asked_for() -> None:
    asked = [f"options.{HEARD}.orbits.number", "conduct.hold_share", f"options.{HEARD}.orbits.depth_km"]
    assert [each.place for each in trials(DATA, asked, OPTIONS)] == asked


def test_what_leads_nowhere_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'options.exercise-remote.orbits.number'"):
        one(f"options.{HEARD}.orbits.numbers")
    with pytest.raises(UnknownNameError, match="no assumed number of an option of this study"):
        one("options.aerostats.stand.aerostat-radar.at_most")  # in the catalogue, and not in the study


def test_a_number_goes_no_further_than_its_bound() -> None:
    found = one(f"options.{SENT}.stand.medium-range-3d.every_km")
    assert (found.as_run, found.low, found.high) == ("600", "300", "1000")


def test_an_end_at_which_an_option_means_nothing_is_left_out_or_where_asked_for_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_sense(data: Any, expression: str, shelf: Any = None) -> Any:
        if shelf:
            message = "it changes nothing there"
            raise NoSenseError(message)
        return expanded(data, expression)

    monkeypatch.setattr(vary_options, "expanded", without_sense)
    with pytest.raises(InputError, match=r"number cannot be tried at both ends \(it changes nothing there\): name"):
        one(f"options.{HEARD}.orbits.number")
    assert [each.place for each in trials(DATA, (), OPTIONS)] == [each.place for each in vary.trials(DATA)]


@pytest.mark.parametrize("name", ids("options"))
def test_every_number_of_the_catalogue_has_an_address_of_its_own_and_can_be_put_back(name: str) -> None:
    entry = load_option(name)
    found = list(option_numbers(entry))
    assert len({each.address for each in found}) == len(found)
    for each in found:
        same = [each.low, each.high] if each.ranged else each.low
        assert with_number(entry, each.loc, same).changes == entry.changes


def test_what_a_source_attests_is_not_tried() -> None:
    entry = load_option(HEARD)
    sources = [each.model_copy(update={"grade": "official"}) for each in entry.sources]
    assert not [
        each for each in option_numbers(entry.model_copy(update={"sources": sources})) if "upkeep" not in each.address
    ]


def test_options_that_a_scenario_takes_from_the_catalogue_are_tried_too() -> None:
    data = load_scenario("lithuania-2025-07-28").data
    listed = [entry["id"] for entry in data["options"]]
    tried = {each.place for each in trials(data, (), listed) if each.place.startswith("options.")}
    assert tried, "acoustic-network, aerostats and others stand in its own list"


def test_what_an_added_patrol_carries_by_default_is_among_the_weapons() -> None:
    data = load_scenario("estonia-2025-09-19").data
    patrol = {name: value for name, value in data["patrols"][0].items() if name not in {"gun_bursts", "weapon"}}
    added = {"id": "mine", "title": "Mine", "add": {"patrols": [{**patrol, "id": "more", "missiles": 2}]}}
    unarmed = {**data, "bases": [], "patrols": [], "options": [added]}
    assert [loc for loc, *_ in vary.ends(unarmed, "weapons/*.yaml: success_share")]

"""Replies, contacts and records: what somebody asked, saw or did, and nothing where nobody did."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.messages.evidence import Basis
from holdfire.messages.layout import evidence_records
from holdfire.messages.track import Stand
from holdfire.messages.vocabulary import ACTIONS, CLASSES, ITEM, ITEMS, KINDS_OF_SENSOR
from support.identified import SSR, Sky, ground, one, site, track, value, view

GROUND = ground()
CIVIL = {"mode_a": 0o1234, "address": 0x48ABCD, "mode_a_age_s": 3.0, "kinds_age_s": {0: 0.0, SSR: 3.0}}
FRIEND = {"iff": 1, "iff_age_s": 3.0}


def camera(named: str, age_s: float) -> dict[str, Any]:
    """Return the fields of a track that a camera looked at, before 1,000 s."""
    code = CLASSES.index(named)
    return {"seen_as": 1 << code, "visual_class": code, "visual_load": 0, "visual_s": 1000.0 - age_s}


def bits(names: tuple[str, ...], *chosen: str) -> int:
    return sum(1 << names.index(name) for name in chosen)


def of(name: str, **fields: Any) -> Any:
    return value(one(track(-30, 0, -44, 0, **fields), on=GROUND), name)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        (CIVIL, "civil"),
        (CIVIL | {"mode_a_age_s": np.inf}, "civil"),  # an address alone
        (CIVIL | {"mode_a_age_s": 31.0, "kinds_age_s": {SSR: 31.0}}, None),  # too long ago
        (CIVIL | {"unanswered": 2}, "civil"),
        (CIVIL | {"unanswered": 3}, "inconsistent"),  # heard earlier, and gone
        (CIVIL | {"mode_a": 0o7500}, "7500"),
        (CIVIL | {"mode_a": 0o7600}, "7600"),
        (CIVIL | {"mode_a": 0o7700}, "7700"),
        (CIVIL | FRIEND, "military"),
        (FRIEND, "military"),
        ({"unanswered": 2}, None),
        ({"unanswered": 3}, "silent"),
        ({"unanswered": 3, "age_s": 31.0}, None),
    ],
)
def test_transponder(fields: dict[str, Any], expected: str | None) -> None:
    assert of("transponder", **fields) == expected


def test_silence_ages_although_other_sensors_see_it() -> None:
    sky = Sky(GROUND, view())
    quiet = track(-30, 0, -44, 0, unanswered=3)
    assert value(sky.at(0, quiet)[0], "transponder") == "silent"
    assert value(sky.at(25, quiet)[0], "transponder") == "silent"
    assert value(sky.at(35, quiet)[0], "transponder") is None, "nobody interrogated it any more"
    assert value(sky.at(40, quiet | {"unanswered": 4})[0], "transponder") == "silent"


@pytest.mark.parametrize(
    ("fields", "contact", "expected"),
    [
        ({}, {}, None),
        (FRIEND, {}, "friendly"),
        ({"iff": 2, "iff_age_s": 3.0}, {}, "no-reply"),
        ({"iff": 2, "iff_age_s": 61.0}, {}, None),
        ({}, {"iff": 2, "iff_s": 990.0}, "no-reply"),
        ({}, {"iff": 1, "iff_s": 990.0}, "friendly"),
        (FRIEND, {"iff": 2, "iff_s": 990.0}, "unresolved"),
        ({"iff": 2, "iff_age_s": 3.0}, {"iff": 1, "iff_s": 990.0}, "unresolved"),
        (FRIEND, {"iff": 2, "iff_s": 900.0}, "friendly"),  # the other answer is old
        ({"iff": 1, "iff_age_s": 90.0}, {"iff": 2, "iff_s": 990.0}, "no-reply"),
        (FRIEND, {"iff": 1, "iff_s": 990.0}, "friendly"),
    ],
)
def test_iff(fields: dict[str, Any], contact: dict[str, Any], expected: str | None) -> None:
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **contact)
    assert value(sky.at(1000, track(-30, 0, **fields))[0], "iff") == expected


ATTACKER = CLASSES.index("one-way-attack-type")
LOOK = {"visual_class": ATTACKER, "visual_load": 3, "looked_s": 985.0, "seen_as": 1 << ATTACKER}


@pytest.mark.parametrize(
    ("item", "contact", "expected", "age_s"),
    [
        ("radio", {"radio": 1, "radio_s": 900.0}, "answering", 100),
        ("radio", {"radio": 2, "radio_s": 900.0}, "silent", 100),
        ("radio", {"radio": 2, "radio_s": 600.0}, None, 400),
        ("visual_class", LOOK, "one-way-attack-type", 15),
        ("visual_class", LOOK | {"looked_s": 300.0}, None, 700),
        ("visual_load", LOOK, "by-type", 15),
        ("complying", {"complying": 0, "complying_s": 980.0}, False, 20),
        ("complying", {"complying": 1, "complying_s": 980.0}, True, 20),
        ("complying", {"complying": 1, "complying_s": 930.0}, None, 70),
        ("attack", {"attack": 0, "attack_s": 998.0}, "none-seen", 2),
        ("attack", {"attack": 1, "attack_s": 998.0}, "on-responder", 2),
        ("attack", {"attack": 1, "attack_s": 980.0}, None, 20),
        ("hijack_suspected", {"hijack": 1}, True, 0),
        ("warned_s", {"warned_s": 940.0, "warned": 1}, 60.0, 0),
        ("warned", {"warned_s": 940.0, "warned": 5}, frozenset({"hailed", "warned-by-fire"}), 0),
        ("seen_as", LOOK, frozenset({"one-way-attack-type"}), 0),
        ("done", {"done": bits(ACTIONS, "hail", "identify")}, frozenset({"hail", "identify"}), 0),
        ("status", LOOK, "state", 15),
        ("status", LOOK | {"visual_class": CLASSES.index("civil")}, "civil", 15),
        ("status", LOOK | {"visual_class": CLASSES.index("balloon")}, None, 15),
        ("status", LOOK | {"looked_s": 300.0}, None, 700),
    ],
)
def test_what_crews_and_controllers_found(item: str, contact: dict[str, Any], expected: Any, age_s: float) -> None:
    sky = Sky(GROUND, view())
    nobody = sky.at(1000, track(-30, 0))[0]
    assert value(nobody, item) == (frozenset() if item in {"warned", "seen_as", "done"} else None)
    sky.contact(0, 1, **contact)
    found = sky.at(1000, track(-30, 0))[0]
    assert value(found, item) == expected
    if expected is not None:
        assert found.items[item].age_s == pytest.approx(age_s)
    assert sky.at(1000, track(-30, 0, number=2))[0] == nobody, "the contact is about another track"


def test_an_untouched_record_of_zeros_about_another_track_says_nothing() -> None:
    found = one(track(-30, 0))
    assert {"visual_class", "radio", "attack", "complying", "warned_s", "hijack_suspected"}.isdisjoint(found.items)


def test_unlawful_interference_that_the_crew_itself_squawks_is_suspected() -> None:
    assert of("hijack_suspected", **CIVIL | {"mode_a": 0o7500}) is True
    assert of("hijack_suspected", **CIVIL) is None


def test_status_is_not_known_where_two_sources_contradict() -> None:
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **LOOK | {"visual_class": CLASSES.index("civil")})
    assert value(sky.at(1000, track(-30, 0, **FRIEND))[0], "status") is None
    assert of("status", **FRIEND) == "state"
    assert of("status", **CIVIL) is None, "no plan belongs to it"


def test_kinds_of_sensor_of_the_last_half_minute() -> None:
    kinds = dict(enumerate((5.0, 29.0, 31.0, np.inf, 12.0, np.inf, 400.0)))
    found = one(track(-30, 0, kinds_age_s=kinds))
    assert value(found, "independent_kinds") == {"radar", "iff-ssr", "acoustic"}
    assert found.items["independent_kinds"].age_s == 5.0
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **LOOK)
    assert value(sky.at(1000, track(-30, 0))[0], "independent_kinds") == {"radar", "eye"}
    assert value(sky.at(1020, track(-30, 0))[0], "independent_kinds") == {"radar"}
    assert value(one(track(-30, 0, kinds_age_s={})), "independent_kinds") == frozenset()
    assert len(KINDS_OF_SENSOR) == len(kinds)


def test_height_is_known_only_if_measured() -> None:
    found = one(track(-30, 0, vh_m_s=-3.0, height_age_s=12.0))
    assert [value(found, name) for name in ("altitude_m", "climb_m_s")] == [500.0, -3.0]
    assert found.items["altitude_m"].age_s == found.items["climb_m_s"].age_s == 12.0
    assert found.items["altitude_m"].sd == pytest.approx(30)
    for never in ({"h_m": np.nan}, {"height_age_s": np.inf}):
        assert [of(name, **never) for name in ("altitude_m", "climb_m_s")] == [None, None]


def test_verified_is_what_two_sensors_agreed_on() -> None:
    at_site = view(site(-50, 0))
    verified = {
        age_s: {name for name, known in one(fields, seen_by=at_site).items.items() if known.verified}
        for age_s, fields in ((age_s, track(-30, 0, -44, 0, two_sensors_age_s=age_s)) for age_s in (5.0, 35.0, np.inf))
    }
    assert verified[5.0] == {"airspace", "direction", "depth_m", "speed_m_s", "cpa_m", "time_to_cpa_s"}
    assert verified[35.0] == verified[np.inf] == set()
    assert verified[5.0] <= {item.name for item in ITEMS if item.kinematic}


def test_rows_are_of_confirmed_and_coasted_tracks_in_rising_order() -> None:
    sky = Sky(GROUND, view())
    stands = (Stand.CONFIRMED, Stand.TENTATIVE, Stand.COASTED, Stand.FREE)
    found = sky.at(0, *(track(-30, 0, number=n + 1, stand=int(stand)) for n, stand in enumerate(stands)))
    assert len(found) == 2
    assert sky.slots[:2].tolist() == [0, 2]
    assert all(each.basis is Basis.SIMULATED for each in found)


def test_a_report_by_telephone_and_a_look_from_a_cockpit_see_and_do_not_measure() -> None:
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **LOOK)
    kinds = dict(enumerate((5.0, 9.0, 31.0, np.inf, 12.0, 7.0, 4.0)))
    (found,) = sky.at(1000, track(-30, 0, kinds_age_s=kinds))
    assert value(found, "independent_kinds") == {"radar", "iff-ssr", "eye", "acoustic", "rf", "report"}
    assert value(found, "position_kinds") == {"radar", "iff-ssr", "acoustic", "rf"}
    assert found.items["position_kinds"].age_s == 5.0
    assert value(one(track(-30, 0, kinds_age_s={})), "position_kinds") == frozenset()


@pytest.mark.parametrize(
    ("fields", "looked", "expected"),
    [
        ({}, None, set()),
        (CIVIL, None, {"iff-ssr"}),
        (CIVIL | {"unanswered": 3}, None, set()),
        (FRIEND, None, {"iff-ssr"}),
        ({"iff": 2, "iff_age_s": 3.0}, None, set()),
        ({}, "foreign-military", {"eye"}),
        ({}, "not-established", set()),
        (CIVIL, "civil", {"eye", "iff-ssr"}),
        (CIVIL, "foreign-military", {"eye"}),  # the answer says otherwise
        (FRIEND, "own-or-allied-military", {"eye", "iff-ssr"}),
        (FRIEND, "civil", {"eye"}),
        (camera("foreign-military", 3.0), None, {"eo-ir"}),
        (camera("foreign-military", 31.0), None, set()),
        (camera("foreign-military", 12.0), "foreign-military", {"eye", "eo-ir"}),
        (camera("foreign-military", 20.0), "civil", {"eye"}),  # the later look
        (camera("foreign-military", 3.0), "civil", {"eo-ir"}),
    ],
)
def test_what_it_is_rests_on_looks_and_answers_that_agree_with_the_latest_look(
    fields: dict[str, Any], looked: str | None, expected: set[str]
) -> None:
    sky = Sky(GROUND, view())
    if looked is not None:
        sky.contact(0, 1, **LOOK | {"visual_class": CLASSES.index(looked)})
    assert value(sky.at(1000, track(-30, 0, -44, 0, **fields))[0], "class_kinds") == expected


def test_what_told_what_it_is_ages() -> None:
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **LOOK)
    found = [sky.at(time_s, track(-30, 0))[0].items["class_kinds"] for time_s in (1000, 1011, 1040)]
    assert [each.value for each in found] == [{"eye"}, {"eye"}, frozenset()]
    assert [each.age_s for each in found] == [15.0, 26.0, 0.0]


def test_a_row_reads_back_to_the_same_row() -> None:
    sky = Sky(GROUND, view(site(-50, 0, zone="restricted"), priors={}))
    sky.contact(0, 1, **LOOK, done=0b111, warned=3, warned_s=900.0, radio=2, radio_s=950.0, complying=0)
    found = sky.at(1000, track(-30, 0, -44, 0, **CIVIL | FRIEND, two_sensors_age_s=1.0))
    assert sky.rows[:1].tobytes() == evidence_records(found).tobytes()


def test_losing_an_answer_or_a_look_makes_things_unknown_and_no_other_value() -> None:
    full = {"radio": 2, "radio_s": 990.0, "complying": 0, "complying_s": 990.0, "attack": 0, "attack_s": 999.0} | LOOK
    pairs = (("radio", "radio_s"), ("complying", "complying_s"), ("attack", "attack_s"), tuple(LOOK))
    records = {"seen_as", "warned", "done", "independent_kinds", "position_kinds", "class_kinds", "alert"}
    asked = {"unanswered": 3, "iff": 2, "iff_age_s": 1.0}

    def found(contact: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        sky = Sky(GROUND, view())
        sky.contact(0, 1, **contact)
        return {name: known.value for name, known in sky.at(1000, track(-30, 0, -44, 0, **fields))[0].items.items()}

    everything = found(full, asked)
    less = [found({k: v for k, v in full.items() if k not in pair}, asked) for pair in pairs]
    less += [found(full, {k: v for k, v in asked.items() if not k.startswith(lost)}) for lost in ("unanswered", "iff")]
    for each in less:
        changed = {name for name in each if name not in records and each[name] != everything.get(name)}
        assert changed <= {"people_at_risk", "people_at_risk_debris"}, changed  # larger, as less is known of what falls
        assert len(each) < len(everything)


@pytest.mark.parametrize("item", ["airway", "friends", "harm_of_not_acting"])
def test_nobody_knows_airways_friends_or_what_not_acting_costs(item: str) -> None:
    assert item in ITEM
    assert of(item) is None

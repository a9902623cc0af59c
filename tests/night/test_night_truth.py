"""Whoever decides never sees the truth: what no sensor sees may be anything, and nothing decided changes.

Import contracts keep the truth's layouts away from the deciders; here its values are changed under them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.binding.rows import rule_on
from holdfire.loop import CYCLE, DT_S, crews_on
from holdfire.messages.aircraft import AIRCRAFT, Intent, Part, Transponder
from holdfire.messages.vocabulary import STATES
from holdfire.picture import follow, recognise
from holdfire.rehearsal.copies import copied
from holdfire.respond.decide import decide
from holdfire.sense.scan import scan
from holdfire.world.move import move
from support.rehearsed import FIVE, begun, believed, on, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.rehearsal.engine import Rehearsal
    from support.rehearsed import Begun

OPTION = FIVE.index("perceived-danger")
HOUR = 3600

CIVIL = (Part.AIRLINER, Part.CARGO, Part.GENERAL_AVIATION, Part.GLIDER, Part.MEDICAL, Part.FRIENDLY_DRONE)
KEPT = {
    # what names the aircraft's numbers, and where it is and how it flies
    "entity", "status", "arrival", "platform", "spawn_s", "fails_s", "x_m", "y_m", "h_m", "heading_rad",
    "faced_rad", "faced_east", "faced_north", "speed_m_s", "climb_m_s", "leg", "leg_end",
    "steady", "step_x_m", "step_y_m", "altimetry",
    # what answers an interrogator or a call, and so is heard
    "crewed", "transponder", "iff", "radio",
}  # fmt: skip


def other(aircraft: Records, where: np.ndarray, name: str, values: np.ndarray | int | float) -> None:
    """Put something else into a field."""
    before = aircraft[name][where].copy()
    aircraft[name][where] = values
    assert not where.any() or (aircraft[name][where] != before).any(), name


def scramble(night: Night) -> set[str]:
    """Change all of the truth that neither a sensor sees nor flight needs; return the fields that were changed."""
    aircraft = night.world.aircraft
    every = np.ones(aircraft.size, np.bool_)
    anything = 1 + np.arange(aircraft.size)
    civil, mute = np.isin(aircraft["part"], CIVIL), aircraft["transponder"] == Transponder.OFF
    deaf = (aircraft["radio"] == 0) | (aircraft["crewed"] == 0)
    assert mute.any()
    assert deaf.any()
    other(aircraft, civil, "part", np.array(CIVIL)[anything[civil] % len(CIVIL)])
    other(aircraft, every, "intent", (aircraft["intent"] + 1) % len(Intent))
    other(aircraft, every, "state", (aircraft["state"] + anything) % len(STATES))
    other(aircraft, every, "people", aircraft["people"] + anything)
    other(aircraft, every, "plan", -7)
    other(aircraft, every, "line", anything)
    other(aircraft, every, "ordinal", anything[::-1])
    other(aircraft, every, "payload", 1 - aircraft["payload"])
    other(aircraft, mute, "mode_a", 0o1234)
    other(aircraft, mute, "address", anything[mute])
    other(aircraft, mute & (aircraft["iff"] == 0), "transponder_fails_s", 60.0)
    other(aircraft, deaf, "radio_fails_s", 60.0)
    return {
        "part", "intent", "state", "people", "plan", "line", "ordinal", "payload", "mode_a", "address",
        "transponder_fails_s", "radio_fails_s",
    }  # fmt: skip


def test_every_field_of_the_truth_is_scrambled_or_kept_for_a_reason(engine: Rehearsal) -> None:
    names = set(AIRCRAFT.names or ())
    assert scramble(begun(engine).night) | KEPT == names


@pytest.mark.parametrize("option", [OPTION, FIVE.index("attributed-violator")])
def test_what_no_sensor_sees_changes_no_decision(engine: Rehearsal, option: int) -> None:
    plain, scrambled = begun(engine), begun(engine)
    scramble(scrambled.night)
    one, two = story(plain, option), story(scrambled, option)
    assert len(one) == plain.scene.ticks // CYCLE
    first = next((cycle for cycle, (a, b) in enumerate(zip(one, two, strict=True)) if a != b), None)
    assert first is None, (first, [name for name in one[first] if one[first][name] != two[first][name]])
    assert plain.night.response.events["what"].tobytes() == scrambled.night.response.events["what"].tobytes()


def _lower(night: Night) -> None:
    night.world.aircraft["h_m"] += 100.0


def _squawk(night: Night) -> None:
    night.world.aircraft["mode_a"] ^= 1


def _silence(night: Night) -> None:
    night.world.aircraft["transponder"] = Transponder.OFF


def _enlarge(night: Night) -> None:
    night.world.platforms["rcs_m2"] *= 2.0


@pytest.mark.parametrize("change", [_lower, _squawk, _silence, _enlarge])
def test_what_a_sensor_sees_changes_what_is_believed(engine: Rehearsal, change: Callable[[Night], None]) -> None:
    plain, changed = begun(engine), begun(engine)
    changed = changed._replace(night=copied(changed.night))  # platforms are the scene's own
    change(changed.night)
    one, two = story(plain, OPTION, HOUR // 6), story(changed, OPTION, HOUR // 6)
    assert one[-1]["tracks"] != two[-1]["tracks"]
    assert one[-1]["rows"] != two[-1]["rows"]


def hide(night: Night) -> None:
    """Put nonsense in the place of all truth, and of whatever was joined with it."""
    for records in (night.world.aircraft, night.world.waypoints, night.world.platforms):
        records.view(np.uint8)[:] = 0xA5
    for records in (night.score.scored, night.scanner.stand, night.response.events, night.response.sightings):
        records.view(np.uint8)[:] = 0x5A
    for places in (night.plots.origin, night.score.owner, night.score.owner_of, night.world.active, night.scanner.due):
        places[:] = -77
    night.response.responders["found"] = -99  # crews do not know what they are really beside
    night.response.responders["aircraft"] = -99


def decided(run: Begun, tick: int, between: Callable[[Night], None]) -> dict[str, bytes]:
    """Take one tick as the loop does as far as its orders, with something done before anybody decides."""
    setting, night, time_s = run.scene.setting, copied(run.night), tick * DT_S
    picture, response = night.picture, night.response
    move(night.world, tick, DT_S, setting.half_width_m, setting.half_height_m)
    scan(setting.sensors, night.scanner, night.world, tick, run.key, night.plots)
    follow(picture, night.plots, setting.stated, setting.tuning, time_s)
    between(night)
    recognise(picture, setting.identification, setting.ground, response.contacts, run.plans, time_s)
    n = picture.counts[0]
    rows, slots = picture.rows[:n], picture.slots[:n]
    assessed, ruled = night.assessments[OPTION][:n], night.rulings[OPTION][:n]
    crews_on(response.contacts, response.responders, slots, night.crews)
    rule_on(
        setting.binding, night.bench, OPTION, rows, slots, picture.numbers[:n], picture.hosts[:n], night.crews[:n],
        CYCLE * DT_S, assessed, ruled,
    )  # fmt: skip
    orders = night.orders[OPTION][:n]
    decide(setting.means, response, picture.tracks, slots, n, assessed, ruled, rows, time_s, orders)
    return believed(night, OPTION)


def forget(night: Night) -> None:
    """Take away what crews have reported."""
    night.response.contacts["number"] = 0


def test_a_decision_is_the_same_with_nonsense_in_the_place_of_the_truth(engine: Rehearsal) -> None:
    run, since, orders, changed = begun(engine), 0, 0, set[str]()
    for tick in range(10 * 60, 80 * 60, 420):
        on(run, OPTION, since, tick)
        blind, forgetful = decided(run, tick, hide), decided(run, tick, forget)
        on(run, OPTION, tick, tick + 1)
        seen, since, n = believed(run.night, OPTION), tick + 1, run.night.picture.counts[0]
        assert n > 20
        assert {name for name in seen if seen[name] != blind[name]} == set()
        changed |= {name for name in seen if seen[name] != forgetful[name]}
        orders += int((run.night.orders[OPTION, :n]["action"] > 0).sum())
    assert orders > 0
    assert changed >= {"rows", "rulings", "orders"}  # the control


def watched(run: Begun, since: int, ticks: int, between: Callable[[Night], None]) -> bytes:
    """Move, scan and follow for some ticks, with something done to the plots before they reach the tracker."""
    setting, night = run.scene.setting, copied(run.night)
    for tick in range(since, since + ticks):
        move(night.world, tick, DT_S, setting.half_width_m, setting.half_height_m)
        scan(setting.sensors, night.scanner, night.world, tick, run.key, night.plots)
        between(night)
        follow(night.picture, night.plots, setting.stated, setting.tuning, tick * DT_S)
    tracks = night.picture.tracks
    return tracks.track[tracks.used[: tracks.counts[0]]].tobytes()


def test_the_tracker_does_not_read_where_a_plot_came_from(engine: Rehearsal) -> None:
    run, since = begun(engine), 40 * 60
    on(run, OPTION, 0, since)

    def untouched(night: Night) -> None:
        assert night.plots.counts[0] >= 0

    def scrambled(night: Night) -> None:
        night.plots.origin[:] = np.roll(night.plots.origin, 1) - 5
        night.plots.fed[:] = 12_345

    def moved(night: Night) -> None:
        night.plots.plot["x_m"] += 1.0

    plain = watched(run, since, 300, untouched)
    assert watched(run, since, 300, scrambled) == plain
    assert watched(run, since, 300, moved) != plain

"""The books of a whole night balance: nothing is fired, flown, seen or counted that did not happen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.loop import DT_S
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import Duty, What
from holdfire.rehearsal.engine import engine_from
from support.rehearsed import begun, busy, cycles, on

if TYPE_CHECKING:
    from holdfire.messages.layout import Records
    from holdfire.messages.night import OptionNight
    from holdfire.rehearsal.engine import Rehearsal

ENGAGE = ALL_ACTIONS.index(Action.ENGAGE)
PERCEIVED = 3
"""An option under which much happens."""
GROUNDED = (Duty.ALERT, Duty.SCRAMBLED, Duty.TURNAROUND)


@pytest.fixture(scope="module")
def nights(engine: Rehearsal) -> list[OptionNight]:
    return [night for replication in range(3) for night in engine.rehearse(1, replication)]


def of(night: OptionNight, *whats: What) -> Records:
    return night.events[np.isin(night.events["what"], whats)]


def test_enough_happens_in_these_nights(nights: list[OptionNight]) -> None:
    happened = Counter(What(int(what)) for night in nights for what in night.events["what"])
    wanted = (What.FIRED, What.HIT, What.MISSED, What.STRAY, What.DEPARTED, What.HELD, What.LOST_SIGHT, What.GRANTED)
    assert {what for what in wanted if happened[what] < 3} == set()


def test_whoever_was_shot_down_was_fired_at_and_hit(nights: list[OptionNight]) -> None:
    for night in nights:
        fired = Counter(of(night, What.FIRED)["aircraft"].tolist())
        hit = Counter(of(night, What.HIT)["aircraft"].tolist())
        assert {int(row["aircraft"]): int(row["shots"]) for row in night.aircraft if row["shots"] > 0} == fired
        down = night.aircraft[night.aircraft["status"] == Status.SHOT_DOWN]["aircraft"].tolist()
        assert sorted(hit) == sorted(down)
        assert set(hit.values()) <= {1}
        assert night.figures["shots"] == fired.total() == hit.total() + len(of(night, What.MISSED))
        assert len(of(night, What.DEBRIS)) == hit.total() + len(of(night, What.DISRUPTED))
        assert len(of(night, What.STRAY)) <= len(of(night, What.MISSED))


def test_nobody_fires_without_a_word_or_a_departure(nights: list[OptionNight]) -> None:
    for night in nights:
        for shot in of(night, What.FIRED):
            before = night.events[night.events["time_s"] <= shot["time_s"]]
            granted = (before["what"] == What.GRANTED) & (before["number"] == shot["number"])
            granted &= before["value"] == ENGAGE
            departs = (before["what"] == What.DEPARTED) & (before["time_s"] == shot["time_s"])
            departs &= (before["responder"] == shot["responder"]) & (before["aircraft"] == shot["aircraft"])
            assert granted.any() or departs.any()


def test_nobody_fires_at_what_was_not_found_nor_at_what_is_down(nights: list[OptionNight]) -> None:
    for night in nights:
        down: set[int] = set()
        beside: dict[int, int] = {}
        for event in night.events:
            what, aircraft, responder = What(int(event["what"])), int(event["aircraft"]), int(event["responder"])
            if what is What.FOUND:
                beside[responder] = aircraft
            elif what in {What.DROPPED, What.LOST_SIGHT, What.LANDED}:
                beside.pop(responder, None)
            elif what in {What.FIRED, What.LOOKED, What.HELD, What.DEPARTED, What.HIT, What.MISSED}:
                assert beside[responder] == aircraft, what
            assert what is not What.FIRED or aircraft not in down
            if what in {What.HIT, What.DISRUPTED, What.FELL, What.ARRIVED}:
                down.add(aircraft)


def test_who_holds_does_not_fire_but_by_departing(nights: list[OptionNight]) -> None:
    for night in nights:
        held = {(each["responder"], each["aircraft"]) for each in of(night, What.HELD)}
        departed = {(each["responder"], each["aircraft"], each["time_s"]) for each in of(night, What.DEPARTED)}
        for shot in of(night, What.FIRED):
            if (shot["responder"], shot["aircraft"]) in held:
                assert (shot["responder"], shot["aircraft"], shot["time_s"]) in departed


def test_events_stand_in_the_order_of_time_within_the_night(engine: Rehearsal, nights: list[OptionNight]) -> None:
    end_s = engine.families[0].scene.ticks * DT_S
    for night in nights:
        assert (np.diff(night.events["time_s"]) >= 0).all()
        assert night.events["time_s"].min() >= 0
        assert night.events["time_s"].max() < end_s


def test_each_aircraft_of_ours_takes_off_and_lands_by_turns(engine: Rehearsal, nights: list[OptionNight]) -> None:
    units = engine.families[0].scene.setting.means.units
    end_s = engine.families[0].scene.ticks * DT_S
    for night in nights:
        flown_s = 0.0
        for place in range(units.size):
            mine = of(night, What.AIRBORNE, What.LANDED)
            mine = mine[mine["responder"] == place]
            assert mine["what"].tolist() == [What.AIRBORNE, What.LANDED] * (len(mine) // 2) + [What.AIRBORNE] * (
                len(mine) % 2
            )
            times = [*mine["time_s"], end_s] if len(mine) % 2 else mine["time_s"]
            flown_s += sum(b - a for a, b in zip(times[::2], times[1::2], strict=True))
            shots = of(night, What.FIRED)
            sorties = int((mine["what"] == What.AIRBORNE).sum())
            carried = int(units[place]["missiles"] + units[place]["guns"]) * sorties
            assert int((shots["responder"] == place).sum()) <= carried
        assert night.figures["sorties"] == len(of(night, What.AIRBORNE))
        assert night.figures["sorties"] <= units.size  # a turnaround and another sortie take longer than this night
        assert night.figures["flight_h"] * 3600 == pytest.approx(flown_s, abs=2.0 * units.size)


def test_figures_add_up(engine: Rehearsal, nights: list[OptionNight]) -> None:
    low, high = engine.families[0].scenario.intruders_number()
    for night in nights:
        figures, mine = night.figures, night.aircraft[night.aircraft["part"] == Part.INTRUDER]
        assert low <= len(mine) <= high
        assert 0 < figures["entered"] <= len(mine)
        assert figures["stopped"] + figures["missed"] == figures["entered"]
        assert figures["left"] + figures["fell"] + figures["arrived"] <= figures["missed"]
        assert figures["entered"] >= figures["detected"] >= figures["tracked"]
        assert figures["intercepted"] >= figures["engaged"] >= figures["stopped"]
        assert figures["tracks_confirmed"] >= figures["tracks_false"]
        wrongly = figures["wrongful_civil"] + figures["wrongful_friendly"]
        assert wrongly == sum(
            figures[f"wrongful_{each}"] for each in ("rule", "wrong_look", "wrong_aircraft", "departure")
        )
        held = {(each["responder"], each["aircraft"]) for each in of(night, What.HELD)}
        assert figures["held_by_crew"] == len(held)
        assert all(
            value >= 0 for name, value in figures.items() if not name.startswith("border_to_") and value == value
        )


def test_who_is_wrongly_fired_at_is_counted_once_and_by_one_cause() -> None:
    # No intruder, many who answer nobody, and crews that often fire without a word.
    data = busy(1.0) | {"intruders": []}
    data["conduct"] |= {"departures_per_contact_h": 1.0}
    data["background"]["general_aviation"] |= {"at_once": 12, "silent_share": 1.0, "no_radio_share": 1.0}
    made = engine_from(data, ["as-was"])
    nights = [night for replication in range(10) for night in made.rehearse(1, replication)]
    wrongly = 0.0
    for night in nights:
        figures, fired = night.figures, of(night, What.FIRED)
        shot = night.aircraft[night.aircraft["shots"] > 0]
        assert (
            figures["wrongful_civil"] + figures["wrongful_friendly"]
            == len(shot)
            == len(set(fired["aircraft"].tolist()))
        )
        assert (shot["cause"] >= 0).all()
        assert (shot["part"] != Part.INTRUDER).all()
        departed = set(of(night, What.DEPARTED)["aircraft"].tolist())
        assert figures["wrongful_departure"] == len(departed & set(fired["aircraft"].tolist()))
        assert figures["entered"] == figures["stopped"] == figures["missed"] == 0
        wrongly += len(shot)
    assert wrongly > 0


def test_what_happened_to_an_intruder_happened_in_order(nights: list[OptionNight]) -> None:
    for night in nights:
        rows = night.aircraft[night.aircraft["part"] == Part.INTRUDER]
        assert (rows["detected_s"] <= rows["tracked_s"]).all()
        assert (rows["tasked_s"] <= rows["intercepted_s"]).all()
        assert (rows["intercepted_s"] <= rows["engaged_s"]).all()
        inside = np.isfinite(rows["entered_s"])
        assert (rows["depth_m"][inside] > 0).all()
        assert (rows["depth_m"][~inside] <= 0).all()
        assert (rows["entered_s"][inside] <= rows["ended_s"][inside]).all()
        ended = np.isfinite(rows["ended_s"])
        assert (rows["status"][ended] > Status.FLYING).all()
        assert (rows["shots"][rows["status"] == Status.SHOT_DOWN] > 0).all()


def test_an_end_between_two_cycles_is_noted(engine: Rehearsal) -> None:
    run = begun(engine)
    intruder = int(run.night.score.watched[0])
    on(run, PERCEIVED, 0, 1)
    run.night.world.aircraft[intruder]["status"] = Status.FELL
    on(run, PERCEIVED, 1, 3)
    assert run.night.score.scored[intruder]["ended_s"] == 1.0


def test_only_what_flies_is_seen_and_nothing_leaps(engine: Rehearsal) -> None:
    run = begun(engine)
    aircraft, plots = run.night.world.aircraft, run.night.plots
    fastest_m_s = run.night.world.platforms["speed_max_m_s"][aircraft["platform"]]
    seen, gone = 0, 0
    for tick in range(4000):
        before = aircraft[["status", "x_m", "y_m"]].copy()
        on(run, PERCEIVED, tick, tick + 1)
        grounded = (before["status"] != Status.FLYING) & (aircraft["status"] != Status.FLYING)
        origin = plots.origin[: plots.counts[0]]
        assert not grounded[origin[origin >= 0]].any()
        seen += origin.size
        gone += int((before["status"] == Status.FLYING).sum() - (aircraft["status"] == Status.FLYING).sum() > 0)
        flew = (before["status"] == Status.FLYING) & (aircraft["status"] == Status.FLYING)
        step_m = np.hypot(aircraft["x_m"] - before["x_m"], aircraft["y_m"] - before["y_m"])
        assert (step_m <= 1.001 * fastest_m_s * DT_S)[flew].all()
    assert seen > 10_000
    assert gone > 10


def test_responders_are_where_their_duty_says(engine: Rehearsal) -> None:
    run = begun(engine)
    aircraft, responders = run.night.world.aircraft, run.night.response.responders
    landed = 0
    for _ in cycles(run, PERCEIVED):
        on_ground = np.isin(responders["duty"], GROUNDED)
        flying = aircraft["status"][responders["aircraft"]] == Status.FLYING
        assert (flying == ~on_ground).all()
        tasked = responders["number"][responders["track"] >= 0]
        assert len(set(tasked.tolist())) == tasked.size  # nobody doubles another's task
        assert (responders["missiles"] >= 0).all()
        assert (responders["guns"] >= 0).all()
        assert (responders["fuel_s"][flying] > 0).all()
        landed += int((responders["duty"] == Duty.TURNAROUND).sum())
        assert (aircraft["h_m"] >= 0).all()
    assert landed > 0

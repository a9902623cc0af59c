"""One look and one tick: what is seen, what is not, and that nothing but the visible changes a plot."""

from __future__ import annotations

import math
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.geo.horizon import horizon_m
from holdfire.messages.aircraft import Intent, Part, Status, Transponder
from holdfire.messages.plot import NO_CODE, plots_for
from holdfire.seed import Key
from holdfire.sense.prepare import prepare_sensors, scanner_for
from holdfire.sense.scan import scan
from holdfire.sense.schema import SensorModel
from support.sensed import FRAME, KEY, LIBRARY, bare, mast, ring, sky, watch

if TYPE_CHECKING:
    from holdfire.sense.layout import Sensors

LONG = "long-range-3d"


def spread(count: int = 300, half_m: float = 250e3) -> dict[str, Any]:
    """Places and heights all over an area, by a low-discrepancy sequence."""
    each = np.arange(count) + 1
    return {
        "x_m": half_m * (2 * (each * 0.754877666 % 1) - 1),
        "y_m": half_m * (2 * (each * 0.569840291 % 1) - 1),
        "h_m": 300 + 9700 * (each * 0.318309886 % 1),
        "heading_rad": 2 * np.pi * (each * 0.618033989 % 1),
        "speed_m_s": 50 + each % 200,
    }


@pytest.mark.parametrize("transponder", [Transponder.OFF, Transponder.CIVIL])
@pytest.mark.parametrize("model", [LONG, "medium-range-3d", "airborne-early-warning", "ads-b-station"])
def test_plots_are_unbiased_and_their_covariance_is_true(model: str, transponder: Transponder) -> None:
    made = mast(model, mast_m=50.0)
    made.radar["clutter_m"] = 0.0
    world = sky(300, **spread(), transponder=transponder)
    plot, origin, _ = watch(made, world, 121)
    if model == "ads-b-station" and transponder == Transponder.OFF:
        assert plot.size == 0
        return
    truth = world.aircraft[origin]
    far = np.hypot(truth["x_m"], truth["y_m"]) > 3 * truth["h_m"]  # not overhead, where range turns into height
    plot, truth = plot[far], truth[far]
    dx, dy, dh = (plot[name] - truth[name] for name in ("x_m", "y_m", "h_m"))
    xx, xy, yy = plot["var_x_m2"], plot["cov_xy_m2"], plot["var_y_m2"]
    square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy)
    assert plot.size > 1000
    assert np.mean(square) == pytest.approx(2.0, abs=4 * math.sqrt(4 / plot.size))  # chi-square of two
    for error, variance in ((dx, xx), (dy, yy)):
        assert abs(np.mean(error / np.sqrt(variance))) < 4 / math.sqrt(plot.size)
    if transponder == Transponder.OFF:  # else an aircraft's altimeter is off by the same in every plot
        assert np.mean(dh * dh / plot["var_h_m2"]) == pytest.approx(1.0, abs=4 * math.sqrt(2 / plot.size))
    assert np.max(np.abs(dh) / np.sqrt(plot["var_h_m2"])) < 6


def test_height_of_a_reply_is_in_steps_of_25_ft_and_off_by_the_same_everywhere() -> None:
    world = sky(40, **ring(40, 60e3), h_m=7000.0)
    plot, origin, _ = watch(mast(LONG), world, 60)
    heard = plot["kinds"] & 2 != 0
    steps = plot["h_m"][heard] / 7.62
    assert np.allclose(steps, np.round(steps))
    for each in range(40):
        assert np.unique(plot["h_m"][heard & (origin == each)]).size == 1
    assert np.std(plot["h_m"][heard] - 7000) == pytest.approx(math.sqrt(plot["var_h_m2"][heard][0]), rel=0.3)


def test_a_sensor_without_height_takes_an_assumed_one() -> None:
    made = mast(LONG, elevation_sd_rad=0.0, assumed_h_m=4000.0, assumed_h_sd_m=3000.0)
    plot, _, _ = watch(made, sky(20, **ring(20, 60e3), transponder=Transponder.OFF), 30)
    assert plot.size > 0
    assert np.all(np.isnan(plot["h_m"]))
    assert np.all(np.hypot(plot["x_m"], plot["y_m"]) > 60e3)  # it flies higher than assumed


def test_nothing_is_seen_below_the_horizon() -> None:
    range_m = np.linspace(20e3, 200e3, 200)
    world = sky(200, x_m=range_m, y_m=0.0, h_m=150.0)
    _, origin, _ = watch(mast(LONG), world, 60)
    seen = np.isin(np.arange(200), origin)
    edge = horizon_m(30.0, 150.0)
    assert not seen[range_m > edge].any()
    assert seen[range_m < 0.8 * edge].all()


def test_nothing_is_seen_overhead_or_out_of_reach() -> None:
    world = sky(3, x_m=np.array([8e3, 60e3, 480e3]), h_m=np.array([12e3, 12e3, 40e3]))
    _, origin, _ = watch(mast(LONG), world, 60)
    assert set(origin) == {1}


def test_a_turning_beam_meets_an_aircraft_once_a_turn() -> None:
    made = mast(LONG)
    world = sky(36, **ring(36, 80e3))
    plot, origin, _ = watch(made, world, 121)
    phase_s = scanner_for(made, 36, KEY).stand[0]["phase_s"]
    for each in range(36):
        times = plot["time_s"][origin == each]
        assert np.all(np.diff(times) == 10)
        azimuth = math.atan2(world.aircraft["x_m"][each], world.aircraft["y_m"][each])
        late_s = (times[0] - phase_s - 10 * azimuth / (2 * math.pi)) % 10
        assert late_s < 1  # in the tick in which the beam passes


def test_who_is_outside_secondary_coverage_is_not_asked() -> None:
    world = sky(60, x_m=np.linspace(10e3, 200e3, 60), transponder=Transponder.OFF)
    plot, origin, _ = watch(mast(LONG, secondary_m=100e3), world, 60)
    inside = world.aircraft["x_m"][origin] <= 100e3
    assert np.array_equal(plot["asked"] == 1, inside)
    assert np.array_equal(plot["iff"], np.where(inside, 2, 0))
    assert np.all(plot["mode_a"] == NO_CODE)


def test_what_a_transponder_says_and_what_a_failed_one_does_not() -> None:
    fails_s = np.array([inf, 30.0, inf, inf])
    kinds = np.array([Transponder.CIVIL, Transponder.CIVIL, Transponder.OFF, Transponder.MILITARY])
    world = sky(4, **ring(4, 70e3), transponder=kinds, transponder_fails_s=fails_s, iff=np.array([0, 0, 0, 1]))
    plot, origin, _ = watch(mast(LONG, garbles=0.0, replies=1.0), world, 100)
    assert np.all(plot["asked"] == 1)
    answered = plot["mode_a"] == 0o1234
    assert np.array_equal(answered, plot["address"] == origin + 1)
    silent = (origin == 2) | ((origin == 1) & (plot["time_s"] >= 30))
    assert np.array_equal(answered, ~silent)
    assert np.array_equal(plot["kinds"] & 2 != 0, answered)
    assert np.array_equal(plot["iff"] == 1, origin == 3)


def test_a_garbled_squawk_has_one_bit_wrong() -> None:
    world = sky(200, **ring(200, 70e3))
    plot, _, _ = watch(mast(LONG, garbles=1.0, replies=1.0), world, 60)
    wrong = plot["mode_a"] ^ 0o1234
    assert {int(each).bit_count() for each in wrong} == {1}
    assert np.unique(wrong).size == 12


def test_reports_count_each_detection_and_each_reply() -> None:
    plot, _, plots = watch(mast(LONG), sky(50, **ring(50, 70e3)), 60)
    assert plots.counts[1] == plot.size
    assert plots.counts[2] == np.sum(plot["kinds"] & 1) + np.sum(plot["kinds"] >> 1)


def test_a_station_hears_only_who_broadcasts_and_asks_nobody() -> None:
    kinds = np.array([Transponder.CIVIL, Transponder.OFF, Transponder.MILITARY, Transponder.CIVIL])
    world = sky(4, **ring(4, 70e3), transponder=kinds, address=np.array([5, 6, 7, 0]))
    plot, origin, _ = watch(mast("ads-b-station"), world, 100)
    assert set(origin) == {0}
    assert set(plot["address"]) == {5}
    assert not plot["asked"].any()
    assert set(plot["kinds"]) == {2}


def test_who_crosses_the_beam_slowly_is_lost_in_the_ground() -> None:
    speed_m_s = np.array([10.0, 60.0, 60.0])
    heading = np.array([0.0, 0.0, math.pi / 2])  # away, away, across, seen from the south
    world = sky(3, y_m=25e3, h_m=500.0, speed_m_s=speed_m_s, heading_rad=heading, transponder=Transponder.OFF)
    _, origin, _ = watch(mast(LONG), world, 100)
    assert set(origin) == {1}
    world.aircraft["h_m"] = 4000.0  # above the beam that the ground is in
    _, origin, _ = watch(mast(LONG), world, 100)
    assert set(origin) == {0, 1, 2}


def test_what_the_filter_leaves_of_the_ground_hides_the_small() -> None:
    world = sky(60, **ring(60, 25e3), h_m=500.0, transponder=Transponder.OFF)
    world.aircraft["speed_m_s"], world.aircraft["heading_rad"] = 60.0, np.arctan2(*ring(60, 1.0).values())
    world.platforms["rcs_l_m2"] = 0.03
    clean = watch(mast(LONG, residue_m2=0.0), world, 100).plot.size
    assert watch(mast(LONG, residue_m2=0.01), world, 100).plot.size < 0.5 * clean


def test_false_plots_are_as_many_and_as_spread_as_stated() -> None:
    made = mast(LONG, false_mean=0.4, no_false=math.exp(-0.4))
    plot, origin, _ = watch(made, sky(1, status=Status.FLYING, x_m=460e3), 4000)
    assert set(origin) == {-1}
    assert plot.size == pytest.approx(1600, abs=4 * 40)
    share = np.hypot(plot["x_m"], plot["y_m"]) ** 2 / made.radar["false_m"] ** 2
    assert np.mean(share) == pytest.approx(0.5, abs=4 * 0.289 / 40)  # evenly over the area
    assert abs(np.mean(plot["x_m"])) < 4 * 75e3 / 40
    assert set(plot["mode_a"]) == {NO_CODE}
    azimuth = np.arctan2(plot["x_m"], plot["y_m"])
    passed_s = scanner_for(made, 1, KEY).stand[0]["phase_s"] + 10 * azimuth / (2 * np.pi)
    assert np.all((plot["time_s"] - passed_s) % 10 < 1 + 1e-6)  # where the beam is


def test_an_outage_is_silence() -> None:
    made = mast(LONG, outage_every_s=60.0, outage_s=60.0)
    scanner = scanner_for(made, 100, KEY)
    plot, _, _ = watch(made, sky(100, **ring(100, 70e3)), 600, scanner)
    out = np.zeros(plot.size, bool)
    for begin_s, end_s in scanner.outages[0]:
        out |= (plot["time_s"] >= begin_s) & (plot["time_s"] < end_s)
    assert plot.size > 0
    assert not out.any()
    assert plot.size < 0.9 * 60 * 100


def carried(model: str, *places: int) -> Sensors:
    placed = SensorModel(id="flown", model=model, carrier="cap")
    return bare(prepare_sensors([placed], LIBRARY, FRAME, {"cap": places}, 10))


def test_a_fighter_sees_ahead_and_never_itself() -> None:
    world = sky(4, x_m=np.array([0.0, 0, 30e3, 0]), y_m=np.array([0, 30e3, 0, -30e3]), h_m=5000.0)
    _, origin, _ = watch(carried("fighter-radar", 0), world, 60)
    assert set(origin) == {1}
    world.aircraft["heading_rad"][0] = math.pi / 2
    _, origin, _ = watch(carried("fighter-radar", 0), world, 60)
    assert set(origin) == {2}


def test_a_carrier_on_the_ground_sees_nothing_and_takes_up_again() -> None:
    made, world, plots = carried("airborne-early-warning", 0), sky(20, **ring(20, 50e3)), plots_for(100)
    scanner, counts = scanner_for(made, 20, KEY), []
    for tick in range(90):
        world.aircraft["status"][0] = Status.LANDED if 30 <= tick < 60 else Status.FLYING
        scan(made, scanner, world, tick, KEY, plots)
        counts.append(int(plots.counts[0]))
    assert sum(counts[30:60]) == 0
    assert sum(counts[:30]) > 0
    assert sum(counts[61:71]) > 0
    assert max(counts[61:]) < 19  # phases are drawn anew, not all at once


def test_two_carriers_of_a_line_draw_different_numbers() -> None:
    world = sky(3, x_m=np.array([0.0, 0, 0]), y_m=np.array([0.0, 0, 40e3]), h_m=9000.0)
    plot, origin, _ = watch(carried("airborne-early-warning", 0, 1), world, 60)
    errors = [plot["x_m"][(origin == 2) & (plot["sensor"] == sensor)] for sensor in (0, 1)]
    assert set(errors[0]).isdisjoint(errors[1])


def test_a_night_replays_and_another_differs() -> None:
    world, made = sky(100, **spread(100)), mast(LONG, false_mean=0.4, no_false=math.exp(-0.4))
    first = watch(made, world, 60).plot.tobytes()
    assert watch(made, world, 60).plot.tobytes() == first
    assert watch(made, world, 60, key=Key(KEY.seed, 0, 4)).plot.tobytes() != first


def test_an_aircraft_is_seen_the_same_whoever_else_flies() -> None:
    made, world = mast(LONG), sky(100, **spread(100))
    plot, origin, _ = watch(made, world, 60)
    alone = world._replace(active=np.array([42]), counts=np.array([1, 0]))
    assert watch(made, alone, 60).plot.tobytes() == plot[origin == 42].tobytes()


def test_turning_the_world_turns_the_plots() -> None:
    made, world = mast(LONG, false_mean=0.4, no_false=math.exp(-0.4)), sky(300, **spread())
    scanner = scanner_for(made, 300, KEY)
    plot, origin, _ = watch(made, world, 100, scanner)
    turned, other = sky(300, **spread()), scanner_for(made, 300, KEY)
    turned.aircraft["x_m"], turned.aircraft["y_m"] = world.aircraft["y_m"], -world.aircraft["x_m"]
    turned.aircraft["heading_rad"] += math.pi / 2
    other.stand["phase_s"] -= 2.5
    after, same, _ = watch(made, turned, 100, other)
    assert np.array_equal(origin, same)
    assert np.allclose(after["x_m"], plot["y_m"], atol=1e-4)
    assert np.allclose(after["y_m"], -plot["x_m"], atol=1e-4)
    assert np.allclose(after["cov_xy_m2"], -plot["cov_xy_m2"], rtol=1e-6, atol=1e-3)
    for name in ("time_s", "kinds", "asked", "iff", "mode_a", "address", "h_m"):
        assert np.array_equal(after[name], plot[name], equal_nan=name == "h_m")


UNSEEN: dict[str, Any] = {
    "part": Part.MEDICAL, "arrival": 3, "state": 7, "crewed": 1, "people": 180, "payload": 1, "intent": Intent.ATTACK,
    "radio": 1, "plan": 4, "line": 9, "ordinal": 11, "spawn_s": 5.0, "fails_s": 50.0, "radio_fails_s": 1.0,
    "leg": 2, "leg_end": 3,
}  # fmt: skip


@pytest.mark.parametrize("model", [LONG, "ads-b-station"])
def test_what_no_sensor_sees_changes_no_plot(model: str) -> None:
    made = mast(model)
    plain, scrambled = sky(100, **spread(100)), sky(100, **spread(100), **UNSEEN)
    assert watch(made, plain, 60).plot.tobytes() == watch(made, scrambled, 60).plot.tobytes()


def test_a_full_array_is_told_and_not_overrun() -> None:
    made, world, plots = mast(LONG), sky(100, **ring(100, 70e3)), plots_for(3)
    scanner = scanner_for(made, 100, KEY)
    for tick in range(30):
        scan(made, scanner, world, tick, KEY, plots)
        if plots.counts[0] < 0:
            return
    pytest.fail("3 plots were enough for 100 aircraft")

"""Reports by telephone: who is noticed, when calls come, and what they say."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from holdfire.messages.plot import plots_for
from holdfire.messages.vocabulary import CLASSES, KINDS_OF_SENSOR
from holdfire.sense.acoustic import clears, level_db
from holdfire.sense.prepare import as_tracked, scanner_for
from holdfire.sense.scan import scan
from holdfire.sense.telephone import noticing
from support.listening import loud, network
from support.plotted import Picture, seen
from support.sensed import KEY, LIBRARY, ring, sky, watch

if TYPE_CHECKING:
    from holdfire.messages.aircraft import World
    from holdfire.sense.field_schema import PublicModel

REPORT = 1 << KINDS_OF_SENSOR.index("report")
STATED = cast("PublicModel", LIBRARY["public-reports"].stated)
STRANGE = CLASSES.index("one-way-attack-type")
TOWN = 2000.0


def drones(count: int, noise_db: float = 120.0, **fields: Any) -> World:
    world = loud(sky(count, **{"h_m": 300.0, **fields}), noise_db)
    world.platforms["look"], world.platforms["size_m"] = STRANGE, 3.5
    return world


def expected_ears(noise_db: float, height_m: float, least_db: float) -> float:
    """Area over which people notice, km²: the chance integrated over the ground."""
    across_m = np.arange(5.0, 30e3, 10.0)
    slant_m = np.hypot(across_m, height_m)
    chance = [clears(level_db(noise_db, float(r), 1e-3) - least_db, STATED.spread_db.value) for r in slant_m]
    return float(np.sum(2 * np.pi * across_m * np.array(chance) * 10.0)) / 1e6


@pytest.mark.parametrize(("noise_db", "height_m"), [(120.0, 300.0), (130.0, 300.0), (130.0, 3000.0)])
def test_as_many_notice_as_live_within_earshot(noise_db: float, height_m: float) -> None:
    made = network("public-reports", people=TOWN, radius_km=90.0)
    world = drones(1, noise_db, h_m=height_m)
    count = noticing(made.fields, made.fields.row[0], world.aircraft[0], world.platforms[0])
    least_db = STATED.ambient_night_db.value + STATED.above_ambient_db.value
    assert count == pytest.approx(TOWN * expected_ears(noise_db, height_m, least_db), rel=0.1)


def reports_a_minute(hour: int, darkness: str, **world: Any) -> float:
    made = network("public-reports", people=100.0, darkness=darkness, start=datetime(2025, 9, 9, hour, tzinfo=UTC))
    found = watch(made, drones(200, **{**ring(200, 30e3), **world}), 1200)
    return found.plot.size / 200 / 20


def test_fewer_call_when_most_sleep_and_nobody_where_nobody_lives() -> None:
    asleep, awake = reports_a_minute(23, "night"), reports_a_minute(18, "night")  # 00:26 and 19:26 by the sun
    assert 0 < asleep < 0.5 * awake
    empty = network("public-reports", people=0.0)
    assert watch(empty, drones(200, **ring(200, 30e3)), 600).plot.size == 0


def test_who_is_familiar_is_rarely_reported() -> None:
    made = network("public-reports", people=TOWN, darkness="day", start=datetime(2025, 9, 9, 12, tzinfo=UTC))
    world = drones(300, **ring(300, 30e3))
    strange = watch(made, world, 900).plot.size
    world.platforms["look"] = CLASSES.index("civil")
    assert watch(made, world, 900).plot.size < 0.2 * strange


def test_by_day_what_is_silent_is_seen_and_by_night_it_is_not() -> None:
    assert reports_a_minute(12, "day", noise_db=-math.inf) > 0
    assert reports_a_minute(12, "night", noise_db=-math.inf) == 0


def flown() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Reports of drones that fly east at 50 m/s, where each was when it came, and where at the start."""
    made = network("public-reports", people=TOWN, darkness="night", radius_km=90.0)
    start = ring(400, 20e3)
    world = drones(400, 130.0, **start, speed_m_s=50.0, heading_rad=math.pi / 2)
    scanner, plots, found, truth, first = scanner_for(made, 400, KEY), plots_for(4096), [], [], []
    for tick in range(1500):
        world.aircraft["x_m"] = start["x_m"] + 50.0 * tick - 37e3
        scan(made, scanner, world, tick, KEY, plots)
        n = plots.counts[0]
        found.append(plots.plot[:n].copy())
        truth.append(world.aircraft["x_m"][plots.origin[:n]])
        first.append(plots.origin[:n].copy())
    return np.concatenate(found), np.concatenate(truth), np.concatenate(first)


def test_a_report_is_late_says_where_it_was_and_knows_how_wrong_it_may_be() -> None:
    plot, truth_m, origin = flown()
    assert plot.size > 300
    assert set(plot["kinds"]) == {REPORT}
    late_s = np.sqrt(plot["var_x_m2"] - STATED.position_sd_m.value**2) / STATED.lag_speed_m_s.value
    early = plot["time_s"] < 900  # later ones miss those still on their way
    assert np.median(late_s[early]) == pytest.approx(180.0, rel=0.15)
    behind_m = truth_m - plot["x_m"]
    assert np.mean(behind_m - 50.0 * late_s) == pytest.approx(0.0, abs=4 * 2000 / math.sqrt(plot.size))
    assert np.mean(behind_m**2 / plot["var_x_m2"]) == pytest.approx(1.0, abs=0.2)
    for each in range(400):
        mine = origin == each
        gaps_s = np.diff(plot["time_s"][mine])
        assert np.all(gaps_s >= late_s[mine][1:] - 1e-6)  # none was noticed before the last had come


def test_wrong_reports_come_from_where_people_live() -> None:
    made = network("public-reports", people=TOWN, quiet=False)
    people = float(made.fields.people.sum())
    assert people == pytest.approx(TOWN * math.pi * 60**2, rel=0.01)
    expected = STATED.false_per_million_h.value * people / 1e6 * 40_000 / 3600
    plot, origin, _ = watch(made, sky(1, x_m=95e3, h_m=9000.0), 40_000)
    assert set(origin) == {-1}
    assert plot.size == pytest.approx(expected, abs=4 * math.sqrt(expected))
    assert np.hypot(plot["x_m"], plot["y_m"]).max() < 62e3


def test_reports_alone_confirm_no_track_and_tell_of_one_that_stands() -> None:
    """Their error is some kilometres, and a track that is so vague is given up."""
    made = network("public-reports", people=TOWN, darkness="day", start=datetime(2025, 9, 9, 12, tzinfo=UTC))
    world = drones(20, **ring(20, 30e3))
    stated = np.concatenate([as_tracked(made), as_tracked(made)])
    stated[1]["kinds"], stated[1]["period_s"], stated[1]["detects"], stated[1]["clutter_per_m2"] = 1, 10, 0.9, 1e-11
    alone, fed = Picture(stated), Picture(stated)
    scanner, plots = scanner_for(made, 20, KEY), plots_for(4096)
    count, helped = 0, 0
    for tick in range(3600):
        scan(made, scanner, world, tick, KEY, plots)
        plot = plots.plot[: plots.counts[0]].copy()
        places = np.stack([world.aircraft["x_m"], world.aircraft["y_m"]], axis=1)
        radar = [seen(tick, places, sensor=1)] if tick % 10 == 0 else []
        alone.take(tick, plot)
        numbers = fed.take(tick, plot, *radar)[: plot.size]
        count += plot.size
        standing = set(fed.confirmed["number"])
        helped += sum(int(number) in standing for number in numbers)
        assert alone.confirmed.size == 0
    assert count > 20
    assert helped > 0.5 * count
    assert alone.tracks.counts[3] == 0

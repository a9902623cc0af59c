"""What coverage rests on: horizons of the public table, the radar equation, and what the night's own chain decides."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np
import pytest

from holdfire.coverage.intruder import intruder
from holdfire.coverage.passage import BEGIN_S, times_to_track
from holdfire.coverage.seen import POINTS, scan_chance, targets, unseen_chance
from holdfire.geo.horizon import horizon_m
from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Status, Transponder, World
from holdfire.messages.plot import plots_for
from holdfire.seed import Key, Kind, entity
from holdfire.sense.prepare import scanner_for
from holdfire.sense.scan import scan
from support.watching import chance_at, laid, radar, stated_range_m, straight

HORIZONS_KM = {  # by `4.12 (sqrt(antenna) + sqrt(target))`, 4/3 of the Earth, to a km
    10: {50: 42, 100: 54, 200: 71, 500: 105, 1000: 143, 3000: 239, 8000: 382},
    30: {50: 52, 100: 64, 200: 81, 500: 115, 1000: 153, 3000: 248, 8000: 391},
    4500: {50: 306, 100: 318, 200: 335, 500: 369, 1000: 407, 3000: 502, 8000: 645},
    9000: {50: 420, 100: 432, 200: 449, 500: 483, 1000: 521, 3000: 617, 8000: 759},
}


@pytest.mark.parametrize("antenna_m", HORIZONS_KM)
def test_nothing_is_seen_beyond_the_public_table_of_horizons(antenna_m: int) -> None:
    lay = laid(radar(mast_m=min(antenna_m, 6000.0)))
    lay.sensors.radar["h_m"] = antenna_m
    for name in ("reach_m", "primary_m"):
        lay.sensors.radar[name] = 1e7
    for height_m, known_km in HORIZONS_KM[antenna_m].items():
        assert horizon_m(antenna_m, height_m) / 1e3 == pytest.approx(known_km, abs=1.0)
        beyond = chance_at(lay, (known_km + 1.0) * 1e3, 0.0, height_m, rcs_m2=1000.0)
        assert beyond[0, 0] == 0.0
    # That the horizon is what cuts: a strong echo well before it is seen.
    assert chance_at(lay, 0.6e3 * HORIZONS_KM[antenna_m][8000], 0.0, 8000.0, rcs_m2=1000.0)[0, 0] > 0.5


def range_of(share: float, rcs_m2: float) -> float:
    """How far off a radar far above the ground's mirror detects an echo so often, by bisection."""
    lay = laid(radar())
    lay.sensors.radar["h_m"], lay.sensors.radar["roughness_m"] = 9000.0, 1e3
    for name in ("reach_m", "primary_m"):
        lay.sensors.radar[name] = 1e7
    near, far = 60e3, 800e3  # beyond the ground's echo
    for _ in range(40):
        middle = (near + far) / 2
        found = chance_at(lay, middle, 0.0, 9000.0, rcs_m2=rcs_m2)[0, 0]
        near, far = (middle, far) if found > share else (near, middle)
    return near


def test_range_goes_with_the_fourth_root_of_the_cross_section() -> None:
    stated = range_of(0.8, 1.0)
    assert stated == pytest.approx(stated_range_m("medium-range-3d"), rel=1e-3)
    assert range_of(0.8, 16.0) / stated == pytest.approx(2.0, rel=1e-3)
    assert range_of(0.8, 0.1) / stated == pytest.approx(0.1**0.25, rel=1e-3)
    assert range_of(0.5, 1.0) / stated == pytest.approx(
        ((log(1e-6) / log(0.8) - 1) / (log(1e-6) / log(0.5) - 1)) ** 0.25, rel=1e-3
    )


EARS: dict[str, Any] = {
    "id": "ears", "model": "acoustic-network", "area": {"centre": [51.4, 22.4], "radius_km": 40}, "spacing_km": 5,
    "source": ["own"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("sensor", "east_m", "height_m"),
    [
        (radar(), 20e3, 300.0),
        (radar(), 45e3, 300.0),
        (radar(), 65e3, 1000.0),
        (radar(model="long-range-3d"), 110e3, 1000.0),
        (radar(model="gap-filler"), 9e3, 300.0),
        (radar(model="eo-ir-turret"), 4e3, 300.0),
        (EARS, 3e3, 300.0),
        (EARS, 11e3, 1000.0),
    ],
    ids=["20 km", "45 km", "65 km", "long", "gap", "camera", "ears", "ears high"],
)
def test_a_chance_is_what_the_scan_of_a_night_counts(sensor: dict[str, Any], east_m: float, height_m: float) -> None:
    lay, enters = laid(sensor), intruder()
    exact = chance_at(lay, east_m, 0.0, height_m, rcs_m2=enters.rcs_m2)[0, 0]
    rounds = 400
    seen = 0
    for each in range(rounds):
        seen += _seen_once(lay, enters, east_m, height_m, Key(7, 0, each))
    sd = sqrt(max(exact * (1 - exact), 1e-4) / rounds)
    assert abs(seen / rounds - exact) < 4 * sd, (seen / rounds, exact)
    assert 0.02 < exact < 1.0


def _seen_once(lay: Any, enters: Any, east_m: float, height_m: float, key: Key) -> bool:
    """Whether the first look at one aircraft gives a plot."""
    aircraft = np.zeros(1, AIRCRAFT)
    aircraft["entity"], aircraft["status"] = entity(Kind.SCENARIO, 0, 0), Status.FLYING
    aircraft["transponder"], aircraft["transponder_fails_s"] = Transponder.OFF, np.inf
    aircraft["x_m"], aircraft["h_m"], aircraft["heading_rad"] = east_m, height_m, -np.pi / 2
    aircraft["speed_m_s"] = enters.speed_m_s
    one = np.zeros(1, np.int64)
    world = World(aircraft, np.zeros(1, WAYPOINT), enters.platforms, one, one.copy(), np.array([1, 0]))
    scanner, plots = scanner_for(lay.sensors, 1, key), plots_for(64)
    scanner.outages[:] = np.inf
    period = int(lay.sensors.radar["period_ticks"][0])
    first = None
    for tick in range(2 * period + 1):
        due = scanner.due[0, 0]
        scan(lay.sensors, scanner, world, tick, key, plots)
        camera = lay.sensors.imagers["dwell_ticks"][0] > 0
        looked = (scanner.due[0, 0] == tick) if camera else due == tick
        if looked and first is None:
            first = bool((plots.origin[: plots.counts[0]] == 0).any())
            break
    assert first is not None
    return first


def test_outages_take_their_share_of_every_chance() -> None:
    border, enters = straight(3, east_m=20e3), intruder(rcs_m2=100.0)
    lay = laid(radar(), radar("second"))
    lay.sensors.radar["outage_every_s"], lay.sensors.radar["outage_s"] = 3000.0, 1000.0
    dark = lay._replace(available=np.full(2, 0.75))
    at = targets(dark, border, enters, 1000.0)
    with_all = 1.0 - unseen_chance(dark._replace(available=np.ones(2)), at, enters)
    strong = with_all > 0.999
    assert strong.sum() > POINTS
    assert (1.0 - unseen_chance(dark, at, enters))[strong] == pytest.approx(1 - 0.25**2, abs=0.005)
    working = np.array([_works(dark, Key(3, 0, each)) for each in range(300)])
    assert abs(working.mean() - 0.75) < 4 * sqrt(0.75 * 0.25 / working.size)


def _works(lay: Any, key: Key) -> np.ndarray[Any, Any]:
    """Whether each sensor works when a passage begins, by the night's own draws."""
    outages = scanner_for(lay.sensors, 0, key).outages
    return np.asarray(~((outages[:, :, 0] <= BEGIN_S) & (outages[:, :, 1] > BEGIN_S)).any(axis=1))


def test_a_track_within_a_minute_needs_three_plots_of_five_looks() -> None:
    """One radar that turns in 10 s looks six times: a chance in a look gives that of three in five somewhere."""
    border = straight(5, east_m=40e3)
    lay = laid(radar())
    lay.sensors.radar["outage_every_s"] = np.inf
    lay = lay._replace(available=np.ones(1))
    for rcs_m2 in (0.003, 0.01, 0.03):
        enters = intruder(rcs_m2=rcs_m2)
        p = scan_chance(lay, border, enters, 1000.0)
        rounds = 150
        times = np.array([times_to_track(lay, border, enters, 1000.0, Key(1, 0, each), 60) for each in range(rounds)])
        found = np.isfinite(times).mean(axis=0)
        # The chance varies within a cell, so the rule is bounded by what the least and greatest of its places give.
        at = targets(lay, border, enters, 1000.0)
        each_place = (1.0 - unseen_chance(lay, at, enters)).reshape(-1, POINTS)
        slack = 4 * 0.5 / sqrt(rounds)
        for cell in range(len(p)):
            low, high = _three_of_five(each_place[cell].min()), _three_of_five(each_place[cell].max())
            assert low - slack <= found[cell] <= high + slack, (rcs_m2, p[cell], found[cell])


def _three_of_five(p: float) -> float:
    """Chance of three plots in five looks in a row, in six or seven looks, a lone plot forgotten after two misses."""
    total = 0.0
    for looks in (6,):
        for pattern in range(1 << looks):
            hits = [pattern >> k & 1 for k in range(looks)]
            chance = np.prod([p if hit else 1 - p for hit in hits])
            total += float(chance) * _confirms(hits)
    return total


def _confirms(hits: list[int]) -> bool:
    history: list[int] = []
    for hit in hits:
        if hit or history:
            history.append(hit)
        if hit and sum(history[-5:]) >= 3:
            return True
        lone = sum(history) == 1 and len(history) > 2
        if lone or (len(history) >= 5 and sum(history[-5:]) < 3):
            history = []
    return False

"""A field of microphones: who is heard, where plots lie and how sure they are, and what is heard of nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.messages.plot import NO_CODE, plots_for
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.seed import Key
from holdfire.sense.acoustic import earshot_m, level_db, span
from holdfire.sense.prepare import as_tracked, scanner_for
from holdfire.sense.scan import scan
from support.listening import loud, network
from support.plotted import Picture
from support.sensed import KEY, ring, sky, watch

ACOUSTIC = 1 << KINDS_OF_SENSOR.index("acoustic")


def test_a_plot_tells_a_place_and_nothing_else() -> None:
    world = loud(sky(30, **ring(30, 30e3), h_m=300.0), 120.0)
    plot, origin, _ = watch(network("acoustic-network"), world, 30)
    assert plot.size > 50
    assert set(plot["kinds"]) == {ACOUSTIC}
    assert np.all(np.isnan(plot["h_m"]))
    assert np.all(plot["mode_a"] == NO_CODE)
    assert not plot["address"].any()
    assert not plot["asked"].any()
    assert np.all(origin >= 0)


def test_plots_lag_by_the_way_of_the_sound_and_their_covariance_allows_for_it() -> None:
    world = loud(sky(200, **ring(200, 25e3), h_m=2000.0, speed_m_s=50.0, heading_rad=math.pi / 2), 125.0)
    plot, origin, _ = watch(network("acoustic-network", spacing_km=2.0), world, 40)
    east_m = plot["x_m"] - world.aircraft["x_m"][origin]
    least_lag_m, most_lag_m = 50 * 2000 / 340, 50 * 3000 / 340  # overhead, and from a cell's corner
    assert -most_lag_m < np.mean(east_m) < -0.95 * least_lag_m
    squares = east_m**2 / plot["var_x_m2"]
    assert np.mean(squares) == pytest.approx(1.0, abs=0.15)
    assert np.all(plot["var_x_m2"] >= 400**2 + least_lag_m**2)


def test_more_nodes_make_a_place_surer() -> None:
    world = loud(sky(100, **ring(100, 25e3), h_m=200.0), 115.0)
    wide, close = (watch(network("acoustic-network", spacing_km=km), world, 20).plot for km in (6.0, 2.0))
    assert np.median(wide["var_x_m2"]) > 4 * np.median(close["var_x_m2"])
    assert close.size > wide.size


def test_the_silent_the_distant_and_the_high_are_not_heard() -> None:
    made = network("acoustic-network")
    assert watch(made, loud(sky(50, **ring(50, 30e3), h_m=300.0), -math.inf), 20).plot.size == 0
    assert watch(made, loud(sky(50, **ring(50, 90e3), h_m=300.0), 120.0), 20).plot.size == 0
    assert watch(made, loud(sky(50, **ring(50, 30e3), h_m=5001.0), 150.0), 20).plot.size == 0


def test_air_stays_as_it_is_for_a_minute() -> None:
    # 2 nodes of a wide network decide for a minute at a time, so that looks within it agree.
    world = loud(sky(300, **ring(300, 30e3), h_m=300.0), 112.0)
    origin = watch(network("acoustic-network", spacing_km=5.0), world, 60).origin
    heard = np.bincount(origin, minlength=300)
    assert set(heard) <= {0, 10, 11, 12}
    assert 0 < np.count_nonzero(heard) < 300
    later = watch(network("acoustic-network", spacing_km=5.0), world, 121).origin
    assert len(set(np.bincount(later, minlength=300))) > 4


def test_wind_hides_what_a_calm_lets_hear() -> None:
    world = loud(sky(200, **ring(200, 30e3), h_m=300.0), 115.0)
    made = (network("acoustic-network", wind_m_s=wind) for wind in (None, 3.0, 12.0))
    calm, breeze, gale = (watch(each, world, 20).plot.size for each in made)
    assert calm == breeze > 2 * gale


def test_nodes_stand_in_the_area_and_are_as_many_as_the_spacing_says() -> None:
    made = network("acoustic-network", radius_km=60.0, spacing_km=4.0)
    node = made.fields.node[~np.isnan(made.fields.node[:, 0])]
    assert len(node) == pytest.approx(math.pi * 60**2 / 4**2, rel=0.03)
    assert np.hypot(*node.T).max() < 60e3 + 1.5e3
    row = made.fields.row[0]
    cells = np.floor((made.fields.node - [row["west_m"], row["south_m"]]) / row["cell_m"])
    at = np.arange(len(made.fields.node))
    stands = ~np.isnan(made.fields.node[:, 0])
    assert np.array_equal(cells[stands, 0], (at % row["columns"])[stands])  # each in its own cell
    assert np.array_equal(cells[stands, 1], (at // row["columns"])[stands])


def test_false_plots_are_as_many_as_stated_and_lie_in_the_area() -> None:
    made = network("acoustic-network", quiet=False)
    area_km2 = np.count_nonzero(~np.isnan(made.fields.node[:, 0])) * 16
    expected = 1.0 * area_km2 / 1000 * 40_000 / 3600
    world = sky(1, x_m=95e3)
    plot, origin, _ = watch(made, world, 40_000)
    assert set(origin) == {-1}
    assert plot.size == pytest.approx(expected, abs=4 * math.sqrt(expected))
    assert np.hypot(plot["x_m"], plot["y_m"]).max() < 64e3
    assert set(plot["kinds"]) == {ACOUSTIC}
    told = as_tracked(made)
    assert told["clutter_per_m2"][0] == pytest.approx(1e-9 * 5 / 3600)
    assert (told["period_s"][0], told["kinds"][0], told["detects"][0]) == (5, ACOUSTIC, 0.7)


def test_a_night_replays_another_differs_and_company_changes_nothing() -> None:
    made, world = network("acoustic-network", quiet=False), loud(sky(60, **ring(60, 30e3), h_m=300.0), 118.0)
    first = watch(made, world, 60)
    assert watch(made, world, 60).plot.tobytes() == first.plot.tobytes()
    assert watch(made, world, 60, key=Key(KEY.seed, 0, 4)).plot.tobytes() != first.plot.tobytes()
    alone = world._replace(active=np.array([7]), counts=np.array([1, 0]))
    kept = np.isin(first.origin, [7, -1])
    assert watch(made, alone, 60).plot.tobytes() == first.plot[kept].tobytes()


def test_a_dense_network_tracks_by_itself_what_it_hears() -> None:
    made = network("acoustic-network", spacing_km=4.0, radius_km=90.0, quiet=False)
    world = loud(sky(8, y_m=np.linspace(-50e3, 50e3, 8), h_m=300.0, speed_m_s=48.0, heading_rad=math.pi / 2), 120.0)
    scanner, plots, picture = scanner_for(made, 8, KEY), plots_for(4096), Picture(as_tracked(made))
    for tick in range(600):
        world.aircraft["x_m"] = -40e3 + 48.0 * tick
        scan(made, scanner, world, tick, KEY, plots)
        picture.take(tick, plots.plot[: plots.counts[0]].copy())
    found = picture.confirmed
    assert found.size == 8
    order = np.argsort(found["y_m"])
    away_m = np.hypot(found["x_m"] - world.aircraft["x_m"], found["y_m"][order] - world.aircraft["y_m"])
    assert np.median(away_m) < 1000
    assert np.allclose(found["vx_m_s"], 48.0, atol=15)
    assert np.isnan(found["h_m"]).all()


def test_the_window_of_cells_holds_all_that_is_within_reach() -> None:
    for place_m in np.linspace(-30e3, 30e3, 61):
        first, behind = span(float(place_m), 7e3, -20e3, 4e3, 10)
        corners = -20e3 + 4e3 * np.arange(10)
        reached = np.flatnonzero((corners + 4e3 > place_m - 7e3) & (corners <= place_m + 7e3))
        assert list(range(first, behind)) == list(reached)


def test_earshot_is_far_enough_and_not_much_too_far() -> None:
    for source_db in (90.0, 120.0, 150.0):
        range_m = earshot_m(source_db, 20.0, 1e-3)
        assert level_db(source_db, range_m, 1e-3) <= 20.0
        assert level_db(source_db, range_m / 1.31, 1e-3) > 20.0 or range_m == 1000.0

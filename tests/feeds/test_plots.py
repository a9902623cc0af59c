"""Polar plots become plots with a covariance that is true, with and without a height; and radars over known traffic."""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from holdfire.feeds.plots import Accuracy, polar_to_plots, usable
from holdfire.geo.frame import Frame
from holdfire.geo.slant import sighted, to_earth_centred
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, POSITION, Doubt, Site
from holdfire.study.radars import LONGEST_GAP_S, Radar, plots_of

SITE = Site("radar 1/1", 1, 1, 50.0, 20.0, 150.0, 4.0, position_known=True)
OTHER = Site("radar 1/2", 1, 2, 50.8, 21.0, 80.0, 6.0, position_known=True)
LOST = Site("radar 1/3", 1, 3, nan, nan, nan, None, position_known=False)
FRAME = Frame(50.2, 20.3)


def _polar(count: int = 1, **said: Any) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    polar = np.zeros(count, POLAR)
    bare = {"range_m": 80_000.0, "azimuth_rad": 1.0, "h_m": 9_000.0, "mode_a": 0o1234, "address": 0x3C0001, "kinds": 3}
    for name, value in {**bare, "track_no": -1, **said}.items():
        polar[name] = value
    return polar


def test_a_radar_of_unknown_place_and_a_test_transponder_give_no_plot() -> None:
    polar = _polar(3, sensor=[0, 1, 0], doubtful=[0, 0, int(Doubt.TEST)])
    assert usable(polar, [SITE, LOST]).tolist() == [True, False, False]
    assert len(polar_to_plots(polar, [SITE, LOST], FRAME, Accuracy())) == 1


def test_what_the_radar_doubts_is_left_out() -> None:
    polar = _polar(2, doubtful=[int(Doubt.CODE_GARBLED), int(Doubt.HEIGHT_NOT_VALIDATED)])
    plots = polar_to_plots(polar, [SITE], FRAME, Accuracy())
    assert plots["mode_a"].tolist() == [NO_CODE, 0o1234]
    assert np.isnan(plots["h_m"]).tolist() == [False, True]
    assert plots["var_x_m2"][1] > plots["var_x_m2"][0]


def test_without_a_height_the_covariance_carries_it() -> None:
    """Over aircraft of many heights at many ranges, what is not known is as far off as the covariance says."""
    h_m = np.linspace(300.0, 12_000.0, 60)
    far = np.linspace(20_000.0, 300_000.0, 40)
    heights, ranges = (each.ravel() for each in np.meshgrid(h_m, far))
    known = polar_to_plots(_polar(len(ranges), range_m=ranges, h_m=heights), [SITE], FRAME, Accuracy())
    blind = polar_to_plots(_polar(len(ranges), range_m=ranges, h_m=nan), [SITE], FRAME, Accuracy())
    assert np.isnan(blind["h_m"]).all()
    assert np.isnan(blind["var_h_m2"]).all()
    off_m = np.hypot(blind["x_m"] - known["x_m"], blind["y_m"] - known["y_m"])
    sd_m = np.sqrt(blind["var_x_m2"] + blind["var_y_m2"])
    assert (off_m < 3.0 * sd_m).all()
    steep = ranges < 30_000.0
    assert off_m[steep].max() > 1_000.0  # so that the covariance has something to carry
    assert np.median(sd_m[steep]) > np.median(np.sqrt(known["var_x_m2"] + known["var_y_m2"])[steep]) * 2


def test_the_covariance_is_that_of_the_noise() -> None:
    """Against a numerical derivative of the solution by range, azimuth and height."""
    accuracy = Accuracy(60.0, 0.002, pressure_sd_m=300.0)
    for range_m, h_m in ((15_000.0, 9_000.0), (80_000.0, 9_000.0), (300_000.0, 11_000.0)):
        base, *moved = (
            polar_to_plots(_polar(1, **said), [SITE], FRAME, accuracy)[0]
            for said in (
                {"range_m": range_m, "h_m": h_m},
                {"range_m": range_m + 60.0, "h_m": h_m},
                {"range_m": range_m, "h_m": h_m, "azimuth_rad": 1.002},
                {"range_m": range_m, "h_m": h_m + 300.0},
            )
        )
        steps = np.array([[one["x_m"] - base["x_m"], one["y_m"] - base["y_m"]] for one in moved])
        expected = np.einsum("ij,ik->jk", steps, steps)
        stated = [[base["var_x_m2"], base["cov_xy_m2"]], [base["cov_xy_m2"], base["var_y_m2"]]]
        np.testing.assert_allclose(stated, expected, rtol=0.06, atol=abs(expected).max() * 0.03)


def _traffic() -> np.ndarray[tuple[int], np.dtype[np.void]]:
    times = np.arange(0.0, 600.0, 2.0)
    path = np.zeros(2 * len(times), POSITION)
    for number, (lat, lon, vx, h_m) in enumerate(((50.1, 19.5, 0.003, 10_500.0), (50.6, 20.5, -0.002, 4_567.0))):
        part = path[number * len(times) : (number + 1) * len(times)]
        part["time_s"], part["lat_deg"], part["h_m"] = times, lat, h_m
        part["lon_deg"] = lon + vx * times
        part["address"], part["mode_a"] = 0x3C0001 + number, 0o1001 + number
    return path


def test_radars_make_plots_of_traffic_once_a_turn_with_truth_beside() -> None:
    plotted = plots_of(_traffic(), 1e9, [Radar(SITE, detects=1.0), Radar(OTHER, detects=1.0, mode_s=False)], 3)
    polar = plotted.recording.polar
    assert polar["simulated"].all()
    assert plotted.addresses.tolist() == [0x3C0001, 0x3C0002]
    for sensor, period_s in ((0, 4.0), (1, 6.0)):
        for aircraft in (0, 1):
            mine = polar[(polar["sensor"] == sensor) & (plotted.origin == aircraft)]
            assert len(mine) == pytest.approx(600.0 / period_s, abs=2)
            assert np.diff(mine["time_s"]) == pytest.approx(period_s, abs=0.6)  # the bearing changes by the turn
            # The beam points where the plot is when it is made.
            assert (mine["time_s"] / period_s % 1.0) * 2 * np.pi == pytest.approx(mine["azimuth_rad"], abs=0.01)
    steps_ft = polar["h_m"][polar["sensor"] == 1] / 0.3048 % 100.0
    assert np.minimum(steps_ft, 100.0 - steps_ft).max() < 1e-6
    assert not polar["address"][polar["sensor"] == 1].any()


def test_misses_noise_bias_and_false_plots_are_as_stated() -> None:
    radar = Radar(SITE, detects=0.8, false_per_turn=2.0, range_bias_m=300.0, azimuth_bias_rad=0.01, time_offset_s=0.5)
    clean = Radar(SITE, detects=1.0, range_sd_m=0.0, azimuth_sd_rad=0.0)
    noisy, exact = plots_of(_traffic(), 1e9, [radar], 5), plots_of(_traffic(), 1e9, [clean], 5)
    mine, true = noisy.recording.polar[noisy.origin == 0], exact.recording.polar[exact.origin == 0]
    assert len(mine) / len(true) == pytest.approx(0.8, abs=0.1)
    turn = np.searchsorted(true["time_s"], mine["time_s"] - 0.6)
    pairs = true[np.minimum(turn, len(true) - 1)]
    assert np.mean(mine["time_s"] - pairs["time_s"]) == pytest.approx(0.5, abs=0.001)
    off = mine["range_m"] - pairs["range_m"]
    assert off.mean() == pytest.approx(300.0, abs=3 * 50.0 / len(off) ** 0.5)
    assert off.std() == pytest.approx(50.0, rel=0.3)
    assert np.mean(mine["azimuth_rad"] - pairs["azimuth_rad"]) == pytest.approx(0.01, abs=0.0005)
    false = noisy.recording.polar[noisy.origin == -1]
    assert len(false) / 150 == pytest.approx(2.0, abs=0.4)
    assert np.median(false["range_m"]) == pytest.approx(radar.reach_m / 2**0.5, rel=0.1)  # even over the area


def test_the_same_seed_gives_the_same_plots_and_another_others() -> None:
    one, same, other = (plots_of(_traffic(), 1e9, [Radar(SITE)], seed).recording.polar for seed in (1, 1, 2))
    assert one.tobytes() == same.tobytes()
    assert one.tobytes() != other.tobytes()


def test_nobody_is_where_no_report_says() -> None:
    path = _traffic()
    gap = path[(path["time_s"] < 200.0) | (path["time_s"] > 200.0 + 2 * LONGEST_GAP_S)]
    times = plots_of(gap, 1e9, [Radar(SITE, detects=1.0)], 1).recording.polar["time_s"]
    assert not ((times > 203.0) & (times < 200.0 + 2 * LONGEST_GAP_S - 3.0)).any()
    below = path.copy()
    below["h_m"] = 0.0
    far = Radar(Site("far", 1, 9, 52.5, 24.5, 10.0, 4.0, position_known=True))
    assert not len(plots_of(below, 1e9, [far], 1).recording.polar)  # below its horizon


def test_a_plot_without_noise_lies_where_geographiclib_puts_the_aircraft() -> None:
    for away_m, bearing_deg, h_m in (
        (20_000.0, 10.0, 3_000.0),
        (150_000.0, 200.0, 9_000.0),
        (350_000.0, 95.0, 12_000.0),
    ):
        there = Geodesic.WGS84.Direct(SITE.lat_deg, SITE.lon_deg, bearing_deg, away_m)
        lat, lon, height = (np.array([value]) for value in (there["lat2"], there["lon2"], h_m))
        stand = (np.array([SITE.lat_deg]), np.array([SITE.lon_deg]), np.array([SITE.h_m]))
        range_m, azimuth_rad, _ = sighted(stand, to_earth_centred(lat, lon, height))
        plot = polar_to_plots(_polar(range_m=range_m, azimuth_rad=azimuth_rad, h_m=h_m), [SITE], FRAME, Accuracy())[0]
        x_m, y_m = FRAME.to_local(there["lat2"], there["lon2"])
        assert (plot["x_m"], plot["y_m"]) == pytest.approx((x_m, y_m), abs=0.02)

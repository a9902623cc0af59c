"""Slant range solved on WGS 84, against geographiclib."""

from __future__ import annotations

import numpy as np
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from holdfire.geo.frame import Frame
from holdfire.geo.slant import from_earth_centred, placed, sighted, to_earth_centred, to_frame

LATITUDE = st.floats(-80.0, 80.0)
LONGITUDE = st.floats(-180.0, 180.0)


Numbers = NDArray[np.float64]


def _one(first: float, second: float) -> tuple[Numbers, Numbers]:
    return np.array([first]), np.array([second])


def _site(lat: float, lon: float, h_m: float) -> tuple[Numbers, Numbers, Numbers]:
    return np.array([lat]), np.array([lon]), np.array([h_m])


@given(LATITUDE, LONGITUDE, st.floats(0.0, 360.0), st.floats(0.0, 2_000_000.0))
def test_the_frame_of_many_points_is_the_frame_of_one(lat: float, lon: float, azimuth: float, away_m: float) -> None:
    frame = Frame(lat, lon)
    there = Geodesic.WGS84.Direct(lat, lon, azimuth, away_m)
    x_m, y_m = to_frame(frame, *_one(there["lat2"], there["lon2"]))
    expected = frame.to_local(there["lat2"], there["lon2"])
    np.testing.assert_allclose((x_m[0], y_m[0]), expected, atol=0.002)


@given(LATITUDE, LONGITUDE, st.floats(-500.0, 90_000.0))
def test_an_earth_centred_point_comes_back(lat: float, lon: float, h_m: float) -> None:
    back = from_earth_centred(to_earth_centred(*_site(lat, lon, h_m)))
    np.testing.assert_allclose(back[0][0], lat, atol=1e-9)
    np.testing.assert_allclose((back[1][0] - lon + 180.0) % 360.0, 180.0, atol=1e-9)
    np.testing.assert_allclose(back[2][0], h_m, atol=0.001)


@given(LATITUDE, LONGITUDE, st.floats(0, 3000), st.floats(0, 360), st.floats(3_000, 470_000), st.floats(0, 20_000))
def test_what_a_radar_sees_is_put_back_where_it_was(
    lat: float, lon: float, antenna_m: float, azimuth: float, away_m: float, h_m: float
) -> None:
    # The place is geographiclib's; only lines with a ground range of a tenth of the slant range are solved.
    there = Geodesic.WGS84.Direct(lat, lon, azimuth, max(away_m, abs(h_m - antenna_m) / 5.0))
    site = _site(lat, lon, antenna_m)
    point = to_earth_centred(*_site(there["lat2"], there["lon2"], h_m))
    range_m, azimuth_rad, _ = sighted(site, point)
    end = placed(site, range_m, azimuth_rad, np.array([h_m]))
    back = Geodesic.WGS84.Inverse(there["lat2"], there["lon2"], end.lat_deg[0], end.lon_deg[0])
    assert back["s12"] < 0.01


def test_a_line_of_sight_is_as_long_as_the_chord() -> None:
    # 100 km along the equator at no height: the chord is 2 a sin(s / 2a).
    site = _site(0.0, 0.0, 0.0)
    there = Geodesic.WGS84.Direct(0.0, 0.0, 90.0, 100_000.0)
    range_m, azimuth_rad, elevation = sighted(site, to_earth_centred(*_site(there["lat2"], there["lon2"], 0.0)))
    np.testing.assert_allclose(range_m[0], 2.0 * 6_378_137.0 * np.sin(100_000.0 / 2.0 / 6_378_137.0), atol=1e-6)
    np.testing.assert_allclose(azimuth_rad[0], np.pi / 2.0, atol=1e-12)
    np.testing.assert_allclose(elevation[0], -100_000.0 / 2.0 / 6_378_137.0, atol=1e-9)


def test_overhead_a_tenth_of_the_range_is_left() -> None:
    site = _site(50.0, 20.0, 100.0)
    end = placed(site, np.array([5_000.0]), np.array([0.0]), np.array([9_000.0]))
    x_m, y_m = to_frame(Frame(50.0, 20.0), end.lat_deg, end.lon_deg)
    assert abs(x_m[0]) < 0.01
    np.testing.assert_allclose(y_m[0], 500.0, rtol=0.001)

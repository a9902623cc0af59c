"""Slant range, azimuth and height, to a place on WGS 84 and on to a flat frame; on arrays.

A radar measures along a straight line in its own horizon. Where that line ends at the height that the transponder
reported is found exactly: in earth-centred coordinates, by Newton's method on the elevation. Rays are taken straight
(bending lengthens 400 km by a few metres). Constants of WGS 84: NGA.STND.0036, 2014. Latitude and height of an
earth-centred point: Bowring, Survey Review 23 (1976) 323; geodesics: Vincenty, Survey Review 23 (1975) 88.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.units import RAD_PER_DEG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame

    Numbers = NDArray[np.float64]
    Site = tuple[Numbers, Numbers, Numbers]
    """Latitude and longitude, deg, and height, m."""

AXIS_M: Final = 6_378_137.0
FLATTENING: Final = 1.0 / 298.257223563
_E2: Final = FLATTENING * (2.0 - FLATTENING)
_MINOR_M: Final = AXIS_M * (1.0 - FLATTENING)
_LEAST_FLAT: Final = 0.1
"""Nearly overhead, a height above the slant range leaves no ground range: a tenth of the slant range is taken."""
_STEPS: Final = 5  # of Newton's and Vincenty's iterations: below a millimetre


class Placed(NamedTuple):
    """Where lines of sight end: degrees and metres on WGS 84, and the sine of the climb of the line as it ends."""

    lat_deg: Numbers
    lon_deg: Numbers
    h_m: Numbers
    sin_climb: Numbers


def to_earth_centred(lat_deg: Numbers, lon_deg: Numbers, h_m: Numbers) -> Numbers:
    """Return earth-centred coordinates (..., 3), m, of points on WGS 84."""
    lat, lon = lat_deg * RAD_PER_DEG, lon_deg * RAD_PER_DEG
    curve_m = AXIS_M / np.sqrt(1.0 - _E2 * np.sin(lat) ** 2)
    flat_m = (curve_m + h_m) * np.cos(lat)
    polar_m = (curve_m * (1.0 - _E2) + h_m) * np.sin(lat)
    return np.stack([flat_m * np.cos(lon), flat_m * np.sin(lon), polar_m], axis=-1)


def from_earth_centred(point_m: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return latitude and longitude, deg, and height, m, of earth-centred points within 100 km of the surface."""
    x, y, z = point_m[..., 0], point_m[..., 1], point_m[..., 2]
    flat_m = np.hypot(x, y)
    angle = np.arctan2(z * AXIS_M, flat_m * _MINOR_M)
    second = _E2 / (1.0 - _E2)
    lat = np.arctan2(z + second * _MINOR_M * np.sin(angle) ** 3, flat_m - _E2 * AXIS_M * np.cos(angle) ** 3)
    sine = np.sin(lat)
    curve_m = AXIS_M / np.sqrt(1.0 - _E2 * sine * sine)
    h_m = flat_m * np.cos(lat) + z * sine - AXIS_M * AXIS_M / curve_m
    return lat / RAD_PER_DEG, np.arctan2(y, x) / RAD_PER_DEG, h_m


def sighted(site: Site, point_m: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return slant range, m, azimuth, rad from north by east in [0, 2 pi), and elevation, rad, of points from sites."""
    east, north, up = _axes(site[0], site[1])
    line = point_m - to_earth_centred(*site)
    e_m, n_m, u_m = ((line * axis).sum(axis=-1) for axis in (east, north, up))
    range_m = np.sqrt(e_m * e_m + n_m * n_m + u_m * u_m)
    return range_m, np.arctan2(e_m, n_m) % (2.0 * np.pi), np.arcsin(u_m / np.maximum(range_m, 1e-6))


def placed(site: Site, range_m: Numbers, azimuth_rad: Numbers, h_m: Numbers) -> Placed:
    """Return where lines of sight of these ranges and azimuths from sites reach heights.

    Where no elevation within reach brings the height, the line ends as near to it as a ground range of a tenth of the
    slant range allows.
    """
    first_m = to_earth_centred(*site)
    east, north, up = _axes(site[0], site[1])
    ahead = east * np.sin(azimuth_rad)[..., None] + north * np.cos(azimuth_rad)[..., None]
    steepest = np.sqrt(1.0 - _LEAST_FLAT * _LEAST_FLAT)
    rise_m = h_m - site[2]
    # Of a line over a round earth, as geo.horizon.elevation_rad.
    sine = (rise_m * (2.0 * AXIS_M + site[2] + h_m) - range_m**2) / (2.0 * range_m * (AXIS_M + site[2]))
    sine = np.clip(sine, -steepest, steepest)
    for _ in range(_STEPS):
        cosine = np.sqrt(1.0 - sine * sine)
        point_m = first_m + range_m[..., None] * (ahead * cosine[..., None] + up * sine[..., None])
        off_m = h_m - from_earth_centred(point_m)[2]
        # Height rises with the sine by the range, less what the earth falls away beneath.
        slope_m = range_m * (1.0 - sine * range_m / AXIS_M)
        sine = np.clip(sine + off_m / slope_m, -steepest, steepest)
    cosine = np.sqrt(1.0 - sine * sine)
    line = ahead * cosine[..., None] + up * sine[..., None]
    lat_deg, lon_deg, end_m = from_earth_centred(first_m + range_m[..., None] * line)
    return Placed(lat_deg, lon_deg, end_m, (line * _axes(lat_deg, lon_deg)[2]).sum(axis=-1))


def _axes(lat_deg: Numbers, lon_deg: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return east, north and up as earth-centred unit vectors."""
    lat, lon = lat_deg * RAD_PER_DEG, lon_deg * RAD_PER_DEG
    sin_lat, cos_lat, sin_lon, cos_lon = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    east = np.stack([-sin_lon, cos_lon, np.zeros_like(lon)], axis=-1)
    north = np.stack([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], axis=-1)
    return east, north, np.stack([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], axis=-1)


def to_frame(frame: Frame, lat_deg: Numbers, lon_deg: Numbers) -> tuple[Numbers, Numbers]:
    """Return x and y of points as `Frame.to_local` does, of many at once; within 10,000 km, to a millimetre."""
    reduced = np.arctan((1.0 - FLATTENING) * np.tan(np.array([frame.lat_deg * RAD_PER_DEG])))
    sin1, cos1 = np.sin(reduced), np.cos(reduced)
    other = np.arctan((1.0 - FLATTENING) * np.tan(np.asarray(lat_deg) * RAD_PER_DEG))
    sin2, cos2 = np.sin(other), np.cos(other)
    turn = ((np.asarray(lon_deg) - frame.lon_deg + 180.0) % 360.0 - 180.0) * RAD_PER_DEG
    on_sphere = turn
    for _ in range(_STEPS):
        sin_a, cos2_a, sin_s, cos_s, arc, middle, _ = _arc(sin1, cos1, sin2, cos2, on_sphere)
        c = FLATTENING / 16.0 * cos2_a * (4.0 + FLATTENING * (4.0 - 3.0 * cos2_a))
        wave = middle + c * cos_s * (2.0 * middle * middle - 1.0)
        on_sphere = turn + (1.0 - c) * FLATTENING * sin_a * (arc + c * sin_s * wave)
    _, cos2_a, sin_s, cos_s, arc, middle, bearing = _arc(sin1, cos1, sin2, cos2, on_sphere)
    u2 = cos2_a * _E2 / (1.0 - _E2)
    a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)))
    b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)))
    cubic = b / 6.0 * middle * (4.0 * sin_s * sin_s - 3.0) * (4.0 * middle * middle - 3.0)
    less = b * sin_s * (middle + b / 4.0 * (cos_s * (2.0 * middle * middle - 1.0) - cubic))
    length_m = _MINOR_M * a * (arc - less)
    return length_m * np.sin(bearing), length_m * np.cos(bearing)


def _arc(sin1: Numbers, cos1: Numbers, sin2: Numbers, cos2: Numbers, turn: Numbers) -> tuple[Numbers, ...]:
    """Return the terms of a great circle between two reduced latitudes, as Vincenty names them, and its bearing."""
    across, along = cos2 * np.sin(turn), cos1 * sin2 - sin1 * cos2 * np.cos(turn)
    sin_s, cos_s = np.hypot(across, along), sin1 * sin2 + cos1 * cos2 * np.cos(turn)
    sin_a = np.divide(cos1 * across, sin_s, out=np.zeros_like(sin_s), where=sin_s > 0.0)
    cos2_a = 1.0 - sin_a * sin_a
    middle = cos_s - 2.0 * sin1 * sin2 / np.maximum(cos2_a, 1e-30)
    return sin_a, cos2_a, sin_s, cos_s, np.arctan2(sin_s, cos_s), middle, np.arctan2(across, along)

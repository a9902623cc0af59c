"""Points around the Earth as a radar sees them: WGS 84, straight lines of sight, all in arrays.

The ellipsoid is that of the National Geospatial-Intelligence Agency, standard NGA.STND.0036, table 3.1; geographic to
Cartesian and the local axes as in B. Hofmann-Wellenhof, H. Lichtenegger and E. Wasle, "GNSS: Global Navigation
Satellite Systems", 2008, sections 8.2 and 8.3. Pressure height is taken for height over the ellipsoid: between
neighbours the difference is the same, and it turns into range only by the sine of a small elevation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.units import RAD_PER_DEG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SEMI_MAJOR_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
_E2: Final = FLATTENING * (2 - FLATTENING)
_STEPS: Final = 4  # each leaves about 1/500 of the error in height


class Stands(NamedTuple):
    """Where radars stand: origin (n, 3), and east, north and up as rows of (n, 3, 3), Earth-centred."""

    origin_m: Numbers
    axes: Numbers


def cartesian(lat_deg: Numbers, lon_deg: Numbers, h_m: Numbers) -> Numbers:
    """Return Earth-centred coordinates (n, 3) in m."""
    lat, lon = np.asarray(lat_deg) * RAD_PER_DEG, np.asarray(lon_deg) * RAD_PER_DEG
    across = SEMI_MAJOR_M / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    flat = (across + h_m) * np.cos(lat)
    return np.stack([flat * np.cos(lon), flat * np.sin(lon), (across * (1 - _E2) + h_m) * np.sin(lat)], axis=-1)


def stands(lat_deg: Numbers, lon_deg: Numbers, h_m: Numbers) -> Stands:
    """Return where radars stand, and how their axes lie."""
    lat, lon = np.asarray(lat_deg) * RAD_PER_DEG, np.asarray(lon_deg) * RAD_PER_DEG
    sin_lat, cos_lat, sin_lon, cos_lon = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    east = np.stack([-sin_lon, cos_lon, np.zeros_like(lat)], axis=-1)
    north = np.stack([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], axis=-1)
    up = np.stack([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], axis=-1)
    return Stands(cartesian(lat_deg, lon_deg, h_m), np.stack([east, north, up], axis=-2))


def seen(point_m: Numbers, origin_m: Numbers, axes: Numbers) -> tuple[Numbers, Numbers]:
    """Return slant range and azimuth of points, each from the stand in the same row."""
    local = ((point_m - origin_m)[:, None, :] * axes).sum(axis=2)
    return np.sqrt((local**2).sum(axis=1)), np.arctan2(local[:, 0], local[:, 1])


def placed(range_m: Numbers, azimuth_rad: Numbers, h_m: Numbers, origin_m: Numbers, axes: Numbers) -> Numbers:
    """Return the points that are so far off, in that direction, and so high; where none is, the nearest flat one."""
    elevation = np.zeros_like(range_m)
    point = origin_m
    for _ in range(_STEPS + 1):
        flat, rise = range_m * np.cos(elevation), range_m * np.sin(elevation)
        local = np.stack([flat * np.sin(azimuth_rad), flat * np.cos(azimuth_rad), rise], axis=1)
        point = origin_m + (local[:, :, None] * axes).sum(axis=1)
        missing = (h_m - height(point)) / np.maximum(range_m, 1.0)
        sine = np.clip(np.sin(elevation) + missing, -0.9, 0.9)
        elevation = np.arcsin(sine)
    return point


def height(point_m: Numbers) -> Numbers:
    """Return heights over the ellipsoid, within a millimetre up to 20 km: R. M. Bowring, Survey Review 181, 1976."""
    x, y, z = point_m[..., 0], point_m[..., 1], point_m[..., 2]
    minor_m, flat = SEMI_MAJOR_M * (1 - FLATTENING), np.hypot(x, y)
    second = _E2 / (1 - _E2)
    beta = np.arctan2(z * SEMI_MAJOR_M, flat * minor_m)
    lat = np.arctan2(z + second * minor_m * np.sin(beta) ** 3, flat - _E2 * SEMI_MAJOR_M * np.cos(beta) ** 3)
    across = SEMI_MAJOR_M / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    out: Numbers = flat * np.cos(lat) + z * np.sin(lat) - SEMI_MAJOR_M**2 / across
    return out

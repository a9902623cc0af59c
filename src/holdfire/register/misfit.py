"""How far plots and references are apart, given what each radar is thought to be out by."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.geo.slant import placed, sighted, to_earth_centred
from holdfire.register.pairs import BROADCAST, Pairs, only, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.recording import Site
    from holdfire.register.pairs import Reports

    Numbers = NDArray[np.float64]

RANGE, AZIMUTH, TIME = 0, 1, 2
PARAMETERS: Final = 3
"""What each radar may be out by: its range, its azimuth and its clock."""


class Compared(NamedTuple):
    """Everything that is compared, ready to be laid over one another."""

    told: Reports
    pairs: Pairs
    fixed_m: Numbers  # earth-centred points of the reports that are positions, NaN elsewhere
    own: tuple[Numbers, Numbers, Numbers]  # latitude, longitude (deg) and height (m) of the radar of every report
    stand: tuple[Numbers, Numbers, Numbers]  # the same of the plots' radars, by pair


def compared(told: Reports, pairs: Pairs, sites: Sequence[Site]) -> Compared:
    """Lay out what is compared, of those reports only that some pair needs."""
    used, at = np.unique(np.concatenate(pairs), return_inverse=True)
    told = only(told, used)
    laid = Pairs(*at.reshape(len(pairs), -1))
    of = np.where(told.source == BROADCAST, 0, told.source)
    lat, lon, h = (np.array([getattr(site, name) for site in sites])[of] for name in ("lat_deg", "lon_deg", "h_m"))
    plot = laid.plot
    fixed_m = to_earth_centred(told.lat_deg, told.lon_deg, told.h_m)
    return Compared(told, laid, fixed_m, (lat, lon, h), (lat[plot], lon[plot], h[plot]))


def concerning(laid: Compared, sensor: int, most: int) -> Compared:
    """Return at most so many of the pairs in which a radar has a part."""
    pairs = laid.pairs
    part = (laid.told.source[pairs.plot] == sensor) | (laid.told.source[pairs.before] == sensor)
    few = spread(Pairs(*(column[part] for column in pairs)), most)
    lat, lon, h = (each[few.plot] for each in laid.own)
    return laid._replace(pairs=few, stand=(lat, lon, h))


def misfit(laid: Compared, biases: Numbers) -> Numbers:
    """Return by how much each plot is beyond, clockwise of its reference: (pairs, 2) in m and rad.

    Parameters
    ----------
    laid
        From `compared`.
    biases
        (sites, 3): what is added to range (m), azimuth (rad) and time (s) of each radar's plots.
    """
    pairs = laid.pairs
    range_m, azimuth_rad, time_s, point = _freed(laid, biases)
    share = (time_s[pairs.plot] - time_s[pairs.before]) / (time_s[pairs.after] - time_s[pairs.before])
    there = point[pairs.before] + share[:, None] * (point[pairs.after] - point[pairs.before])
    reference_m, bearing_rad, _ = sighted(laid.stand, there)
    return np.stack([range_m[pairs.plot] - reference_m, wrapped(azimuth_rad[pairs.plot] - bearing_rad)], axis=1)


def drift(laid: Compared, biases: Numbers) -> Numbers:
    """Return how fast each reference moves away from its radar, and clockwise: (pairs, 2) in m/s and rad/s."""
    pairs = laid.pairs
    _, _, time_s, point = _freed(laid, biases)
    flown_s = np.maximum(time_s[pairs.late] - time_s[pairs.early], 1e-3)
    velocity = (point[pairs.late] - point[pairs.early]) / flown_s[:, None]
    middle = 0.5 * (point[pairs.late] + point[pairs.early])
    ahead, behind = (sighted(laid.stand, middle + half * velocity) for half in (0.5, -0.5))
    return np.stack([ahead[0] - behind[0], wrapped(ahead[1] - behind[1])], axis=1)


def _freed(laid: Compared, biases: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return range, azimuth, time and place of all reports without the biases."""
    told, pairs = laid.told, laid.pairs
    of = np.where(told.source == BROADCAST, len(biases), told.source)
    out = np.concatenate([biases, np.zeros((1, PARAMETERS))])[of]
    range_m, azimuth_rad, time_s = (
        told.range_m - out[:, RANGE],
        told.azimuth_rad - out[:, AZIMUTH],
        told.time_s - out[:, TIME],
    )
    point = laid.fixed_m.copy()
    radar = np.unique(np.concatenate(pairs[1:]))
    radar = radar[told.source[radar] != BROADCAST]
    point[radar] = _points(laid, radar, range_m, azimuth_rad)
    return range_m, azimuth_rad, time_s, point


def _points(laid: Compared, radar: NDArray[np.int64], range_m: Numbers, azimuth_rad: Numbers) -> Numbers:
    """Return the earth-centred points of the reports `radar`, each seen by its own radar."""
    lat, lon, h = (each[radar] for each in laid.own)
    end = placed((lat, lon, h), range_m[radar], azimuth_rad[radar], laid.told.h_m[radar])
    return to_earth_centred(end.lat_deg, end.lon_deg, end.h_m)


def wrapped(angle_rad: Numbers) -> Numbers:
    """Return angles within half a turn of 0."""
    out: Numbers = (angle_rad + pi) % (2 * pi) - pi
    return out


def uncertain(laid: Compared, range_sd_m: float, azimuth_sd_rad: float, position_sd_m: float) -> Numbers:
    """Return the standard deviations of the misfits (pairs, 2), from those of one measurement.

    A radar's error across its line of sight is turned into the line of sight of the other.
    """
    told, pairs = laid.told, laid.pairs
    range_m = told.range_m[pairs.plot]
    middle = pairs.before
    broadcast = told.source[middle] == BROADCAST
    point = laid.fixed_m[middle].copy()
    radar = middle[~broadcast]
    point[~broadcast] = _points(laid, radar, told.range_m, told.azimuth_rad)
    _, bearing, _ = sighted(laid.stand, point)
    between = np.where(broadcast, 0.0, bearing - told.azimuth_rad[middle])
    along = np.where(broadcast, position_sd_m, range_sd_m) ** 2
    across = np.where(broadcast, position_sd_m, told.range_m[middle] * azimuth_sd_rad) ** 2
    cosine, sine = np.cos(between) ** 2, np.sin(between) ** 2
    in_range = range_sd_m**2 + along * cosine + across * sine
    in_azimuth = azimuth_sd_rad**2 + (along * sine + across * cosine) / range_m**2
    sd: Numbers = np.sqrt(np.stack([in_range, in_azimuth], axis=1))
    return sd

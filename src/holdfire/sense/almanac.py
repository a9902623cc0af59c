"""Where the Sun and the Moon stand, to about a tenth of a degree.

J. Meeus, Astronomical Algorithms, 2nd edition 1998: the Sun by chapter 25 (low accuracy), the Moon by the greatest
terms of chapter 47, the part of its disc that is lit by chapter 48, sidereal time by chapter 12, altitude by chapter
13. What is left out of the Moon's series sums to about 0.1°; universal time is taken for dynamical time, which moves
the Moon by 0.01° in this century. Heights are without refraction; the Moon's is lowered by its parallax (chapter 40).
"""

from __future__ import annotations

from math import acos, asin, atan2, cos, degrees, radians, sin, tan
from typing import TYPE_CHECKING, Final, NamedTuple

from holdfire.units import HOUR_S

if TYPE_CHECKING:
    from datetime import datetime

_J2000_UNIX_S: Final = 946_728_000.0  # 2000 January 1, 12:00 UTC
_CENTURY_DAYS: Final = 36_525.0
_AU_KM: Final = 149_597_870.7  # IAU 2012
_EARTH_KM: Final = 6_378.14  # equatorial radius, as in chapter 47

# Of the Moon's series: factors of D (its elongation), M (the Sun's anomaly), M' (its own) and F (its argument of
# latitude); then degrees of longitude and km of distance (table 47.A), or degrees of latitude (47.B).
_ALONG: Final = (
    (0, 0, 1, 0, 6.288774, -20905.355), (2, 0, -1, 0, 1.274027, -3699.111), (2, 0, 0, 0, 0.658314, -2955.968),
    (0, 0, 2, 0, 0.213618, -569.925), (0, 1, 0, 0, -0.185116, 48.888), (0, 0, 0, 2, -0.114332, -3.149),
    (2, 0, -2, 0, 0.058793, 246.158), (2, -1, -1, 0, 0.057066, -152.138), (2, 0, 1, 0, 0.053322, -170.733),
    (2, -1, 0, 0, 0.045758, -204.586), (0, 1, -1, 0, -0.040923, -129.620), (1, 0, 0, 0, -0.034720, 108.743),
    (0, 1, 1, 0, -0.030383, 104.755),
)  # fmt: skip
_ACROSS: Final = (
    (0, 0, 0, 1, 5.128122), (0, 0, 1, 1, 0.280602), (0, 0, 1, -1, 0.277693), (2, 0, 0, -1, 0.173237),
    (2, 0, -1, 1, 0.055413), (2, 0, -1, -1, 0.046271), (2, 0, 0, 1, 0.032573),
)  # fmt: skip


class Ecliptic(NamedTuple):
    """A place on the sky, from the Earth's middle."""

    longitude_deg: float
    latitude_deg: float
    distance_km: float


def _centuries(when: datetime) -> float:
    return (when.timestamp() - _J2000_UNIX_S) / (24 * HOUR_S) / _CENTURY_DAYS


def sun_at(when: datetime) -> Ecliptic:
    """Return where the Sun appears (chapter 25)."""
    t = _centuries(when)
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre_deg = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    true_deg = 280.46646 + 36000.76983 * t + centre_deg
    apparent_deg = true_deg - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))
    eccentricity = 0.016708634 - 0.000042037 * t
    distance_au = 1.000001018 * (1 - eccentricity**2) / (1 + eccentricity * cos(anomaly + radians(centre_deg)))
    return Ecliptic(apparent_deg % 360, 0.0, distance_au * _AU_KM)


def moon_at(when: datetime) -> Ecliptic:
    """Return where the Moon appears (chapter 47, its greatest terms)."""
    t = _centuries(when)
    elongation, sun, own, node = (
        297.8501921 + 445267.1114034 * t, 357.5291092 + 35999.0502909 * t, 134.9633964 + 477198.8675055 * t,
        93.2720950 + 483202.0175233 * t,
    )  # fmt: skip
    longitude_deg, latitude_deg, distance_km = 218.3164477 + 481267.88123421 * t, 0.0, 385_000.56
    for d, m, a, f, along_deg, away_km in _ALONG:
        angle = radians(d * elongation + m * sun + a * own + f * node)
        longitude_deg += along_deg * sin(angle)
        distance_km += away_km * cos(angle)
    for d, m, a, f, across_deg in _ACROSS:
        latitude_deg += across_deg * sin(radians(d * elongation + m * sun + a * own + f * node))
    return Ecliptic(longitude_deg % 360, latitude_deg, distance_km)


def phase_deg(when: datetime) -> float:
    """Return the angle at the Moon between Sun and Earth: 0 when full, 180 when new (equations 48.2 and 48.3)."""
    sun, moon = sun_at(when), moon_at(when)
    apart = acos(cos(radians(moon.latitude_deg)) * cos(radians(moon.longitude_deg - sun.longitude_deg)))
    return degrees(atan2(sun.distance_km * sin(apart), moon.distance_km - sun.distance_km * cos(apart)))


def illuminated(when: datetime) -> float:
    """Return the share of the Moon's disc that is lit (equation 48.1)."""
    return (1 + cos(radians(phase_deg(when)))) / 2


def altitude_deg(body: Ecliptic, when: datetime, lat_deg: float, lon_deg: float) -> float:
    """Return how high a body stands over the horizon of a place; over the middle of its disc, without refraction."""
    t = _centuries(when)
    tilt, longitude, latitude = radians(23.4392911 - 0.0130042 * t), *map(radians, body[:2])
    declination = asin(sin(latitude) * cos(tilt) + cos(latitude) * sin(tilt) * sin(longitude))
    ascension = atan2(sin(longitude) * cos(tilt) - tan(latitude) * sin(tilt), cos(longitude))
    sidereal = radians(280.46061837 + 360.98564736629 * t * _CENTURY_DAYS + lon_deg)
    high = asin(
        sin(radians(lat_deg)) * sin(declination)
        + cos(radians(lat_deg)) * cos(declination) * cos(sidereal - ascension)
    )  # fmt: skip
    return degrees(high - asin(_EARTH_KM / body.distance_km) * cos(high))

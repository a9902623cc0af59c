"""How far one can see over a round Earth through a standard atmosphere.

The atmosphere bends radio waves down; over an Earth of 4/3 its radius they run straight (Schelleng, Burrows and
Ferrell, Proc. IRE 21, 1933; Skolnik, Introduction to Radar Systems, section 8.4). On a mean radius of 6,371 km the
factor 4/3 is that of a mean refractivity gradient of -39 per km (ITU-R P.834). Light bends less, 7/6, so this is
6 % generous for an eye. Terrain is not in it.
"""

from __future__ import annotations

from math import asin, sin, sqrt
from typing import Final

from holdfire.compiled import kernel

EARTH_RADIUS_M: Final = 6_371_000.0
"""Mean radius (IUGG, rounded to km), m."""
EFFECTIVE_RADIUS_M: Final = EARTH_RADIUS_M * 4 / 3
"""Radius over which radio waves run straight, m."""


@kernel
def horizon_m(antenna_m: float, target_m: float) -> float:
    """Return the range over ground, m, at which a target touches the horizon of an antenna.

    Heights are above the sea; one below it counts as on it. `sqrt(2 R h)` for each of the two.
    """
    return sqrt(2.0 * EFFECTIVE_RADIUS_M * max(antenna_m, 0.0)) + sqrt(2.0 * EFFECTIVE_RADIUS_M * max(target_m, 0.0))


@kernel
def slant_m(ground_m: float, antenna_m: float, target_m: float) -> float:
    """Return the slant range, m, of a target at a range over ground: the third side of the triangle at the centre.

    The law of cosines, as `dh² + 4 (R + h1)(R + h2) sin²(g/2R)`, in which nothing cancels at short range.
    """
    first, second = EFFECTIVE_RADIUS_M + antenna_m, EFFECTIVE_RADIUS_M + target_m
    sine = sin(ground_m / (2.0 * EFFECTIVE_RADIUS_M))
    rise = target_m - antenna_m
    return sqrt(rise * rise + 4.0 * first * second * sine * sine)


@kernel
def elevation_rad(ground_m: float, antenna_m: float, target_m: float) -> float:
    """Return the angle, rad, at which an antenna sees a target above its own horizontal.

    `((R + h2)² - (R + h1)² - s²) / (2 s (R + h1))` is its sine (Skolnik, section 8.4); over the antenna it is
    a right angle up or down.
    """
    first, second = EFFECTIVE_RADIUS_M + antenna_m, EFFECTIVE_RADIUS_M + target_m
    slant = max(slant_m(ground_m, antenna_m, target_m), 1e-6)
    sine = ((target_m - antenna_m) * (first + second) - slant * slant) / (2.0 * slant * first)
    return asin(min(max(sine, -1.0), 1.0))

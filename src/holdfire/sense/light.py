"""How light a night is, and what that does to eyes and cameras.

Light from the Sun and the Moon on level ground by their heights: the polynomials of P. M. Janiczek and J. A. DeYoung,
"Computer programs for Sun and Moon illuminance", US Naval Observatory Circular 171, 1987, as the Explanatory Supplement
to the Astronomical Almanac prints them (P. K. Seidelmann 1992). Cloud takes of it what F. Kasten and G. Czeplak found
of sunlight (Solar Energy 24, 1980): the share `0.75 N^3.4` under a cover N.
"""

from __future__ import annotations

from itertools import pairwise
from math import acos, degrees, exp, log, prod
from typing import TYPE_CHECKING, Final

from holdfire.sense.almanac import altitude_deg, moon_at, phase_deg, sun_at

if TYPE_CHECKING:
    from datetime import datetime

    from holdfire.sense.imager_schema import ChannelModel
    from holdfire.sense.schema import NightModel
    from holdfire.sense.sight import InstrumentModel

STARLIGHT_LX: Final = 0.001
"""Of a clear sky without the Moon, airglow with it (order of magnitude, general knowledge; estimate), lx."""
WORDS_LX: Final = {"day": 400.0, "twilight": 3.4, "night": STARLIGHT_LX}
"""Light for which instruments state their angles: sunrise, the end of civil twilight (both by the circular), stars."""

# From the height in degrees on: coefficients of the logarithm to base 10 of lx in powers of the height over 90.
_SUN: Final = (
    (20.0, (3.74, 3.97, -4.07, 1.47)), (5.0, (3.05, 13.28, -45.98, 64.33)), (-0.8, (2.88, 22.26, -207.64, 1034.30)),
    (-5.0, (2.88, 21.81, -258.11, -858.36)), (-12.0, (2.70, 12.17, -431.69, -1899.83)),
    (-18.0, (13.84, 262.72, 1447.42, 2797.93)),
)  # fmt: skip
_MOON: Final = (
    (20.0, (-1.95, 4.06, -4.24, 1.56)), (5.0, (-2.58, 12.58, -42.58, 59.06)), (-0.8, (-2.79, 24.27, -252.95, 1321.29)),
)  # fmt: skip


def sunlight_lx(high_deg: float) -> float:
    """Return the light of the Sun at a height; none when it is more than 18° below the horizon."""
    return _light_lx(_SUN, high_deg)


def moonlight_lx(high_deg: float, phase: float) -> float:
    """Return the light of the Moon at a height and a phase angle (degrees: 0 full), at its mean distance."""
    fades = 8.68e-3 * phase + 2.2e-9 * phase**4
    return float(_light_lx(_MOON, high_deg) * 10**-fades)


def _light_lx(table: tuple[tuple[float, tuple[float, ...]], ...], high_deg: float) -> float:
    for least_deg, terms in table:
        if high_deg >= least_deg:
            return float(10 ** sum(term * (high_deg / 90) ** power for power, term in enumerate(terms)))
    return 0.0


def under_cloud(covers: list[float]) -> float:
    """Return the share of light that comes through layers of cloud, which lie over each other at random."""
    cover = 1 - prod(1.0 - each for each in covers)
    return float(1 - 0.75 * cover**3.4)


def lux(night: NightModel, when: datetime, lat_deg: float, lon_deg: float) -> float | None:
    """Return how light it is at a moment and a place; None where the night's own word for it is to be taken.

    `darkness: auto` has Sun and Moon computed. A Moon that the night states is taken instead; it is added to the
    light of the stars where the word is `night`.
    """
    auto = night.darkness == "auto"
    if not auto and (night.moon is None or night.darkness != "night"):
        return None
    light_lx = sunlight_lx(altitude_deg(sun_at(when), when, lat_deg, lon_deg)) if auto else 0.0
    if night.moon is not None:
        light_lx += moonlight_lx(night.moon.altitude_deg, degrees(acos(2 * night.moon.illuminated - 1)))
    else:
        light_lx += moonlight_lx(altitude_deg(moon_at(when), when, lat_deg, lon_deg), phase_deg(when))
    return STARLIGHT_LX + light_lx * under_cloud(night.covers())


def in_a_word(night: NightModel, light_lx: float | None) -> NightModel:
    """Return a night whose darkness is day, twilight or night, for ears and for those whose numbers go by the word.

    Of a computed light, it is the brightest of these whose own light it reaches.
    """
    if night.darkness != "auto" or light_lx is None:
        return night
    return night.model_copy(update={"darkness": next((w for w, lx in WORDS_LX.items() if light_lx >= lx), "night")})


def cycle_mrad(instrument: InstrumentModel | ChannelModel, darkness: str, light_lx: float | None) -> float:
    """Return the angle of a cycle that an instrument resolves in a light; by the night's word where that is None.

    Between the lights of the three words the logarithm of the angle goes with that of the light (assumed).
    """
    if light_lx is None:
        return float(getattr(instrument, f"{darkness}_mrad").value)
    lights = sorted((log(each), log(getattr(instrument, f"{word}_mrad").value)) for word, each in WORDS_LX.items())
    at = log(light_lx)
    for (dark, wide), (light, narrow) in pairwise(lights):
        if at <= light:
            share = max((at - dark) / (light - dark), 0.0)
            return exp(wide + share * (narrow - wide))
    return exp(lights[-1][1])

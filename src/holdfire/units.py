"""Units at the edge: inside, everything is SI (m, s, m/s, rad); people also read knots, feet and miles.

The exact factors are those of the international definitions: nautical mile 1852 m (First International
Extraordinary Hydrographic Conference, Monaco 1929), foot 0.3048 m (international yard and pound agreement,
1959), knot one nautical mile an hour (ICAO Annex 5, table 3-3).
"""

from __future__ import annotations

from math import pi
from typing import Final, Literal

Unit = Literal["m", "s", "m/s", "people", ""]
"""What a number in evidence is measured in; the empty string is a count."""

M_PER_NM: Final = 1852.0
M_PER_FT: Final = 0.3048
M_S_PER_KT: Final = M_PER_NM / 3600
RAD_PER_DEG: Final = pi / 180

HOUR_S: Final = 3600.0
MINUTE_S: Final = 60.0
KM_M: Final = 1000.0


def number(value: float) -> str:
    """Return a number as people write it: no trailing zeros, four significant digits below a thousand.

    >>> number(44.0), number(0.05), number(12345.6)
    ('44', '0.05', '12346')
    """
    if abs(value) >= 1000:
        return f"{value:.0f}"
    return f"{value:.4g}" if value == 0 or abs(value) >= 1e-4 else f"{value:.8f}".rstrip("0").rstrip(".")


def three(value: float) -> str:
    """Return three figures of a number, those of a thousand and more with commas and without an exponent.

    >>> three(0.04567), three(193.2), three(8650.4), three(20000.0)
    ('0.0457', '193', '8,650', '20,000')
    """
    text = f"{value:.3g}"
    return f"{float(text):,.0f}" if "e+" in text else text


def in_words(value: float, unit: Unit) -> str:
    """Return a quantity for people, with the unit in which they think added where that helps.

    >>> in_words(44.0, "m/s"), in_words(5000.0, "m"), in_words(300.0, "s"), in_words(2.0, "")
    ('44 m/s (158 km/h)', '5 km', '5 min', '2')
    """
    if unit == "m/s":
        return f"{number(value)} m/s ({value * HOUR_S / KM_M:.0f} km/h)"
    if unit == "m" and abs(value) >= KM_M:
        return f"{number(value / KM_M)} km"
    if unit == "s" and abs(value) >= 2 * MINUTE_S:
        return f"{number(value / MINUTE_S)} min"
    return f"{number(value)} {unit}".rstrip()


def span_in_words(seconds: float) -> str:
    """Return a measured duration for people: seconds, from two minutes on tenths of a minute.

    >>> span_in_words(44.4), span_in_words(160.0)
    ('44 s', '2.7 min')
    """
    if seconds >= 2 * MINUTE_S:
        return f"{number(round(seconds / MINUTE_S, 1))} min"
    return f"{number(round(seconds, 0 if seconds >= 10 else 1))} s"

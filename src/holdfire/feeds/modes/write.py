"""Frames of aircraft that are made up, to be written to files and read again.

Bits as ICAO Annex 10, volume IV, 3.1.2 (frames, parity) and ICAO Doc 9871, appendix A (positions, call sign); compact
positions as its section C.2.6.
"""

from __future__ import annotations

from math import acos, cos, floor, pi, tau
from typing import Final

from holdfire.units import M_PER_FT, RAD_PER_DEG

GENERATOR: Final = 0x1FFF409
"""Of the parity, 25 bits (Annex 10, volume IV, 3.1.2.3.3)."""
_ZONES: Final = 15
_BINS: Final = 1 << 17
_LETTERS: Final = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????"


def parity(bits: int, size: int) -> int:
    """Return the 24 bits of parity of so many bits."""
    left = bits << 24
    for place in range(size + 23, 23, -1):
        if left >> place & 1:
            left ^= GENERATOR << (place - 24)
    return left


def _squitter(address: int, message: int) -> str:
    bits = (17 << 3 | 5) << 80 | address << 56 | message
    return f"{bits << 24 | parity(bits, 88):028x}"


def position(address: int, lat_deg: float, lon_deg: float, h_m: float, *, odd: bool) -> str:
    """Return an airborne position, type 11 (NUCp 7), in hexadecimal."""
    lat_bits, lon_bits = compact(lat_deg, lon_deg, odd=odd)
    steps = round(h_m / (25 * M_PER_FT)) + 40  # of 25 ft from -1,000 ft, with the Q bit in the middle
    height = (steps >> 4) << 5 | 0x10 | steps & 15
    return _squitter(address, 11 << 51 | height << 36 | odd << 34 | lat_bits << 17 | lon_bits)


def compact(lat_deg: float, lon_deg: float, *, odd: bool) -> tuple[int, int]:
    """Return latitude and longitude in 17 bits each."""
    lat_zone = 360.0 / (4 * _ZONES - odd)
    lat_bits = floor(_BINS * (lat_deg % lat_zone) / lat_zone + 0.5)
    rounded = lat_zone * (lat_bits / _BINS + floor(lat_deg / lat_zone))
    lon_zone = 360.0 / max(_zones_at(rounded) - odd, 1)
    lon_bits = floor(_BINS * (lon_deg % lon_zone) / lon_zone + 0.5)
    return lat_bits % _BINS, lon_bits % _BINS


def _zones_at(lat_deg: float) -> int:
    """Return how many zones of longitude there are at a latitude (NL, Doc 9871, C.2.6)."""
    if abs(lat_deg) >= 87.0:
        return 2 if abs(lat_deg) == 87.0 else 1
    share = (1.0 - cos(pi / (2.0 * _ZONES))) / cos(lat_deg * RAD_PER_DEG) ** 2
    return floor(tau / acos(1.0 - share))


def identification(address: int, callsign: str) -> str:
    """Return a call sign of up to eight letters and digits, in hexadecimal."""
    letters = 0
    for letter in f"{callsign:8.8}":
        letters = letters << 6 | _LETTERS.index(letter)
    return _squitter(address, 4 << 51 | letters)


def squawk(address: int, mode_a: int) -> str:
    """Return the reply of identity (DF 5) of a squawk, in hexadecimal."""
    a, b, c, d = (mode_a >> shift & 7 for shift in (9, 6, 3, 0))
    order = (
        (c, 0), (a, 0), (c, 1), (a, 1), (c, 2), (a, 2), (0, 0), (b, 0), (d, 0), (b, 1), (d, 1), (b, 2), (d, 2),
    )  # fmt: skip
    code = 0
    for digit, place in order:  # C1 A1 C2 A2 C4 A4 0 B1 D1 B2 D2 B4 D4
        code = code << 1 | digit >> place & 1
    bits = 5 << 27 | code
    return f"{bits << 24 | parity(bits, 32) ^ address:014x}"

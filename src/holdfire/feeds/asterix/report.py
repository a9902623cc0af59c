"""What one record says, whatever its category, and the values that every category writes alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from holdfire.feeds.times import DAY_S, off_days
from holdfire.units import M_PER_FT

if TYPE_CHECKING:
    from holdfire.feeds.asterix.split import Items
    from holdfire.feeds.intake import Row

LAG_S: Final = 120.0
"""How far a record's time may be from its packet's clock (assumed: 20 s are met in real recordings)."""
LEVEL_M: Final = 25 * M_PER_FT
"""A quarter of a flight level, the unit of every height in ASTERIX."""
LOWEST_LEVEL, HIGHEST_LEVEL = -15 * 4, 1500 * 4  # I062/136: FL -15 to FL 1500


class ImplausibleError(ValueError):
    """A record that says what cannot be: the layout is another's, or bytes are damaged."""


class Report(NamedTuple):
    """Source, time of day (None: not said), and the rest of the row with its site and time left out; None: no row."""

    sac: int
    sic: int
    of_day_s: float | None
    row: Row | None
    note: str = ""


def source(items: Items) -> tuple[int, int]:
    """Return system area and identification code."""
    if "010" not in items:
        raise ImplausibleError("no source (item 010)")
    return items["010"][0], items["010"][1]


def time_of_day(items: Items, item: str, packet_s: float | None) -> float:
    """Return seconds since midnight; raises `ImplausibleError` beyond a day, or far off the packet's clock."""
    if item not in items:
        message = f"no time of day (item {item})"
        raise ImplausibleError(message)
    of_day_s = int.from_bytes(items[item], "big") / 128.0
    if of_day_s > DAY_S:
        message = f"time of day {of_day_s:.0f} s is past {DAY_S:.0f}"
        raise ImplausibleError(message)
    if packet_s is not None:
        off_s = of_day_s + DAY_S * off_days(of_day_s, packet_s) - packet_s
        if abs(off_s) > LAG_S:
            message = f"time of day is {off_s:.0f} s off the packet's clock, more than {LAG_S:.0f}"
            raise ImplausibleError(message)
    return of_day_s


def signed(content: bytes) -> int:
    """Return a number in two's complement."""
    return int.from_bytes(content, "big", signed=True)


def octal(content: bytes, item: str) -> int:
    """Return the twelve bits of a Mode 3/A code; its fourth bit is spare and must be 0."""
    if content[0] & 0x10:
        message = f"a spare bit of item {item} is set"
        raise ImplausibleError(message)
    return int.from_bytes(content, "big") & 0xFFF


def place(content: bytes) -> tuple[float, float]:
    """Return latitude and longitude, deg, of two numbers of one size, the full turn being that of the size."""
    half = len(content) // 2
    # 24, 25 and 30 bits to the half circle, by the item: I034/120 and I021/130; I062/105; I021/131.
    unit = 180.0 / (1 << 23 if half == 3 else 1 << 25)
    lat_deg, lon_deg = signed(content[:half]) * unit, signed(content[half:]) * unit
    if not (abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0):
        message = f"latitude {lat_deg:.3f}, longitude {lon_deg:.3f}"
        raise ImplausibleError(message)
    return lat_deg, lon_deg

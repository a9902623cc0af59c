"""Systems: their tracks (CAT062, EUROCONTROL-SPEC-0149-9) and what they say of themselves (CAT065)."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Final

from holdfire.feeds.asterix.report import (
    HIGHEST_LEVEL,
    LEVEL_M,
    LOWEST_LEVEL,
    ImplausibleError,
    Report,
    octal,
    place,
    signed,
    source,
    time_of_day,
)
from holdfire.messages.plot import NO_CODE
from holdfire.units import M_PER_FT

if TYPE_CHECKING:
    from holdfire.feeds.asterix.split import Items

SPEED_M_S: Final = 0.25
HEIGHT_M: Final = 6.25 * M_PER_FT
CLIMB_M_S: Final = 6.25 * M_PER_FT / 60.0
SIGMA_M: Final = 0.5
FASTEST_M_S: Final = 2000.0
"""Of an aircraft (assumed: about Mach 6)."""


def track(items: Items, packet_s: float | None) -> Report:
    """Return what a CAT062 record says; raises `ImplausibleError`."""
    sac, sic = source(items)
    of_day_s = time_of_day(items, "070", packet_s)
    for item in ("040", "080"):
        if item not in items:
            message = f"no item {item}"
            raise ImplausibleError(message)
    vx_m_s, vy_m_s = _velocity(items)
    h_m = _height(items)
    if "105" not in items:
        return Report(sac, sic, of_day_s, None, "tracks without a position on WGS 84")
    lat_deg, lon_deg = place(items["105"])
    status = items["080"] + b"\0\0\0\0"
    row = (
        int.from_bytes(items["040"], "big"), lat_deg, lon_deg, vx_m_s, vy_m_s, h_m,
        signed(items["220"]) * CLIMB_M_S if "220" in items else nan, _sigma_m(items.get("500", b"\0")),
        octal(items["060"], "060") if "060" in items else NO_CODE, _address(items.get("380", b"\0")),
        int(not status[0] & 0x02),
        status[3] >> 7, status[1] >> 6 & 1, status[1] >> 7,
    )  # fmt: skip
    return Report(sac, sic, of_day_s, row)


def _velocity(items: Items) -> tuple[float, float]:
    content = items.get("185")
    if content is None:
        return nan, nan
    vx_m_s, vy_m_s = signed(content[:2]) * SPEED_M_S, signed(content[2:]) * SPEED_M_S
    if vx_m_s * vx_m_s + vy_m_s * vy_m_s > FASTEST_M_S * FASTEST_M_S:
        message = f"velocity {vx_m_s:.0f}, {vy_m_s:.0f} m/s is above {FASTEST_M_S:.0f}"
        raise ImplausibleError(message)
    return vx_m_s, vy_m_s


def _height(items: Items) -> float:
    """Return the measured flight level, else the track's barometric height, else its geometric one, m."""
    if "136" in items:
        level = signed(items["136"])
        if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
            message = f"flight level {level / 4} is not between -15 and 1500"
            raise ImplausibleError(message)
        return level * LEVEL_M
    if "135" in items:
        level = int.from_bytes(items["135"], "big") & 0x7FFF
        return (level - (0x8000 if level & 0x4000 else 0)) * LEVEL_M
    return signed(items["130"]) * HEIGHT_M if "130" in items else nan


def _first_part(content: bytes, size: int) -> bytes:
    """Return the first part of a compound item, nothing where it is not there."""
    if not content[0] & 0x80:
        return b""
    at = 0
    while content[at] & 1:
        at += 1
    return content[at + 1 : at + 1 + size]


def _address(derived: bytes) -> int:
    return int.from_bytes(_first_part(derived, 3), "big")


def _sigma_m(accuracies: bytes) -> float:
    content = _first_part(accuracies, 4)
    if not content:
        return nan
    return SIGMA_M * max(int.from_bytes(content[:2], "big"), int.from_bytes(content[2:], "big"))


def service(items: Items, packet_s: float | None) -> Report:
    """Return what a CAT065 record says; raises `ImplausibleError`."""
    sac, sic = source(items)
    return Report(sac, sic, time_of_day(items, "030", packet_s) if "030" in items else None, None)

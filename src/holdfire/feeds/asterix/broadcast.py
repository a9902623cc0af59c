"""ADS-B ground stations: what aircraft say of themselves (CAT021, EUROCONTROL-SPEC-0149-12)."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Final

from holdfire.feeds.accuracy import sigma_of_nacp
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
from holdfire.messages.recording import Source

if TYPE_CHECKING:
    from holdfire.feeds.asterix.split import Items


_TEST: Final = 0x10  # I021/040 DCR, GBS (on the ground), SIM, TST, from the highest bit


def position(items: Items, packet_s: float | None) -> Report:
    """Return what a CAT021 record says; raises `ImplausibleError`."""
    sac, sic = source(items)
    if "080" not in items:
        raise ImplausibleError("no address (item 080)")
    timed = next((item for item in ("071", "073", "077", "075", "030") if item in items), None)
    if timed is None:
        return Report(sac, sic, None, None, "reports without a time")
    of_day_s = time_of_day(items, timed, packet_s)
    where = _where(items)
    if where is None:
        return Report(sac, sic, of_day_s, None, "reports without a position")
    described = items.get("040", b"\0") + b"\0"
    early = "030" in items  # editions 0.23 to 0.26: these bits stand in the first byte, and item 090 has other fields
    bits = described[0] if early else described[1] if described[0] & 1 else 0
    if bits & _TEST:
        return Report(sac, sic, of_day_s, None, "reports of test targets")
    quality = b"" if early else items.get("090", b"")
    row = (
        *where, _height(items), nan, nan,
        sigma_of_nacp(quality[1] >> 1 & 15) if len(quality) > 1 else nan,
        int.from_bytes(items["080"], "big"), octal(items["070"], "070") if "070" in items else NO_CODE,
        bits >> 6 & 1, int(Source.ADS_B), bits >> 5 & 1, _letters(items.get("170", b"")),
    )  # fmt: skip
    return Report(sac, sic, of_day_s, row)


def _where(items: Items) -> tuple[float, float] | None:
    fine = items.get("131")
    if fine is not None and len(fine) == 8:
        unit = 180.0 / (1 << 30)
        lat_deg, lon_deg = signed(fine[:4]) * unit, signed(fine[4:]) * unit
        if not (abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0):
            message = f"latitude {lat_deg:.3f}, longitude {lon_deg:.3f}"
            raise ImplausibleError(message)
        return lat_deg, lon_deg
    return place(items["130"]) if "130" in items else None


def _height(items: Items) -> float:
    if "145" not in items:
        return nan
    level = signed(items["145"])
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        message = f"flight level {level / 4} is not between -15 and 1500"
        raise ImplausibleError(message)
    return level * LEVEL_M


_LETTERS = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????"


def _letters(content: bytes) -> bytes:
    """Return a call sign of eight letters of six bits (ICAO Annex 10, volume IV, 3.1.2.9)."""
    bits = int.from_bytes(content, "big")
    text = "".join(_LETTERS[bits >> shift & 63] for shift in range(42, -1, -6)) if len(content) == 6 else ""
    return text.strip().encode()

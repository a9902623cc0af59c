"""Radars: plots (CAT048, EUROCONTROL-SPEC-0149-4) and what a radar says of itself (CAT034, -0149-2b)."""

from __future__ import annotations

from math import nan, tau
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
from holdfire.messages.recording import Doubt
from holdfire.units import M_PER_NM

if TYPE_CHECKING:
    from holdfire.feeds.asterix.split import Items
    from holdfire.feeds.intake import Intake

RANGE_M: Final = M_PER_NM / 256
TURN_RAD: Final = tau / 65536
SPEED_M_S: Final = M_PER_NM / (1 << 14)
_KINDS: Final = (0, 1, 2, 3, 2, 2, 3, 3)  # I048/020 TYP: bits radar 1, iff-ssr 2
_FRIEND_OR_FOE: Final = (0, 1, 0, 2)  # I048/020 FOE/FRI: not asked, friendly, unknown, no reply


def plot(items: Items, packet_s: float | None) -> Report:
    """Return what a CAT048 record says; raises `ImplausibleError`."""
    sac, sic = source(items)
    of_day_s = time_of_day(items, "140", packet_s)
    if "020" not in items:
        raise ImplausibleError("no description of the report (item 020)")
    described = items["020"]
    more = described[1] if len(described) > 1 else 0
    if "040" not in items:
        return Report(sac, sic, of_day_s, None, "plots without a position")
    polar = items["040"]
    h_m, doubt = _height(items)
    mode_a, doubted = _code(items)
    doubt |= doubted | (Doubt.TEST if described[0] & 0x02 or more & 0x80 else 0)  # RAB: a fixed transponder; TST
    speed, heading = nan, nan
    if "200" in items:
        speed, heading = (int.from_bytes(items["200"][at : at + 2], "big") for at in (0, 2))
    row = (
        int.from_bytes(polar[:2], "big") * RANGE_M, int.from_bytes(polar[2:], "big") * TURN_RAD,
        h_m, mode_a, int.from_bytes(items.get("220", b""), "big"), _KINDS[described[0] >> 5],
        _FRIEND_OR_FOE[more >> 1 & 3], int(doubt), speed * SPEED_M_S, heading * TURN_RAD,
        _track_number(items), described[0] >> 4 & 1,
    )  # fmt: skip
    return Report(sac, sic, of_day_s, row)


def _height(items: Items) -> tuple[float, int]:
    content = items.get("090")
    if content is None:
        return nan, 0
    level = int.from_bytes(content, "big") & 0x3FFF
    level -= 0x4000 if level & 0x2000 else 0
    doubt = (Doubt.HEIGHT_NOT_VALIDATED if content[0] & 0x80 else 0) | (
        Doubt.HEIGHT_GARBLED if content[0] & 0x40 else 0
    )
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        return nan, int(doubt | Doubt.HEIGHT_GARBLED)
    return level * LEVEL_M, int(doubt)


def _code(items: Items) -> tuple[int, int]:
    content = items.get("070")
    if content is None:
        return NO_CODE, 0
    bits = content[0]
    doubt = (
        (Doubt.CODE_NOT_VALIDATED if bits & 0x80 else 0)
        | (Doubt.CODE_GARBLED if bits & 0x40 else 0)
        | (Doubt.CODE_NOT_EXTRACTED if bits & 0x20 else 0)
    )
    return octal(content, "070"), int(doubt)


def _track_number(items: Items) -> int:
    content = items.get("161")
    if content is None:
        return -1
    if content[0] & 0xF0:
        raise ImplausibleError("spare bits of item 161 are set")
    return int.from_bytes(content, "big")


def service(items: Items, packet_s: float | None) -> Report:
    """Return what a CAT034 record says; raises `ImplausibleError`."""
    sac, sic = source(items)
    if "000" not in items:
        raise ImplausibleError("no message type (item 000)")
    of_day_s = time_of_day(items, "030", packet_s) if "030" in items else None
    if "120" in items:
        place(items["120"][2:])
    return Report(sac, sic, of_day_s, None)


def learn(items: Items, site: int, intake: Intake) -> None:
    """Take from a CAT034 record where the radar stands, and how fast it turns."""
    if "120" in items:
        intake.located(site, *place(items["120"][2:]), float(signed(items["120"][:2])))
    period_s = int.from_bytes(items.get("041", b""), "big") / 128.0
    if period_s > 0.0:
        intake.turns(site, period_s)

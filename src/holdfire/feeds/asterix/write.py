"""Write ASTERIX: system tracks (CAT062), and the plots of simulated radars (CAT048, CAT034).

The line of this project: what leaves it is simulated, or was recorded at least a day ago, and says so. A simulated
report has the bit for it (I048/020 SIM, I062/080 SIM); a recorded track has the word in its special purpose field.
"""

from __future__ import annotations

from math import isfinite, isnan, nan, tau
from typing import TYPE_CHECKING, Final

from holdfire.errors import InputError
from holdfire.feeds.asterix import radar, system
from holdfire.feeds.asterix.report import LEVEL_M
from holdfire.feeds.times import DAY_S
from holdfire.messages.recording import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np

    from holdfire.clock import Clock
    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Site

RECORDED: Final = b"\x09recorded"
EMBARGO_S: Final = DAY_S
"""Between a recording and its export (design, "The line that is not crossed")."""
_A_BLOCK: Final = 50  # records, below the 1,400 bytes of a datagram
_PLACE_BITS: Final = {23: 180.0 / (1 << 23), 25: 180.0 / (1 << 25)}


def write_cat062(tracks: Records, sites: Sequence[Site], epoch_s: float, path: Path, clock: Clock) -> None:
    """Write `SYSTEM_TRACK` records as blocks of CAT062, edition 1.21, in their order.

    Raises `InputError` where a track is neither simulated nor was recorded at least a day before the clock's time,
    or where a value is missing or does not fit its item. Nothing is written then.
    """
    now_s = clock.now_s()
    for track in tracks[tracks["simulated"] == 0]:
        when_s = epoch_s + float(track["time_s"])
        if not now_s - when_s >= EMBARGO_S:
            told = "is of an unknown day" if isnan(when_s) else f"was recorded {now_s - when_s:.0f} s ago"
            message = f"track {track['number']} {told} and is no simulation: write what is {EMBARGO_S:.0f} s old"
            raise InputError(message)
    records = [_track(track, sites[track["sensor"]]) for track in tracks]
    path.write_bytes(b"".join(blocks(62, records)))


def blocks(category: int, records: Sequence[bytes]) -> Iterator[bytes]:
    """Yield records in blocks."""
    for first in range(0, len(records), _A_BLOCK):
        content = b"".join(records[first : first + _A_BLOCK])
        yield bytes([category]) + (len(content) + 3).to_bytes(2, "big") + content


def _record(items: dict[int, bytes]) -> bytes:
    """Return a record of items by their place (FRN) from 1: the list of fields, and they."""
    fields = bytearray((max(items) + 6) // 7)
    for place in items:
        fields[(place - 1) // 7] |= 0x80 >> (place - 1) % 7
    for byte in range(len(fields) - 1):
        fields[byte] |= 1
    return bytes(fields) + b"".join(items[place] for place in sorted(items))


def _whole(name: str, value: float, unit: float, size: int, *, signed: bool = True) -> bytes:
    """Return a quantity in whole units, in so many bytes; raises `InputError` where it does not fit."""
    number = round(value / unit) if isfinite(value) else 1 << 64
    try:
        return number.to_bytes(size, "big", signed=signed)
    except OverflowError:
        most = ((1 << 8 * size - 1) - 1 if signed else (1 << 8 * size) - 1) * unit
        message = f"{name} {value} does not fit ASTERIX: give one of up to {most:.6g}"
        raise InputError(message) from None


def _of_day(time_s: float) -> bytes:
    return (round(time_s % DAY_S * 128.0) % (86_400 * 128)).to_bytes(3, "big")


def _track(track: np.void, site: Site) -> bytes:
    simulated = int(track["simulated"])
    items = {
        1: bytes([site.sac, site.sic]), 4: _of_day(float(track["time_s"])),
        5: _whole("latitude", float(track["lat_deg"]), _PLACE_BITS[25], 4)
        + _whole("longitude", float(track["lon_deg"]), _PLACE_BITS[25], 4),
        12: _whole("track number", float(track["number"]), 1.0, 2, signed=False),
        # Four parts: tentative; simulated and ended; nothing; coasted.
        13: bytes([
            1 if track["confirmed"] else 3, 0x80 * simulated | 0x40 * int(track["ended"]) | 1, 1,
            0x80 * int(track["coasted"]),
        ]),
    }  # fmt: skip
    if isfinite(track["vx_m_s"]) and isfinite(track["vy_m_s"]):
        speeds = (_whole(name, float(track[name]), system.SPEED_M_S, 2) for name in ("vx_m_s", "vy_m_s"))
        items[7] = b"".join(speeds)
    if track["mode_a"] >= 0:
        items[9] = int(track["mode_a"]).to_bytes(2, "big")
    if track["address"]:
        items[11] = b"\x80" + int(track["address"]).to_bytes(3, "big")
    if isfinite(track["h_m"]):
        level = max(min(float(track["h_m"]), 1500 * 4 * LEVEL_M), -60 * LEVEL_M)
        items[19] = (round(level / LEVEL_M) & 0x7FFF).to_bytes(2, "big")
    if isfinite(track["vh_m_s"]):
        items[20] = _whole("rate of climb", float(track["vh_m_s"]), system.CLIMB_M_S, 2)
    if isfinite(track["sigma_m"]):
        sigma = _whole("sigma_m", min(float(track["sigma_m"]), 32_000.0), system.SIGMA_M, 2, signed=False)
        items[27] = b"\x80" + sigma + sigma
    if not simulated:
        items[35] = RECORDED
    return _record(items)


def cat048(plot: np.void, site: Site) -> bytes:
    """Return a simulated plot as a record of CAT048, edition 1.32; raises `InputError` of one that is not simulated."""
    if not plot["simulated"]:
        message = f"a plot of {site.name} is no simulation: plots that real radars made are not written"
        raise InputError(message)
    kind = {1: 1, 2: 5, 3: 7}[int(plot["kinds"])] if plot["address"] else int(plot["kinds"])
    items = {
        1: bytes([site.sac, site.sic]), 2: _of_day(float(plot["time_s"])), 3: bytes([kind << 5 | 0x10]),
        4: _whole("range_m", float(plot["range_m"]), radar.RANGE_M, 2, signed=False)
        + (round(float(plot["azimuth_rad"]) % tau / radar.TURN_RAD) & 0xFFFF).to_bytes(2, "big"),
    }  # fmt: skip
    doubt = int(plot["doubtful"])
    if plot["mode_a"] >= 0:
        flags = _flags(doubt, Doubt.CODE_NOT_VALIDATED, Doubt.CODE_GARBLED) | (
            0x2000 if doubt & Doubt.CODE_NOT_EXTRACTED else 0
        )
        items[5] = (int(plot["mode_a"]) | flags).to_bytes(2, "big")
    if isfinite(plot["h_m"]):
        level = round(float(plot["h_m"]) / LEVEL_M) & 0x3FFF
        items[6] = (level | _flags(doubt, Doubt.HEIGHT_NOT_VALIDATED, Doubt.HEIGHT_GARBLED)).to_bytes(2, "big")
    if plot["address"]:
        items[8] = int(plot["address"]).to_bytes(3, "big")
    return _record(items)


def _flags(doubt: int, not_validated: Doubt, garbled: Doubt) -> int:
    return (0x8000 if doubt & not_validated else 0) | (0x4000 if doubt & garbled else 0)


def cat034(site: Site, time_s: float) -> bytes:
    """Return a north marker of a radar, with where it stands and how long it turns, as a record of CAT034."""
    items = {
        1: bytes([site.sac, site.sic]), 2: b"\x01", 3: _of_day(time_s),
        5: _whole("period_s", nan if site.period_s is None else site.period_s, 1 / 128, 2, signed=False),
        11: _whole("h_m", site.h_m, 1.0, 2) + _whole("latitude", site.lat_deg, _PLACE_BITS[23], 3)
        + _whole("longitude", site.lon_deg, _PLACE_BITS[23], 3),
    }  # fmt: skip
    return _record(items)


def cat065(site: Site, time_s: float) -> bytes:
    """Return the end of a batch of a system's tracks as a record of CAT065."""
    return _record({1: bytes([site.sac, site.sic]), 2: b"\x02", 3: b"\x01", 4: _of_day(time_s)})

"""Blocks of ASTERIX that are whole, each with the place of its time: of radars, of a system, of a ground station."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STATION = b"\x02\x2a"
"""System area and identification code of the ground station."""
# FRN 1 010 source, 2 040 descriptor, 7 131 place, 11 080 address, 12 073 time; 19 070 squawk, 21 145 level; 29 170.
_FIELDS = bytes([0b1100_0011, 0b0001_1001, 0b0000_1011, 0b0000_0001, 0b1000_0000])
_CALLSIGN = bytes.fromhex("350485820820")  # eight letters of six bits: MAHE and four blanks
_UNIT_DEG = 180.0 / (1 << 30)
_TIME_AT = {21: 2 + 1 + 8 + 3, 34: 3, 48: 2, 62: 2, 65: 3}
"""Bytes from a record's source (item 010) to its time of day, in the records that ship and in those made here."""


def split(data: bytes) -> list[bytes]:
    """The blocks of bytes in which nothing is between them."""
    at, found = 0, []
    while at < len(data):
        length = int.from_bytes(data[at + 1 : at + 3], "big")
        found.append(data[at : at + length])
        at += length
    return found


_TRACK = {1: 2, 4: 3, 5: 8, 7: 4, 9: 2, 11: 4, 12: 2, 13: 4, 19: 2, 20: 2, 27: 5}
"""Sizes of the items of a system's track that ships, by their place (FRN)."""


def small_tracks(block: bytes) -> Iterator[bytes]:
    """The records of a block of CAT062 that ships, in blocks of one to three, as damage is to meet many blocks."""
    at, records = 3, []
    while at < len(block):
        begin = at
        while block[at] & 1:
            at += 1
        at += 1
        places = range(7 * (at - begin))
        at += sum(_TRACK[place + 1] for place in places if block[begin + place // 7] & 0x80 >> place % 7)
        records.append(block[begin:at])
    for size in cycle((1, 2, 3)):
        content = b"".join(records[:size])
        del records[:size]
        if not content:
            return
        yield b"\x3e" + (len(content) + 3).to_bytes(2, "big") + content


def reports(rows: Sequence[dict[str, str]], most: int = 3) -> Iterator[bytes]:
    """Blocks of CAT021, edition 2.6, of one to `most` records each: where aircraft say that they are."""
    at = 0
    while at < len(rows):
        some = rows[at : at + 1 + at % most]
        content = b"".join(_report(one) for one in some)
        yield b"\x15" + (len(content) + 3).to_bytes(2, "big") + content
        at += len(some)


def _report(row: dict[str, str]) -> bytes:
    place = b"".join(round(float(row[name]) / _UNIT_DEG).to_bytes(4, "big", signed=True) for name in ("lat", "lon"))
    of_day = (round(float(row["time"]) * 128) % (86_400 * 128)).to_bytes(3, "big")
    level = round(float(row["baroaltitude"]) / 0.3048 / 25).to_bytes(2, "big", signed=True)
    code = int(row["squawk"] or "0", 8).to_bytes(2, "big")
    return _FIELDS + STATION + b"\0" + place + bytes.fromhex(row["icao24"]) + of_day + code + level + _CALLSIGN


def warped(block: bytearray, source: bytes, hours: int) -> None:
    """Move the time of day of a block's first record by hours; a block without one stays."""
    at = block.find(source, 3)
    if at > 0 and block[0] in _TIME_AT and len(block) >= (begin := at + _TIME_AT[block[0]]) + 3:
        of_day = int.from_bytes(block[begin : begin + 3], "big") + hours * 3600 * 128
        block[begin : begin + 3] = (of_day % (86_400 * 128)).to_bytes(3, "big")

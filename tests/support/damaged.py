"""Recordings in every format that feeds read, whole and damaged."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

from holdfire.catalogue import LIBRARY
from support.asterix_pieces import STATION, reports, small_tracks, split, warped

if TYPE_CHECKING:
    from support.draws import Draws

RECORDINGS = LIBRARY / "recordings"
SOURCES = (b"\x02\x0b", b"\x02\x0c", b"\x02\x63", STATION)
"""System area and identification code of the radars, the system and the ground station."""
TRAILER = bytes.fromhex("11d28f0a000000011700")


def _opened(name: str) -> bytes:
    content = (RECORDINGS / name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def blocks(name: str) -> list[bytes]:
    return split(_opened(name))


def _of_system() -> list[bytes]:
    """Blocks of tracks and ends of batches, mixed, as a system sends them."""
    listed = blocks("system.ast")
    tracks = [small for block in listed if block[0] == 62 for small in small_tracks(block)]
    ends = [block for block in listed if block[0] == 65]
    every = len(tracks) // len(ends)
    return [each for place, end in enumerate(ends) for each in (*tracks[place * every : (place + 1) * every], end)]


def _packets() -> list[bytes]:
    raw, at, found = _opened("radars.pcap.gz"), 24, []
    while at < len(raw):
        length = 16 + int.from_bytes(raw[at + 8 : at + 12], "little")
        found.append(raw[at : at + length])
        at += length
    return found


def _lines(name: str) -> list[bytes]:
    return [line + b"\n" for line in _opened(name).split(b"\n") if line]


def _beast() -> list[bytes]:
    found = []
    for line in _lines("frames.jsonl.gz"):
        said = json.loads(line)
        frame, ticks = bytes.fromhex(said["frame"]), int((said["timestamp"] - 1_740_873_000.0) * 12e6)
        content = ticks.to_bytes(6, "big") + b"\x40" + frame
        found.append(b"\x1a" + (b"3" if len(frame) == 14 else b"2") + content.replace(b"\x1a", b"\x1a\x1a"))
    return found


def _rows() -> list[dict[str, str]]:
    head, *rows = _lines("truth.csv.gz")
    names = head.decode().strip().split(",")
    return [dict(zip(names, row.decode().strip().split(","), strict=True)) for row in rows]


def _objects() -> list[bytes]:
    return [
        json.dumps({
            "timestamp": int(one["time"]) * 1000, "icao24": one["icao24"], "latitude": float(one["lat"]),
            "longitude": float(one["lon"]), "altitude": float(one["baroaltitude"]) / 0.3048,
            "callsign": one["callsign"], "squawk": one["squawk"] or None, "onground": False,
        }).encode() + b",\n"
        for one in _rows()
    ]  # fmt: skip


def _points() -> list[bytes]:
    rows = _rows()
    first = float(rows[0]["time"])
    points = [
        [float(one["time"]) - first, float(one["lat"]), float(one["lon"]), 30_000, 450.0, 90.0, 0, 0, None, "adsb_icao"]
        for one in rows
    ]
    return [json.dumps(point).encode() + b",\n" for point in points]


HEAD = {
    "pcap": _opened("radars.pcap.gz")[:24],
    "padded": b"\xcd" * 2200,
    "states-csv": _lines("truth.csv.gz")[0],
    "states-json": b"[",
    "trace": b'{"icao":"4ca001","timestamp":1740873420.0,"trace":[\n',
}
TAIL = {"states-json": b"{}]", "trace": b"[0.0,45.0,-20.0]]}"}
PIECES = {
    "blocks": blocks("radars.ast"),
    "system": _of_system(),
    "station": list(reports(sorted(_rows(), key=lambda one: int(one["time"])))),
    "padded": [block + TRAILER for block in blocks("radars.ast")],
    "pcap": _packets(),
    "json": _lines("frames.jsonl.gz"),
    "csv": [
        f'{said["timestamp"]},"{said["frame"]}",x\n'.encode() for said in map(json.loads, _lines("frames.jsonl.gz"))
    ],
    "beast": _beast(),
    "states-csv": _lines("truth.csv.gz")[1:],
    "states-json": _objects(),
    "trace": _points(),
}


def whole(kind: str, pieces: list[bytes]) -> bytes:
    return HEAD.get(kind, b"") + b"".join(pieces) + TAIL.get(kind, b"")


def damaged(kind: str, draws: Draws, count: int) -> bytes:
    """A recording of so many pieces, of which about a fifth are damaged, each in one of several ways."""
    source = PIECES[kind]
    first = draws.below(len(source) - count)
    pieces = [bytearray(piece) for piece in source[first : first + count]]
    for place in range(count):
        if draws.chance(0.2):
            draws.pick(WAYS)(pieces, place, draws)
    content = whole(kind, [bytes(piece) for piece in pieces])
    if draws.chance(0.1):
        content = content[: draws.below(len(content))]
    return noise(draws, len(content)) if draws.chance(0.02) else content


def noise(draws: Draws, size: int) -> bytes:
    return b"".join(draws.below(1 << 32).to_bytes(4, "big") for _ in range(size // 4 + 1))[:size]


def _cut(pieces: list[bytearray], place: int, draws: Draws) -> None:
    del pieces[place][draws.below(len(pieces[place]) + 1) :]


def _flip(pieces: list[bytearray], place: int, draws: Draws) -> None:
    for _ in range(1 + draws.below(4)):
        if pieces[place]:
            pieces[place][draws.below(len(pieces[place]))] ^= 1 << draws.below(8)


def _twice(pieces: list[bytearray], place: int, draws: Draws) -> None:
    pieces[place] = pieces[place] * (2 + draws.below(3))


def _swapped(pieces: list[bytearray], place: int, draws: Draws) -> None:
    other = draws.below(len(pieces))
    pieces[place], pieces[other] = pieces[other], pieces[place]


def _noisy(pieces: list[bytearray], place: int, draws: Draws) -> None:
    pieces[place] = bytearray(noise(draws, draws.below(80)))


def _trailed(pieces: list[bytearray], place: int, draws: Draws) -> None:
    pieces[place] += noise(draws, 1 + draws.below(12))


def _bytes_of_one(pieces: list[bytearray], place: int, draws: Draws) -> None:
    pieces[place] = bytearray([draws.below(256)]) * draws.below(40)


def _warped(pieces: list[bytearray], place: int, draws: Draws) -> None:
    """Another time: of day in blocks, in a packet's head, in Beast's counter, or a digit of a line's first number."""
    piece, hours = pieces[place], 1 + draws.below(23)
    if piece[:1] and piece[0] in (0x15, 0x22, 0x30, 0x3E, 0x41):
        for source in SOURCES:
            warped(piece, source, hours)
    elif piece[:1] == b"\x1a" and len(piece) > 8:
        piece[3] = (piece[3] + 10 * hours) & 0x7F | 0x80  # 0x1a would be an escape
    elif found := re.search(rb"\d{5,}", piece):
        piece[found.start() + draws.below(len(found.group()))] = 0x30 + draws.below(10)
    elif len(piece) > 16:
        seconds = int.from_bytes(piece[:4], "little") + hours * 3600
        piece[:4] = (seconds % (1 << 32)).to_bytes(4, "little")


WAYS = (_cut, _flip, _twice, _swapped, _noisy, _trailed, _bytes_of_one, _warped)

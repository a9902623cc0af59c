"""Read recordings: the format is told by what a file holds, never by its name.

Read are ASTERIX in pcap files or bare, with padding and trailers or without; Mode S frames as lines of JSON or CSV
or in Beast's binary; and positions as tables: traces of readsb, states as JSON or CSV. Any may be in gzip.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from holdfire.errors import InputError, UnreadableError
from holdfire.feeds.asterix.read import AsterixFile
from holdfire.feeds.intake import UNDATED_S, Intake
from holdfire.feeds.modes import frames
from holdfire.feeds.modes.chains import possible
from holdfire.feeds.modes.decode import positions
from holdfire.feeds.modes.others import second
from holdfire.feeds.packets import MAGICS, packets
from holdfire.feeds.tables import readsb, states
from holdfire.feeds.times import JUMP_S
from holdfire.messages.recording import POSITION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from holdfire.feeds.intake import Row
    from holdfire.feeds.modes.frames import Frame
    from holdfire.messages.recording import Recording

LARGEST: Final = 1 << 30
"""Bytes of one file, out of its gzip, that are read at once."""
GZIP: Final = b"\x1f\x8b"
"""The first bytes of gzip (RFC 1952, section 2.3.1)."""
_AT_ONCE: Final = 1 << 16  # bytes of gzip opened together: what comes before damage is kept
UNSTATED: Final = "positions that do not say whether they are simulated"
"""Of Mode S frames and tables, which have no bit for it; they are taken for recorded."""
_SIMULATED: Final = list(POSITION.names or ()).index("simulated")
_UNPRINTED: Final = re.compile(rb"[^\t\n\r -~]")


def read(paths: Sequence[Path]) -> Recording:
    """Return what files say, together.

    Damage is counted and put aside in the recording. Raises `UnreadableError` where a file cannot be opened,
    `InputError` where it is too large, and `ImportError` where the extra `feeds` is not installed.
    """
    intake = Intake()
    for path in paths:
        take(path.name, bytes_of(path), intake)
    return intake.recording()


def opened(path: Path, intake: Intake) -> bytes:
    """Return what a file holds, out of its gzip; what of that is damaged is put aside. Raises as `read` does."""
    data = bytes_of(path)
    return _out_of_gzip(path.name, data, intake) if data[:2] == GZIP else data


def bytes_of(path: Path) -> bytes:
    """Return what is in a file; raises as `read` does."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): name a recording"
        raise UnreadableError(message) from error
    if size > LARGEST:
        message = f"{path} has {size} bytes, more than {LARGEST}: split it"
        raise InputError(message)
    return content


def take(name: str, data: bytes, intake: Intake) -> None:
    """Read the bytes of one file into an intake."""
    if data[:2] == GZIP:
        data = _out_of_gzip(name, data, intake)
    if not intake.begin(name, data):
        return
    intake.counts["files"] += 1
    if data[:4] in MAGICS:
        _pcap(name, data, intake)
    elif data[:1] == b"\x1a" and data[1:2] in (b"1", b"2", b"3", b"4"):
        _frames(name, frames.of_beast(name, data, intake), intake)
    elif is_text(data):
        _text(name, data.removeprefix(b"\xef\xbb\xbf"), intake)
    else:
        AsterixFile(name, intake).bare(data)


def is_text(data: bytes) -> bool:
    """Say whether what a file begins with is text: nine in ten bytes are printed in ASCII, or end a line."""
    head = data[:4096]
    return bool(head) and 10 * len(_UNPRINTED.findall(head)) <= len(head)


def _text(name: str, data: bytes, intake: Intake) -> None:
    """Read a text by the words that it begins with."""
    head = data[:4096]
    if data.lstrip()[:1] == b"[":
        _positions(states.of_json(name, data, intake), intake)
    elif b'"trace"' in head:
        _positions(readsb.of_trace(name, data, intake), intake)
    elif b'"frame"' in head or data.lstrip()[:1] == b"{":
        _frames(name, frames.of_json(name, data, intake), intake)
    elif b"icao24" in data.split(b"\n", 1)[0]:
        _positions(states.of_csv(name, data, intake), intake)
    else:
        _frames(name, frames.of_csv(name, data, intake), intake)


def _frames(name: str, heard: Iterable[Frame], intake: Intake) -> None:
    listed = list(heard)
    intake.counts["Mode S frames"] += len(listed)
    intake.jumped(name, sum(abs(b.time_s - a.time_s) > JUMP_S for a, b in pairwise(listed)))
    rows, left = positions(name, listed, intake)
    _positions(possible(name, rows + second(rows, left), intake), intake)


def _positions(rows: list[Row], intake: Intake) -> None:
    intake.position.extend(rows)
    silent = sum(not row[_SIMULATED] for row in rows)
    if silent:
        intake.counts[UNSTATED] += silent
    for row in rows:
        dated = float(row[0]) >= UNDATED_S
        intake.dated |= dated
        intake.undated |= not dated


def _out_of_gzip(name: str, data: bytes, intake: Intake) -> bytes:
    """Return what gzip holds, one member after another, as far as it is whole."""
    out, size, left = [], 0, data
    while left[:2] == GZIP:
        opened = zlib.decompressobj(wbits=31)
        try:
            for first in range(0, len(left), _AT_ONCE):
                out.append(opened.decompress(left[first : first + _AT_ONCE], LARGEST - size + 1))
                size += len(out[-1])
                if size > LARGEST:
                    message = f"{name} holds more than {LARGEST} bytes in its gzip: split it"
                    raise InputError(message)
                if opened.eof:
                    break
        except zlib.error as error:
            intake.refuse(name, 0, data, "gzip is damaged", f"{error}; {size} bytes came out of it before")
            break
        if not opened.eof:
            intake.refuse(name, len(data), data[-16:], "gzip ends early")
            break
        left = opened.unused_data + left[first + _AT_ONCE :]
    else:
        if left.strip(b"\0"):  # zeros may fill the last block
            intake.refuse(name, len(data) - len(left), left, "gzip is damaged", "what follows is no gzip")
    return b"".join(out)


def _pcap(name: str, data: bytes, intake: Intake) -> None:
    order, _ = MAGICS[data[:4]]
    link = int.from_bytes(data[20:24], "little" if order == "<" else "big") & 0xFFFF
    file = AsterixFile(name, intake)
    for packet in packets(data):
        if packet.fault:
            intake.refuse(name, packet.offset, packet.content, packet.fault)
        else:
            file.packet(packet.offset, packet.time_s, link, packet.content)

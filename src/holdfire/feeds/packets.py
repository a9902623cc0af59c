"""Packets of a pcap file, and what UDP carried in them.

The file format is that of libpcap (IETF draft-ietf-opsawg-pcap): a head of 24 bytes, then packets with a head of 16.
Frames are Ethernet (with VLAN tags, or with an LLC head instead of a type), Linux cooked captures or bare IP.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6), b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9), b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}  # fmt: skip
"""First bytes of a file: the order of its bytes, and the unit of the fractions, s."""
_HEAD: Final = 16
_LONGEST: Final = 262_144  # libpcap's own limit of a packet
_ASTRAY_S: Final = 86_400  # packets follow each other within a day (assumed), else the head is no head
_ETHERNET, _RAW, _COOKED, _IPV4 = 1, 101, 113, 228


class Packet(NamedTuple):
    """A packet: its place in the file, its time (POSIX s) and its bytes; without bytes to read, `fault` says why."""

    offset: int
    time_s: float
    content: bytes
    fault: str


def packets(data: bytes) -> Iterator[Packet]:
    """Yield the packets of a pcap file, and what stands between them after damage."""
    order, unit_s = MAGICS[data[:4]]
    at, last_s = 24, None
    while at < len(data):
        head = _head(data, at, order, last_s)
        if head is None:
            after = _next(data, at, order, last_s)
            yield Packet(at, last_s or 0.0, data[at:after], "no packet begins here")
            at = after
            continue
        seconds, fraction, length = head
        content = data[at + _HEAD : at + _HEAD + length]
        yield Packet(at, seconds + fraction * unit_s, content, "")
        at, last_s = at + _HEAD + length, seconds


def _head(data: bytes, at: int, order: str, last_s: float | None) -> tuple[int, int, int] | None:
    """Return a packet's seconds, fractions and length; None where no packet can begin."""
    if at + _HEAD > len(data):
        return None
    seconds, fraction, length, sent = struct.unpack_from(f"{order}IIII", data, at)
    fits = length <= min(sent, _LONGEST, len(data) - at - _HEAD) and fraction < 1_000_000_000
    return (seconds, fraction, length) if fits and (last_s is None or abs(seconds - last_s) < _ASTRAY_S) else None


def _next(data: bytes, at: int, order: str, last_s: float | None) -> int:
    """Return the next place where a packet begins and another, or the end, follows it."""
    for place in range(at + 1, len(data) - _HEAD + 1):
        head = _head(data, place, order, last_s)
        if head is not None and head[2]:
            after = place + _HEAD + head[2]
            if after == len(data) or _head(data, after, order, last_s) is not None:
                return place
    return len(data)


def payload(link: int, content: bytes) -> tuple[bytes, str]:
    """Return what a frame carries for ASTERIX, and why it carries nothing where it does not."""
    try:
        return _payload(link, content)
    except (IndexError, struct.error):
        return b"", "frame cut short"


def _payload(link: int, content: bytes) -> tuple[bytes, str]:
    if link == _ETHERNET:
        at = 12
        while (kind := struct.unpack_from(">H", content, at)[0]) in (0x8100, 0x88A8):
            at += 4
        at += 2
        if kind <= 1500:
            return content[at + 3 : at + kind], ""  # LLC: two access points and a control byte
    elif link in (_RAW, _IPV4):
        at, kind = 0, 0x0800 if content[0] >> 4 == 4 else 0x86DD
    elif link == _COOKED:
        at, kind = 16, struct.unpack_from(">H", content, 14)[0]
    else:
        return b"", f"link type {link} is not read: record Ethernet"
    if kind not in (0x0800, 0x86DD):
        return b"", "no IP frame"
    return _udp(content[at:], 4 if kind == 0x0800 else 6)


def _udp(content: bytes, version: int) -> tuple[bytes, str]:
    if version == 4:
        protocol, at = content[9], (content[0] & 15) * 4
        if struct.unpack_from(">H", content, 6)[0] & 0x3FFF:
            return b"", "fragment of a datagram"
    else:
        protocol, at = content[6], 40
    if protocol != 17:
        return b"", "no UDP datagram"
    length = struct.unpack_from(">H", content, at + 4)[0]
    whole = content[at + 8 : at + length]
    return (whole, "") if len(whole) == length - 8 else (whole, "datagram cut short")

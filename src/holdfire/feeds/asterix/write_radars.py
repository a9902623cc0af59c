"""Write the plots of simulated radars: blocks of CAT034 and CAT048, bare or as packets."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from holdfire.feeds.asterix.write import blocks, cat034, cat048

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Site

    Timed = tuple[float, bytes]

_DELAY_S = 0.05  # of a packet after its plot


def radar_blocks(polar: Records, sites: Sequence[Site], first_s: float, last_s: float) -> Iterator[Timed]:
    """Yield a block for each `POLAR` record and for each turn's passage of north, with its time, in that order.

    Raises `InputError` of a plot that is not simulated.
    """
    marked = [
        (turn * site.period_s, 34, cat034(site, turn * site.period_s))
        for site in sites
        if site.period_s
        for turn in range(int(first_s / site.period_s), int(last_s / site.period_s))
    ]
    plots = [(float(plot["time_s"]), 48, cat048(plot, sites[plot["sensor"]])) for plot in polar]
    for time_s, category, record in sorted(marked + plots):
        yield time_s, b"".join(blocks(category, [record]))


def pcap(timed: Iterable[Timed], epoch_s: float, groups: int = 1) -> bytes:
    """Return blocks as a pcap file of UDP datagrams, each sent to so many groups (a receiver on two networks: 2)."""
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)]
    for time_s, block in timed:
        for group in range(1, groups + 1):
            micro = round((epoch_s + time_s + _DELAY_S) * 1e6) + 20 * group
            frame = _ethernet(block, group)
            out.append(struct.pack("<IIII", micro // 1_000_000, micro % 1_000_000, len(frame), len(frame)) + frame)
    return b"".join(out)


def _ethernet(content: bytes, group: int) -> bytes:
    """Return a frame between addresses kept for documentation (RFC 5737, RFC 6676)."""
    udp = struct.pack(">HHHH", 21_000, 21_000, 8 + len(content), 0) + content
    ends = bytes([192, 0, 2, 1]), bytes([233, 252, 0, group])
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, *ends)
    return (bytes([1, 0, 0x5E, 0x7C, 0, group, 2, 0, 0, 0, 0, 1, 8, 0]) + ip + udp).ljust(60, b"\0")

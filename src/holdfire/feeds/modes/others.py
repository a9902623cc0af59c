"""The second aircraft under one address.

rs1090 follows one aircraft an address, and gives no position to frames of another. Those frames are decoded apart;
what comes of them is taken where it is out of reach of the first aircraft.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final

from holdfire.feeds.modes.chains import Link, apart_m, link, reach_m
from holdfire.feeds.modes.decode import decoded, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.feeds.intake import Row
    from holdfire.feeds.modes.frames import Frame

LEAST: Final = 10
"""Frames without a position that are decoded apart; single ones are halves whose other half is missing (assumed)."""


def second(rows: Sequence[Row], left: dict[int, list[Frame]]) -> list[Row]:
    """Return rows of aircraft other than those of `rows`, of frames left without a position, by address."""
    found: list[Row] = []
    first: dict[int, list[Link]] = {address: [] for address, frames in left.items() if len(frames) >= LEAST}
    for row in rows:
        if row[7] in first:
            first[int(row[7])].append(link(row))
    for address, links in first.items():
        links.sort()
        for frame, message in decoded(left[address]):
            if message is not None and message.get("latitude") is not None:
                row = row_of(message, frame, address, {})
                near = links[max(bisect(links, link(row)) - 1, 0)]
                if apart_m(link(row), near) > reach_m(frame.time_s - near.time_s):
                    found.append(row)
    return found

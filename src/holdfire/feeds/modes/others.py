"""The second aircraft under one address.

rs1090 follows one aircraft an address, and gives no position to frames of another. Those frames are decoded apart;
what comes of them is taken where it is out of reach of the first aircraft.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final, cast

from holdfire.feeds.modes.chains import apart_m, link, reach_m
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
    for address, frames in left.items():
        if len(frames) >= LEAST:
            first = sorted((row for row in rows if row[7] == address), key=lambda row: cast("float", row[0]))
            times = [cast("float", row[0]) for row in first]
            for frame, message in decoded(frames):
                if message is not None and message.get("latitude") is not None and first:
                    row = row_of(message, frame.time_s, address, {})
                    near = link(first[max(bisect(times, frame.time_s) - 1, 0)])
                    if apart_m(link(row), near) > reach_m(frame.time_s - near.time_s):
                        found.append(row)
    return found

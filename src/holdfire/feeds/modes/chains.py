"""Positions under one address that no one aircraft can have flown.

An address is meant for one aircraft (ICAO Annex 10, volume III, chapter 9); in practice two can share one, and
halves of their positions then make third ones where nobody is. Positions are laid into chains in which each is
within reach of the last; chains of a few positions are put aside, and an address with two long ones is said.
"""

from __future__ import annotations

from math import cos, hypot
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from holdfire.units import RAD_PER_DEG

if TYPE_CHECKING:
    from holdfire.feeds.intake import Intake, Row

FASTEST_M_S: Final = 700.0
"""Beyond any aircraft that reports itself (assumed)."""
SLACK_M: Final = 1_000.0
"""For errors of position and of time (assumed)."""
FEW: Final = 3
MOST_CHAINS: Final = 8
PATIENCE_S: Final = 60.0
_DEG_M: Final = 111_195.0  # of a great circle, on the mean radius


class Link(NamedTuple):
    """When and where."""

    time_s: float
    lat_deg: float
    lon_deg: float


def possible(file: str, rows: list[Row], intake: Intake) -> list[Row]:
    """Return the rows of `POSITION` that some aircraft can have flown; put the others aside."""
    chains: dict[int, list[list[int]]] = {}
    bad: set[int] = set()
    for number, row in sorted(enumerate(rows), key=lambda one: one[1][0]):
        bad.update(_lay(number, rows, chains.setdefault(int(cast("float", row[7])), [])))
    for address, several in chains.items():
        longest = max(map(len, several), default=0)
        bad.update(number for chain in several if len(chain) < min(FEW, longest) for number in chain)
        if sum(len(chain) >= FEW for chain in several) > 1:
            intake.counts["addresses of more than one aircraft"] += 1
            intake.note(f"{file}: address {address:06x} is used in places that no one aircraft can have flown between.")
    for number in sorted(bad):
        intake.refuse(file, number, repr(rows[number][:3]).encode(), "position out of reach of the aircraft's others")
    return [row for number, row in enumerate(rows) if number not in bad]


def _lay(number: int, rows: list[Row], several: list[list[int]]) -> list[int]:
    """Lay a position at the end of the chain within whose reach it is most, or of a new one; return what is given up.

    Given up are short chains that nothing joined for `PATIENCE_S`, and what comes when there are too many.
    """
    here = link(rows[number])
    nearest, least = None, 1.0
    for chain in several:
        last = link(rows[chain[-1]])
        share = apart_m(here, last) / reach_m(here.time_s - last.time_s)
        if share < least:
            nearest, least = chain, share
    if nearest is not None:
        nearest.append(number)
        return []
    old = [one for one in several if len(one) < FEW and here.time_s - link(rows[one[-1]]).time_s > PATIENCE_S]
    given_up: list[int] = []
    if len(several) == MOST_CHAINS:
        given_up = [each for chain in old for each in chain]
        several[:] = [chain for chain in several if chain not in old]
    if len(several) == MOST_CHAINS:
        return [*given_up, number]
    several.append([number])
    return given_up


def reach_m(for_s: float) -> float:
    """Return how far apart two positions of one aircraft can be after some time."""
    return FASTEST_M_S * abs(for_s) + SLACK_M


def link(row: Row) -> Link:
    """Return time and place of a row of `POSITION`."""
    time_s, lat_deg, lon_deg = cast("tuple[float, float, float]", row[:3])
    return Link(time_s, lat_deg, lon_deg)


def apart_m(one: Link, other: Link) -> float:
    """Return the distance of two positions, good to a per cent over what an aircraft flies between reports."""
    turn = (one.lon_deg - other.lon_deg + 180.0) % 360.0 - 180.0
    return _DEG_M * hypot(one.lat_deg - other.lat_deg, turn * cos(one.lat_deg * RAD_PER_DEG))

"""Up the ladder: what the events of a night amount to, for both sides. Plain Python, once, after a night.

Each event counts by itself, wherever it happened; nobody climbs down; the other side's answers are those that
followed once, and nothing says that they would again. No probability of anything follows from a rung; what may follow
a night is `exchange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Ladder, Move, Rung, Side
    from holdfire.messages.layout import Records


@dataclass(frozen=True, slots=True)
class Step:
    """A rung higher than any before it on its side, when it was reached, by which move and with which aircraft."""

    time_s: float
    side: Side
    rung: Rung
    move: str
    aircraft: int


@dataclass(frozen=True, slots=True)
class Climb:
    """How high each side came in a night (0: on no rung) and the steps by which it did."""

    own: int
    other: int
    steps: tuple[Step, ...]


def climb(events: Records, aircraft: Records, ladder: Ladder, strays: Collection[int] = ()) -> Climb:
    """Return the climb of a night.

    Parameters
    ----------
    events
        EVENT records that happened, in the order of time.
    aircraft
        AIRCRAFT records of the night.
    ladder
        The rungs and what leads to them.
    strays
        Places of intruders that are not the other side's: by them it climbs nowhere.
    """
    peak: dict[Side, int] = {"own": 0, "other": 0}
    steps: list[Step] = []
    for event, move in met(events, aircraft, ladder):
        theirs = move.other if int(event["aircraft"]) not in strays else None
        for rung in (move.own, theirs):
            if rung is not None and rung.rung > peak[rung.side]:
                peak[rung.side] = rung.rung
                steps.append(Step(float(event["time_s"]), rung.side, rung, move.id, int(event["aircraft"])))
    return Climb(peak["own"], peak["other"], tuple(steps))


def met(events: Records, aircraft: Records, ladder: Ladder) -> Iterator[tuple[np.void, Move]]:
    """Yield each event with every move that it amounts to; `events` and `aircraft` as `climb` takes them."""
    so_far: dict[str, set[int]] = {move.id: set() for move in ladder.moves}
    fitting = [np.flatnonzero(_fits(move, events, aircraft)).tolist() for move in ladder.moves]
    pairs = sorted((place, order) for order, places in enumerate(fitting) for place in places)
    for place, order in pairs:
        event, move = events[place], ladder.moves[order]
        so_far[move.id].add(int(event["aircraft"]))
        if len(so_far[move.id]) >= move.aircraft_at_least:
            yield event, move


def _fits(move: Move, events: Records, aircraft: Records) -> NDArray[np.bool_]:
    """Return which events are what a move asks for; one about no aircraft fits no question about it."""
    fits: NDArray[np.bool_] = events["what"] == move.what
    if move.value_at_least is not None:
        fits &= events["value"] >= move.value_at_least
    if move.crewed is None and move.intruder is None:
        return fits
    fits &= events["aircraft"] >= 0
    truth = aircraft[events["aircraft"][fits]]
    told = np.ones(truth.shape, np.bool_)
    if move.crewed is not None:
        told &= (truth["crewed"] != 0) == move.crewed
    if move.intruder is not None:
        told &= (truth["part"] == Part.INTRUDER) == move.intruder
    fits[fits] = told
    return fits

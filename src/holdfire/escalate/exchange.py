"""An exchange of answers: a finite Markov chain, worked out exactly by carrying its distribution forward.

The other side answers first, then both in turn. Each answer is a step up to the side's next rung, no step, or one down
to its last; its chances depend on the night and on the step that is answered. How long an answer takes is geometric in
days and apart from what it is, so that the chain of answers and the count of answers by a day are carried forward each
by itself (a semi-Markov process: R. A. Howard, Dynamic Probabilistic Systems II, 1971). Nobody steps below the ground
or above the rung from which on the ladder no longer tells rungs apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.escalate.chances import DOWN, HOLD, UP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from holdfire.escalate.chances import Chances
    from holdfire.escalate.ladder import Side

    Carried = NDArray[np.float64]

_ORDER: Final[tuple[Side, Side]] = ("other", "own")


class Course(NamedTuple):
    """What becomes of one side, at each point.

    `reached` (points, steps + 1): chance that its highest rung lies this many steps or more above where it began.
    `days` (points, 2 steps + 1): expected days that it spends this many steps from there, from the lowest on.
    """

    reached: Carried
    days: Carried


def course(moves: Mapping[Side, Chances], side: Side, room: tuple[int, int], answers: int, horizon_days: int) -> Course:
    """Return what becomes of a side.

    Parameters
    ----------
    moves
        Both sides' chances.
    side
        Whose course.
    room
        How many steps it can go down, and up.
    answers
        Of both sides together, at most.
    horizon_days
        How long it is looked at; the first answer can come on the first day.
    """
    steps = (answers + 1) // 2
    at_end, spent = _answered(moves, answers, horizon_days)
    there = np.zeros((at_end.shape[0], 2 * steps + 1, steps + 1, 3))
    there[:, steps, 0, HOLD] = 1.0
    reached = np.zeros((at_end.shape[0], steps + 1))
    days = np.zeros((at_end.shape[0], 2 * steps + 1))
    for answer in range(answers + 1):
        if answer:
            mover = _ORDER[(answer - 1) % 2]
            there = _moved(there, moves[mover], room) if mover == side else _watched(there, moves[mover])
        peak = there.sum(axis=(1, 3))
        reached += at_end[:, answer, None] * np.cumsum(peak[:, ::-1], axis=1)[:, ::-1]
        days += spent[:, answer, None] * there.sum(axis=(2, 3))
    return Course(reached, days)


def _answered(moves: Mapping[Side, Chances], answers: int, horizon_days: int) -> tuple[Carried, Carried]:
    """Return by number of answers its chance on the last day, and the expected days with as many."""
    daily = np.stack([moves[_ORDER[answer % 2]].daily for answer in range(answers)], axis=1)
    now = np.zeros((daily.shape[0], answers + 1))
    now[:, 0] = 1.0
    spent = np.zeros_like(now)
    for _ in range(horizon_days):
        given = now[:, :-1] * daily
        now[:, :-1] -= given
        now[:, 1:] += given
        spent += now
    return now, spent


def _moved(there: Carried, mover: Chances, room: tuple[int, int]) -> Carried:
    """Return where the side is after an answer of its own: (points, place, peak, its step)."""
    out = np.zeros_like(there)
    middle = there.shape[1] // 2
    for place in range(-middle, middle + 1):
        for peak in range(there.shape[2]):
            mass = there[:, place + middle, peak]
            up = (mass * mover.up).sum(axis=1)
            down = (mass * (1.0 - mover.up)).sum(axis=1) * mover.down
            above, below = min(place + 1, room[1], middle), max(place - 1, -room[0], -middle)
            out[:, above + middle, max(peak, above), UP] += up
            out[:, below + middle, peak, DOWN] += down
            out[:, place + middle, peak, HOLD] += mass.sum(axis=1) - up - down
    return out


def _watched(there: Carried, mover: Chances) -> Carried:
    """Return the same after an answer of the other side's: it stays where it is, and the step to answer is new."""
    up = (there * mover.up[:, None, None, :]).sum(axis=3)
    down = (there * (1.0 - mover.up[:, None, None, :])).sum(axis=3) * mover.down[:, None, None]
    return np.stack([down, there.sum(axis=3) - up - down, up], axis=3)

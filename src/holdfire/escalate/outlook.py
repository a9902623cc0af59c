"""What an opening leads to on a ladder: how high each side comes, how long it stays there, and what is left to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.escalate.chances import chances
from holdfire.escalate.exchange import course
from holdfire.escalate.ladder import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.escalate.exchange_schema import ExchangeModel
    from holdfire.escalate.ladder import Ladder, Side
    from holdfire.escalate.opening import Opening
    from holdfire.escalate.unknowns import Points

    Carried = NDArray[np.float64]


class Outlook(NamedTuple):
    """What becomes of one side at each point, by its rungs from the lowest to that from which on none is told apart.

    `reached` (points, rungs): chance that its highest rung is that one or a higher one. `days` (points, rungs):
    expected days on that rung or a higher one. `next_rung` (points,): chance of any step up from where it began.
    """

    reached: Carried
    days: Carried
    next_rung: Carried


def outlook(ladder: Ladder, exchange: ExchangeModel, opening: Opening, at: Points) -> dict[Side, Outlook]:
    """Return what becomes of both sides after an opening."""
    moves = chances(at, opening)
    out: dict[Side, Outlook] = {}
    for side in SIDES:
        top, began = told_apart(ladder, exchange, side), getattr(opening, side)
        room = (began, max(top - began, 0))
        went = course(moves, side, room, exchange.answers_at_most, exchange.horizon_days)
        places = np.arange(went.days.shape[1]) - went.days.shape[1] // 2 + began
        peaks = np.arange(went.reached.shape[1]) + began
        reached = [_at(went.reached, int(np.searchsorted(peaks, rung))) for rung in range(1, top + 1)]
        days = [went.days[:, places >= rung].sum(axis=1) for rung in range(1, top + 1)]
        up = went.reached[:, 1] if room[1] else np.zeros(went.reached.shape[0])
        out[side] = Outlook(np.stack(reached, axis=1), np.stack(days, axis=1), up)
    return out


def _at(reached: Carried, steps: int) -> Carried:
    return reached[:, steps] if steps < reached.shape[1] else np.zeros(reached.shape[0])


def told_apart(ladder: Ladder, exchange: ExchangeModel, side: Side) -> int:
    """Return how many rungs of a side are told apart; the last of them stands for all higher ones too."""
    last = getattr(exchange.beyond, side)
    return next(place for place, rung in enumerate(ladder.of(side), start=1) if rung.id == last)

"""What an option's nights lead to on a ladder: the least and most over the box of what nobody knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.escalate.ladder import SIDES
from holdfire.escalate.left import after_answers, after_night, kinds
from holdfire.escalate.outlook import outlook, told_apart
from holdfire.escalate.unknowns import RATIO, points, signal, unknowns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from holdfire.escalate.exchange_schema import ExchangeModel
    from holdfire.escalate.ladder import Ladder, Side
    from holdfire.escalate.left import Kind
    from holdfire.escalate.opening import After, Opening
    from holdfire.escalate.outlook import Outlook
    from holdfire.escalate.unknowns import Unknown

    Json = dict[str, Any]
    Carried = NDArray[np.float64]

DRAWS: Final = 200
_DIGITS: Final = 12
"""Decimals kept: sums of chances miss 0 and 1 by less."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What every opening of a study leads to.

    Attributes
    ----------
    ladder, exchange
        What it is worked out on.
    box
        What nobody knows: the exchange's unknowns, and what these openings signal.
    weighed
        Each unknown that an answer may need to lie above or below 1, at each point of the box: the ratio of crewed to
        uncrewed losses, then each signal. Outlooks hold every point, and after them, for one after another of these,
        the same points with it at 1.
    known
        The outlook of both sides after each opening.
    """

    ladder: Ladder
    exchange: ExchangeModel
    box: tuple[Unknown, ...]
    weighed: dict[str, Carried]
    known: dict[Opening, dict[Side, Outlook]]

    @property
    def ratio(self) -> Carried:
        """That of crewed to uncrewed losses, at each point of the box."""
        return self.weighed[RATIO]

    def mean(self, left: list[After], side: Side, field: str) -> Carried:
        """Return the mean of a field of outlooks over nights, at each point and then as `weighed` says."""
        counted = Counter(each.opening for each in left)
        total = sum(getattr(self.known[opening][side], field) * n for opening, n in counted.items())
        return np.asarray(total) / len(left)

    def of(self, left: list[After]) -> Json:
        """Return openings, the risk of each side's next rung, its rungs and what is left to it, of some nights."""
        counted = Counter(each.opening for each in left).most_common()
        return {
            "openings": [{**asdict(opening), "nights": n} for opening, n in counted],
            "next_rung": {side: self._ends(self.mean(left, side, "next_rung")) for side in SIDES},
            "sides": {side: self._rungs(left, side) for side in SIDES},
            "left": {side: [self._left(left, side, kind) for kind in kinds(self.ladder, side)] for side in SIDES},
        }

    def _rungs(self, left: list[After], side: Side) -> list[Json]:
        """Return of each rung told apart its share of peaks, of peaks there or higher, and the days there or higher."""
        reached, days = self.mean(left, side, "reached"), self.mean(left, side, "days")
        above = np.concatenate([reached[:, 1:], np.zeros_like(reached[:, :1])], axis=1)
        top = told_apart(self.ladder, self.exchange, side)
        return [
            {
                "rung": rung.rung,
                "id": rung.id,
                "title": f"{rung.title}, or beyond this ladder" if place == top - 1 else rung.title,
                "peak": self._ends(reached[:, place] - above[:, place]),
                "at_least": self._ends(reached[:, place]),
                "days_at_least": self._ends(days[:, place]),
            }
            for place, rung in enumerate(self.ladder.of(side)[:top])
        ]

    def _left(self, left: list[After], side: Side, kind: Kind) -> Json:
        rungs = self.ladder.of(side)
        counts = [after_night(rungs, kind, each.used) for each in left]
        later: Carried = np.zeros(self.ratio.size)
        for each, n in Counter(left).items():
            reached = self.known[each.opening][side].reached[: self.ratio.size]
            later += n * after_answers(rungs, kind, each, getattr(each.opening, side), reached)
        return {
            "reversible": kind.reversible,
            "consent": kind.consent,
            "of": after_night(rungs, kind, ()),
            "after_night": {"least": min(counts), "mean": sum(counts) / len(counts), "most": max(counts)},
            "after_answers": self._ends(later / len(left)),
        }

    def _ends(self, values: Carried) -> Json:
        inside = values[: self.ratio.size]
        return {"low": abs(round(float(inside.min()), _DIGITS)), "high": abs(round(float(inside.max()), _DIGITS))}


def ends_of(ladder: Ladder, exchange: ExchangeModel, openings: Iterable[Opening]) -> Ends:
    """Return what openings lead to; equal ones are worked out once."""
    distinct = dict.fromkeys(openings)
    heard = {option for opening in distinct for option in opening.signals}
    standing = [each for each in ladder.standing if each.named in heard]
    box = unknowns(exchange, standing)
    free = points(box, DRAWS)
    weighed = {name: free[name] for name in (RATIO, *(signal(each.named) for each in standing if each.signals))}
    at = {
        name: np.concatenate([values, *(np.ones_like(values) if name == one else values for one in weighed)])
        for name, values in free.items()
    }
    known = {opening: outlook(ladder, exchange, opening, at) for opening in distinct}
    return Ends(ladder, exchange, box, weighed, known)

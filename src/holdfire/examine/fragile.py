"""The margin at each moment of a case by itself, and the moment at which it is least."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from holdfire.examine.margin import Margin, margin
from holdfire.logic.timeline import moments

if TYPE_CHECKING:
    from holdfire.examine.margin import Question
    from holdfire.logic.case import Case
    from holdfire.logic.timeline import Moment


@dataclass(frozen=True, slots=True)
class At:
    """One moment of a case and the margin on what was known then."""

    moment: Moment
    margin: Margin

    def rank(self) -> tuple[float, float]:
        """Return how far the ruling is from its opposite: reports, then their cost."""
        found = self.margin
        return (inf if found.least is None else found.least), found.ways[0].cost if found.ways else 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every moment of a case by its cheapest change; `worst` is the first of least margin, by every change.

    It is `None` where no change turns any ruling.
    """

    moments: tuple[At, ...]
    worst: At | None


def fragile(asked: Question, case: Case) -> Timeline:
    """Return the margin at every second of a case at which something changed or was decided."""
    every = tuple(At(each, margin(asked, each.situation, limit=1)) for each in moments(case))
    worst = min(every, key=At.rank)
    if worst.margin.least is None:
        return Timeline(every, None)
    return Timeline(every, At(worst.moment, margin(asked, worst.moment.situation)))

"""The margin at each moment of a case by itself, and the moment at which it is least."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

from holdfire.examine.margin import Margin, margin
from holdfire.logic.timeline import moments

if TYPE_CHECKING:
    from holdfire.examine.margin import Question
    from holdfire.logic.case import Case
    from holdfire.logic.timeline import Moment

_WAYS: Final = 3


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
    """Every moment of a case; `worst` is the first of least margin, or `None` where no change turns any."""

    moments: tuple[At, ...]

    @property
    def worst(self) -> At | None:
        """The most fragile moment."""
        found = min(self.moments, key=At.rank)
        return None if found.margin.least is None else found


def fragile(asked: Question, case: Case) -> Timeline:
    """Return the margin at every second of a case at which something changed or was decided."""
    return Timeline(tuple(At(each, margin(asked, each.situation, limit=_WAYS)) for each in moments(case)))

"""Rungs left: distinct steps that a side has not used yet, and what it cost to use those it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Ladder, Rung, Side
    from holdfire.escalate.opening import After


class Kind(NamedTuple):
    """Which rungs are counted: reversible in this way, and, unless `None`, with this consent."""

    reversible: str
    consent: str | None

    def counts(self, rung: Rung) -> bool:
        """Whether a rung is of this kind."""
        return rung.traits.reversible == self.reversible and (
            self.consent is None or self.consent in (rung.traits.consent or ())
        )


def kinds(ladder: Ladder, side: Side) -> list[Kind]:
    """Return the kinds of rung that a side has and that can be taken back, in part or wholly, all consents first."""
    rungs = [rung for rung in ladder.of(side) if rung.traits.reversible in {"yes", "partly"}]
    consents = list(dict.fromkeys(consent for rung in rungs for consent in rung.traits.consent or ()))
    made = [Kind(reversible, consent) for reversible in ("yes", "partly") for consent in (None, *consents)]
    return [kind for kind in made if any(kind.counts(rung) for rung in rungs)]


def after_night(rungs: Sequence[Rung], kind: Kind, used: Iterable[str]) -> int:
    """Return how many rungs of a kind a night leaves."""
    return sum(kind.counts(rung) and rung.id not in used for rung in rungs)


def after_answers(
    rungs: Sequence[Rung], kind: Kind, left: After, began: int, reached: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how many are expected to be left after the exchange, at each point.

    `began` is how many rungs lie at or below where the side began, `reached` its `Outlook.reached`. A step up uses the
    rung that it leads to; rungs below are used by the night alone, and those beyond are not told apart.
    """
    out = np.zeros(reached.shape[0])
    for place, rung in enumerate(rungs):
        if kind.counts(rung) and rung.id not in left.used:
            climbed = began <= place < reached.shape[1]
            out += 1.0 - reached[:, place] if climbed else 1.0
    return out


def cost_meur(rungs: Iterable[Rung], used: Iterable[str], days: int) -> tuple[float, float]:
    """Return the least and most cost of the rungs used, M€; one that costs by the day is kept up for `days`."""
    low = high = 0.0
    for rung in rungs:
        cost = rung.traits.cost
        if cost is not None and rung.id in used:
            times = days if cost.unit == "M€ a day" else 1
            low, high = low + times * cost.low, high + times * cost.high
    return low, high

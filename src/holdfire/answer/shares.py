"""The share of a space in which something holds of an option, with an interval for points and for the nights' noise.

B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, 13.3 (percentiles); of two levels, A. C.
Davison and D. V. Hinkley, Bootstrap Methods and their Application, 1997, 3.8: points are drawn again, and within each
its nights. Few nights at a point blur who is best there, which draws shares towards evenness. Drawing nights again
blurs once more, so that the interval is widened to hold its mirror image about the share (basic interval, ibid. 5.2).
What holds at every point drawn, or at none, holds so of every sample of them: there the interval reaches as far as none
seen in so many points leaves possible (`study.estimate.none_seen`), of which a leaning measure has fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.answer.draw import RESAMPLING, uniforms
from holdfire.answer.front import is_best, least_regret, never_worst, on_front
from holdfire.study.estimate import none_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from holdfire.answer.measures import Measure

    Numbers = NDArray[np.float64]
    Held = NDArray[np.bool_]

RESAMPLES: Final = 300
_LOW, _HIGH = 2.5, 97.5
_NOT_ANY: Final = 1e-12
"""Below it a share is none: weights are summed in floating point."""


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a space, with its interval of 95 %."""

    value: float
    low: float
    high: float


HOLDS: Final[dict[str, tuple[str, Callable[[Numbers], Held]]]] = {
    "front": ("no other option is better in one thing and worse in none", on_front),
    "never_worst": ("worst in nothing", never_worst),
    "least_regret": ("smallest of the largest regrets", least_regret),
}
"""What is asked of each option at each point, over all objectives: in words, and from losses."""


def shares(losses: Numbers, measures: Sequence[Measure], names: Sequence[str]) -> dict[str, dict[str, list[Part]]]:
    """Return, by question and by measure, the share of the space of each option.

    `losses` is (objectives, options, points, nights); questions are those of `HOLDS`, and `best_NAME` and
    `alone_NAME` of each objective, alone meaning that no other option is as good.
    """
    found = [_at(losses, measures, names, None)]
    found += [_at(losses, measures, names, draw) for draw in range(RESAMPLES)]
    return {
        question: {
            measure.id: [
                _part([each[question][place] for each in found], option, none_seen(measure.effective))
                for option in range(losses.shape[1])
            ]
            for place, measure in enumerate(measures)
        }
        for question in found[0]
    }


def _part(found: list[Numbers], option: int, unseen: float) -> Part:
    value, drawn = float(found[0][option]), [each[option] for each in found[1:]]
    low, high = (float(each) for each in np.percentile(drawn, [_LOW, _HIGH]))
    ends = [low, high, 2.0 * value - low, 2.0 * value - high, value]
    if value < _NOT_ANY:
        ends.append(unseen)
    if value > 1.0 - _NOT_ANY:
        ends.append(1.0 - unseen)
    return Part(min(value, 1.0), max(min(ends), 0.0), min(max(ends), 1.0))


def _at(
    losses: Numbers, measures: Sequence[Measure], names: Sequence[str], draw: int | None
) -> dict[str, list[Numbers]]:
    """Return, by question, the shares under each measure, of the points as they are or drawn again."""
    _, _, n, nights = losses.shape
    if draw is None:
        chosen, means = np.arange(n), losses.mean(axis=-1)
    else:
        drawn = uniforms(RESAMPLING, RESAMPLES, n * (1 + nights))[draw]
        chosen = (drawn[:n] * n).astype(np.int64)
        night = (drawn[n:].reshape(n, nights) * nights).astype(np.int64)
        means = losses[:, :, chosen[:, None], night].mean(axis=-1)
    held = {name: holds(means) for name, (_, holds) in HOLDS.items()}
    for name, best in zip(names, is_best(means), strict=True):
        held[f"best_{name}"], held[f"alone_{name}"] = best, best & (best.sum(axis=0) == 1)
    weights = [measure.weights[chosen] for measure in measures]
    return {name: [(each * w).sum(axis=1) / w.sum() for w in weights] for name, each in held.items()}

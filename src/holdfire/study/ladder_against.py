"""Two options on a ladder: whether one raises the risk of the other side's next rung, and where that breaks even.

How much worse one more rung is than one more intruder that comes through, or than a million, nobody knows. So no
option is called better here: the break-even says how far it may raise the risk before it is worse, at stated rates.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.study.figures import COLUMN
from holdfire.study.paired import mean_difference
from holdfire.study.space import by_point

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.study.results import Results

    Json = dict[str, Any]
    Carried = NDArray[np.float64]

RATES: Final = (1.0, 3.0, 10.0, 30.0, 100.0)
"""How many intruders stopped, or M€ saved, one more rung is held to outweigh, for the curve."""
GAINS: Final = {"stopped": ("aircraft stopped", 1.0), "cost_own_meur": ("M€ saved on our side", -1.0)}
"""Figures in which an option may gain: what a gain is, and the sign of a gain."""
_EPS: Final = 1e-9


def change(base: Carried, option: Carried, ratio: Carried, draws: int) -> Json:
    """Return how the risk of the next rung changes.

    Parameters
    ----------
    base, option
        Chance of any step up at each point, and after that at the same points with the ratio of crewed to uncrewed
        losses at 1: (2 points,).
    ratio
        That ratio at each point (points,).
    draws
        How many points, the last, were drawn over the whole box: shares are of these.
    """
    moved = told_apart(option - base)
    free, at_one = moved[: ratio.size], moved[ratio.size :]
    above, below = free[ratio > 1.0], free[ratio < 1.0]
    told = _sign(above)
    drawn, alike, likely = free[-draws:], at_one[-draws:], ratio[-draws:] > 1.0
    return {
        "low": float(free.min()),
        "high": float(free.max()),
        "higher_share": float((drawn > 0.0).mean()),
        "lower_share": float((drawn < 0.0).mean()),
        "direction": _WORDS[told or 0] if told or not moved.any() else "open",
        "needs_ratio_above_1": _sign(at_one) != told if told else most(drawn[likely]) != most(alike[likely]),
        "holds_below_1": told is not None and _sign(below) == told,
    }


_WORDS: Final = {1: "raises", -1: "lowers", 0: "alike"}


def _sign(moved: Carried) -> int | None:
    """Return on which side of 0 all lie, 0 where all are 0; `None` where they differ."""
    up, down = bool((moved > 0.0).any()), bool((moved < 0.0).any())
    return None if up and down else int(up) - int(down)


def most(moved: Carried) -> int:
    """Return on which side of 0 more points lie."""
    return int(np.sign((moved > 0.0).sum() - (moved < 0.0).sum()))


def told_apart(moved: Carried) -> Carried:
    """Return changes of a risk, those that rounding alone makes as 0."""
    return np.where(np.abs(moved) < _EPS, 0.0, moved)


def break_even(results: Results, base: str, option: str, most: float) -> list[Json]:
    """Return for each gain how far an option may raise the risk of the next rung before it is worse than the base.

    `most` is the greatest raise over the box. A raise of 1 is the greatest that there is: where the curve is at 1, no
    raise outweighs the gain. A gain of nothing or less is outweighed by any.
    """
    out = []
    for figure, (words, sign) in GAINS.items():
        samples = [
            by_point(results.manifest, results.figures[name][:, COLUMN[figure]] * sign) for name in (base, option)
        ]
        found = mean_difference(samples[0], samples[1])
        gain = found.value or 0.0
        out.append(
            {
                "figure": figure,
                "gain_in": words,
                "gain": {name: value for name, value in asdict(found).items() if name in {"n", "value", "low", "high"}},
                "told": found.low is not None and found.low > 0.0,
                "curve": [{"rate": rate, **_raises(found, rate)} for rate in RATES],
                "outweighed_above_rate": gain / most if gain > 0.0 and most > 0.0 else None,
            }
        )
    return out


def _raises(found: Any, rate: float) -> Json:  # noqa: ANN401  # a difference of any reading
    ends = {"raise": found.value, "low": found.low, "high": found.high}
    return {name: None if end is None else min(max(end / rate, 0.0), 1.0) for name, end in ends.items()}

"""From an opening and what is taken for the unknowns to each side's chances in one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.escalate.unknowns import RATIO, signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Side
    from holdfire.escalate.opening import Opening
    from holdfire.escalate.unknowns import Points

DOWN, HOLD, UP = range(3)
"""A step, as it is answered."""


class Chances(NamedTuple):
    """What a side does in one answer, at each point.

    `up` (points, 3) is by the step that is answered: `DOWN`, `HOLD`, `UP`. `down` (points,) is where it takes no step
    up. `daily` (points,) is the chance that it answers on any day on which it is its turn.
    """

    up: NDArray[np.float64]
    down: NDArray[np.float64]
    daily: NDArray[np.float64]


def chances(at: Points, opening: Opening) -> dict[Side, Chances]:
    """Return both sides' chances; none of any step where the night leaves nothing to answer."""
    loss = at["other.up_nothing_lost"] if opening.lost == "nothing" else at["other.up_uncrewed_lost"]
    other = loss * at[RATIO] if opening.lost == "crewed" else loss
    if opening.elsewhere:
        other = other * at["ratios.elsewhere_to_own"]
    for option in opening.signals:
        other = other * at[signal(option)]
    return {
        "own": _one(at, "own", _own(at, opening), opening),
        "other": _one(at, "other", np.zeros_like(other) if opening.quiet else other, opening),
    }


def _own(at: Points, opening: Opening) -> NDArray[np.float64]:
    if opening.came == "nothing":
        return np.zeros_like(at["own.up_struck"])
    return at["own.up_struck" if opening.came == "struck" else f"own.up_{opening.came}_entered"]


def _one(at: Points, side: Side, up: NDArray[np.float64], opening: Opening) -> Chances:
    if not opening.attributed:
        up = up * at["ratios.unattributed_to_attributed"]
    by_step = np.stack([up * at["ratios.after_step_down"], up, up * at["ratios.after_step_up"]], axis=1)
    down = np.zeros_like(up) if opening.quiet else at[f"{side}.down"]
    return Chances(np.minimum(by_step, 1.0), down, 1.0 / at[f"{side}.days"])

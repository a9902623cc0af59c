"""Whether people are aboard: the odds of it, from a stated prior and what each clue does to them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.identify.items import codes, items
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ONE_SIDED = 1.6448536269514722
_TRANSPONDER, _IFF, _PLAN, _RADIO, _SPEED, _ALTITUDE, _ORIGIN, _LOOK = items(
    "transponder", "iff", "flight_plan", "radio", "speed_m_s", "altitude_m", "origin", "visual_class",
)  # fmt: skip
(_SILENT,), (_FRIENDLY,) = codes("transponder", "silent"), codes("iff", "friendly")
_CREWED, _UNCREWED = codes("occupancy", "crewed", "uncrewed")
(_MATCHED,), (_ANSWERING,) = codes("flight_plan", "matched"), codes("radio", "answering")
_TRANSPONDER_AGE_S, _IFF_AGE_S = ITEM["transponder"].max_age_s, ITEM["iff"].max_age_s
_SPEED_AGE_S = ITEM["speed_m_s"].max_age_s
_LONGEST_S = ITEM["occupancy"].max_age_s  # of a clue: what is older would make the answer too old


@kernel
def cautious(factor: float, other: float) -> float:
    """Return the one of two factors that says less: the nearer to 1, and 1 if they are not on one side of it."""
    if factor > 1.0 and other > 1.0:
        return min(factor, other)
    return max(factor, other) if factor < 1.0 and other < 1.0 else 1.0


@kernel
def band(value: float, sd: float, ends: NDArray[np.float64], factors: NDArray[np.float64]) -> float:
    """Return the factor of the band that a measured number lies in; the most cautious of those it may lie in.

    A number that is not measured says nothing.
    """
    if not (abs(value) < inf and sd < inf):
        return 1.0
    margin = _ONE_SIDED * sd
    first = 0
    while ends[first] <= value - margin:
        first += 1
    factor, last = float(factors[first]), first
    while ends[last] <= value + margin:
        last += 1
        factor = cautious(factor, factors[last])
    return factor


@kernel
def strongest(
    best: tuple[float, float, float, float], factor: float, age_s: float
) -> tuple[float, float, float, float]:
    """Take one clue of a behaviour: (strongest towards uncrewed, its age, strongest towards crewed, its age)."""
    above, above_s, below, below_s = best
    if factor > above:
        above, above_s = factor, age_s
    if factor < below:
        below, below_s = factor, age_s
    return above, above_s, below, below_s


@kernel
def occupancy(  # noqa: C901
    row: np.void, known: int, given: np.void, measured: tuple[float, float], apart: tuple[float, float], heard: int
) -> tuple[int, float]:
    """Return the place in the item's values, -1 where it is not known, and the age (s).

    Odds of nobody aboard are the prior's, times the factor of each clue (Bayes' rule). How an aircraft behaves
    (answers, plan, speed, height) is one clue, since a light aircraft without transponder is slow, low and
    without a plan all at once: of all that, only the strongest towards each side counts. Origin and look come from
    elsewhere and count apart. `measured` are the factors of speed and height, `apart` those of origin and look;
    `heard` is 1 if its transponder ever answered. The age is that of the oldest clue that counts, but for the
    origin and `heard`, which stay so.
    """
    code, age_s = row["code"], row["age_s"]
    best = (1.0, 0.0, 1.0, 0.0)
    if heard == 1:
        best = strongest(best, given["answered"], 0.0)
    if fresh(row, known, _TRANSPONDER, _TRANSPONDER_AGE_S) and code[_TRANSPONDER] == _SILENT:
        best = strongest(best, given["silent"], age_s[_TRANSPONDER])
    if fresh(row, known, _IFF, _IFF_AGE_S) and code[_IFF] == _FRIENDLY:
        best = strongest(best, given["friend"], age_s[_IFF])
    if fresh(row, known, _PLAN, _LONGEST_S):
        best = strongest(best, given["matched"] if code[_PLAN] == _MATCHED else given["unmatched"], age_s[_PLAN])
    if fresh(row, known, _RADIO, _LONGEST_S):
        best = strongest(best, given["answering"] if code[_RADIO] == _ANSWERING else given["unheard"], age_s[_RADIO])
    if fresh(row, known, _SPEED, _SPEED_AGE_S):
        best = strongest(best, measured[0], age_s[_SPEED])
    if fresh(row, known, _ALTITUDE, _SPEED_AGE_S):
        best = strongest(best, measured[1], age_s[_ALTITUDE])
    odds, oldest_s = given["prior_odds"] * best[0] * best[2], max(best[1], best[3])
    if (known >> _ORIGIN) & 1 == 1:
        odds *= apart[0]
    if fresh(row, known, _LOOK, _LONGEST_S) and apart[1] != 1.0:
        odds, oldest_s = odds * apart[1], max(oldest_s, age_s[_LOOK])
    return settle(odds, given["confidence"]), oldest_s


@kernel
def fresh(row: np.void, known: int, item: int, max_age_s: float) -> bool:
    """Whether an item is known, and not too old."""
    return (known >> item) & 1 == 1 and row["age_s"][item] <= max_age_s


@kernel
def settle(odds: float, confidence: float) -> int:
    """Return the place in the item's values that odds of nobody aboard settle at a confidence, -1 where none."""
    if 1.0 / (1.0 + odds) < 1.0 - confidence:
        return _UNCREWED
    return _CREWED if 1.0 / (1.0 + odds) > confidence else -1

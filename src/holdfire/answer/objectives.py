"""What options are held against each other by: a number a night each, so that means of nights can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.study.figures import COLUMN
from holdfire.study.versus import RUNGS, WRONGFUL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Figures = Mapping[str, NDArray[np.float64]]
    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing that an option is better or worse in; `sign` is +1 where more is better."""

    name: str
    label: str
    unit: str
    sign: int
    best: str
    """What the best option does, as `stops most`."""


STOPPED: Final = Objective("stopped", "stopped", "a night", +1, "stops most")
WRONGED: Final = Objective("wrongful", "wrongly engaged", "a night", -1, "wrongly engages fewest")
COST: Final = Objective("cost", "own cost", "M€ a night", -1, "costs least")
RUNG: Final = Objective("rung", "climbs above the least", "share of nights", -1, "climbs least")
CLOSED: Final = Objective("closing", "cost of closing", "M€ a night", -1, "costs least in closed airspace")
EXPOSED: Final = Objective("exposed", "traffic exposed", "min a night", -1, "leaves traffic exposed least")
MET: Final = Objective("met", "met by fighters", "a night", +1, "meets most")
ALL: Final = (STOPPED, MET, WRONGED, COST, RUNG, CLOSED, EXPOSED)
MADE_OF: Final[dict[str, tuple[str, ...]]] = {
    STOPPED.name: ("stopped",),
    MET.name: ("intercepted",),
    WRONGED.name: tuple(WRONGFUL),
    COST.name: ("cost_own_meur",),
    RUNG.name: tuple(RUNGS),
    CLOSED.name: ("cost_closing_meur",),
    EXPOSED.name: ("exposed_min",),
}
"""The figures of a night that each is worked out from."""
_CLOSING: Final = "cost_closing_meur"


def values(figures: Figures) -> dict[str, Values]:
    """Return every objective by name as an array (options, nights); one that no night has is left out.

    A rung has no size. So `rung` is 1 in a night in which a side climbs higher than under the most restrained of these
    options, else 0: its mean is a share of nights. `met` is there where nobody is stopped in any night,
    `closing` where a scenario prices closed airspace, and `exposed` where it may close any.
    """
    night = np.stack(list(figures.values()))
    rungs = np.maximum.reduce([night[:, :, COLUMN[name]] for name in RUNGS])
    out = {
        STOPPED.name: night[:, :, COLUMN["stopped"]],
        WRONGED.name: sum((night[:, :, COLUMN[name]] for name in WRONGFUL), np.zeros(night.shape[:2])),
        COST.name: night[:, :, COLUMN["cost_own_meur"]],
        RUNG.name: (rungs > rungs.min(axis=0)).astype(np.float64),
    }
    if not out[STOPPED.name].any():
        out[MET.name] = night[:, :, COLUMN["intercepted"]]
    if _CLOSING in COLUMN and np.isfinite(night[:, :, COLUMN[_CLOSING]]).any():
        out[CLOSED.name] = np.nan_to_num(night[:, :, COLUMN[_CLOSING]])
    if np.isfinite(night[:, :, COLUMN["exposed_min"]]).any():
        out[EXPOSED.name] = np.nan_to_num(night[:, :, COLUMN["exposed_min"]])
    return out


def of(names: Mapping[str, Values]) -> list[Objective]:
    """Return the objectives that there are values of, in order."""
    return [each for each in ALL if each.name in names]


def losses(found: Mapping[str, Values]) -> Values:
    """Return values as losses, less being better, an array (objectives, options, …)."""
    return np.stack([-each.sign * found[each.name] for each in of(found)])

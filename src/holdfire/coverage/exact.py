"""The best N of some candidates, by a solver of mixed-integer programs: how far greedy placing is from it.

With `s = sum of -ln(1 - q)` over those placed, a place is seen with the chance `1 - u exp(-s)`, which is concave in s.
So it lies below every tangent, and where tangents are added at each solution, the bound meets what is reached: outer
approximation (M. A. Duran and I. E. Grossmann, Mathematical Programming 36, 1986). The solver is HiGHS (Q. Huangfu and
J. A. J. Hall, Mathematical Programming Computation 10, 2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.coverage.place import Chances, value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_ROUNDS: Final = 60
_TOLERANCE: Final = 1e-6
_SURE: Final = 1.0 - 1e-9
_NOTHING: Final = 1e-8  # a coefficient that a solver takes for none
_STARTS: Final = (0.0, 0.5, 1.5)


class Best(NamedTuple):
    """The best set found, what it reaches, and what no set exceeds."""

    chosen: tuple[int, ...]
    reached: float
    bound: float


def best(chances: Chances, number: int) -> Best:
    """Return the best `number` candidates; raises `ImportError` where the solver is not installed."""
    import highspy

    weight = -np.log1p(-np.minimum(chances.each, _SURE))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("mip_rel_gap", _TOLERANCE / 10)
    for place in range(len(weight)):
        solver.addVar(0.0, 1.0)
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for place, unseen in enumerate(chances.unseen, len(weight)):  # how much of it is seen by those placed
        solver.addVar(0.0, float(unseen))
        solver.changeColCost(place, 1.0 / chances.unseen.size)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.addRow(-highspy.kHighsInf, float(number), len(weight), np.arange(len(weight)), np.ones(len(weight)))
    for start in _STARTS:
        _cut(solver, weight, chances.unseen, np.full(chances.unseen.size, start))
    return _refined(solver, chances, weight)


def _refined(solver: Any, chances: Chances, weight: Numbers) -> Best:  # noqa: ANN401  # the solver's
    """Return the best set, after as many rounds of solving and cutting as it takes."""
    base = value(chances, ())
    found = Best((), base, 1.0)
    for _ in range(_ROUNDS):
        solver.run()
        columns = np.array(solver.getSolution().col_value)[: len(weight)]
        picked = tuple(np.flatnonzero(columns > 0.5).tolist())
        bound = min(base + float(solver.getInfo().mip_dual_bound), found.bound)
        reached = value(chances, picked)
        found = Best(picked, reached, bound) if reached > found.reached else found._replace(bound=bound)
        if found.bound - found.reached <= _TOLERANCE:
            break
        _cut(solver, weight, chances.unseen, weight[list(picked)].sum(axis=0))
    return found


def _cut(solver: Any, weight: Numbers, unseen: Numbers, at: Numbers) -> None:  # noqa: ANN401  # the solver's
    """Add a tangent at a sum of weights for each place: `y <= u (1 - exp(-a)) + u exp(-a) (s - a)`."""
    slope = unseen * np.exp(-at)
    most = unseen - slope - slope * at
    for place in range(unseen.size):
        values = -slope[place] * weight[:, place]
        mine = np.flatnonzero(values < -_NOTHING)
        columns = np.append(mine, len(weight) + place)
        solver.addRow(-np.inf, float(most[place]), columns.size, columns, np.append(values[mine], 1.0))

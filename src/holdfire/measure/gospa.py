"""GOSPA with its parts, and OSPA, of one frame.

A. S. Rahmathullah, A. F. Garcia-Fernandez and L. Svensson, "Generalized optimal sub-pattern assignment metric", 20th
International Conference on Information Fusion, 2017, doi 10.23919/ICIF.2017.8009645: only for alpha 2 does it fall
into localisation, missed and false. OSPA: D. Schuhmacher, B.-T. Vo and B.-N. Vo, "A consistent metric for performance
evaluation of multi-object filters", IEEE Transactions on Signal Processing 56, 2008, doi 10.1109/TSP.2008.920469.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from holdfire.measure.assign import assign_within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CUT_OFF_M: Final = 1000.0
"""c: a track further away is false, and its aircraft missed (assumed; of the size of what separation can bear)."""
POWER: Final = 2.0
"""p (assumed: what is usual)."""
ALPHA: Final = 2.0
"""The only alpha with parts that add up; a missed aircraft, and a false track, then cost c^p / 2."""


class Gospa(NamedTuple):
    """Both metrics of one frame, in m; the parts are in m^p and add up to `gospa_m ** p`."""

    gospa_m: float
    ospa_m: float
    localisation: float
    missed: int
    false: int
    matched: int


def gospa(
    true: NDArray[np.float64], held: NDArray[np.float64], cut_off_m: float = CUT_OFF_M, power: float = POWER
) -> Gospa:
    """Compare aircraft with tracks, both as points (n, 2) in m."""
    pairs = assign_within(true, held, cut_off_m, power)
    matched, most = len(pairs.first), max(len(true), len(held))
    missed, false = len(true) - matched, len(held) - matched
    near, edge = float((pairs.apart_m**power).sum()), cut_off_m**power
    whole = (near + edge / ALPHA * (missed + false)) ** (1 / power)
    each = ((near + edge * (most - matched)) / most) ** (1 / power) if most else 0.0
    return Gospa(whole, each, near, missed, false, matched)

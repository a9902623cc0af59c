"""Measures of EUROCONTROL's specification of surveillance systems, as far as tracks and truth allow.

EUROCONTROL Specification for ATM Surveillance System Performance (ESASSP), EUROCONTROL-SPEC-147, volume 1, edition
1.2, 20 April 2021 (official). Only its title, scope and contents could be read while this was written; what each
measure counts is stated from general knowledge of it, grade `assumed`, and no clause is cited. No requirement of it is
held against a figure here, so nothing printed is a statement of conformity. Each frame is one update interval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.plot import NO_CODE
from holdfire.messages.track import Stand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.measure.frames import Picture

LONG_GAP: Final = 3
"""Intervals without an update in a row that make a gap long (assumed)."""
CORRELATED: Final = 3
"""Large errors in a row that are taken as one error with one cause (assumed)."""
LARGE_M: Final = 926.0
"""Half a nautical mile: an error beyond is large (assumed, as for a separation of 5 NM)."""


class Surveillance(NamedTuple):
    """For each true row, whether it counts; names as in `figures`."""

    updated: NDArray[np.bool_]  # a track that is not coasted is on it
    in_long_gap: NDArray[np.bool_]  # missed, within a run of `LONG_GAP` or more missed
    in_correlated: NDArray[np.bool_]  # within a run of `CORRELATED` or more large errors in a row
    wrong_identity: NDArray[np.bool_]  # its track's address, or else squawk, is another
    named: NDArray[np.bool_]  # both sides have an address, or both a squawk


def surveillance(made: Picture) -> Surveillance:
    """Judge every aircraft in every frame by its only track."""
    rows = np.flatnonzero(made.only >= 0)
    fresh = rows[made.held["stand"][rows] != Stand.COASTED]
    updated, large = np.zeros(len(made.true), np.bool_), np.zeros(len(made.true), np.bool_)
    updated[made.only[fresh]] = True
    held, true = made.held[fresh], made.true[made.only[fresh]]
    large[made.only[fresh]] = np.hypot(held["x_m"] - true["x_m"], held["y_m"] - true["y_m"]) > LARGE_M
    named, wrong = _identity(made, rows)
    return Surveillance(updated, _runs(made, ~updated, LONG_GAP), _runs(made, large, CORRELATED), wrong, named)


def _identity(made: Picture, rows: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    held, true = made.held[rows], made.true[made.only[rows]]
    by_address = (held["address"] != 0) & (true["address"] != 0)
    by_code = ~by_address & (held["mode_a"] != NO_CODE) & (true["mode_a"] != NO_CODE)
    wrong = np.where(by_address, held["address"] != true["address"], by_code & (held["mode_a"] != true["mode_a"]))
    out = np.zeros((2, len(made.true)), np.bool_)
    out[:, made.only[rows]] = by_address | by_code, wrong
    return out[0], out[1]


def _runs(made: Picture, flags: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Keep those flags that stand in `least` or more frames in a row of one aircraft."""
    order = np.lexsort((made.true_frame, made.true["aircraft"]))
    kept = flags[order]
    if not len(kept):
        return flags
    follows = (np.diff(made.true["aircraft"][order]) == 0) & (np.diff(made.true_frame[order]) == 1)
    breaks = np.concatenate([[True], (kept[1:] != kept[:-1]) | ~follows])
    run = np.cumsum(breaks) - 1
    out = np.zeros(len(flags), np.bool_)
    out[order] = kept & (np.bincount(run)[run] >= least)
    return out

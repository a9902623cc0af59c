"""Gaps of a border as distributions: how much of it is below a chance of detection, and how long such runs are.

Places are lost here on purpose: what goes on holds shares and lengths by state, and no position of any gap.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.coverage.border import CELL_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.coverage.border import Border


class Gaps(NamedTuple):
    """The gaps of one stretch of border at one height."""

    cells: int
    below: int
    """Cells whose chance lies below the threshold."""
    runs: tuple[tuple[int, int], ...]
    """How many adjoining cells are below, and how many such runs there are, by rising length."""

    @property
    def longest_km(self) -> float:
        """Return the length of the longest run, km in whole cells."""
        return max((length for length, _ in self.runs), default=0) * CELL_M / 1000.0


def gaps_of(border: Border, chance: NDArray[np.float64], below: float, state: int | None = None) -> Gaps:
    """Return the gaps of a state, by its place among the codes, or of the whole border.

    A run of the whole border goes on across states; of one state it ends where the next begins.
    """
    mine = np.ones(len(chance), np.bool_) if state is None else border.state == state
    low = mine & (chance < below)
    lengths: Counter[int] = Counter()
    run = 0
    for cell, is_low in enumerate(low):
        adjoins = cell > 0 and border.stretch[cell] == border.stretch[cell - 1]
        if run and not (is_low and adjoins):
            lengths[run] += 1
            run = 0
        run += bool(is_low)
    if run:
        lengths[run] += 1
    return Gaps(int(mine.sum()), int(low.sum()), tuple(sorted(lengths.items())))

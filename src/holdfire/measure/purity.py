"""Whether tracks mix aircraft up, told without a truth: by the codes and addresses of the plots that they took.

An aircraft may change its squawk, so that a pure track can have two; its address it keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.measure.interval import Ratio, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]


def purity(track: Codes, code: Codes, known: NDArray[np.bool_]) -> Ratio:
    """Return the share of plots that bear the commonest code of their track.

    Parameters
    ----------
    track
        Number of the track that took each plot, 0: none.
    code
        What each plot bears.
    known
        Which plots bear one.
    """
    rows = known & (track > 0)
    pairs, count = np.unique(np.stack([track[rows], code[rows]]), axis=1, return_counts=True)
    numbers, of = np.unique(pairs[0], return_inverse=True)
    most = np.zeros(len(numbers), np.int64)
    np.maximum.at(most, of, count)
    return ratio(most, np.bincount(of, count, len(numbers)))

"""What plots say of the tracks that took them: squared innovations in units of what the tracker expected (NIS).

No truth is needed. The average is 2, of a place in the plane, where the covariances of tracks and of plots are both
right; see `consistency` for the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.measure.interval import Ratio, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray


def average_nis(nis: NDArray[np.float64], fed: NDArray[np.int64]) -> Ratio:
    """Return the average with its interval, by drawing whole tracks anew.

    Parameters
    ----------
    nis
        The squared innovation of each plot, NaN where nothing was expected.
    fed
        The number of the track that took each.
    """
    known = np.isfinite(nis)
    _, of = np.unique(fed[known], return_inverse=True)
    return ratio(np.bincount(of, nis[known]), np.bincount(of))

"""Random numbers of an analysis, by name as all others: for resampling and for shuffling."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from holdfire.seed import Stage, stream, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BRANCH = 2
"""Apart from the names of nights, and of the points of a space."""
RESAMPLING, SHUFFLING = 0, 1


@cache
def uniforms(kind: int, rows: int, columns: int) -> NDArray[np.float64]:
    """Return an array (rows, columns) of uniforms in [0, 1), the same at every call."""
    name = stream(Stage.STUDY)
    drawn = [uniform(0, _BRANCH, row, column, name, kind, 0) for row in range(rows) for column in range(columns)]
    return np.array(drawn).reshape(rows, columns)

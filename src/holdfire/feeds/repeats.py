"""Reports that more than one file has: a file given twice, a copy of it, or two files that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.feeds.times import DAY_S
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

_TELLS: Final = {
    POLAR: ("time_s", "sensor", "range_m", "azimuth_rad", "kinds", "mode_a", "address"),
    POSITION: ("time_s", "address", "source", "lat_deg", "lon_deg"),
    SYSTEM_TRACK: ("time_s", "sensor", "number", "lat_deg", "lon_deg"),
}
"""What two reports have alike that are one: the rest may rest on what came before them in their file."""
_DECIMALS: Final = 9  # of degrees, seconds and metres: below what any format has, above what reckoning loses


def repeated(reports: Records, file: NDArray[np.int64], *, dated: bool) -> NDArray[np.bool_]:
    """Say of each report, in any order, whether an earlier file has it too; `file` is the number of each one's file.

    Undated files count each from the midnight before it begins: there the time of day tells.
    """
    names = _TELLS[reports.dtype]
    keys = np.stack([np.round(reports[name].astype(np.float64), _DECIMALS) for name in names])
    keys[0] = keys[0] if dated else keys[0] % DAY_S
    order = np.lexsort((file, *keys[::-1]))
    new = np.ones(len(reports), np.bool_)
    new[1:] = (np.diff(keys[:, order]) != 0.0).any(axis=0)
    first = np.maximum.accumulate(np.where(new, np.arange(len(reports)), 0))  # the first of those alike
    found = np.zeros(len(reports), np.bool_)
    found[order] = file[order] > file[order][first]
    return found

"""What the air does to a line of sight: cloud between, and haze along it.

Haze takes contrast exponentially with the distance, and visibility is where a stated share of it is left (H.
Koschmieder, "Theorie der horizontalen Sichtweite", Beiträge zur Physik der freien Atmosphäre 12, 1924). A layer of
cloud is a wall with gaps: whoever looks through or into it is blocked as often as it covers the sky, each layer by
itself (assumed).
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.sense.schema import NightModel


def cloud_rows(night: NightModel, depth_m: float) -> NDArray[np.float64]:
    """Return the layers of cloud, one (base m, top m, cover) a row; the one that is not listed is so deep."""
    rows = [(each.base_m, each.top_m, each.cover) for each in night.layers(depth_m)]
    return np.array(rows, np.float64).reshape(-1, 3)


def haze_per_m(night: NightModel, contrast_left: float) -> float:
    """Return the extinction of light, 1/m, which leaves that contrast at the visibility (Koschmieder 1924)."""
    return -log(contrast_left) / night.visibility_m()


@kernel
def clear_share(clouds: NDArray[np.float64], low_m: float, high_m: float) -> float:
    """Return the chance that no cloud is between two heights; a layer that is touched hides by its cover."""
    clear = 1.0
    for layer in range(clouds.shape[0]):
        if clouds[layer, 0] <= high_m and low_m <= clouds[layer, 1]:
            clear *= 1.0 - clouds[layer, 2]
    return clear

"""What aircraft are called in results: D01, D02 … for intruders, A0123 for the place of any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray


def aircraft_names(
    part: NDArray[np.int64], line: NDArray[np.int64], ordinal: NDArray[np.int64], place: NDArray[np.int64]
) -> list[str]:
    """Return the name of each aircraft of one night.

    Intruders are numbered in the order of line and ordinal, which no option changes; the others have the name
    of their place in the truth, which no option changes either.
    """
    names = [f"A{number:04}" for number in place.tolist()]
    intruders = np.flatnonzero(part == int(Part.INTRUDER))
    order = intruders[np.lexsort((ordinal[intruders], line[intruders]))]
    for number, row in enumerate(order.tolist(), start=1):
        names[row] = f"D{number:02}"
    return names

"""What aircraft are called in results: D01 … intruders, F01 … strays of a friendly neighbour, else A and the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.aircraft import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTER: Final = {Part.INTRUDER: "D", Part.FRIENDLY_DRONE: "F"}


def aircraft_names(
    part: NDArray[np.int64], line: NDArray[np.int64], ordinal: NDArray[np.int64], place: NDArray[np.int64]
) -> list[str]:
    """Return the name of each aircraft of one night.

    Intruders, and strays, are numbered in the order of line and ordinal, which no option changes; the others have the
    name of their place in the truth, which an option changes only where it changes means.
    """
    names = [f"A{number:04}" for number in place.tolist()]
    for of, letter in _LETTER.items():
        mine = np.flatnonzero(part == int(of))
        order = mine[np.lexsort((ordinal[mine], line[mine]))]
        for number, row in enumerate(order.tolist(), start=1):
            names[row] = f"{letter}{number:02}"
    return names

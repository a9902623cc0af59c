"""The names of the numbers that the world draws, and codes and addresses made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from holdfire.compiled import kernel
from holdfire.seed import Stage, stream, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.seed import Key


def wide(number: int) -> int:
    """Return a constant in 64 bits: a plain one is a literal to numba, which compiles for each of them anew."""
    return cast("int", np.int64(number))


_NUMBERS = [wide(number) for number in range(26)]
# One for each kind of number that one aircraft draws.
PLACE, TIME, HEIGHT, SPEED, PAYLOAD, FAILURE, ENDURANCE, PATH, CODE = _NUMBERS[:9]
SILENT, SILENT_S, DEAF, DEAF_S, DEAF_CODE, PLANNED, UNMATCHED, LATE, ASIDE = _NUMBERS[9:18]
# One for each kind of number that is one for a whole line: named by its ordinal 0.
COUNT, PAYLOADS, FAILURES, AT_ONCE, SILENTS, DEAFS, PLANS, UNMATCHEDS = _NUMBERS[18:]
DISPLACED = wide(100)  # and one more for each point of the route

STREAM = wide(stream(Stage.WORLD))
ONCE = wide(0)
"""The tick of what is drawn once for the night."""
_ADDRESSES = (1 << 24) - 1
_ODD = 0x9E3779  # any odd factor permutes the addresses: golden ratio in 24 bits
_EMERGENCIES = (0o7500, 0o7600, 0o7700)  # ICAO Annex 10, volume IV, 2.1.4


@kernel
def share(key: Key, entity: int, draw: int) -> float:
    """Draw a number in [0, 1)."""
    return uniform(key.seed, key.branch, ONCE, entity, STREAM, draw, key.replication)


@kernel
def between(key: Key, entity: int, draw: int, ends: NDArray[np.float64]) -> float:
    """Draw a number between two, each alike."""
    return float(ends[0]) + float(ends[1] - ends[0]) * share(key, entity, draw)


@kernel
def squawk(key: Key, entity: int) -> int:
    """Draw a code of four octal digits that is no emergency."""
    code = int(share(key, entity, CODE) * 0o7777) + 1
    return code - 1 if code in _EMERGENCIES else code


@kernel
def address(number: int) -> int:
    """Return the 24-bit address of a number below 2^24: another for each, and none for 0."""
    return (number * _ODD) & _ADDRESSES

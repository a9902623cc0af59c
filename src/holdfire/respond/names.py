"""Who draws which number, so that no two kinds of it share a name, and the few ways to draw one.

A number that belongs to a crew and what it is beside is named by the pair: the responder stands in the place of
the tick, which no tick reaches, since entities of own aircraft begin at 2^29. Under two options the same pair
has the same luck. What is drawn once a night has tick 0 and branch 0.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.seed import Key, Stage, stream, uniform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STREAM = stream(Stage.RESPOND, 0)
SLOT_S = 600
"""Two questions to one authority within so many seconds meet it in the same state."""


class Draw(IntEnum):
    """What is drawn. Conduct's ranges and weapons' take the numbers behind these."""

    READINESS = 1
    AVAILABLE = 2
    ANSWER = 3
    GRANT = 4
    HEARS = 5
    OBEYS = 6
    SEARCH = 7
    LOST = 8
    DEPARTS = 9
    HOLDS = 10
    TOLD = 11
    DELAY = 12
    FALSE = 13
    NIGHTLY = 32
    """The first of the night's numbers: one for each range."""
    SHOT = 1024
    """The first of the shots of a pair; three numbers each."""


_NIGHTLY = int(Draw.NIGHTLY)


@kernel
def tonight(pair: NDArray[np.float64], number: int, entity: int, key: Key) -> float:
    """Draw one of the night's numbers between its ends; it is the same all night, and under every option."""
    share = uniform(key.seed, 0, 0, entity, STREAM, _NIGHTLY + number, key.replication)
    return pair[0] + (pair[1] - pair[0]) * share  # type: ignore[no-any-return]


@kernel
def chance(tick: int, entity: int, draw: int, key: Key) -> float:
    """Draw a uniform in [0, 1) of this stage."""
    return uniform(key.seed, key.branch, tick, entity, STREAM, draw, key.replication)


@kernel
def triangular(low: float, likely: float, high: float, share: float) -> float:
    """Return the value of a triangular distribution below which a share lies (by inversion)."""
    width = high - low
    if width <= 0.0:
        return low
    if share * width < likely - low:
        return low + math.sqrt(share * width * (likely - low))
    return high - math.sqrt((1.0 - share) * width * (high - likely))

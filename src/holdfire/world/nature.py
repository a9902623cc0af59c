"""Birds as the world flies them: civil traffic without crews, plans, radios and transponders.

How strongly they echo (C. R. Vaughn, "Birds and insects as radar targets", Proc. IEEE 73, 1985) and how high they
migrate (B. Bruderer et al., Journal of Ornithology 159, 2018) the library's `songbirds` and `waterfowl` state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.aircraft import Part
from holdfire.world.kinds import TrafficKind
from holdfire.world.schema import Range, TrafficModel

if TYPE_CHECKING:
    from holdfire.messages.layout import Records
    from holdfire.world.schema import BirdsModel

_ALWAYS: Final = Range(low=1, high=1)
_SPREAD_RAD: Final = np.radians(30.0)


def flocks(birds: BirdsModel) -> tuple[TrafficKind, TrafficModel]:
    """Return a kind of traffic for flocks, and its numbers; what is not stated of them is assumed."""
    kind = TrafficKind(
        "birds", Part.BIRD, birds.platform, 0.0, (20e3, 120e3), 3, 0.02, 0.05,
        levels=False, fitted=False, toward_deg=birds.toward_deg,
    )  # fmt: skip
    model = TrafficModel(
        at_once=birds.at_once, silent_share=_ALWAYS, no_radio_share=_ALWAYS, platform=birds.platform,
        source=birds.source,
    )  # fmt: skip
    return kind, model


def toward(paths: Records, kind: TrafficKind) -> Records:
    """Return those of some paths that lead where a kind goes."""
    if kind.toward_deg is None:
        return paths
    east, north = np.sin(np.radians(kind.toward_deg)), np.cos(np.radians(kind.toward_deg))
    ways: Records = paths[paths["east"] * east + paths["north"] * north >= np.cos(_SPREAD_RAD)]
    return ways

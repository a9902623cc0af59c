"""What closing airports came to in one night under one option, added to its figures."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from holdfire.loop import DT_S
from holdfire.messages.score import CLOSING
from holdfire.respond.closing import closed_in
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from holdfire.loop import Night
    from holdfire.messages.night import OptionNight
    from holdfire.respond.closing_schema import ClosingModel
    from holdfire.seed import Key
    from holdfire.setting import Scene


def with_closing(told: OptionNight, closing: ClosingModel | None, night: Night, scene: Scene, key: Key) -> OptionNight:
    """Return a night with the figures of closed airports, whose cost is part of the own side's.

    Where the scenario has none that may close, they stay as they are, NaN.
    """
    if closing is None:
        return told
    found = closed_in(closing, night.lookout.noted, scene.start, ceil(scene.ticks * DT_S / MINUTE_S), key)
    meur = found.eur / 1e6
    figures = {**told.figures, **dict(zip(CLOSING, (*map(float, found[:-1]), meur), strict=True))}
    return replace(told, figures={**figures, "cost_own_meur": told.figures["cost_own_meur"] + meur})

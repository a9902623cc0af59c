"""What closing airports came to in one night under one option, its rung, and upkeep, added to its figures."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from holdfire.escalate.closed import closed_rung
from holdfire.loop import DT_S
from holdfire.respond.closing import closed_in
from holdfire.respond.cost import OWN
from holdfire.respond.upkeep import upkeep_cost
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.escalate.ladder import Ladder
    from holdfire.loop import Night
    from holdfire.messages.night import OptionNight
    from holdfire.respond.closing_schema import ClosingModel
    from holdfire.respond.upkeep import UpkeepModel
    from holdfire.seed import Key
    from holdfire.setting import Scene


def with_closing(told: OptionNight, closing: ClosingModel | None, night: Night, scene: Scene, key: Key) -> OptionNight:
    """Return a night with the figures of closed airports, whose cost is part of the own side's.

    Where the scenario has none that may close, they stay as they are, NaN.
    """
    if closing is None:
        return told
    found = closed_in(closing, night.lookout, scene.start, ceil(scene.ticks * DT_S / MINUTE_S), key)
    meur = found.eur / 1e6
    figures = {
        **told.figures,
        "closed_min": found.minutes,
        "diverted": float(found.diverted),
        "cancelled": float(found.cancelled),
        "passengers_delayed": float(found.passengers),
        "cost_closing_meur": meur,
        "exposed_min": found.exposed,
    }
    return replace(told, figures=_dearer(figures, (meur, found.low_eur / 1e6, found.high_eur / 1e6)))


def with_closed_rung(told: OptionNight, ladder: Ladder) -> OptionNight:
    """Return a night in which our own side stands on the rung of closed airspace, or higher, where an airport closed.

    No event says so, since closing is worked out after the night.
    """
    rung, figures = closed_rung(ladder), told.figures
    if rung is None or not figures["closed_min"] > 0.0:
        return told
    return replace(told, figures={**figures, "peak_rung_own": max(figures["peak_rung_own"], float(rung.rung))})


def with_upkeep(told: OptionNight, upkeep: Sequence[UpkeepModel]) -> OptionNight:
    """Return a night whose cost to the own side counts what it costs to have what watches or stands ready."""
    return replace(told, figures=_dearer(told.figures, upkeep_cost(upkeep).meur))


def _dearer(figures: Mapping[str, float], meur: tuple[float, float, float]) -> dict[str, float]:
    """Return figures with more cost to the own side: in the middle, at least and at most."""
    return {**figures, **{name: figures[name] + more for name, more in zip(OWN, meur, strict=True)}}

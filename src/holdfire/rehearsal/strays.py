"""Of those stopped in a night, how many were a friend's strays: rightly engaged or not, they are not hostile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import Part, Status

if TYPE_CHECKING:
    from holdfire.escalate.ladder import Ladder
    from holdfire.messages.night import OptionNight
    from holdfire.scenario.schema import Scenario

_NOBODY = "none"


def with_strays(told: OptionNight, scenario: Scenario, ladder: Ladder) -> OptionNight:
    """Return a night with `stopped_strays`; it stays NaN where every group is the other side's or nobody's.

    Which states are the other side's is the ladder's to say. `stopped` counts strays too: an intruder is whoever
    enters without leave.
    """
    others = (ladder.exchange and ladder.exchange.other_states) or ()
    lines = [
        place for place, group in enumerate(scenario.intruders) if others and group.state not in (*others, _NOBODY)
    ]
    if not lines:
        return told
    rows = told.aircraft
    strays = (rows["part"] == Part.INTRUDER) & np.isfinite(rows["entered_s"]) & np.isin(rows["line"], lines)
    stopped = strays & np.isin(rows["status"], (Status.SHOT_DOWN, Status.DISRUPTED))
    return replace(told, figures={**told.figures, "stopped_strays": float(stopped.sum())})

"""How long fighters on alert took: from the order to take-off, and from take-off to contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.response import What
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.messages.layout import Records

_TOLD = (What.SCRAMBLE, What.DROPPED, What.AIRBORNE, What.FOUND, What.LANDED)


def alert_to_airborne_min(events: Records) -> float:
    """Return the mean time from the order on which a fighter took off to its take-off, min; NaN where none did."""
    return _mean_min([off_s - ordered_s for ordered_s, off_s, _ in _sorties(events)])


def airborne_to_contact_min(events: Records) -> float:
    """Return the mean time from an ordered take-off to the first aircraft found, min; NaN where none was."""
    return _mean_min([found_s - off_s for _, off_s, found_s in _sorties(events) if found_s is not None])


def _sorties(events: Records) -> Iterator[tuple[float, float, float | None]]:
    """Yield order, take-off and first contact of every sortie from alert; the relief of a patrol has no order."""
    told = events[np.isin(events["what"], _TOLD)]
    for responder in np.unique(told["responder"]):
        mine = told[told["responder"] == responder]
        for off in np.flatnonzero(mine["what"] == What.AIRBORNE):
            if off == 0 or mine["what"][off - 1] != What.SCRAMBLE:
                continue
            then = mine[off + 1 :]
            ends = np.flatnonzero(then["what"] == What.LANDED)
            found = np.flatnonzero(then["what"][: ends[0] if ends.size else None] == What.FOUND)
            found_s = float(then["time_s"][found[0]]) if found.size else None
            yield float(mine["time_s"][off - 1]), float(mine["time_s"][off]), found_s


def _mean_min(times_s: list[float]) -> float:
    return sum(times_s) / len(times_s) / MINUTE_S if times_s else float("nan")

"""What a control tower could know of its sky, by the minute: calls, and tracks that nobody took for harmless."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.messages.vocabulary import CLASSES, INDEX, ITEM, KINDS_OF_SENSOR
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks

_REPORT = 1 << KINDS_OF_SENSOR.index("report")
_PLACING = tuple(1 << KINDS_OF_SENSOR.index(kind) for kind in ("radar", "eo-ir", "eye", "acoustic", "rf"))
_TRANSPONDER, _IFF, _PLAN, _STATUS, _CLASS, _KINDS = (
    INDEX[name] for name in ("transponder", "iff", "flight_plan", "status", "visual_class", "position_kinds")
)
_SILENT = ITEM["transponder"].values.index("silent")
_FRIENDLY, _MATCHED = ITEM["iff"].values.index("friendly"), ITEM["flight_plan"].values.index("matched")
_CIVIL, _NOT_SURE = ITEM["status"].values.index("civil"), CLASSES.index("not-established")


class Lookout(NamedTuple):
    """What is watched for some airports, and what was noted; of a night in which none may close, nothing."""

    disc: NDArray[np.float64]  # (airports, 5): x, y, radius; radius and height within which traffic flies, m
    kinds: int  # of sensor that confirm a track without a look
    harmless: int  # bits of CLASSES
    noted: NDArray[np.int64]  # (airports, minutes, 2): reports; looks at the picture with a track that is confirmed
    really: NDArray[np.bool_]  # (airports, minutes): an uncrewed aircraft truly was there; for the score alone


def lookout_for(discs: NDArray[np.float64], kinds: int, harmless: int, duration_s: float) -> Lookout:
    """Return a sheet on which nothing is noted yet; `discs` as in `Lookout`."""
    minutes = math.ceil(duration_s / MINUTE_S) + 1
    noted, really = np.zeros((len(discs), minutes, 2), np.int64), np.zeros((len(discs), minutes), np.bool_)
    return Lookout(discs, kinds, harmless, noted, really)


@kernel
def note_reports(lookout: Lookout, plots: Plots, time_s: float) -> None:
    """Count the reports of this tick that name a place near an airport."""
    disc, minute = lookout.disc, int(time_s / MINUTE_S)
    for a in range(disc.shape[0]):
        for each in range(plots.counts[0]):
            plot = plots.plot[each]
            if plot["kinds"] & _REPORT and math.hypot(plot["x_m"] - disc[a, 0], plot["y_m"] - disc[a, 1]) < disc[a, 2]:
                lookout.noted[a, minute, 0] += 1


@kernel
def note_tracks(lookout: Lookout, rows: Records, slots: NDArray[np.int64], tracks: Tracks, time_s: float) -> None:
    """Count the tracks near an airport that are confirmed by sensors or a look, and that nothing shows harmless."""
    disc, minute = lookout.disc, int(time_s / MINUTE_S)
    for a in range(disc.shape[0]):
        for row in range(slots.size):
            track = tracks.track[slots[row]]
            near = math.hypot(track["x_m"] - disc[a, 0], track["y_m"] - disc[a, 1]) < disc[a, 2]
            if near and alarms(rows[row], lookout.kinds, lookout.harmless):
                lookout.noted[a, minute, 1] += 1


@kernel
def alarms(row: np.void, kinds: int, harmless: int) -> bool:
    """Whether evidence on a track is enough to close for it: what answers, has a plan or looks harmless does not."""
    known, code = int(row["known"]), row["code"]
    if (
        (known >> _TRANSPONDER & 1 and code[_TRANSPONDER] != _SILENT)
        or (known >> _IFF & 1 and code[_IFF] == _FRIENDLY)
        or (known >> _PLAN & 1 and code[_PLAN] == _MATCHED)
        or (known >> _STATUS & 1 and code[_STATUS] == _CIVIL)
    ):
        return False
    seen = int(code[_CLASS]) if known >> _CLASS & 1 else _NOT_SURE
    if seen != _NOT_SURE:
        return (harmless >> seen & 1) == 0
    placed = 0
    for bit in _PLACING:
        placed += 1 if known >> _KINDS & 1 and int(code[_KINDS]) & bit else 0
    return placed >= kinds

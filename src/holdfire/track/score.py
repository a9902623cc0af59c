"""What becomes of a track: score, confirmation, missed looks, deletion.

The score is the log-likelihood ratio of track against clutter (R. W. Sittler 1964; Blackman and Popoli 1999,
section 6.2): a plot adds its own ratio, a missed look ln(1 - chance of a plot).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.track import Stand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.track import Tracks

_FREE, _TENTATIVE = int(Stand.FREE), int(Stand.TENTATIVE)
_CONFIRMED, _COASTED = int(Stand.CONFIRMED), int(Stand.COASTED)
_HISTORY = (1 << 62) - 1
_IN_USE, _DROPPED = 0, 4


@kernel
def plots_in(history: int, looks: int) -> int:
    """Count the plots in the latest looks."""
    count, left = 0, history & ((1 << looks) - 1)
    while left:
        left &= left - 1
        count += 1
    return count


@kernel
def score_plot(record: np.void, gain: float, stated: np.void, tuning: np.void) -> None:
    """Count a plot; `gain` is over a missed look, the score is over clutter."""
    record["hits"] += 1
    record["history"] = (record["history"] << 1 | 1) & _HISTORY
    record["score"] += gain + math.log(1.0 - min(stated["detects"], tuning["most_detects"]))
    record["best_score"] = max(record["best_score"], record["score"])
    record["due_s"] = record["fed_s"] + _late(stated, tuning)


@kernel
def _late(stated: np.void, tuning: np.void) -> float:
    """Return how long after a plot the next one of this sensor counts as missed."""
    return max(stated["period_s"], tuning["look_least_s"]) * (1.0 + tuning["late_share"])  # type: ignore[no-any-return]


@kernel
def confirm(record: np.void, addressed: int, tuning: np.void) -> int:
    """Confirm a tentative track that has earned it, and one that coasted and was seen again; return 1 for a new one."""
    if record["stand"] == _TENTATIVE:
        m_of_n = plots_in(record["history"], tuning["confirm_looks"]) >= tuning["confirm_hits"]
        by_address = addressed and record["hits"] >= tuning["confirm_addressed"]
        if (m_of_n or by_address) and record["score"] >= tuning["confirm_score"]:
            record["stand"], record["confirmed_s"] = _CONFIRMED, record["fed_s"]
            return 1
    elif record["stand"] == _COASTED:
        record["stand"] = _CONFIRMED
    return 0


@kernel
def age(tracks: Tracks, stated: Records, tuning: np.void, time_s: float) -> None:
    """Count the looks in which a plot was due and none came, and drop what they leave without belief."""
    track, used, counts, lost = tracks.track, tracks.used, tracks.counts, 0
    for index in range(counts[_IN_USE]):
        record = track[used[index]]
        if time_s > record["due_s"]:
            sensor = stated[record["last_sensor"]]
            record["history"] = record["history"] << 1 & _HISTORY
            record["score"] += math.log(1.0 - min(sensor["detects"], tuning["most_detects"]))
            record["due_s"] += max(sensor["period_s"], tuning["look_least_s"])
            if is_lost(record, tuning, time_s):
                record["stand"] = _FREE
                lost += 1
            elif record["stand"] == _CONFIRMED and record["history"] & 3 == 0:
                record["stand"] = _COASTED
    if lost > 0:
        sweep(track, used, counts)


@kernel
def is_lost(record: np.void, tuning: np.void, time_s: float) -> bool:
    """Whether a track that missed a look is believed no longer."""
    history = record["history"]
    if record["stand"] == _TENTATIVE:
        looks, hits = tuning["confirm_looks"], tuning["confirm_hits"]
        if record["hits"] == 1 and history >= 1 << tuning["lone_misses"]:
            return True
        if history >> (looks - 1) != 0 and plots_in(history, looks) < hits:
            return True
    p, t = record["p"], time_s - record["time_s"]
    variance = p[0] + p[4] + t * (2.0 * (p[2] + p[6]) + t * (p[7] + p[9] + tuning["noise_m2_s3"] * t * (2.0 / 3.0)))
    fell = record["best_score"] - record["score"] > tuning["drop_score"]
    silent = time_s - record["fed_s"] > tuning["coast_most_s"]
    return bool(fell or silent or variance > 2.0 * tuning["sigma_most_m"] * tuning["sigma_most_m"])


@kernel
def sweep(track: Records, used: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """Free the places of dropped tracks, keeping the order of the rest."""
    kept = 0
    for index in range(counts[_IN_USE]):
        slot = used[index]
        if track[slot]["stand"] == _FREE:
            track[slot]["number"] = 0
            counts[_DROPPED] += 1
        else:
            used[kept] = slot
            kept += 1
    counts[_IN_USE] = kept

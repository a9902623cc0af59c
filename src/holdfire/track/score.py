"""What becomes of a track: score, confirmation, missed looks, deletion.

The score is the log of the odds that there is such an aircraft (R. W. Sittler 1964; Blackman and Popoli 1999,
section 6.2): it begins with those of a first plot, a plot adds its own log-likelihood ratio, a missed look
ln(1 - chance of a plot). Since aircraft land and leave, belief that there is one fades, as in D. Musicki,
R. Evans and S. Stankovic, "Integrated probabilistic data association", IEEE Transactions on Automatic Control
39, 1994, doi 10.1109/9.293185; here by a ceiling on the odds, which is where gain and fading balance.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import log
from holdfire.messages.track import Stand
from holdfire.track.cover import chance_of_plot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

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
def missed(stated: np.void, tuning: np.void) -> float:
    """Return what a missed look of a sensor does to the log of the odds."""
    return log(1.0 - min(stated["detects"], tuning["most_detects"]))


@kernel
def score_plot(record: np.void, gain: float, miss: float, tuning: np.void) -> None:
    """Add a plot to the odds; `gain` is over a look missed. Odds do not exceed those that a survivor can have."""
    score = record["score"] + gain + miss
    record["score"] = min(score, tuning["most_score"])
    record["best_score"] = max(record["best_score"], record["score"])


@kernel
def count_look(record: np.void) -> None:
    """Count a look that gave a plot."""
    record["hits"] += 1
    record["history"] = (record["history"] << 1 | 1) & _HISTORY


@kernel
def note_look(plot: np.void, begin: int, n_sensors: int, stated: np.void, looks: Records, tuning: np.void) -> float:
    """Note that a sensor fed the track whose looks begin there; return when the first of its sensors is due."""
    look, due_s = looks[begin + plot["sensor"]], math.inf
    look["last_s"] = max(plot["time_s"], look["last_s"])
    look["due_s"] = look["last_s"] + max(stated["period_s"], tuning["look_least_s"]) * (1.0 + tuning["late_share"])
    for at in range(begin, begin + n_sensors):
        due_s = min(due_s, looks[at]["due_s"])
    return due_s


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
def age(tracks: Tracks, stated: Records, room: Room, tuning: np.void, time_s: float) -> None:
    """Judge the tracks that a plot was due for and none came, and drop what they leave without belief."""
    track, used, due_s, lost = tracks.track, tracks.used, room.due_s, 0
    for index in range(tracks.counts[_IN_USE]):
        slot = used[index]
        if time_s > due_s[slot]:
            record = track[slot]
            due_s[slot] = _miss(record, slot * stated.size, stated, room, tuning, time_s)
            if is_lost(record, tuning, time_s):
                due_s[slot] = -math.inf
                lost += 1
            elif record["stand"] == _CONFIRMED and (record["history"] & 3 == 0 or record["score"] < 0.0):
                record["stand"] = _COASTED
    if lost > 0:
        sweep(tracks, due_s)


@kernel
def _miss(record: np.void, begin: int, stated: Records, room: Room, tuning: np.void, time_s: float) -> float:
    """Count the looks that sensors missed which saw the track lately: where none looks, silence says nothing.

    Where coverage is learned, a look missed at a confirmed track counts by the chance of a plot that was shown there,
    and one at a tentative track does not count if the sensor is stated to miss more than it sees.
    A sensor that missed `covers_looks` in a row is taken to cover the track no longer. While none does, the track is
    judged again each `look_least_s`, for its age alone. Returns when it is due to be.
    """
    next_s, looks, learned = math.inf, room.looks, room.cover.size > 0 and record["stand"] >= _CONFIRMED
    for sensor in range(stated.size):
        look, period_s = looks[begin + sensor], max(stated[sensor]["period_s"], tuning["look_least_s"])
        if time_s > look["due_s"]:
            if learned or room.cover.size == 0 or stated[sensor]["detects"] >= 0.5:
                record["history"] = record["history"] << 1 & _HISTORY
            if learned:
                chance = chance_of_plot(room.cover, sensor, record, time_s)
                record["score"] += math.log(1.0 - min(chance, tuning["most_detects"]))
            else:
                record["score"] += missed(stated[sensor], tuning)
            look["due_s"] += period_s
            if look["due_s"] - look["last_s"] > (tuning["covers_looks"] + 1.0) * period_s:
                look["due_s"] = math.inf
        next_s = min(next_s, look["due_s"])
    return next_s if next_s < math.inf else time_s + tuning["look_least_s"]


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
    variance = (
        p[0] + p[4] + t * (2.0 * (p[2] + p[6]) + t * (p[7] + p[9] + tuning["noise_m2_s3"] * abs(t) * (2.0 / 3.0)))
    )
    fell = record["best_score"] - record["score"] > tuning["drop_score"]
    silent = time_s - record["fed_s"] > tuning["coast_most_s"]
    return bool(fell or silent or variance > 2.0 * tuning["sigma_most_m"] * tuning["sigma_most_m"])


@kernel
def sweep(tracks: Tracks, due_s: NDArray[np.float64]) -> None:
    """Free the places of dropped tracks, keeping the order of the rest."""
    track, used, counts, kept = tracks.track, tracks.used, tracks.counts, 0
    for index in range(counts[_IN_USE]):
        slot = used[index]
        if due_s[slot] == -math.inf:
            track[slot]["stand"], track[slot]["number"] = _FREE, 0
            counts[_DROPPED] += 1
        else:
            used[kept] = slot
            kept += 1
    counts[_IN_USE] = kept

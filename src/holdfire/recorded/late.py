"""What of a recording had come in by when: plots that a radar sent late, or that a network held up.

A file keeps what it was sent in the order in which it came, so that a radar's plot had come in, at the latest, when
one of a later time stands before it. Positions that aircraft report are left alone: tables and decoded frames keep
them an aircraft at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from holdfire.feeds.intake import Intake
from holdfire.feeds.read import bytes_of, take
from holdfire.feeds.times import JUMP_S
from holdfire.messages.recording import POLAR
from holdfire.track.recording import in_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.messages.recording import Recording

LATE: Final = "radar plots too late"
_WITNESSES: Final = 5  # assumed
_TIME: Final = (POLAR.names or ()).index("time_s")


def _denied(time_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say of each time whether it is more than `JUMP_S` after most of the `_WITNESSES` that come next."""
    if len(time_s) <= _WITNESSES:
        return np.zeros(len(time_s), np.bool_)
    ahead = sliding_window_view(np.pad(time_s[1:], (0, _WITNESSES), mode="edge"), _WITNESSES)
    return np.asarray(time_s - np.median(ahead, axis=1) > JUMP_S)


def read_in_time(paths: Sequence[Path], delay_s: float) -> Recording:
    """Return what files say, as `feeds.read.read` does, but for plots that came in more than `delay_s` late.

    A plot is late by as much as it is older than the newest one before it in its file; a time that most of those that
    follow deny is a wrong clock's, and makes no other late. `counts` has, by `LATE`, how many were left out.

    Raises what `read` raises.
    """
    intake = Intake()
    for path in paths:
        first = len(intake.polar)
        take(path.name, bytes_of(path), intake)
        rows = intake.polar[first:]
        time_s = np.array([row[_TIME] for row in rows], np.float64)
        sound = np.flatnonzero(~_denied(time_s))
        kept = np.setdiff1d(np.arange(len(rows)), np.delete(sound, in_time(time_s[sound], delay_s))).tolist()
        intake.polar[first:] = [rows[place] for place in kept]
        intake.counts[LATE] += len(rows) - len(kept)
    return intake.recording()

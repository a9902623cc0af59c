"""The air picture of a recording from end to end, as one command asks for it."""

from __future__ import annotations

from dataclasses import replace
from filecmp import cmp
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.feeds.read import read
from holdfire.measure.figures import measure
from holdfire.measure.purity import purity
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POSITION
from holdfire.recorded.embargo import check, check_files, dated, is_simulated, unstated
from holdfire.recorded.follow import TUNING, follow
from holdfire.recorded.fuse import fuse
from holdfire.recorded.late import read_in_time
from holdfire.recorded.nothing import check_reports, nothing
from holdfire.recorded.overlap import in_common
from holdfire.recorded.truth import read_truth
from holdfire.recorded.write import write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from holdfire.clock import Clock
    from holdfire.measure.figures import Measured
    from holdfire.measure.interval import Ratio
    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Recording
    from holdfire.recorded.follow import Followed
    from holdfire.recorded.fuse import Fused

_SYSTEM = 2  # in Fused.by


class Asked(NamedTuple):
    """What to track, what to hold it against, where to write it, how often, and a day where no file says one.

    `soft` shares plots out by chance instead of giving each to one track. `delay_s` is how long to wait for plots that
    come in late; None: for all.
    """

    files: Sequence[Path]
    truth: Path | None
    out: Path | None
    every_s: float
    day_s: float | None
    soft: bool = False
    delay_s: float | None = None


class Made(NamedTuple):
    """An air picture, and everything that is said of it."""

    asked: Asked
    recording: Recording
    simulated: bool
    followed: Followed
    fused: Fused
    squawks: Ratio  # purity of tracks by squawk
    addresses: Ratio
    measured: Measured | None
    true: str  # what the truth is, in words; empty: none
    written: tuple[str, ...]


BELIEVED: Final = 0.5
"""Least chance that there is such an aircraft for a track to be measured: as likely as not."""


def believed(fused: Fused) -> Records:
    """Return what is believed more likely than not; of a system's track alone we cannot say, and it counts."""
    return fused.history[(fused.history["existence"] >= BELIEVED) | (fused.by == _SYSTEM)]  # type: ignore[no-any-return]


def picture(asked: Asked, clock: Clock) -> Made:
    """Read, register, track, fuse, measure and write.

    Positions that are also the truth are not tracked; they serve registration, as they would on the day.
    """
    truth = [] if asked.truth is None else [asked.truth]
    check_files([*asked.files, *truth])
    files, delay_s = asked.files, asked.delay_s
    recording = dated(read(files) if delay_s is None else read_in_time(files, delay_s), asked.day_s)
    check_reports(recording, files)
    check(recording, clock)
    recording = replace(recording, notes=(*recording.notes, *unstated(recording)))
    own = any(each.is_file() and cmp(path, each, shallow=False) for path in files for each in truth)
    if own and not (len(recording.polar) or len(recording.system)):
        what = f"{truth[0].name} is the truth, so its positions are not tracked, and no file has anything else to track"
        raise nothing(what, recording, "add plots of radars or a system's tracks, or name another truth")
    at = None if asked.truth is None else read_truth(asked.truth, recording.epoch_s)  # bad ones are refused at once
    followed = follow(recording, asked.every_s, TUNING._replace(soft=int(asked.soft)), positions=not own)
    fused = fuse(followed.history, recording.system, followed.frame, followed.times_s)
    measured, said = None, ""
    if asked.truth is not None and at is not None:
        recording = replace(recording, notes=(*recording.notes, *(() if own else at.notes)))
        seen = recording if own else replace(recording, position=np.zeros(0, POSITION))
        tracked_all = not own and len(recording.position) > 0
        true = in_common(at, seen, followed, asked.truth.name, everywhere=tracked_all)
        measured = measure(followed.times_s, true, believed(fused))
        said = "its own positions, which registration knows and the tracker does not" if own else asked.truth.name
    simulated = is_simulated(recording)
    written = () if asked.out is None else tuple(
        write(asked.out, fused, followed.frame, recording.epoch_s, clock, simulated=simulated)
    )  # fmt: skip
    plot = followed.plot
    squawks = purity(followed.fed, plot["mode_a"], plot["mode_a"] != NO_CODE)
    addresses = purity(followed.fed, plot["address"], plot["address"] != 0)
    return Made(asked, recording, simulated, followed, fused, squawks, addresses, measured, said, written)

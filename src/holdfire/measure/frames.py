"""What was true and what was held, frame by frame, and which track was on which aircraft.

An aircraft keeps its track while both are within the cut-off, and only the rest are assigned anew: K. Bernardin and
R. Stiefelhagen, "Evaluating multiple object tracking performance: the CLEAR MOT metrics", EURASIP Journal on Image
and Video Processing, 2008, doi 10.1155/2008/246309. Otherwise two tracks on one aircraft would seem to change places
at every frame.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.errors import InputError
from holdfire.measure.assign import assign_within, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Places = NDArray[np.int64]

TRUE: Final = np.dtype(
    [
        ("time_s", np.float64),  # of the frame
        ("aircraft", np.int64),
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("mode_a", np.int64),  # plot.NO_CODE: not known
        ("address", np.int64),  # 0: not known
    ],
    align=True,
)
"""Where one aircraft really was at the time of one frame."""

HELD: Final = np.dtype(
    [
        ("time_s", np.float64),  # of the frame
        ("number", np.int64),
        ("stand", np.int64),  # a track.Stand
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("p", np.float64, (10,)),  # covariance, upper triangle by rows, in the order x y vx vy
        ("mode_a", np.int64),  # as in TRUE
        ("address", np.int64),
    ],
    align=True,
)
"""What a tracker held of one aircraft at that time. Records with these and further fields will do, too."""


class Picture(NamedTuple):
    """Truth and tracks, both in the order of time, and who was on whom.

    `on` holds for each held row the true row that it is associated with, -1 for none; `only` the same where the
    track is *the* one of that aircraft, so that no true row is there twice.
    """

    times_s: NDArray[np.float64]  # of the frames
    true: Records
    held: Records
    true_frame: Places  # for each true row, its frame
    held_frame: Places
    on: Places
    only: Places
    cut_off_m: float


def picture(times_s: NDArray[np.float64], true: Records, held: Records, cut_off_m: float) -> Picture:
    """Join truth and tracks, frame by frame.

    Parameters
    ----------
    times_s
        The frames, rising. A frame in which nothing was true or held counts as well.
    true, held
        `TRUE` and `HELD` records whose times are times of frames.
    cut_off_m
        A track so far from every aircraft is on none.
    """
    true, held = (each[np.argsort(each["time_s"], kind="stable")] for each in (true, held))
    frames = [_frame_of(times_s, each["time_s"]) for each in (true, held)]
    on, only = np.full(len(held), -1), np.full(len(held), -1)
    before: dict[int, int] = {}
    for a, b in zip(_slices(frames[0], len(times_s)), _slices(frames[1], len(times_s)), strict=True):
        near, best, before = _join(true[a], held[b], before, cut_off_m)
        on[b], only[b] = np.where(near >= 0, near + a.start, -1), np.where(best >= 0, best + a.start, -1)
    return Picture(times_s, true, held, frames[0], frames[1], on, only, cut_off_m)


def points(records: Records) -> NDArray[np.float64]:
    """Return the places of records, (n, 2) in m."""
    return np.stack([records["x_m"], records["y_m"]], axis=1)


def frame_slices(made: Picture) -> Iterator[tuple[slice, slice]]:
    """Give the true rows and the held rows of each frame."""
    count = len(made.times_s)
    yield from zip(_slices(made.true_frame, count), _slices(made.held_frame, count), strict=True)


def _slices(frame: Places, count: int) -> list[slice]:
    ends = np.searchsorted(frame, np.arange(count + 1)).tolist()
    return [slice(a, b) for a, b in pairwise(ends)]


def _frame_of(times_s: NDArray[np.float64], rows_s: NDArray[np.float64]) -> Places:
    places = np.searchsorted(times_s, rows_s)
    known = places < len(times_s)
    if not known.all() or not np.array_equal(times_s[places], rows_s):
        message = "a row's time is no frame's: sample truth and tracks at the times of the frames"
        raise InputError(message)
    return places


def _join(true: Records, held: Records, before: dict[int, int], cut_off_m: float) -> tuple[
    Places, Places, dict[int, int]
]:  # fmt: skip
    """Return for each track the aircraft that it is on, and the one whose only it is; and these by number."""
    here, there = points(true), points(held)
    only = np.full(len(held), -1)
    slot = {int(number): place for place, number in enumerate(held["number"])}
    for place, aircraft in enumerate(true["aircraft"].tolist()):
        kept = slot.get(before.get(aircraft, -1), -1)
        if kept >= 0 and np.hypot(*(there[kept] - here[place])) < cut_off_m:
            only[kept] = place
    free = np.setdiff1d(np.arange(len(true)), only)
    idle = np.flatnonzero(only < 0)
    found = assign_within(here[free], there[idle], cut_off_m)
    only[idle[found.second]] = free[found.first]
    near = within(there, here, cut_off_m)
    order = np.lexsort((near.apart_m, near.first))
    rows, firsts = np.unique(near.first[order], return_index=True)
    on = only.copy()
    on[rows] = np.where(on[rows] >= 0, on[rows], near.second[order][firsts])
    by_aircraft = {
        int(true["aircraft"][place]): int(held["number"][row]) for row, place in enumerate(only) if place >= 0
    }
    return on, only, before | by_aircraft

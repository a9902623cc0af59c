"""The attributes of a single integrated air picture, and continuity.

J. Votruba et al., "Single Integrated Air Picture (SIAP) Metrics Implementation", SIAP System Engineering Task Force
Technical Report 2001-003, 2001; read as Stone Soup's documentation states them (grade: single outlet). A track is
assigned to the aircraft that it is nearest to within the cut-off, as in `frames`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.measure.frames import Picture

    Counts = NDArray[np.int64]


class ByFrame(NamedTuple):
    """Counts of each frame: J aircraft, JT of them tracked, N tracks, NA of them on an aircraft."""

    aircraft: Counts
    tracked: Counts
    tracks: Counts
    assigned: Counts


class ByAircraft(NamedTuple):
    """What each aircraft saw of its tracks, counted in frames, in the order of `aircraft`."""

    aircraft: Counts  # its name in the truth
    present: Counts  # frames in which it was there
    tracked: Counts  # frames in which some track was on it
    longest: Counts  # frames in a row with one and the same number on it
    needed: Counts  # fewest tracks that cover the frames in which it is tracked, gaps passed over
    switches: Counts  # how often the number of its only track became another
    waited: Counts  # frames from its first to the first in which it is tracked; -1: never


def by_frame(made: Picture) -> ByFrame:
    """Count each frame."""
    n = len(made.times_s)
    true = np.bincount(made.true_frame, minlength=n)
    tracked = np.unique(made.on[made.on >= 0])
    assigned = np.bincount(made.held_frame[made.on >= 0], minlength=n)
    return ByFrame(
        true, np.bincount(made.true_frame[tracked], minlength=n), np.bincount(made.held_frame, minlength=n), assigned
    )


def by_aircraft(made: Picture) -> ByAircraft:
    """Count each aircraft."""
    names, of = np.unique(made.true["aircraft"], return_inverse=True)
    n = len(names)
    rows = np.flatnonzero(made.on >= 0)
    tracked_rows = np.unique(made.on[rows])
    first, met = np.full(n, len(made.times_s)), np.full(n, len(made.times_s))
    np.minimum.at(first, of, made.true_frame)
    np.minimum.at(met, of[tracked_rows], made.true_frame[tracked_rows])
    aircraft, number, frame = of[made.on[rows]], made.held["number"][rows], made.held_frame[rows]
    owner, begin, end = _segments(aircraft, number, frame)
    longest = np.zeros(n, np.int64)
    np.maximum.at(longest, owner, end - begin + 1)
    tracked = np.bincount(of[tracked_rows], minlength=n)
    # Of the tracked frames alone, counted on without a gap: a track that comes back under its number is no change.
    _, met_as = np.unique(aircraft * (len(made.times_s) + 1) + frame, return_inverse=True)
    return ByAircraft(
        names,
        np.bincount(of, minlength=n),
        tracked,
        longest,
        _needed(n, *_segments(aircraft, number, met_as)),
        switches(made, of, n),
        np.where(tracked > 0, met - first, -1),
    )


def switches(made: Picture, of: Counts, count: int) -> Counts:
    """Count for each aircraft how often its only track has another number than the one before, gaps passed over."""
    rows = np.flatnonzero(made.only >= 0)
    aircraft, number = of[made.only[rows]], made.held["number"][rows]
    order = np.lexsort((made.held_frame[rows], aircraft))
    aircraft, number = aircraft[order], number[order]
    changed = (aircraft[1:] == aircraft[:-1]) & (number[1:] != number[:-1])
    return np.bincount(aircraft[1:][changed], minlength=count)


def _segments(aircraft: Counts, number: Counts, frame: Counts) -> tuple[Counts, Counts, Counts]:
    """Return aircraft, first and last frame of every unbroken stretch of one number on one aircraft."""
    order = np.lexsort((frame, number, aircraft))
    aircraft, number, frame = aircraft[order], number[order], frame[order]
    same = (aircraft[1:] == aircraft[:-1]) & (number[1:] == number[:-1]) & (frame[1:] == frame[:-1] + 1)
    if not len(aircraft):
        return aircraft, frame, frame
    begins = np.flatnonzero(np.concatenate([[True], ~same]))
    ends = np.concatenate([begins[1:] - 1, [len(aircraft) - 1]])
    return aircraft[begins], frame[begins], frame[ends]


def _needed(count: int, owner: Counts, begin: Counts, end: Counts) -> Counts:
    """Return the fewest stretches that cover each aircraft's tracked frames: always the one that lasts longest.

    The frames of all aircraft are counted on in one row, none left out.
    """
    out = np.zeros(count, np.int64)
    covered = reach = whose = -1
    for at in np.lexsort((begin, owner)).tolist():
        if begin[at] > covered + 1:  # nothing begins in time any more: take what reaches furthest
            out[whose] += 1
            covered = reach
        if end[at] > reach:
            reach, whose = int(end[at]), int(owner[at])
    if reach > covered:
        out[whose] += 1
    return out

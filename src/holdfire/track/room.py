"""The room that the tracker works in: parts of one array of words, read as records.

What is in it is written anew at every tick, but for what is said to be kept: each track's course and looks, and the
maps of clutter and of coverage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.errors import CapacityError
from holdfire.messages.track import TRACK, Tracks
from holdfire.track.cover import CELLS as COVER_CELLS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

SIDE: Final = 64
"""Cells of a spatial hash in each direction; it repeats beyond, which costs time and no truth."""
CELLS: Final = SIDE * SIDE
LEVELS: Final = 2
"""Spatial hashes: of tracks whose next plot is near, and of those whose next plot may be far."""
CLUTTER_SIDE: Final = 32
"""Cells of a clutter map in each direction; it repeats beyond."""
PAIRS: Final = 16
"""Most tracks that one plot is weighed against: the likeliest."""
MOST_SENSORS: Final = 62
"""As many as a word has bits to name them by."""

ROW: Final = np.dtype(
    [
        ("later", np.int64),  # of the plot at this index: the next one of the same sensor, -1: none
        ("cell", np.int64),  # of the plot at this index: its cell of the clutter map
        ("plot", np.int64),  # of the row: its plot
        ("pairs", np.int64),  # tracks that it may be given to
        ("taken", np.int64),  # the one it is given to, -1: none; once all are given, the places of tracks that begin
        ("price", np.float64),  # dual variable of the assignment
        ("root", np.int64),  # of the soft association: lowest row of its cluster
        ("next", np.int64),  # the cluster's next row, -1: none
        ("prior", np.int64),  # the row chosen for before, -1: none
        ("choice", np.int64),  # the pair chosen, as many as there are: none of them
        ("reached", np.float64),  # weight of what is chosen before
        ("free", np.float64),  # weight of no column
    ]
)
"""A row is a plot of the sensor at hand."""

PAIR: Final = np.dtype(
    [
        ("column", np.int64),  # a track's place
        ("gain", np.float64),  # log-likelihood gained by giving it the plot
        ("noise", np.float64),  # least noise of acceleration under which it is gained, m²/s³
        ("weight", np.float64),  # of the soft association: of this choice among the row's
        ("chance", np.float64),  # that the plot is the track's
    ]
)

COLUMN: Final = np.dtype(
    [
        ("x_m", np.float64),  # predicted position
        ("y_m", np.float64),
        ("reach_m", np.float64),  # how far from there its next plot may be
        ("price", np.float64),  # dual variable of the assignment
        ("far", np.float64),  # in a search: least reduced cost of reaching it
        ("owner", np.int64),  # row that it is given to, -1: none
        ("after", np.int32),  # next track in the same cell, -1: none
        ("via", np.int32),  # in a search: row from which it was reached
        ("mark", np.int32),  # in a search: 1 reached, 2 settled
        ("reached", np.int32),  # in a search: the columns reached, one after another
    ],
    align=True,
)
"""A column is a track's place, as the plots of a look see it: small, so that all of them stay near the processor."""

COURSE: Final = np.dtype(
    [
        ("time_s", np.float64),  # of the state that follows
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("vx_m_s", np.float64),
        ("vy_m_s", np.float64),
        ("place_m2", np.float64),  # no variance of place in any direction is more
        ("both_m2_s", np.float64),  # nor is any covariance of place and velocity
        ("speed_m2_s2", np.float64),  # nor is any variance of velocity
    ]
)
"""What every tick asks of a track's state, in order to place it."""

LOOK: Final = np.dtype(
    [
        ("last_s", np.float64),  # when the sensor last fed the track, -inf: never
        ("due_s", np.float64),  # when its next plot is missed, inf: it does not look there
    ]
)

_WORDS_A_ROW, _WORDS_A_PAIR = ROW.itemsize // 8, PAIR.itemsize // 8
_WORDS_A_COLUMN, _WORDS_A_COURSE, _WORDS_A_LOOK = COLUMN.itemsize // 8, COURSE.itemsize // 8, LOOK.itemsize // 8
_WORDS_OF_HEADS = LEVELS * CELLS // 2
LENGTH, LAST, TICK, PER = LEVELS, LEVELS + 1, LEVELS + 2, LEVELS + 3
"""Places in `Room.known`."""
_KNOWN = PER + LEVELS


class Room(NamedTuple):
    """Parts of `Tracks.work`."""

    head: NDArray[np.int32]  # first track in each cell of each level, -1: none
    first: NDArray[np.int64]  # first plot of each sensor, -1: none
    rows: Records
    pairs: Records  # PAIRS of them a row
    columns: Records
    courses: Records  # of each track's place; kept
    due_s: NDArray[np.float64]  # when each track's next plot is missed if no sensor gave one; -inf: it is dropped; kept
    looks: Records  # LOOK of each sensor, all sensors of a track together; kept
    clutter: NDArray[np.float64]  # plots of no confirmed track, fading, by sensor and cell; kept
    cover: NDArray[np.float64]  # where sensors were shown to see, as `cover` says; empty: they are taken to; kept
    known: NDArray[
        np.float64
    ]  # most reach in each level; by place: length of what the maps know, time and length of a tick, cells in a metre


def tracks_for(capacity: int, n_sensors: int, n_plots: int, *, learns: bool = False) -> Tracks:
    """Return room for tracks, none of them in use.

    Parameters
    ----------
    capacity
        Most tracks at a time, tentative ones included.
    n_sensors
        Number of sensors, at most `MOST_SENSORS`.
    n_plots
        Most plots of one tick: the length of `Plots.plot`.
    learns
        Silence counts only where a sensor was shown to see, which is learned; else all that fed a track are taken to.
    """
    if n_sensors > MOST_SENSORS:
        message = f"{n_sensors} sensors: the tracker tells {MOST_SENSORS} apart; leave some out"
        raise CapacityError(message)
    words = _WORDS_OF_HEADS + n_sensors * (1 + CLUTTER_SIDE * CLUTTER_SIDE) + _KNOWN
    words += n_plots * (_WORDS_A_ROW + PAIRS * _WORDS_A_PAIR)
    words += capacity * (_WORDS_A_COLUMN + _WORDS_A_COURSE + 1 + _WORDS_A_LOOK * n_sensors)
    words += 2 * COVER_CELLS * n_sensors * learns
    return Tracks(
        np.zeros(capacity, TRACK), np.zeros(capacity, np.int64), np.zeros(5, np.int64), np.zeros(words, np.int64)
    )


def cover_of(tracks: Tracks, n_sensors: int) -> NDArray[np.float64]:
    """Return the map of coverage in the room of tracks that learn it, as `cover.learn` takes it; of 0 sensors: none."""
    end = tracks.work.size - _KNOWN
    return tracks.work[end - 2 * COVER_CELLS * n_sensors : end].view(np.float64).reshape(-1, 2)


@kernel
def open_room(work: NDArray[np.int64], capacity: int, n_sensors: int, n_plots: int) -> Room:
    """Part the words of `Tracks.work`, which were measured by `tracks_for`."""
    a = _WORDS_OF_HEADS
    b = a + n_sensors
    c = b + n_plots * _WORDS_A_ROW
    d = c + n_plots * PAIRS * _WORDS_A_PAIR
    e = d + capacity * _WORDS_A_COLUMN
    f = e + capacity * _WORDS_A_COURSE
    g = f + capacity
    h = g + capacity * n_sensors * _WORDS_A_LOOK
    i = h + n_sensors * CLUTTER_SIDE * CLUTTER_SIDE
    j = work.size - _KNOWN  # what is left is the map of coverage, or nothing
    if j != i and j != i + 2 * COVER_CELLS * n_sensors:
        raise ValueError("these tracks were made for other sensors or plots: see tracks_for")
    return Room(
        work[:a].view(np.int32),
        work[a:b],
        work[b:c].view(ROW),
        work[c:d].view(PAIR),
        work[d:e].view(COLUMN),
        work[e:f].view(COURSE),
        work[f:g].view(np.float64),
        work[g:h].view(LOOK),
        work[h:i].view(np.float64),
        work[i:j].view(np.float64).reshape(-1, 2),
        work[j:].view(np.float64),
    )

"""The room that the tracker works in: parts of one array of words, read as records.

What is in it is written anew at every tick, but for when each sensor last fed each track, and for how strained
each track's model of motion is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.errors import CapacityError
from holdfire.messages.track import TRACK, Tracks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

SIDE: Final = 64
"""Cells of the spatial hash in each direction; it repeats beyond, which costs time and no truth."""
PAIRS: Final = 16
"""Most tracks that one plot is weighed against: the likeliest."""
MOST_SENSORS: Final = 62
"""As many as a word has bits to name them by."""

ROW: Final = np.dtype(
    [
        ("later", np.int64),  # of the plot at this index: the next one of the same sensor, -1: none
        ("plot", np.int64),  # of the row: its plot
        ("pairs", np.int64),  # tracks that it may be given to
        ("taken", np.int64),  # the one it is given to, -1: none
        ("price", np.float64),  # dual variable of the assignment
    ]
)
"""A row is a plot of the sensor at hand."""

PAIR: Final = np.dtype(
    [
        ("column", np.int64),  # a track's place
        ("gain", np.float64),  # log-likelihood gained by giving it the plot
        ("noise", np.float64),  # noise of acceleration under which it is gained, m²/s³
        ("squared", np.float64),  # squared statistical distance without a sudden manoeuvre
    ]
)

COLUMN: Final = np.dtype(
    [
        ("after", np.int64),  # next track in the same cell, -1: none
        ("owner", np.int64),  # row that it is given to, -1: none
        ("via", np.int64),  # in a search: row from which it was reached
        ("mark", np.int64),  # in a search: 1 reached, 2 settled
        ("reached", np.int64),  # in a search: the columns reached, one after another
        ("far", np.float64),  # in a search: least reduced cost of reaching it
        ("price", np.float64),  # dual variable of the assignment
        ("x_m", np.float64),  # predicted position
        ("y_m", np.float64),
        ("strain", np.float64),  # fading mean of squared statistical distances; 2 where the model holds; kept
    ]
)
"""A column is a track's place."""

_WORDS_A_ROW, _WORDS_A_PAIR, _WORDS_A_COLUMN = ROW.itemsize // 8, PAIR.itemsize // 8, COLUMN.itemsize // 8


class Room(NamedTuple):
    """Parts of `Tracks.work`."""

    head: NDArray[np.int64]  # first track in each cell, -1: none
    first: NDArray[np.int64]  # first plot of each sensor, -1: none
    rows: Records
    pairs: Records  # PAIRS of them a row
    columns: Records
    looked_s: NDArray[np.float64]  # when each sensor last fed a track, all sensors of a track together; kept


def tracks_for(capacity: int, n_sensors: int, n_plots: int) -> Tracks:
    """Return room for tracks, none of them in use.

    Parameters
    ----------
    capacity
        Most tracks at a time, tentative ones included.
    n_sensors
        Number of sensors, at most `MOST_SENSORS`.
    n_plots
        Most plots of one tick: the length of `Plots.plot`.
    """
    if n_sensors > MOST_SENSORS:
        message = f"{n_sensors} sensors: the tracker tells {MOST_SENSORS} apart; leave some out"
        raise CapacityError(message)
    words = SIDE * SIDE + n_sensors
    words += n_plots * (_WORDS_A_ROW + PAIRS * _WORDS_A_PAIR) + capacity * (_WORDS_A_COLUMN + n_sensors)
    return Tracks(
        np.zeros(capacity, TRACK), np.zeros(capacity, np.int64), np.zeros(5, np.int64), np.zeros(words, np.int64)
    )


@kernel
def open_room(work: NDArray[np.int64], capacity: int, n_sensors: int, n_plots: int) -> Room:
    """Part the words of `Tracks.work`, which were measured by `tracks_for`."""
    a = SIDE * SIDE
    b = a + n_sensors
    c = b + n_plots * _WORDS_A_ROW
    d = c + n_plots * PAIRS * _WORDS_A_PAIR
    e = d + capacity * _WORDS_A_COLUMN
    if work.size != e + capacity * n_sensors:
        raise ValueError("these tracks were made for other sensors or plots: see tracks_for")
    return Room(
        work[:a],
        work[a:b],
        work[b:c].view(ROW),
        work[c:d].view(PAIR),
        work[d:e].view(COLUMN),
        work[e:].view(np.float64),
    )

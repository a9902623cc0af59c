"""The recognised air picture: plots become tracks, tracks become evidence. Simulation and live watch share it.

No truth is in reach here; where a plot came from stands beside it for scoring, and is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.identify.evidence import identify
from holdfire.identify.prepare import memory_for
from holdfire.messages.layout import EVIDENCE
from holdfire.track.room import tracks_for
from holdfire.track.tracker import track

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.ground import Ground
    from holdfire.identify.view import Memory, View
    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks


class Picture(NamedTuple):
    """What is believed: tracks, what is remembered of each, and the evidence on those that are confirmed."""

    tracks: Tracks
    memory: Memory
    rows: Records  # EVIDENCE, the first counts[0] of them
    slots: NDArray[np.int64]  # the track's place that each row is about
    numbers: NDArray[np.int64]  # the track's number
    hosts: NDArray[np.int64]  # the guarded state whose side the row is stated from
    counts: NDArray[np.int64]  # (rows,)


def picture_for(n_tracks: int, n_sensors: int, n_plots: int, n_plans: int) -> Picture:
    """Return an empty picture with room for tracks, for the plots that sensors give in a tick, and for plans."""
    nobody = np.zeros(n_tracks, np.int64)
    return Picture(
        tracks_for(n_tracks, n_sensors, n_plots), memory_for(n_tracks, n_plans), np.zeros(n_tracks, EVIDENCE),
        nobody, nobody.copy(), nobody.copy(), np.zeros(1, np.int64),
    )  # fmt: skip


@kernel
def follow(picture: Picture, plots: Plots, stated: Records, tuning: Records, time_s: float) -> None:
    """Take the plots of one tick into the tracks."""
    track(picture.tracks, plots, stated, tuning, time_s)


@kernel
def recognise(picture: Picture, view: View, ground: Ground, contacts: Records, plans: Plans, time_s: float) -> None:
    """Write what is known of every confirmed track, by all that was reported of it."""
    n = identify(
        view,
        ground,
        picture.memory,
        picture.tracks,
        contacts,
        plans,
        time_s,
        picture.rows,
        picture.slots,
        picture.hosts,
    )
    for row in range(n):
        picture.numbers[row] = picture.tracks.track[picture.slots[row]]["number"]
    picture.counts[0] = n

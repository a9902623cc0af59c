"""A whole recording through the tracker in one compiled call, with what was believed at chosen times.

Plots are taken in ticks; those of one tick may be in any order, and a track takes a plot older than its state
one step back. What comes later than its tick is waited for: a buffer puts it in its place as long as it holds it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.compiled import allocating, kernel
from holdfire.errors import CapacityError
from holdfire.messages.plot import PLOT, SENSOR_AS_TRACKED, plots_for
from holdfire.messages.track import SNAPSHOT, Stand
from holdfire.track.cover import learn
from holdfire.track.expected import innovation
from holdfire.track.room import cover_of, tracks_for
from holdfire.track.tracker import track
from holdfire.track.tuning import tuning_record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.tuning import Tuning

MOST_TRACKS: Final = 1 << 18
"""More tracks at a time, tentative ones included, are a mistake in the recording or in what is stated (assumed)."""
TOO_LATE: Final = -1
_CONFIRMED = int(Stand.CONFIRMED)
_FULL = -1


def track_all(  # noqa: PLR0913
    plot: Records,
    stated: Records,
    tuning: Tuning | None = None,
    tick_s: float = 1.0,
    snapshots_s: NDArray[np.float64] | None = None,
    delay_s: float | None = None,
    *,
    learns: bool = False,
    nis: NDArray[np.float64] | None = None,
) -> tuple[Records, NDArray[np.int64]]:
    """Track a recording.

    Parameters
    ----------
    plot
        `PLOT` records, sorted by time.
    stated
        A `SENSOR_AS_TRACKED` record for each sensor.
    tuning
        Settings; the tracker's own where none are given.
    tick_s
        Plots are taken in steps of so many seconds.
    snapshots_s
        Times, rising, at which to note what is believed; each sees the plots up to it and no later ones. None: at
        the end of every tick.
    delay_s
        Plots are in the order in which they came in, and wait so long for those that are late: what is believed of a
        time is known so much later. None: they must be sorted.
    learns
        Silence counts only where a sensor was shown to see, as `tracks_for` says.
    nis
        Room for the squared innovation of each plot; what is there is written over, NaN where nothing was expected.

    Returns
    -------
    history
        A `SNAPSHOT` record for each confirmed track at each of these times.
    fed
        The number of the track that took each plot, 0: none, `TOO_LATE`: it came more than `delay_s` after a plot
        of a later time. A track merged later keeps the number here.

    Raises
    ------
    CapacityError
        More than `MOST_TRACKS` tracks at a time.
    ValueError
        Plots not sorted by time, or a time that is no number.
    """
    if delay_s is not None:
        order, fed = in_time(plot["time_s"], delay_s), np.full(plot.size, TOO_LATE)
        found = None if nis is None else np.empty(order.size)
        history, fed[order] = track_all(plot[order], stated, tuning, tick_s, snapshots_s, learns=learns, nis=found)
        if nis is not None and found is not None:
            nis[:] = np.nan
            nis[order] = found
        return history, fed
    if not (np.diff(plot["time_s"]) >= 0).all() or not np.isfinite(plot["time_s"]).all():
        message = f"plots must be sorted by time, without NaN: of {plot.size}, some are earlier than those before"
        raise ValueError(message)
    if not plot.size:
        return np.zeros(0, SNAPSHOT), np.zeros(0, np.int64)
    # As kernels know them: an array read from a file has lost that its records are aligned.
    plot, stated = np.ascontiguousarray(plot).view(PLOT), np.ascontiguousarray(stated).view(SENSOR_AS_TRACKED)
    settings = tuning_record(tuning)
    ends_s = _ticks(plot["time_s"], tick_s, snapshots_s)
    noted = np.ones(ends_s.size, np.bool_) if snapshots_s is None else np.isin(ends_s, snapshots_s)
    edges = np.searchsorted(plot["time_s"], ends_s, side="right")
    most, capacity = int(np.diff(edges, prepend=0).max()), 1 << 14
    while capacity <= MOST_TRACKS:
        tracks, fed = tracks_for(capacity, stated.size, most, learns=learns), np.zeros(plot.size, np.int64)
        known = np.full((capacity if learns else 0, stated.size + 1, 2), -np.inf)
        before = np.zeros(0 if nis is None else capacity, SNAPSHOT), np.zeros(0) if nis is None else nis
        learned = cover_of(tracks, stated.size if learns else 0), known
        history, count = _run(
            tracks, plots_for(most), plot, stated, settings, ends_s, edges, noted, fed, learned, before
        )
        if count >= 0:
            return history[:count], fed
        capacity *= 4
    message = f"more than {MOST_TRACKS} tracks at a time: state the sensors' clutter as it is, or leave sensors out"
    raise CapacityError(message)


def in_time(time_s: NDArray[np.float64], delay_s: float) -> NDArray[np.intp]:
    """Return the places of plots by time, without those that came more than `delay_s` after one of a later time."""
    kept = np.flatnonzero(time_s >= np.maximum.accumulate(time_s) - delay_s)
    return kept[np.argsort(time_s[kept], kind="stable")]


def _ticks(time_s: NDArray[np.float64], tick_s: float, snapshots_s: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return the ends of the ticks: multiples of `tick_s` and the times of snapshots."""
    first, last = math.ceil(time_s[0] / tick_s), math.ceil(time_s[-1] / tick_s)
    ends_s = tick_s * np.arange(first, last + 1, dtype=np.float64)
    return ends_s if snapshots_s is None else np.union1d(ends_s, snapshots_s)


@allocating
def _run(  # noqa: C901, PLR0913
    tracks: Tracks, plots: Plots, plot: Records, stated: Records, tuning: Records, ends_s: NDArray[np.float64],
    edges: NDArray[np.int64], noted: NDArray[np.bool_], fed: NDArray[np.int64],
    learned: tuple[NDArray[np.float64], NDArray[np.float64]], before: tuple[Records, NDArray[np.float64]],
) -> tuple[Records, int]:  # fmt: skip
    """Take all ticks; return the snapshots and how many there are, -1: no room for another track."""
    history, count, done, (cover, known), (states, nis) = np.empty(1024, SNAPSHOT), 0, 0, learned, before
    for tick in range(ends_s.size):
        for index in range(done, edges[tick]):
            plots.plot[index - done] = plot[index]
        plots.counts[0] = edges[tick] - done
        track(tracks, plots, stated, tuning, ends_s[tick])
        in_use = tracks.counts[0]
        if in_use < 0:
            return history, _FULL
        for index in range(done, edges[tick]):
            slot = plots.fed[index - done]
            fed[index] = tracks.track[slot]["number"] if slot >= 0 else 0
            if known.size > 0 and slot >= 0 and tracks.track[slot]["stand"] >= _CONFIRMED:
                learn(cover, known, slot, tracks.track[slot], plot[index], stated, tuning[0])
            if states.size > 0:
                nis[index] = innovation(states[slot], fed[index], plot[index]) if slot >= 0 else math.nan
        done = edges[tick]
        for index in range(in_use if states.size > 0 else 0):
            slot = tracks.used[index]
            if tracks.track[slot]["stand"] >= _CONFIRMED:
                note(states[slot], tracks.track[slot], ends_s[tick], tuning[0])
        if noted[tick]:
            while count + in_use > history.size:
                history = np.concatenate((history, history))
            for index in range(in_use):
                record = tracks.track[tracks.used[index]]
                if record["stand"] >= _CONFIRMED:
                    note(history[count], record, ends_s[tick], tuning[0])
                    count += 1
    return history, count


@kernel
def note(out: np.void, record: np.void, time_s: float, tuning: np.void) -> None:
    """Write what is believed of a track at a time, carried there in steady flight.

    While steady flight is all but certain the covariance is that of the written mean in this mode, without what is
    there for turns alone, and with a little noise since the last plot, as nothing yet speaks against a turn there.
    The chance of a turn, which gates must allow for, would else make every straight flight's speed hardly known.
    """
    t, q, d = time_s - record["time_s"], out["p"], (0.0, 0.0, 0.0, 0.0)
    from_mode = record["modes"][0] >= tuning["steady_least"]
    state, spare = record["mode_state"], record["spare"]
    if from_mode:
        d = (
            state[0, 0] - record["x_m"], state[1, 0] - record["y_m"],
            state[2, 0] - record["vx_m_s"], state[3, 0] - record["vy_m_s"],
        )  # fmt: skip
    index = 0
    for row in range(4):
        for column in range(row, 4):
            own = state[4 + index, 0] - spare[4 + index, 0] if from_mode else record["p"][index]
            q[index] = own + d[row] * d[column]
            index += 1
    out["time_s"], out["number"], out["stand"], out["fed_s"] = (
        time_s,
        record["number"],
        record["stand"],
        record["fed_s"],
    )
    out["existence"] = 1.0 / (1.0 + math.exp(-record["score"]))
    out["x_m"], out["y_m"] = record["x_m"] + t * record["vx_m_s"], record["y_m"] + t * record["vy_m_s"]
    out["vx_m_s"], out["vy_m_s"] = record["vx_m_s"], record["vy_m_s"]
    kick = tuning["unseen_m2_s3"] * abs(t)
    wide = kick * t * t / 3.0
    q[0] += t * (2.0 * q[2] + t * q[7]) + wide
    q[1] += t * (q[3] + q[5] + t * q[8])
    q[4] += t * (2.0 * q[6] + t * q[9]) + wide
    q[2], q[3] = q[2] + t * q[7] + 0.5 * kick * t, q[3] + t * q[8]
    q[5], q[6] = q[5] + t * q[8], q[6] + t * q[9] + 0.5 * kick * t
    q[7], q[9] = q[7] + kick, q[9] + kick
    out["h_m"], out["vh_m_s"] = record["h_m"] + t * record["vh_m_s"], record["vh_m_s"]
    out["mode_a"], out["address"] = record["mode_a"], record["address"]
    for mode in range(record["modes"].size):
        out["modes"][mode] = record["modes"][mode]

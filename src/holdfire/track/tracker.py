"""The tracker: the plots of each tick become tracks. `track` is its one entry; another tracker would offer the same.

It never reads `plots.origin`, which is truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.compiled import fetch, kernel
from holdfire.messages.track import Stand
from holdfire.track.assign import assign
from holdfire.track.birth import begin_tracks
from holdfire.track.clutter import fade_clutter
from holdfire.track.feed import feed_record, feed_state
from holdfire.track.gate import pair_up
from holdfire.track.merge import merge_all
from holdfire.track.place import by_sensor, place_all, settle
from holdfire.track.room import PAIRS, open_room, tracks_for
from holdfire.track.score import age, confirm, count_look, missed, note_look, score_plot
from holdfire.track.soft import feed_soft, share_out

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

_TENTATIVE = int(Stand.TENTATIVE)
_AHEAD = 2  # plots between the one whose track is fetched and the one that is fed

__all__ = ["track", "tracks_for"]


@kernel
def track(tracks: Tracks, plots: Plots, stated: Records, tuning: Records, time_s: float) -> None:
    """Take the plots of one tick into the tracks.

    The sensors are taken one after another. Of each, all plots are assigned together (global nearest
    neighbour), or shared out by chance where `soft` is set; what is left begins tentative tracks. Then the tracks
    that were due and not seen are judged.

    Parameters
    ----------
    tracks
        From `tracks_for`. `counts[0]` is -1 afterwards where there was no room for another track.
    plots
        The plots of the tick, in any order; `fed` becomes the place of the track that took each.
    stated
        A `SENSOR_AS_TRACKED` record for each sensor.
    tuning
        The one `TUNING` record of `tuning_record`.
    time_s
        The time of the tick; the plots may be up to one tick older.
    """
    counts, plot, settings = tracks.counts, plots.plot, tuning[0]
    if counts[0] < 0:
        return
    room = open_room(tracks.work, tracks.track.size, stated.size, plot.size)
    fade_clutter(room, settings, time_s)
    place_all(tracks, room, settings, time_s)
    by_sensor(plots, room, settings)
    for sensor in range(stated.size):
        if room.first[sensor] >= 0:
            rows, taken = pair_up(tracks.track, plots, sensor, stated[sensor], room, settings), -1
            if settings["soft"]:
                share_out(rows, room.rows, room.pairs, room.columns, settings)
                feed_soft(tracks, plots, rows, stated[sensor], room, settings)
            else:
                assign(rows, room.rows, room.pairs, room.columns)
                taken = feed_all(tracks, plots, rows, stated[sensor], room, settings)
            if taken < rows:  # most looks leave no plot over
                begin_tracks(tracks, plots, rows, stated[sensor], room, settings)
                if counts[0] < 0:
                    return
    age(tracks, stated, room, settings, time_s)
    if int(time_s) % settings["merge_every_s"] == 0:
        merge_all(tracks, plots, stated, room, settings, time_s)


@kernel
def feed_all(tracks: Tracks, plots: Plots, rows: int, stated: np.void, room: Room, tuning: np.void) -> int:
    """Give each assigned plot to its track; return how many were."""
    track, plot, fed, all_rows, pairs = tracks.track, plots.plot, plots.fed, room.rows, room.pairs
    courses, due_s, looks, clutter = room.courses, room.due_s, room.looks, room.clutter
    n_sensors, taken = room.first.size, 0
    miss = missed(stated, tuning)
    for index in range(rows):
        row = all_rows[index]
        slot, place, at = row["taken"], index * PAIRS, row["plot"]
        if index + _AHEAD < rows:
            fetch(track, max(all_rows[index + _AHEAD]["taken"], 0))
        if slot >= 0:
            record, here = track[slot], plot[at]
            while pairs[place]["column"] != slot:
                place += 1
            pair = pairs[place]
            if record["stand"] == _TENTATIVE:
                clutter[all_rows[at]["cell"]] += 1.0
            feed_state(record, here, (1.0, 0.0, 0.0, 0.0), pair["noise"], tuning)
            addressed = feed_record(record, here)
            score_plot(record, pair["gain"], miss, tuning)
            count_look(record)
            settle(record, courses[slot])
            due_s[slot] = note_look(here, slot * n_sensors, n_sensors, stated, looks, tuning)
            tracks.counts[3] += confirm(record, addressed, tuning)
            fed[at] = slot
            taken += 1
    return taken

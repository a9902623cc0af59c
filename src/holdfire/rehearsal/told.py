"""What a night came to, for a study: figures, the aircraft that matter, events, and a digest of all that happened."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.recfunctions import repack_fields

from holdfire.escalate.climb import climb
from holdfire.messages.aircraft import AIRCRAFT, SCRATCH, Part, Status
from holdfire.messages.night import OptionNight
from holdfire.messages.response import EVENT, What
from holdfire.rehearsal.traced import counted, traced
from holdfire.respond.cost import OWN, other_cost, own_cost
from holdfire.score.figures import figures
from holdfire.score.join import scored_under

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Ladder
    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.setting import Scene
    from holdfire.world.platform import Platform

_ENDS: Final = {
    Status.FELL: What.FELL, Status.ARRIVED: What.ARRIVED, Status.LEFT: What.LEFT,
}  # fmt: skip
"""Ends of an intruder that no responder reports; the others are events already."""


def told(
    scene: Scene, ladder: Ladder, night: Night, place: int, option: str, foreign: Collection[int] = ()
) -> OptionNight:
    """Return what a night came to under the option at a place among those that had it.

    `foreign` are the lines of intruders that are not the other side's.
    """
    every = scored_under(night.score, place)
    every["status"] = night.world.aircraft["status"]
    events = all_events(every, night.response.events[: night.response.counts[0]])
    scored = every[_matter(every)]
    for axis in ("x_m", "y_m"):
        scored[f"ended_{axis}"] = night.world.aircraft[axis][scored["aircraft"]]
    found = figures(scored, events, night.response.responders, night.score.counts)
    theirs_not = (every["part"] == Part.INTRUDER) & np.isin(every["line"], list(foreign))
    strays = set(every["aircraft"][theirs_not].tolist())
    peaks = climb(_moving(events, ladder), night.world.aircraft, ladder, strays)
    own = own_cost(scene.setting.means, night.response, hour_eur(scene))
    other = other_cost(night.world.aircraft, replacement_eur(scene.platforms))
    found |= {
        **dict(zip(OWN, own.meur, strict=True)),
        "cost_other_meur": other.middle_eur / 1e6,
        "peak_rung_own": float(peaks.own),
        "peak_rung_other": float(peaks.other),
    }
    found |= counted(traced(scene, night, every, place).values())
    return OptionNight(option, digest(night, every), found, scored, events)


def _matter(scored: Records) -> NDArray[np.bool_]:
    """Return which rows are kept: intruders, strays, and whoever was met or engaged."""
    kept: NDArray[np.bool_] = (scored["part"] == Part.INTRUDER) | (scored["part"] == Part.FRIENDLY_DRONE)
    kept |= np.isfinite(scored["intercepted_s"]) | np.isfinite(scored["engaged_s"])
    return kept


def all_events(scored: Records, reported: Records) -> Records:
    """Return the events in the order of time, those that only the truth knows among them."""
    mine = scored[scored["part"] == Part.INTRUDER]
    rows = [(row["entered_s"], What.ENTERED, 0, row["aircraft"], -1, 0.0) for row in mine]
    rows += [
        (row["ended_s"], _ENDS[row["status"]], 0, row["aircraft"], -1, 0.0) for row in mine if row["status"] in _ENDS
    ]
    hidden = np.array(rows, EVENT)
    out: Records = np.concatenate([reported, hidden[np.isfinite(hidden["time_s"])]])
    return out[np.argsort(out["time_s"], kind="stable")]


def _moving(events: Records, ladder: Ladder) -> Records:
    """Return the events that a move of the ladder asks about."""
    return events[np.isin(events["what"], [int(move.what) for move in ladder.moves])]


def hour_eur(scene: Scene) -> NDArray[np.float64]:
    """Return the least and most cost of an hour's flying of each responder, EUR."""
    hours = [scene.platforms[place].hour_cost_eur for place in scene.own.aircraft["platform"]]
    return np.array([(each.low, each.high) if each else (0.0, 0.0) for each in hours]).reshape(-1, 2)


def replacement_eur(platforms: tuple[Platform, ...]) -> NDArray[np.float64]:
    """Return the least and most cost of a new one of each platform, EUR."""
    return np.array([(each.cost_eur.low, each.cost_eur.high) for each in platforms])


def digest(night: Night, scored: Records) -> str:
    """Return the SHA-256 of all that happened: truth, tracks, response and score; scratch is left out."""
    out = hashlib.sha256()
    tracks, response = night.picture.tracks, night.response
    used = tracks.used[: tracks.counts[0]]
    truth = repack_fields(night.world.aircraft[[name for name in AIRCRAFT.names or () if name not in SCRATCH]])
    for part in (
        truth, tracks.track[used], tracks.counts, response.responders, response.contacts[used],
        response.events[: response.counts[0]], night.plots.counts[1:], scored,
    ):  # fmt: skip
        out.update(np.ascontiguousarray(part).tobytes())
    return out.hexdigest()

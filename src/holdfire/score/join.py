"""Joins plots, tracks, rulings and events with the truth, by place, as the night goes on; nothing reads it back."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.ground import depth_at
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.authority import ROLE_BIT, Role
from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES, SCORED
from holdfire.messages.track import Stand
from holdfire.messages.vocabulary import CLASSES
from holdfire.score.origins import Origins, begin, note_origin, origins_for, wrongs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.ground import Ground
    from holdfire.messages.aircraft import World
    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.response import Response
    from holdfire.messages.track import Tracks
    from holdfire.picture import Picture

_CONFIRMED: Final = int(Stand.CONFIRMED)
_FLYING: Final = int(Status.FLYING)
_INTRUDER, _STRAY = int(Part.INTRUDER), int(Part.FRIENDLY_DRONE)
_ENGAGE: Final = ALL_ACTIONS.index(Action.ENGAGE)
_FORCE, _CREW = 1 << _ENGAGE, ROLE_BIT[Role.CREW]
_THREAT: Final = sum(1 << CONCLUSIONS.index(each) for each in (Identity.SUSPECT, Identity.HOSTILE))
_NOT_ESTABLISHED: Final = CLASSES.index("not-established")
_FIRED, _DISRUPTED, _DEPARTED, _GRANTED, _TASKED, _FOUND, _LOOKED = (
    int(each)
    for each in (
        What.FIRED, What.DISRUPTED, What.DEPARTED, What.GRANTED, What.TASKED, What.FOUND, What.LOOKED,
    )
)  # fmt: skip
_BY_RULE, _WRONG_LOOK, _WRONG_AIRCRAFT, _DEPARTURE = range(len(CAUSES))


class Score(NamedTuple):
    """What is counted of one night under one option."""

    scored: Records  # SCORED, one for each aircraft; what rulings say of it stands below until the end
    ruled_s: NDArray[np.float64]  # (options, aircraft, 3): assessed as a threat, force permitted, crew with the word
    watched: NDArray[np.int64]  # places of intruders and strays
    owner: NDArray[np.int64]  # (tracks,): the aircraft whose plot each track took last, -1: clutter or none
    owner_of: NDArray[np.int64]  # (tracks,): the track's number that it is about
    counted: NDArray[np.int64]  # (tracks, 2): the number and aircraft last counted as a confirmed track of its own
    counts: NDArray[np.int64]  # (events read, tracks confirmed, of them false, aircraft-ticks flown)
    origins: Origins


def score_for(world: World, n_tracks: int, n_options: int) -> Score:
    """Return a sheet on which nothing has happened yet."""
    scored = np.zeros(world.aircraft.size, SCORED)
    for name in SCORED.names or ():
        scored[name] = inf if name.endswith("_s") else 0
    scored["aircraft"] = np.arange(scored.size)
    for name in ("part", "platform", "line", "ordinal", "payload", "crewed"):
        scored[name] = world.aircraft[name]
    scored["cause"], scored["depth_m"] = -1, -inf
    ruled_s = np.full((n_options, scored.size, 3), inf)
    watched = np.flatnonzero((scored["part"] == Part.INTRUDER) | (scored["part"] == Part.FRIENDLY_DRONE))
    nobody, none = np.full(n_tracks, -1, np.int64), np.zeros(n_tracks, np.int64)
    return Score(
        scored,
        ruled_s,
        watched,
        nobody,
        none,
        np.zeros((n_tracks, 2), np.int64),
        np.zeros(4, np.int64),
        origins_for(n_tracks, scored.size),
    )


@kernel
def score_plots(score: Score, plots: Plots, tracks: Tracks, time_s: float) -> None:
    """Note, for each plot of this tick, which aircraft was seen and which track it went to."""
    scored, _, _, owner, owner_of, counted, _, origins = score
    plot_count, origin, fed, track = plots.counts[0], plots.origin, plots.fed, tracks.track
    for each in range(plot_count):
        aircraft, place = origin[each], fed[each]
        if place >= 0:
            owner[place], owner_of[place] = aircraft, track[place]["number"]
        if aircraft < 0:
            continue
        if place >= 0:
            note_origin(origins.of[place], track[place]["number"], aircraft, plots.plot[each], time_s)
        row = scored[aircraft]
        row["detected_s"] = min(row["detected_s"], time_s)
        if place >= 0 and 0 <= plots.plot[each]["visual_class"] != _NOT_ESTABLISHED:
            row["identified_s"] = min(row["identified_s"], time_s)
        if place >= 0 and track[place]["stand"] >= _CONFIRMED:
            row["tracked_s"] = min(row["tracked_s"], time_s)
            row["track"] = track[place]["number"]
            if counted[place, 0] != row["track"] or counted[place, 1] != aircraft:
                counted[place, 0], counted[place, 1] = row["track"], aircraft
                row["tracks"] += 1


@kernel
def score_depth(score: Score, world: World, ground: Ground, time_s: float) -> None:
    """Note who of the intruders and strays is over a guarded state, and how deep."""
    scored, aircraft, active = score.scored, world.aircraft, world.active
    for each in range(world.counts[0]):
        place = active[each]
        truth = aircraft[place]
        if truth["part"] != _INTRUDER and truth["part"] != _STRAY:
            continue
        depth_m = -inf
        for guarded in range(ground.depth_m.shape[0]):
            depth_m = max(depth_m, depth_at(ground, guarded, truth["x_m"], truth["y_m"]))
        row = scored[place]
        if depth_m > 0.0:
            row["entered_s"] = min(row["entered_s"], time_s)
            row["left_s"] = inf
        elif row["entered_s"] < inf and row["left_s"] == inf:
            row["left_s"] = time_s
        row["depth_m"] = max(row["depth_m"], depth_m)


@kernel
def score_ends(score: Score, world: World, time_s: float) -> None:
    """Note when each intruder's and stray's night ended, and how."""
    scored, aircraft = score.scored, world.aircraft
    for place in score.watched:
        if scored[place]["status"] != aircraft[place]["status"]:
            scored[place]["status"] = aircraft[place]["status"]
            if aircraft[place]["status"] > _FLYING:
                scored[place]["ended_s"] = time_s


@kernel
def score_rulings(  # noqa: PLR0913
    score: Score,
    option: int,
    tracks: Tracks,
    slots: NDArray[np.int64],
    assessments: Records,
    rulings: Records,
    crews: NDArray[np.int64],
    time_s: float,
) -> None:
    """Note, for each track's aircraft, when an option first assessed it as a threat and first permitted force.

    Where the crew itself may decide, the authority is there once a crew is tasked.

    Options that share a night for as long as nobody does otherwise may differ in these.
    """
    _, ruled_s, _, owner, owner_of, _, _, _ = score
    for row in range(slots.size):
        place = slots[row]
        if owner_of[place] != tracks.track[place]["number"] or owner[place] < 0:
            continue
        mine, identity = ruled_s[option, owner[place]], assessments[row]["identity"]
        if identity & _THREAT and not identity & ~_THREAT:
            mine[0] = min(mine[0], time_s)
        if rulings[row]["permitted"] & _FORCE:
            mine[1] = min(mine[1], time_s)
            if crews[row] > 0 and rulings[row]["authority"][_ENGAGE] & _CREW:
                mine[2] = min(mine[2], time_s)


def scored_under(score: Score, option: int) -> Records:
    """Return every aircraft's row as it is under one of the options that had this night."""
    out = score.scored.copy()
    out["identified_s"] = np.minimum(out["identified_s"], score.ruled_s[option, :, 0])
    out["permitted_s"] = score.ruled_s[option, :, 1]
    out["authorised_s"] = np.minimum(out["authorised_s"], score.ruled_s[option, :, 2])
    return out


@kernel
def score_events(score: Score, response: Response, picture: Picture, world: World) -> None:  # noqa: C901
    """Take in the events since the last call: who was sent, found and fired at, and why where nobody should have.

    To bring an aircraft down without a weapon counts as a shot does, but is none.
    """
    scored, counts, origins, tracks = score.scored, score.counts, score.origins, picture.tracks
    events, aircraft = response.events, world.aircraft
    for each in range(counts[0], response.counts[0]):
        event = events[each]
        what, place, time_s = event["what"], event["aircraft"], event["time_s"]
        if place < 0:
            continue
        row, slot = scored[place], response.responders[event["responder"]]["track"]
        if what == _LOOKED and slot >= 0 and tracks.track[slot]["number"] == event["number"]:
            begin(origins.of[slot], event["number"], place)
            origins.of[slot]["look"] = place
        if what == _GRANTED and event["value"] == _ENGAGE:
            row["authorised_s"] = min(row["authorised_s"], time_s)
        elif what == _TASKED:
            row["tasked_s"] = min(row["tasked_s"], time_s)
        elif what == _LOOKED and event["value"] != _NOT_ESTABLISHED:
            row["identified_s"] = min(row["identified_s"], time_s)
        elif what == _FOUND and event["value"] == 0.0:
            row["intercepted_s"] = min(row["intercepted_s"], time_s)
        elif what == _DEPARTED and aircraft[place]["part"] != _INTRUDER:
            row["cause"] = _DEPARTURE
        elif what in (_FIRED, _DISRUPTED):
            row["shots"] += what == _FIRED
            row["engaged_s"] = min(row["engaged_s"], time_s)
            if row["cause"] < 0 and aircraft[place]["part"] != _INTRUDER:
                row["cause"] = cause_of(score, response, tracks, world, event)
                if slot >= 0:
                    origins.wrongs[place] = wrongs_of(origins, picture, world, event, slot)
    counts[0] = max(response.counts[0], 0)


@kernel
def cause_of(score: Score, response: Response, tracks: Tracks, world: World, event: np.void) -> int:
    """Say why an aircraft was fired at that is no intruder; a departure is said by its own event.

    The track's aircraft is the last of which it took a plot: clutter after it makes it nobody else's.
    """
    counted, responder = score.counted, response.responders[event["responder"]]
    place = responder["track"]
    if place < 0 or counted[place, 0] != event["number"] or counted[place, 1] != event["aircraft"]:
        return _WRONG_AIRCRAFT
    contact, track = response.contacts[place], tracks.track[place]
    seen = contact["visual_class"]
    if track["seen_as"] != 0 and track["visual_s"] > contact["looked_s"]:
        seen = track["visual_class"]
    if (
        seen >= 0
        and seen != _NOT_ESTABLISHED
        and seen != world.platforms[world.aircraft[event["aircraft"]]["platform"]]["look"]
    ):
        return _WRONG_LOOK
    return _BY_RULE


@kernel
def score_confirmed(score: Score, tracks: Tracks, since_s: float) -> None:
    """Count the tracks confirmed after a time, and those of them that are nobody's."""
    _, _, _, owner, owner_of, _, counts, _ = score
    for each in range(tracks.counts[0]):
        place = tracks.used[each]
        track = tracks.track[place]
        if track["stand"] >= _CONFIRMED and track["confirmed_s"] > since_s:
            counts[1] += 1
            if owner_of[place] != track["number"] or owner[place] < 0:
                counts[2] += 1

"""Means and orders: bases' and patrols' aircraft with their crews, what is asked of whom, and what happened."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


class Duty(IntEnum):
    """What a responder does now."""

    ALERT = 0
    """On the ground, ready within its time."""
    SCRAMBLED = 1
    """Ordered off, not yet airborne."""
    PATROL = 2
    """Airborne, free."""
    TRANSIT = 3
    """On its way to a track."""
    SEARCH = 4
    """Where the track should be, nothing found yet."""
    CONTACT = 5
    """Beside what it found."""
    RETURNING = 6
    TURNAROUND = 7
    """Landed, being readied again."""
    SUPPORT = 8
    """Early warning, surveillance or tanker: flies its orbit and takes no task."""
    LOST = 9
    """Brought down: it flies no more that night."""


RESPONDER: Final = np.dtype(
    [
        ("aircraft", np.int64),  # its place in the truth
        ("crew", np.int64),  # the crew's state: its place in the scenario's list of states
        ("base", np.int64),
        ("duty", np.int64),  # a Duty
        ("track", np.int64),  # the track's place it is tasked on, -1: none
        ("number", np.int64),  # that track's number
        ("found", np.int64),  # what it is really beside: place in the truth, -1: nothing; crews do not know it
        ("missiles", np.int64),
        ("guns", np.int64),  # bursts left
        ("sorties", np.int64),
        ("shots", np.int64),
        ("spent", np.int64),  # number of the track at which it fired all that it may, 0: none
        ("home_leg", np.int64),  # first of the waypoints that are its own to write: [steer, home]
        ("since_s", np.float64),  # when its duty began
        ("ready_s", np.float64),  # when it can be airborne, or is ready again
        ("fuel_s", np.float64),  # flying time left, beyond which it returns
        ("flown_s", np.float64),
        ("looked_s", np.float64),  # when it last looked
        ("shot_s", np.float64),  # when it last fired
        ("needed_s", np.float64),  # when its track last mattered
        ("x_m", np.float64),  # where it is, in the air
        ("y_m", np.float64),
    ],
    align=True,
)

ORDER: Final = np.dtype(
    [
        ("action", np.int64),  # place in vocabulary.ACTIONS of what is to begin now, 0: nothing new
        ("responder", np.int64),  # who shall, -1: a controller or nobody
        ("ask", np.int64),  # role bits of the authority that is asked first, 0: nobody need be
        ("fire", np.int64),  # 1: granted and permitted still, so the crew may fire now
        ("drop", np.int64),  # 1: break off and let go
        ("people", np.float64),  # of `fire`: people at risk by the picture, 0: nobody counted
        ("keep", np.int64),  # bits: 1: whoever is tasked is needed still; 2: so is the unit on the ground
        ("post", np.int64),  # the unit on the ground that is on it from now on, beside whoever is tasked; -1: none
        ("post_action", np.int64),  # what that shall begin now, as `action`
        ("post_ask", np.int64),
        ("post_fire", np.int64),
    ]
)
"""What is newly to be done about one track: all that a ruling changes. Equal orders, equal nights."""

REQUEST: Final = np.dtype(
    [
        ("number", np.int64),  # the track's number, 0: no request stands
        ("crew", np.int64),  # state of the crew that asked: no other state's crew may act on the answer
        ("action", np.int64),
        ("role", np.int64),  # place in ROLES of who is asked
        ("asked_s", np.float64),
        ("answer_s", np.float64),  # when the answer comes; inf: never
        ("granted", np.int64),  # 0: not answered yet, -1: refused, 1: granted, 2: granted and cleared
        ("people", np.float64),  # of one cleared: people at risk by the picture, as the crew was told
    ],
    align=True,
)
"""One authority asked about one track, for force: as many as tracks, and then one for each responder.

Only units on the ground use the latter: they may ask for another action, or be of another state, than who is tasked."""


class What(IntEnum):
    """What can happen. An event says when, to which track and aircraft, by whom."""

    SCRAMBLE = 1
    AIRBORNE = 2
    TASKED = 3
    HAILED = 4
    ANSWERED = 5
    SILENT = 6
    FOUND = 7
    """Beside what it found; `value` 1: a unit on the ground has it in sight, which intercepts nothing."""
    LOST_SIGHT = 8
    LOOKED = 9
    WARNED = 10
    ASKED = 11
    GRANTED = 12
    HELD = 13
    """The crew could have fired and did not: `value` is a `Why`, or the action it held where nothing says why."""
    FIRED = 14
    HIT = 15
    MISSED = 16
    STRAY = 17
    """A weapon gone astray."""
    DEBRIS = 18
    """Debris or a weapon fell on people: `value` people expected harmed."""
    DEPARTED = 19
    """The crew fired without permission."""
    ESCORTED = 20
    RETURNED = 21
    LANDED = 22
    FELL = 23
    ARRIVED = 24
    LEFT = 25
    ENTERED = 26
    DROPPED = 27
    """A task let go."""
    DISRUPTED = 28
    INTERROGATED = 29
    RULED = 30
    """Reserved: no night books it."""
    FOREWARNED = 31
    """A neighbour called: `value` is the number of its state; without an aircraft it called about nothing."""


class Why(IntEnum):
    """Why a crew that may fire holds, where something says so."""

    PEOPLE_BELOW = -1
    """By what it is told, more people are at risk than it accepts."""
    NOTHING_SEEN = -2
    """It has not seen yet what it would fire at."""


EVENT: Final = np.dtype(
    [
        ("time_s", np.float64),
        ("what", np.int64),  # a What
        ("number", np.int64),  # the track's number, 0: none
        ("aircraft", np.int64),  # the aircraft's place in the truth, -1: none; for scoring only
        ("responder", np.int64),  # -1: none
        ("value", np.float64),
    ],
    align=True,
)


WARNED: Final = np.dtype(
    [
        ("since_s", np.float64),  # when crews on alert went to their cockpits
        ("until_s", np.float64),  # when they leave them, unless they are called again; not later than since: never yet
        ("stood_s", np.float64),  # how long crews have stood so, all of them together
    ],
    align=True,
)
"""What came of the calls of one neighbour."""


class Response(NamedTuple):
    """All that changes in the response."""

    responders: Records
    contacts: Records  # CONTACT, one for each place of a track
    requests: Records  # REQUEST, one for each place of a track, then one for each responder
    sightings: Records  # SIGHTING, one for each responder: the latest look
    events: Records
    counts: NDArray[np.int64]  # (events,)
    warned: Records  # WARNED, one for each neighbour who may call
    calls_s: NDArray[np.float64]  # (neighbours, aircraft): when it calls; NaN: not noticed yet, inf: no more or never

"""Of which aircraft each track took its plots, replies and looks, and what was wrong with it when somebody fired."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.identify.aboard import fresh
from holdfire.identify.items import codes, items
from holdfire.messages.aircraft import Transponder
from holdfire.messages.plot import NO_CODE
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World
    from holdfire.messages.layout import Records
    from holdfire.picture import Picture

MIXED, NO_TRANSPONDER, NO_IFF = 1, 2, 4
"""Bits of what was wrong: the track took something of another aircraft; its transponder's or its IFF's answer."""
_RECENT_S: Final = ITEM["visual_class"].max_age_s
"""Another aircraft's plot counts for so long: no item of evidence lasts longer."""
_OFF: Final = int(Transponder.OFF)
_TRANSPONDER, _IFF = items("transponder", "iff")
_SILENT, (_FRIENDLY,) = codes("transponder", "silent")[0], codes("iff", "friendly")
_REPLY_AGE_S, _IFF_AGE_S = ITEM["transponder"].max_age_s, ITEM["iff"].max_age_s

ORIGIN: Final = np.dtype(
    [
        ("number", np.int64),  # the track's number that it is about, 0: none
        ("aircraft", np.int64),  # of the last plot that was no clutter
        ("reply", np.int64),  # of the last answer by transponder or IFF, -1: none
        ("look", np.int64),  # of the last look by camera or crew, -1: none
        ("mixed_s", np.float64),  # when its aircraft last changed; -inf: never
    ],
    align=True,
)


class Origins(NamedTuple):
    """What is noted of tracks and of those wrongly fired at."""

    of: Records  # ORIGIN, one for each place of a track
    wrongs: NDArray[np.int64]  # (aircraft,): bits of what was wrong when it was first wrongly fired at


def origins_for(n_tracks: int, n_aircraft: int) -> Origins:
    """Return a sheet on which nothing is noted yet."""
    return Origins(np.zeros(n_tracks, ORIGIN), np.zeros(n_aircraft, np.int64))


@kernel
def note_origin(origin: np.void, number: int, aircraft: int, plot: np.void, time_s: float) -> None:
    """Note whose plot a track took."""
    begin(origin, number, aircraft)
    if origin["aircraft"] != aircraft:
        origin["aircraft"], origin["mixed_s"] = aircraft, time_s
    if plot["mode_a"] != NO_CODE or plot["address"] != 0 or plot["iff"] == 1:
        origin["reply"] = aircraft
    if plot["visual_class"] >= 0:
        origin["look"] = aircraft


@kernel
def begin(origin: np.void, number: int, aircraft: int) -> None:
    """Forget what another track left at this place."""
    if origin["number"] != number:
        origin["number"], origin["aircraft"], origin["mixed_s"] = number, aircraft, -inf
        origin["reply"], origin["look"] = -1, -1


@kernel
def wrongs_of(origins: Origins, picture: Picture, world: World, event: np.void, place: int) -> int:
    """Return, as bits, what was wrong with the track on which somebody fired and with the answers on it.

    The picture is that on which the crew was cleared, since a clearance lasts until the next.
    """
    aircraft, found, origin = event["aircraft"], 0, origins.of[place]
    if origin["number"] == event["number"]:
        recent = event["time_s"] - origin["mixed_s"] <= _RECENT_S
        others = origin["aircraft"] != aircraft
        for noted in (origin["reply"], origin["look"]):
            others |= noted >= 0 and noted != aircraft
        found |= MIXED if recent or others else 0
    for row in range(picture.counts[0]):
        if picture.slots[row] == place:
            found |= wrong_answers(picture.rows[row], picture.tracks.track[place], world.aircraft[aircraft])
    return found


@kernel
def wrong_answers(row: np.void, track: np.void, truth: np.void) -> int:
    """Return, as bits, which answers the evidence has otherwise than the aircraft's own equipment gives them.

    Whoever carries no transponder is rightly silent; whose transponder has failed is not.
    """
    known, code, found = int(np.int64(row["known"])), row["code"], 0
    carries = truth["transponder"] != _OFF
    if fresh(row, known, _TRANSPONDER, _REPLY_AGE_S):
        heard = code[_TRANSPONDER] < _SILENT
        garbled = heard and track["mode_a"] != NO_CODE and track["mode_a"] != truth["mode_a"]
        found |= NO_TRANSPONDER if garbled or heard != carries else 0
    if fresh(row, known, _IFF, _IFF_AGE_S) and (code[_IFF] == _FRIENDLY) != (truth["iff"] == 1):
        found |= NO_IFF
    return found

"""What crews report of what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.response import What
from holdfire.messages.vocabulary import ACTIONS, CLASSES
from holdfire.respond.book import note

if TYPE_CHECKING:
    from holdfire.messages.response import Response
    from holdfire.messages.track import Tracks
    from holdfire.respond.means import Means

_IDENTIFY, _LOOKED = ACTIONS.index("identify"), int(What.LOOKED)
_NOT_ESTABLISHED = CLASSES.index("not-established")


@kernel
def report(means: Means, response: Response, tracks: Tracks, time_s: float) -> None:
    """Take the looks of this moment into the contacts with their tracks, right or wrong.

    A look that established nothing takes nothing away from an earlier one. It is booked where it says
    something new.
    """
    for place in range(means.units.size):
        one, seen = response.responders[place], response.sightings[place]
        slot = one["track"]
        if slot < 0 or seen["seen"] != 1 or seen["track"] != slot or seen["time_s"] != time_s:
            continue
        contact, looked_as = response.contacts[slot], seen["visual_class"]
        if contact["number"] != one["number"] or tracks.track[slot]["number"] != one["number"]:
            continue
        if looked_as == _NOT_ESTABLISHED and contact["visual_class"] >= 0:
            continue
        if looked_as != contact["visual_class"]:
            note(response, time_s, _LOOKED, one["number"], seen["aircraft"], place, float(looked_as))
        contact["visual_class"], contact["visual_load"] = looked_as, seen["visual_load"]
        contact["looked_s"] = seen["time_s"]
        contact["seen_as"] |= 1 << looked_as

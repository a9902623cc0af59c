"""What an event says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.messages.response import What, Why
from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.warners import state_of
from holdfire.units import span_in_words

if TYPE_CHECKING:
    import numpy as np

HAPPENED: Final = {
    What.SCRAMBLE: "fighters are ordered off", What.AIRBORNE: "a fighter is airborne",
    What.TASKED: "a fighter is sent to it", What.HAILED: "it is called on the radio",
    What.ANSWERED: "it answers", What.SILENT: "it does not answer", What.FOUND: "a fighter finds it",
    What.LOST_SIGHT: "the fighter loses sight of it", What.LOOKED: "the crew looks", What.WARNED: "it is warned",
    What.ASKED: "an authority is asked for force", What.GRANTED: "force is granted",
    What.HELD: "the crew could fire and holds", What.FIRED: "the crew fires", What.HIT: "hit",
    What.MISSED: "missed", What.STRAY: "the weapon goes astray", What.DEBRIS: "debris falls",
    What.DEPARTED: "the crew fires without permission", What.ESCORTED: "it is escorted",
    What.RETURNED: "the fighter returns", What.LANDED: "the fighter lands", What.FELL: "it falls by itself",
    What.ARRIVED: "it reaches what it was aimed at", What.LEFT: "it leaves the area",
    What.ENTERED: "it crosses the border", What.DROPPED: "the task is let go",
    What.DISRUPTED: "it is brought down without a weapon", What.INTERROGATED: "it is interrogated",
    What.RULED: "it is ruled upon", What.FOREWARNED: "warns by telephone",
}  # fmt: skip
REASONS: Final = {Why.PEOPLE_BELOW: "people below", Why.NOTHING_SEEN: "it has not seen yet what it is"}
"""Why a crew held its fire, where something says so."""
HIDDEN: Final = frozenset({What.FELL, What.ARRIVED, What.LEFT, What.ENTERED})
"""What only the truth knows."""


def in_words(event: np.void) -> str:
    """Return what happened in words."""
    what = What(int(event["what"]))
    text = HAPPENED[what]
    if what is What.LOOKED:
        text += f": {CLASSES[int(event['value'])]}"
    if what is What.HELD and event["value"] < 0:
        text += f": {REASONS[Why(int(event['value']))]}"
    if what in {What.DEBRIS, What.STRAY}:
        text += f": {event['value']:.3g} people expected harmed"
    if what is What.SCRAMBLE and event["value"] > 0:
        text += f", {span_in_words(float(event['value']))} nearer to take-off since a neighbour's warning"
    if what is What.FOREWARNED:
        text = f"{state_of(int(event['value']))} {text}" + (" of what is not there" if event["aircraft"] < 0 else "")
    return text

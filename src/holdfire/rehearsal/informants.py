"""Who says what: a row of evidence with its sources, which the compiled loop does not carry.

The source of an item follows from what writes it (`identify.evidence`): the kind of sensor that fed the track last, the
map that a position is held against, crews, controllers, filed plans and our own books.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.logic.words import title, value_in_words
from holdfire.messages.evidence import Evidence
from holdfire.messages.layout import evidence_of
from holdfire.messages.story import Shown
from holdfire.messages.vocabulary import ITEM, KINDS_OF_SENSOR

if TYPE_CHECKING:
    from holdfire.loop import Night

_SAYS: Final = {
    "map": (
        "airspace", "origin", "direction", "zone", "depth_m", "inside_s", "people_at_risk", "people_at_risk_debris",
        "people_at_risk_weapon",
    ),
    "iff-ssr": ("transponder", "iff", "hijack_suspected"),
    "plan": ("flight_plan", "airway"),
    "controller": ("radio",),
    "eye": ("visual_class", "visual_load", "complying", "attack"),
}  # fmt: skip
_SOURCE: Final = {item: source for source, items in _SAYS.items() for item in items}
_MEASURED: Final = ("speed_m_s", "altitude_m", "climb_m_s", "cpa_m", "time_to_cpa_s", "position_sigma_m")


def evidence_on(night: Night, row: int) -> Evidence:
    """Return a row of evidence with the source of each item; what nothing else says stands in our own records."""
    found = evidence_of(night.picture.rows[row])
    fed = night.picture.tracks.track[night.picture.slots[row]]["kind_s"]
    sensor = KINDS_OF_SENSOR[int(np.argmax(fed))]
    sources = _SOURCE | dict.fromkeys(_MEASURED, sensor)
    items = {name: replace(known, source=sources.get(name, "record")) for name, known in found.items.items()}
    return Evidence(found.basis, items)


def shown(evidence: Evidence) -> tuple[Shown, ...]:
    """Return every known item in words."""
    return tuple(
        Shown(title(ITEM[name]), value_in_words(ITEM[name], known), known.source, round(known.age_s, 1))
        for name, known in evidence.items.items()
    )

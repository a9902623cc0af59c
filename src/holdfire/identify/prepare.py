"""What the stage reads and keeps, made once a night from the scenario."""

from __future__ import annotations

from math import inf, radians, sin
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import numpy as np

from holdfire.errors import ContentError, Finding
from holdfire.identify.view import BOUNDS, BOX, KEPT, KEYS, MOTION, PLACE, SITE, WHERE, Memory, View
from holdfire.messages.contact import CONTACT
from holdfire.messages.evidence import Basis
from holdfire.messages.layout import EVIDENCE
from holdfire.messages.plot import COVERAGE
from holdfire.messages.vocabulary import CLASSES, ITEM, STATES
from holdfire.sources import Constant, Grade, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.geo.ground import Ground
    from holdfire.identify.schema import BandModel, PriorsModel, SiteModel
    from holdfire.messages.layout import Records

_OWN: Final = Source("identify", "Bounds of identification, this project's own", Grade.ASSUMED)

CONSTANTS: Final = {
    "manoeuvre_m_s2": Constant(1.0, "m/s²", _OWN),
    "parallel_deg": Constant(15.0, "°", _OWN),
    "near_m": Constant(5000.0, "m", _OWN),
    "soon_s": Constant(300.0, "s", _OWN),
    "corridor_m": Constant(18_520.0, "m", _OWN),  # 10 NM
    "window_s": Constant(900.0, "s", _OWN),
    "plan_height_m": Constant(1500.0, "m", _OWN),
    "search_s": Constant(30.0, "s", _OWN),  # twice that where no address or squawk says which plan
    "conflict_s": Constant(60.0, "s", _OWN),
    "silent_looks": Constant(3.0, "looks", Source("vocabulary", "Three scans, as the item says", Grade.ASSUMED)),
}
"""Numbers of identification that no scenario changes."""

_ABOUT: Final = 12
"""Cells about one that are looked at in advance: with those of 2 km, the whole margin of a track known to 9 km."""

_CLUES: Final = ("silent", "answered", "friend", "matched", "unmatched", "answering", "unheard")
_ALLIED, _INTERNATIONAL, _FOREIGN = map(ITEM["airspace"].values.index, ("allied", "international", "foreign"))


class StateOnMap(NamedTuple):
    """A state of the ground, as whoever guards sees it."""

    code: str
    """One of `vocabulary.STATES`."""
    guards: bool
    """Its airspace is guarded, by its own rules."""
    allied: bool
    alert: str = "peace"
    """Its declared level: one of the item's values; of no matter where it does not guard."""


class Projection(Protocol):
    """What takes a point of the earth to the flat frame."""

    def to_local(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Return x and y in metres."""


def view_for(
    sites: Sequence[SiteModel],
    priors: PriorsModel,
    frame: Projection,
    states: Sequence[StateOnMap],
    coverage: Records | None = None,
    ground: Ground | None = None,
) -> View:
    """Return the constant arrays; with the ground, what shortens looking about on it.

    `states` are all but the last of the ground's states, in its order (the last is international airspace); those
    that guard must stand in the order of the ground's depths. `coverage` is that of radars, `COVERAGE` records.
    """
    guards = [state for state in states if state.guards]
    if not guards:
        raise ContentError([Finding(("states",), "no state guards its airspace: say `guards: true` of one")])
    nothing = np.zeros(1, EVIDENCE)
    nothing["basis"] = Basis.SIMULATED
    placed, places = _sites(sites, frame), _places(states)
    return View(
        bounds=_bounds(priors),
        sites=placed,
        zones=placed[placed["zone"] > 0],
        nothing=nothing,
        places=places,
        nobody=_nobody(),
        alert=np.array([ITEM["alert"].values.index(state.alert) for state in guards], np.int64),
        origins=np.array([priors.origin.factor if code in priors.origin.states else 1.0 for code in STATES]),
        speeds=_ends(priors.speeds_m_s),
        speed_factors=np.array([band.factor for band in priors.speeds_m_s]),
        heights=_ends(priors.heights_m),
        height_factors=np.array([band.factor for band in priors.heights_m]),
        looks=np.array([priors.looks[name].factor if name in priors.looks else 1.0 for name in CLASSES]),
        alone=alone_of(ground.state, places) if ground is not None else np.zeros((0, 0), np.uint8),
        coverage=coverage if coverage is not None and priors.suspects_spoofing else np.zeros(0, COVERAGE),
    )


def memory_for(capacity: int, n_plans: int) -> Memory:
    """Return room to remember as many tracks, of which nothing is remembered yet, and as many plans."""
    return Memory(
        np.zeros(capacity, KEPT), np.zeros(1, MOTION), np.zeros(1, WHERE), np.zeros(2 * KEYS, np.int64),
        np.zeros((n_plans, 2), np.int64), np.zeros(n_plans, np.int64), np.zeros(n_plans, BOX), np.zeros(2),
    )  # fmt: skip


def _bounds(priors: PriorsModel) -> Records:
    out = np.zeros(1, BOUNDS)
    stated = {name: constant.value for name, constant in CONSTANTS.items()}
    out["parallel_sin"] = sin(radians(stated.pop("parallel_deg")))
    clues = {name: getattr(priors, name).factor for name in _CLUES}
    risk = priors.risk.model_dump(exclude={"grade", "source"})
    for name, value in (stated | clues | risk).items():
        out[name] = value
    out["confidence"] = priors.confidence
    out["prior_odds"] = priors.uncrewed / (1 - priors.uncrewed)
    return out


def _sites(sites: Sequence[SiteModel], frame: Projection) -> Records:
    zones = ITEM["zone"].values
    rows = [
        (*frame.to_local(site.lat_deg, site.lon_deg), site.radius_km * 1000, zones.index(site.zone or "none"))
        for site in sites
    ]
    return np.array(rows, SITE)


def _places(states: Sequence[StateOnMap]) -> Records:
    out = np.zeros(len(states) + 1, PLACE)
    guarded = 0
    for row, state in zip(out, states, strict=False):
        row["code"] = STATES.index(state.code)
        row["guard"] = guarded if state.guards else -1
        row["answer"] = _ALLIED if state.allied or state.guards else _FOREIGN
        guarded += state.guards
    out[-1] = (-1, -1, _INTERNATIONAL)
    return out


def _nobody() -> Records:
    out = np.zeros(1, CONTACT)
    for name in ("responder", "visual_class", "visual_load", "complying", "attack"):
        out[name] = -1
    for name in ("hailed_s", "warned_s"):
        out[name] = inf
    for name in ("done_s", "radio_s", "looked_s", "complying_s", "attack_s", "iff_s"):
        out[name] = -inf
    return out


def alone_of(state: NDArray[np.uint8], places: Records) -> NDArray[np.uint8]:
    """Return how many cells about each there is no other state than its own or one that guards, up to `_ABOUT`.

    Cells are counted in rows and columns, so that 1 stands for the eight about it; beyond the map there is nothing.
    It is 0 over a state that guards, where the depth tells.
    """
    guarded = places["guard"][state] >= 0
    out = np.zeros(state.shape, np.uint8)
    for here in np.unique(state[~guarded]):
        of_one = guarded | (state == here)
        for _ in range(_ABOUT):
            across = np.pad(of_one, ((0, 0), (1, 1)), constant_values=True)
            across = across[:, :-2] & across[:, 1:-1] & across[:, 2:]
            up = np.pad(across, ((1, 1), (0, 0)), constant_values=True)
            of_one = up[:-2] & up[1:-1] & up[2:]
            out += of_one & (state == here)
    return out


def _ends(bands: Sequence[BandModel]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([inf if band.below is None else band.below for band in bands])

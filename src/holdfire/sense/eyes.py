"""What crews see of what they fly beside, and what they take it for.

Whether something is seen, recognised and identified follows the cycles that the instrument resolves over its size:
J. Johnson's criteria (1958) with the target transfer probability function of J. A. Ratches, "Static performance
model for thermal imaging systems", Optical Engineering 15, 1976. Air takes contrast by Koschmieder's law (1924).
What is recognised is then mistaken by the stated shares. The mistake belongs to the aircraft, the crew and the
instrument: a second look does not mend it.
"""

from __future__ import annotations

import math
from math import inf
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Status
from holdfire.messages.contact import SightingOf
from holdfire.messages.response import Duty
from holdfire.messages.vocabulary import ACTIONS, CLASSES, ITEM
from holdfire.seed import Key, Stage, block, stream, uniform
from holdfire.sense.layout import Eyes
from holdfire.sense.light import cycle_mrad
from holdfire.sense.plotting import share
from holdfire.sense.sight import InstrumentModel, SightModel
from holdfire.sense.turn import FIRST_TICK, carrier_draw
from holdfire.sense.weather import clear_share, cloud_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response
    from holdfire.sense.imager_schema import ImagerModel
    from holdfire.sense.schema import NightModel
    from holdfire.sense.sensor import Sensor

EYES: Final = "eyes"
"""The id on the shelf of sensors."""

_LOADS: Final = ITEM["visual_load"].values
_FLYING, _CONTACT = int(Status.FLYING), int(Duty.CONTACT)
_MAY_LOOK = 1 << ACTIONS.index("identify")
_EYE, _CAMERA = int(SightingOf.EYE), int(SightingOf.CAMERA)
_NOT_SURE = CLASSES.index("not-established")
_WEAPON = CLASSES.index("one-way-attack-type")
_NONE_SEEN, _BY_TYPE, _LOAD_NOT_SURE = map(_LOADS.index, ("none-seen", "by-type", "not-established"))
_MOST_WRONG = 0.95
_SEE, _TAKE = 5, 7  # draws; of each a first for the eye and a second for the camera


def eyes_for(
    night: NightModel, library: Mapping[str, Sensor], dt_s: float = 1.0, light_lx: float | None = None
) -> Eyes:
    """Return how crews see on a night, from the library's `eyes`; `light_lx` as `light.lux` returns it."""
    sight = library[EYES].stated
    if not isinstance(sight, SightModel):
        message = f"{EYES} on the shelf of sensors describes no eyes"
        raise TypeError(message)
    instruments = sight.eye, sight.camera
    angles_mrad = [cycle_mrad(each, night.darkness, light_lx) for each in instruments]
    contact_m = sight.contact_m.value
    needed = sight.cycles_to_see, sight.cycles_to_recognise, sight.cycles_to_identify
    return Eyes(
        dt_s=dt_s,
        period_s=sight.period_s.value,
        contact_m=contact_m,
        clear=sight.contrast_left.value ** (contact_m / night.visibility_m()),
        clouds=cloud_rows(night, sight.cloud_depth_m.value),
        cycle_rad=np.array(angles_mrad) / 1000,
        needed=np.array([each.value for each in needed]),
        taken=np.stack([_taken(each, night.misidentification_factor) for each in instruments]),
        stream=stream(Stage.SENSE),
    )


def confusion(instrument: InstrumentModel | ImagerModel, factor: float) -> NDArray[np.float64]:
    """Return the chance that a class (row), once recognised, is taken for another (column), in the order of CLASSES.

    `factor` multiplies the stated chance of a mistake, which never passes 0.95.
    """
    table = np.eye(len(CLASSES))
    for name, mistake in instrument.mistakes.items():
        row = CLASSES.index(name)
        wrong = min(mistake.wrong.value * factor, _MOST_WRONG)
        total = sum(mistake.taken_for.values())
        table[row] *= 1.0 - wrong
        for other, weight in mistake.taken_for.items():
            table[row, CLASSES.index(other)] += wrong * weight / total
    return table


def _taken(instrument: InstrumentModel, factor: float) -> NDArray[np.float64]:
    sums = np.cumsum(confusion(instrument, factor), axis=1)
    sums[:, -1] = inf  # no draw falls behind the last
    return sums


@kernel
def resolved(size_m: float, distance_m: float, cycle_rad: float, needed: float) -> float:
    """Return the chance of a task by the cycles over a size: `q^E / (1 + q^E)`, `E = 2.7 + 0.7 q` (Ratches 1976)."""
    ratio = max(size_m, 1e-3) / (distance_m * cycle_rad * needed)
    return 1.0 / (1.0 + math.pow(ratio, -2.7 - 0.7 * ratio))


@kernel
def look(eyes: Eyes, world: World, response: Response, tick: int, key: Key) -> None:  # noqa: C901, PLR0915
    """Let every crew in contact that was told to, and whose time has come, look at what it found.

    Writes `response.sightings`.

    The eye reports if it sees something, else the camera. `responders["looked_s"]` says when each last looked.
    """
    responders, sightings, aircraft, platforms = (
        response.responders,
        response.sightings,
        world.aircraft,
        world.platforms,
    )
    needed, cycle_rad, taken, clouds = eyes.needed, eyes.cycle_rad, eyes.taken, eyes.clouds
    time_s = tick * eyes.dt_s
    for r in range(responders.size):
        crew = responders[r]
        if crew["duty"] != _CONTACT or crew["found"] < 0 or time_s - crew["looked_s"] < eyes.period_s:
            continue
        target, mine = aircraft[crew["found"]], aircraft[crew["aircraft"]]
        asked = response.contacts[crew["track"]]["done"] & _MAY_LOOK if crew["track"] >= 0 else 0
        if target["status"] != _FLYING or asked == 0:
            continue
        crew["looked_s"] = time_s
        entity, first = target["entity"], carrier_draw(aircraft[crew["aircraft"]]["entity"])
        platform = platforms[target["platform"]]
        size_m, truth = platform["size_m"], platform["look"]
        away_m = max(eyes.contact_m, math.hypot(target["x_m"] - mine["x_m"], target["y_m"] - mine["y_m"]))
        clear = math.pow(eyes.clear, away_m / eyes.contact_m) * clear_share(clouds, target["h_m"], target["h_m"])
        sighting = sightings[r]
        sighting["responder"], sighting["aircraft"], sighting["track"] = r, crew["found"], crew["track"]
        sighting["time_s"], sighting["seen"], sighting["by"] = time_s, 0, _EYE
        sighting["visual_class"], sighting["visual_load"] = _NOT_SURE, _LOAD_NOT_SURE
        for by in range(2):
            own = eyes.stream
            w0, w1, w2, _ = block(key.seed, key.branch, tick, entity, own, first + _SEE + by, key.replication)
            if share(w0) >= clear * resolved(size_m, away_m, cycle_rad[by], needed[0]):
                continue
            sighting["seen"], sighting["by"] = 1, by
            if share(w1) >= resolved(size_m, away_m, cycle_rad[by], needed[1]):
                break
            at = uniform(key.seed, key.branch, FIRST_TICK, entity, own, first + _TAKE + by, key.replication)
            reported = 0
            while at >= taken[by, truth, reported]:
                reported += 1
            sighting["visual_class"] = reported
            if reported == _WEAPON:
                sighting["visual_load"] = _BY_TYPE
            elif share(w2) < resolved(size_m, away_m, cycle_rad[by], needed[2]):
                load = platform["load"]
                sighting["visual_load"] = _NONE_SEEN if load == _BY_TYPE else load
            break

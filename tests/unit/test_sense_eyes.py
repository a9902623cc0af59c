"""What crews see, and how often they are wrong."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Status, World
from holdfire.messages.contact import CONTACT, SIGHTING, SightingOf
from holdfire.messages.response import EVENT, REQUEST, RESPONDER, WARNED, Duty, Response
from holdfire.messages.vocabulary import ACTIONS, CLASSES, ITEM
from holdfire.sense.eyes import confusion, eyes_for, look, resolved
from holdfire.sense.schema import NightModel
from holdfire.sense.sight import SightModel
from support.sensed import KEY, LIBRARY, sky

if TYPE_CHECKING:
    from holdfire.sense.layout import Eyes

LOADS = ITEM["visual_load"].values
PAIRS = 2000


def eyes(**night: Any) -> Eyes:
    usual = {"darkness": "day", "cloud_base_m": 12_000.0, "cloud_cover": 0.0, "visibility_km": 20.0, "source": ["s"]}
    return eyes_for(NightModel(**{**usual, **night}), LIBRARY)


def beside(size_m: float = 2.5, look_as: str = "one-way-attack-type", load: str = "by-type") -> tuple[World, Response]:
    """Crews, each beside one of as many aircraft."""
    world = sky(2 * PAIRS, h_m=1000.0)
    world.platforms["size_m"], world.platforms["look"] = size_m, CLASSES.index(look_as)
    world.platforms["load"] = LOADS.index(load)
    responders = np.zeros(PAIRS, RESPONDER)
    responders["aircraft"], responders["found"] = np.arange(PAIRS), PAIRS + np.arange(PAIRS)
    responders["track"], responders["duty"], responders["looked_s"] = 7, Duty.CONTACT, -inf
    contacts, requests, events = np.zeros(8, CONTACT), np.zeros(1, REQUEST), np.zeros(1, EVENT)
    contacts["done"] = 1 << ACTIONS.index("identify")  # they were told to
    counts, warned = np.zeros(1, np.int64), np.zeros(0, WARNED)
    sightings, calls_s = np.zeros(PAIRS, SIGHTING), np.zeros((0, 0))
    return world, Response(responders, contacts, requests, sightings, events, counts, warned, calls_s)


def sightings(seen_by: Eyes, world: World, response: Response, tick: int = 100) -> Any:
    look(seen_by, world, response, tick, KEY)
    return response.sightings


def shares(found: Any) -> dict[str, float]:
    return {name: float(np.mean(found["visual_class"] == place)) for place, name in enumerate(CLASSES)}


def test_half_succeed_at_the_stated_cycles() -> None:
    assert resolved(2.0, 500.0, 1e-3, 4.0) == pytest.approx(0.5)
    assert resolved(4.0, 500.0, 1e-3, 4.0) == pytest.approx(2**4.1 / (1 + 2**4.1))  # Ratches 1976
    assert resolved(60.0, 500.0, 1e-3, 1.0) == pytest.approx(1.0)
    assert resolved(0.0, 500.0, 1e-3, 4.0) < 1e-6


def test_a_table_of_confusion_is_one_of_chances_and_grows_with_its_factor() -> None:
    stated = LIBRARY["eyes"].stated
    assert isinstance(stated, SightModel)
    for instrument in (stated.eye, stated.camera):
        one, two, none = (confusion(instrument, factor) for factor in (1.0, 2.0, 0.0))
        for table in (one, two, confusion(instrument, 20.0)):
            assert np.allclose(table.sum(axis=1), 1.0)
            assert np.all(table >= 0)
        assert np.array_equal(none, np.eye(len(CLASSES)))
        off = ~np.eye(len(CLASSES), dtype=bool)
        assert np.allclose(two[off], 2 * one[off])


def test_a_look_by_day_is_as_right_as_stated() -> None:
    found = sightings(eyes(), *beside(size_m=12.0))
    by_eye = found[(found["by"] == SightingOf.EYE) & (found["seen"] == 1)]
    share = shares(by_eye)
    assert by_eye.size > 0.85 * PAIRS
    assert share["one-way-attack-type"] == pytest.approx(0.9, abs=4 * 0.3 / PAIRS**0.5)
    assert share["civil"] == pytest.approx(0.02, abs=4 * 0.14 / PAIRS**0.5)
    assert share["not-established"] < 0.01


def test_by_night_the_camera_sees_what_the_eye_does_not() -> None:
    by_day, by_night = (sightings(eyes(darkness=darkness), *beside()) for darkness in ("day", "night"))
    assert np.mean(by_day["by"][by_day["seen"] == 1] == SightingOf.EYE) > 0.9
    assert np.mean(by_night["by"][by_night["seen"] == 1] == SightingOf.CAMERA) > 0.4
    assert shares(by_night)["one-way-attack-type"] < shares(by_day)["one-way-attack-type"]


@pytest.mark.parametrize("worse", [{"visibility_km": 1.0}, {"cloud_base_m": 500.0, "cloud_cover": 0.9}])
def test_weather_hides(worse: dict[str, float]) -> None:
    clear, hidden = sightings(eyes(), *beside()), sightings(eyes(**worse), *beside())
    assert np.mean(hidden["seen"]) < 0.6 * np.mean(clear["seen"])
    unseen = hidden[hidden["seen"] == 0]
    assert set(unseen["visual_class"]) == {CLASSES.index("not-established")}
    assert set(unseen["visual_load"]) == {LOADS.index("not-established")}


def test_nobody_looks_who_was_not_told_to() -> None:
    seen_by, (world, response) = eyes(), beside()
    response.contacts["done"] = 0
    assert not sightings(seen_by, world, response, 100)["time_s"].any()


def test_a_look_from_further_off_establishes_less() -> None:
    near, far = beside(), beside()
    far[0].aircraft["x_m"][PAIRS:] += 1800.0
    unsure = CLASSES.index("not-established")
    sure = [np.mean(sightings(eyes(), *each, 100)["visual_class"] != unsure) for each in (near, far)]
    assert sure[1] < 0.8 * sure[0]


def test_a_second_look_does_not_mend_a_mistake() -> None:
    seen_by, (world, response) = eyes(), beside(size_m=12.0)
    first = sightings(seen_by, world, response, 100).copy()
    second = sightings(seen_by, world, response, 110)
    same = (first["by"] == second["by"]) & (first["seen"] == 1) & (second["seen"] == 1)
    assert np.mean(first["visual_class"][same] == second["visual_class"][same]) > 0.99
    assert np.mean(first["visual_class"][same] != CLASSES.index("one-way-attack-type")) > 0.05


def test_a_stated_factor_makes_mistakes_rarer_or_more_frequent() -> None:
    wrong = [
        1 - shares(sightings(eyes(misidentification_factor=factor), *beside(size_m=12.0)))["one-way-attack-type"]
        for factor in (0.0, 1.0, 3.0)
    ]
    assert wrong[0] < 0.01
    assert wrong[1] < 0.5 * wrong[2]


def test_load_follows_what_it_is_taken_for() -> None:
    found = sightings(eyes(), *beside(size_m=15.0, look_as="foreign-military", load="air-to-air"))
    assert np.mean(found["visual_load"] == LOADS.index("air-to-air")) > 0.9
    drone = sightings(eyes(), *beside(size_m=12.0))
    weapon = drone["visual_class"] == CLASSES.index("one-way-attack-type")
    assert np.array_equal(weapon, drone["visual_load"] == LOADS.index("by-type"))


def test_only_a_crew_in_contact_looks_and_only_when_its_time_has_come() -> None:
    seen_by, (world, response) = eyes(), beside()
    response.responders["duty"][0] = Duty.SEARCH
    response.responders["found"][1] = -1
    world.aircraft["status"][PAIRS + 2] = Status.FELL
    found = sightings(seen_by, world, response, 100)
    assert not found["time_s"][:3].any()
    assert np.all(found["time_s"][3:] == 100)
    assert np.array_equal(found["aircraft"][3:], np.arange(PAIRS + 3, 2 * PAIRS))
    assert set(found["track"][3:]) == {7}
    look(seen_by, world, response, 109, KEY)
    assert np.all(found["time_s"][3:] == 100)
    look(seen_by, world, response, 110, KEY)
    assert np.all(response.responders["looked_s"][3:] == 110)

"""What of a scenario is refused in its setting, and what is laid out for all its nights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Part
from holdfire.seed import Kind, entity
from holdfire.world.lines import names_of
from holdfire.world.paths import between_airports, between_places
from support.flown import HALF_HEIGHT_M, HALF_WIDTH_M, intruders, library, night
from support.texts import findings

if TYPE_CHECKING:
    from holdfire.errors import Location

HALF_M = np.array([HALF_WIDTH_M, HALF_HEIGHT_M])
AIRLINERS = {"airliners": {"at_once": 20, "source": ["a"]}}


@pytest.mark.parametrize(
    ("changes", "loc", "words"),
    [
        ({"platform": "gerber"}, ("intruders", 0, "platform"), "did you mean 'gerbera'?"),
        (
            {"speed_m_s": {"low": 40, "high": 90}},
            ("intruders", 0, "speed_m_s"),
            "speed_m_s is 90: gerbera flies between",
        ),
        ({"speed_m_s": {"low": 4, "high": 40}}, ("intruders", 0, "speed_m_s"), "speed_m_s is 4"),
        ({"height_m": {"low": 40, "high": 9000}}, ("intruders", 0, "height_m"), "between 0 and 3000"),
        ({"appears_h": {"low": 3, "high": 4}}, ("intruders", 0, "appears_h"), "the night ends after 2 h"),
        ({"route": [{"at": [22.6, 51.9]}]}, ("intruders", 0, "route", 0, "at"), "is it [latitude, longitude]?"),
        ({"origin": {"from": [52, 24], "to": [24, 52]}}, ("intruders", 0, "origin", "to"), "outside the area"),
    ],
)
def test_what_a_group_asks_in_vain(changes: dict[str, Any], loc: Location, words: str) -> None:
    found = findings(lambda: night([intruders(**changes)]))
    assert any(where == loc and words in text for where, text in found), found


def test_every_fault_is_told_at_once() -> None:
    wrong = intruders(platform="gerber")
    found = findings(lambda: night([wrong, wrong], {"gliders": {"at_once": 1, "platform": "kite", "source": ["a"]}}))
    assert [where for where, _ in found] == [
        ("intruders", 0, "platform"),
        ("intruders", 1, "id"),
        ("intruders", 1, "platform"),
        ("background", "gliders", "platform"),
    ]


def test_flights_need_airports_and_room_for_their_names() -> None:
    found = findings(lambda: night((), AIRLINERS, airports=()))
    assert found[0][0] == ("background", "airliners")
    assert "give airports" in found[0][1]
    crowd = {"medical_helicopters": {"at_once": 2000, "source": ["a"]}}
    found = findings(lambda: night((), crowd, hours=24))
    assert found[0][0] == ("background", "medical_helicopters", "at_once")
    assert "60000 are the most" in found[0][1]


def test_a_line_keeps_its_name_whatever_others_there_are() -> None:
    assert names_of(["a", "b", "c"])[2] == names_of(["c"])[0]
    plan = night([intruders(id="other"), intruders()])
    alone = night([intruders()])
    assert plan.patterns[1]["entity"] == alone.patterns[0]["entity"]
    assert plan.patterns[1]["line"] == 1
    twice = names_of([str(number) for number in range(500)])
    assert len(set(twice)) == 500  # among so many, some make the same number


def test_background_is_named_by_its_kind() -> None:
    plan = night((), {"gliders": {"at_once": 1, "source": ["a"]}})
    assert plan.patterns[0]["entity"] == entity(Kind.BACKGROUND, Part.GLIDER, 0)
    assert list(library())[plan.patterns[0]["platform"]] == "glider"


def test_own_aircraft_are_kept_as_given() -> None:
    own = np.zeros(2, AIRCRAFT), np.zeros(3, WAYPOINT)
    plan = night(own=own)
    assert plan.own_aircraft is own[0]
    assert plan.own_waypoints is own[1]


def test_paths_cross_the_area_and_keep_out_of_what_is_closed() -> None:
    rim = np.array([[-900e3, 0.0], [900e3, 10e3], [0.0, 500e3], [100e3, -450e3], [50e3, 900e3], [900e3, 900e3]])
    for paths in (between_airports(rim, HALF_M, []), between_places((30e3, 250e3), HALF_M, [])):
        for share in ("enter_m", "exit_m"):
            x = paths["x_m"] + paths["east"] * paths[share]
            y = paths["y_m"] + paths["north"] * paths[share]
            assert np.all((np.abs(x) <= HALF_WIDTH_M + 1e-3) & (np.abs(y) <= HALF_HEIGHT_M + 1e-3))
        np.testing.assert_allclose(np.hypot(paths["east"], paths["north"]), 1.0)
        assert np.all(paths["exit_m"] - paths["enter_m"] > 0)
    over = between_airports(rim[:2], HALF_M, [])
    np.testing.assert_allclose(over["exit_m"] - over["enter_m"], 660e3 * math.hypot(1800, 10) / 1800)
    box = np.array([[-100e3, -100e3], [100e3, -100e3], [100e3, 100e3], [-100e3, 100e3]])
    assert len(between_airports(rim[:2], HALF_M, [box])) == 0
    around = between_places((30e3, 250e3), HALF_M, [box])
    middle = np.stack([around["x_m"], around["y_m"]]) + around["length_m"] / 2 * np.stack(
        [around["east"], around["north"]]
    )
    assert len(around) > 1000
    assert np.abs(middle).max(axis=0).min() > 90e3

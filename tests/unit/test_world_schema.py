"""What the world's sections of a scenario may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, TypeAdapter

from holdfire.logic.parse import check
from holdfire.world.schema import AreaModel, BackgroundModel, Instant, IntruderModel
from support.flown import AREA, intruders

if TYPE_CHECKING:
    from holdfire.errors import Location


def told(model: type[BaseModel], data: object) -> list[tuple[Location, str]]:
    return [(finding.loc, finding.text) for finding in check(model, data)]


def test_a_bare_number_is_a_range() -> None:
    made = IntruderModel.model_validate(intruders(height_m=500, number=3))
    assert (made.height_m.low, made.height_m.high, made.number.high) == (500, 500, 3)


def test_a_moment_is_told_in_utc() -> None:
    assert TypeAdapter(Instant).validate_python("2025-09-09T23:30:00+02:00").isoformat() == "2025-09-09T21:30:00+00:00"
    for wrong in ("2025-09-09T21:30:00", "tonight", 2025):
        with pytest.raises(ValueError, match="no moment"):
            TypeAdapter(Instant).validate_python(wrong)


@pytest.mark.parametrize(
    ("changes", "loc", "words"),
    [
        ({"height_m": {"low": -10, "high": 500}}, ("height_m",), "-10 is outside 0 to 30000"),
        ({"height_m": {"low": 900, "high": 500}}, ("height_m",), "low must be at most high"),
        ({"height_m": {"low": 900}}, ("height_m", "high"), "is missing"),
        ({"height_m": "low"}, ("height_m",), "a mapping of names to values"),
        ({"number": {"low": 1.5, "high": 2}}, ("number",), "whole numbers"),
        ({"number": 5000}, ("number",), "5000 is outside 0 to 2000"),
        ({"payload_share": 1.2}, ("payload_share",), "1.2 is outside 0 to 1"),
        ({"route": []}, ("route",), "lists nothing"),
        ({"route": [{"at": [51.9]}]}, ("route", 0, "at"), "write [latitude, longitude]"),
        ({"route": [{"at": [124.2, 22.0]}]}, ("route", 0, "at"), "latitude lies in -85 to 85"),
        ({"state": "RUS"}, ("state",), "state 'RUS' is not"),
        ({"intent": "atack"}, ("intent",), "did you mean 'attack'?"),
        ({"arrival": "hover"}, ("arrival",), "is not one of fall, strike, leave, hold"),
        ({"drifts": True}, (), "the wind says where it goes and how fast: leave out route and speed_m_s"),
        ({"endurance_h": 0}, ("endurance_h",), "0 is outside 0.01 to 60"),
        ({"speed": 40}, ("speed",), "field 'speed'"),
        ({"source": []}, ("source",), "give at least one"),
    ],
)
def test_what_is_refused_of_a_group(changes: dict[str, Any], loc: Location, words: str) -> None:
    found = told(IntruderModel, intruders(**changes))
    assert any(where == loc and words in text for where, text in found), found


def test_what_flies_says_where_and_how_fast_and_what_drifts_does_not() -> None:
    whole = intruders()
    for missing in ("route", "speed_m_s"):
        found = told(IntruderModel, {name: value for name, value in whole.items() if name != missing})
        assert [(loc, f"'{missing}' missing: say where it flies" in text) for loc, text in found] == [((), True)]
    drifting = {name: value for name, value in whole.items() if name not in {"route", "speed_m_s"}} | {"drifts": True}
    assert told(IntruderModel, drifting) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"half_width_km": 5}, "half_width_km", "must be at least 10"),
        ({"half_height_km": 5000}, "half_height_km", "must be at most 1600"),
        ({"centre_lat_deg": 95.0}, "centre_lat_deg", "must be at most 80"),
    ],
)
def test_what_is_refused_of_an_area(changes: dict[str, Any], field: str, words: str) -> None:
    found = told(AreaModel, AREA | changes)
    assert any(where == (field,) and words in text for where, text in found), found


def test_what_is_refused_of_the_background() -> None:
    assert told(BackgroundModel, {}) == []
    assert told(BackgroundModel, {"airliners": {"at_once": 9, "source": ["a"]}}) == []
    for wrong, loc in (
        ({"airliners": {"source": ["a"]}}, ("airliners", "at_once")),
        ({"airliners": {"at_once": -1, "source": ["a"]}}, ("airliners", "at_once")),
        ({"balloons": {"at_once": 3}}, ("balloons", "at_once")),
        ({"birds": {"at_once": 3, "toward_deg": 400, "source": ["a"]}}, ("birds", "toward_deg")),
        ({"bats": {}}, ("bats",)),
        ({"closed_airspace": [{"corners": [[50, 24], [51, 24]], "source": ["a"]}]}, ("closed_airspace", 0, "corners")),
    ):
        assert loc in [where for where, _ in told(BackgroundModel, wrong)]

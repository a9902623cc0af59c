"""A whole night among wind farms, birds, balloons, a rough sea and a quadcopter that hovers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import EVENT
from holdfire.messages.score import SCORED
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.load import parse_scenario
from holdfire.score.figures import figures
from holdfire.seed import Key
from support.nights import night

HOURS = 0.5
FARMS = [
    {"id": f"farm-{k}", "lat_deg": 51.45 + 0.05 * k, "lon_deg": 23.1, "radius_km": 2, "turbines": 30, "tip_m": 200,
     "source": ["own"]} for k in range(3)
]  # fmt: skip
HOVERS = {
    "id": "quad", "platform": "small-drone", "state": "RU", "number": 1, "origin": {"from": [51.42, 22.95],
    "to": [51.42, 22.95]}, "route": [{"at": [51.41, 22.93]}], "height_m": 200, "speed_m_s": 12, "appears_h": 0.05,
    "intent": "probe", "arrival": "hold", "source": ["own"],
}  # fmt: skip
DRIFTS = {
    "id": "smugglers", "platform": "smuggling-balloon", "state": "BY", "number": 3, "origin": {"from": [51.5, 23.9],
    "to": [51.6, 23.9]}, "drifts": True, "height_m": 8000, "appears_h": 0.0, "intent": "transit", "source": ["own"],
}  # fmt: skip
WIND = {"layers": [{"h_m": 0, "from_deg": 90, "m_s": 6}, {"h_m": 8000, "from_deg": 90, "m_s": 25}], "source": ["own"]}
BIRDS = {"at_once": 25, "toward_deg": 225, "source": ["own"]}


def disturbed(**sections: Any) -> dict[str, Any]:
    data = night() | {"duration_h": HOURS}
    data["intruders"] = [{**data["intruders"][0], "appears_h": 0.0}]
    data["options"] = [{"id": "as-written", "title": "As the file says"}]
    return data | sections


def everything() -> dict[str, Any]:
    data = disturbed(wind_farms=FARMS, wind=WIND, sea={"state": 4, "source": ["own"]})
    data["intruders"] += [HOVERS, DRIFTS]
    data["background"] |= {"birds": BIRDS}
    data["sensors"].append(
        {"id": "near", "model": "short-range-radar", "lat_deg": 51.4, "lon_deg": 22.9, "mast_m": 10, "source": ["own"]}
    )
    return data


def rehearsed(data: dict[str, Any], replication: int = 0) -> Any:
    parse_scenario(data)
    return engine_from(data, ("as-written",)).rehearse(1, replication)[0]


def test_a_night_of_everything_runs_and_replays() -> None:
    one, other = rehearsed(everything()), rehearsed(everything())
    assert one.digest == other.digest
    mine = one.aircraft[one.aircraft["part"] == Part.INTRUDER]
    balloons, quad = mine[mine["line"] == 2], mine[mine["line"] == 1]
    assert balloons.size == 3
    assert np.all(balloons["status"] == Status.FLYING)
    assert quad.size == 1
    assert math.isfinite(quad["tracked_s"][0])
    assert one.figures["tracks_confirmed"] > one.figures["tracks_false"]


def test_rotors_make_false_tracks() -> None:
    plain, farms = rehearsed(disturbed()), rehearsed(disturbed(wind_farms=FARMS))
    assert farms.figures["tracks_false"] > plain.figures["tracks_false"] + 3


def test_sections_that_are_empty_change_nothing() -> None:
    assert rehearsed(disturbed(wind_farms=[], wind=WIND)).digest == rehearsed(disturbed()).digest


def test_birds_are_no_aircraft_of_ours_and_draw_nothing_of_others() -> None:
    engines = [engine_from(data, ("as-written",)) for data in (disturbed(), everything())]
    plain, full = (begin(engine.families[0].scene, Key(1, 0, 0))[0].world.aircraft for engine in engines)
    for part in (Part.AIRLINER, Part.GENERAL_AVIATION, Part.FIGHTER):
        assert np.array_equal(plain[plain["part"] == part]["entity"], full[full["part"] == part]["entity"])
        assert np.array_equal(plain[plain["part"] == part]["x_m"], full[full["part"] == part]["x_m"])
    assert np.sum(full["part"] == Part.BIRD) > 10


@pytest.mark.parametrize(
    ("part", "civil", "friendly"), [(Part.BIRD, 0, 0), (Part.BALLOON, 0, 0), (Part.GLIDER, 1, 0), (Part.TANKER, 0, 1)]
)
def test_who_fires_at_a_bird_wrongs_nobody(part: Part, civil: int, friendly: int) -> None:
    scored = np.zeros(1, SCORED)
    scored["part"], scored["shots"], scored["cause"] = part, 2, 0
    responders = np.zeros(1, [("sorties", np.int64), ("flown_s", np.float64)])
    found = figures(scored, np.zeros(0, EVENT), responders, np.zeros(4, np.int64))
    assert (found["wrongful_civil"], found["wrongful_friendly"]) == (civil, friendly)
    assert sum(value for name, value in found.items() if name.startswith("wrongful_")) == 2 * (civil + friendly)

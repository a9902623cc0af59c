"""Networks and interference in a scenario: what is sound, and what is told at which place."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.errors import ContentError
from holdfire.scenario.load import parse_scenario
from support.nights import night

AREA = {"centre": [51.4, 22.4], "radius_km": 60}
EARS: dict[str, Any] = {"id": "ears", "model": "acoustic-network", "area": AREA, "spacing_km": 5, "source": ["own"]}
CALLS: dict[str, Any] = {"id": "calls", "model": "public-reports", "area": AREA, "source": ["own"]}
GHOSTS: dict[str, Any] = {
    "id": "ghosts", "kind": "ghosts", "number": 2, "from": [51.4, 20.6], "to": [51.4, 24.2], "speed_m_s": 220,
    "height_m": 10_000, "until_h": 2, "source": ["own"],
}  # fmt: skip
JAM: dict[str, Any] = {"id": "jam", "kind": "jammed", "area": AREA, "until_h": 1, "lost": 0.8, "source": ["own"]}


def with_more(*sensors: dict[str, Any], interference: Any = ()) -> dict[str, Any]:
    data = night()
    data["sensors"] = [*data["sensors"], *sensors]
    return data | ({"interference": list(interference)} if interference else {})


def told(data: dict[str, Any]) -> list[tuple[Any, str]]:
    with pytest.raises(ContentError) as refused:
        parse_scenario(data)
    return [(finding.loc, finding.text) for finding in refused.value.findings]


def test_a_sound_scenario_is_read() -> None:
    made = parse_scenario(
        with_more(EARS, EARS | {"id": "rf", "model": "rf-detector"}, CALLS, interference=[JAM, GHOSTS])
    )
    assert [each.model for each in made.sensors[3:]] == ["acoustic-network", "rf-detector", "public-reports"]
    assert [each.kind for each in made.interference] == ["jammed", "ghosts"]


MAST = {"lat_deg": 51.4, "lon_deg": 22.4, "mast_m": 10}


@pytest.mark.parametrize(
    ("sensor", "key", "text"),
    [
        ({**EARS, "area": None} | MAST, "model", "acoustic-network: it is spread over ground: write area"),
        (EARS | {"model": "gap-filler", "spacing_km": None}, "area", "gap-filler: it is one device: write lat_deg"),
        (EARS | {"spacing_km": None}, "model", "'spacing_km' is missing: say how far its nodes are apart"),
        (CALLS | {"spacing_km": 5}, "spacing_km", "it has no nodes: leave spacing_km out"),
        (CALLS | {"wind_m_s": 5}, "wind_m_s", "wind is heard by acoustic nodes only"),
        (EARS | MAST, None, "spread over an area, or stands somewhere, or flies: write one of these"),
        (EARS | {"spacing_km": 0.1}, "spacing_km", "spacing_km is 0.1: it must be at least 0.5"),
        (
            EARS | {"spacing_km": 0.5, "area": AREA | {"radius_km": 90}},
            "spacing_km",
            "129600 cells are more than 65000",
        ),
        (
            EARS | {"spacing_km": 40, "area": {"corners": [[51, 22], [51.1, 22], [52, 23]]}},
            "spacing_km",
            "no node 40 km",
        ),
        (EARS | {"area": AREA | {"centre": [511, 22]}}, "area.centre", "[511, 22] is no place"),
        (EARS | {"area": AREA | {"radius_km": 500}}, "area", "outside the area of 180 by 150 km each way"),
        (EARS | {"area": {"corners": [[51, 22], [52, 23], [51, 23], [52, 22]]}}, "area", "without crossing"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(sensor: dict[str, Any], key: str | None, text: str) -> None:
    given = {name: value for name, value in sensor.items() if value is not None}
    found = told(with_more(given))
    place = ("sensors", 3) if key is None else ("sensors", 3, *key.split("."))
    assert len(found) == 1
    assert found[0][0] == place
    assert text in found[0][1]


def test_interference_is_checked_too() -> None:
    wide = JAM | {"id": "wide", "area": AREA | {"radius_km": 900}}
    places = dict(told(with_more(interference=[JAM | {"until_h": 3}, GHOSTS | {"id": "jam"}, wide])))
    assert "lies behind the end, duration_h 2" in places["interference", 0, "until_h"]
    assert "names another entry too" in places["interference", 1, "id"]
    assert "outside the area" in places["interference", 2, "area"]

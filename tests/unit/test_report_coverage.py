"""Coverage on the map, of a plain radar whose horizon and range are computed by hand; and the borders beside it."""

from __future__ import annotations

from math import hypot, log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from holdfire.catalogue import LIBRARY
from holdfire.geo.frame import Frame
from holdfire.report.coverage import coverage
from holdfire.report.geography import map_data
from holdfire.report.laydown import lay_down
from holdfire.scenario.schema import Scenario
from support.networked import networked

if TYPE_CHECKING:
    from pathlib import Path

CENTRE = Frame(51.4, 22.4)
HALF_M = 200e3, 200e3
MAST_M = 100.0
FRINGE_M = 4e3 * sqrt(2)  # the nine places reach so far from a cell's middle
RADIUS_M = 4 / 3 * 6371e3


def plain(tmp_path: Path, **numbers: float) -> dict[str, Any]:
    """A radar at the centre that has no ground echo but only its horizon, its range and its sector."""
    text = (LIBRARY / "sensors" / "medium-range-3d.yaml").read_text().partition("secondary:")[0]
    given = {"clutter_within_km": 0.001, "ground_roughness_m": 100, "frequency_ghz": 10.0} | numbers
    lines = [f"{line.partition(':')[0]}: {{value: {given[line.partition(':')[0]]}, source: [own]}}"
             if line.partition(":")[0] in given else line for line in text.splitlines()]  # fmt: skip
    path = tmp_path / "plain.yaml"
    path.write_text("\n".join(lines) + "\n")
    return {"id": "plain", "model": str(path), "lat_deg": 51.4, "lon_deg": 22.4, "mast_m": MAST_M, "source": ["own"]}


def night(*sensors: dict[str, Any]) -> Scenario:
    return Scenario.model_validate(networked(interference=False, networks=False) | {"sensors": list(sensors)})


def seen(scenario: Scenario) -> dict[int, list[tuple[float, float, int]]]:
    """By height: east, north, and count of every cell."""
    out = {}
    for made in coverage(scenario, CENTRE, HALF_M):
        assert (made["columns"], made["rows"], made["cell_m"]) == (16, 16, 25_000)
        out[made["height_m"]] = [
            (25e3 * (cell % 16 - 7.5), 25e3 * (cell // 16 - 7.5), many) for cell, many in enumerate(made["seen"])
        ]
    return out


def horizon(height_m: float) -> float:
    return sqrt(2 * RADIUS_M * MAST_M) + sqrt(2 * RADIUS_M * height_m)


def test_at_300_m_a_strong_radar_sees_to_the_horizon_and_no_farther(tmp_path: Path) -> None:
    radar = plain(tmp_path, range_1m2_km=500, instrumented_km=500)
    low = seen(night(radar))[300]
    assert horizon(300) == pytest.approx(112.6e3, rel=1e-3)
    for east, north, many in low:
        away = hypot(east, north)
        if away < horizon(300) - FRINGE_M - 5e3:  # just above the horizon the ground's mirror takes the echo
            assert many == 1, (east, north)
        if away > horizon(300) + FRINGE_M:
            assert many == 0, (east, north)


def test_higher_up_it_sees_as_far_as_the_radar_equation_has_it(tmp_path: Path) -> None:
    radar = plain(tmp_path, range_1m2_km=200, instrumented_km=400)
    cells = seen(night(radar))[3000]
    # Swerling 1: a chance p asks for ln(1e-6) / ln(p) - 1 of signal to noise; 80 % of 1 m² at 200 km are stated.
    half_m = 200e3 * (0.03 * (log(1e-6) / log(0.8) - 1) / (log(1e-6) / log(0.5) - 1)) ** 0.25
    assert half_m == pytest.approx(111.5e3, rel=1e-3)
    assert half_m < horizon(3000)
    for east, north, many in cells:
        away = hypot(east, north)
        if away < half_m - FRINGE_M:
            assert many == 1, (east, north)
        if away > half_m + FRINGE_M:
            assert many == 0, (east, north)


def test_a_radar_covers_its_sector_only_and_its_instrumented_range(tmp_path: Path) -> None:
    radar = plain(tmp_path, range_1m2_km=500, instrumented_km=60, sector_deg=60)
    for east, north, many in seen(night(radar))[1000]:
        inside = hypot(east, north) < 60e3 - FRINGE_M and north > 12e3 and abs(east) < north + 1
        outside = hypot(east, north) > 60e3 + FRINGE_M or north < 0
        assert many == 1 if inside else many == 0 or not outside, (east, north)


def test_standing_radars_are_counted_and_nothing_else(tmp_path: Path) -> None:
    radar = plain(tmp_path, range_1m2_km=500, instrumented_km=60)
    one, two = night(radar), night(radar, radar | {"id": "again"})
    camera = {
        "id": "camera",
        "model": "eo-ir-turret",
        "lat_deg": 51.4,
        "lon_deg": 22.4,
        "mast_m": 30,
        "source": ["own"],
    }
    others = [*networked()["sensors"][-3:], camera, camera | {"id": "adsb", "model": "ads-b-station"}]
    more = night(radar, *others, {"id": "nose", "model": "fighter-radar", "carriers": "fighters", "source": ["own"]})
    single, double = (np.array([each["seen"] for each in coverage(n, CENTRE, HALF_M)]) for n in (one, two))
    assert single.max() == 1
    assert np.array_equal(double, 2 * single)
    assert np.array_equal(single, [each["seen"] for each in coverage(more, CENTRE, HALF_M)])
    listed = {each["id"]: (each["where"], each["counted"]) for each in lay_down(more.sensors)}
    assert listed == {
        "plain": ("stands", True),
        "ears": ("spread over an area, a node every 4 km", False),
        "finders": ("spread over an area, a node every 15 km", False),
        "residents": ("spread over an area", False),
        "camera": ("stands", False),
        "adsb": ("stands", False),
        "nose": ("flies with fighters", False),
    }


def test_the_label_says_what_is_counted(tmp_path: Path) -> None:
    made = coverage(night(plain(tmp_path, range_1m2_km=100)), CENTRE, HALF_M)
    assert made[0]["label"] == "Standing radars, made up, that see a drone of 0.03 m² and 37.5 m/s at 300 m"


def area_of(rings: list[list[int]]) -> shapely.Geometry:
    """The area that rings enclose by the even-odd rule, km."""
    whole = shapely.Polygon()
    for ring in rings:
        whole = whole.symmetric_difference(shapely.make_valid(shapely.Polygon(np.reshape(ring, (-1, 2)) * 0.05)))
    return whole


def test_borders_and_waters_are_where_they_are() -> None:
    data = networked(interference=False, networks=False)
    data["area"] = {"centre_lat_deg": 54.5, "centre_lon_deg": 18.8, "half_width_km": 100, "half_height_km": 80}
    data["sensors"] = [{"id": "radar", "model": "medium-range-3d", "lat_deg": 54.2, "lon_deg": 18.6, "mast_m": 12,
                        "source": ["own"]}]  # fmt: skip
    drawn = map_data(Scenario.model_validate(data))
    frame = Frame(54.5, 18.8)
    land = {each["code"]: area_of(each["rings"]) for each in drawn["states"]}
    waters = {each["code"]: area_of(each["rings"]) for each in drawn["waters"]}

    def at(lat_deg: float, lon_deg: float) -> shapely.Point:
        x_m, y_m = frame.to_local(lat_deg, lon_deg)
        return shapely.Point(x_m / 1e3, y_m / 1e3)

    gdynia, kaliningrad = at(54.45, 18.4), at(54.7, 20.45)
    assert land["PL"].contains(gdynia)
    assert land["RU"].contains(kaliningrad)
    assert not land["PL"].contains(kaliningrad)
    near, far = at(54.90, 18.45), at(55.45, 18.3)  # some 7 km and some 70 km north of the coast
    assert waters["PL"].contains(near)
    assert not land["PL"].contains(near)
    assert not any(one.contains(far) for one in (*waters.values(), *land.values()))
    assert not waters["PL"].intersects(gdynia)
    assert [each["guarded"] for each in drawn["states"] if each["code"] == "PL"] == [True]
    west, south, east, north = shapely.union_all(list(land.values())).bounds
    assert (west, east) == pytest.approx((-150, 150), abs=0.06)  # 50 km beyond the area
    assert south == pytest.approx(-130, abs=0.06)
    assert north <= 130.06
    x_m, y_m = frame.to_local(54.2, 18.6)
    assert drawn["sensors"] == [
        {
            "id": "radar",
            "title": "radar (made up)",
            "at": [pytest.approx(x_m / 50, abs=0.5), pytest.approx(y_m / 50, abs=0.5)],
        }
    ]

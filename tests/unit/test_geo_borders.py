"""The geography that ships: whose is what, and how wide the waters are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely

from holdfire.errors import UnknownNameError
from holdfire.geo.airports import airport, airports
from holdfire.geo.borders import GEOGRAPHY, SHIPPED, Window, land, states, territory
from holdfire.geo.frame import Frame, distance_m
from holdfire.messages.vocabulary import STATES
from holdfire.units import M_PER_NM

ALL = territory(states())
LAND = land(states())


def whose(lat_deg: float, lon_deg: float) -> list[str]:
    return [code for code, area in ALL.items() if shapely.contains_xy(area, lon_deg, lat_deg)]


@pytest.mark.parametrize(
    ("place", "lat", "lon", "state"),
    [
        ("Simferopol", 44.952, 34.102, "UA"),
        ("Sevastopol", 44.605, 33.522, "UA"),
        ("Kerch", 45.357, 36.468, "UA"),
        ("Krasnodar", 45.035, 38.975, "RU"),
        ("Kaliningrad", 54.707, 20.507, "RU"),
        ("Donetsk", 48.002, 37.805, "UA"),
        ("Pristina", 42.663, 21.164, "XK"),
        ("Tiraspol", 46.840, 29.643, "MD"),
        ("Sukhumi", 43.003, 41.015, "GE"),
        ("Stepanakert", 39.818, 46.752, "AZ"),
        ("northern Nicosia", 35.190, 33.362, "CY"),
        ("Akrotiri", 34.590, 32.980, "GB"),
        ("Quneitra and the Golan Heights", 33.05, 35.78, "SY"),
        ("Mariehamn", 60.100, 19.935, "FI"),
        ("Tórshavn", 62.010, -6.770, "DK"),
        ("Gibraltar", 36.135, -5.348, "GB"),
        ("Wyryki", 51.552, 23.350, "PL"),
        ("Vaindloo, on the map at all", 59.8142, 26.3619, "EE"),
        ("Snake Island", 45.2553, 30.2039, "UA"),
    ],
)
def test_whose_a_place_is(place: str, lat: float, lon: float, state: str) -> None:
    assert whose(lat, lon) == [state], place


def test_every_state_that_ships_is_known_to_the_language_but_eight() -> None:
    assert set(states()) - set(STATES) == {"AD", "KZ", "LI", "MC", "PS", "SM", "TM", "UZ"} & set(states())
    assert {"PL", "EE", "FI", "RO", "LT", "LV", "UA", "RU", "BY", "XK"} <= set(states())


def overlap_km2(areas: dict[str, shapely.Geometry]) -> float:
    overlaps: list[float] = [
        areas[one].intersection(other_area).area * 111.2**2
        for one, other in combinations(areas, 2)
        if areas[one].intersects(other_area := areas[other])
    ]
    return max(overlaps)


def test_no_two_states_overlap() -> None:
    assert overlap_km2(LAND) < 0.05
    assert overlap_km2(ALL) < 0.6  # what rounding to ten metres does along a thousand kilometres


def test_a_state_s_airspace_has_its_land() -> None:
    for code, area in LAND.items():
        assert area.difference(ALL[code]).area < 2e-4 * max(area.area, 1.0), code


def nearest_m(lat: float, lon: float, area: shapely.Geometry) -> float:
    frame = Frame(lat, lon)
    near = shapely.segmentize(area.intersection(shapely.box(lon - 1, lat - 0.5, lon + 1, lat + 0.5)), 0.02)
    points = shapely.get_coordinates(near)
    return float(np.hypot(*frame.to_local(points[:, 1], points[:, 0])).min())


def test_bornholm_s_waters_reach_twelve_miles() -> None:
    around = Window(14.0, 54.6, 16.0, 55.8)
    waters = max(shapely.get_parts(territory(["DK"], around)["DK"]), key=lambda part: part.area)
    rim = [(lat, lon) for lon, lat in shapely.get_coordinates(waters.exterior) if lon > 14.8]  # east of Sweden's
    assert len(rim) > 10
    for lat, lon in rim:
        assert nearest_m(lat, lon, LAND["DK"]) == pytest.approx(12 * M_PER_NM, abs=350.0)


def test_between_close_neighbours_the_middle_parts_the_waters() -> None:
    # In the Sound, narrower than 24 miles, both shores are as far from the common edge.
    sound = shapely.box(12.4, 55.6, 12.95, 55.9)
    edge = ALL["DK"].boundary.intersection(ALL["SE"].buffer(0.002)).intersection(sound)
    points = shapely.get_coordinates(edge)
    assert len(points) > 3
    for lon, lat in points:
        assert nearest_m(lat, lon, LAND["DK"]) == pytest.approx(nearest_m(lat, lon, LAND["SE"]), abs=800.0)


def test_the_corridor_through_the_gulf_of_finland_is_nobody_s() -> None:
    middle = [(59 + 51.694 / 60, 25 + 58.067 / 60), (59 + 52.594 / 60, 25 + 27.566 / 60), (59 + 31.691 / 60, 23.159)]
    assert [whose(*point) for point in middle] == [[], [], []]
    lat, lon = middle[1]
    assert whose(lat + 3.4 / 60, lon) == ["FI"]
    assert whose(lat - 3.4 / 60, lon) == ["EE"]
    assert whose(lat + 2.6 / 60, lon) == whose(lat - 2.6 / 60, lon) == []


def test_waters_narrower_by_law() -> None:
    assert whose(39.64, 25.45) == []  # Lemnos, 6 miles in the Aegean
    assert whose(37.60, 20.60) == ["GR"]  # off Zakynthos, 12 miles in the Ionian
    assert whose(42.25, 31.3) == []
    assert whose(41.25, 31.3) == ["TR"]


def test_a_window_cuts_and_leaves_out() -> None:
    window = Window(22.0, 51.0, 24.5, 52.0)
    cut = territory(["PL", "UA", "FI"], window)
    assert set(cut) == {"PL", "UA"}
    assert shapely.box(*window).buffer(1e-9).contains(cut["PL"])
    whole = territory(["PL"])["PL"]
    assert shapely.box(*SHIPPED).contains(whole)
    assert whole.area > cut["PL"].area


@pytest.mark.parametrize("code", ["PO", "none", "US"])
def test_a_state_that_does_not_ship(code: str) -> None:
    with pytest.raises(UnknownNameError, match=f"no state with the code '{code}' ships"):
        territory([code])


def test_poland_is_as_large_as_poland() -> None:
    # 311,900 km² of land and inner waters (Statistics Poland); by Lambert's cylindrical equal-area projection.
    flat = shapely.transform(
        LAND["PL"], lambda xy: np.stack([np.radians(xy[:, 0]), np.sin(np.radians(xy[:, 1]))], axis=1) * 6371.0
    )
    assert flat.area == pytest.approx(312_000, rel=0.01)


def test_it_stays_small() -> None:
    assert sum(file.stat().st_size for file in GEOGRAPHY.rglob("*") if file.is_file()) < 3_000_000


def test_an_airport_and_those_near_it() -> None:
    lask = airport("EPLK")
    assert (lask.country, round(lask.elevation_m)) == ("PL", 193)
    near = airports(Window(19.0, 51.4, 19.4, 51.7))
    assert lask in near
    assert all(distance_m(lask.lat_deg, lask.lon_deg, one.lat_deg, one.lon_deg) < 30e3 for one in near)


def test_an_airport_that_is_none() -> None:
    with pytest.raises(UnknownNameError, match="no airport has the ICAO code 'EPLKX': did you mean 'EPLK'"):
        airport("EPLKX")

"""The ground under an area: whose, how deep, how many people."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from holdfire.errors import InputError, UnknownNameError
from holdfire.geo.borders import territory
from holdfire.geo.depth import distances_m, edges
from holdfire.geo.frame import Frame, distance_m
from holdfire.geo.grid import Grid
from holdfire.geo.ground import DEEPEST_M, Ground, depth_at, ground, people_at, state_at
from holdfire.geo.people import Place, add_towns

FRAME = Frame(51.6, 21.6)
CODES = ["PL", "BY", "UA", "LT", "SK", "CZ", "DE", "RU", "HU", "RO", "MD", "AT", "DK", "SE", "LV", "none"]


@pytest.fixture(scope="module")
def east() -> Ground:
    return ground(FRAME, 330e3, 300e3, CODES, ["PL", "LT"])


@pytest.fixture(scope="module")
def poland() -> Ground:
    return ground(Frame(52.0, 19.3), 370e3, 370e3, CODES, ["PL"])


def test_it_covers_the_area(east: Ground) -> None:
    assert (east.x0_m, east.y0_m, east.cell_m, east.uncertainty_m) == (-330e3, -300e3, 2000.0, 2000.0)
    assert east.state.shape == east.people_per_km2.shape == (300, 330)
    assert east.depth_m.shape == (2, 300, 330)
    assert [str(one.dtype) for one in (east.state, east.depth_m, east.people_per_km2)] == ["uint8", *["float32"] * 2]


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [(52.23, 21.01, "PL"), (52.10, 23.70, "BY"), (49.84, 24.03, "UA"), (54.0, 24.5, "LT"), (49.0, 21.24, "SK")],
)
def test_whose_airspace(east: Ground, lat: float, lon: float, code: str) -> None:
    assert CODES[state_at(east, *FRAME.to_local(lat, lon))] == code


def test_no_border_has_a_gap(east: Ground) -> None:
    assert (east.state != CODES.index("none")).all()  # no sea in this area


def test_the_sea_beyond_the_waters_is_nobody_s(poland: Ground) -> None:
    frame = Frame(52.0, 19.3)
    assert CODES[state_at(poland, *frame.to_local(55.2, 17.5))] == "none"
    assert CODES[state_at(poland, *frame.to_local(54.9, 18.0))] == "PL"


def border_m(code: str, lat: float, lon: float) -> float:
    """Least geodesic distance from the border as it ships, point by point."""
    near = shapely.box(lon - 1.5, lat - 1, lon + 1.5, lat + 1)
    line = shapely.segmentize(territory([code])[code].boundary.intersection(near), 0.01)
    return min(distance_m(lat, lon, y, x) for x, y in shapely.get_coordinates(line))


@pytest.mark.parametrize(
    ("lat", "lon", "sign"),
    [(51.55, 23.35, 1), (52.05, 23.0, 1), (54.0, 22.9, 1), (52.3, 24.2, -1), (50.3, 24.5, -1), (49.6, 22.0, 1)],
)
def test_depth_is_the_geodesic_distance_to_the_border(east: Ground, lat: float, lon: float, sign: int) -> None:
    found = depth_at(east, 0, *FRAME.to_local(lat, lon))
    assert found == pytest.approx(sign * border_m("PL", lat, lon), abs=300.0)  # of cells of 2 km


def test_depth_is_cut_where_it_is_no_longer_known(east: Ground) -> None:
    assert np.abs(east.depth_m).max() == DEEPEST_M
    assert depth_at(east, 1, *FRAME.to_local(50.0, 19.5)) == -DEEPEST_M


def test_depth_is_continuous_across_the_border(east: Ground) -> None:
    y = FRAME.to_local(52.2, 23.0)[1]
    line = [depth_at(east, 0, x, y) for x in np.arange(0.0, 300e3, 200.0)]
    assert np.abs(np.diff(line)).max() < 260.0  # its slope is one at most
    assert line[0] > 0 > line[-1]


def test_outside_the_area_the_rim_counts(east: Ground) -> None:
    assert state_at(east, 1e7, -1e7) == east.state[0, -1]
    assert depth_at(east, 0, 1e7, 1e7) == east.depth_m[0, -1, -1]
    assert people_at(east, -1e7, 0.0) == east.people_per_km2[150, 0]


def test_all_poles_are_there(poland: Ground) -> None:
    # 37.98 million in GeoNames, whose towns and rest add up to it; towns spread a little over borders and the sea.
    inside = poland.people_per_km2[poland.state == CODES.index("PL")].sum(dtype=np.float64) * 4
    assert inside == pytest.approx(37.98e6, rel=0.02)


def test_the_country_is_empty_and_warsaw_is_not(east: Ground) -> None:
    assert people_at(east, *FRAME.to_local(51.55, 23.35)) == pytest.approx(58.6, abs=5)  # around Wyryki
    assert people_at(east, *FRAME.to_local(52.235, 21.01)) > 3_000


@pytest.mark.parametrize("population", [15_000, 2_000_000])
def test_nobody_is_lost_and_a_town_has_its_spread(population: int) -> None:
    grid, frame = Grid.over(100e3, 100e3, 2_000.0), Frame(52.0, 20.0)
    town = Place(52.05, 20.1, population, "A town", "PL")
    density = np.zeros((grid.ny, grid.nx), np.float32)
    add_towns(density, grid, frame, [town])
    assert density.sum(dtype=np.float64) * 4 == pytest.approx(population, rel=1e-4)
    x, _ = grid.centres()
    share = density.sum(axis=0, dtype=np.float64) / density.sum(dtype=np.float64)
    middle = (share * x).sum()
    assert middle == pytest.approx(frame.to_local(52.05, 20.1)[0], abs=50.0)
    if town.spread_m < grid.cell_m:  # too narrow for the cells to tell
        return
    variance = (share * (x - middle) ** 2).sum() - 2_000.0**2 / 12  # Sheppard's correction for cells
    assert variance == pytest.approx(town.spread_m**2, rel=0.05)


def test_a_town_outside_adds_only_what_reaches_in() -> None:
    grid, frame = Grid.over(50e3, 50e3, 2_000.0), Frame(52.0, 20.0)
    density = np.zeros((grid.ny, grid.nx), np.float32)
    add_towns(density, grid, frame, [Place(53.5, 20.0, 2_000_000, "Far", "PL"), Place(40.0, 0.0, 10**6, "Off", "ES")])
    assert density.sum() == 0


def test_distances_are_those_of_shapely() -> None:
    grid = Grid.over(60e3, 44e3, 2_000.0)
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    radius = 30e3 + 9e3 * np.sin(7 * angle)
    star = shapely.Polygon(np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1))
    x, y = np.meshgrid(*grid.centres())
    expected = shapely.distance(star.boundary, shapely.points(x, y))
    assert distances_m(grid, edges(star), 1e6) == pytest.approx(expected, abs=0.01)


def test_a_guarded_state_must_be_among_the_codes_and_ship() -> None:
    with pytest.raises(UnknownNameError, match="guarded state 'PO' is not"):
        ground(FRAME, 2e4, 2e4, CODES, ["PO"])
    with pytest.raises(UnknownNameError, match="guarded state 'US'"):
        ground(FRAME, 2e4, 2e4, ["US", *CODES], ["US"])


def test_an_area_beyond_what_ships_is_refused() -> None:
    with pytest.raises(InputError, match="beyond the geography that ships"):
        ground(Frame(52.0, -15.0), 2e4, 2e4, CODES, [])


def test_a_code_that_does_not_ship_covers_nothing() -> None:
    found = ground(FRAME, 2e4, 2e4, ["US", "PL", "none"], [])
    assert (found.state == 1).all()
    assert found.depth_m.shape == (0, 20, 20)

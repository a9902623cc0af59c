"""How many people live where: towns as bell-shaped heaps, everyone else evenly over their state's land.

Towns of over 15,000 are GeoNames' (CC BY 4.0), each spread as a circular normal distribution whose people live as far
from the middle on average (root mean square) as those of a disc of `TOWN_PEOPLE_PER_KM2`. The rest of a state's
population is even over its land: in Poland 59 per km², where villages have some 50 to 60. It is where people live:
nobody is thought to commute.
"""

from __future__ import annotations

import csv
from functools import cache
from math import erf, pi, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.geo.borders import GEOGRAPHY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.borders import Window
    from holdfire.geo.frame import Frame
    from holdfire.geo.grid import Grid

TOWN_PEOPLE_PER_KM2: Final = 2_500.0
"""Density of the disc that a town's spread is that of (`assumed`; Warsaw's districts together have 3,600)."""
_SPREADS: Final = 5.0
"""How many standard deviations a town reaches: all but four in a million of its people."""
_M2_PER_KM2: Final = 1e6


class Place(NamedTuple):
    """A town: its middle, and the people in it as GeoNames counts them."""

    lat_deg: float
    lon_deg: float
    population: int
    name: str
    country: str

    @property
    def spread_m(self) -> float:
        """Standard deviation along each axis: half the radius of a disc with the town's density."""
        return sqrt(self.population / (pi * TOWN_PEOPLE_PER_KM2) * _M2_PER_KM2) / 2


def places(window: Window) -> list[Place]:
    """Return the towns in a part of the globe, greatest first in each country."""
    return [place for place in _every_place() if window.holds(place.lat_deg, place.lon_deg)]


@cache
def _every_place() -> tuple[Place, ...]:
    with (GEOGRAPHY / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(float(row["lat_deg"]), float(row["lon_deg"]), int(row["population"]), row["name"], row["country"])
            for row in csv.DictReader(file)
        )


def add_towns(people_per_km2: NDArray[np.float32], grid: Grid, frame: Frame, towns: list[Place]) -> None:
    """Add towns to a density [ny, nx], each cell with its exact share, so that nobody is lost inside the grid."""
    for town in towns:
        x_m, y_m = frame.to_local(town.lat_deg, town.lon_deg)
        columns, across = _shares((x_m - grid.x0_m) / grid.cell_m, town.spread_m / grid.cell_m, grid.nx)
        rows, along = _shares((y_m - grid.y0_m) / grid.cell_m, town.spread_m / grid.cell_m, grid.ny)
        each = town.population / (grid.cell_m * grid.cell_m / _M2_PER_KM2)
        people_per_km2[rows, columns] += (each * along[:, None] * across[None, :]).astype(np.float32)


def _shares(middle: float, spread: float, count: int) -> tuple[slice, NDArray[np.float64]]:
    """Return which cells of a row a normal distribution reaches, and its share in each; lengths in cells."""
    first = min(max(int(middle - _SPREADS * spread), 0), count)
    last = min(max(int(middle + _SPREADS * spread) + 1, first), count)
    below = [(1 + erf((edge - middle) / (spread * sqrt(2)))) / 2 for edge in range(first, last + 1)]
    return slice(first, last), np.diff(np.array(below))

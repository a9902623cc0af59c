"""Where states are: their land, and their airspace over land and territorial waters, as this project ships them.

Natural Earth 4.1.0 at 1:10m with the internationally recognised borders and waters derived from the coast;
docs/reference/geography.md says how, and how far to trust it. Not for navigation or legal delimitation.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import shapely
from shapely.geometry import shape

from holdfire.errors import UnknownNameError
from holdfire.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

GEOGRAPHY: Final = Path(__file__).parents[1] / "library" / "geography"
UNCERTAINTY_M: Final = 2_000.0
"""How far off a border may be, m: ours for data at 1:10m, simplified by 200 m (`assumed`); of waters, see the docs."""


class Window(NamedTuple):
    """A part of the globe between two meridians and two parallels, in degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    def __str__(self) -> str:
        return (
            f"{self.west_deg:.2f} to {self.east_deg:.2f} degrees east, "
            f"{self.south_deg:.2f} to {self.north_deg:.2f} degrees north"
        )

    def holds(self, lat_deg: float, lon_deg: float) -> bool:
        """Whether a point lies in it."""
        return self.south_deg <= lat_deg <= self.north_deg and self.west_deg <= lon_deg <= self.east_deg

    def meets(self, other: Window) -> bool:
        """Whether it has a point in common with another."""
        across = self.west_deg <= other.east_deg and other.west_deg <= self.east_deg
        return across and self.south_deg <= other.north_deg and other.south_deg <= self.north_deg


SHIPPED: Final = Window(-12.0, 33.0, 60.0, 72.0)
"""The part of the globe that ships; states are cut at its edges."""


class State(NamedTuple):
    """A state that ships: ISO 3166-1 code (XK Kosovo), population (GeoNames), and the window around its territory.

    `people_per_km2` is the density of its people outside the towns of `places.csv`.
    """

    code: str
    name: str
    population: int
    people_per_km2: float
    window: Window


@cache
def states() -> dict[str, State]:
    """Return the states that ship, by code."""
    with (GEOGRAPHY / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            State(
                row["code"],
                row["name"],
                int(row["population"]),
                float(row["people_per_km2_outside_towns"]),
                Window(*(float(row[edge]) for edge in ("west", "south", "east", "north"))),
            )
            for row in csv.DictReader(file)
        ]
    return {state.code: state for state in rows}


def territory(codes: Iterable[str], window: Window | None = None) -> dict[str, BaseGeometry]:
    """Return the airspace of states seen from above: land and territorial waters, longitude and latitude in degrees.

    With a window, each is cut to it, and those outside are left out. Cut edges are no borders. Raises
    `UnknownNameError` for a code that does not ship.
    """
    return _cut(codes, window, "territory")


def land(codes: Iterable[str], window: Window | None = None) -> dict[str, BaseGeometry]:
    """Return the land of states, as `territory`."""
    return _cut(codes, window, "land")


def _cut(codes: Iterable[str], window: Window | None, part: str) -> dict[str, BaseGeometry]:
    known = states()
    found: dict[str, BaseGeometry] = {}
    for code in codes:
        if code not in known:
            message = f"no state with the code {code!r} ships{did_you_mean(code, known)}"
            raise UnknownNameError(message)
        if window is None:
            found[code] = _parts(code)[part]
        elif window.meets(known[code].window):
            pieces = shapely.get_parts(shapely.intersection(_parts(code)[part], shapely.box(*window)))
            found[code] = shapely.multipolygons([piece for piece in pieces if piece.geom_type == "Polygon"])
    return {code: area for code, area in found.items() if not area.is_empty}


@cache
def _parts(code: str) -> dict[str, Any]:
    """Return a state's land and territory, read when first asked for."""
    collection = json.loads((GEOGRAPHY / "states" / f"{code}.geojson").read_text(encoding="utf-8"))
    return {
        feature["properties"]["part"]: shapely.make_valid(shape(feature["geometry"]))
        for feature in collection["features"]
    }

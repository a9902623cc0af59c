"""The border that a scenario guards against states outside the alliance, and posts along it.

Nothing here looks at who comes, or from where: only at whose territory lies on which side of the border.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import shapely
from shapely.ops import nearest_points

from holdfire.geo.allies import ALLIES
from holdfire.geo.borders import land, states, territory
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.ground import window
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from holdfire.logic.checks import Raw

FACES_M: Final = 100_000.0
"""A border faces a state outside the alliance whose territory begins within so much of it (assumed)."""
FACED: Final = frozenset({"BY", "MD", "RU", "UA"})
"""Of the states outside the alliance, those that the public debate of 2025 is about, from or through whose sky aircraft
came: where one of them is near, the border towards others is not meant (assumed)."""
JOINS_M: Final = 4_000.0
"""Two states share a border where they are no further apart: twice as far as either may be off."""
EDGE_M: Final = 3_000.0
"""Nothing is placed nearer to the edge of the area."""
ASHORE_M: Final = 60_000.0
"""What stands on the ground stands at most so far from the border that it is for: waters reach 22 km (assumed)."""
_COARSE_M: Final = 500.0

Point = tuple[float, float]
Ground = Literal["any", "land", "sea"]
"""What lies below a post; the sea is that of the guarded states alone."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Shapes in the area's flat frame, m: the border that faces outside, and whose land and airspace lies inside."""

    frame: Frame
    box: BaseGeometry
    line: BaseGeometry
    """Empty where no border in the area faces a state outside the alliance."""
    guarded: dict[str, BaseGeometry]
    ashore: dict[str, BaseGeometry]
    allied: dict[str, BaseGeometry]
    """Land of allies that do not guard here."""

    @property
    def length_m(self) -> float:
        """Length of the border that faces outside."""
        return float(self.line.length)

    def posts(self, spacing_m: float, depth_m: float, on: Ground = "any") -> list[Point]:
        """Return points so far inside the border and about so far apart along it, in the frame, in order along it.

        Where the sea, or the edge of the area, leaves no such place near by, there is no post.
        """
        inner = self._ground(on).buffer(-depth_m).intersection(self.box)
        if inner.is_empty:
            return []
        out: list[Point] = []
        for x_m, y_m in self.along(spacing_m):
            near = nearest_points(inner, shapely.Point(x_m, y_m))[0]
            away_m = float(np.hypot(near.x - x_m, near.y - y_m))
            apart = all(np.hypot(near.x - x, near.y - y) > spacing_m / 2 for x, y in out)
            if away_m <= depth_m + ASHORE_M and apart:
                out.append((near.x, near.y))
        return out

    def _ground(self, on: Ground) -> BaseGeometry:
        if on == "land":
            return _union(self.ashore.values())
        guarded = _union(self.guarded.values())
        return guarded if on == "any" else guarded.difference(_union(self.ashore.values()))

    def along(self, spacing_m: float) -> list[Point]:
        """Return points of the border itself, about so far apart, at least one of each longer piece."""
        out: list[Point] = []
        for piece in shapely.get_parts(self.line):
            number = max(round(piece.length / spacing_m), 1)
            steps = (np.arange(number) + 0.5) * piece.length / number
            out += [(point.x, point.y) for point in shapely.line_interpolate_point(piece, steps)]
        return out

    def strip(self, depth_m: float) -> list[BaseGeometry]:
        """Return the land within a depth of the border inside it, as polygons without holes."""
        inside = shapely.union_all(list(self.ashore.values())).intersection(self.box)
        strip = inside.intersection(self.line.buffer(depth_m)).simplify(1000.0)
        parts = [each for each in shapely.get_parts(strip) if each.geom_type == "Polygon"]
        return [shapely.Polygon(each.exterior) for each in parts]

    def owner(self, point: Point) -> str:
        """Return the guarding state in whose airspace a point lies, or the nearest one."""
        here = shapely.Point(point)
        return min(self.guarded, key=lambda code: (self.guarded[code].distance(here), code))

    def place(self, point: Point) -> list[float]:
        """Return a point of the frame as latitude and longitude."""
        lat_deg, lon_deg = self.frame.to_geographic(*point)
        return [round(lat_deg, 3), round(lon_deg, 3)]


def outside(data: Raw) -> Outside:
    """Return the border that a sound scenario guards against states outside the alliance, as `FACED` has it."""
    area: dict[str, Any] = data["area"]
    guards = tuple(state["id"] for state in data["states"] if state["guards"])
    names = ("centre_lat_deg", "centre_lon_deg", "half_width_km", "half_height_km")
    return _outside(guards, *(float(area[name]) for name in names))


@cache
def _outside(guards: tuple[str, ...], lat_deg: float, lon_deg: float, width_km: float, height_km: float) -> Outside:
    frame = Frame(lat_deg, lon_deg)
    half_m = width_km * KM_M, height_km * KM_M
    seen = window(frame, Grid.over(*half_m, 2000.0), FACES_M)
    box = shapely.box(*(-each + EDGE_M for each in half_m), *(each - EDGE_M for each in half_m))
    known = [code for code in states() if states()[code].window.meets(seen)]
    ours = [code for code in guards if code in states()]
    friends = [code for code in known if code in ALLIES and code not in ours]
    outsiders = [code for code in known if code not in ALLIES and code not in ours]
    others = [code for code in outsiders if code in FACED] or outsiders
    guarded = {code: _flat(each, frame) for code, each in territory(ours, seen).items()}
    ashore = {code: _flat(each, frame) for code, each in land(ours, seen).items()}
    allied = {code: _flat(each, frame) for code, each in land(friends, seen).items()}
    beyond = _union(_flat(each, frame) for each in territory(others, seen).values())
    beside = _union(_flat(each, frame) for each in territory(friends, seen).values())
    border = _union(guarded.values()).boundary.intersection(box)
    line = border.intersection(beyond.buffer(FACES_M)).difference(beside.buffer(JOINS_M))
    return Outside(frame, box, _long_pieces(line), guarded, ashore, allied)


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(list(shapes))


def _flat(shape: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Return a shape of longitudes and latitudes in the frame, its corners thinned out first."""
    thin = shape.simplify(_COARSE_M / 111_000.0)

    def to_local(lon_lat: Any) -> Any:  # noqa: ANN401  # an array (n, 2)
        return np.stack(frame.to_local(lon_lat[:, 1].copy(), lon_lat[:, 0].copy()), axis=1)

    return shapely.make_valid(shapely.transform(thin, to_local))


def _long_pieces(line: BaseGeometry) -> BaseGeometry:
    """Return lines joined where they meet, without pieces that are shorter than a border is exact."""
    parts = [each for each in shapely.get_parts(line) if each.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.multilinestrings(parts)) if parts else shapely.MultiLineString()
    kept = [each for each in shapely.get_parts(merged) if each.length > JOINS_M]
    return shapely.multilinestrings(kept) if kept else shapely.MultiLineString()

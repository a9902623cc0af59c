"""The border that is watched, as cells of 25 km: the rim of the guarded states that faces certain others.

The rim counts where the straight line to the nearest airspace of a state that is faced is at most `FACING_M` long and
crosses no guarded or allied airspace but at its ends. So a coast counts where the other side is across the sea, and a
border between allies does not.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, hypot
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from holdfire.errors import InputError
from holdfire.geo.allies import ALLIES
from holdfire.geo.borders import states, territory
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.ground import window
from holdfire.messages.vocabulary import STATES
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from holdfire.scenario.schema import Scenario

    Numbers = NDArray[np.float64]

CELL_M: Final = 25_000.0
"""Length of a cell along the border: no finer place is ever given."""
FACING_M: Final = 400_000.0
"""Rim that is farther from any state faced does not count (assumed: most of the Baltic is narrower)."""
_ROUGH_DEG: Final = 0.02  # about 2 km: as much as borders at 1:10m may be off
_SMOOTH_M: Final = 5_000.0  # so that a crooked border is not longer than the way along it
_STEP_M: Final = 2_500.0
_NEAR_M: Final = 3_000.0  # two rims so near to each other are one border


class Border(NamedTuple):
    """Cells in the order in which they adjoin each other, along one stretch after another."""

    at_m: Numbers  # (cells, 2): the middle, in the flat frame
    inward: Numbers  # (cells, 2): unit vector square to the border, into the guarded side
    along_m: Numbers  # (cells,): length
    state: NDArray[np.int64]  # (cells,): place in `codes`
    stretch: NDArray[np.int64]  # (cells,): cells of one stretch adjoin each other in their order
    codes: tuple[str, ...]
    faced: tuple[str, ...]

    @property
    def tangent(self) -> Numbers:
        """Unit vectors along the border."""
        return np.stack([self.inward[:, 1], -self.inward[:, 0]], axis=1)


def faced_by(scenario: Scenario) -> tuple[str, ...]:
    """Return the states that a scenario's border faces: those of its intruders, and those that priors name."""
    named = {each.state for each in scenario.intruders} | set(scenario.priors.origin.states)
    return tuple(sorted(named & set(STATES) - {"none"} - {each.id for each in scenario.states if each.guards}))


def border_of(scenario: Scenario, facing: Sequence[str] = ()) -> Border:
    """Return the border of a scenario's guarded states towards others, by default those of `faced_by`.

    Raises `InputError` where there is none in the area.
    """
    area = scenario.area
    frame = Frame(area.centre_lat_deg, area.centre_lon_deg)
    half_m = area.half_width_km * KM_M, area.half_height_km * KM_M
    codes = tuple(each.id for each in scenario.states if each.guards)
    faced = tuple(facing) or faced_by(scenario)
    near = window(frame, Grid.over(*half_m, 5000.0), FACING_M)
    allies = sorted((ALLIES & set(states())) - set(codes))
    flat = {code: flat_area(found, frame) for code, found in territory((*codes, *faced, *allies), near).items()}
    own, others = [flat[code] for code in codes if code in flat], [flat[code] for code in faced if code in flat]
    if not others:
        message = f"no airspace of {', '.join(faced) or 'another state'} is near: say which states it faces (--facing)"
        raise InputError(message)
    rim = shapely.box(-half_m[0], -half_m[1], half_m[0], half_m[1])
    lines = list(
        _facing(shapely.union_all(own), shapely.union_all(others), [flat[c] for c in allies if c in flat], rim)
    )
    cells = [cell for number, line in enumerate(lines) for cell in _cells(line, number, own)]
    if not cells:
        message = (
            f"the airspace of {', '.join(codes)} has no border with {', '.join(faced)} here: name others (--facing)"
        )
        raise InputError(message)
    present = [place for place, code in enumerate(codes) if code in flat]
    at, inward, along, state, stretch = zip(*cells, strict=True)
    return Border(
        np.array(at), np.array(inward), np.array(along), np.array([present[each] for each in state], np.int64),
        np.array(stretch, np.int64), codes, faced,
    )  # fmt: skip


def flat_area(area: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Return an area in the frame, simplified by 2 km first, since a point takes 0.1 ms."""

    def local(points: Numbers) -> Numbers:
        return np.stack(frame.to_local(points[:, 1], points[:, 0]), axis=1)

    rough = shapely.segmentize(shapely.simplify(area, _ROUGH_DEG), 0.5)
    return shapely.make_valid(shapely.transform(rough, local))


def _facing(
    own: BaseGeometry, others: BaseGeometry, allies: Sequence[BaseGeometry], rim: BaseGeometry
) -> Iterator[BaseGeometry]:
    """Yield the stretches of rim that face the others, own airspace on their left."""
    friendly = shapely.union_all([own, *allies]).buffer(-_NEAR_M)
    shapely.prepare(friendly)
    allied = shapely.union_all(list(allies)).buffer(_NEAR_M)
    shapely.prepare(allied)
    solid = shapely.union_all(
        [shapely.Polygon(each.exterior) for each in _polygons(own.buffer(_NEAR_M).buffer(-_NEAR_M))]
    )
    for piece in _polygons(solid):
        ring = shapely.simplify(shapely.orient_polygons(piece).exterior, _SMOOTH_M)
        points = _every(np.asarray(ring.coords)[:, :2])
        if len(points) * _STEP_M < 4 * CELL_M:
            continue
        middles = shapely.points((points + np.roll(points, -1, axis=0)) / 2)
        lines = shapely.shortest_line(middles, others)
        counts = shapely.intersects(middles, rim) & (shapely.length(lines) <= FACING_M)
        counts &= ~shapely.intersects(friendly, lines) & ~shapely.intersects(allied, middles)
        yield from _runs(points, counts)


def _polygons(area: BaseGeometry) -> Iterable[BaseGeometry]:
    return [piece for piece in shapely.get_parts(area) if piece.geom_type == "Polygon"]


def _every(ring: Numbers) -> Numbers:
    """Return points about a step apart along a closed ring, its last point left out."""
    line = shapely.LineString(ring)
    many = max(ceil(line.length / _STEP_M), 3)
    along = shapely.line_interpolate_point(line, np.arange(many) / many, normalized=True)
    return np.asarray(shapely.get_coordinates(along))


def _runs(points: Numbers, counts: NDArray[np.bool_]) -> Iterator[BaseGeometry]:
    """Yield the lines along which steps count, over gaps of a few steps, from where the ring does not."""
    many = len(counts)
    start = int(np.argmin(counts)) if not counts.all() else 0
    order = (np.arange(many) + start) % many
    held = _closed(counts[order], int(CELL_M / _STEP_M))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(int)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin >= CELL_M / _STEP_M / 2:
            yield shapely.LineString(points[(np.arange(begin, end + 1) + start) % many])


def _closed(counts: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Return flags with gaps of at most so many filled."""
    held, set_ = counts.copy(), np.flatnonzero(counts)
    for one, other in pairwise(set_):
        if 1 < other - one <= most + 1:
            held[one:other] = True
    return held


def _cells(
    line: BaseGeometry, number: int, own: Sequence[BaseGeometry]
) -> Iterator[tuple[Numbers, Numbers, float, int, int]]:
    """Yield middle, inward direction, length, place of the state and stretch of each cell along a line."""
    many = max(round(line.length / CELL_M), 1)
    length = line.length / many
    for each in range(many):
        one, middle, other = (
            shapely.get_coordinates(shapely.line_interpolate_point(line, (each + share) * length))[0]
            for share in (0.1, 0.5, 0.9)
        )
        east, north = (other - one) / max(hypot(*(other - one)), 1.0)
        inward = np.array([-north, east])  # own airspace lies on the left
        inside = shapely.Point(*(middle + inward * 2 * _NEAR_M))
        yield middle, inward, length, int(np.argmin([shapely.distance(area, inside) for area in own])), number

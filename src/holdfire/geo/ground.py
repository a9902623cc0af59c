"""The ground under an area as grids: whose airspace, how deep inside it, and how many people below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from holdfire.compiled import kernel
from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import not_allowed
from holdfire.geo.borders import SHIPPED, UNCERTAINTY_M, Window, land, states, territory
from holdfire.geo.depth import distances_m, edges
from holdfire.geo.grid import Grid
from holdfire.geo.people import add_towns, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from holdfire.geo.frame import Frame

DEEPEST_M: Final = 400_000.0
"""Depths are exact up to this and cut there, so that only edges this near to the area need be known, m."""
_MOST_CODES: Final = 256
_LONGEST_DEG: Final = 0.25  # of a chord, which is then at most some 20 m from its arc up to 72° north


class Ground(NamedTuple):
    """Grids [ny, nx] over an area's flat frame, row 0 in the south; a point outside counts as on the rim.

    x0_m, y0_m
        South-west corner of the first cell, m.
    cell_m
        Side of a cell, m.
    state
        Place in the list of codes of the state whose airspace it is; the last place is nobody's.
    depth_m
        For each guarded state the distance to the edge of its airspace at cells' middles: positive inside,
        cut at `DEEPEST_M`.
    uncertainty_m
        How far off an edge may be, m.
    people_per_km2
        Residents.
    """

    x0_m: float
    y0_m: float
    cell_m: float
    state: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    uncertainty_m: float
    people_per_km2: NDArray[np.float32]


def ground(
    frame: Frame,
    half_width_m: float,
    half_height_m: float,
    codes: Sequence[str],
    guarded: Sequence[str],
    cell_m: float = 2_000.0,
) -> Ground:
    """Return the ground of an area about a frame's centre.

    `codes` names states in the order in which `Ground.state` numbers them, and last whatever stands for
    nobody's; a state that is not among them counts as nobody's, and a code that does not ship covers nothing.
    Raises `UnknownNameError` for a guarded state that is not among them or does not ship, `InputError` where the
    area reaches beyond what ships.
    """
    if len(codes) > _MOST_CODES:
        message = f"{len(codes)} codes are too many: give at most {_MOST_CODES}"
        raise InputError(message)
    for code in guarded:
        if code not in codes[:-1] or code not in states():
            message = not_allowed("guarded state", code, [known for known in codes[:-1] if known in states()])
            raise UnknownNameError(message)
    grid = Grid.over(half_width_m, half_height_m, cell_m)
    near, far = window(frame, grid, 0.0), window(frame, grid, DEEPEST_M)
    if not (SHIPPED.holds(near.south_deg, near.west_deg) and SHIPPED.holds(near.north_deg, near.east_deg)):
        message = f"the area spans {near}, beyond the geography that ships ({SHIPPED}): move or shrink it"
        raise InputError(message)
    shipped = [code for code in codes[:-1] if code in states()]
    areas = territory([code for code in shipped if code not in guarded], near) | territory(guarded, far)
    flat = {code: _projected(area, frame) for code, area in areas.items()}
    state = np.full((grid.ny, grid.nx), len(codes) - 1, np.uint8)
    for code in shipped:
        if code in flat:
            state[_inside(flat[code], grid)] = codes.index(code)
    return Ground(
        grid.x0_m, grid.y0_m, cell_m, state, _depth_m(grid, flat, state, codes, guarded), UNCERTAINTY_M,
        _people_per_km2(frame, grid, shipped, near),
    )  # fmt: skip


def window(frame: Frame, grid: Grid, margin_m: float) -> Window:
    """Return the smallest window around a grid and a margin: the rim is bent, so its whole length is asked."""
    at = np.linspace(-1.0, 1.0, 17)
    side = np.ones_like(at)
    x_m = np.concatenate([at, at, side, -side]) * (-grid.x0_m + margin_m)
    y_m = np.concatenate([side, -side, at, at]) * (-grid.y0_m + margin_m)
    lat_deg, lon_deg = frame.to_geographic(x_m, y_m)
    return Window(float(lon_deg.min()), float(lat_deg.min()), float(lon_deg.max()), float(lat_deg.max()))


def _projected(area: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Bring an area into the frame; an edge straight in longitude and latitude (RFC 7946) bends, so it is cut first."""

    def local(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack(frame.to_local(points[:, 1], points[:, 0]), axis=1)

    return shapely.transform(shapely.segmentize(area, _LONGEST_DEG), local)


def _inside(area: BaseGeometry, grid: Grid) -> NDArray[np.bool_]:
    """Whether each cell's middle lies in an area."""
    x_m, y_m = grid.centres()
    inside = np.zeros((grid.ny, grid.nx), np.bool_)
    west, south, east, north = area.bounds
    columns, rows = (x_m >= west) & (x_m <= east), (y_m >= south) & (y_m <= north)
    every_x, every_y = np.meshgrid(x_m[columns], y_m[rows])
    shapely.prepare(area)
    inside[np.ix_(rows, columns)] = shapely.contains_xy(area, every_x, every_y)
    return inside


def _depth_m(
    grid: Grid,
    flat: dict[str, BaseGeometry],
    state: NDArray[np.uint8],
    codes: Sequence[str],
    guarded: Sequence[str],
) -> NDArray[np.float32]:
    depth_m = np.full((len(guarded), grid.ny, grid.nx), DEEPEST_M, np.float32)
    for one, code in zip(depth_m, guarded, strict=True):
        if code in flat:
            one[...] = distances_m(grid, edges(flat[code]), DEEPEST_M)
        one[state != codes.index(code)] *= -1.0
    return depth_m


def _people_per_km2(frame: Frame, grid: Grid, shipped: Sequence[str], near: Window) -> NDArray[np.float32]:
    people = np.zeros((grid.ny, grid.nx), np.float32)
    for code, area in land(shipped, near).items():
        people[_inside(_projected(area, frame), grid)] = states()[code].people_per_km2
    add_towns(people, grid, frame, places(near))
    return people


@kernel
def cell_of(v_m: float, origin_m: float, cell_m: float, count: int) -> int:
    """Return the row or column in which a coordinate lies, kept inside the grid."""
    return int(min(max((v_m - origin_m) / cell_m, 0.0), count - 1.0))


@kernel
def state_at(ground: Ground, x_m: float, y_m: float) -> int:
    """Return the place in the list of codes of the state whose airspace a point is in."""
    ny, nx = ground.state.shape
    row = cell_of(y_m, ground.y0_m, ground.cell_m, ny)
    return int(ground.state[row, cell_of(x_m, ground.x0_m, ground.cell_m, nx)])


@kernel
def people_at(ground: Ground, x_m: float, y_m: float) -> float:
    """Return the density of residents, per km², in the cell of a point."""
    ny, nx = ground.people_per_km2.shape
    row = cell_of(y_m, ground.y0_m, ground.cell_m, ny)
    return float(ground.people_per_km2[row, cell_of(x_m, ground.x0_m, ground.cell_m, nx)])


@kernel
def depth_at(ground: Ground, guarded: int, x_m: float, y_m: float) -> float:
    """Return the depth, m, of a point inside a guarded state's airspace, bilinear between cells' middles."""
    depth_m, cell_m = ground.depth_m, ground.cell_m
    _, ny, nx = depth_m.shape
    column = min(max((x_m - ground.x0_m) / cell_m - 0.5, 0.0), nx - 1.0)
    row = min(max((y_m - ground.y0_m) / cell_m - 0.5, 0.0), ny - 1.0)
    left, below = min(int(column), nx - 2), min(int(row), ny - 2)
    east, north = column - left, row - below
    south_m = (1.0 - east) * depth_m[guarded, below, left] + east * depth_m[guarded, below, left + 1]
    north_m = (1.0 - east) * depth_m[guarded, below + 1, left] + east * depth_m[guarded, below + 1, left + 1]
    return float((1.0 - north) * south_m + north * north_m)


def covered(areas: Iterable[BaseGeometry], grid: Grid, frame: Frame, reach_m: float = 0.0) -> NDArray[np.bool_]:
    """Return for each cell [ny, nx] whether its middle lies in one of some areas, given in longitude and latitude.

    With a reach, or so near to one.
    """
    out = np.zeros((grid.ny, grid.nx), np.bool_)
    for area in areas:
        flat = _projected(area, frame)
        out |= _inside(flat.buffer(reach_m) if reach_m > 0.0 else flat, grid)
    return out

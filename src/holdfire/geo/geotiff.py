"""The user's own elevation model: a GeoTIFF in any projection, brought into an area's flat frame.

It is read by rasterio, which the extra `terrain` installs and nothing else needs.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import InputError
from holdfire.geo.grid import Grid
from holdfire.geo.terrain import COARSE_CELL_M, Terrain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from holdfire.geo.frame import Frame
    from holdfire.geo.terrain import Coarse

FINE_CELL_M: Final = 500.0
"""Side of the cells to which a fine model is averaged, m."""
_METRES: Final = {None, "", "m", "metre", "metres", "meter", "meters"}
_LOWEST_M, _HIGHEST_M = -500.0, 9000.0  # the shores of the Dead Sea and Mount Everest, and some room


def check_geotiff(path: Path, frame: Frame, half_m: tuple[float, float]) -> float:
    """Return how large a file's cells are at the area, m, without reading its heights.

    Raises `InputError` without rasterio, and for a file that cannot be read, says no projection, is not in metres or
    does not cover the area.
    """
    with _opened(path) as file:
        return _checked(file, path, frame, half_m)


def read_geotiff(path: Path, frame: Frame, half_m: tuple[float, float], limits: Coarse) -> Terrain:
    """Return the terrain of a file, averaged over cells of 500 m; coarse where its own are greater than the limit.

    Raises as `check_geotiff`, and for an area with cells of no height, or with heights that the Earth does not have.
    """
    from rasterio import Affine
    from rasterio.enums import Resampling
    from rasterio.vrt import WarpedVRT

    with _opened(path) as file:
        coarse = _checked(file, path, frame, half_m) > limits.coarser_than_m
        grid = Grid.over(*half_m, COARSE_CELL_M if coarse else FINE_CELL_M)
        warp = {
            "crs": _projection(frame), "width": grid.nx, "height": grid.ny,
            "transform": Affine(grid.cell_m, 0.0, grid.x0_m, 0.0, -grid.cell_m, -grid.y0_m),
            "resampling": Resampling.bilinear if coarse else Resampling.average,
        }  # fmt: skip
        with WarpedVRT(file, **warp) as warped:
            read = warped.read(1, masked=True, out_dtype="float32")
    holes = np.ma.getmaskarray(read) | ~np.isfinite(read.data)
    if holes.any():
        message = f"{path} has no height in {holes.mean():.1%} of the area: fill them, the sea with 0"
        raise InputError(message)
    low, high = float(read.min()), float(read.max())
    if low < _LOWEST_M or high > _HIGHEST_M:
        message = f"{path} has heights from {low:g} to {high:g} m: are they metres above the sea?"
        raise InputError(message)
    return Terrain(grid, np.ascontiguousarray(read.data[::-1]), limits.above_m if coarse else None)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        import rasterio
    except ModuleNotFoundError:
        message = f"{path} is read by rasterio, which is not installed: pip install 'holdfire[terrain]'"
        raise InputError(message) from None
    if not path.is_file():
        message = f"there is no file {path}: give the path of a GeoTIFF, from the scenario's folder"
        raise InputError(message)
    try:
        with rasterio.open(path) as file:
            yield file
    except rasterio.errors.RasterioError as error:
        message = f"{path} cannot be read as a GeoTIFF: {error}"
        raise InputError(message) from None


def _projection(frame: Frame) -> str:
    """Return the frame's own projection, as PROJ writes it."""
    return f"+proj=aeqd +lat_0={frame.lat_deg} +lon_0={frame.lon_deg} +datum=WGS84 +units=m"


def _checked(file: Any, path: Path, frame: Frame, half_m: tuple[float, float]) -> float:  # noqa: ANN401  # rasterio's
    from rasterio.warp import calculate_default_transform, transform

    if file.crs is None:
        message = f"{path} does not say in which projection it is: write one into it, as with `gdal_edit -a_srs`"
        raise InputError(message)
    unit = file.units[0]
    if (unit.lower() if unit else unit) not in _METRES:
        message = f"{path} has heights in {unit!r}: bring them into metres"
        raise InputError(message)
    at = np.linspace(-1.0, 1.0, 33)
    side = np.ones_like(at)
    x_m, y_m = np.concatenate([at, at, side, -side]) * half_m[0], np.concatenate([side, -side, at, at]) * half_m[1]
    there = transform(_projection(frame), file.crs, x_m, y_m)
    back = ~file.transform
    there_x, there_y = map(np.array, there)
    columns, rows = back.a * there_x + back.b * there_y + back.c, back.d * there_x + back.e * there_y + back.f
    inside = (columns >= 0) & (columns <= file.width) & (rows >= 0) & (rows <= file.height)
    if not inside.all():
        message = f"{path} does not cover the area: {1 - inside.mean():.0%} of its rim lies beyond the file"
        raise InputError(message)
    own = calculate_default_transform(file.crs, _projection(frame), file.width, file.height, *file.bounds)[0]
    return float(abs(own.a))

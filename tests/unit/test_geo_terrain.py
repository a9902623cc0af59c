"""Elevation models: what is read, in which frame, and what is refused."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.errors import InputError
from holdfire.geo.frame import Frame
from holdfire.geo.geotiff import check_geotiff, read_geotiff
from holdfire.geo.terrain import coarse_terrain
from support.ground import COARSE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio itself

FRAME = Frame(49.5, 22.0)  # the Polish and Slovak Carpathians
HALF_M = (20e3, 15e3)
WINDOW = (21.5, 49.2, 22.5, 49.8)  # west, south, east, north


def plane(lon_deg: Any, lat_deg: Any) -> Any:
    """Ground that rises to the east and to the north."""
    return 400.0 + 300.0 * (lon_deg - 22.0) + 500.0 * (lat_deg - 49.5)


def geotiff(path: Path, cells: int = 400, crs: str | None = "EPSG:4326", **parts: Any) -> Path:
    """Write the plane as a GeoTIFF over the window."""
    rasterio = pytest.importorskip("rasterio", reason="the extra `terrain` is not installed")
    from rasterio.transform import from_bounds
    from rasterio.warp import transform, transform_bounds

    bounds = WINDOW if crs is None else transform_bounds("EPSG:4326", crs, *parts.pop("window", WINDOW))
    where = from_bounds(*bounds, cells, cells)
    column, row = np.meshgrid(np.arange(cells) + 0.5, np.arange(cells) + 0.5)
    x, y = where.c + where.a * column, where.f + where.e * row
    lon, lat = (x, y) if crs is None else map(np.array, transform(crs, "EPSG:4326", x.ravel(), y.ravel()))
    heights = parts.pop("change", lambda each: each)(plane(lon, lat).reshape(cells, cells)).astype("float32")
    unit = parts.pop("unit", None)
    with rasterio.open(
        path, "w", driver="GTiff", width=cells, height=cells, count=1, dtype="float32", crs=crs,
        transform=where if crs else from_bounds(*WINDOW, cells, cells), **parts,
    ) as file:  # fmt: skip
        file.write(heights, 1)
        if unit:
            file.units = [unit]
    return path


def holed(heights: Any) -> Any:
    heights[190:210, 190:210] = -9999.0
    return heights


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2180", "EPSG:32634", "EPSG:3857"])
def test_any_projection_is_brought_into_the_frame(tmp_path: Path, crs: str) -> None:
    terrain = read_geotiff(geotiff(tmp_path / "own.tif", crs=crs), FRAME, HALF_M, COARSE)
    assert not terrain.coarse
    assert terrain.grid.cell_m == 500.0
    x_m, y_m = terrain.grid.centres()
    for row, column in ((0, 0), (10, 70), (59, 3), (30, 40)):
        lat_deg, lon_deg = FRAME.to_geographic(float(x_m[column]), float(y_m[row]))
        assert terrain.elevation_m[row, column] == pytest.approx(plane(lon_deg, lat_deg), abs=0.6)
    assert terrain.at(np.array(x_m[7] + 200.0), np.array(y_m[5])) == terrain.elevation_m[5, 7]
    assert terrain.at(np.array(1e6), np.array(-1e6)) == terrain.elevation_m[0, -1]


def test_great_cells_are_coarse(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "own.tif", cells=40)
    assert check_geotiff(path, FRAME, HALF_M) > 1000.0
    assert read_geotiff(path, FRAME, HALF_M, COARSE).coarse


@pytest.mark.filterwarnings("ignore:Dataset has no geotransform")
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"crs": None}, "does not say in which projection"),
        ({"unit": "ft"}, "has heights in 'ft': bring them into metres"),
        ({"window": (21.5, 49.2, 22.1, 49.8)}, "does not cover the area: "),
        ({"change": holed, "nodata": -9999.0}, "has no height in"),
        ({"change": lambda each: each * 100}, "are they metres above the sea?"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, parts: dict[str, Any], text: str) -> None:
    path = geotiff(tmp_path / "own.tif", **parts)
    with pytest.raises(InputError, match=r"own\.tif") as told:
        read_geotiff(path, FRAME, HALF_M, COARSE)
    assert text in str(told.value)


def test_what_is_no_geotiff_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("rasterio", reason="the extra `terrain` is not installed")
    with pytest.raises(InputError, match="there is no file"):
        check_geotiff(tmp_path / "none.tif", FRAME, HALF_M)
    (tmp_path / "text.tif").write_text("heights")
    with pytest.raises(InputError, match=r"text\.tif cannot be read as a GeoTIFF"):
        check_geotiff(tmp_path / "text.tif", FRAME, HALF_M)


def test_without_rasterio_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(InputError, match=r"pip install 'holdfire\[terrain\]'"):
        check_geotiff(tmp_path / "own.tif", FRAME, HALF_M)


def test_the_coarse_model_knows_hills_from_sea() -> None:
    tatra = coarse_terrain(Frame(49.2, 20.1), (40e3, 40e3), COARSE)
    assert tatra.coarse
    assert tatra.at(np.array(0.0), np.array(0.0)) > 1200.0
    baltic = coarse_terrain(Frame(56.0, 19.0), (30e3, 30e3), COARSE)
    assert np.all(baltic.elevation_m == 0.0)


def test_where_the_coarse_model_ends_it_is_refused() -> None:
    with pytest.raises(InputError, match="from 30 to 75 degrees north and from -30 to 60 east"):
        coarse_terrain(Frame(40.0, -100.0), (40e3, 40e3), COARSE)

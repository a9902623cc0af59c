"""A part of the area, as a circle or a polygon: where a network listens, and where broadcasts are disturbed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Protocol

import numpy as np
import shapely
from pydantic import AfterValidator, BaseModel, Field, model_validator

from holdfire.logic.when_schema import STRICT

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def _on_earth(pair: list[float]) -> list[float]:
    lat, lon = pair
    if not (-85 <= lat <= 85 and -180 <= lon <= 180):
        message = f"[{lat:g}, {lon:g}] is no place: latitude lies in -85 to 85, longitude in -180 to 180"
        raise ValueError(message)
    return pair


Place = Annotated[list[float], Field(min_length=2, max_length=2), AfterValidator(_on_earth)]
"""Latitude and longitude."""


class Projection(Protocol):
    """What takes a point of the earth to the area's flat frame."""

    def to_local(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Return x and y in metres."""


class PatchModel(BaseModel):
    """A circle (`centre`, `radius_km`) or a polygon (`corners`, three or more in order)."""

    model_config = STRICT
    centre: Place | None = Field(None, description="latitude and longitude of the middle of a circle")
    radius_km: Annotated[float, Field(gt=0, le=1000)] | None = Field(None, description="of the circle")
    corners: Annotated[list[Place], Field(min_length=3, max_length=200)] | None = Field(
        None, description="latitude and longitude of each corner of a polygon"
    )

    @model_validator(mode="after")
    def _one_form(self) -> PatchModel:
        circle = (self.centre is not None) + (self.radius_km is not None)
        if circle + 2 * (self.corners is not None) != 2:
            message = "write centre and radius_km of a circle, or corners of a polygon"
            raise ValueError(message)
        return self


def shape_of(patch: PatchModel, frame: Projection) -> BaseGeometry:
    """Return it in the area's flat frame, m; a side of a polygon is straight there."""
    if patch.centre is not None and patch.radius_km is not None:
        return shapely.Point(*frame.to_local(*patch.centre)).buffer(patch.radius_km * 1000.0, quad_segs=32)
    return shapely.Polygon([frame.to_local(lat, lon) for lat, lon in patch.corners or ()])


def inside(shape: BaseGeometry, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return [ny, nx] whether each crossing of columns x and rows y lies in it."""
    shapely.prepare(shape)
    return np.asarray(shapely.contains_xy(shape, *np.meshgrid(x_m, y_m)))


def fault(patch: PatchModel, frame: Projection, half_m: tuple[float, float]) -> str | None:
    """Return what is wrong with a patch in an area of this half width and height; nothing if it is sound."""
    shape = shape_of(patch, frame)
    if not shape.is_valid or shape.area <= 0.0:
        return "its corners go round no area without crossing: put them in order"
    west, south, east, north = shape.bounds
    if max(-west, east) > half_m[0] or max(-south, north) > half_m[1]:
        reach_km = max(-west, east) / 1000.0, max(-south, north) / 1000.0
        return (
            f"it reaches {reach_km[0]:.0f} km east or west and {reach_km[1]:.0f} km north or south of the centre, "
            f"outside the area of {half_m[0] / 1000:g} by {half_m[1] / 1000:g} km each way: shrink it or widen the area"
        )
    return None

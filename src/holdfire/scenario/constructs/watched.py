"""Where a border is watched least: from the horizons and the ranges of the sensors that stand, and nothing else."""

from __future__ import annotations

from math import hypot, inf, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from holdfire.catalogue import load_sensor
from holdfire.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from holdfire.logic.checks import Raw
    from holdfire.scenario.outside import Outside

STEP_M: Final = 10_000.0
AT_M: Final = 300.0
"""Height of what is to be seen (assumed)."""
_HORIZON: Final = 4120.0
"""m for the root of a metre: the horizon over an Earth of 4/3 its radius (textbooks)."""


def least_watched(data: Raw, border: Outside, stretch_m: float) -> BaseGeometry:
    """Return the stretch of the border, so long, where something low stands furthest beyond what sensors reach.

    How well a point is watched is the largest ratio, over the radars that stand, of how far each sees low to how far
    away it is; of a stretch, the mean over its points.
    """
    points = border.along(STEP_M)
    if not points:
        return border.line
    radars = list(_radars(data, border))
    watched = np.array(
        [max((sees / max(hypot(x - a, y - b), 1.0) for a, b, sees in radars), default=0.0) for x, y in points]
    )
    best, least = points[0], inf
    for x_m, y_m in points:
        near = [k for k, (x, y) in enumerate(points) if hypot(x - x_m, y - y_m) <= stretch_m / 2]
        mean = float(np.minimum(watched[near], 5.0).mean())
        if mean < least - 1e-9:
            best, least = (x_m, y_m), mean
    return border.line.intersection(shapely.Point(best).buffer(stretch_m / 2))


def _radars(data: Raw, border: Outside) -> Iterator[tuple[float, float, float]]:
    """Yield x and y of each radar that stands, and how far it sees something low, m."""
    for each in data.get("sensors", []):
        if "mast_m" not in each:
            continue
        try:
            stated = load_sensor(each["model"]).stated
        except InputError:  # a path, which counts as far as its horizon
            stated = None
        most_km = getattr(getattr(stated, "instrumented_km", None), "value", inf)
        if stated is None or stated.kind == "radar":
            horizon_m = _HORIZON * (sqrt(each["mast_m"]) + sqrt(AT_M))
            yield *border.frame.to_local(each["lat_deg"], each["lon_deg"]), min(horizon_m, most_km * 1000.0)

"""What allied neighbours see, as sensors on their land along the border with them; and what they call about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from holdfire.scenario.change import Change
from holdfire.scenario.constructs.along import stood
from holdfire.scenario.outside import JOINS_M, outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import NeighboursModel, WarningsModel
    from holdfire.scenario.outside import Outside, Point

Json = dict[str, Any]
FAR_M = 120_000.0
"""An ally whose land begins further off sees nothing that matters here (assumed): across a gulf, but not a sea."""


def beyond(data: Raw, apart_m: float, depth_m: float) -> dict[str, list[Point]]:
    """Return, by allied neighbour, points so deep on its land inside the area, along those who guard, so far apart.

    Where its land in the area is too narrow for that, they lie half or a quarter as deep.
    """
    border = outside(data)
    out: dict[str, list[Point]] = {}
    ours = shapely.union_all(list(border.guarded.values()))
    for code, ground in _near(border):
        for deep_m in (depth_m, depth_m / 2.0, depth_m / 4.0):
            inner = ground.buffer(-deep_m).intersection(border.box)
            if inner.is_empty:
                continue
            points = _facing(border, inner, ours.buffer(inner.distance(ours) + deep_m + JOINS_M), apart_m)
            if points:
                out[code] = points
                break
    return out


def _near(border: Outside) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield allied neighbours with land in the area that is not far from those who guard, and that land."""
    ours = shapely.union_all(list(border.guarded.values()))
    for code, ground in sorted(border.allied.items()):
        if ground.intersects(border.box) and ground.distance(ours) <= FAR_M:
            yield code, ground


def _facing(border: Outside, inner: Any, near: Any, apart_m: float) -> list[Point]:  # noqa: ANN401  # shapes
    """Return points of the edge of a neighbour's land that is near ours, about so far apart."""
    out: list[Point] = []
    for piece in shapely.get_parts(inner.boundary.intersection(near)):
        number = max(round(piece.length / apart_m), 1)
        for point in shapely.line_interpolate_point(piece, (np.arange(number) + 0.5) * piece.length / number):
            if border.box.contains(point) and all(shapely.Point(each).distance(point) > apart_m / 2 for each in out):
                out.append((point.x, point.y))
    return out


def neighbours(data: Raw, given: NeighboursModel, name: str) -> Change:
    """Return sensors of allied neighbours, so many from each in turn."""
    border, found = outside(data), beyond(data, given.every_km * KM_M, given.depth_km * KM_M)
    turns = [(code, turn, point) for code, points in found.items() for turn, point in enumerate(points)]
    taken = sorted(turns, key=lambda each: (each[1], each[0]))[: given.at_most]
    sensors = [
        stood(border, point, f"{name}-{code.lower()}-{turn + 1}", given.sensor, given.mast_m, given.source)
        for code, turn, point in sorted(taken)
    ]
    return Change(add={"sensors": sensors})


def called(data: Raw, given: WarningsModel, name: str) -> Change:
    """Return the calls of allied neighbours who do not call already."""
    already = {each["state"] for each in data.get("warnings", [])}
    ranges = {key: {"low": low, "high": high} for key, (low, high) in _ends(given)}
    entry = {"reach_km": given.reach_km, **ranges, "source": list(given.source)}
    callers = [code for code, _ in _near(outside(data)) if code not in already]
    return Change(add={"warnings": [{"id": f"{name}-{code.lower()}", "state": code, **entry} for code in callers]})


def _ends(given: WarningsModel) -> Iterator[tuple[str, list[float]]]:
    for key in type(given).model_fields:
        if key not in {"reach_km", "source"}:
            yield key, getattr(given, key)

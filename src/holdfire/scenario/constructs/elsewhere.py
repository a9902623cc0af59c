"""What allied neighbours see, as sensors on their land along the border with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.ops import nearest_points

from holdfire.scenario.change import Change
from holdfire.scenario.constructs.along import stood
from holdfire.scenario.outside import JOINS_M, outside
from holdfire.units import KM_M

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_means import NeighboursModel
    from holdfire.scenario.outside import Outside, Point

Json = dict[str, Any]
FAR_M = 120_000.0
"""An ally whose land begins further off sees nothing that matters here (assumed): across a gulf, but not a sea."""


def beyond(data: Raw, given: NeighboursModel) -> dict[str, list[Point]]:
    """Return, by allied neighbour, points on its land inside the area, along what it shares with those who guard."""
    border = outside(data)
    ours = shapely.union_all(list(border.guarded.values()))
    out: dict[str, list[Point]] = {}
    for code, ground in sorted(border.allied.items()):
        inner = ground.buffer(-given.depth_km * KM_M).intersection(border.box)
        if not inner.is_empty and ground.distance(ours) <= FAR_M:
            out[code] = _facing(border, inner, ours, given)
    return {code: points for code, points in out.items() if points}


def _facing(border: Outside, inner: Any, ours: Any, given: NeighboursModel) -> list[Point]:  # noqa: ANN401  # shapes
    """Return points of a neighbour's land that are nearest to ours, about so far apart."""
    apart_m = given.every_km * KM_M
    out: list[Point] = []
    near = inner.boundary.intersection(ours.buffer(inner.distance(ours) + given.depth_km * KM_M + JOINS_M))
    for piece in shapely.get_parts(near):
        for share in range(max(round(piece.length / apart_m), 1)):
            along = piece.interpolate((share + 0.5) * piece.length / max(round(piece.length / apart_m), 1))
            point = nearest_points(inner, along)[0]
            if border.box.contains(point) and all(shapely.Point(each).distance(point) > apart_m / 2 for each in out):
                out.append((point.x, point.y))
    return out


def neighbours(data: Raw, given: NeighboursModel, name: str) -> Change:
    """Return sensors of allied neighbours, so many from each in turn."""
    border, found = outside(data), beyond(data, given)
    turns = [(code, turn, point) for code, points in found.items() for turn, point in enumerate(points)]
    taken = sorted(turns, key=lambda each: (each[1], each[0]))[: given.at_most]
    sensors = [
        stood(border, point, f"{name}-{code.lower()}-{turn + 1}", given.sensor, given.mast_m, given.source)
        for code, turn, point in sorted(taken)
    ]
    return Change(add={"sensors": sensors})

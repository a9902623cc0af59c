"""From networks of a scenario and the library to arrays: nodes, people, thresholds, and where false plots lie."""

from __future__ import annotations

from math import exp, inf, radians
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.errors import ContentError, Finding
from holdfire.geo.grid import Grid
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.sense.field_layout import FIELD, Fields, Way
from holdfire.sense.field_schema import AcousticModel, FieldModel, PublicModel, RadioModel, Sounding
from holdfire.sense.patch import inside, shape_of
from holdfire.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame
    from holdfire.geo.ground import Ground
    from holdfire.sense.layout import Sensors
    from holdfire.sense.schema import NightModel, SensorModel
    from holdfire.sense.sensor import Sensor

MOST_CELLS: Final = 65_000
"""Of one network: each draws a number of its own (16 bits)."""
CALM_M_S: Final = 3.0
"""Wind up to which the ambient level is as stated (estimate: curves of ETSU-R-97 rise from about there)."""
_HOURS: Final = 49  # a night has at most 48
_KIND: Final = {AcousticModel: "acoustic", RadioModel: "rf", PublicModel: "report"}
_WAY: Final = {AcousticModel: Way.ACOUSTIC, RadioModel: Way.RF, PublicModel: Way.REPORTS}
_PER_1000_KM2_M2: Final = 1e9
_MILLION: Final = 1e6


class Cells(NamedTuple):
    """Where the parts of one sensor lie, and where its false plots do."""

    corner: dict[str, Any]  # fields of `FIELD`: the cells
    node: NDArray[np.float64]  # (cells, 2), none for people
    people: NDArray[np.float64] | None  # (ny, nx) residents
    false_at: NDArray[np.float64]  # (places, 2)
    weight: NDArray[np.float64]  # (places,)
    false_per_s: float
    area_m2: float


def field_timing(model: FieldModel, dt_s: float) -> dict[str, Any]:
    """Return what of a `RADAR` record holds for a sensor that is spread over ground; the rest of it says nothing."""
    ticks = max(round(model.period_s.value / dt_s), 1)
    return {
        "period_s": model.period_s.value,
        "period_ticks": ticks,
        "cells": ticks,
        "kinds": 1 << KINDS_OF_SENSOR.index(_KIND[type(model)]),
        "detects": model.detects.value,
        "reach_m": inf,
        "outage_every_s": inf,
    }


def with_fields(  # noqa: PLR0913 -- the parts of a lay-down
    sensors: Sensors,
    placed: Sequence[SensorModel],
    library: Mapping[str, Sensor],
    frame: Frame,
    night: NightModel,
    start: datetime,
    ground: Ground,
) -> Sensors:
    """Return the sensors with those of them laid out that are spread over ground.

    `start` is when the night begins, for the hours at which people sleep; `ground` says where they live. Raises
    `ContentError` where a network has more cells than can be told apart, or no node.
    """
    made = Fields(
        np.zeros(sensors.radar.size, FIELD), np.zeros((0, 2)), np.zeros((0, *ground.people_per_km2.shape)),
        np.ones(_HOURS), np.zeros((0, 2)), np.zeros(0),
    )  # fmt: skip
    radar = sensors.radar.copy()
    for place, line in enumerate(radar["line"]):
        sensor, model = placed[line], library[placed[line].model].stated
        if not isinstance(model, FieldModel) or sensor.area is None:
            continue
        public = isinstance(model, PublicModel)
        cells = _residents(model, sensor, frame, ground) if public else _nodes(model, sensor, frame, int(line))
        row = {**_common(model), **_own(model, sensor, night, sensors.dt_s), **cells.corner}
        row["first"] = len(made.people) if cells.people is not None else len(made.node)
        row["false_first"], row["false_count"] = len(made.false_at), len(cells.false_at)
        for name, value in row.items():
            made.row[place][name] = value
        _falsely(radar[place], cells, sensors.dt_s)
        made = made._replace(
            node=np.concatenate([made.node, cells.node]),
            people=made.people if cells.people is None else np.concatenate([made.people, cells.people[None]]),
            awake=_awake(model, start, frame) if isinstance(model, PublicModel) else made.awake,
            false_at=np.concatenate([made.false_at, cells.false_at]),
            false_share=np.concatenate([made.false_share, _shares(cells.weight)]),
        )
    return sensors._replace(radar=radar, fields=made)


def _common(model: FieldModel) -> dict[str, Any]:
    return {
        "way": _WAY[type(model)],
        "sd_m": model.position_sd_m.value,
        "lag_speed_m_s": model.lag_speed_m_s.value,
    }


def _own(model: FieldModel, sensor: SensorModel, night: NightModel, dt_s: float) -> dict[str, Any]:
    if isinstance(model, AcousticModel):
        return {**_acoustic(model, sensor, night), "holds_ticks": max(round(model.holds_s.value / dt_s), 1)}
    if isinstance(model, RadioModel):
        return _radio(model)
    assert isinstance(model, PublicModel)  # noqa: S101 -- there is no other
    return _public(model, night)


def _sound(model: Sounding, night: NightModel) -> dict[str, float]:
    ambient = getattr(model, f"ambient_{night.darkness}_db").value
    return {
        "spread_db": model.spread_db.value,
        "absorption_db_m": model.absorption_db.value / KM_M,
        "least_db": ambient + model.above_ambient_db.value,
    }


def _acoustic(model: AcousticModel, sensor: SensorModel, night: NightModel) -> dict[str, Any]:
    sound = _sound(model, night)
    sound["least_db"] += model.wind_db.value * max((sensor.wind_m_s or 0.0) - CALM_M_S, 0.0)
    return {
        **sound,
        "needed": round(model.nodes.value),
        "works": model.works.value,
        "ceiling_m": model.ceiling_m.value,
        "false_sd_m": 0.5 * (sensor.spacing_km or 0.0) * KM_M,
    }


def _radio(model: RadioModel) -> dict[str, Any]:
    return {
        "needed": round(model.nodes.value),
        "spread_db": model.spread_db.value,
        "least_db": model.sensitivity_dbm.value - model.gain_dbi.value,
        "low_ghz": model.low_ghz.value,
        "high_ghz": model.high_ghz.value,
        "mast_m": model.mast_m.value,
        "bearing_sd_rad": radians(model.bearing_sd_deg.value),
        "fix_sd_m": model.fix_sd_m.value,
        "false_sd_m": 0.5 * model.fix_sd_m.value,
    }


def _public(model: PublicModel, night: NightModel) -> dict[str, Any]:
    late_m = model.delay_s.value * model.lag_speed_m_s.value
    return {
        **_sound(model, night),
        "calls": model.calls.value * model.outdoors.value,
        "familiar": model.familiar.value,
        "sees_rad": model.sees_mrad.value / 1000.0 if night.darkness == "day" else inf,
        "delay_s": model.delay_s.value,
        "delay_spread": model.delay_spread.value,
        "false_sd_m": (model.position_sd_m.value**2 + late_m**2) ** 0.5,
    }


def _nodes(model: FieldModel, sensor: SensorModel, frame: Frame, line: int) -> Cells:
    """Lay one node into each cell whose middle the area holds, within half a cell of the middle.

    By the R2 sequence (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018), so that nodes
    are spread alike in every run and stand on no straight lines.
    """
    assert sensor.area is not None  # noqa: S101 -- it has one here
    assert isinstance(model, AcousticModel | RadioModel)  # noqa: S101 -- people are no nodes
    cell_m = (sensor.spacing_km or 1.0) * KM_M
    shape = shape_of(sensor.area, frame)
    west_m, south_m, east_m, north_m = shape.bounds
    columns, rows = (max(round((high - low) / cell_m), 1) for low, high in ((west_m, east_m), (south_m, north_m)))
    if columns * rows > MOST_CELLS:
        text = f"{sensor.id}: {columns * rows} cells are more than {MOST_CELLS}: widen spacing_km, or split the area"
        raise ContentError([Finding((line, "spacing_km"), text)])
    x_m, y_m = Grid(west_m, south_m, cell_m, columns, rows).centres()
    node = np.stack(np.meshgrid(x_m, y_m), axis=-1).reshape(-1, 2)
    each = np.arange(len(node))[:, None] + 1
    node += 0.5 * cell_m * ((each * np.array([0.754877666, 0.569840291])) % 1.0 - 0.5)
    node[~inside(shape, x_m, y_m).ravel()] = np.nan
    live = node[~np.isnan(node[:, 0])]
    if len(live) == 0:
        text = f"{sensor.id}: no node {cell_m / KM_M:g} km apart lies in its area: narrow spacing_km, or widen the area"
        raise ContentError([Finding((line, "spacing_km"), text)])
    area_m2 = len(live) * cell_m**2
    rate = model.false_per_1000_km2_h.value / _PER_1000_KM2_M2 * area_m2 / HOUR_S
    corner = {"west_m": west_m, "south_m": south_m, "cell_m": cell_m, "columns": columns, "rows": rows}
    return Cells(corner, node, None, live, np.ones(len(live)), rate, area_m2)


def _residents(model: FieldModel, sensor: SensorModel, frame: Frame, ground: Ground) -> Cells:
    assert sensor.area is not None  # noqa: S101 -- it has one here
    assert isinstance(model, PublicModel)  # noqa: S101 -- the caller's
    rows, columns = ground.people_per_km2.shape
    x_m, y_m = Grid(ground.x0_m, ground.y0_m, ground.cell_m, columns, rows).centres()
    covered = inside(shape_of(sensor.area, frame), x_m, y_m)
    people = np.where(covered, ground.people_per_km2, 0.0) * (ground.cell_m / KM_M) ** 2
    places = np.stack(np.meshgrid(x_m, y_m), axis=-1)[people > 0]
    corner = {
        "west_m": ground.x0_m, "south_m": ground.y0_m, "cell_m": ground.cell_m, "columns": columns, "rows": rows,
    }  # fmt: skip
    rate = model.false_per_million_h.value / _MILLION * float(people.sum()) / HOUR_S
    area_m2 = max(float(covered.sum()), 1.0) * ground.cell_m**2
    return Cells(corner, np.zeros((0, 2)), people, places, people[people > 0], rate, area_m2)


def _falsely(radar: Any, cells: Cells, dt_s: float) -> None:  # noqa: ANN401 -- a record
    mean = cells.false_per_s * dt_s
    radar["false_mean"], radar["no_false"] = mean, exp(-mean)
    radar["false_per_m2"] = cells.false_per_s * radar["period_s"] / cells.area_m2


def _shares(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rising shares of which the last is beyond any draw."""
    shares = np.cumsum(weight) / max(float(weight.sum()), 1e-300)
    shares[-1:] = inf
    return shares


def _awake(model: PublicModel, start: datetime, frame: Frame) -> NDArray[np.float64]:
    """Return the share awake in each hour of the night, by mean solar time at the middle of the area."""
    first = start.hour + start.minute / 60 + frame.lon_deg / 15
    hours = (first + np.arange(_HOURS)) % 24
    share = np.full(_HOURS, model.awake_day.value)
    share[(hours >= 22) | (hours < 7)] = model.awake_edge.value
    share[hours < 5] = model.awake_night.value
    return share

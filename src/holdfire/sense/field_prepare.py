"""From networks and residents of a scenario, and the library, to arrays."""

from __future__ import annotations

from math import exp, inf, radians
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.geo.grid import Grid
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.sense.field_layout import FIELD, HOURS, Fields, Way
from holdfire.sense.field_schema import AcousticModel, FieldModel, PublicModel, RadioModel, Sounding
from holdfire.sense.nodes import lattice, nodes
from holdfire.sense.patch import inside, shape_of
from holdfire.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from holdfire.geo.frame import Frame
    from holdfire.geo.ground import Ground
    from holdfire.sense.layout import Sensors
    from holdfire.sense.schema import NightModel, SensorModel
    from holdfire.sense.sensor import Sensor

CALM_M_S: Final = 3.0
"""Wind up to which the ambient level is as stated (estimate: curves of ETSU-R-97 rise from about there)."""
_KIND: Final[dict[type[FieldModel], str]] = {AcousticModel: "acoustic", RadioModel: "rf", PublicModel: "report"}
_PER_1000_KM2: Final = 1e-9  # 1/m²
_PER_MILLION: Final = 1e-6


class Spread(NamedTuple):
    """Over which ground a sensor is spread."""

    grid: Grid
    node: NDArray[np.float64]  # (cells, 2), of a network
    people: NDArray[np.float64]  # (0 or 1, ny, nx) residents of each cell, where these are the sensor
    false_at: NDArray[np.float64]  # (places, 2) where false plots lie
    weight: NDArray[np.float64]  # (places,)
    false_per_h: float
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
    """Return sensors that `prepare_sensors` made of the same section, those laid out that are spread over ground.

    `start` is when the night begins, for the hours at which people sleep; `ground` says where they live.
    """
    row, radar = np.zeros(sensors.radar.size, FIELD), sensors.radar.copy()
    none = np.zeros((0, 2))
    made = Fields(row, none, np.zeros((0, *ground.people_per_km2.shape)), np.zeros((0, HOURS)), none, np.zeros(0))
    for place, line in enumerate(radar["line"]):
        sensor, model = placed[line], library[placed[line].model].stated
        if sensor.area is None or not isinstance(model, AcousticModel | RadioModel | PublicModel):
            continue
        shape = shape_of(sensor.area, frame)
        if isinstance(model, PublicModel):
            spread = _residents(model, shape, ground)
        else:
            spread = _network(model, shape, sensor, made.people[:0])
        _fill(row[place], _stated(model, sensor, night, sensors.dt_s), spread, made)
        _falsely(radar[place], spread, sensors.dt_s)
        made = Fields(
            row,
            np.concatenate([made.node, spread.node]),
            np.concatenate([made.people, spread.people]),
            np.concatenate([made.awake, _awake(model, start, frame)]),
            np.concatenate([made.false_at, spread.false_at]),
            np.concatenate([made.false_share, _shares(spread.weight)]),
        )
    return sensors._replace(radar=radar, fields=made)


def _fill(row: np.void, stated: dict[str, Any], spread: Spread, before: Fields) -> None:
    west_m, south_m, cell_m, columns, rows = spread.grid
    first = len(before.people) if len(spread.people) else len(before.node)
    place = {"west_m": west_m, "south_m": south_m, "cell_m": cell_m, "columns": columns, "rows": rows, "first": first}
    false = {"false_first": len(before.false_at), "false_count": len(spread.false_at)}
    for name, value in (stated | place | false).items():
        row[name] = value


def _stated(
    model: AcousticModel | RadioModel | PublicModel, sensor: SensorModel, night: NightModel, dt_s: float
) -> dict[str, Any]:
    both = {"sd_m": model.position_sd_m.value, "lag_speed_m_s": model.lag_speed_m_s.value}
    if isinstance(model, AcousticModel):
        wind_db = model.wind_db.value * max((sensor.wind_m_s or 0.0) - CALM_M_S, 0.0)
        return both | _sound(model, night, wind_db) | {
            "way": Way.ACOUSTIC,
            "needed": round(model.nodes.value),
            "holds_ticks": max(round(model.holds_s.value / dt_s), 1),
            "works": model.works.value,
            "ceiling_m": model.ceiling_m.value,
            "false_sd_m": 0.5 * (sensor.spacing_km or 0.0) * KM_M,
        }  # fmt: skip
    if isinstance(model, RadioModel):
        return both | {
            "way": Way.RF,
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
    late_m = model.delay_s.value * model.lag_speed_m_s.value
    return both | _sound(model, night, 0.0) | {
        "way": Way.REPORTS,
        "calls": model.calls.value * model.outdoors.value,
        "familiar": model.familiar.value,
        "sees_rad": model.sees_mrad.value / 1000.0 if night.darkness == "day" else inf,
        "delay_s": model.delay_s.value,
        "delay_spread": model.delay_spread.value,
        "false_sd_m": (model.position_sd_m.value**2 + late_m**2) ** 0.5,
    }  # fmt: skip


def _sound(model: Sounding, night: NightModel, wind_db: float) -> dict[str, Any]:
    ambient = getattr(model, f"ambient_{night.darkness}_db").value
    return {
        "spread_db": model.spread_db.value,
        "absorption_db_m": model.absorption_db.value / KM_M,
        "least_db": ambient + model.above_ambient_db.value + wind_db,
    }


def _network(
    model: AcousticModel | RadioModel, shape: BaseGeometry, sensor: SensorModel, nobody: NDArray[np.float64]
) -> Spread:
    spacing_m = (sensor.spacing_km or 0.0) * KM_M
    node = nodes(shape, spacing_m)
    live = node[~np.isnan(node[:, 0])]
    area_m2 = len(live) * spacing_m**2
    per_h = model.false_per_1000_km2_h.value * _PER_1000_KM2 * area_m2
    return Spread(lattice(shape, spacing_m), node, nobody, live, np.ones(len(live)), per_h, area_m2)


def _residents(model: PublicModel, shape: BaseGeometry, ground: Ground) -> Spread:
    rows, columns = ground.people_per_km2.shape
    grid = Grid(ground.x0_m, ground.y0_m, ground.cell_m, columns, rows)
    x_m, y_m = grid.centres()
    covered = inside(shape, x_m, y_m)
    people = np.where(covered, ground.people_per_km2, 0.0) * (ground.cell_m / KM_M) ** 2
    places = np.stack(np.meshgrid(x_m, y_m), axis=-1)[people > 0]
    per_h = model.false_per_million_h.value * _PER_MILLION * float(people.sum())
    area_m2 = max(float(covered.sum()), 1.0) * ground.cell_m**2
    return Spread(grid, np.zeros((0, 2)), people[None], places, people[people > 0], per_h, area_m2)


def _falsely(radar: np.void, spread: Spread, dt_s: float) -> None:
    mean = spread.false_per_h / HOUR_S * dt_s
    radar["false_mean"], radar["no_false"] = mean, exp(-mean)
    radar["false_per_m2"] = spread.false_per_h / HOUR_S * radar["period_s"] / spread.area_m2


def _shares(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rising shares of which the last is beyond any draw."""
    shares = np.cumsum(weight) / max(float(weight.sum()), 1e-300)
    shares[-1:] = inf
    return shares


def _awake(model: FieldModel, start: datetime, frame: Frame) -> NDArray[np.float64]:
    """Return (0 or 1, hours): the share of people awake, by mean solar time at the middle of the area."""
    if not isinstance(model, PublicModel):
        return np.zeros((0, HOURS))
    hours = (start.hour + start.minute / 60 + frame.lon_deg / 15 + np.arange(HOURS)) % 24
    share = np.full(HOURS, model.awake_day.value)
    share[(hours >= 22) | (hours < 7)] = model.awake_edge.value
    share[hours < 5] = model.awake_night.value
    return share[None]

"""From a scenario's sensors and the library to the arrays that a night runs on."""

from __future__ import annotations

from math import cos, exp, inf, log, pi, radians, tan
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import CapacityError, ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.messages.plot import COVERAGE, SENSOR_AS_TRACKED
from holdfire.seed import Key, Kind, Stage, entity, exponential, normal_pair, stream, uniform
from holdfire.sense.detection import anchor
from holdfire.sense.field_layout import Way, no_fields
from holdfire.sense.field_prepare import field_timing
from holdfire.sense.field_schema import FieldModel
from holdfire.sense.imager_schema import ImagerModel
from holdfire.sense.interference import no_interference
from holdfire.sense.layout import BANDS, MOST_SENSORS, RADAR, STAND, Scanner, Sensors, without_optics
from holdfire.sense.light_layout import no_lights
from holdfire.sense.nodes import area_fault
from holdfire.sense.placing import misfit
from holdfire.sense.stated import RadarModel, StationModel
from holdfire.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.sense.schema import SensorModel
    from holdfire.sense.sensor import Sensor

Watching = RadarModel | StationModel | ImagerModel
"""What stands or is carried somewhere and gives plots."""
_LIGHT_M_S: Final = 299_792_458.0  # exact (SI)
_OUTAGES: Final = 16  # as many as a night may have of one sensor; at the stated rates it has none or one
_BIAS, _PHASE, _FIRST_OUTAGE = 0, 1, 2  # draws of a sensor's own


def prepare_sensors(  # noqa: PLR0913 -- the parts of a lay-down
    sensors: Sequence[SensorModel],
    library: Mapping[str, Sensor],
    frame: Frame,
    carriers: Mapping[str, Sequence[int]],
    n_aircraft_capacity: int,
    *,
    half_m: tuple[float, float] = (inf, inf),
    dt_s: float = 1.0,
) -> Sensors:
    """Return one `RADAR` record for each sensor that stands, and one for each aircraft that carries one.

    Parameters
    ----------
    sensors
        The scenario's section.
    library
        Every type of sensor that it names.
    frame
        The area's.
    carriers
        Places of aircraft, by the id of a patrol or `fighters`.
    n_aircraft_capacity
        How many places there are.
    half_m
        Half the area's width and height: a sensor beyond is refused.
    dt_s
        A tick.

    Raises
    ------
    ContentError
        With every finding, at its place in the section.
    CapacityError
        Where there are more sensors than a track can remember.
    """
    findings = list(_findings(sensors, library, frame, carriers, half_m))
    if findings:
        raise ContentError(findings)
    rows = []
    for line, sensor in enumerate(sensors):
        row = {**_stated(library[sensor.model].stated, dt_s), **_place(sensor, frame)}
        row |= {"line": line, "stream": stream(Stage.SENSE, line + 1), "cell": entity(Kind.CLUTTER, line, 0)}
        carried = _carried(sensor, carriers)
        if any(not 0 <= place < n_aircraft_capacity for place in carried):
            message = (
                f"a carrier of {sensor.id} has a place beyond the {n_aircraft_capacity} aircraft there is room for"
            )
            raise CapacityError(message)
        flown = [{**row, "carrier": place, "ordinal": ordinal} for ordinal, place in enumerate(carried)]
        rows.extend(flown if _flies(sensor) else [{**row, "carrier": -1, "ordinal": 0}])
    if len(rows) > MOST_SENSORS:
        message = f"{len(rows)} sensors, each carrier's counted: a track remembers {MOST_SENSORS}, so take some out"
        raise CapacityError(message)
    optics = without_optics(len(rows))
    return Sensors(_records(rows), float(dt_s), no_fields(len(rows)), no_interference(), *optics)


def scanner_for(sensors: Sensors, n_aircraft: int, key: Key) -> Scanner:
    """Return how the sensors stand when a night begins: phases, biases and outages drawn for that night."""
    radars = sensors.radar
    stand = np.zeros(radars.size, STAND)
    outages = np.full((radars.size, _OUTAGES + 1, 2), inf)
    for place, radar in enumerate(radars):
        own = entity(Kind.SENSOR, int(radar["line"]), int(radar["ordinal"])), int(radar["stream"])
        for name in ("x_m", "y_m", "h_m"):
            stand[place][name] = radar[name]
        stand[place]["ahead_y"] = stand[place]["left"] = 1.0
        stand[place]["clutter_m"], stand[place]["residue_m2"] = radar["clutter_m"], radar["residue_m2"]
        stand[place]["phase_s"] = radar["period_s"] * uniform(*_name(key, own, _PHASE))
        range_error, azimuth_error = normal_pair(*_name(key, own, _BIAS))
        stand[place]["range_bias_m"] = radar["range_bias_sd_m"] * range_error
        stand[place]["azimuth_bias_rad"] = radar["azimuth_bias_sd_rad"] * azimuth_error
        time_s = 0.0
        for each in range(_OUTAGES):
            draw = _FIRST_OUTAGE + 2 * each
            begin_s = time_s + radar["outage_every_s"] * exponential(*_name(key, own, draw))
            time_s = begin_s + radar["outage_s"] * exponential(*_name(key, own, draw + 1))
            outages[place, each] = begin_s, time_s
    calls = np.full((int((sensors.fields.row["way"] == Way.REPORTS).sum()), n_aircraft, 4), -1.0)
    due = np.full((radars.size, n_aircraft), -1, np.int64)
    return Scanner(due, np.zeros(n_aircraft, np.int64), stand, outages, calls, no_lights())


def as_tracked(sensors: Sensors) -> Records:
    """Return what a tracker is told of the sensors, `SENSOR_AS_TRACKED` records: what is stated, nothing drawn."""
    radars = sensors.radar
    told = np.zeros(radars.size, SENSOR_AS_TRACKED)
    told["period_s"], told["detects"], told["kinds"] = radars["period_s"], radars["detects"], radars["kinds"]
    told["clutter_per_m2"] = radars["false_per_m2"]
    return told


def coverage(sensors: Sensors) -> Records:
    """Return where radars that stand and look all round see what flies, `COVERAGE` records: what is stated.

    Half the range for 1 m² leaves an echo sixteen times as strong, of which hardly one look in fifty is missed.
    """
    radars = sensors.radar
    stands = (radars["carrier"] < 0) & (radars["snr_m2"] > 0.0) & (radars["cos_sector"] == -inf)
    told = np.zeros(int(stands.sum()), COVERAGE)
    told["sensor"] = np.flatnonzero(stands)
    for place, radar in enumerate(radars[stands]):
        range_m = (radar["snr_m2"] / (radar["ln_pfa"] / log(radar["detects"]) - 1.0)) ** 0.25
        told[place]["reach_m"] = min(0.5 * range_m, radar["primary_m"])
        told[place]["tan_low"], told[place]["tan_top"] = radar["tan_clutter"], radar["tan_top"]
        for name in ("x_m", "y_m", "h_m", "period_s"):
            told[place][name] = radar[name]
    return told


def _name(key: Key, own: tuple[int, int], draw: int) -> tuple[int, int, int, int, int, int, int]:
    return key.seed, key.branch, 0, own[0], own[1], draw, key.replication


def _records(rows: list[dict[str, Any]]) -> Records:
    records = np.zeros(len(rows), RADAR)
    for record, row in zip(records, rows, strict=True):
        for name, value in row.items():
            record[name] = value
    return records


def _flies(sensor: SensorModel) -> bool:
    return sensor.carrier is not None or sensor.carriers is not None


def _carried(sensor: SensorModel, carriers: Mapping[str, Sequence[int]]) -> Sequence[int]:
    return carriers.get(sensor.carrier or sensor.carriers or "", ())


def _findings(
    sensors: Sequence[SensorModel],
    library: Mapping[str, Sensor],
    frame: Frame,
    carriers: Mapping[str, Sequence[int]],
    half_m: tuple[float, float],
) -> Iterator[Finding]:
    for line, sensor in enumerate(sensors):
        known = sorted(name for name, each in library.items() if isinstance(each.stated, Watching | FieldModel))
        if sensor.model not in known:
            yield Finding((line, "model"), not_allowed("model", sensor.model, known))
        else:
            yield from (Finding((line, key), text) for key, text in _of_field(sensor, library, frame, half_m))
        if sensor.carrier is not None and sensor.carrier not in carriers:
            patrols = sorted(set(carriers) - {"fighters"})
            yield Finding((line, "carrier"), not_allowed("carrier", sensor.carrier, patrols))
        if sensor.lat_deg is not None and sensor.lon_deg is not None:
            x_m, y_m = frame.to_local(sensor.lat_deg, sensor.lon_deg)
            if abs(x_m) > half_m[0] or abs(y_m) > half_m[1]:
                text = (
                    f"{sensor.id} stands {x_m / KM_M:.0f} km east and {y_m / KM_M:.0f} km north of the centre, outside "
                    f"the area of {half_m[0] / KM_M:g} by {half_m[1] / KM_M:g} km each way: move it, or widen the area"
                )
                yield Finding((line, "lat_deg"), text)


def _of_field(
    sensor: SensorModel, library: Mapping[str, Sensor], frame: Frame, half_m: tuple[float, float]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a sensor as one that is spread over ground, or as one that is not."""
    if unfit := misfit(library[sensor.model].stated, sensor.model_dump(exclude_none=True)):
        yield unfit
    elif sensor.area is not None and (wrong := area_fault(sensor.area, sensor.spacing_km, frame, half_m)):
        yield wrong[0], f"{sensor.id}: {wrong[1]}"


def _place(sensor: SensorModel, frame: Frame) -> dict[str, float]:
    if sensor.lat_deg is None or sensor.lon_deg is None or sensor.mast_m is None:
        return {}
    x_m, y_m = frame.to_local(sensor.lat_deg, sensor.lon_deg)
    return {"x_m": x_m, "y_m": y_m, "h_m": sensor.mast_m}


def _stated(model: object, dt_s: float) -> dict[str, Any]:
    if isinstance(model, RadarModel):
        return {**_timing(model, dt_s), **_primary(model), **_falsely(model, dt_s), **_secondary(model)}
    if isinstance(model, FieldModel):
        return field_timing(model, dt_s)
    if isinstance(model, ImagerModel):
        return {**_timing(model, dt_s), **_camera(model)}
    assert isinstance(model, StationModel)  # noqa: S101 -- others were refused above
    return {
        **_timing(model, dt_s),
        "kinds": 2,
        "cos_sector": -inf,
        "tan_top": inf,
        "detects": model.receives.value,
        "replies": model.receives.value,
        "position_sd_m": model.position_sd_m.value,
        "altimetry_m": model.altimetry_m.value,
    }


def _camera(model: ImagerModel) -> dict[str, Any]:
    sector_rad = radians(model.sector_deg.value)
    return {
        "kinds": 4,
        "tan_top": tan(radians(model.elevation_max_deg.value)),
        "sector_rad": sector_rad,
        "cos_sector": cos(sector_rad) if sector_rad < pi else -inf,
        "azimuth_sd_rad": radians(model.azimuth_sd_deg.value),
        "elevation_sd_rad": radians(model.elevation_sd_deg.value),
        "azimuth_bias_sd_rad": radians(model.azimuth_bias_sd_deg.value),
        "detects": model.detects.value,
    }


def _timing(model: RadarModel | StationModel | ImagerModel, dt_s: float) -> dict[str, Any]:
    ticks = max(round(model.period_s.value / dt_s), 1)
    return {
        "period_s": model.period_s.value,
        "period_ticks": ticks,
        "cells": ticks,
        "reach_m": model.instrumented_km.value * KM_M,
        "outage_every_s": model.outage_every_h.value * HOUR_S,
        "outage_s": model.outage_min.value * MINUTE_S,
    }


def _primary(model: RadarModel) -> dict[str, Any]:
    range_m = model.range_1m2_km.value * KM_M
    sector_rad = radians(model.sector_deg.value)
    return {
        "band": BANDS.index(model.band),
        "rotates": int(model.scan == "rotating"),
        "primary_m": model.instrumented_km.value * KM_M,
        "snr_m2": anchor(model.detects.value, model.false_alarm.value) * range_m**4,
        "ln_pfa": log(model.false_alarm.value),
        "wave_per_m": 2 * pi * model.frequency_ghz.value * 1e9 / _LIGHT_M_S,
        "roughness_m": model.ground_roughness_m.value,
        "tan_top": tan(radians(model.elevation_max_deg.value)),
        "sector_rad": sector_rad,
        "cos_sector": cos(sector_rad) if sector_rad < pi else -inf,
        "range_sd_m": model.range_sd_m.value,
        "azimuth_sd_rad": radians(model.azimuth_sd_deg.value),
        "elevation_sd_rad": radians(model.elevation_sd_deg.value) if model.elevation_sd_deg else 0.0,
        "assumed_h_m": model.assumed_height_m.value if model.assumed_height_m else 0.0,
        "assumed_h_sd_m": model.assumed_height_sd_m.value if model.assumed_height_sd_m else 0.0,
        "range_bias_sd_m": model.range_bias_sd_m.value,
        "azimuth_bias_sd_rad": radians(model.azimuth_bias_sd_deg.value),
        "detects": model.detects.value,
    }


def _falsely(model: RadarModel, dt_s: float) -> dict[str, Any]:
    mean = model.false_plots_per_scan.value * dt_s / model.period_s.value
    within_m = model.false_plots_within_km.value * KM_M
    return {
        "clutter_m": model.clutter_within_km.value * KM_M,
        "tan_clutter": tan(radians(model.clutter_beam_deg.value)),
        "least_radial_m_s": model.least_radial_speed_m_s.value,
        "residue_m2": model.clutter_residue_m2.value,
        "false_mean": mean,
        "no_false": exp(-mean),
        "false_m": within_m,
        "false_per_m2": model.false_plots_per_scan.value / (radians(model.sector_deg.value) * within_m**2),
    }


def _secondary(model: RadarModel) -> dict[str, Any]:
    asks = model.secondary
    if asks is None:
        return {"kinds": 1}
    secondary_m = asks.range_km.value * KM_M
    return {
        "kinds": 3,
        "military": int(asks.military),
        "secondary_m": secondary_m,
        "reach_m": max(secondary_m, model.instrumented_km.value * KM_M),
        "replies": asks.replies.value,
        "garbles": asks.garbles.value,
        "secondary_range_sd_m": asks.range_sd_m.value,
        "secondary_azimuth_sd_rad": radians(asks.azimuth_sd_deg.value),
        "altimetry_m": asks.altimetry_m.value,
    }

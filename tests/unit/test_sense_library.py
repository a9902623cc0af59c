"""The shelf of sensors: every file sound and sourced, and faults told."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from holdfire.catalogue import LIBRARY as SHELVES
from holdfire.errors import ContentError
from holdfire.reader.document import read
from holdfire.sense.entry import quantities
from holdfire.sense.sensor import parse_sensor
from holdfire.sources import Grade
from support.cited import cited
from support.sensed import LIBRARY

LIGHTS = ("day", "twilight", "night")
every_sensor = pytest.mark.parametrize("name", sorted(LIBRARY))


def raw(name: str) -> dict[str, Any]:
    data = read(SHELVES / "sensors" / f"{name}.yaml", name).data
    assert isinstance(data, dict)
    return copy.deepcopy(data)


def faults(data: object) -> list[str]:
    with pytest.raises(ContentError) as told:
        parse_sensor(data)
    return [finding.text for finding in told.value.findings]


@every_sensor
def test_a_sensor_goes_by_the_name_of_its_file_and_every_number_has_a_source(name: str) -> None:
    made = LIBRARY[name]
    assert made.id == name
    constants = made.constants()
    assert len(constants) >= 5
    assert all(constant.source in made.sources for constant in constants.values())
    assert {source.id for source in made.sources} == cited(raw(name))


def test_units_are_told() -> None:
    constants = LIBRARY["long-range-3d"].constants()
    assert (constants["instrumented_km"].value, constants["instrumented_km"].unit) == (470, "km")
    assert constants["least_radial_speed_m_s"].unit == "m/s"
    assert constants["secondary.azimuth_sd_deg"].unit == "°"
    assert constants["detects"].unit == ""
    assert constants["range_1m2_km"].source.grade is Grade.ASSUMED


def test_what_was_set_from_a_range_is_marked_as_calibrated() -> None:
    marked = {f"{name} {key}" for name, made in LIBRARY.items() for key, of in quantities(made.stated) if of.calibrated}
    angles = {f"{name} infrared.{light}_mrad" for name in ("eo-ir-turret", "fighter-pod") for light in LIGHTS}
    levels = {f"acoustic-network {level}_db" for level in ("ambient_day", "ambient_night", "above_ambient")}
    assert marked == angles | levels | {"gap-filler range_1m2_km", "short-range-radar range_1m2_km"}


def test_every_fault_is_told_at_once() -> None:
    data = raw("long-range-3d")
    data["period_s"]["value"] = 0.1
    data["false_alarm"]["source"] = ["ownn"]
    data["secondary"]["replies"]["value"] = 1.5
    data["wavelength_m"] = {"value": 0.2, "source": ["own"]}
    told = faults(data)
    assert len(told) == 4
    assert "period_s: value is 0.1: it must be at least 1" in told
    assert "source 'ownn' is not among the sources: did you mean 'own'?" in told


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ([], "begin with `id: my-radar`"),
        ({"id": "x"}, "'kind' is missing"),
        ({"id": "x", "kind": "radra"}, "did you mean 'radar'?"),
    ],
)
def test_what_is_no_sensor_is_refused(data: object, text: str) -> None:
    assert text in faults(data)[0]


def test_a_radar_that_measures_no_height_says_which_it_assumes() -> None:
    data = raw("gap-filler")
    del data["elevation_sd_deg"]
    assert "assumed_height_m" in faults(data)[0]
    for name in ("assumed_height_m", "assumed_height_sd_m"):
        data[name] = {"value": 1000, "source": ["own"]}
    assert parse_sensor(data).id == "gap-filler"

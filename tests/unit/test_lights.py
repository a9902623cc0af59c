"""Lights that people take for aircraft: when they are noticed, how they are reported, and that no aircraft is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.errors import ContentError
from holdfire.messages.chance import chances
from holdfire.messages.plot import plots_for
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.scenario.load import parse_scenario
from holdfire.seed import Key
from holdfire.sense.lights import reports_of
from holdfire.sense.prepare import scanner_for
from holdfire.sense.scan import scan
from holdfire.world.lights import notices
from holdfire.world.lights_schema import LightModel
from support.flown import FlatFrame
from support.listening import network
from support.nights import night
from support.sensed import sky

FRAME = FlatFrame()
REPORT = 1 << KINDS_OF_SENSOR.index("report")


def light(**changes: Any) -> LightModel:
    given = {
        "id": "star", "what": "a star", "at": [51.6, 21.6], "appears_h": 0.5, "lasts_h": 1.0, "reports_per_h": 30,
        "seen_by": "callers", "source": ["a"], **changes,
    }  # fmt: skip
    return LightModel.model_validate(given)


def noticed(*lights: LightModel, replication: int = 0) -> Any:
    asked = [(each.id, each.chance, each.one_of) for each in lights]
    return notices(lights, chances(asked), FRAME, 7200.0, Key(1, 0, replication))


def test_a_light_is_noticed_as_often_as_its_rate_says_while_it_lasts() -> None:
    counts = [noticed(light(), replication=each).size for each in range(60)]
    assert np.mean(counts) == pytest.approx(31.0, abs=2.0)  # the first, and a Poisson number of mean 30
    times_s = noticed(light())["time_s"]
    assert times_s[0] == 1800.0
    assert times_s[-1] < 5400.0
    assert (np.diff(times_s) >= 0).all()


def test_the_place_of_each_light_differs_by_its_spread() -> None:
    lights = light(number=200, spread_km=3, reports_per_h=0)
    found = noticed(lights)
    assert found.size == 0  # nobody reports it
    one = noticed(light(number=200, spread_km=3, reports_per_h=0.001, lasts_h=0.02))
    assert one.size == 200  # each is noticed once
    assert [one["x_m"].std(), one["y_m"].std()] == pytest.approx([3000.0, 3000.0], rel=0.15)


def test_a_light_with_a_chance_is_there_in_that_share_of_nights() -> None:
    seen = [noticed(light(chance=0.25), replication=each).size > 0 for each in range(400)]
    assert np.mean(seen) == pytest.approx(0.25, abs=0.06)


def test_reports_reach_the_plots_as_any_other_and_come_from_no_aircraft() -> None:
    sensors, key = network("public-reports"), Key(1, 0, 0)
    made = noticed(light())
    reports = reports_of(made, [0], sensors, key)
    assert reports.tick.size == made.size
    assert (reports.tick > made["time_s"].min()).all()
    world, plots = sky(0), plots_for(100)
    scanner = scanner_for(sensors, 0, key)._replace(lights=reports)
    found = []
    for tick in range(12_000):
        scan(sensors, scanner, world, tick, key, plots)
        found += [(tick, plots.origin[each], plots.plot[each].copy()) for each in range(plots.counts[0])]
    assert [tick for tick, _, _ in found] == reports.tick.tolist()
    assert {int(origin) for _, origin, _ in found} == {-1}
    assert {int(plot["kinds"]) for _, _, plot in found} == {REPORT}
    assert {int(plot["visual_class"]) for _, _, plot in found} == {-1}
    sd_m = float(sensors.fields.row[0]["sd_m"])
    assert np.std([plot["x_m"] for _, _, plot in found]) == pytest.approx(sd_m, rel=0.4)
    assert all(plot["var_x_m2"] > sd_m * sd_m for _, _, plot in found)


def test_where_there_is_no_room_the_scan_says_so() -> None:
    sensors, key = network("public-reports"), Key(1, 0, 0)
    reports = reports_of(noticed(light()), [0], sensors, key)
    scanner, plots = scanner_for(sensors, 0, key)._replace(lights=reports), plots_for(0)
    scan(sensors, scanner, sky(0), int(reports.tick[0]), key, plots)
    assert plots.counts[0] == -1


@pytest.mark.parametrize(
    ("changes", "loc", "words"),
    [
        ({"seen_by": "nobody"}, ("lights", 0, "seen_by"), "'nobody' is not among the sensors"),
        ({"seen_by": "radar"}, ("lights", 0, "seen_by"), "takes no reports"),
        ({"at": [40.0, 22.0]}, ("lights", 0, "at"), "beyond the southern edge"),
        ({"appears_h": 3.0}, ("lights", 0, "appears_h"), "lies behind the end"),
    ],
)
def test_what_a_light_asks_in_vain(changes: dict[str, Any], loc: tuple[str | int, ...], words: str) -> None:
    data = night()
    given = light().model_dump(exclude_none=True) | {"at": [51.4, 22.4], "source": ["own"], "seen_by": "callers"}
    data["lights"] = [given | changes]
    area = {"centre": [51.4, 22.4], "radius_km": 20}
    data["sensors"].append({"id": "callers", "model": "public-reports", "area": area, "source": ["own"]})
    with pytest.raises(ContentError) as found:
        parse_scenario(data)
    assert [each.loc for each in found.value.findings] == [loc]
    assert words in found.value.findings[0].text

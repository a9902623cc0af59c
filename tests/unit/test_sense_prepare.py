"""From a scenario's sensors and the library to arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.errors import CapacityError, ContentError
from holdfire.logic.parse import check
from holdfire.seed import Key
from holdfire.sense.prepare import as_tracked, prepare_sensors, scanner_for
from holdfire.sense.schema import NightModel, SensorModel
from support.sensed import FRAME, KEY, LIBRARY

STANDS = {"id": "one", "model": "long-range-3d", "lat_deg": 51.6, "lon_deg": 22.6, "mast_m": 25.0}


def said(model: type[SensorModel | NightModel], data: object) -> str:
    return "\n".join(finding.text for finding in check(model, data))


def refused(*sensors: dict[str, object], **parts: object) -> list[str]:
    placed = [SensorModel(**each) for each in sensors]
    with pytest.raises(ContentError) as told:
        prepare_sensors(placed, LIBRARY, FRAME, {"cap": [0, 1]}, 50, **parts)  # type: ignore[arg-type]
    return [f"{finding.loc} {finding.text}" for finding in told.value.findings]


def test_a_sensor_stands_where_it_is_said_to() -> None:
    made = prepare_sensors([SensorModel(**STANDS)], LIBRARY, FRAME, {}, 50)
    radar = made.radar[0]
    x_m, y_m = FRAME.to_local(51.6, 22.6)
    assert (radar["x_m"], radar["y_m"], radar["h_m"]) == (x_m, y_m, 25.0)
    assert radar["carrier"] == -1
    assert radar["primary_m"] == radar["secondary_m"] == 470e3


def test_each_carrier_has_a_radar_of_its_own() -> None:
    flown = [SensorModel(id="aew", model="airborne-early-warning", carrier="orbit"), SensorModel(**STANDS)]
    flown.append(SensorModel(id="nose", model="fighter-radar", carriers="fighters"))
    made = prepare_sensors(flown, LIBRARY, FRAME, {"orbit": [4], "fighters": [0, 1, 2]}, 50)
    assert made.radar["carrier"].tolist() == [4, -1, 0, 1, 2]
    assert made.radar["line"].tolist() == [0, 1, 2, 2, 2]
    assert np.unique(made.radar["stream"]).size == 3


def test_no_fighters_have_no_radars() -> None:
    nose = SensorModel(id="nose", model="fighter-radar", carriers="fighters")
    made = prepare_sensors([nose], LIBRARY, FRAME, {"fighters": []}, 50)
    assert made.radar.size == 0
    assert scanner_for(made, 50, KEY).due.shape == (0, 50)


def test_all_faults_are_told_at_their_places() -> None:
    told = refused(
        STANDS | {"model": "long-range-2d"},
        STANDS | {"model": "eyes"},
        {"id": "aew", "model": "airborne-early-warning", "carrier": "orbit"},
        STANDS | {"lon_deg": 30.0},
        half_m=(300e3, 250e3),
    )
    assert "(0, 'model') model 'long-range-2d' is not one of" in told[0]
    assert "did you mean 'long-range-3d'" in told[0]
    assert "(1, 'model')" in told[1]
    assert "(2, 'carrier') carrier 'orbit' is not cap" in told[2]
    assert "(3, 'lat_deg') one stands" in told[3]
    assert "outside the area of 300 by 250 km" in told[3]


def test_more_sensors_than_a_track_remembers_are_refused() -> None:
    nose = SensorModel(id="nose", model="fighter-radar", carriers="fighters")
    with pytest.raises(CapacityError, match="64 sensors"):
        prepare_sensors([nose], LIBRARY, FRAME, {"fighters": range(64)}, 100)
    with pytest.raises(CapacityError, match="beyond the 3 aircraft"):
        prepare_sensors([nose], LIBRARY, FRAME, {"fighters": [3]}, 3)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"mast_m": -40.0}, "mast_m is -40.0: it must be more than 0"),
        ({"mast_m": 0.0}, "mast_m is 0.0: it must be more than 0"),
        ({"lat_deg": 97.0}, "lat_deg is 97.0: it must be at most 90"),
        ({"carrier": "orbit"}, "or has a carrier"),
        ({"carriers": "tankers"}, "carriers 'tankers' is not"),
        ({"mast": 3.0}, "field 'mast' is not"),
    ],
)
def test_a_sensor_that_cannot_be_is_refused(change: dict[str, object], text: str) -> None:
    assert text in said(SensorModel, STANDS | change)


def test_a_sensor_that_is_nowhere_is_refused() -> None:
    half = {key: value for key, value in STANDS.items() if key not in {"lon_deg", "mast_m"}}
    assert "lon_deg, mast_m missing: say where it stands" in said(SensorModel, half)


def test_a_night_has_bounds() -> None:
    night = {"darkness": "dusk", "cloud_base_m": -1.0, "cloud_cover": 1.4, "visibility_km": 0.0, "source": ["s"]}
    told = said(NightModel, night)
    assert "darkness 'dusk' is not one of day, twilight, night" in told
    assert told.count("must be") == 3


def test_a_tracker_is_told_what_is_stated() -> None:
    placed = [SensorModel(**STANDS), SensorModel(**STANDS | {"id": "two", "model": "ads-b-station"})]
    told = as_tracked(prepare_sensors(placed, LIBRARY, FRAME, {}, 50))
    assert told["period_s"].tolist() == [10, 10]
    assert told["detects"].tolist() == [0.8, 0.98]
    assert told["kinds"].tolist() == [3, 2]
    assert told["clutter_per_m2"].tolist() == [pytest.approx(4 / (math.pi * 150e3**2)), 0.0]


def test_biases_phases_and_outages_belong_to_the_sensor_and_the_night() -> None:
    placed = [SensorModel(**STANDS | {"id": name}) for name in ("one", "two")]
    made = prepare_sensors(placed, LIBRARY, FRAME, {}, 50)
    first, again, other = (scanner_for(made, 50, key) for key in (KEY, KEY, Key(KEY.seed, 0, 4)))
    assert first.stand.tobytes() == again.stand.tobytes()
    alone = scanner_for(prepare_sensors(placed[:1], LIBRARY, FRAME, {}, 50), 50, KEY)
    assert first.stand[0] == alone.stand[0]
    for name in ("phase_s", "range_bias_m", "azimuth_bias_rad"):
        assert np.unique([*first.stand[name], *other.stand[name]]).size == 4
    assert np.all(np.diff(first.outages[0].ravel()[:-2]) >= 0)
    assert np.all(np.isinf(first.outages[:, -1]))


def test_biases_have_the_stated_spread() -> None:
    made = prepare_sensors([SensorModel(**STANDS)], LIBRARY, FRAME, {}, 1)
    nights = [scanner_for(made, 1, Key(1, 0, each)).stand[0] for each in range(400)]
    assert np.std([night["range_bias_m"] for night in nights]) == pytest.approx(30.0, rel=0.15)
    assert np.std([night["azimuth_bias_rad"] for night in nights]) == pytest.approx(math.radians(0.05), rel=0.15)

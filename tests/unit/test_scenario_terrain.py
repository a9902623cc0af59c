"""A scenario's terrain and cameras: checked, prepared, and said with the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from test_geo_terrain import geotiff

from holdfire.errors import ContentError
from holdfire.messages.aircraft import Part
from holdfire.scenario.load import parse_scenario
from holdfire.setting import Scene, prepare
from holdfire.study.about import about
from support.ground import COARSE
from support.nights import TEXT, night

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio itself

WATCHER = {
    "id": "watcher", "part": "surveillance", "platform": "mq-9", "crew": "PL", "number": 1, "height_m": 5000,
    "orbit": {"at": [51.5, 22.6]}, "until_h": 2, "base": "alert", "missiles": 0, "source": ["own"],
}  # fmt: skip
TURRET = {"id": "turret", "model": "eo-ir-turret", "carrier": "watcher", "source": ["own"]}
POD = {"id": "pod", "model": "fighter-pod", "carriers": "fighters", "source": ["own"]}
OWN_FILE = {"file": "own.tif", "source": ["own"]}
WINDOW = (18.0, 49.0, 27.0, 54.0)


def scene(near: Path | None = None, **changes: Any) -> Scene:
    data = night() | changes
    return prepare(parse_scenario(data, near), [{"PL": "visual-confirmation"}], near, 1.0)


def test_without_terrain_the_earth_is_smooth_as_it_was() -> None:
    made = scene().setting.sensors
    assert set(made.screen.of) == {-1}
    assert made.screen.least_m.size == 0
    assert not made.imagers["dwell_ticks"].any()


def test_terrain_is_worked_out_for_every_sensor_that_stands() -> None:
    plain, hilly = scene().setting.sensors, scene(terrain="coarse").setting.sensors
    stands = plain.radar["carrier"] < 0
    assert np.array_equal(hilly.screen.of >= 0, stands)
    assert hilly.screen.least_m.shape[0] == stands.sum()
    assert np.all(hilly.radar["h_m"][stands] > plain.radar["h_m"][stands] + 50.0)  # the Lublin upland
    assert np.array_equal(hilly.radar["h_m"][~stands], plain.radar["h_m"][~stands])


def test_own_terrain_is_read_from_the_scenarios_folder(tmp_path: Path) -> None:
    geotiff(tmp_path / "own.tif", window=WINDOW, cells=1000, crs="EPSG:3857", change=np.abs)
    made = scene(tmp_path, terrain=OWN_FILE).setting.sensors
    assert made.screen.least_m.shape[0] == (made.radar["carrier"] < 0).sum()
    assert made.screen.floor_m.max() < -1e6  # it hides at any height


def test_cameras_fly_on_surveillance_aircraft_and_fighters() -> None:
    sensors = night()["sensors"]
    made = scene(sensors=[*sensors, TURRET, POD], patrols=[WATCHER])
    imagers, radar = made.setting.sensors.imagers, made.setting.sensors.radar
    carriers = radar["carrier"][imagers["dwell_ticks"] > 0]
    parts = made.own.aircraft["part"][carriers]
    assert sorted(set(parts)) == [Part.FIGHTER, Part.SURVEILLANCE]
    assert np.count_nonzero(parts == Part.SURVEILLANCE) == 1
    (watcher,) = made.own.aircraft[made.own.aircraft["part"] == Part.SURVEILLANCE]
    assert (watcher["crewed"], watcher["people"]) == (0, 0)


def test_a_night_that_says_auto_is_as_light_as_sky_and_date_make_it() -> None:
    by_word = scene().setting.eyes.cycle_rad
    clear = {"darkness": "auto", "clouds": [], "visibility_km": 10, "source": ["own"]}
    moon = scene(night=clear).setting.eyes.cycle_rad  # 3 November 2025, 23 UTC: two days before full
    noon = scene(night=clear, start="2025-11-03T10:00:00Z").setting.eyes.cycle_rad
    assert noon[0] < moon[0] < 0.7 * by_word[0]


def test_an_area_that_a_file_does_not_cover_is_refused_at_its_place(tmp_path: Path) -> None:
    geotiff(tmp_path / "own.tif", window=(20.0, 50.0, 22.0, 53.0))
    with pytest.raises(ContentError) as told:
        parse_scenario(night() | {"terrain": OWN_FILE}, tmp_path)
    (finding,) = told.value.findings
    assert finding.loc == ("terrain", "file")
    assert "does not cover the area" in finding.text


@pytest.mark.parametrize(("cells", "coarse"), [(1000, False), (60, True)])
def test_results_say_where_terrain_is_unknown(tmp_path: Path, cells: int, *, coarse: bool) -> None:
    geotiff(tmp_path / "own.tif", window=WINDOW, cells=cells, change=np.abs)
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace("\nnight:", "\nterrain: {file: own.tif, source: [own]}\nnight:"), encoding="utf-8")
    made = about(str(path))
    said = [each for each in made.assumptions if each.place == "terrain"]
    assert len(said) == coarse
    assert all(f"from {COARSE.above_m:g} m" in each.value and "detected" in each.bears_on for each in said)
    assert made.data["terrain"]["file"] == str(tmp_path / "own.tif")  # found from any folder
    assert len(made.library["own.tif"]) == 64


def test_the_coarse_model_says_so_and_no_terrain_says_nothing(tmp_path: Path) -> None:
    for text, count in ((TEXT, 0), (TEXT.replace("night: {", "terrain: coarse\nnight: {"), 1)):
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        assert sum(each.place == "terrain" for each in about(str(path)).assumptions) == count

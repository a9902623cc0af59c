"""Skies and interference that a scenario names: looked up, said otherwise, and told where they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import yaml

from holdfire.catalogue import load_interference, load_weather
from holdfire.errors import ContentError
from holdfire.scenario.load import parse_scenario
from holdfire.scenario.sky import looked_up
from holdfire.setting import prepare
from holdfire.study.about import about
from support.nights import night

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.setting import Setting

JAM = {"id": "jam", "model": "baltic-jamming", "at": [54.7, 20.5], "until_h": 2, "source": ["own"]}
MOVED = {"id": "moved", "model": "gnss-spoofing", "at": [51.4, 25.5], "until_h": 2, "source": ["own"]}
GHOSTS = {
    "id": "ghosts", "model": "ghost-aircraft", "from": [51.9, 20.9], "to": [51.9, 23.9], "until_h": 1,
    "source": ["own"],
}  # fmt: skip
CIRCLE = {"centre": [51.4, 21.6], "radius_km": 60}


def under(weather: str, **said: Any) -> dict[str, Any]:
    return night() | {"night": {"darkness": "night", "weather": weather, "source": ["own"], **said}}


def disturbed(*lines: dict[str, Any]) -> dict[str, Any]:
    return night() | {"interference": list(lines)}


def setting(data: dict[str, Any], near: Path | None = None) -> Setting:
    return prepare(parse_scenario(data, near), [{"PL": "visual-confirmation"}], near, 1.0).setting


def told(data: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ContentError) as caught:
        parse_scenario(data)
    return [(finding.loc, finding.text) for finding in caught.value.findings]


def test_a_sky_by_name_is_the_same_sky_spelled_out() -> None:
    clouds = [{"base_m": 250, "top_m": 600, "cover": 1}]
    spelled = night() | {"night": {"darkness": "night", "visibility_km": 5, "clouds": clouds, "source": ["own"]}}
    one, other = setting(under("low-stratus")).eyes, setting(spelled).eyes
    assert one.cycle_rad.tolist() == other.cycle_rad.tolist()
    assert one.clear == other.clear
    assert one.clouds.tolist() == [[250.0, 600.0, 1.0]]


def test_what_the_night_says_counts_more_than_its_sky() -> None:
    made = looked_up(parse_scenario(under("low-stratus", visibility_km=2)), None).night
    assert (made.visibility_km, [each.top_m for each in made.clouds or []], made.moon) == (2, [600], None)
    made = looked_up(parse_scenario(under("low-stratus", cloud_base_m=900, cloud_cover=0.5)), None).night
    assert (made.visibility_km, made.cloud_base_m, made.clouds) == (5, 900, None)
    made = looked_up(parse_scenario(under("low-stratus", clouds=[])), None).night
    assert made.clouds == []


def test_a_moonlit_night_is_lighter_than_a_clear_one_without_a_moon() -> None:
    moonlit, clear = setting(under("moonlit")).eyes, setting(under("cavok")).eyes
    assert moonlit.cycle_rad[0] < 0.7 * clear.cycle_rad[0]
    moon = {"illuminated": 0.0, "altitude_deg": 35}
    assert setting(under("moonlit", moon=moon)).eyes.cycle_rad[0] == pytest.approx(clear.cycle_rad[0], rel=0.02)


def test_a_sky_that_nobody_has_and_a_file_of_ones_own(tmp_path: Path) -> None:
    ((loc, text),) = told(under("low-strata"))
    assert loc == ("night", "weather")
    assert text.startswith("no weather is called 'low-strata': did you mean 'low-stratus'?")
    data: dict[str, Any] = {"id": "mine", "kind": "weather", "title": "Mine", "summary": "Mine.", "clouds": []}
    data |= {"sources": [{"id": "own", "title": "Mine", "grade": "assumed"}]}
    data |= {"visibility_km": {"value": 3, "source": ["own"]}}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    assert looked_up(parse_scenario(under("mine.yaml"), tmp_path), tmp_path).night.visibility_km == 3
    ((_, missing),) = told(night() | {"night": {"darkness": "night", "clouds": [], "source": ["own"]}})
    assert "visibility_km missing: say how far one sees, or name a weather" in missing


def test_an_option_may_bring_another_sky() -> None:
    data = under("cavok")
    data["options"] = [{"id": "a", "title": "A"}, {"id": "b", "title": "B", "set": {"night.weather": "dense-fog"}}]
    assert parse_scenario(data).night.weather == "cavok"
    data["options"][1]["set"]["night.weather"] = "fogg"
    assert told(data)[0][0] == ("options", 1, "set", "night.weather")


def test_interference_by_name_is_the_same_spelled_out() -> None:
    spelled = {key: value for key, value in JAM.items() if key != "model"}
    spelled |= {"kind": "jammed", "antenna_m": 30, "reach_km": 300, "lost": 0.42}
    one, other = (setting(disturbed(each)).sensors.interference for each in (JAM, spelled))
    assert one.zone.tobytes() == other.zone.tobytes()
    assert np.array_equal(one.bits, other.bits)
    assert 0 < one.bits.sum() < one.bits.size  # it reaches a part of the area from beyond it


def test_all_three_kinds_are_named_and_what_the_line_says_counts_more() -> None:
    made = setting(
        disturbed(JAM | {"lost": 0.9}, MOVED | {"reach_km": 150}, GHOSTS | {"number": 5})
    ).sensors.interference
    assert made.zone["lost"].tolist() == [0.9, 0.0]
    assert made.zone["east_m"].tolist() == [0.0, -105e3]
    assert made.zone["antenna_m"].tolist() == [30.0, 30.0]
    assert made.ghost.size == 5
    assert set(made.ghost["h_m"]) == {9000.0}


def test_an_area_instead_of_a_transmitter_is_disturbed_at_any_height() -> None:
    line = {key: value for key, value in JAM.items() if key != "at"} | {"area": CIRCLE}
    made = setting(disturbed(line)).sensors.interference
    assert made.zone["antenna_m"].tolist() == [np.inf]
    assert made.zone["lost"].tolist() == [0.42]


@pytest.mark.parametrize(
    ("line", "place", "text"),
    [
        (JAM | {"model": "baltic-jaming"}, "model", "no interference is called 'baltic-jaming': did you mean"),
        (JAM | {"kind": "jammed"}, None, "write kind (jammed, displaced or ghosts), or a model"),
        (JAM | {"east_km": 3}, None, "east_km does not go with jammed: leave it out"),
        (JAM | {"area": CIRCLE}, None, "at does not go with jammed in an area: leave it out"),
        ({key: value for key, value in JAM.items() if key != "at"}, None, "at missing: say it of what is jammed"),
        ({key: value for key, value in GHOSTS.items() if key != "to"}, None, "to missing: say it of what is ghosts"),
        (JAM | {"at": [62.0, 20.5]}, "at", "its reach of 300 km ends "),
        (JAM | {"at": [54.7, 20.5], "reach_km": 90}, "at", "short of the area: move it, or raise reach_km"),
    ],
)
def test_a_line_that_cannot_be_is_refused_at_its_place(line: dict[str, Any], place: str | None, text: str) -> None:
    loc: tuple[str | int, ...] = ("interference", 0, place) if place else ("interference", 0)
    found = told(disturbed(line))
    assert [where for where, _ in found] == [loc], found
    assert text in found[0][1]


def test_a_run_knows_their_sources_and_what_is_assumed_of_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        yaml.safe_dump(under("low-stratus") | {"terrain": "coarse", "interference": [JAM]}), encoding="utf-8"
    )
    made = about(str(path))
    for source in (*load_weather("low-stratus").sources, *load_interference("baltic-jamming").sources):
        assert source.cite() in made.bibliography
    places = {each.place: each.value for each in made.assumptions}
    assert places["interference/baltic-jamming.yaml: antenna_m"] == "30 (5 to 100)"
    assert places["terrain/coarse.yaml: above_m"] == "300"
    assert places["weather/low-stratus.yaml: clouds.1.top_m"] == "600"
    assert {"weather/low-stratus.yaml", "interference/baltic-jamming.yaml", "terrain/coarse.yaml"} <= set(made.library)

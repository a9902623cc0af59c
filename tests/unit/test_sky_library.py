"""The shelves of interference, weather and terrain: every file sound and sourced, and faults told."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.catalogue import LIBRARY, ids, load_interference, load_terrain, load_weather
from holdfire.errors import ContentError
from holdfire.reader.document import read
from holdfire.sense.interference_entry import parse_interference
from holdfire.sense.terrain_entry import coarse_of, parse_terrain
from holdfire.sense.weather_entry import parse_weather
from support.cited import cited

if TYPE_CHECKING:
    from collections.abc import Callable

LOAD: dict[str, Callable[[str], Any]] = {
    "interference": load_interference,
    "terrain": load_terrain,
    "weather": load_weather,
}
PARSE: dict[str, Callable[[object], Any]] = {
    "interference": parse_interference,
    "terrain": parse_terrain,
    "weather": parse_weather,
}
every_entry = pytest.mark.parametrize(("shelf", "name"), [(shelf, name) for shelf in LOAD for name in ids(shelf)])


def raw(shelf: str, name: str) -> dict[str, Any]:
    data = read(LIBRARY / shelf / f"{name}.yaml", name).data
    assert isinstance(data, dict)
    return copy.deepcopy(data)


def faults(shelf: str, data: object) -> list[str]:
    with pytest.raises(ContentError) as told:
        PARSE[shelf](data)
    return [finding.text for finding in told.value.findings]


@pytest.mark.parametrize("shelf", LOAD)
def test_a_shelf_holds_nothing_but_its_files(shelf: str) -> None:
    assert ids(shelf)
    assert all(path.suffix == ".yaml" and path.is_file() for path in (LIBRARY / shelf).iterdir())


@every_entry
def test_an_entry_goes_by_the_name_of_its_file_and_every_number_has_a_source(shelf: str, name: str) -> None:
    made = LOAD[shelf](name)
    assert made.id == name
    constants = made.constants()
    assert constants
    assert all(constant.source in made.sources for constant in constants.values())
    assert {source.id for source in made.sources} == cited(raw(shelf, name))
    assert all(constant.unit or place.rsplit(".")[-1] in {"lost", "number", "cover", "illuminated"}
               for place, constant in constants.items())  # fmt: skip


def test_numbers_of_layers_are_told_apart_and_have_units() -> None:
    constants = load_weather("low-stratus").constants()
    assert (constants["clouds.1.top_m"].value, constants["clouds.1.top_m"].unit) == (600, "m")
    assert load_terrain("coarse").constants()["cell_arcmin"].unit == "arcmin"


def test_the_coarse_model_is_where_its_entry_says() -> None:
    made = coarse_of(load_terrain("coarse"), LIBRARY)
    assert made.file.is_file()
    assert (made.above_m, made.coarser_than_m) == (300.0, 1000.0)


@pytest.mark.parametrize(
    ("shelf", "name", "place", "value", "text"),
    [
        ("interference", "baltic-jamming", ("reach_km", "high"), 200, "300, 300, 200 are out of order"),
        ("interference", "baltic-jamming", ("lost", "value"), 1.5, "lost: value is 1.5: it must be at most 1"),
        ("interference", "baltic-jamming", ("lost", "source"), ["six-sates"], "did you mean 'six-states'?"),
        ("interference", "ghost-aircraft", ("kind",), "ghost", "did you mean 'ghosts'?"),
        ("weather", "low-stratus", ("clouds", 0, "top_m", "value"), 100, "top_m is 100: it must be more than base_m"),
        ("weather", "low-stratus", ("clouds", 0, "cover", "source"), ["okta"], "did you mean 'oktas'?"),
        ("weather", "moonlit", ("moon", "illuminated", "value"), 2, "it must be at most 1"),
        ("terrain", "coarse", ("above_m", "value"), 0, "it must be more than 0"),
    ],
)
def test_what_cannot_be_is_refused(shelf: str, name: str, place: tuple[Any, ...], value: Any, text: str) -> None:
    data = raw(shelf, name)
    here: Any = data
    for part in place[:-1]:
        here = here[part]
    here[place[-1]] = value
    assert any(text in each for each in faults(shelf, data)), faults(shelf, data)


@pytest.mark.parametrize("shelf", LOAD)
def test_what_is_no_entry_is_refused(shelf: str) -> None:
    assert "is a mapping: begin with `id: " in faults(shelf, [])[0]
    assert "'kind' is missing: write " in faults(shelf, {"id": "x"})[0]

"""Write docs/reference/platforms.md, sensors.md and sky.md from the library, so that the pages cannot lag behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfire.catalogue import ids, load_interference, load_platform, load_sensor, load_terrain, load_weather
from holdfire.sense.entry import Entry, quantities
from holdfire.sense.interference_entry import MODELS as DISTURBANCES
from holdfire.sense.sensor import MODELS
from holdfire.sense.stated import Quantity, RadarModel, SecondaryModel, Stated
from holdfire.sense.terrain_entry import CoarseModel
from holdfire.sense.weather_entry import LayerModel, LunarModel, WeatherModel
from holdfire.sources import bibliography
from holdfire.units import number
from holdfire.world.platform_schema import NUMBERS, PlatformModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel

    from holdfire.sources import Source

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

GRADES = """Behind each number stands its grade: *o* official, *s* several outlets,
*1* single outlet, *e* estimate, *a* assumed."""
CALIBRATED = """A *c* marks what was set so that a range given by its sources
comes out: such a range is no test of the number."""
LETTERS = {"official": "o", "several outlets": "s", "single outlet": "1", "estimate": "e", "assumed": "a"}

PLATFORMS = f"""# Aircraft: the types that ship

Every type is a file in `src/holdfire/library/platforms/`, with sources and notes beside each number; a scenario may
bring its own. {GRADES}
Where a range stands, the number in brackets is what is flown. Radar cross sections of drones rest on no measurement in
the band.

"""

SENSORS = f"""# Sensors: the types that ship

Every type is a file in `src/holdfire/library/sensors/`, with sources and notes beside each number; a scenario may bring
its own. They stand for kinds of sensor, by public figures, and for no installation; where they stand in a scenario is
made up. Names end in units. {GRADES}
{CALIBRATED}

"""

SKY = f"""# Interference, weather and terrain that ship

Every entry is a file in `src/holdfire/library/interference/`, `weather/` or `terrain/`, with sources and notes beside
each number. A [scenario](scenario.md) names one and may say any of its numbers otherwise, or brings its own. {GRADES}

"""
INTERFERENCE = """## Interference

A line of a scenario's `interference` names one as its `model`. Where a range stands, the number in brackets is what is
taken. `kind` is what is done: `jammed`, `displaced` or `ghosts`.

"""
WEATHER = """## Weather

A scenario's `night` names one as its `weather`. Visibility is one number for all heights, above cloud and below.

"""
TERRAIN = """## Terrain

`terrain: coarse` is this one. An elevation model of your own is named by its file; see [Geography](geography.md).

"""


def platforms() -> str:
    """Return the page of aircraft."""
    found = [load_platform(name) for name in ids("platforms")]
    meanings = PlatformModel.model_fields
    parts = []
    for begin in range(0, len(found), 5):
        some = found[begin : begin + 5]
        rows = [[f"`{name}`", *(_quantity(getattr(each, name)) for each in some)] for name in NUMBERS]
        looks = ["a right look takes it for", *(each.look for each in some)]
        people = ["people aboard", *(str(each.people) for each in some)]
        parts.append(_table(["", *(f"`{each.id}`" for each in some)], [looks, people, *rows]))
    words = "\n".join(f"- `{name}`: {meanings[name].description or name}" for name in NUMBERS if _described(name))
    return f"{PLATFORMS}{''.join(parts)}{words}\n\n{_cited(source for each in found for source in each.sources)}"


def sensors() -> str:
    """Return the page of sensors."""
    found = [load_sensor(name) for name in ids("sensors")]
    parts = []
    for model in MODELS.values():
        some = [each for each in found if isinstance(each.stated, model)]
        titles = "\n".join(f"- `{each.id}`: {each.title}" for each in some)
        parts.append(f"{titles}\n\n{_sensor_table(some)}")
        parts.append(_meanings(model) + _meanings(SecondaryModel if model is RadarModel else None))
    return f"{SENSORS}{''.join(parts)}{_cited(source for each in found for source in each.sources)}"


def sky() -> str:
    """Return the page of interference, weather and terrain."""
    disturbances = [load_interference(name) for name in ids("interference")]
    skies, grounds = [load_weather(name) for name in ids("weather")], [load_terrain(name) for name in ids("terrain")]
    parts = [SKY, INTERFERENCE, _titles(disturbances)]
    for kind, model in DISTURBANCES.items():
        some = [each for each in disturbances if each.stated.kind == kind]
        parts += [_sensor_table(some), _meanings(model)]
    parts += [WEATHER, _titles(skies), _sensor_table(skies)]
    parts += [_meanings(WeatherModel), _meanings(LayerModel, "clouds."), _meanings(LunarModel, "moon.")]
    parts += [TERRAIN, _titles(grounds), _sensor_table(grounds), _meanings(CoarseModel)]
    return f"{''.join(parts)}{_cited(source for each in (*disturbances, *skies, *grounds) for source in each.sources)}"


def _titles(some: Iterable[Entry[Stated]]) -> str:
    return "".join(f"- `{each.id}`: {each.title}. {each.stated.summary.strip()}\n" for each in some) + "\n"


def _sensor_table(some: Sequence[Entry[Stated]]) -> str:
    stated = [dict(quantities(each.stated)) for each in some]
    names = dict.fromkeys(name for each in stated for name in each)
    rows = [
        [f"`{name}`", *(_stated(entry, each.get(name)) for entry, each in zip(some, stated, strict=True))]
        for name in names
    ]
    return _table(["", *(f"`{each.id}`" for each in some)], rows)


def _stated(entry: Entry[Stated], found: Quantity[float] | None) -> str:
    if found is None:
        return ""
    grade = next(source.grade for source in entry.sources if source.id == found.source[0])
    low, high = getattr(found, "low", None), getattr(found, "high", None)
    shown = number(found.value)
    ranged = f"{number(low)} to {number(high)} ({shown})" if low is not None and high is not None else shown
    calibrated = " *c*" if found.calibrated else ""
    return f"{ranged} *{LETTERS[grade]}*{calibrated}"


def _meanings(model: type[BaseModel] | None, before: str = "") -> str:
    """Return what each number of a model is, as a list."""
    fields = model.model_fields if model else {}
    said = {
        name: field.description
        for name, field in fields.items()
        if field.description and name not in Stated.model_fields
    }
    before = "secondary." if model is SecondaryModel else before
    return "".join(f"- `{before}{name}`: {text}\n" for name, text in said.items()) + "\n" * bool(said)


def _described(name: str) -> bool:
    return PlatformModel.model_fields[name].description is not None


def _quantity(found: object) -> str:
    if found is None:
        return ""
    value, low, high = (number(getattr(found, end)) for end in ("value", "low", "high"))
    shown = value if low == high else f"{low} to {high} ({value})"
    return f"{shown} *{LETTERS[found.source.grade]}*"  # type: ignore[attr-defined]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _cited(sources: Iterable[Source]) -> str:
    return "## Cited\n\n" + "".join(f"- {line}\n" for line in bibliography(sources))


PAGES = {REFERENCE / "platforms.md": platforms, REFERENCE / "sensors.md": sensors, REFERENCE / "sky.md": sky}

if __name__ == "__main__":
    for path, written in PAGES.items():
        path.write_text(written(), encoding="utf-8")

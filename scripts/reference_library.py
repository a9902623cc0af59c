"""Write docs/reference/platforms.md and sensors.md from the library, so that the pages cannot lag behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfire.catalogue import ids, load_platform, load_sensor
from holdfire.sense.sensor import MODELS
from holdfire.sense.stated import RadarModel, SecondaryModel, Stated
from holdfire.sources import bibliography
from holdfire.units import number
from holdfire.world.platform_schema import NUMBERS, PlatformModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel

    from holdfire.sense.sensor import Sensor
    from holdfire.sources import Source

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

GRADES = """Behind each number stands its grade: *o* official, *s* several outlets,
*1* single outlet, *e* estimate, *a* assumed."""
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


def _sensor_table(some: Sequence[Sensor]) -> str:
    constants = [each.constants() for each in some]
    rows = [
        [
            f"`{name}`",
            *(f"{number(c[name].value)} *{LETTERS[c[name].source.grade]}*" if name in c else "" for c in constants),
        ]
        for name in dict.fromkeys(name for each in constants for name in each)
    ]
    return _table(["", *(f"`{each.id}`" for each in some)], rows)


def _meanings(model: type[BaseModel] | None) -> str:
    """Return what each number of a model is, as a list."""
    fields = model.model_fields if model else {}
    said = {
        name: field.description
        for name, field in fields.items()
        if field.description and name not in Stated.model_fields
    }
    before = "secondary." if model is SecondaryModel else ""
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


PAGES = {REFERENCE / "platforms.md": platforms, REFERENCE / "sensors.md": sensors}

if __name__ == "__main__":
    for path, written in PAGES.items():
        path.write_text(written(), encoding="utf-8")

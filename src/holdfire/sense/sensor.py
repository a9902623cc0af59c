"""A type of sensor from the library: what is publicly stated of it, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from holdfire.errors import ContentError, Finding
from holdfire.findings import did_you_mean, not_allowed, one_of
from holdfire.logic.parse import check
from holdfire.sense.field_schema import AcousticModel, PublicModel, RadioModel
from holdfire.sense.imager_schema import ImagerModel
from holdfire.sense.seas import SeaModel
from holdfire.sense.sight import SightModel
from holdfire.sense.stated import Quantity, RadarModel, StationModel
from holdfire.sense.turbines import TurbineModel
from holdfire.sources import Constant, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

Model = (
    RadarModel
    | StationModel
    | SightModel
    | SeaModel
    | TurbineModel
    | AcousticModel
    | RadioModel
    | PublicModel
    | ImagerModel
)
MODELS: Final[dict[str, type[Model]]] = {
    "radar": RadarModel, "ads-b": StationModel, "eyes": SightModel, "wind-turbines": TurbineModel,
    "sea-echo": SeaModel, "acoustic": AcousticModel, "rf": RadioModel, "reports": PublicModel, "imager": ImagerModel,
}  # fmt: skip
_UNITS: Final = {"_m_s": "m/s", "_m2": "m²", "_km": "km", "_m": "m", "_s": "s", "_h": "h", "_min": "min",
                 "_deg": "°", "_ghz": "GHz", "_mrad": "mrad",
                 "_db": "dB", "_dbi": "dBi", "_dbm": "dBm"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sensor:
    """One type of sensor. `stated` holds its numbers, `constants` lists them with unit and source."""

    id: str
    title: str
    stated: Model
    sources: tuple[Source, ...]

    def constants(self) -> dict[str, Constant]:
        """Return every number by name, the first of its sources beside it; of a part, as `secondary.range_km`."""
        by_id = {source.id: source for source in self.sources}
        return {
            name: Constant(quantity.value, _unit(name), by_id[quantity.source[0]])
            for name, quantity in _quantities(self.stated, "")
        }


def parse_sensor(data: object) -> Sensor:
    """Return the sensor that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a sensor is a mapping: begin with `id: my-radar`")])
    if data.get("kind") not in MODELS:
        given = data.get("kind")
        text = not_allowed("kind", given, list(MODELS)) if given else f"'kind' is missing: write {one_of(list(MODELS))}"
        raise ContentError([Finding(("kind",) if given else (), text)])
    model = MODELS[data["kind"]]
    findings = [*check(model, data), *_uncited(data)]
    if model is RadarModel:
        findings.extend(_no_height(data))
    if findings:
        raise ContentError(findings)
    made = model.model_validate(data)
    return Sensor(made.id, made.title, made, tuple(Source(**source.model_dump()) for source in made.sources))


def _uncited(data: Raw) -> Iterator[Finding]:
    listed = data.get("sources")
    known = {str(each.get("id")) for each in listed if isinstance(each, dict)} if isinstance(listed, list) else set()
    for loc, names in _citations(data, ()):
        for index, name in enumerate(names):
            if isinstance(name, str) and name not in known:
                there = did_you_mean(name, known) or ": add it there"
                yield Finding((*loc, index), f"source {name!r} is not among the sources{there}")


def _citations(value: object, loc: Location) -> Iterator[tuple[Location, list[Any]]]:
    for key, child in value.items() if isinstance(value, dict) else ():
        if key == "source" and isinstance(child, list):
            yield (*loc, key), child
        elif key != "sources":
            yield from _citations(child, (*loc, key))


def _no_height(data: Raw) -> Iterator[Finding]:
    if "elevation_sd_deg" not in data and not {"assumed_height_m", "assumed_height_sd_m"} <= set(data):
        text = "it measures no height: write elevation_sd_deg, or assumed_height_m and assumed_height_sd_m"
        yield Finding((), text)


def _quantities(model: BaseModel, before: str) -> Iterator[tuple[str, Quantity[float]]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Quantity):
            yield before + name, value
        elif isinstance(value, BaseModel):
            yield from _quantities(value, f"{before}{name}.")
        elif isinstance(value, dict):
            for key, part in value.items():
                if isinstance(part, BaseModel):
                    yield from _quantities(part, f"{before}{name}.{key}.")


def _unit(name: str) -> str:
    return next((unit for suffix, unit in _UNITS.items() if name.endswith(suffix)), "")

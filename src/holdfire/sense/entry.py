"""A file of the library as public sources support it: its numbers by name, and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel

from holdfire.errors import ContentError, Finding
from holdfire.findings import did_you_mean, not_allowed, one_of
from holdfire.logic.parse import check
from holdfire.sense.stated import Quantity, Stated
from holdfire.sources import Constant, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

Model = TypeVar("Model", bound=Stated, covariant=True)

_UNITS: Final = {"_m_s": "m/s", "_m2": "m²", "_km": "km", "_m": "m", "_s": "s", "_h": "h", "_min": "min",
                 "_deg": "°", "_arcmin": "arcmin", "_ghz": "GHz", "_mrad": "mrad",
                 "_db": "dB", "_dbi": "dBi", "_dbm": "dBm"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry(Generic[Model]):
    """One file. `stated` holds its numbers, `constants` lists them with unit and source."""

    id: str
    title: str
    stated: Model
    sources: tuple[Source, ...]

    def constants(self) -> dict[str, Constant]:
        """Return every number by name, the first of its sources beside it; of a part, as `secondary.range_km`."""
        by_id = {source.id: source for source in self.sources}
        return {
            name: Constant(quantity.value, _unit(name), by_id[quantity.source[0]])
            for name, quantity in quantities(self.stated)
        }


def parse_entry(
    data: object, models: Mapping[str, type[Model]], begin: str, also: Callable[[Raw], Iterable[Finding]] = lambda _: ()
) -> Entry[Model]:
    """Return the entry that a file describes, by its `kind`.

    `begin` says how one begins, and `also` finds what the model of its kind cannot. Raises `ContentError` with every
    finding.
    """
    if not isinstance(data, dict):
        raise ContentError([Finding((), begin)])
    if data.get("kind") not in models:
        given = data.get("kind")
        text = not_allowed("kind", given, list(models)) if given else f"'kind' is missing: write {one_of(list(models))}"
        raise ContentError([Finding(("kind",) if given else (), text)])
    model = models[data["kind"]]
    findings = [*check(model, data), *_uncited(data), *also(data)]
    if findings:
        raise ContentError(findings)
    made = model.model_validate(data)
    return Entry(made.id, made.title, made, tuple(Source(**source.model_dump()) for source in made.sources))


def quantities(model: BaseModel, before: str = "") -> Iterator[tuple[str, Quantity[float]]]:
    """Yield every number of a model by name; of the second layer of cloud, as `clouds.2.base_m`."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Quantity):
            yield before + name, value
        elif isinstance(value, BaseModel):
            yield from quantities(value, f"{before}{name}.")
        for key, part in _parts(value):
            if isinstance(part, BaseModel):
                yield from quantities(part, f"{before}{name}.{key}.")


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, list):
        yield from ((str(place), part) for place, part in enumerate(value, 1))


def _uncited(data: Raw) -> Iterator[Finding]:
    listed = data.get("sources")
    known = {str(each.get("id")) for each in listed if isinstance(each, dict)} if isinstance(listed, list) else set()
    for loc, names in _citations(data, ()):
        for index, name in enumerate(names):
            if isinstance(name, str) and name not in known:
                there = did_you_mean(name, known) or ": add it there"
                yield Finding((*loc, index), f"source {name!r} is not among the sources{there}")


def _citations(value: object, loc: Location) -> Iterator[tuple[Location, list[Any]]]:
    for key, child in _children(value):
        if key == "source" and isinstance(child, list):
            yield (*loc, key), child
        elif key != "sources":
            yield from _citations(child, (*loc, key))


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _unit(name: str) -> str:
    return next((unit for suffix, unit in _UNITS.items() if name.endswith(suffix)), "")

"""A type of aircraft as public sources describe it: one file each, every number with its source."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.logic.parse import check
from holdfire.messages.aircraft import PLATFORM
from holdfire.messages.vocabulary import CLASSES, ITEM
from holdfire.sources import Source
from holdfire.world.platform_schema import NUMBERS, PlatformModel, QuantityModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.messages.layout import Records


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number from a public source, with the range in which it lies where that is known."""

    value: float
    low: float
    high: float
    source: Source


@dataclass(frozen=True, slots=True)
class Platform:
    """A type of aircraft; fields are named, bounded and described in `platform_schema.PlatformModel`."""

    id: str
    title: str
    description: str
    look: str
    load: str
    crewed: bool
    people: int
    speed_min_m_s: Quantity
    speed_max_m_s: Quantity
    cruise_m_s: Quantity
    accel_m_s2: Quantity
    turn_g: Quantity
    climb_max_m_s: Quantity
    descent_max_m_s: Quantity
    height_max_m: Quantity
    cruise_height_m: Quantity
    endurance_h: Quantity
    rcs_s_m2: Quantity
    rcs_l_m2: Quantity
    rcs_x_m2: Quantity
    size_m: Quantity
    mass_kg: Quantity
    cost_eur: Quantity
    hour_cost_eur: Quantity | None
    sources: tuple[Source, ...]
    noise_db: Quantity | None = None
    emits_mw: Quantity | None = None
    emits_ghz: Quantity | None = None


_FIELD_OF: Final = {"rcs_m2": "rcs_s_m2"}
"""The S-band figure is the one without a band in its name in a `PLATFORM` record."""

_UNSTATED: Final = {"noise_db": -inf, "emits_mw": 0.0, "emits_ghz": 0.0}
"""What holds where a file does not say: it is silent."""


def parse_platform(data: object) -> Platform:
    """Return the platform that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a platform is a mapping: begin with `id: my-aircraft`")])
    findings = check(PlatformModel, data)
    if findings:
        raise ContentError(findings)
    model = PlatformModel.model_validate(data)
    findings = list(_contradictions(model))
    if findings:
        raise ContentError(findings)
    sources = {source.id: Source(**source.model_dump()) for source in model.sources}
    fields: dict[str, Any] = model.model_dump(exclude={*NUMBERS, "sources"})
    fields |= {name: _quantity(getattr(model, name), sources) for name in NUMBERS}
    return Platform(**fields, sources=tuple(sources.values()))


def platform_records(platforms: Sequence[Platform]) -> Records:
    """Return one `PLATFORM` record for each platform, in order."""
    out = np.zeros(len(platforms), PLATFORM)
    for record, platform in zip(out, platforms, strict=True):
        for name in PLATFORM.names or ():
            if name not in {"look", "load"}:
                stated = getattr(platform, _FIELD_OF.get(name, name))
                record[name] = _UNSTATED[name] if stated is None else stated.value
        record["look"] = CLASSES.index(platform.look)
        record["load"] = ITEM["visual_load"].values.index(platform.load)
    return out


def _quantity(model: QuantityModel | None, sources: dict[str, Source]) -> Quantity | None:
    if model is None:
        return None
    low, high = model.ends()
    return Quantity(model.middle(), low, high, sources[model.source])


def _contradictions(model: PlatformModel) -> Iterator[Finding]:
    """Yield what each field allows by itself and the file as a whole does not."""
    given = {name: getattr(model, name) for name in type(model).model_fields}
    known = [source.id for source in given["sources"]]
    for name in NUMBERS:
        if given[name] is not None and given[name].source not in known:
            yield Finding((name, "source"), not_allowed("source", given[name].source, known))
    yield from _order(given, "speed_min_m_s", "cruise_m_s")
    yield from _order(given, "cruise_m_s", "speed_max_m_s")
    yield from _order(given, "cruise_height_m", "height_max_m")
    if given["crewed"] != (given["people"] > 0):
        told = "a crewed aircraft has people aboard" if given["crewed"] else "nobody is aboard an uncrewed aircraft"
        yield Finding(("people",), f"people is {given['people']}: {told}; change people or crewed")
    if (given["emits_mw"] is None) != (given["emits_ghz"] is None):
        lacks = "emits_mw" if given["emits_mw"] is None else "emits_ghz"
        yield Finding((), f"{lacks!r} is missing: say of what it sends both how strong and on which frequency")
    if given["crewed"] and given["hour_cost_eur"] is None:
        yield Finding(("crewed",), "'hour_cost_eur' is missing: say what an hour of a crewed aircraft costs")


def _order(given: dict[str, QuantityModel], less: str, more: str) -> Iterator[Finding]:
    highest, bound = given[less].ends()[1], given[more].ends()[0]
    if highest > bound:
        yield Finding((less,), f"{less} is {highest:g}: it must be at most {more}, {bound:g}")

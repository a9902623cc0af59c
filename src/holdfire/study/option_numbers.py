"""The assumed numbers of an option of the catalogue, each by its address: `options.exercise-remote.orbits.number`.

A part of an address is a field of the option's `changes`, or of a list of them what an entry places (its sensor or
platform), and where that is said twice or not at all, its place from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from holdfire.logic.option_entry import OptionEntry
from holdfire.scenario.address import put
from holdfire.scenario.checks import is_number
from holdfire.sources import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location

_NAMED_BY: Final = ("sensor", "platform")
_FACTOR: Final = "by"


@dataclass(frozen=True, slots=True)
class OptionNumber:
    """One number of an option, or a range (two numbers, least and most)."""

    address: str
    loc: Location
    low: float
    high: float

    @property
    def ranged(self) -> bool:
        """Whether it is a range, which each night draws from."""
        return self.low < self.high

    @property
    def factor(self) -> bool:
        """Whether something is multiplied by it."""
        return self.loc[-1] == _FACTOR


def option_numbers(entry: OptionEntry) -> Iterator[OptionNumber]:
    """Yield every number of an option that is assumed, but those that are 0: nothing is there to be more or less."""
    attested = {source.id for source in entry.sources if source.grade is not Grade.ASSUMED}
    yield from _in(entry.changes, f"options.{entry.id}", ("changes",), attested, assumed=True)


def with_number(entry: OptionEntry, loc: Location, value: object) -> OptionEntry:
    """Return an option with another value at a place; raises `pydantic.ValidationError` where it cannot stand there."""
    return OptionEntry.model_validate(put(entry.model_dump(mode="json", exclude_unset=True), loc, value))


def _in(value: Any, address: str, loc: Location, attested: set[str], *, assumed: bool) -> Iterator[OptionNumber]:  # noqa: ANN401
    if isinstance(value, BaseModel):
        source = getattr(value, "source", None)
        assumed = not attested.issuperset(source) if source else assumed
        for name in type(value).model_fields:
            yield from _in(getattr(value, name), f"{address}.{name}", (*loc, name), attested, assumed=assumed)
    elif (ends := _ends(value)) is not None:
        if assumed and any(ends):
            yield OptionNumber(address, loc, *ends)
    elif isinstance(value, list):
        for place, (part, each) in enumerate(_named(value)):
            yield from _in(each, f"{address}.{part}", (*loc, place), attested, assumed=assumed)


def _ends(value: Any) -> tuple[float, float] | None:  # noqa: ANN401
    """Return a number as a range of one, and a list of two numbers as the range that it is."""
    if is_number(value):
        return value, value
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) else None


def _named(entries: list[object]) -> list[tuple[str, object]]:
    found = [next((str(said) for key in _NAMED_BY if (said := getattr(each, key, None))), "") for each in entries]
    return [
        (name if name and found.count(name) == 1 else str(place), each)
        for place, (name, each) in enumerate(zip(found, entries, strict=True), start=1)
    ]

"""The numbers of a scenario: which nobody attests, and which are drawn anew for every night.

A number is assumed if one of the sources nearest to it is graded so, since nobody can tell which of them it rests
on, or if the file does not give it, so that a default of this project stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from holdfire.scenario.address import NAMED_BY
from holdfire.scenario.checks import is_number
from holdfire.sources import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.scenario.schema import Scenario

_TOLD = ("sources", "options", "observed", "validation")
_ENDS = {"low", "high"}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a scenario, by its address; a range is one number, which each night draws."""

    address: str
    low: float
    high: float
    assumed: bool
    """Nobody attests it."""

    @property
    def drawn(self) -> bool:
        """Whether it is drawn anew for every night."""
        return self.low < self.high

    def in_words(self) -> str:
        """Return its value for people; the unit is in its name."""
        return f"{self.low:g} to {self.high:g}" if self.drawn else f"{self.low:g}"


def numbers(scenario: Scenario) -> Iterator[Number]:
    """Yield every number that a night is made of, in the order of the schema."""
    attested = {source.id for source in scenario.sources if source.grade is not Grade.ASSUMED}
    for name in type(scenario).model_fields:
        if name not in _TOLD:
            given = name in scenario.model_fields_set
            yield from _numbers(getattr(scenario, name), name, attested, assumed=not given)


def _numbers(value: Any, address: str, attested: set[str], *, assumed: bool) -> Iterator[Number]:  # noqa: ANN401
    if is_number(value):
        yield Number(address, value, value, assumed)
    elif isinstance(value, BaseModel):
        yield from _of_model(value, address, attested, assumed=assumed)
    elif isinstance(value, dict | list):
        named = (
            value.items() if isinstance(value, dict) else ((_name(child, i), child) for i, child in enumerate(value))
        )
        for name, child in named:
            yield from _numbers(child, f"{address}.{name}", attested, assumed=assumed)


def _of_model(model: BaseModel, address: str, attested: set[str], *, assumed: bool) -> Iterator[Number]:
    here = _assumed(model, attested, otherwise=assumed)
    fields = type(model).model_fields
    if set(fields) >= _ENDS:
        yield Number(address, model.low, model.high, here)  # type: ignore[attr-defined]  # it has both
        return
    for name, field in fields.items():
        unsaid = name not in model.model_fields_set
        yield from _numbers(getattr(model, name), f"{address}.{field.alias or name}", attested, assumed=here or unsaid)


def _assumed(model: BaseModel, attested: set[str], *, otherwise: bool) -> bool:
    """Say whether the numbers of a model are assumed: by its own sources, else its own grade, else as around it."""
    sources, grade = getattr(model, "source", None), getattr(model, "grade", None)
    if sources:
        return not attested.issuperset(sources)
    return otherwise if grade is None else grade is Grade.ASSUMED


def _name(entry: object, index: int) -> str:
    return next((str(getattr(entry, key)) for key in NAMED_BY if hasattr(entry, key)), str(index + 1))

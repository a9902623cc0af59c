"""What is known about one aircraft: each item with value, source and age, or absent."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from math import inf, isnan
from typing import TYPE_CHECKING, Final

from holdfire.errors import UnflaggedEvidenceError
from holdfire.messages.vocabulary import ITEM, Item, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

Value = str | bool | float | frozenset[str]

INFORMANTS: Final = (
    "radar", "iff-ssr", "eo-ir", "eye", "acoustic", "rf", "report", "map", "plan", "record", "controller",
)  # fmt: skip
"""Who or what can be the source of an item: kinds of sensor, the map, filed plans, own records, a controller."""


class Basis(IntEnum):
    """Where evidence comes from. Nothing live is among them: rules look at nothing else than these."""

    UNFLAGGED = 0
    SIMULATED = 1
    HISTORICAL = 2
    HYPOTHETICAL = 3


@dataclass(frozen=True, slots=True)
class Known:
    """One known item.

    Attributes
    ----------
    value
        A choice's value, a flag, a set's members, or a number in the item's unit.
    age_s
        Time since it was observed (s).
    sd
        A number's standard deviation in its unit; 0 for anything else.
    verified
        Two sensors agree on it, or the registration of the only one was checked lately.
    source
        Who or what said so, one of `INFORMANTS`.
    held_s
        How long it has been known with what it says now, without a break (s); 0 where nobody kept count.
    """

    value: Value
    age_s: float
    sd: float = 0.0
    verified: bool = False
    source: str = "record"
    held_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known about one aircraft; an item that is not here is unknown."""

    basis: Basis
    items: Mapping[str, Known] = field(default_factory=dict)

    def known(self, name: str, max_age_s: float = inf) -> Known | None:
        """Return the item if it is known and fresh enough for its own bound and for `max_age_s`."""
        item = self.items.get(name)
        if item is None or not item.age_s <= min(max_age_s, ITEM[name].max_age_s):
            return None
        return item

    def without(self, names: Container[str]) -> Evidence:
        """Return the evidence with these items no longer known."""
        kept = {name: item for name, item in self.items.items() if name not in names}
        return Evidence(self.basis, kept)


def code_of(item: Item, known: Known) -> int:
    """Return a value's code: its place in the item's values, or the members of a set as bits."""
    value = known.value
    if isinstance(value, frozenset):
        return sum(1 << item.values.index(member) for member in value)
    return item.values.index(str(value).lower() if isinstance(value, bool) else str(value))


def refuse_unflagged(evidence: Evidence) -> None:
    """Raise `UnflaggedEvidenceError` for evidence that is not simulated, historical or hypothetical."""
    if evidence.basis is Basis.UNFLAGGED:
        message = "evidence says no basis: flag it as simulated, historical or hypothetical"
        raise UnflaggedEvidenceError(message)


def malformed(name: str, known: Known) -> str | None:
    """Say what is wrong with a known item that no sensor could have reported, or nothing."""
    if not known.age_s >= 0:
        return f"{name} has age {known.age_s} s: it must be 0 or more"
    item = ITEM[name]
    if item.kind is Kind.NUMBER:
        if isinstance(known.value, (str, bool, frozenset)) or isnan(known.value):
            return f"{name} is {known.value!r}: it must be a number"
        return None if known.sd >= 0 else f"{name} has standard deviation {known.sd}: it must be 0 or more"
    return _malformed_name(name, known.value)


def _malformed_name(name: str, value: Value) -> str | None:
    item = ITEM[name]
    fits = {
        Kind.CHOICE: isinstance(value, str) and value in item.values,
        Kind.FLAG: isinstance(value, bool),
        Kind.SET: isinstance(value, frozenset) and value <= frozenset(item.values),
    }[item.kind]
    return None if fits else f"{name} is {value!r}: it must be {item.kind.value}"

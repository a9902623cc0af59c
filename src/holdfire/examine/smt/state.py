"""Everything that evidence can be, as variables of a solver: one state for each aircraft and moment compared.

A choice or flag is the number of its value, a set the bits of its members, as in the records of the messages. A
number and its standard deviation are reals, so that a proof holds for every number; a comparison differs from the
interpreter's by no more than the rounding of its floating point. Variables are made when first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import z3

from holdfire.messages.vocabulary import ITEM, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from holdfire.logic.conditions import Lasting
    from holdfire.messages.vocabulary import Item

Formula = Any
"""A formula or term of z3, which has no types of its own."""

NEVER = 1e30
"""Stands for an infinite time, age or deviation where a solver wants a number."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What is known of one item: whether, which, how old, whether verified; `malformed` is what nothing can say."""

    item: Item
    known: Formula
    age_s: Formula
    verified: Formula
    malformed: Formula
    code: Formula = None
    value: Formula = None
    sd: Formula = None

    def named(self) -> Iterator[Formula]:
        """Every variable of the item."""
        parts = (self.known, self.age_s, self.verified, self.malformed, self.code, self.value, self.sd)
        yield from (part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Timer:
    """How long a condition has been known true without a break, and since it was last known false (s)."""

    true_s: Formula
    clear_s: Formula


@dataclass(slots=True)
class State:
    """One state of evidence; states of other names share nothing."""

    name: str = ""
    items: dict[str, Variables] = field(default_factory=dict)
    timers: dict[Lasting, Timer] = field(default_factory=dict)

    def item(self, name: str) -> Variables:
        """Return an item's variables."""
        if name not in self.items:
            self.items[name] = _variables(ITEM[name], f"{self.name}{name}")
        return self.items[name]

    def timer(self, lasting: Lasting) -> Timer:
        """Return the timers of a condition."""
        if lasting not in self.timers:
            self.item(lasting.item)
            prefix = f"{self.name}{lasting.item}.timer{len(self.timers)}"
            self.timers[lasting] = Timer(z3.Real(f"{prefix}.true_s"), z3.Real(f"{prefix}.clear_s"))
        return self.timers[lasting]

    def part(self, names: Container[str]) -> State:
        """Return the part of a state that is about some items, over the same variables."""
        items = {name: each for name, each in self.items.items() if name in names}
        return State(self.name, items, {each: timer for each, timer in self.timers.items() if each.item in names})

    def sound(self) -> list[Formula]:
        """Return what makes evidence well formed: nothing of it that no sensor or clock could say."""
        return [
            *(each for variables in self.items.values() for each in _sound(variables)),
            *(z3.And(timer.true_s >= 0, timer.clear_s >= timer.true_s) for timer in self.timers.values()),
        ]


def code_bits(item: Item) -> int:
    """Return how many bits an item's code has: one a member of a set, else enough to number its values."""
    return len(item.values) if item.kind is Kind.SET else max(1, (len(item.values) - 1).bit_length())


def _variables(item: Item, prefix: str) -> Variables:
    known, verified, malformed = (z3.Bool(f"{prefix}.{part}") for part in ("known", "verified", "malformed"))
    age_s = z3.Real(f"{prefix}.age_s")
    if item.kind is Kind.NUMBER:
        value, sd = z3.Real(f"{prefix}.value"), z3.Real(f"{prefix}.sd")
        return Variables(item, known, age_s, verified, malformed, value=value, sd=sd)
    code = z3.BitVec(f"{prefix}.code", code_bits(item))
    return Variables(item, known, age_s, verified, malformed, code=code)


def _sound(each: Variables) -> Iterator[Formula]:
    yield z3.Not(each.malformed)
    yield each.age_s >= 0
    if each.sd is not None:
        yield each.sd >= 0
    elif each.item.kind is not Kind.SET and len(each.item.values) < 1 << code_bits(each.item):
        yield z3.ULT(each.code, len(each.item.values))

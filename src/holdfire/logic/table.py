"""Conditions as arrays, so that another rule set needs no compilation.

Every distinct condition is an *atom* with one bit. A row of evidence becomes two sets of bits: the atoms known
false and the atoms not known. A conjunction then is two masks: it holds unless a known-false atom, or an
unknown one that matters, is among them. That is the one-hot evidence word of the design with the tests already
applied: a named value is looked up in a table of ready-made bits, so that only numbers cost arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.logic.conditions import (
    ActIs,
    Assessed,
    Condition,
    IdentityIn,
    IntentIs,
    Members,
    Observed,
    OnUnknown,
    Range,
    Within,
    lasting,
)
from holdfire.logic.interpret import deviations
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.vocabulary import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from holdfire.logic.conditions import Lasting
    from holdfire.logic.ruleset import Clause
    from holdfire.messages.layout import Records

WORD = 64
N_CODES = 64
"""No named item has more values than a word has bits."""


NAMED = np.dtype(
    [
        ("item", np.int64),  # its INDEX
        ("codes", np.int64),  # how many values it has
        ("age_s", np.float64),  # older is not known
    ]
)
"""An item on which there are plain tests of named values; the bits stand beside it in `Atoms`."""

TEST = np.dtype(
    [
        ("item", np.int64),  # its INDEX
        ("kind", np.int64),  # 0 Within, 1 Members, 2 Range
        ("codes", np.int64),  # valid codes: of a set, a power of two
        ("allowed", np.uint64),  # Within: codes that pass; Members: those of which some are needed
        ("every", np.uint64),  # Members: those that are all needed
        ("low", np.float64),
        ("high", np.float64),
        ("deviations", np.float64),  # how many a number must stand off its bound
        ("age_s", np.float64),  # older is not known
        ("for_s", np.float64),
        ("timer", np.int64),  # -1: it asks about now
        ("bit", np.int64),
        ("verified", np.bool_),  # it must be
    ],
    align=True,
)
"""Any other condition on an observed item."""

ASSESSED = np.dtype(
    [
        ("kind", np.int64),  # 0 intent, 1 act, 2 identity
        ("mask", np.uint64),  # identity: bits of those listed; else 1 for true, 0 for false
        ("bit", np.int64),
    ]
)
"""A condition on what the criteria made of the evidence."""


class Atoms(NamedTuple):
    """The atoms of a table, for the kernels; `words` words hold all bits."""

    words: int
    named: Records
    named_false: NDArray[np.uint64]  # (named, N_CODES, words): atoms that are false for each code
    named_all: NDArray[np.uint64]  # (named, words): all atoms of the item
    tests: Records
    assessed: Records


@dataclass(frozen=True, slots=True)
class Plan:
    """Which condition has which bit, and which timers the kernels expect, in order."""

    bits: dict[Condition, int]
    timers: tuple[Lasting, ...]

    @property
    def words(self) -> int:
        """How many words hold all bits; at least one."""
        return max(1, -(-len(self.bits) // WORD))

    def mask(self, conditions: Iterable[Condition]) -> NDArray[np.uint64]:
        """Return the bits of some conditions."""
        out = np.zeros(self.words, np.uint64)
        for condition in conditions:
            bit = self.bits[atom(condition)]
            out[bit // WORD] |= np.uint64(1 << bit % WORD)
        return out


def atom(condition: Condition) -> Condition:
    """Return a condition without what is not its own to say: what to do where it is not known."""
    if isinstance(condition, Observed):
        return Observed(condition.item, condition.test, condition.max_age_s, condition.verified, condition.for_s)
    if isinstance(condition, IdentityIn):
        return IdentityIn(condition.identities)
    return type(condition)(condition.value)


def plan(conjunctions: Iterable[Sequence[Clause]], timers: tuple[Lasting, ...]) -> Plan:
    """Give every distinct condition its bit, in the order in which they first stand."""
    bits: dict[Condition, int] = {}
    for clauses in conjunctions:
        for clause in clauses:
            bits.setdefault(atom(clause.condition), len(bits))
    return Plan(bits, timers)


def unknown_mask(made: Plan, clauses: Sequence[Clause], *, forbids: bool) -> NDArray[np.uint64]:
    """Return the atoms that stop a conjunction while not known: all, but for a prohibition the released ones."""
    return made.mask(
        clause.condition for clause in clauses if not forbids or clause.condition.on_unknown is OnUnknown.RELEASE
    )


def _is_plain(condition: Condition) -> bool:
    return (
        isinstance(condition, Observed)
        and isinstance(condition.test, Within)
        and condition.max_age_s >= condition.item.max_age_s
        and not condition.verified
        and condition.for_s == 0
    )


def atoms(made: Plan) -> Atoms:
    """Lay the atoms of a plan out as arrays."""
    observed = [(c, bit) for c, bit in made.bits.items() if isinstance(c, Observed)]
    assessed = [(c, bit) for c, bit in made.bits.items() if not isinstance(c, Observed)]
    named, false, everything = _named([(c, bit) for c, bit in observed if _is_plain(c)], made.words)
    return Atoms(
        made.words,
        named,
        false,
        everything,
        np.array([_test(c, bit, made) for c, bit in observed if not _is_plain(c)], TEST),
        np.array([(_assessed_kind(c), _assessed_mask(c), bit) for c, bit in assessed], ASSESSED),
    )


def _named(plain: list[tuple[Observed, int]], words: int) -> tuple[Records, NDArray[np.uint64], NDArray[np.uint64]]:
    items = list({condition.item.name: condition.item for condition, _ in plain}.values())
    false = np.zeros((len(items), N_CODES, words), np.uint64)
    everything = np.zeros((len(items), words), np.uint64)
    for condition, bit in plain:
        row, word, one = items.index(condition.item), bit // WORD, np.uint64(1 << bit % WORD)
        everything[row, word] |= one
        assert isinstance(condition.test, Within)  # noqa: S101  # what makes it plain
        for code in set(range(len(condition.item.values))) - condition.test.codes:
            false[row, code, word] |= one
    named = [(INDEX[item.name], len(item.values), item.max_age_s) for item in items]
    return np.array(named, NAMED), false, everything


def _test(condition: Observed, bit: int, made: Plan) -> tuple[float, ...]:
    item = condition.item
    kind, codes, allowed, every, low, high, margin = 0, len(item.values), 0, 0, 0.0, 0.0, 0.0
    match condition.test:
        case Within(within):
            allowed = _bits(within)
        case Members(all_needed, some, low, high):
            kind, codes, allowed, every = 1, 1 << len(item.values), _bits(some), _bits(all_needed)
        case Range(low, high, confidence):
            kind, margin = 2, deviations(confidence)
    age_s = min(condition.max_age_s, item.max_age_s)
    timer = made.timers.index(lasting(condition)) if condition.for_s > 0 else -1
    return (
        INDEX[item.name], kind, codes, allowed, every, low, high, margin, age_s, condition.for_s, timer, bit,
        condition.verified,
    )  # fmt: skip


def _bits(codes: Iterable[int]) -> int:
    return sum(1 << code for code in codes)


def _assessed_kind(condition: Assessed) -> int:
    match condition:
        case IntentIs():
            return 0
        case ActIs():
            return 1
        case IdentityIn():
            return 2


def _assessed_mask(condition: Assessed) -> int:
    if isinstance(condition, IdentityIn):
        return _bits(CONCLUSIONS.index(identity) for identity in condition.identities)
    return int(condition.value)

"""Conditions as arrays, so that another rule set needs no compilation.

Every distinct condition is an *atom* with one bit. A row of evidence becomes two sets of bits: the atoms known
false and the atoms not known. A conjunction then is two masks: it stands unless a known-false atom, or an
unknown one that matters, is among them. That is the one-hot evidence word of the design with the tests already
applied: a value with a name, or a set of them, is looked up among ready-made bits, so that only numbers cost
arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, assert_never

import numpy as np

from holdfire.logic.conditions import (
    ActIs,
    Assessed,
    Condition,
    IdentityIn,
    IntentIs,
    Observed,
    OnUnknown,
    Range,
    lasting,
)
from holdfire.logic.interpret import deviations, passes_code
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.layout import N_NAMED
from holdfire.messages.vocabulary import INDEX, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from holdfire.logic.conditions import Lasting
    from holdfire.logic.ruleset import Clause, RuleSet
    from holdfire.messages.layout import Records

WORD = 64
UnknownStops = Callable[[OnUnknown], bool]
"""Whether a clause that is not known stops its conjunction, by what the clause says about that."""

LOOK = np.dtype(
    [
        ("item", np.uint64),  # its INDEX
        ("codes", np.int64),  # how many codes it can have; the slot behind them means not known
        ("first", np.int64),  # where its slots begin
        ("age_s", np.float64),  # older is not known
        ("any_verified", np.uint64),  # 1: need not be verified
    ]
)
"""An item with named values, as some atoms look at it: all that set it the same age and verification."""

TIMED = np.dtype(
    [
        ("look", np.int64),  # which LOOK it is, or -1 for a range
        ("range", np.int64),  # which range it is, or -1
        ("for_s", np.float64),  # for so long
        ("timer", np.int64),  # its place among the timers
        ("bit", np.int64),
    ]
)
"""An atom with a duration; its condition as of now stands among the looks or the ranges, under no bit."""

ASSESSED = np.dtype(
    [
        ("kind", np.int64),  # 0 intent, 1 act, 2 identity
        ("mask", np.uint64),  # identity: bits of those listed; else 1 for true, 0 for false
        ("bit", np.int64),
    ]
)
"""An atom on what the criteria made of the evidence."""


class Looks(NamedTuple):
    """Atoms on named values, by item."""

    looks: Records
    false: NDArray[np.uint64]  # (words, slots): atoms that are false for each code
    every: NDArray[np.uint64]  # (words, looks): all its atoms
    passes: NDArray[np.bool_]  # (slots,): for a timed look, whether the code passes


class Ranges(NamedTuple):
    """Atoms on numbers, one each, in the order of their bits; those as of now behind a duration come last."""

    item: NDArray[np.uint64]  # its INDEX
    number: NDArray[np.uint64]  # its place among the numbers
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    deviations: NDArray[np.float64]  # how many a number must stand off its bound
    age_s: NDArray[np.float64]  # older is not known
    any_verified: NDArray[np.uint64]  # 1: need not be verified
    bit: NDArray[np.uint64]  # within its word
    begin: NDArray[np.int64]  # (words + 1,): where those of each word begin


class Atoms(NamedTuple):
    """The atoms of a table, for the kernels; `words` words hold all bits."""

    words: int
    looks: Looks
    ranges: Ranges
    timed: Records
    assessed: Records


class Bits(NamedTuple):
    """What the evidence makes of the atoms: which are known false, which are not known, and where it is malformed."""

    false: NDArray[np.uint64]  # (rows, words)
    unknown: NDArray[np.uint64]  # (rows, words)
    malformed: NDArray[np.bool_]  # (rows,)


def bits_for(rows: int, words: int) -> Bits:
    """Return room for the bits of some rows."""
    return Bits(np.zeros((rows, words), np.uint64), np.zeros((rows, words), np.uint64), np.zeros(rows, np.bool_))


@dataclass(frozen=True, slots=True)
class Plan:
    """Which condition has which bit, and which timers the kernels expect, in order."""

    bits: dict[Condition, int]
    timers: tuple[Lasting, ...]

    @property
    def words(self) -> int:
        """How many words hold all bits; at least one."""
        return max(1, -(-len(self.bits) // WORD))


def atom(condition: Condition) -> Condition:
    """Return a condition without what is not its own to say: what to do where it is not known."""
    if isinstance(condition, Observed):
        return Observed(condition.item, condition.test, condition.max_age_s, condition.verified, condition.for_s)
    if isinstance(condition, IdentityIn):
        return IdentityIn(condition.identities)
    return type(condition)(condition.value)


def plan(ruleset: RuleSet) -> Plan:
    """Give every distinct condition of a set its bit, in the order in which they first stand."""
    bits: dict[Condition, int] = {}
    for entry in ruleset.entries():
        for clause in entry.when:
            bits.setdefault(atom(clause.condition), len(bits))
    return Plan(bits, ruleset.timers())


class Stops(NamedTuple):
    """Which of some conjunctions (bits, in blocks of 64) each byte of the bits of a row stops, for each value."""

    by_false: NDArray[np.uint64]  # (blocks, bytes, 256)
    by_unknown: NDArray[np.uint64]  # (blocks, bytes, 256)
    every: NDArray[np.uint64]  # (blocks,): all there are


def stops(made: Plan, conjunctions: Sequence[tuple[Sequence[Clause], UnknownStops]]) -> Stops:
    """Lay conjunctions out by what stops them: a clause known false, and clauses not known as each one says."""
    shape = (-(-len(conjunctions) // WORD), len(made.bits))
    on_false, on_unknown, every = np.zeros(shape, np.uint64), np.zeros(shape, np.uint64), np.zeros(shape[0], np.uint64)
    for place, (clauses, unknown_stops) in enumerate(conjunctions):
        block, one = place // WORD, np.uint64(1 << place % WORD)
        every[block] |= one
        for clause in clauses:
            bit = made.bits[atom(clause.condition)]
            on_false[block, bit] |= one
            if unknown_stops(clause.condition.on_unknown):
                on_unknown[block, bit] |= one
    return Stops(_blocks(on_false), _blocks(on_unknown), every)


def _blocks(masks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    n_bytes = max(1, -(-masks.shape[1] // 8))
    out = np.zeros((masks.shape[0], n_bytes, 256), np.uint64)
    for block, row in enumerate(masks):
        out[block, : -(-row.size // 8)] = by_byte([int(mask) for mask in row])
    return out


def atoms(made: Plan) -> Atoms:
    """Lay the atoms of a plan out as arrays."""
    observed = [(c, bit) for c, bit in made.bits.items() if isinstance(c, Observed)]
    timed = [(c, bit) for c, bit in observed if c.for_s > 0]
    numbers = [(c, bit) for c, bit in observed if c.item.kind is Kind.NUMBER]
    named = [(c, bit) for c, bit in observed if c.item.kind is not Kind.NUMBER]
    looks, looked = _looks(named, made.words)
    ranges, ranged = _ranges(numbers, made.words)
    rows = [(looked.get(bit, -1), ranged.get(bit, -1), c.for_s, made.timers.index(lasting(c)), bit) for c, bit in timed]
    assessed = [(c, bit) for c, bit in made.bits.items() if not isinstance(c, Observed)]
    return Atoms(
        made.words,
        looks,
        ranges,
        np.array(rows, TIMED),
        np.array([(_assessed_kind(c), _assessed_mask(c), bit) for c, bit in assessed], ASSESSED),
    )


def as_bits(members: ArrayLike) -> NDArray[np.uint64]:
    """Return sets, one a row of truth values, as bits in words."""
    chosen = np.asarray(members, np.bool_)
    out = np.zeros((chosen.shape[0], -(-chosen.shape[1] // WORD)), np.uint64)
    for row, member in zip(*np.nonzero(chosen), strict=True):
        out[row, member // WORD] |= np.uint64(1 << int(member) % WORD)
    return out


def by_byte(masks: Sequence[int]) -> NDArray[np.uint64]:
    """Return, for each byte of a set and each value of it, the union of what its members bring."""
    out = np.zeros((-(-len(masks) // 8), 256), np.uint64)
    for member, mask in enumerate(masks):
        holding = np.flatnonzero(np.arange(256) >> member % 8 & 1)
        out[member // 8, holding] |= np.uint64(mask)
    return out


def _looks(named: list[tuple[Observed, int]], words: int) -> tuple[Looks, dict[int, int]]:
    """Group conditions on named values by item, age and verification; a timed one is a group of its own.

    Return with them, by the bit of a timed atom, which look it is.
    """
    groups: dict[object, list[tuple[Observed, int]]] = {}
    for condition, bit in named:
        own = bit if condition.for_s > 0 else None
        key = (condition.item.name, _age_s(condition), condition.verified, own)
        groups.setdefault(key, []).append((condition, bit))
    rows, first, looked = [], 0, {}
    for members in groups.values():
        condition, bit = members[0]
        rows.append((INDEX[condition.item.name], _codes(condition), first, _age_s(condition), not condition.verified))
        first += _codes(condition) + 1
        if condition.for_s > 0:
            looked[bit] = len(rows) - 1
    made = Looks(
        np.array(rows, LOOK),
        np.zeros((words, first), np.uint64),
        np.zeros((words, len(rows)), np.uint64),
        np.zeros(first, np.bool_),
    )
    for row, members in enumerate(groups.values()):
        for condition, bit in members:
            _fill(made, row, condition, bit)
    return made, looked


def _fill(looks: Looks, row: int, condition: Observed, bit: int) -> None:
    first = int(looks.looks["first"][row])
    passing = np.array([passes_code(condition, code) for code in range(_codes(condition))])
    if condition.for_s > 0:
        looks.passes[first : first + passing.size] = passing
    else:
        word, one = bit // WORD, np.uint64(1 << bit % WORD)
        looks.every[word, row] |= one
        looks.false[word, first : first + passing.size] |= np.where(passing, np.uint64(0), one)


def _ranges(numbers: list[tuple[Observed, int]], words: int) -> tuple[Ranges, dict[int, int]]:
    """Lay conditions on numbers out; return with them, by the bit of a timed atom, which range it is."""
    ordered = sorted(numbers, key=lambda each: (each[0].for_s > 0, each[1]))
    tests = [c.test for c, _ in ordered if isinstance(c.test, Range)]
    index = [INDEX[c.item.name] for c, _ in ordered]
    untimed = [bit for c, bit in ordered if c.for_s == 0]
    made = Ranges(
        item=np.array(index, np.uint64),
        number=np.array([place - N_NAMED for place in index], np.uint64),
        low=np.array([test.at_least for test in tests], np.float64),
        high=np.array([test.at_most for test in tests], np.float64),
        deviations=np.array([deviations(test.confidence) for test in tests], np.float64),
        age_s=np.array([_age_s(c) for c, _ in ordered], np.float64),
        any_verified=np.array([not c.verified for c, _ in ordered], np.uint64),
        bit=np.array([bit % WORD for _, bit in ordered], np.uint64),
        begin=np.searchsorted(untimed, np.arange(words + 1) * WORD).astype(np.int64),
    )
    return made, {bit: place for place, (c, bit) in enumerate(ordered) if c.for_s > 0}


def _age_s(condition: Observed) -> float:
    return min(condition.max_age_s, condition.item.max_age_s)


def _codes(condition: Observed) -> int:
    values = len(condition.item.values)
    return 1 << values if condition.item.kind is Kind.SET else values


def _assessed_kind(condition: Assessed) -> int:
    match condition:
        case IntentIs():
            return 0
        case ActIs():
            return 1
        case IdentityIn():
            return 2
        case _ as unreachable:
            assert_never(unreachable)


def _assessed_mask(condition: Assessed) -> int:
    if isinstance(condition, IdentityIn):
        return sum(1 << CONCLUSIONS.index(identity) for identity in condition.identities)
    return int(condition.value)

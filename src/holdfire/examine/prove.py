"""Prove a property of a rule set over all states of evidence, or refute it by a state that the interpreter confirms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from holdfire.assess.criteria import assess
from holdfire.examine.encoded import Encoded, question, turning
from holdfire.examine.forbidden import breaches
from holdfire.examine.pairs import loosened
from holdfire.examine.smt.search import DisagreementError, UndecidedError, find
from holdfire.messages.authority import common_order
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from holdfire.examine.smt.search import Witness
    from holdfire.logic.property import Property
    from holdfire.messages.authority import RoleOrder
    from holdfire.messages.ruling import Permission, Ruling


class Result(StrEnum):
    """What came of a proof."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One state of evidence, or one before and one after, with the permissions that break the property."""

    seen: tuple[Witness, ...]
    permissions: tuple[Permission, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one property: proved, refuted by a counterexample, or undecided and why.

    `turning` are, for a set that breaks the theorem of lost evidence, the items whose loss alone turns hold into
    engage.
    """

    asked: Property
    result: Result
    counterexample: Counterexample | None = None
    why: str | None = None
    turning: tuple[str, ...] = ()


def prove(encoded: Encoded, asked: Property, without: Collection[str] = ()) -> Proof:
    """Prove or refute a property over all evidence that keeps every consistency but those named.

    Raises `DisagreementError` where the interpreter does not confirm a refutation.
    """
    made = question(encoded, asked, without)
    try:
        seen = find(made.formulas, made.states, wishes=made.wishes)
    except UndecidedError as error:
        return Proof(asked, Result.UNDECIDED, why=str(error))
    if seen is None:
        return Proof(asked, Result.PROVED)
    permissions = replayed(encoded, asked, seen)
    if not permissions:
        message = f"the interpreter does not confirm that {encoded.ruleset.id} breaks {asked.id}: report this"
        raise DisagreementError(message)
    items = [each for pair in asked.pairs if pair.loses == "any" for each in turning(encoded, pair, without)]
    return Proof(asked, Result.REFUTED, Counterexample(seen, permissions), turning=tuple(dict.fromkeys(items)))


def replayed(encoded: Encoded, asked: Property, seen: Sequence[Witness]) -> tuple[Permission, ...]:
    """Return the permissions by which a set breaks a property on what was seen, by the interpreter."""
    found = [_ruling(encoded, each, with_defence=asked.with_defence) for each in seen]
    rulings, roles = [ruling for ruling, _ in found], found[0][1]
    broken = [
        *(each for pair in asked.pairs for each in loosened(pair, rulings, encoded.sets, roles, seen)),
        *(each for one in asked.situations for each in breaches(one, rulings[0], roles, seen[0])),
    ]
    return tuple(dict.fromkeys(broken))


def _ruling(encoded: Encoded, seen: Witness, *, with_defence: bool) -> tuple[Ruling, RoleOrder]:
    defended = with_defence and encoded.defence is not None
    sets = [*encoded.sets, *([encoded.defence] if defended and encoded.defence else [])]
    bound = [(each, rule(each, seen.evidence, assess(each, seen.evidence, seen.held), seen.held)) for each in sets]
    if len(bound) == 1:
        return bound[0][1], sets[0].roles
    binding, defence = (bound[:-1], bound[-1]) if defended else (bound, None)
    return compose(binding, defence), common_order(each.roles for each in sets)

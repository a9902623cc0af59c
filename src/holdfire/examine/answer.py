"""What one rule set, or several that bind together, and self-defence beside them, answer on one situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.assess.criteria import assess
from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.errors import InputError
from holdfire.examine.computed import sets_of
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.computed import Computed
    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.situation import Situation
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked of whom, what each binding set's criteria made of it, and the ruling of all together."""

    asked: RuleSet | Computed
    binding: tuple[RuleSet, ...]
    situation: Situation
    assessments: tuple[Assessment, ...]
    ruling: Ruling


def answer(asked: RuleSet | Computed, situation: Situation, defence: RuleSet | None = None) -> Answer:
    """Assess and rule by a set and by self-defence, and put them together.

    Self-defence is read from the library unless whoever asks often hands it in.
    Raises `InputError` for another set that calls itself self-defence.
    """
    sets = sets_of(asked)
    every = (*sets, *beside(sets, defence))
    assessments, _, ruling = together(every, [situation] * len(every), len(sets))
    return Answer(asked, every, situation, assessments, ruling)


def together(
    every: Sequence[RuleSet], seen: Sequence[Situation], binding: int
) -> tuple[tuple[Assessment, ...], tuple[Ruling, ...], Ruling]:
    """Return what each set's criteria make of the evidence, each set's ruling, and that of all together.

    `seen` is the situation as each set reads it; the first `binding` sets bind, one behind them is self-defence.
    """
    assessments = tuple(
        assess(each, situation.evidence, situation.held(each)) for each, situation in zip(every, seen, strict=True)
    )
    rulings = tuple(
        rule(each, situation.evidence, assessment, situation.held(each))
        for each, situation, assessment in zip(every, seen, assessments, strict=True)
    )
    bound = list(zip(every, rulings, strict=True))
    return assessments, rulings, compose(bound[:binding], bound[-1] if len(every) > binding else None)


def beside(sets: Sequence[RuleSet], defence: RuleSet | None = None) -> tuple[RuleSet, ...]:
    """Return self-defence where it is not among the sets that are asked.

    Self-defence is read from the library unless whoever asks often hands it in.
    Raises `InputError` for another set that calls itself self-defence.
    """
    defence = defence or load_ruleset(SELF_DEFENCE)
    for each in sets:
        if each.id == defence.id and each != defence:
            message = f"id {each.id!r} is that of the base set, which no other replaces: take another id"
            raise InputError(message)
    return () if defence in sets else (defence,)

"""What one rule set, and self-defence beside it, answers on one situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.assess.criteria import assess
from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.errors import InputError
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.situation import Situation
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked of whom, what each binding set's criteria made of it, and the ruling of all together."""

    asked: RuleSet
    binding: tuple[RuleSet, ...]
    situation: Situation
    assessments: tuple[Assessment, ...]
    ruling: Ruling


def answer(asked: RuleSet, situation: Situation, defence: RuleSet | None = None) -> Answer:
    """Assess and rule by a set and by self-defence, and put the two together.

    Self-defence is read from the library unless whoever asks often hands it in.
    Raises `InputError` for another set that calls itself self-defence.
    """
    defence = defence or load_ruleset(SELF_DEFENCE)
    if asked.id == defence.id and asked != defence:
        message = f"id {asked.id!r} is that of the base set, which no other replaces: take another id"
        raise InputError(message)
    binding = (asked,) if asked == defence else (asked, defence)
    assessments = tuple(assess(each, situation.evidence, situation.held(each)) for each in binding)
    bound = [
        (each, rule(each, situation.evidence, assessment, situation.held(each)))
        for each, assessment in zip(binding, assessments, strict=True)
    ]
    ruling = compose(bound[:1], bound[1] if len(bound) > 1 else None)
    return Answer(asked, binding, situation, assessments, ruling)

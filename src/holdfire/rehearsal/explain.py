"""Why the compiled loop ruled as it did: the interpreter reads the same evidence, and must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from holdfire.assess.criteria import assess
from holdfire.binding.layout import bound_on
from holdfire.logic.conditions import Held
from holdfire.logic.words import condition_in_words, evidence_in_words
from holdfire.messages.actions import Action, bits
from holdfire.messages.layout import evidence_of
from holdfire.messages.story import Allowed, Denied
from holdfire.messages.truth import Truth
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    import numpy as np

    from holdfire.logic.ruleset import RuleSet
    from holdfire.loop import Night
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.evidence import Evidence
    from holdfire.messages.ruling import RuleState, Ruling
    from holdfire.setting import Scene


class Explained(NamedTuple):
    """One ruling with its reasons."""

    assessment: Assessment
    """What the state overflown makes of the evidence."""
    permitted: tuple[Allowed, ...]
    withheld: tuple[Denied, ...]


class Reading(NamedTuple):
    """One set that binds, and what the interpreter makes of the evidence by it."""

    ruleset: RuleSet
    assessment: Assessment
    ruling: Ruling


def explain(scene: Scene, night: Night, option: int, row: int) -> Explained:
    """Return the reasons of the ruling on a row of evidence, as it stands after a cycle.

    Raises `AssertionError` where the interpreter permits anything else than the loop did.
    """
    picture = night.picture
    evidence = evidence_of(picture.rows[row])
    host, crew = scene.hosts[picture.hosts[row]], int(night.crews[row])
    chosen, (_, chain, defence) = scene.rules.options[option], scene.rules
    binding = bound_on(chosen, [host] if crew == 0 else [host, scene.crews[crew - 1]], chain)
    every = [*bound_on(chosen, [*scene.hosts, *scene.crews], chain), defence]
    readings = []
    for each in [*binding, defence]:
        place = next(index for index, other in enumerate(every) if other is each)
        held = night.bench.kept.held[option, place, picture.slots[row]]
        timers = {timer: Held(float(a), float(b)) for timer, (a, b) in zip(each.timers(), held, strict=False)}
        assessment = assess(each, evidence, timers)
        readings.append(Reading(each, assessment, rule(each, evidence, assessment, timers)))
    *bound, own = [(each.ruleset, each.ruling) for each in readings]
    ruling = compose(bound, own)
    _hold_against(ruling, night.rulings[option, row])
    return Explained(readings[0].assessment, _allowed(ruling), _denied(ruling, evidence, readings))


def _hold_against(ruling: Ruling, record: np.void) -> None:
    if bits(ruling.permitted) != record["permitted"]:
        message = f"the interpreter permits {bits(ruling.permitted):b}, the loop {record['permitted']:b}: a defect"
        raise AssertionError(message)


def _allowed(ruling: Ruling) -> tuple[Allowed, ...]:
    return tuple(
        Allowed(action, tuple(sorted(given.authorities)), tuple(map(_name, given.rules)))
        for action, given in ruling.permitted.items()
        if action is not Action.OBSERVE
    )


def _denied(ruling: Ruling, evidence: Evidence, readings: list[Reading]) -> tuple[Denied, ...]:
    by_name = {each.ruleset.id: each for each in readings}
    return tuple(
        Denied(
            action,
            tuple(map(_name, withheld.forbidden_by)),
            tuple(text for state in withheld.missing for text in _missing(state, evidence, by_name[state.ruleset])),
            withheld.caveats,
        )
        for action, withheld in ruling.withheld.items()
    )


def _missing(state: RuleState, evidence: Evidence, by: Reading) -> list[str]:
    """Return what a permission lacks: what was asked, and what was seen in its place."""
    text = next(each for each in by.ruleset.rules if each.id == state.rule)
    return [
        f"{_name(state)}: {condition_in_words(clause.condition)}"
        f" ({evidence_in_words(clause.condition, evidence, by.assessment)})"
        for clause, found in zip(text.when, state.conditions, strict=True)
        if found.truth is not Truth.TRUE
    ]


def _name(state: RuleState) -> str:
    return f"{state.ruleset}: {state.rule}"

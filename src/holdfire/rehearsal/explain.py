"""Why the compiled loop ruled as it did: the interpreter reads the same evidence, and must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from holdfire.assess.criteria import assess
from holdfire.binding.layout import bound_on
from holdfire.logic.conditions import Held
from holdfire.logic.ruleset import Permit
from holdfire.logic.words import condition_in_words, evidence_in_words
from holdfire.messages.actions import Action, bits
from holdfire.messages.story import Allowed, Denied
from holdfire.messages.truth import Truth
from holdfire.rehearsal.informants import evidence_on
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from holdfire.logic.conditions import Lasting
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
    evidence: Evidence
    bound: tuple[Bound, ...]
    permitted: tuple[Allowed, ...]
    withheld: tuple[Denied, ...]
    lacking: str
    """What force lacks, by whom, in a clause; empty where it is permitted."""


class Bound(NamedTuple):
    """One set that binds: its place among those that the option uses, and its timers as they stand."""

    ruleset: RuleSet
    place: int
    timers: Mapping[Lasting, Held]


class Reading(NamedTuple):
    """One set that binds, and what the interpreter makes of the evidence by it."""

    ruleset: RuleSet
    assessment: Assessment
    ruling: Ruling


def explain(scene: Scene, night: Night, option: int, row: int) -> Explained:
    """Return the reasons of the ruling on a row of evidence, as it stands after a cycle.

    Raises `AssertionError` where the interpreter permits anything else than the loop did.
    """
    evidence, bound = evidence_on(night, row), bound_by(scene, night, option, row)
    ruling, readings = interpret(evidence, bound)
    _hold_against(ruling, night.rulings[option, row])
    denied, lacking = _denied(ruling, evidence, readings), _lacking(ruling, evidence, readings)
    return Explained(readings[0].assessment, evidence, bound, _allowed(ruling), denied, lacking)


def bound_by(scene: Scene, night: Night, option: int, row: int) -> tuple[Bound, ...]:
    """Return the sets that bind on a row under an option, self-defence last."""
    picture = night.picture
    host, crew = scene.hosts[picture.hosts[row]], int(night.crews[row])
    chosen, (_, chain, defence) = scene.rules.options[option], scene.rules
    binding = bound_on(chosen, [host] if crew == 0 else [host, scene.crews[crew - 1]], chain)
    every = [*bound_on(chosen, [*scene.hosts, *scene.crews], chain), defence]
    out = []
    for each in [*binding, defence]:
        place = next(index for index, other in enumerate(every) if other is each)
        held = night.bench.kept.held[option, place, picture.slots[row]]
        timers = {timer: Held(float(a), float(b)) for timer, (a, b) in zip(each.timers(), held, strict=False)}
        out.append(Bound(each, place, timers))
    return tuple(out)


def interpret(evidence: Evidence, bound: Sequence[Bound]) -> tuple[Ruling, list[Reading]]:
    """Return what the interpreter rules on some evidence by sets that bind, the last of them self-defence."""
    readings = []
    for ruleset, _, timers in bound:
        assessment = assess(ruleset, evidence, timers)
        readings.append(Reading(ruleset, assessment, rule(ruleset, evidence, assessment, timers)))
    *others, own = [(each.ruleset, each.ruling) for each in readings]
    return compose(others, own), readings


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


def _lacking(ruling: Ruling, evidence: Evidence, readings: list[Reading]) -> str:
    """Say, of each set that withholds force, what its nearest permission lacks or which prohibition stands."""
    if Action.ENGAGE in ruling.permitted:
        return ""
    withholding = [each for each in readings[:-1] if Action.ENGAGE in each.ruling.withheld]
    return " and ".join(_lacks(each, evidence) for each in withholding) or "nobody who may act on all of their words"


def _lacks(by: Reading, evidence: Evidence) -> str:
    withheld = by.ruling.withheld[Action.ENGAGE]
    permits = [each for each in by.ruleset.rules if isinstance(each, Permit) and Action.ENGAGE in each.actions]
    forbidden = ", ".join(state.rule for state in withheld.forbidden_by)
    if len(withheld.missing) < len(permits) or not permits:
        return f"by {by.ruleset.id} ({f'{forbidden} forbids it' if forbidden else 'no rule permits it'})"
    nearest = min(withheld.missing, key=lambda state: sum(each.truth is not Truth.TRUE for each in state.conditions))
    lacks = [text.removeprefix(f"{_name(nearest)}: ") for text in _missing(nearest, evidence, by)]
    more = f" and {len(lacks) - 2} more" if len(lacks) > 2 else ""  # two are enough for a sentence
    return f"by {by.ruleset.id} for lack of {' and '.join(lacks[:2])}{more} ({nearest.rule})"


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

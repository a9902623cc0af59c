"""`holdfire rules explain`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.catalogue import load_case, load_situation
from holdfire.cli.output import Json
from holdfire.cli.rules.show import dates, says
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.examine.answer import Answer, answer
from holdfire.examine.computed import Computed, named
from holdfire.logic import timeline
from holdfire.logic.words import condition_in_words, evidence_in_words, roles_in_words
from holdfire.messages.actions import Action
from holdfire.messages.caution import CAUTION
from holdfire.messages.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.ruleset import Rule, RuleSet
    from holdfire.logic.situation import Situation
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.ruling import RuleState, Withheld

WORDS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not known"}


def explain_(  # noqa: PLR0913
    ruleset: str,
    *,
    evidence: Annotated[str | None, Parameter(help="id of a situation that ships, or path of an evidence file")] = None,
    case: Annotated[str | None, Parameter(help="id of a historical case that ships, or path of one, instead")] = None,
    at: Annotated[float | None, Parameter(help="second of the case (its last decision, unless said)")] = None,
    transposed: Annotated[bool, Parameter(negative="", help="the case as if in own airspace")] = False,
    action: Annotated[Action, Parameter(help="the action to give the reasons for")] = Action.ENGAGE,
    on: Annotated[date | None, Parameter(help="a day, as 2025-10-09: refuse a set not in force on it")] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Say what a set permits on some evidence, why, and what is missing.

    Parameters
    ----------
    ruleset
        Id of a set that ships, path of a file, or a computed set. Self-defence stands beside it.
    """
    asked = named(ruleset)
    if on is not None and not asked.in_force(on):
        message = f"{asked.id} is not in force on {on}. {dates(asked)} Choose another day, or leave --on out"
        raise InputError(message)
    situation, at_s = _situation(evidence, case, at, transposed=transposed)
    found = answer(asked, situation)
    data = {**as_data(found), "at_s": at_s}
    present(_sheet(found, action, at_s), "rules-explain", data, json=json, html=html)
    return 0


def _sheet(found: Answer, action: Action, at_s: float | None) -> Sheet:
    sheet = Sheet(f"{found.asked.title}  ({found.asked.id}, {found.asked.kind})")
    sheet.say(f"on: {found.situation.title} ({found.situation.id}, {found.situation.evidence.basis.name.lower()})")
    if at_s is not None:
        sheet.say(f"at: {at_s:g} s into the case")
    for error in found.ruling.errors:
        sheet.say(f"malformed evidence, so nothing is permitted: {error}")
    if isinstance(found.asked, Computed):
        for each, made in zip(found.asked.binding, found.assessments, strict=False):
            sheet.say(f"criteria of {each.id}: {_assessed(made)}")
    else:
        sheet.say(f"its criteria: {_assessed(found.assessments[0])}")
    sheet.table(("action", "ruling", "by whose authority, or why not"), _actions(found))
    _reasons(sheet, found, action)
    sheet.say(f"\n{found.asked.kind.capitalize()}, not the rules in force. {CAUTION}")
    return sheet


def _situation(
    evidence: str | None, case: str | None, at_s: float | None, *, transposed: bool
) -> tuple[Situation, float | None]:
    """Return what to answer on, and the second of the case that it is taken from."""
    if (evidence is None) == (case is None):
        message = "say on what: give either --evidence, or --case and the second with --at"
        raise InputError(message)
    if case is None:
        if at_s is not None or transposed:
            message = "--at and --transposed belong to a case: give --case, or leave them out"
            raise InputError(message)
        return load_situation(str(evidence)), None
    given = timeline.transposed(load_case(case)) if transposed else load_case(case)
    second = given.decides_at_s[-1] if at_s is None else at_s
    return timeline.at(given, second), second


def _assessed(made: Assessment) -> str:
    by = [*made.intent.criteria, *made.act.criteria, *made.identity.criteria]
    said = f"hostile intent: {WORDS[made.intent.truth]}, hostile act: {WORDS[made.act.truth]}, "
    return f"{said}identity: {made.identity.settled}" + (f" (by {', '.join(by)})" if by else "")


def _actions(found: Answer) -> Iterator[tuple[str, str, str]]:
    for action in Action:
        permission = found.ruling.permitted.get(action)
        if permission is not None:
            rules = ", ".join(state.rule for state in permission.rules) or "always"
            yield action, "permitted", f"{roles_in_words(permission.authorities)} ({rules})"
        else:
            yield action, "withheld", _why_not(found.ruling.withheld[action])


def _why_not(withheld: Withheld) -> str:
    if withheld.forbidden_by:
        return f"forbidden by {', '.join(state.rule for state in withheld.forbidden_by)}"
    if not withheld.missing:
        return "no rule permits it"
    return "; ".join(f"{state.rule} misses {_missed(state)}" for state in withheld.missing)


def _missed(state: RuleState) -> str:
    missed = sum(condition.truth is not Truth.TRUE for condition in state.conditions)
    return f"{missed} of {len(state.conditions)}"


def _reasons(sheet: Sheet, found: Answer, action: Action) -> None:
    permission = found.ruling.permitted.get(action)
    if permission is not None:
        sheet.heading(f"Why {action} is permitted")
        states, let_go = permission.rules, permission.let_go
    else:
        withheld = found.ruling.withheld[action]
        sheet.heading(f"Why {action} is withheld")
        states, let_go = (*withheld.forbidden_by, *sorted(withheld.missing, key=_distance)), ()
    if not states:
        sheet.say("It always is." if permission else "No rule permits it.")
    for state in states:
        _reason(sheet, found, state)
    if let_go:
        sheet.heading("What would forbid it, but lets go of what is not known")
        for state in let_go:
            _reason(sheet, found, state)


def _reason(sheet: Sheet, found: Answer, state: RuleState) -> None:
    ruleset, rule = _text(found, state)
    sheet.say(f"{rule.id} ({ruleset.id}): {says(rule)}".replace("\n", " "))
    sheet.say(f"because: {rule.because}", indent=1)
    for text, condition in zip(_conditions(found, ruleset, rule), state.conditions, strict=True):
        released = ", so it lets go" if condition.released else ""
        sheet.say(f"{WORDS[condition.truth]:>9}  {text['asked']}: {text['seen']}{released}", indent=1)


def _distance(state: RuleState) -> int:
    return sum(condition.truth is not Truth.TRUE for condition in state.conditions)


def _text(found: Answer, state: RuleState) -> tuple[RuleSet, Rule]:
    ruleset = next(each for each in found.binding if each.id == state.ruleset)
    return ruleset, next(rule for rule in ruleset.rules if rule.id == state.rule)


def _conditions(found: Answer, ruleset: RuleSet, rule: Rule) -> list[dict[str, str]]:
    assessment = found.assessments[found.binding.index(ruleset)]
    return [
        {
            "asked": condition_in_words(clause.condition),
            "seen": evidence_in_words(clause.condition, found.situation.evidence, assessment),
        }
        for clause in rule.when
    ]


def as_data(found: Answer) -> dict[str, Any]:
    """Return an answer for JSON: every action, with the state of every rule that speaks of it."""
    made = {each.id: _conclusions(assessed) for each, assessed in zip(found.binding, found.assessments, strict=True)}
    return {
        "ruleset": found.asked.id,
        "kind": found.asked.kind,
        "binding": [each.id for each in found.binding],
        "situation": found.situation.id,
        "basis": found.situation.evidence.basis.name.lower(),
        "errors": list(found.ruling.errors),
        "assessment": made.get(found.asked.id),
        "assessments": made,
        "actions": {action.value: _action(found, action) for action in Action},
        "caution": CAUTION,
    }


def _conclusions(made: Assessment) -> dict[str, Any]:
    return {
        "intent": WORDS[made.intent.truth],
        "act": WORDS[made.act.truth],
        "identity": made.identity.settled,
        "criteria": [*made.intent.criteria, *made.act.criteria, *made.identity.criteria],
    }


def _action(found: Answer, action: Action) -> dict[str, Any]:
    permission = found.ruling.permitted.get(action)
    if permission is not None:
        return {
            "ruling": "permitted",
            "authorities": sorted(permission.authorities),
            "executed_by": sorted(permission.executors),
            "rules": [_state(found, state) for state in permission.rules],
            "let_go": [_state(found, state) for state in permission.let_go],
        }
    withheld = found.ruling.withheld[action]
    return {
        "ruling": "withheld",
        "caveats": list(withheld.caveats),
        "forbidden_by": [_state(found, state) for state in withheld.forbidden_by],
        "missing": [_state(found, state) for state in withheld.missing],
    }


def _state(found: Answer, state: RuleState) -> dict[str, Any]:
    ruleset, rule = _text(found, state)
    conditions = [
        {**text, "holds": WORDS[condition.truth], "released": condition.released}
        for text, condition in zip(_conditions(found, ruleset, rule), state.conditions, strict=True)
    ]
    return {"ruleset": ruleset.id, "rule": rule.id, "because": rule.because, "conditions": conditions}

"""`holdfire rules compose`: every set that binds a crew in the air of a state, and what they make together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.rules.explain import WORDS
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.matrix import CODES
from holdfire.examine.together import (
    DEFENCE,
    Binds,
    Joint,
    MustAgree,
    OwnAirspace,
    must_agree,
    rule_together,
    who_binds,
)
from holdfire.logic.ruleset import Forbid, Permit
from holdfire.logic.words import ROLE_WORDS, condition_in_words, evidence_in_words, roles_in_words
from holdfire.messages.actions import Action
from holdfire.messages.caution import CAUTION
from holdfire.messages.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.messages.ruling import RuleState

NOT_IN_FORCE = "Archetypes and reconstructions, not the rules in force of any state."


def compose_(  # noqa: PLR0913
    *,
    over: Annotated[str, Parameter(help="the set of the state overflown: an id, a path, or a computed set")],
    crew: Annotated[str | None, Parameter(help="the set of the state whose crew flies")] = None,
    chain: Annotated[str | None, Parameter(help="the set of the chain of command")] = None,
    evidence: Annotated[str | None, Parameter(help="id of a situation that ships, or path of an evidence file")] = None,
    action: Annotated[Action | None, Parameter(help="one action only, with its reasons")] = None,
    own_airspace: Annotated[
        OwnAirspace,
        Parameter(help="what a crew's set calls own: the airspace that it guards, or its home alone"),
    ] = "guarded",
    json: Json = False,
    html: Html = None,
) -> int:
    """Show which sets bind, who authorises and executes, and who withholds.

    Without evidence: the rules of each set that speak of an action, and who must agree.
    """
    binds = who_binds(over, crew, chain)
    actions = [action] if action else list(Action)[1:]
    sheet = Sheet(f"Binding together: {' + '.join(each.ruleset.id for each in binds)}")
    data: dict[str, Any] = {"binding": [_binding(each) for each in binds], "own_airspace": own_airspace}
    if evidence is None:
        _who_binds(sheet, binds)
        _without_evidence(sheet, binds, actions)
        data |= {"situation": None, "actions": {each.value: _possible(binds, each) for each in actions}}
    else:
        made = rule_together(binds, evidence, own_airspace)
        _on_evidence(sheet, made, actions)
        if action:
            _reasons(sheet, made, action)
        data |= {
            "situation": made.seen[0].id,
            "errors": list(made.ruling.errors),
            "actions": {each.value: _ruled(made, each) for each in actions},
        }
    sheet.say(f"{NOT_IN_FORCE} {CAUTION}")
    present(sheet, "rules-compose", {**data, "caution": CAUTION}, json=json, html=html)
    return 0


def _who_binds(sheet: Sheet, binds: tuple[Binds, ...]) -> None:
    rows = [(each.ruleset.id, ", ".join(each.capacities), each.ruleset.kind) for each in binds]
    sheet.table(("set", "binds as that of", "kind"), rows, title="Which sets bind")


def _without_evidence(sheet: Sheet, binds: tuple[Binds, ...], actions: list[Action]) -> None:
    sets = [each for each in binds if each.capacities != (DEFENCE,)]
    rows = [
        (action.value, "\n".join(_speaking(each, action) for each in sets), _agreed(binds, action))
        for action in actions
    ]
    columns = ("action", "rules that speak of it", "who must agree")
    sheet.table(columns, rows, title="Whatever the evidence", lines=True)
    sheet.say("; ".join(f"{code}: {ROLE_WORDS[role]}" for role, code in CODES.items()))
    sheet.say("Self-defence stands beside all: against an attack under way the crew may use necessary force.")
    sheet.say("What the evidence makes of it: add --evidence, as in --evidence gerbera-after-look.")


def _speaking(bound: Binds, action: Action) -> str:
    rules = [rule for rule in bound.ruleset.rules if action in rule.actions]
    permits = [f"{rule.id} by {CODES[rule.by]}" for rule in rules if isinstance(rule, Permit)]
    forbids = [rule.id for rule in rules if isinstance(rule, Forbid)]
    unless = f"; unless {', '.join(forbids)}" if forbids and permits else ""
    return f"{bound.ruleset.id}: {', '.join(permits) or 'no rule permits it'}{unless}"


def _agreed(binds: tuple[Binds, ...], action: Action) -> str:
    found = must_agree(binds, action)
    if found.never:
        return f"never: {', '.join(found.never)} has no rule for it"
    if not found.executable:
        return "never: nobody may execute it for all"
    return f"at the least: {roles_in_words(found.authorities)}"


def _on_evidence(sheet: Sheet, made: Joint, actions: list[Action]) -> None:
    sheet.say(f"on: {made.seen[0].title} ({made.seen[0].id}, {made.seen[0].evidence.basis.name.lower()})")
    for error in made.ruling.errors:
        sheet.say(f"malformed evidence, so nothing is permitted: {error}")
    rows = [
        (each.ruleset.id, ", ".join(each.capacities), str(airspace.value) if airspace else "not known",
         WORDS[assessment.intent.truth], WORDS[assessment.act.truth])
        for each, seen, assessment in zip(made.binds, made.seen, made.assessments, strict=True)
        for airspace in [seen.evidence.known("airspace")]
    ]  # fmt: skip
    columns = ("set", "binds as that of", "reads airspace", "hostile intent", "hostile act")
    sheet.table(columns, rows, title="Which sets bind, and what each makes of it")
    sheet.table(
        ("action", "ruling", "by whom, or which set withholds it"),
        [(action.value, *_outcome(made, action)) for action in actions],
        title="What is permitted by all",
    )


def _outcome(made: Joint, action: Action) -> tuple[str, str]:
    permission = made.ruling.permitted.get(action)
    if permission is None:
        caveats = made.ruling.withheld[action].caveats
        return "withheld", f"caveat: {', '.join(caveats)}"
    rules = ", ".join(state.rule for state in permission.rules)
    who = f"{roles_in_words(permission.authorities)} authorises, {roles_in_words(permission.executors)} executes"
    return "permitted", f"{who} ({rules})"


def _reasons(sheet: Sheet, made: Joint, action: Action) -> None:
    sheet.heading(f"What each set says on {action}")
    for place, (bound, ruling) in enumerate(zip(made.binds, made.rulings, strict=True)):
        permission = ruling.permitted.get(action)
        name = f"{bound.ruleset.id} ({', '.join(bound.capacities)})"
        if permission is not None:
            sheet.say(f"{name} permits it, by {roles_in_words(permission.authorities)}")
            _states(sheet, made, place, permission.rules)
        else:
            withheld = ruling.withheld[action]
            forbidden = (
                "forbids it" if withheld.forbidden_by else "misses something" if withheld.missing else "is silent"
            )
            sheet.say(f"{name} {forbidden}")
            _states(sheet, made, place, withheld.forbidden_by or withheld.missing)


def _states(sheet: Sheet, made: Joint, place: int, states: tuple[RuleState, ...]) -> None:
    for state in states:
        rule = next(rule for rule in made.binds[place].ruleset.rules if rule.id == state.rule)
        sheet.say(f"{rule.id}: {rule.because}", indent=1)
        for text in _conditions(made, place, state):
            if text["holds"] != WORDS[Truth.TRUE] or state.fires:
                sheet.say(f"{text['holds']:>9}  {text['asked']}: {text['seen']}", indent=1)


def _conditions(made: Joint, place: int, state: RuleState) -> Iterator[dict[str, str]]:
    rule = next(rule for rule in made.binds[place].ruleset.rules if rule.id == state.rule)
    for clause, condition in zip(rule.when, state.conditions, strict=True):
        yield {
            "asked": condition_in_words(clause.condition),
            "seen": evidence_in_words(clause.condition, made.seen[place].evidence, made.assessments[place]),
            "holds": WORDS[condition.truth],
        }


def _binding(bound: Binds) -> dict[str, Any]:
    return {"ruleset": bound.ruleset.id, "kind": bound.ruleset.kind, "capacities": list(bound.capacities)}


def _possible(binds: tuple[Binds, ...], action: Action) -> dict[str, Any]:
    found: MustAgree = must_agree(binds, action)
    rules = [
        {
            "ruleset": each.ruleset.id,
            "rule": rule.id,
            "effect": "permit" if isinstance(rule, Permit) else "forbid",
            "by": rule.by if isinstance(rule, Permit) else None,
            "executed_by": rule.executed_by if isinstance(rule, Permit) else None,
        }
        for each in binds
        for rule in each.ruleset.rules
        if action in rule.actions
    ]
    agree = sorted(found.authorities) if found.executable else []
    return {"rules": rules, "must_agree": agree, "never": list(found.never), "executable": found.executable}


def _ruled(made: Joint, action: Action) -> dict[str, Any]:
    each = [
        {
            "ruleset": bound.ruleset.id,
            "ruling": "permitted" if action in ruling.permitted else "withheld",
            "rules": [{"rule": state.rule, "conditions": list(_conditions(made, place, state))} for state in states],
        }
        for place, (bound, ruling) in enumerate(zip(made.binds, made.rulings, strict=True))
        for permission in [ruling.permitted.get(action)]
        for states in [
            permission.rules
            if permission
            else (ruling.withheld[action].forbidden_by or ruling.withheld[action].missing)
        ]
    ]
    permission = made.ruling.permitted.get(action)
    if permission is None:
        return {"ruling": "withheld", "caveats": list(made.ruling.withheld[action].caveats), "each": each}
    authorities, executors = sorted(permission.authorities), sorted(permission.executors)
    return {"ruling": "permitted", "authorities": authorities, "executed_by": executors, "each": each}

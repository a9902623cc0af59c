"""`holdfire rules compose`: every set that binds a crew in the air of a state, and what they make together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.rules.explain import WORDS
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.examine.matrix import CODES
from holdfire.examine.together import (
    DEFENCE,
    Binds,
    Joint,
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
    if action is Action.OBSERVE:
        message = "observing is always permitted: name another action"
        raise InputError(message)
    binds = who_binds(over, crew, chain)
    actions: list[Action] = [action] if action else list(Action)[1:]
    sheet = Sheet(f"Binding together: {' + '.join(each.ruleset.id for each in binds)}")
    bound = [{"ruleset": b.ruleset.id, "kind": b.ruleset.kind, "capacities": list(b.capacities)} for b in binds]
    data: dict[str, Any] = {"binding": bound, "own_airspace": own_airspace, "situation": None}
    if evidence is None:
        data["actions"] = {each.value: _possible(binds, each) for each in actions}
        _without_evidence(sheet, binds, actions)
    else:
        made = rule_together(binds, evidence, own_airspace)
        data |= {"situation": made.seen[0].id, "errors": list(made.ruling.errors)}
        data["actions"] = {each.value: _ruled(made, each) for each in actions}
        _on_evidence(sheet, made, actions)
        if action:
            _reasons(sheet, action, data["actions"][action.value])
    sheet.say(f"{NOT_IN_FORCE} {CAUTION}")
    present(sheet, "rules-compose", {**data, "caution": CAUTION}, json=json, html=html)
    return 0


def _without_evidence(sheet: Sheet, binds: tuple[Binds, ...], actions: list[Action]) -> None:
    rows = [(each.ruleset.id, ", ".join(each.capacities), each.ruleset.kind) for each in binds]
    sheet.table(("set", "binds as that of", "kind"), rows, title="Which sets bind")
    sets = [each for each in binds if each.capacities != (DEFENCE,)]
    speaking = {action: "\n".join(_speaking(each, action) for each in sets) for action in actions}
    sheet.table(
        ("action", "rules that speak of it", "who must agree"),
        [(action.value, rules, _agreed(binds, action)) for action, rules in speaking.items()],
        title="Whatever the evidence",
        lines=True,
    )
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


def _reasons(sheet: Sheet, action: Action, ruled: dict[str, Any]) -> None:
    sheet.heading(f"What each set says on {action}")
    for each in ruled["each"]:
        by = f", by {roles_in_words(each['by'])}" if each["by"] else ""
        sheet.say(f"{each['ruleset']} ({', '.join(each['capacities'])}) {each['says']}{by}")
        for rule in each["rules"]:
            sheet.say(f"{rule['rule']}: {rule['because']}", indent=1)
            for text in rule["conditions"]:
                if rule["fires"] or text["holds"] != WORDS[Truth.TRUE]:
                    sheet.say(f"{text['holds']:>9}  {text['asked']}: {text['seen']}", indent=1)


def _possible(binds: tuple[Binds, ...], action: Action) -> dict[str, Any]:
    found = must_agree(binds, action)
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
    each = [_said(made, place, action) for place in range(len(made.binds))]
    permission = made.ruling.permitted.get(action)
    if permission is None:
        return {"ruling": "withheld", "caveats": list(made.ruling.withheld[action].caveats), "each": each}
    authorities, executors = sorted(permission.authorities), sorted(permission.executors)
    return {"ruling": "permitted", "authorities": authorities, "executed_by": executors, "each": each}


def _said(made: Joint, place: int, action: Action) -> dict[str, Any]:
    """Return what one set says on an action: which rules decide, or which are missing, with their conditions."""
    bound, ruling = made.binds[place], made.rulings[place]
    permission = ruling.permitted.get(action)
    if permission is not None:
        says, states = "permits it", permission.rules
    elif ruling.withheld[action].forbidden_by:
        says, states = "forbids it", ruling.withheld[action].forbidden_by
    else:
        states = ruling.withheld[action].missing
        says = "misses something" if states else "has no rule that permits it"
    return {
        "ruleset": bound.ruleset.id,
        "capacities": list(bound.capacities),
        "says": says,
        "by": sorted(permission.authorities) if permission else [],
        "rules": [_rule(made, place, state) for state in states],
    }


def _rule(made: Joint, place: int, state: RuleState) -> dict[str, Any]:
    rule = next(rule for rule in made.binds[place].ruleset.rules if rule.id == state.rule)
    conditions = [
        {
            "asked": condition_in_words(clause.condition),
            "seen": evidence_in_words(clause.condition, made.seen[place].evidence, made.assessments[place]),
            "holds": WORDS[condition.truth],
        }
        for clause, condition in zip(rule.when, state.conditions, strict=True)
    ]
    return {"rule": rule.id, "because": rule.because, "fires": state.fires, "conditions": conditions}

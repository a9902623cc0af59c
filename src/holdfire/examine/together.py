"""Which sets bind on a crew in the air of a state, in which capacity, and what they rule together.

Evidence is stated from the side of the state overflown, as in a night: what a guest's set calls its own airspace is
the airspace that it was asked to guard. `home` reads a crew's set by the letter instead: what is the host's own is
allied to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from holdfire.catalogue import SELF_DEFENCE, load_situation
from holdfire.errors import InputError
from holdfire.examine.answer import beside, together
from holdfire.examine.computed import HOST, named, sets_of
from holdfire.logic.ruleset import Permit
from holdfire.messages.authority import EVERY_ROLE, common_order
from holdfire.rules.compose import satisfying_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.situation import Situation
    from holdfire.messages.actions import Action
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.authority import Role
    from holdfire.messages.ruling import Ruling

OVERFLOWN, CREW, CHAIN, DEFENCE = "state overflown", "crew's state", "chain of command", "beside all"
OwnAirspace = Literal["guarded", "home"]


@dataclass(frozen=True, slots=True)
class Binds:
    """A set that binds, and in which capacities."""

    ruleset: RuleSet
    capacities: tuple[str, ...]


def who_binds(over: str, crew: str | None = None, chain: str | None = None) -> tuple[Binds, ...]:
    """Return the sets that bind, each once, in the order in which they do; self-defence stands last.

    Each is named by id, path or as a computed set; `harmonised-host` for a crew or chain is the host's own set.
    Raises `InputError` for self-defence, which binds everyone already, and what `named` raises.
    """
    found: list[Binds] = []
    for capacity, name in ((OVERFLOWN, over), (CREW, crew), (CHAIN, chain)):
        if name is None or (name == HOST and capacity != OVERFLOWN):
            continue
        for ruleset in sets_of(named(name)):
            if ruleset.id == SELF_DEFENCE:
                message = f"{SELF_DEFENCE} binds everyone already: name another set as that of the {capacity}"
                raise InputError(message)
            place = next((i for i, each in enumerate(found) if each.ruleset == ruleset), None)
            if place is None:
                found.append(Binds(ruleset, (capacity,)))
            elif capacity not in found[place].capacities:
                found[place] = replace(found[place], capacities=(*found[place].capacities, capacity))
    twice = [each.ruleset.id for each in found]
    if len(set(twice)) < len(twice):
        message = f"two different sets are called {next(each for each in twice if twice.count(each) > 1)!r}: rename one"
        raise InputError(message)
    return (*found, *(Binds(each, (DEFENCE,)) for each in beside([each.ruleset for each in found])))


@dataclass(frozen=True, slots=True)
class Joint:
    """What the sets that bind rule on one situation: each as it reads the evidence, and all together."""

    binds: tuple[Binds, ...]
    seen: tuple[Situation, ...]
    assessments: tuple[Assessment, ...]
    rulings: tuple[Ruling, ...]
    ruling: Ruling


def rule_together(binds: Sequence[Binds], situation: str, own_airspace: OwnAirspace = "guarded") -> Joint:
    """Rule on a situation, by id or path, by all sets that bind; self-defence is the last of them."""
    stated = load_situation(situation)
    seen = tuple(
        _from_home(stated) if own_airspace == "home" and each.capacities == (CREW,) else stated for each in binds
    )
    assessments, rulings, ruling = together([each.ruleset for each in binds], seen, len(binds) - 1)
    return Joint(tuple(binds), seen, assessments, rulings, ruling)


def _from_home(stated: Situation) -> Situation:
    """Return a situation as the state of a guest's crew would state it: the host's own airspace is allied to it."""
    airspace = stated.evidence.items.get("airspace")
    if airspace is None or airspace.value != "own":
        return stated
    items = {**stated.evidence.items, "airspace": replace(airspace, value="allied")}
    return replace(stated, evidence=replace(stated.evidence, items=items))


@dataclass(frozen=True, slots=True)
class MustAgree:
    """Who would have to agree to an action, whatever the evidence: the least authority, or who rules it out."""

    authorities: frozenset[Role]
    never: tuple[str, ...]
    executable: bool


def must_agree(binds: Sequence[Binds], action: Action) -> MustAgree:
    """Return the lowest authority that could satisfy every set on an action, self-defence left aside.

    `never` names the sets that have no rule to permit it; `executable` says whether anyone could act for all.
    """
    sets = [each.ruleset for each in binds if each.capacities != (DEFENCE,)]
    permits = {each.id: [r for r in each.rules if isinstance(r, Permit) and action in r.actions] for each in sets}
    never = tuple(name for name, rules in permits.items() if not rules)
    executors = [frozenset(rule.executed_by for rule in rules) for rules in permits.values() if rules]
    required = [
        (each.roles, each.roles.lowest(rule.by for rule in permits[each.id])) for each in sets if permits[each.id]
    ]
    lowest = satisfying_all(required, common_order(each.roles for each in sets))
    return MustAgree(frozenset() if never else lowest, never, bool(frozenset(EVERY_ROLE).intersection(*executors)))

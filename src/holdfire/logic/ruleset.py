"""A rule set: criteria and rules as frozen values, each with its reason and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from holdfire.logic.conditions import Observed, OnUnknown, lasting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from holdfire.logic.conditions import Condition, Lasting
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role, RoleOrder
    from holdfire.messages.identity import Identity
    from holdfire.sources import Source

SetKind = Literal["archetype", "reconstruction", "proposal", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition of a rule, and the sources of its `release` where it has one."""

    condition: Condition
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of a state's criteria: if every clause holds, so does its conclusion."""

    id: str
    concludes: Literal["intent", "act"] | Identity
    when: tuple[Clause, ...]
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Permit:
    """A permission: if every clause is known to hold, `by` may authorise the actions and `executed_by` may act."""

    id: str
    actions: tuple[Action, ...]
    by: Role
    executed_by: Role
    when: tuple[Clause, ...]
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forbid:
    """A prohibition: it stands unless a clause is known not to hold, or is released while not known."""

    id: str
    actions: tuple[Action, ...]
    when: tuple[Clause, ...]
    because: str
    sources: tuple[str, ...]


Rule = Permit | Forbid
Entry = Criterion | Rule


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A dated, sourced text of rules. `origin` names, for an inherited entry, the set whose text it is."""

    id: str
    title: str
    kind: SetKind
    summary: str
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    roles: RoleOrder
    sources: tuple[Source, ...]
    effective_from: date | None = None
    effective_until: date | None = None
    extends: str | None = None
    origin: tuple[tuple[str, str], ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Every criterion and rule, in the order of the text."""
        yield from self.criteria
        yield from self.rules

    def timers(self) -> tuple[Lasting, ...]:
        """Return what this set needs timed, each once, in the order of the text."""
        named = {
            lasting(clause.condition): None
            for entry in self.entries()
            for clause in entry.when
            if isinstance(clause.condition, Observed) and clause.condition.for_s > 0
        }
        return tuple(named)

    def in_force(self, day: date) -> bool:
        """Whether the set applies on a day; a set without dates always does."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_until is None or day <= self.effective_until)

    def blind_spots(self) -> tuple[tuple[str, Clause], ...]:
        """Every clause that lets go where nothing is known, with the rule it stands in."""
        return tuple(
            (rule.id, clause)
            for rule in self.rules
            for clause in rule.when
            if clause.condition.on_unknown is OnUnknown.RELEASE
        )

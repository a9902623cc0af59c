"""What may be done about one aircraft, on whose authority, by which rules, and what is missing for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role
    from holdfire.messages.truth import Truth


@dataclass(frozen=True, slots=True)
class ConditionState:
    """Whether one condition of a rule holds.

    `released` marks one of a prohibition that is not known and, by its own text, then does not hold fire.
    """

    truth: Truth
    released: bool = False


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule, whether it fires, and the state of each of its conditions, in the order of its text."""

    ruleset: str
    rule: str
    fires: bool
    conditions: tuple[ConditionState, ...]


@dataclass(frozen=True, slots=True)
class Permission:
    """An action that may be taken: the lowest authorities, any one of which suffices, and all rules that permit.

    `executors` are the roles that every one of those rules lets act: none where they name different ones, since
    one who may act on one authority's word may not on another's.
    `let_go` are the prohibitions that stand down for no other reason than a release: more knowledge could
    bring them back.
    """

    action: Action
    authorities: frozenset[Role]
    executors: frozenset[Role]
    rules: tuple[RuleState, ...]
    let_go: tuple[RuleState, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """An action that may not be taken: the prohibitions in force, and the permits with what they miss.

    `caveats` names the sets that withhold it, where several bind.
    """

    action: Action
    forbidden_by: tuple[RuleState, ...]
    missing: tuple[RuleState, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer of one set, or of all that bind, for one aircraft: every action is in one of the two mappings."""

    ruleset: str
    permitted: Mapping[Action, Permission]
    withheld: Mapping[Action, Withheld]
    errors: tuple[str, ...] = ()

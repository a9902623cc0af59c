"""The meaning of criteria, in plain Python: each conclusion holds where one of its criteria is known to hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.logic.interpret import holds, malformed_items
from holdfire.messages.assessment import (
    NOTHING_ASSESSED,
    Assessment,
    HostileAct,
    HostileIntent,
    IdentityFinding,
)
from holdfire.messages.evidence import refuse_unflagged
from holdfire.messages.identity import DECIDED, Identity
from holdfire.messages.truth import Truth, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.logic.conditions import Held, Lasting
    from holdfire.logic.ruleset import Criterion, RuleSet
    from holdfire.messages.evidence import Evidence


def assess(ruleset: RuleSet, evidence: Evidence, held: Mapping[Lasting, Held]) -> Assessment:
    """Return what a set's criteria make of the evidence on one aircraft.

    Malformed evidence on an item that the set asks about leaves everything open and says so.
    Raises `UnflaggedEvidenceError` for evidence that is not simulated, historical or hypothetical.
    """
    refuse_unflagged(evidence)
    errors = malformed_items(ruleset, evidence)
    if errors:
        return replace(NOTHING_ASSESSED, errors=tuple(errors.values()))
    truths = {
        criterion: all_of(holds(clause.condition, evidence, NOTHING_ASSESSED, held) for clause in criterion.when)
        for criterion in ruleset.criteria
    }
    return Assessment(
        HostileIntent(_concluded(truths, "intent"), _met(truths, "intent")),
        HostileAct(_concluded(truths, "act"), _met(truths, "act")),
        IdentityFinding(_possible(truths), tuple(name for identity in DECIDED for name in _met(truths, identity))),
    )


def _concluded(truths: Mapping[Criterion, Truth], conclusion: str) -> Truth:
    return any_of(truth for criterion, truth in truths.items() if criterion.concludes == conclusion)


def _met(truths: Mapping[Criterion, Truth], conclusion: str) -> tuple[str, ...]:
    return tuple(
        criterion.id for criterion, truth in truths.items() if criterion.concludes == conclusion and truth is Truth.TRUE
    )


def _possible(truths: Mapping[Criterion, Truth]) -> frozenset[Identity]:
    """Return the identities left: the first known one and every unsettled one before it; unknown if none is known."""
    possible: set[Identity] = set()
    for identity in DECIDED:
        truth = _concluded(truths, identity)
        if truth is not Truth.FALSE:
            possible.add(identity)
        if truth is Truth.TRUE:
            return frozenset(possible)
    return frozenset(possible | {Identity.UNKNOWN})

"""What the shelter of a civil aircraft lets pass: whether one false report alone is enough to be held for civil.

A property of the library asks that nobody below the national authority engages an aircraft with a civil transponder
and a matched plan, or with an emergency code. Whoever means harm can take that shelter; this says what it takes.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from holdfire.examine.margin import margin
from holdfire.messages.authority import Role

if TYPE_CHECKING:
    from holdfire.examine.margin import Margin, Question
    from holdfire.logic.situation import Situation
    from holdfire.messages.evidence import Evidence

EMERGENCY: Final = frozenset({"7500", "7600", "7700"})


def sheltering(evidence: Evidence) -> tuple[str, ...]:
    """Return the items that make an aircraft sheltered, or none."""
    reply, plan = evidence.known("transponder"), evidence.known("flight_plan")
    if reply is not None and reply.value in EMERGENCY:
        return ("transponder",)
    civil = reply is not None and reply.value == "civil"
    return ("transponder", "flight_plan") if civil and plan is not None and plan.value == "matched" else ()


def shelter(asked: Question, situation: Situation) -> dict[tuple[str, ...], Margin]:
    """Return, for each choice of sheltering items taken to be false, how far engaging then is from permitted.

    Counted are the further reports that must change before someone below the national authority may let engage.
    """
    items = [name for name in sheltering(situation.evidence) if name in asked.state.items]
    choices = [choice for size in range(1, len(items) + 1) for choice in combinations(items, size)]
    reports = {name: cost.report for name, cost in asked.costs.items.items()}
    below = Role.NATIONAL_AUTHORITY
    return {
        choice: margin(asked, situation, below=below, free={reports.get(name, "") for name in choice}, limit=1)
        for choice in choices
    }

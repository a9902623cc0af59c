"""What sets that bind together leave open: actions that they never permit, sets that add nothing, blind spots, gaps.

Rules that are dead, beaten or clash belong to one text, and so are not asked of several.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import z3

from holdfire.examine.cover import Land
from holdfire.examine.diff import rank
from holdfire.examine.gaps import blind_spots, gaps
from holdfire.examine.literals import conditions, literals
from holdfire.examine.remark import Kind, Remark
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.ruleset import rule as ruled_by
from holdfire.examine.smt.state import State
from holdfire.examine.smt.together import together
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.authority import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.examine.smt.ruleset import Ruled
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.actions import Action


def check_together(sets: Sequence[RuleSet]) -> list[Remark]:
    """Return everything found in two sets or more that must all permit; entries are named with their sets."""
    return [*_Together(sets).remarks()]


def add_nothing(sets: Sequence[RuleSet]) -> tuple[str, ...]:
    """Return the ids of those sets without which, each by itself, the others rule the same; none of one set alone."""
    return tuple(remark.entries[0] for remark in _Together(sets).idle()) if len(sets) > 1 else ()


@dataclass
class _Together:
    sets: Sequence[RuleSet]
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        self.each = [ruled_by(one, self.state) for one in self.sets]
        self.whole = together(self.each, None)
        self.land = Land(literals(conditions(self.sets), self.state), consistent(self.state))

    def remarks(self) -> Iterator[Remark]:
        yield from self._never()
        yield from self.idle()
        for ruleset, own in zip(self.sets, self.each, strict=True):
            for remark in blind_spots(ruleset, own, self.whole, self.land, self.state):
                named = tuple(f"{ruleset.id} {entry}" for entry in remark.entries)
                yield replace(remark, entries=named, sentence=f"{ruleset.id} {remark.sentence}")
        yield from gaps(self.whole, self.land, self.state)

    def _never(self) -> Iterator[Remark]:
        for action in sorted(ALL_ACTIONS[1:], key=rank):
            if not self.land.meets(self.whole.permitted[action]):
                by = [one.id for one, own in self._sets() if not self.land.meets(own.permitted[action])]
                told = f"no rule of {' or '.join(by)} ever permits it" if by else "on no evidence do all permit it"
                yield Remark(Kind.NEVER, tuple(by), f"{action}: {told}")

    def idle(self) -> Iterator[Remark]:
        """Yield a remark for each set without which every ruling is the same."""
        for place, ruleset in enumerate(self.sets):
            others = together([own for other, own in enumerate(self.each) if other != place], None)
            if not any(self.land.meets(self._differ(others, action)) for action in ALL_ACTIONS[1:]):
                sentence = f"{ruleset.id} changes nothing: without it every ruling is the same"
                yield Remark(Kind.IDLE, (ruleset.id,), sentence)

    def _differ(self, others: Ruled, action: Action) -> Formula:
        who = ((each.authority[action], each.executors[action]) for each in (self.whole, others))
        (may, act), (may_too, act_too) = who
        pairs = [pair for role in ROLES for pair in ((may[role], may_too[role]), (act[role], act_too[role]))]
        return z3.Or([mine != theirs for mine, theirs in pairs])

    def _sets(self) -> Iterator[tuple[RuleSet, Ruled]]:
        return zip(self.sets, self.each, strict=True)

"""What a set that is well formed may still get wrong, found by proof: rules that do nothing, and what nobody covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

import z3

from holdfire.examine.cover import Land
from holdfire.examine.gaps import blind_spots, gaps
from holdfire.examine.literals import conditions, literals
from holdfire.examine.remark import Kind, Remark, shown
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.ruleset import rule as ruled_by
from holdfire.examine.smt.state import State
from holdfire.examine.words import authority_in_words
from holdfire.logic.conditions import Members, Observed, Within
from holdfire.logic.ruleset import Criterion, Forbid, Permit
from holdfire.logic.words import condition_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.smt.state import Formula
    from holdfire.logic.ruleset import Rule, RuleSet
    from holdfire.messages.actions import Action

ABSENCES: Final = {
    "transponder": ("silent",), "iff": ("no-reply", "unresolved"), "flight_plan": ("unmatched",),
    "radio": ("silent",), "visual_class": ("not-established",), "visual_load": ("none-seen", "not-established"),
    "attack": ("none-seen",), "origin": ("none",),
    "friends": ("none",), "harm_of_not_acting": ("not-greater",),
}  # fmt: skip
"""Values that say that something was asked or looked for, and did not come."""


def check(ruleset: RuleSet) -> list[Remark]:
    """Return everything found in one set by itself, what fails first."""
    return [*_Check(ruleset).remarks()]


@dataclass
class _Check:
    """One set over one state of evidence, with everything that is asked about it."""

    ruleset: RuleSet
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        self.ruled = ruled_by(self.ruleset, self.state)
        self.stands = self.ruled.stands
        asked = literals(conditions([self.ruleset]), self.state)
        self.land = Land(asked, consistent(self.state))

    def remarks(self) -> Iterator[Remark]:
        wrong = [*self._dead(), *self._beaten(), *self._clashes()]
        told = {entry for remark in wrong for entry in remark.entries}
        yield from wrong
        yield from (remark for remark in self._idle() if not told & set(remark.entries))
        yield from blind_spots(self.ruleset, self.ruled, self.ruled, self.land, self.state)
        yield from self._on_less()
        yield from gaps(self.ruled, self.land, self.state)

    @cached_property
    def permits(self) -> list[Permit]:
        return [rule for rule in self.ruleset.rules if isinstance(rule, Permit)]

    @cached_property
    def forbids(self) -> list[Forbid]:
        return [rule for rule in self.ruleset.rules if isinstance(rule, Forbid)]

    def against(self, action: Action, but: Rule | None = None) -> list[Formula]:
        """Return that each prohibition of an action stands."""
        return [self.stands[each.id] for each in self.forbids if action in each.actions and each is not but]

    def _dead(self) -> Iterator[Remark]:
        for rule in self.ruleset.rules:
            if not self.land.meets(self.stands[rule.id]):
                does = "stands" if isinstance(rule, Forbid) else "fires"
                yield Remark(Kind.DEAD, (rule.id,), f"{rule.id} never {does}: its conditions contradict each other")

    def _beaten(self) -> Iterator[Remark]:
        for permit in self.permits:
            fires = self.stands[permit.id]
            for action in permit.actions if self.land.meets(fires) else ():
                if self.land.meets(fires, z3.Not(z3.Or(self.against(action)))):
                    continue
                by = [
                    each.id
                    for each in self.forbids
                    if action in each.actions and not self.land.meets(fires, z3.Not(self.stands[each.id]))
                ]
                whom = " and by ".join(by) or "one or another prohibition"
                sentence = f"{permit.id} never permits {action}: whenever it fires, that is forbidden by {whom}"
                yield Remark(Kind.BEATEN, (permit.id, *by), sentence, shown(self.land, self.state, fires))

    def _clashes(self) -> Iterator[Remark]:
        for one, other in combinations(self.permits, 2):
            shared = [action for action in one.actions if action in other.actions]
            if not shared or one.by is other.by or not self.land.meets(self.stands[one.id]):
                continue
            if not self.land.meets(self.stands[one.id] != self.stands[other.id]):
                sentence = (
                    f"{one.id} and {other.id} permit {' and '.join(shared)} on the same evidence, one "
                    f"{authority_in_words([one.by])}, the other {authority_in_words([other.by])}: keep one"
                )
                witness = shown(self.land, self.state, self.stands[one.id])
                yield Remark(Kind.CLASH, (one.id, other.id), sentence, witness)

    def _idle(self) -> Iterator[Remark]:
        for rule in self.ruleset.rules:
            if not any(self._matters(rule, action) for action in rule.actions):
                sentence = f"{rule.id} changes nothing: without it every ruling is the same"
                yield Remark(Kind.IDLE, (rule.id,), sentence)

    def _matters(self, rule: Rule, action: Action) -> bool:
        stands = self.stands[rule.id]
        firing = [each for each in self.permits if action in each.actions]
        if isinstance(rule, Forbid):
            permitted = z3.Or([self.stands[each.id] for each in firing])
            return self.land.meets(stands, permitted, z3.Not(z3.Or(self.against(action, rule))))
        as_good = [
            self.stands[each.id]
            for each in firing
            if each is not rule
            and each.executed_by is rule.executed_by
            and rule.by in self.ruleset.roles.at_or_over([each.by])
        ]
        return self.land.meets(stands, z3.Not(z3.Or(self.against(action))), z3.Not(z3.Or(as_good)))

    def _on_less(self) -> Iterator[Remark]:
        for entry in self.ruleset.entries():
            if isinstance(entry, Forbid) or (isinstance(entry, Criterion) and entry.concludes in _SHELTERS):
                continue
            asked = [clause.condition for clause in entry.when if on_less(clause.condition)]
            if asked:
                what = "concludes" if isinstance(entry, Criterion) else "permits"
                words = " and ".join(map(condition_in_words, asked))
                yield Remark(Kind.LESS, (entry.id,), f"{entry.id} {what} on an absence of evidence: {words}")


_SHELTERS: Final = ("friend", "assumed-friend", "neutral")
"""Identities that no permission by force is likely to ask for: what they rest on widens nothing."""


def on_less(condition: object) -> bool:
    """Whether a condition holds because something was not there: no reply, no plan, no answer, few sensors."""
    if not isinstance(condition, Observed):
        return False
    match condition.test:
        case Within(codes):
            named = {condition.item.values[code] for code in codes}
            return named <= set(ABSENCES.get(condition.item.name, ()))
        case Members(every, some, at_least, at_most):
            return not every and not some and at_least <= 0 and at_most < len(condition.item.values)
        case _:
            return False

"""What a set that is well formed may still get wrong, found by proof: rules that do nothing, and what nobody covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

import z3

from holdfire.examine.cover import Land
from holdfire.examine.diff import rank
from holdfire.examine.literals import conditions, formula_of, literals
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.ruleset import assess, reading
from holdfire.examine.smt.ruleset import rule as ruled_by
from holdfire.examine.smt.search import find
from holdfire.examine.smt.state import State
from holdfire.examine.words import authority_in_words, cube_in_words, witness_in_words
from holdfire.logic.conditions import Members, Observed, OnUnknown, Within
from holdfire.logic.ruleset import Criterion, Forbid, Permit
from holdfire.logic.words import condition_in_words
from holdfire.messages.actions import ALL_ACTIONS, Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.smt.search import Witness
    from holdfire.examine.smt.state import Formula
    from holdfire.logic.ruleset import Clause, Rule, RuleSet

GAPS_MOST: Final = 20
"""Regions of a gap that are told; where there are more, one state stands for them."""

ABSENCES: Final = {
    "transponder": ("silent",), "iff": ("no-reply", "unresolved"), "flight_plan": ("unmatched",),
    "radio": ("silent",), "visual_class": ("not-established",), "visual_load": ("none-seen", "not-established"),
    "attack": ("none-seen",), "origin": ("none",),
    "friends": ("none",),
}  # fmt: skip
"""Values that say that something was asked or looked for, and did not come."""


class Kind(StrEnum):
    """What a remark is about."""

    DEAD = "dead rule"
    BEATEN = "always beaten"
    CLASH = "differ only in authority"
    IDLE = "changes nothing"
    BLIND = "blind spot"
    LESS = "holds on less"
    GAP = "gap"


FAILS: Final = frozenset({Kind.DEAD, Kind.BEATEN, Kind.CLASH})
"""What makes a check fail; the rest is what a reader should know."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found: about which entries, in one sentence, and with one state of evidence to show it."""

    kind: Kind
    entries: tuple[str, ...]
    sentence: str
    witness: Witness | None = None


def check(ruleset: RuleSet) -> list[Remark]:
    """Return everything found in one set by itself, what fails first."""
    return [*_Check(ruleset).remarks()]


@dataclass
class _Check:
    """One set over one state of evidence, with everything that is asked about it."""

    ruleset: RuleSet
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        self.assessed = assess(self.ruleset, self.state)
        self.ruled = ruled_by(self.ruleset, self.state)
        self.stands = self.ruled.stands
        asked = literals(conditions([self.ruleset]), self.state)
        self.holds = {
            (rule.id, place): reading(clause.condition, self.state, self.assessed)
            for rule in self.ruleset.rules
            for place, clause in enumerate(rule.when)
        }
        self.land = Land(asked, consistent(self.state))

    def remarks(self) -> Iterator[Remark]:
        wrong = [*self._dead(), *self._beaten(), *self._clashes()]
        told = {entry for remark in wrong for entry in remark.entries}
        yield from wrong
        yield from (remark for remark in self._idle() if not told & set(remark.entries))
        yield from self._blind()
        yield from self._on_less()
        yield from self._gaps()

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
                yield Remark(Kind.BEATEN, (permit.id, *by), sentence, self._state(fires))

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
                yield Remark(Kind.CLASH, (one.id, other.id), sentence, self._state(self.stands[one.id]))

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

    def _blind(self) -> Iterator[Remark]:
        for rule in self.forbids:
            for place, clause in enumerate(rule.when):
                if clause.condition.on_unknown is OnUnknown.RELEASE:
                    yield self._let_pass(rule, place, clause)

    def _let_pass(self, rule: Forbid, place: int, clause: Clause) -> Remark:
        """Return a state in which an action is permitted, and would not be if this clause held while not known."""
        asked = condition_in_words(clause.condition)
        held = z3.Not(self.holds[rule.id, place].false)
        rest = [self._stays(rule, other) for other in range(len(rule.when)) if other != place]
        for action in sorted(rule.actions, key=rank):
            let = [self.ruled.permitted[action], z3.Not(self.stands[rule.id]), held, *rest]
            if self.land.meets(*let):
                sentence = f"{rule.id} lets go where it is not known whether {asked}, and so lets {action} pass"
                return Remark(Kind.BLIND, (rule.id,), sentence, self._state(*let))
        sentence = f"{rule.id} lets go where it is not known whether {asked}, and lets nothing pass"
        return Remark(Kind.BLIND, (rule.id,), sentence)

    def _stays(self, rule: Forbid, place: int) -> Formula:
        found = self.holds[rule.id, place]
        releases = rule.when[place].condition.on_unknown is OnUnknown.RELEASE
        return found.true if releases else z3.Not(found.false)

    def _on_less(self) -> Iterator[Remark]:
        for entry in self.ruleset.entries():
            if isinstance(entry, Forbid) or (isinstance(entry, Criterion) and entry.concludes in _SHELTERS):
                continue
            asked = [clause.condition for clause in entry.when if on_less(clause.condition)]
            if asked:
                what = "concludes" if isinstance(entry, Criterion) else "permits"
                words = " and ".join(map(condition_in_words, asked))
                yield Remark(Kind.LESS, (entry.id,), f"{entry.id} {what} on an absence of evidence: {words}")

    def _gaps(self) -> Iterator[Remark]:
        nothing = z3.Not(z3.Or([self.ruled.permitted[action] for action in ALL_ACTIONS[1:]]))
        if not self.land.meets(nothing):
            return
        cubes = self.land.cubes(nothing, most=GAPS_MOST)
        if cubes is None:
            sentence = f"nothing beyond observing is permitted in more than {GAPS_MOST} regions; a state of one of them"
            yield Remark(Kind.GAP, (), sentence, self._state(nothing))
        where = {cube: formula_of(cube, self.land.words.readings) for cube in cubes or ()}
        for cube, formula in where.items():
            only = [z3.Not(other) for each, other in where.items() if each is not cube]  # else nothing would be known
            told = f"nothing beyond observing is permitted: {cube_in_words(cube)}"
            yield Remark(Kind.GAP, (), told, self._state(formula, *only))

    def _state(self, *formulas: Formula) -> Witness:
        found = find([*formulas, *self.land.given], [self.state])
        assert found is not None  # noqa: S101  # it was met before
        return found[0]


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


def in_words(remark: Remark) -> str:
    """Return the state that shows a remark."""
    return "" if remark.witness is None else witness_in_words(remark.witness)

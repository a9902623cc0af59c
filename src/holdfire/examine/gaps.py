"""Where nothing beyond observing is permitted, and what prohibitions let pass because they do not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import z3

from holdfire.examine.diff import rank
from holdfire.examine.literals import formula_of
from holdfire.examine.remark import Kind, Remark, shown
from holdfire.examine.smt.ruleset import assess, reading
from holdfire.examine.words import cube_in_words
from holdfire.logic.conditions import OnUnknown
from holdfire.logic.ruleset import Forbid
from holdfire.logic.words import condition_in_words
from holdfire.messages.actions import ALL_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.cover import Land
    from holdfire.examine.smt.ruleset import Assessed, Ruled
    from holdfire.examine.smt.state import Formula, State
    from holdfire.logic.ruleset import Clause, RuleSet

GAPS_MOST: Final = 20
"""Regions of a gap that are told; where there are more, one state stands for them."""


def gaps(ruled: Ruled, land: Land, state: State) -> Iterator[Remark]:
    """Yield every region in which not even the mildest useful action is permitted."""
    nothing = z3.Not(z3.Or([ruled.permitted[action] for action in ALL_ACTIONS[1:]]))
    if not land.meets(nothing):
        return
    cubes = land.cubes(nothing, most=GAPS_MOST)
    if cubes is None:
        sentence = f"nothing beyond observing is permitted in more than {GAPS_MOST} regions; a state of one of them"
        yield Remark(Kind.GAP, (), sentence, shown(land, state, nothing))
    where = {cube: formula_of(cube, land.words.readings) for cube in cubes or ()}
    for cube, formula in where.items():
        only = [z3.Not(other) for each, other in where.items() if each is not cube]  # else nothing would be known
        told = f"nothing beyond observing is permitted: {cube_in_words(cube)}"
        yield Remark(Kind.GAP, (), told, shown(land, state, formula, *only))


def blind_spots(ruleset: RuleSet, own: Ruled, whole: Ruled, land: Land, state: State) -> Iterator[Remark]:
    """Yield every condition of a set that lets go where it is not known, and what that lets pass.

    `own` is what the set rules, `whole` what it rules with all others that bind.
    """
    spots = _Spots(ruleset, own, whole, land, state, assess(ruleset, state))
    for rule in ruleset.rules:
        for place, clause in enumerate(rule.when):
            if isinstance(rule, Forbid) and clause.condition.on_unknown is OnUnknown.RELEASE:
                yield spots.let_pass(rule, place, clause)


@dataclass(frozen=True, slots=True)
class _Spots:
    ruleset: RuleSet
    own: Ruled
    whole: Ruled
    land: Land
    state: State
    assessed: Assessed

    def let_pass(self, rule: Forbid, place: int, clause: Clause) -> Remark:
        """Return a state in which an action is permitted, and would not be if this clause held while not known."""
        asked = condition_in_words(clause.condition)
        held = z3.Not(reading(clause.condition, self.state, self.assessed).false)
        rest = [self._stays(each) for other, each in enumerate(rule.when) if other != place]
        for action in sorted(rule.actions, key=rank):
            let = [self.whole.permitted[action], z3.Not(self.own.stands[rule.id]), held, *rest]
            if self.land.meets(*let):
                sentence = f"{rule.id} lets go where it is not known whether {asked}, and so lets {action} pass"
                return Remark(Kind.BLIND, (rule.id,), sentence, shown(self.land, self.state, *let))
        sentence = f"{rule.id} lets go where it is not known whether {asked}, and lets nothing pass"
        return Remark(Kind.BLIND, (rule.id,), sentence)

    def _stays(self, clause: Clause) -> Formula:
        found = reading(clause.condition, self.state, self.assessed)
        return found.true if clause.condition.on_unknown is OnUnknown.RELEASE else z3.Not(found.false)

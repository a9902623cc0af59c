"""Every flip turns the ruling round, none that is shown holds a smaller one, and no single change is missed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.binding.layout import binding, bound_on
from holdfire.binding.rows import bench_for, rule_on
from holdfire.catalogue import SELF_DEFENCE, load_ruleset, load_situation
from holdfire.logic.conditions import Held
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.layout import ASSESSMENT, RULING, evidence_of, evidence_records
from holdfire.messages.vocabulary import ITEM, Kind
from holdfire.rehearsal.alternatives import Alternative, Alternatives
from holdfire.rehearsal.explain import Bound, interpret
from holdfire.rehearsal.flip import MOST, Changes, Flips, changed, rank
from support.random_rules import random_rows, random_ruleset

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

DEFENCE = load_ruleset(SELF_DEFENCE)


@dataclass
class Case:
    """Rows of evidence ruled upon for one cycle by one state's set, as if in a night."""

    ruleset: RuleSet
    rows: Records

    def __post_init__(self) -> None:
        n = self.rows.size
        made = binding([{"PL": self.ruleset}], ["PL"], ["PL"], None, DEFENCE)
        bench, nobody, places = bench_for(made, n), np.zeros(n, np.int64), np.arange(n)
        assessed, ruled = np.zeros((1, n), ASSESSMENT), np.zeros((1, n), RULING)
        rule_on(made, bench, 0, self.rows, places, places + 1, nobody, nobody, 5.0, assessed[0], ruled[0])
        self.bench = bench
        picture = SimpleNamespace(rows=self.rows, slots=places, hosts=nobody)
        self.night: Any = SimpleNamespace(picture=picture, bench=bench, rulings=ruled, crews=nobody)
        rules = ([{"PL": self.ruleset}], None, DEFENCE)
        scene: Any = SimpleNamespace(setting=SimpleNamespace(binding=made), rules=rules, hosts=("PL",), crews=("PL",))
        self.flips = Flips(scene)

    def bound(self, row: int) -> tuple[Bound, ...]:
        out = []
        for place, ruleset in enumerate([*bound_on({"PL": self.ruleset}, ["PL"], None), DEFENCE]):
            held = self.bench.kept.held[0, place, row]
            timers = {each: Held(float(a), float(b)) for each, (a, b) in zip(ruleset.timers(), held, strict=False)}
            out.append(Bound(ruleset, place, timers))
        return tuple(out)

    def found(self, row: int) -> list[Changes]:
        """What is found anew, before the best are chosen."""
        return self.flips.found_anew(self.night, 0, row, evidence_of(self.rows[row]), self.bound(row))

    def permits(self, row: int, changes: Changes = ()) -> bool:
        evidence, bound = evidence_of(self.rows[row]), self.bound(row)
        return Action.ENGAGE in interpret(*changed(evidence, bound, changes))[0].permitted


def subsets(changes: Changes) -> list[Changes]:
    return [part for size in range(1, len(changes)) for part in combinations(changes, size)]


@pytest.mark.parametrize("name", range(5))
def test_flips_turn_the_ruling_round_and_no_part_of_them_does(name: int) -> None:
    case = Case(random_ruleset(name, rules=12), random_rows(name, 6))
    for row in range(6):
        for flip in case.found(row)[:8]:
            assert case.permits(row, flip) != case.permits(row)
            assert all(case.permits(row, part) == case.permits(row) for part in subsets(flip))


def values_of(name: str, evidence: Evidence) -> list[Known | None]:
    """Many values of an item, chosen without looking at the rules: all names, a fine grid of numbers."""
    item, now = ITEM[name], evidence.items.get(name)
    sd = now.sd if now else 0.0
    out: list[Known | None] = [None]
    if item.kind is Kind.NUMBER:
        out += [Known(float(value), 0.0, sd, verified=True) for value in np.linspace(-120.0, 120.0, 241)]
    elif item.kind is Kind.SET:
        sets = [frozenset(part) for size in range(len(item.values) + 1) for part in combinations(item.values, size)]
        out += [Known(value, 0.0, verified=True) for value in sets]
    elif item.kind is Kind.FLAG:
        out += [Known(value, 0.0, verified=True) for value in (False, True)]
    else:
        out += [Known(value, 0.0, verified=True) for value in item.values]
    return out


@pytest.mark.parametrize("name", range(4))
def test_no_single_change_is_missed(name: int) -> None:
    ruleset = random_ruleset(100 + name, rules=3)
    case = Case(ruleset, random_rows(100 + name, 2))
    asked, met = set(Alternatives([ruleset, DEFENCE]).asked), 0
    for row in range(2):
        evidence = evidence_of(case.rows[row])
        told = {flip[0].item for flip in case.found(row) if len(flip) == 1}
        before = case.permits(row)
        turning = {
            item
            for item in asked  # no other is looked at
            if any(case.permits(row, (Alternative(item, value, ()),)) != before for value in values_of(item, evidence))
        }
        assert turning <= told
        assert all(len(flip) > 1 or case.permits(row, flip) != before for flip in case.found(row))
        met += len(turning)
    assert met > 0


def told_of(ruleset: str, evidence: Evidence) -> list[list[tuple[str, str, str]]]:
    case = Case(load_ruleset(ruleset), evidence_records([evidence]))
    found = case.flips.of(case.night, 0, 0, evidence, case.bound(0))
    return [[(each.item, each.before, each.after) for each in flip.changes] for flip in found]


def test_a_drone_seen_on_radar_only_lacks_a_look() -> None:
    evidence = load_situation("gerbera-radar-only").evidence
    told = told_of("visual-confirmation", evidence)
    assert told[0] == [("occupancy", "not known", "uncrewed"), ("visual class", "not known", "one-way-attack-type")]
    assert told[-1] == [("attack", "none-seen", "on-responder")]  # what nobody on our side can change comes last
    assert len(told) <= MOST


def test_what_is_permitted_says_what_would_withhold_it() -> None:
    evidence = load_situation("gerbera-radar-only").evidence
    case = Case(load_ruleset("radar-permitted"), evidence_records([evidence]))
    found = case.flips.of(case.night, 0, 0, evidence, case.bound(0))
    assert {flip.to for flip in found} == {"withheld"}
    assert all(len(flip.changes) == 1 for flip in found)


def test_what_was_found_before_is_found_again_with_the_values_of_now() -> None:
    evidence = load_situation("gerbera-radar-only").evidence
    case = Case(load_ruleset("visual-confirmation"), evidence_records([evidence, evidence]))
    first = case.flips.of(case.night, 0, 0, evidence, case.bound(0))
    case.flips.found_anew = None  # type: ignore[assignment,method-assign]  # nothing is searched a second time
    assert case.flips.of(case.night, 0, 1, evidence, case.bound(1)) == first


def test_a_stale_item_is_offered_fresh() -> None:
    ruleset = load_ruleset("visual-confirmation")
    stale = Known("one-way-attack-type", 300.0)  # a look that rules may ask no longer
    evidence = Evidence(Basis.HYPOTHETICAL, {"visual_class": stale})
    bound = (Bound(ruleset, 0, {timer: Held() for timer in ruleset.timers()}),)
    offered = Alternatives([ruleset]).of(evidence, bound, {"visual_class"})
    assert ("one-way-attack-type", 0.0) in {(other.known.value, other.known.age_s) for other in offered if other.known}


def test_what_could_have_been_found_out_ranks_first() -> None:
    ranks = [rank((Alternative(name, None, ()),)) for name in ("visual_class", "radio", "speed_m_s", "attack", "alert")]
    assert ranks == [0, 0, 1, 2, 2]

"""All sets that bind, end to end in one set of arrays, must rule as the interpreter composes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.assess.criteria import assess
from holdfire.binding.layout import binding, set_tables
from holdfire.binding.rows import atoms_of, bench_for, rule_on, rules_of
from holdfire.catalogue import SELF_DEFENCE, load_ruleset, load_situation
from holdfire.logic.conditions import NEVER_TIMED, Observed, lasting
from holdfire.logic.interpret import advance, holds_now
from holdfire.messages.actions import ALL_ACTIONS, Action, bits
from holdfire.messages.layout import ASSESSMENT, RULING, evidence_of, evidence_records
from holdfire.messages.vocabulary import INDEX, ITEM
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule
from holdfire.rules.table import role_bits
from support.random_rules import random_rows, random_ruleset

if TYPE_CHECKING:
    from holdfire.binding.layout import Binding
    from holdfire.logic.conditions import Lasting
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Evidence
    from holdfire.messages.layout import Records
    from holdfire.messages.truth import Truth

DT_S = 5.0


def leaves(tree: object) -> list[np.ndarray[Any, Any]]:
    if isinstance(tree, np.ndarray):
        return [tree]
    return [leaf for branch in tree for leaf in leaves(branch)] if isinstance(tree, tuple) else []


def cut_out(made: Binding, place: int) -> list[np.ndarray[Any, Any]]:
    # Kernels that count no references give nothing back to Python: the plain functions are asked.
    atoms, timed_of = getattr(atoms_of, "py_func", atoms_of)(made, place)
    return [*leaves(atoms), *leaves(getattr(rules_of, "py_func", rules_of)(made, place)), timed_of]


def state_now(ruleset: RuleSet, timer: Lasting, evidence: Evidence) -> Truth:
    for entry in ruleset.entries():
        for clause in entry.when:
            if isinstance(clause.condition, Observed) and clause.condition.for_s and lasting(clause.condition) == timer:
                return holds_now(clause.condition, evidence)
    raise AssertionError(timer)


Ints = np.ndarray[Any, np.dtype[np.int64]]


def ruled(  # by default for one cycle
    made: Binding, option: int, rows: Records, hosts: Ints, crews: Ints, cycles: int = 1
) -> tuple[Records, Records]:
    n = rows.size
    bench = bench_for(made, n + 3)
    slots = np.arange(n) + 2  # not the same as the rows
    assessments, rulings = np.zeros(n, ASSESSMENT), np.zeros(n, RULING)
    for _ in range(cycles):
        rule_on(made, bench, option, rows, slots, slots + 100, hosts, crews, DT_S, assessments, rulings)
    return assessments, rulings


@pytest.mark.parametrize("name", range(6))
def test_cut_out_again_each_set_is_as_it_was(name: int) -> None:
    sets = [random_ruleset(name * 10 + each, rules=3 + 40 * (each == 1)) for each in range(3)]
    defence = load_ruleset(SELF_DEFENCE)
    made = binding([{"PL": sets[0], "NL": sets[1]}, {"PL": sets[2]}], ["PL"], ["PL", "NL"], None, defence)
    for place, each in enumerate([sets[0], sets[1], defence, sets[2]]):
        for given, cut in zip(leaves(set_tables(each)), cut_out(made, place), strict=True):
            assert given.shape[0] == cut.shape[0]
            inner = cut[(slice(None), *(slice(0, size) for size in given.shape[1:]))]
            assert np.array_equal(given, inner)


@pytest.mark.parametrize("name", range(12))
@pytest.mark.parametrize("crew", [0, 1, 2])
def test_rulings_are_those_of_the_interpreter(name: int, crew: int) -> None:
    pl, nl, defence = random_ruleset(1000 + name), random_ruleset(2000 + name), load_ruleset(SELF_DEFENCE)
    chain = random_ruleset(3000 + name, rules=2) if name % 2 else None
    made = binding([{"PL": nl, "NL": pl}, {"PL": pl, "NL": nl}], ["PL"], ["PL", "NL"], chain, defence)
    rows = random_rows(name, 40)
    cycles = 3
    assessments, rulings = ruled(made, 1, rows, np.zeros(40, np.int64), np.full(40, crew), cycles)
    binds = [pl, *([nl] if crew == 2 else []), *([chain] if chain else [])]
    permitting = 0
    for record, assessment, ruling in zip(rows, assessments, rulings, strict=True):
        evidence = evidence_of(record)
        bound = []
        for each in [*binds, defence]:
            held = {}
            for timer in each.timers():
                held[timer] = NEVER_TIMED
                for _ in range(cycles):
                    held[timer] = advance(held[timer], state_now(each, timer, evidence), DT_S)
            bound.append((each, rule(each, evidence, assess(each, evidence, held), held)))
        expected = compose(bound[:-1], bound[-1])
        assert ruling["permitted"] == bits(expected.permitted)
        for action in ALL_ACTIONS:
            given = expected.permitted.get(action)
            place = ALL_ACTIONS.index(action)
            assert ruling["authority"][place] == (role_bits(given.authorities) if given else 0)
            assert ruling["executors"][place] == (role_bits(given.executors) if given else 0)
        permitting += len(expected.permitted) > 1
        assert bool(assessment["error"]) == bool(expected.errors)
    assert permitting > 0


def test_a_dutch_crew_over_poland_is_bound_by_both_sets() -> None:
    poland, netherlands = load_ruleset("radar-permitted"), load_ruleset("visual-confirmation")
    made = binding([{"PL": poland, "NL": netherlands}], ["PL"], ["PL", "NL"], None, load_ruleset(SELF_DEFENCE))
    rows = evidence_records([load_situation("gerbera-radar-only").evidence] * 3)
    _, rulings = ruled(made, 0, rows, np.zeros(3, np.int64), np.array([0, 1, 2]))
    engage = ALL_ACTIONS.index(Action.ENGAGE)
    assert [int(each["permitted"]) >> engage & 1 for each in rulings] == [1, 1, 0]
    assert rulings[2]["caveat"][engage] == 0b10  # the second of the two that bind: the crew's own


def test_timers_start_again_for_a_new_track_at_an_old_place() -> None:
    outbound = load_ruleset("attributed-violator")
    made = binding([{"PL": outbound}], ["PL"], [], None, load_ruleset(SELF_DEFENCE))
    record = evidence_records([load_situation("gerbera-after-look").evidence])
    record["code"][0, INDEX["direction"]] = ITEM["direction"].values.index("outbound")
    bench = bench_for(made, 4)
    one, zero = np.array([1]), np.zeros(1, np.int64)
    out = np.zeros(1, ASSESSMENT), np.zeros(1, RULING)
    for _ in range(4):
        rule_on(made, bench, 0, record, one, np.array([7]), zero, zero, DT_S, *out)
    assert bench.kept.held[0, 0, 1, 0, 0] == 4 * DT_S
    rule_on(made, bench, 0, record, one, np.array([8]), zero, zero, DT_S, *out)
    assert bench.kept.held[0, 0, 1, 0, 0] == DT_S

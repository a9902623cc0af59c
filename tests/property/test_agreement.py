"""The interpreter defines the meaning; the compiled table must agree with it, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import pytest

from holdfire.catalogue import load_ruleset, load_situation
from holdfire.errors import UnflaggedEvidenceError
from holdfire.logic.conditions import Held, Observed, lasting
from holdfire.logic.interpret import advance, holds_now
from holdfire.logic.kernels import advance_timers
from holdfire.logic.ruleset import Permit
from holdfire.logic.table import atoms, plan
from holdfire.messages.actions import ALL_ACTIONS, BIT, Action, bits
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.layout import RULING, evidence_of, evidence_records
from holdfire.messages.truth import Truth
from holdfire.rules.compose import compose
from holdfire.rules.compose_table import compose_rows, composition
from holdfire.rules.table import role_bits
from support.random_rules import random_held, random_rows, random_ruleset
from support.readings import compiled, interpreted
from support.solved import Solved, both

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.ruling import Ruling

COMPILED = not vars(numba.config)["DISABLE_JIT"]
SETS, ROWS = (200, 1000) if COMPILED else (24, 12)
BATCHES = 10
SOLVED = 10
"""Rows of each set that the solver itself evaluates, too."""


def assessment_fields(made: Assessment) -> tuple[int, ...]:
    """What the record of an assessment would hold."""
    truths = (made.intent.truth, made.act.truth)
    return (
        sum((truth is not Truth.UNKNOWN) << place for place, truth in enumerate(truths)),
        sum((truth is Truth.TRUE) << place for place, truth in enumerate(truths)),
        sum(1 << CONCLUSIONS.index(identity) for identity in made.identity.possible),
        int(bool(made.errors)),
    )


def deciding(ruleset: RuleSet, ruling: Ruling) -> list[int]:
    """The rule that the record of a ruling would name for each action."""
    names = [entry.id for entry in ruleset.rules]
    out = []
    for action in ALL_ACTIONS:
        permission, withheld = ruling.permitted.get(action), ruling.withheld.get(action)
        if permission is not None:
            by_lowest = [
                names.index(state.rule)
                for state in permission.rules
                if _by(ruleset, names.index(state.rule)) in permission.authorities
            ]
            out.append(by_lowest[0] if by_lowest else -1)
        else:
            assert withheld is not None
            out.append(names.index(withheld.forbidden_by[0].rule) if withheld.forbidden_by else -1)
    return out


def _by(ruleset: RuleSet, index: int) -> object:
    entry = ruleset.rules[index]
    return entry.by if isinstance(entry, Permit) else None


def check_row(ruleset: RuleSet, record: np.void, held: np.ndarray[Any, Any], found: np.void, ruled: np.void) -> bool:
    """Compare both readings of one row in everything; return whether something is permitted."""
    assessment, ruling = interpreted(ruleset, record, held)
    assert found.item() == assessment_fields(assessment)
    assert ruled["permitted"] == bits(ruling.permitted)
    assert bool(ruled["error"]) == bool(ruling.errors)
    authorities = [role_bits(ruling.permitted[a].authorities) if a in ruling.permitted else 0 for a in ALL_ACTIONS]
    assert ruled["authority"].tolist() == authorities
    executors = [role_bits(ruling.permitted[a].executors) if a in ruling.permitted else 0 for a in ALL_ACTIONS]
    assert ruled["executors"].tolist() == executors
    assert ruled["rule"].tolist() == deciding(ruleset, ruling)
    assert ruled["caveat"].tolist() == [int(a in ruling.withheld) for a in ALL_ACTIONS]
    return len(ruling.permitted) > 1


def check_solved(found: tuple[np.ndarray[Any, Any], ...], ruled: np.ndarray[Any, Any]) -> None:
    """Compare the formulas of some rows with the records of their rulings."""
    permitted, authority, executors = found
    assert permitted.tolist() == ruled["permitted"].tolist()
    assert authority.tolist() == ruled["authority"].tolist()
    assert executors.tolist() == ruled["executors"].tolist()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_interpreter_table_and_formulas_agree(batch: int) -> None:
    permitting = 0
    for each in range(batch, SETS, BATCHES):
        ruleset = random_ruleset(each)
        rows = random_rows(1000 + each, ROWS, malformed=0.002)
        held = random_held(2000 + each, ROWS, len(ruleset.timers()))
        assessments, rulings = compiled(ruleset, rows, held)
        permitting += sum(check_row(ruleset, rows[i], held[i], assessments[i], rulings[i]) for i in range(ROWS))
        solved = Solved(ruleset)
        check_solved(solved.walked(rows, held), rulings)
        for row in range(SOLVED):
            check_solved(solved.solved(rows, held, row), rulings[row : row + 1])
    share = permitting / (SETS / BATCHES * ROWS)
    assert share >= 0.2 or not COMPILED, f"only {share:.0%} of the rows permit something: the test is too tame"


def test_neither_reading_looks_at_unflagged_evidence() -> None:
    ruleset = load_ruleset("radar-permitted")
    rows = evidence_records([load_situation("gerbera-after-look").evidence] * 3)
    rows["basis"] = [1, 0, 9]
    held = np.zeros((3, len(ruleset.timers()), 2))
    rulings = compiled(ruleset, rows, held)[1]
    assert rulings["permitted"].tolist() == [rulings["permitted"][0], 1, 1]
    assert rulings["permitted"][0] & BIT[Action.ENGAGE]
    assert rulings["error"].tolist() == [0, 1, 1]
    with pytest.raises(UnflaggedEvidenceError):
        interpreted(ruleset, rows[1], held[1])


@pytest.mark.long
@pytest.mark.parametrize("batch", range(100))
def test_all_readings_agree_on_ten_million_rows(batch: int) -> None:
    for each in range(batch * 10, batch * 10 + 10):
        ruleset = random_ruleset(50_000 + each, rules=30)
        rows = random_rows(60_000 + each, 10_000, malformed=0.002)
        held = random_held(70_000 + each, 10_000, len(ruleset.timers()))
        assessments, rulings = compiled(ruleset, rows, held)
        check_solved(Solved(ruleset).walked(rows, held), rulings)
        for i in range(10_000):
            check_row(ruleset, rows[i], held[i], assessments[i], rulings[i])


@pytest.mark.parametrize("with_defence", [True, False])
@pytest.mark.parametrize("name", range(8 if COMPILED else 3))
def test_composition_agrees(name: int, with_defence: bool) -> None:
    count = 250 if COMPILED else 12
    sets = [random_ruleset(3000 + 10 * name + each) for each in range(1 + name % 3)]
    defence = random_ruleset(4000 + name, rules=3) if with_defence else None
    every = [*sets, *([defence] if defence else [])]
    rows = random_rows(5000 + name, count)
    held = [random_held(6000 + name, count, len(each.timers())) for each in every]
    rulings = np.stack([compiled(each, rows, held[i])[1] for i, each in enumerate(every)])
    out = np.zeros(count, RULING)
    compose_rows(composition(sets, defence), rulings, out)
    check_solved(both(sets, defence, rows, held), out)
    for row in range(count):
        bound = [(each, interpreted(each, rows[row], held[i][row])[1]) for i, each in enumerate(every)]
        whole = compose(bound[: len(sets)], bound[-1] if defence else None)
        assert out[row]["permitted"] == bits(whole.permitted)
        for place, action in enumerate(ALL_ACTIONS):
            if action in whole.permitted:
                assert out[row]["authority"][place] == role_bits(whole.permitted[action].authorities)
                assert out[row]["executors"][place] == role_bits(whole.permitted[action].executors)
                assert out[row]["caveat"][place] == 0
            else:
                caveats = whole.withheld[action].caveats
                withholding = [i for i, (_, ruling) in enumerate(bound[: len(sets)]) if action in ruling.withheld]
                withholding = withholding or list(range(len(sets)))
                assert len(caveats) == len(withholding)
                assert out[row]["caveat"][place] == sum(1 << i for i in withholding)


@pytest.mark.parametrize("name", range(6))
def test_timers_agree(name: int) -> None:
    ruleset = next(made for made in map(random_ruleset, range(100 * name, 100 * name + 100)) if made.timers())
    made = plan(ruleset)
    laid, timers = atoms(made), ruleset.timers()
    timed = [next(i for i, row in enumerate(laid.timed) if row["timer"] == place) for place in range(len(timers))]
    conditions = [
        next(c for c in made.bits if isinstance(c, Observed) and c.for_s > 0 and lasting(c) == timer)
        for timer in timers
    ]
    held = np.zeros((40, len(timers), 2))
    held[:, :, 1] = np.inf
    model = [[Held() for _ in timers] for _ in range(40)]
    for step in range(6):
        rows = random_rows(8000 + 10 * name + step, 40)
        advance_timers(laid, np.array(timed, np.int64), rows, held, 2.5)
        for row in range(40):
            evidence = evidence_of(rows[row])
            for place, condition in enumerate(conditions):
                model[row][place] = advance(model[row][place], holds_now(condition, evidence), 2.5)
                assert held[row, place].tolist() == [model[row][place].true_s, model[row][place].clear_s]

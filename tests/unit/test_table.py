"""The compiled reading of small sets, against the interpreter, condition by condition."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.actions import ALL_ACTIONS, bits
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.layout import RULING, evidence_records
from holdfire.messages.truth import Truth
from holdfire.rules.compose import compose
from holdfire.rules.compose_table import compose_rows, composition
from holdfire.rules.table import N_ROLE_SETS, lowest_table, role_bits, roles_of
from support.readings import compiled, interpreted
from support.texts import criterion, forbid, permit, ruleset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.ruleset import RuleSet

RELEASE = {"on_unknown": "release", "source": ["s1"]}

# Conditions, each with what its item may say: something that passes, something that does not, and bad values.
QUESTIONS: dict[str, tuple[dict[str, Any], list[Known]]] = {
    "choice": ({"airspace": "own"}, [Known("own", 1.0), Known("foreign", 1.0), Known("own", 31.0), Known("own", -1.0)]),
    "none of": ({"airspace": {"not_in": ["own"]}}, [Known("own", 30.0), Known("allied", 30.0)]),
    "fresh": ({"iff": {"in": ["friendly"], "max_age_s": 5}}, [Known("friendly", 5.0), Known("friendly", 5.1)]),
    "verified": (
        {"airspace": {"in": ["own"], "verified": True}},
        [Known("own", 1.0, verified=True), Known("own", 1.0), Known("foreign", 1.0, verified=True)],
    ),
    "flag": ({"complying": True}, [Known(value, 1.0) for value in (True, False)]),
    "set": (
        {"warned": {"includes": ["hailed"], "includes_any": ["signalled", "warned-by-fire"], "at_most": 2}},
        [
            Known(frozenset(members), 1.0)
            for members in ([], ["hailed"], ["hailed", "signalled"], ["hailed", "signalled", "warned-by-fire"])
        ],
    ),
    "number": (
        {"speed_m_s": {"at_least": 10, "at_most": 20}},
        [
            *(Known(value, 1.0, sd) for value in (9.0, 10.0, 15.0, 20.0, 21.0) for sd in (0.0, 1.0, 9.0)),
            Known(15.0, 31.0), Known(15.0, 1.0, -1.0), Known(float("nan"), 1.0), Known(15.0, -1.0),
        ],
    ),
    "sure number": ({"depth_m": {"at_least": 10, "confidence": 0.6, "verified": True}},
        [Known(10.0, 1.0, 5.0, verified=True), Known(10.0, 1.0, 5.0)]),
    "lasting": ({"direction": {"in": ["outbound"], "for_s": 10}}, [Known("outbound", 1.0), Known("inbound", 1.0)]),
    "lasting number": (
        {"cpa_m": {"at_most": 10, "for_s": 10}},
        [Known(5.0, 1.0), Known(50.0, 1.0), Known(9.0, 1.0, 2.0), Known(5.0, -1.0), Known(5.0, 31.0)],
    ),
    "lasting set": (
        {"warned": {"at_least": 1, "for_s": 10}},
        [Known(frozenset({"hailed"}), 1.0), Known(frozenset(), 1.0), Known(frozenset(), -1.0)],
    ),
}  # fmt: skip
HELD = [(0.0, np.inf), (10.0, np.inf), (9.0, 9.0), (0.0, 0.0)]


def compare(made: RuleSet, rows: Sequence[Evidence], timers: Sequence[Sequence[tuple[float, float]]]) -> int:
    """Compare both readings of every row; return how many rows permit more than observing."""
    records = evidence_records(rows)
    held = np.array(timers, np.float64).reshape(len(rows), len(made.timers()), 2)
    assessments, rulings = compiled(made, records, held)
    permitting = 0
    for row in range(len(rows)):
        assessment, ruling = interpreted(made, records[row], held[row])
        truths = assessment.intent.truth, assessment.act.truth
        known = sum((truth is not Truth.UNKNOWN) << place for place, truth in enumerate(truths))
        holds = sum((truth is Truth.TRUE) << place for place, truth in enumerate(truths))
        possible = sum(1 << CONCLUSIONS.index(identity) for identity in assessment.identity.possible)
        assert tuple(assessments[row]) == (known, holds, possible, bool(assessment.errors))
        assert rulings[row]["permitted"] == bits(ruling.permitted)
        assert bool(rulings[row]["error"]) == bool(ruling.errors)
        for place, action in enumerate(ALL_ACTIONS):
            roles = ruling.permitted[action].authorities if action in ruling.permitted else ()
            assert rulings[row]["authority"][place] == role_bits(roles)
        permitting += len(ruling.permitted) > 1
    return permitting


@pytest.mark.parametrize("name", [*QUESTIONS])
def test_both_readings_of_one_condition(name: str) -> None:
    when, values = QUESTIONS[name]
    (item,) = when
    released = {item: {**(when[item] if isinstance(when[item], dict) else _long(when[item])), **RELEASE}}
    made = ruleset(
        permit("R-1", "hail", when=when),
        permit("R-2", "engage", "disrupt", by="police"),
        forbid("R-3", "engage", when=when),
        forbid("R-4", "disrupt", when=released),
        permit("R-5", "warn", when={"intent": True, "identity": "suspect"}, by="interior"),
        permit("R-6", "warn", when={"act": False}, by="mission-commander"),
        intent=[criterion("I-1", when)],
        act=[criterion("A-1", {**when, "radio": "silent"})],
        identity=[criterion("N-1", when, declares="suspect")],
    )
    timed = len(made.timers())
    said: list[Known | None] = [None, *values]
    cases = list(product(said, HELD)) if timed else [(known, HELD[0]) for known in said]
    rows = [Evidence(Basis.SIMULATED, {item: known} if known else {}) for known, _ in cases]
    assert compare(made, rows, [[held] * timed for _, held in cases]) > 0


def _long(test: Any) -> dict[str, Any]:
    return {"is": test} if isinstance(test, bool) else {"in": [test]}


def test_more_conditions_than_a_word_has_bits() -> None:
    rules = [permit(f"R-{n}", "hail", when={"depth_m": {"at_least": n}, "airspace": "own"}) for n in range(150)]
    made = ruleset(*rules, forbid("R-end", "hail", when={"cpa_m": {"at_most": 5}}))
    rows = [
        Evidence(
            Basis.SIMULATED, {"depth_m": Known(depth, 1.0), "airspace": Known("own", 1.0), "cpa_m": Known(cpa, 1.0)}
        )
        for depth, cpa in product((-1.0, 0.0, 70.0, 149.0), (1.0, 9.0))
    ]
    assert compare(made, rows, [[] for _ in rows]) == 3


def test_no_rule_with_conditions_and_no_row() -> None:
    assert compare(ruleset(permit("R-1", "hail")), [Evidence(Basis.SIMULATED)], [[]]) == 1
    assert compare(ruleset(), [], []) == 0


def test_the_bits_of_roles() -> None:
    assert [role_bits(roles_of(mask)) for mask in range(N_ROLE_SETS)] == list(range(N_ROLE_SETS))
    usual = ruleset().roles
    table = lowest_table(usual)
    assert all(roles_of(int(table[mask])) == usual.lowest(roles_of(mask)) for mask in range(N_ROLE_SETS))


@pytest.mark.parametrize(("count", "defended"), [(0, True), (1, True), (2, True), (1, False), (2, False)])
def test_both_readings_of_composition(count: int, defended: bool) -> None:
    sets = [
        ruleset(permit("R-1", "engage", "hail", by="police"), id="one"),
        ruleset(
            permit("R-1", "engage", when={"iff": "no-reply"}, executed_by="police"),  # which the first lets crews do
            forbid("R-2", "warn"),
            permit("R-3", "hail"),
            id="two",
        ),
    ][:count]
    defence = ruleset(permit("R-1", "engage", when={"attack": "on-responder"}), id="base") if defended else None
    every = [*sets, *([defence] if defence else [])]
    rows = [
        Evidence(
            Basis.SIMULATED, {name: Known(value, 1.0) for name, value in (("iff", iff), ("attack", attack)) if value}
        )
        for iff, attack in product(("no-reply", "friendly", None), ("on-responder", "none-seen"))
    ]
    records, held = evidence_records(rows), np.zeros((len(rows), 0, 2))
    out = np.zeros(len(rows), RULING)
    compose_rows(composition(sets, defence), np.stack([compiled(made, records, held)[1] for made in every]), out)
    for row in range(len(rows)):
        bound = [(made, interpreted(made, records[row], held[row])[1]) for made in every]
        whole = compose(bound[:count], bound[-1] if defended else None)
        assert out[row]["permitted"] == bits(whole.permitted)
        for place, action in enumerate(ALL_ACTIONS):
            withheld = whole.withheld.get(action)
            caveats = sum(1 << [made.id for made in sets].index(name) for name in withheld.caveats) if withheld else 0
            assert out[row]["caveat"][place] == caveats
            permission = whole.permitted.get(action)
            assert out[row]["authority"][place] == role_bits(permission.authorities if permission else ())
            assert out[row]["executors"][place] == role_bits(permission.executors if permission else ())

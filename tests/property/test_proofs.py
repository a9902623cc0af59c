"""What every shipped set keeps and breaks is what the library expects, and no prohibition stands for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
import z3

from holdfire.catalogue import ids, load_property, load_ruleset
from holdfire.examine.check_together import add_nothing
from holdfire.examine.computed import Computed, named, that_ship
from holdfire.examine.encoded import Encoded, possible
from holdfire.examine.expected import TO_WRITE, expected
from holdfire.examine.prove import Result, prove
from holdfire.examine.smt.consistency import consistent
from holdfire.examine.smt.ruleset import rule
from holdfire.examine.smt.state import State
from holdfire.examine.smt.together import together
from holdfire.logic.ruleset import Forbid, RuleSet
from holdfire.messages.actions import Action
from support.texts import permit, ruleset

WANTED = expected()
PROPERTIES = [load_property(name) for name in ids("properties")]
DISPENSABLE = {"harmonised-strict": ("poland-2025",)}
CORE = [each.id for each in PROPERTIES if each.core]
every_set = pytest.mark.parametrize("name", that_ship())


@every_set
def test_every_set_keeps_and_breaks_what_is_expected(name: str) -> None:
    write = f"run `python scripts/expected_properties.py {name}`, and write the reasons into expected.yaml"
    assert WANTED.get(name, {}).keys() == set(ids("properties")), write
    encoded = Encoded(named(name))
    found = {each.id: prove(encoded, each).result for each in PROPERTIES}
    assert found == {each: want.result for each, want in WANTED[name].items()}, write


def test_nothing_is_expected_of_what_is_not_there() -> None:
    assert WANTED.keys() == set(that_ship())


@every_set
def test_every_reason_is_a_sentence(name: str) -> None:
    for each, want in WANTED[name].items():
        assert want.because != TO_WRITE, each
        assert want.because.endswith("."), each
        assert want.result is not Result.UNDECIDED, each


def test_the_negative_control_breaks_every_property_of_safety_but_the_one_on_borders() -> None:
    safety = {each.id for each in PROPERTIES if each.kind == "safety"}
    kept = {each for each in safety if WANTED["any-violator"][each].result is Result.PROVED}
    assert kept == {"own-or-allied-airspace"}


def test_every_archetype_that_lets_anybody_act_is_the_breach_of_some_property() -> None:
    for name in ids("rulesets"):
        made = load_ruleset(name)
        acts = {action for rule in made.rules if not isinstance(rule, Forbid) for action in rule.actions}
        if made.kind == "archetype" and not acts <= {"observe", "interrogate", "hail"}:
            assert any(want.result is Result.REFUTED for want in WANTED[name].values()), name


@pytest.mark.parametrize("asked", [each for each in PROPERTIES if each.situations], ids=lambda each: each.id)
def test_no_property_is_kept_because_nothing_fits_it(asked: object) -> None:
    assert asked in PROPERTIES
    made = next(each for each in PROPERTIES if each is asked)
    encoded = Encoded(load_ruleset("visual-confirmation"))
    for situation in made.situations:
        assert possible(encoded, replace(made, situations=(situation,)))


def test_a_set_that_permits_everything_breaks_every_property_of_one_state() -> None:
    encoded = Encoded(ruleset(permit("R-1", "warn-by-fire", "disrupt", "engage")))
    kept = {each.id for each in PROPERTIES if prove(encoded, each).result is Result.PROVED}
    assert kept == {each.id for each in PROPERTIES if each.pairs}


def keeps_core(name: str) -> bool:
    return all(WANTED[name][each].result is Result.PROVED for each in CORE)


def idle(made: RuleSet, one: Forbid) -> bool:
    """Whether a set without a prohibition permits nothing more."""
    state = State()
    with_it, without = rule(made, state), rule(replace(made, rules=tuple(r for r in made.rules if r != one)), state)
    more = z3.Or([z3.And(without.permitted[each], z3.Not(with_it.permitted[each])) for each in one.actions])
    solver = z3.Solver()
    solver.add(more, *consistent(state))
    return bool(solver.check() == z3.unsat)


def covered(made: RuleSet, one: Forbid) -> bool:
    """Whether, wherever a prohibition stands, another forbids the same."""
    state = State()
    stands = rule(made, state).stands
    alone = z3.Or(
        [
            z3.Not(
                z3.Or([stands[r.id] for r in made.rules if isinstance(r, Forbid) and r != one and each in r.actions])
            )
            for each in one.actions
        ]
    )
    solver = z3.Solver()
    solver.add(stands[one.id], alone, *consistent(state))
    return bool(solver.check() == z3.unsat)


@pytest.mark.parametrize("name", [name for name in ids("rulesets") if name in WANTED and keeps_core(name)])
def test_no_prohibition_of_a_set_that_keeps_the_core_is_redundant(name: str) -> None:
    made = load_ruleset(name)
    forbids = [each for each in made.rules if isinstance(each, Forbid)]
    assert [each.id for each in forbids if covered(made, each)] == []
    assert [each.id for each in forbids if idle(made, each)] == []


def dispensable(made: Computed, one: RuleSet) -> bool:
    """Whether the other texts of a computed set rule the same without one of them, authorities included."""
    state = State()
    ruled = {each.id: rule(each, state) for each in made.binding}
    whole = together([*ruled.values()], None)
    rest = together([each for name, each in ruled.items() if name != one.id], None)
    roles = [(whole.authority[each], rest.authority[each]) for each in Action if each is not Action.OBSERVE]
    roles += [(whole.executors[each], rest.executors[each]) for each in Action if each is not Action.OBSERVE]
    solver = z3.Solver()
    solver.add(z3.Or([mine[role] != theirs[role] for mine, theirs in roles for role in mine]), *consistent(state))
    return bool(solver.check() == z3.unsat)


@pytest.mark.parametrize("name", [name for name in WANTED if name not in ids("rulesets") and keeps_core(name)])
def test_no_text_of_a_computed_set_that_keeps_the_core_is_redundant_but_those_that_are_named(name: str) -> None:
    """In an intersection most prohibitions stand in several texts, so that it is asked of whole texts."""
    made = named(name)
    assert isinstance(made, Computed)
    idle_texts = tuple(each.id for each in made.binding if dispensable(made, each))
    assert idle_texts == add_nothing(made.binding) == DISPENSABLE[name]


def test_some_sets_keep_the_core() -> None:
    assert {"visual-confirmation", "pre-delegated-uncrewed"} <= {name for name in WANTED if keeps_core(name)}
    assert not keeps_core("perceived-danger")

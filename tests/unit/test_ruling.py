"""What one rule set rules: the meaning that the design fixes, points 1 to 4 and 8."""

from __future__ import annotations

from itertools import product
from math import inf
from typing import Any

import pytest

from holdfire.errors import UnflaggedEvidenceError
from holdfire.logic.conditions import Held
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.assessment import NOTHING_ASSESSED
from holdfire.messages.authority import EVERY_ROLE, ROLES, Role
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.ruling import ConditionState, Permission, RuleState, Ruling, Withheld
from holdfire.messages.truth import Truth
from holdfire.rules.ruling import rule
from support.texts import Raw, criterion, evidence, forbid, permit, ruleset, ruling

ENGAGE = Action.ENGAGE
F, T, U = Truth.FALSE, Truth.TRUE, Truth.UNKNOWN
RELEASE = {"on_unknown": "release", "source": ["s1"]}


def ruled(*rules: Raw, on: Evidence | None = None, **sections: Any) -> Ruling:
    return ruling(ruleset(*rules, **sections), on or evidence())


def permission(found: Ruling, action: Action = ENGAGE) -> Permission:
    assert action not in found.withheld
    return found.permitted[action]


def withheld(found: Ruling, action: Action = ENGAGE) -> Withheld:
    assert action not in found.permitted
    return found.withheld[action]


# 1. Nothing is permitted unless a rule permits it; observing always is.
def test_nothing_is_permitted_by_default_but_observing() -> None:
    found = ruled(forbid("R-1", "hail", when={"iff": "friendly"}), on=evidence(iff="no-reply"))
    assert set(found.permitted) == {Action.OBSERVE}
    for action in ALL_ACTIONS[1:]:
        assert withheld(found, action) == Withheld(action, (), (), ("my-rules",))


def test_anyone_may_observe() -> None:
    made = permission(ruled(permit("R-1", "hail")), Action.OBSERVE)
    assert made == Permission(Action.OBSERVE, frozenset({Role.CREW, Role.POLICE}), made.executors, ())
    assert made.executors == set(Role)


def test_no_action_implies_another() -> None:
    assert set(ruled(permit("R-1", "engage")).permitted) == {Action.OBSERVE, ENGAGE}


def test_every_action_is_answered_once() -> None:
    found = ruled(permit("R-1", "hail", "warn"), forbid("R-2", "warn"))
    assert set(found.permitted) | set(found.withheld) == set(ALL_ACTIONS)
    assert not set(found.permitted) & set(found.withheld)


# 2. A prohibition beats every permission.
@pytest.mark.parametrize("order", [1, -1])
def test_a_prohibition_beats_every_permission(order: int) -> None:
    rules = [
        permit("R-1", "engage", "disrupt"),
        permit("R-2", "engage", by="national-authority"),
        forbid("R-3", "engage"),
    ]
    found = ruled(*rules[::order])
    assert [state.rule for state in withheld(found).forbidden_by] == ["R-3"]
    assert withheld(found).missing == ()
    assert Action.DISRUPT in found.permitted


# 3. True, false or not known.
@pytest.mark.parametrize(("value", "permitted"), [("no-reply", True), ("friendly", False), (None, False)])
def test_a_permission_fires_only_on_what_is_known_true(value: str | None, permitted: bool) -> None:
    found = ruled(permit("R-1", "engage", when={"iff": "no-reply"}), on=evidence(**({"iff": value} if value else {})))
    assert (ENGAGE in found.permitted) is permitted


@pytest.mark.parametrize(
    ("value", "release", "stands"),
    [
        ("friendly", False, True),
        ("friendly", True, True),
        ("no-reply", False, False),
        ("no-reply", True, False),
        (None, False, True),
        (None, True, False),
    ],
)
def test_a_prohibition_stands_unless_known_false_or_released_while_unknown(
    value: str | None, release: bool, stands: bool
) -> None:
    test = {"in": ["friendly"], **(RELEASE if release else {})}
    rules = permit("R-1", "engage"), forbid("R-2", "engage", when={"iff": test})
    found = ruled(*rules, on=evidence(**({"iff": value} if value else {})))
    assert (ENGAGE in found.withheld) is stands
    if stands:
        (state,) = withheld(found).forbidden_by
        assert state == RuleState("my-rules", "R-2", fires=True, conditions=(ConditionState(T if value else U),))
    else:
        assert [state.rule for state in permission(found).let_go] == ["R-2"] * (value is None)


def test_what_was_let_go_is_told_with_what_was_not_known() -> None:
    when = {"iff": {"in": ["friendly"], **RELEASE}, "airspace": "own"}
    found = ruled(permit("R-1", "engage"), forbid("R-2", "engage", when=when), on=evidence(airspace="own"))
    (state,) = permission(found).let_go
    assert not state.fires
    assert state.conditions == (ConditionState(T), ConditionState(U, released=True))


@pytest.mark.parametrize(
    ("one", "other", "stands", "let_go"),
    [
        (T, T, True, False), (T, F, False, False), (F, T, False, False), (F, F, False, False),
        (T, U, False, True), (U, T, True, False), (U, U, False, True), (U, F, False, False), (F, U, False, False),
    ],
)  # fmt: skip
def test_one_condition_holds_the_other_lets_go(one: Truth, other: Truth, stands: bool, let_go: bool) -> None:
    when = {"iff": "friendly", "status": {"in": ["civil"], **RELEASE}}
    values = {"iff": {T: "friendly", F: "no-reply"}, "status": {T: "civil", F: "state"}}
    truths = {"iff": one, "status": other}
    items = {name: values[name][truth] for name, truth in truths.items() if truth is not U}
    found = ruled(permit("R-1", "engage"), forbid("R-2", "engage", when=when), on=evidence(**items))
    assert (ENGAGE in found.withheld) is stands
    assert stands or bool(permission(found).let_go) is let_go


def test_a_permission_is_never_released() -> None:
    made = ruleset(permit("R-1", "engage", when={"iff": "friendly"}))
    (state,) = withheld(ruling(made, evidence())).missing
    assert state.conditions == (ConditionState(U, released=False),)


@pytest.mark.parametrize(("done", "permitted"), [(None, False), (frozenset(), False), (frozenset({"hail"}), True)])
def test_an_action_may_demand_another_before_it(done: frozenset[str] | None, permitted: bool) -> None:
    on = evidence() if done is None else evidence(done=done)
    assert (ENGAGE in ruled(permit("R-1", "engage", after=["hail"]), on=on).permitted) is permitted


def test_what_the_criteria_made_of_it_counts() -> None:
    rules = permit("R-1", "engage", when={"intent": True}), forbid("R-2", "engage", when={"identity": "friend"})
    sections: dict[str, Any] = {
        "intent": [criterion("I-1", {"direction": "inbound"})],
        "identity": [criterion("N-1", {"iff": "friendly"}, declares="friend")],
    }
    for direction, iff in product(("inbound", "outbound"), ("friendly", "no-reply")):
        found = ruled(*rules, on=evidence(direction=direction, iff=iff), **sections)
        assert (ENGAGE in found.permitted) is (direction == "inbound" and iff == "no-reply")
    assert withheld(ruled(*rules, on=evidence(direction="inbound"), **sections)).forbidden_by


def test_a_duration_needs_its_timer() -> None:
    made = ruleset(permit("R-1", "engage", when={"direction": {"in": ["inbound"], "for_s": 10}}))
    (timer,) = made.timers()
    on = evidence(direction="inbound")
    assert ENGAGE in ruling(made, on).withheld
    assert ENGAGE in ruling(made, on, {timer: Held(9.0, inf)}).withheld
    assert ENGAGE in ruling(made, on, {timer: Held(10.0, inf)}).permitted


# 4. Any error holds fire; the lowest authority and all rules.
@pytest.mark.parametrize("where", ["permit", "forbid", "criterion"])
def test_malformed_evidence_withholds_all_but_observing(where: str) -> None:
    asks = {"iff": "friendly"}
    rules = {
        "permit": [permit("R-1", "engage"), permit("R-2", "hail", when=asks)],
        "forbid": [permit("R-1", "engage"), forbid("R-2", "hail", when=asks)],
        "criterion": [permit("R-1", "engage")],
    }[where]
    sections: dict[str, Any] = {"intent": [criterion("I-1", asks)]} if where == "criterion" else {}
    assert ENGAGE in ruled(*rules, on=evidence(iff="no-reply"), **sections).permitted
    found = ruled(*rules, on=evidence(iff=Known("foe", 1.0)), **sections)
    assert set(found.permitted) == {Action.OBSERVE}
    assert found.errors == ("iff is 'foe': it must be one of its values",)


def test_an_error_is_told_once() -> None:
    asks = {"iff": "friendly"}
    found = ruled(
        permit("R-1", "engage", when=asks), forbid("R-2", "engage", when=asks),
        on=evidence(iff=Known("foe", 1.0), status=Known("x", 1.0)), intent=[criterion("I-1", asks)],
    )  # fmt: skip
    assert len(found.errors) == 1


def test_malformed_evidence_that_nobody_asks_about_changes_nothing() -> None:
    found = ruled(permit("R-1", "engage"), on=evidence(iff=Known("foe", 1.0)))
    assert ENGAGE in found.permitted
    assert found.errors == ()


def test_unflagged_evidence_is_refused() -> None:
    with pytest.raises(UnflaggedEvidenceError, match="flag it as simulated, historical or hypothetical"):
        rule(ruleset(), Evidence(Basis.UNFLAGGED), NOTHING_ASSESSED, {})


@pytest.mark.parametrize("basis", [Basis.SIMULATED, Basis.HISTORICAL, Basis.HYPOTHETICAL])
def test_flagged_evidence_is_ruled_on(basis: Basis) -> None:
    assert rule(ruleset(), Evidence(basis), NOTHING_ASSESSED, {}).permitted


@pytest.mark.parametrize(
    ("by", "lowest"),
    [
        (["crew"], ["crew"]),
        (["national-authority", "crew"], ["crew"]),
        (["air-operations-commander", "mission-commander"], ["mission-commander"]),
        (["interior", "air-operations-commander"], ["interior", "air-operations-commander"]),
        (["police", "crew", "national-authority"], ["police", "crew"]),
        (["crew", "crew"], ["crew"]),
    ],
)
def test_the_lowest_authorities_and_all_the_rules(by: list[str], lowest: list[str]) -> None:
    rules = [permit(f"R-{place}", "engage", by=role) for place, role in enumerate(by)]
    made = permission(ruled(*rules, permit("R-no", "engage", when={"iff": "friendly"}, by="crew")))
    assert made.authorities == {Role(role) for role in lowest}
    assert [state.rule for state in made.rules] == [f"R-{place}" for place in range(len(by))]
    assert all(state.fires for state in made.rules)


def test_the_executors_are_those_whom_every_rule_lets_act() -> None:
    police = permit("R-1", "engage", by="crew", executed_by="police")
    also = permit("R-2", "engage", by="mission-commander", executed_by="police")
    crew = permit("R-3", "engage", by="national-authority", executed_by="crew")
    assert permission(ruled(police, also)).executors == {Role.POLICE}
    assert permission(ruled(police, crew)).executors == set()


@pytest.mark.parametrize("declared", [{"crew": {"over": ["mission-commander"]}}])
def test_the_order_is_the_sets_own(declared: Raw) -> None:
    rules = permit("R-1", "engage", by="crew"), permit("R-2", "engage", by="mission-commander")
    assert permission(ruled(*rules)).authorities == {Role.CREW}
    assert permission(ruled(*rules, roles=declared)).authorities == {Role.MISSION_COMMANDER}
    assert set(ROLES) == EVERY_ROLE


# 8. What a ruling carries.
def test_a_ruling_says_what_is_missing_and_what_forbids() -> None:
    found = ruled(
        permit("R-1", "engage", when={"airspace": "own", "iff": "no-reply"}),
        permit("R-2", "engage", when={"airspace": "own", "status": "state"}),
        permit("R-3", "engage"),
        forbid("R-4", "engage", when={"radio": "answering"}),
        forbid("R-5", "engage", when={"flight_plan": "matched"}),
        on=evidence(airspace="own", iff="friendly", radio="answering", flight_plan="unmatched"),
    )
    answer = withheld(found)
    assert found.ruleset == "my-rules"
    assert answer.caveats == ("my-rules",)
    assert answer.forbidden_by == (RuleState("my-rules", "R-4", fires=True, conditions=(ConditionState(T),)),)
    assert answer.missing == (
        RuleState("my-rules", "R-1", fires=False, conditions=(ConditionState(T), ConditionState(F))),
        RuleState("my-rules", "R-2", fires=False, conditions=(ConditionState(T), ConditionState(U))),
    )

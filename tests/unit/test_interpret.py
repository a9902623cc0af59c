"""The meaning of each condition, in all three truths, at its exact bounds."""

from __future__ import annotations

import math
from math import inf, nextafter
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.logic.conditions import NEVER_TIMED, Condition, Held, Observed, lasting
from holdfire.logic.interpret import advance, deviations, held_since, holds, holds_now, passes_code
from holdfire.messages.assessment import NOTHING_ASSESSED, Assessment, HostileAct, HostileIntent, IdentityFinding
from holdfire.messages.evidence import Known
from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.truth import Truth
from support.texts import clauses, evidence

if TYPE_CHECKING:
    from holdfire.messages.evidence import Evidence, Value

F, T, U = Truth.FALSE, Truth.TRUE, Truth.UNKNOWN
TEN = {"in": ["outbound"], "for_s": 10}


def condition(**when: Any) -> Condition:
    """The one condition of a permission that asks this."""
    (clause,) = clauses(when)
    return clause.condition


def observed(**when: Any) -> Observed:
    found = condition(**when)
    assert isinstance(found, Observed)
    return found


def truth(seen: Evidence, **when: Any) -> Truth:
    return holds(condition(**when), seen, NOTHING_ASSESSED, {})


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("friendly", "friendly", T),
        ("friendly", "no-reply", F),
        ("friendly", "unresolved", F),
        (["friendly", "unresolved"], "unresolved", T),
        ({"not_in": ["friendly"]}, "no-reply", T),
        ({"not_in": ["friendly"]}, "friendly", F),
        ("friendly", None, U),
        ({"not_in": ["friendly"]}, None, U),
    ],
)
def test_a_choice(test: Any, value: str | None, expected: Truth) -> None:
    seen = evidence(iff=value) if value else evidence()
    assert truth(seen, iff=test) is expected


@pytest.mark.parametrize(
    ("asked", "value", "expected"),
    [(True, True, T), (True, False, F), (False, False, T), (False, True, F), (True, None, U), (False, None, U)],
)
def test_a_flag(asked: bool, value: bool | None, expected: Truth) -> None:
    seen = evidence() if value is None else evidence(complying=value)
    assert truth(seen, complying=asked) is expected


@pytest.mark.parametrize(
    ("test", "members", "expected"),
    [
        ({"includes": ["radar", "eye"]}, {"radar", "eye", "rf"}, T),
        ({"includes": ["radar", "eye"]}, {"radar", "rf"}, F),
        ({"includes_any": ["radar", "eye"]}, {"eye"}, T),
        ({"includes_any": ["radar", "eye"]}, {"rf"}, F),
        ({"includes_any": ["radar", "eye"]}, set(), F),
        ({"includes": ["radar"], "includes_any": ["eye", "rf"]}, {"radar", "rf"}, T),
        ({"includes": ["radar"], "includes_any": ["eye", "rf"]}, {"radar"}, F),
        ({"includes": ["radar"], "includes_any": ["eye", "rf"]}, {"rf"}, F),
        ({"at_least": 2}, {"radar"}, F),
        ({"at_least": 2}, {"radar", "eye"}, T),
        ({"at_most": 2}, {"radar", "eye"}, T),
        ({"at_most": 2}, {"radar", "eye", "rf"}, F),
        ({"at_least": 1, "at_most": 1}, {"eye"}, T),
        ({"at_most": 0}, set(), T),
        ({"at_least": 0}, set(), T),
        ({"includes": ["radar"], "at_most": 1}, {"radar", "eye"}, F),
        ({"includes": ["radar"]}, None, U),
        ({"at_most": 7}, None, U),
    ],
)
def test_a_set(test: Any, members: set[str] | None, expected: Truth) -> None:
    seen = evidence() if members is None else evidence(independent_kinds=frozenset(members))
    assert truth(seen, independent_kinds=test) is expected


def test_nobody_looked_is_not_an_empty_set() -> None:
    asked: Any = {"seen_as": {"includes_any": ["civil"]}}
    assert truth(evidence(), **asked) is U
    assert truth(evidence(seen_as=frozenset()), **asked) is F


UP, DOWN = inf, -inf


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ({"at_least": 10}, 10.0, T),
        ({"at_least": 10}, nextafter(10.0, DOWN), F),
        ({"at_most": 10}, 10.0, T),
        ({"at_most": 10}, nextafter(10.0, UP), F),
        ({"at_least": 10, "at_most": 20}, 10.0, T),
        ({"at_least": 10, "at_most": 20}, 20.0, T),
        ({"at_least": 10, "at_most": 20}, nextafter(20.0, UP), F),
        ({"at_least": 10, "at_most": 20}, nextafter(10.0, DOWN), F),
        ({"at_least": 10, "at_most": 10}, 10.0, T),
        ({"at_least": -5}, -5.0, T),
        ({"at_least": 0}, inf, T),
        ({"at_most": 0}, inf, F),
    ],
)
def test_an_exact_number(test: Any, value: float, expected: Truth) -> None:
    assert truth(evidence(climb_m_s=value), climb_m_s=test) is expected


def test_a_number_that_nobody_measured() -> None:
    assert truth(evidence(), climb_m_s={"at_least": 10}) is U


MARGIN = deviations(0.95) * 2.0


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ({"at_least": 10}, 10.0 + MARGIN + 1e-9, T),
        ({"at_least": 10}, 10.0 + MARGIN - 1e-9, U),
        ({"at_least": 10}, 10.0, U),
        ({"at_least": 10}, 10.0 - MARGIN + 1e-9, U),
        ({"at_least": 10}, 10.0 - MARGIN - 1e-9, F),
        ({"at_most": 10}, 10.0 - MARGIN - 1e-9, T),
        ({"at_most": 10}, 10.0 - MARGIN + 1e-9, U),
        ({"at_most": 10}, 10.0 + MARGIN - 1e-9, U),
        ({"at_most": 10}, 10.0 + MARGIN + 1e-9, F),
        ({"at_least": 10, "at_most": 30}, 20.0, T),
        ({"at_least": 19, "at_most": 21}, 20.0, U),
        ({"at_least": 10, "at_most": 30}, 30.0, U),
        ({"at_least": 10, "at_most": 30}, 40.0, F),
    ],
)
def test_a_number_must_clear_its_bound_by_the_margin(test: Any, value: float, expected: Truth) -> None:
    assert truth(evidence(speed_m_s=Known(value, 0.0, 2.0)), speed_m_s=test) is expected


def test_a_margin_met_exactly_is_cleared() -> None:
    sd = 0.5
    margin = deviations(0.95) * sd
    seen = evidence(speed_m_s=Known(margin, 0.0, sd))
    assert truth(seen, speed_m_s={"at_least": 0}) is T
    assert truth(evidence(speed_m_s=Known(-margin, 0.0, sd)), speed_m_s={"at_least": 0}) is U


def test_deviations_are_the_one_sided_quantile() -> None:
    assert deviations(0.5) == 0.0
    assert math.isclose(deviations(0.95), 1.6448536269514722)
    assert math.isclose(deviations(0.99), 2.3263478740408408)


@pytest.mark.parametrize(("confidence", "expected"), [(0.501, T), (0.84, T), (0.85, U), (0.99, U)])
def test_a_condition_says_its_confidence(confidence: float, expected: Truth) -> None:
    seen = evidence(speed_m_s=Known(12.0, 0.0, 2.0))  # one standard deviation, 0.841
    assert truth(seen, speed_m_s={"at_least": 10, "confidence": confidence}) is expected


def test_an_entry_says_the_confidence_of_its_conditions_that_say_none() -> None:
    seen = evidence(speed_m_s=Known(12.0, 0.0, 2.0))
    (lax,) = clauses({"speed_m_s": {"at_least": 10}}, confidence=0.6)
    (own,) = clauses({"speed_m_s": {"at_least": 10, "confidence": 0.95}}, confidence=0.6)
    assert holds(lax.condition, seen, NOTHING_ASSESSED, {}) is T
    assert holds(own.condition, seen, NOTHING_ASSESSED, {}) is U


@pytest.mark.parametrize(
    ("age_s", "max_age_s", "expected"),
    [(30.0, None, T), (nextafter(30.0, UP), None, U), (5.0, 5, T), (nextafter(5.0, UP), 5, U), (31.0, 100, U)],
)
def test_an_item_older_than_either_bound_is_not_known(age_s: float, max_age_s: float | None, expected: Truth) -> None:
    test = {"in": ["own"]} | ({"max_age_s": max_age_s} if max_age_s else {})
    assert truth(evidence(airspace=Known("own", age_s)), airspace=test) is expected


@pytest.mark.parametrize(
    ("value", "verified", "expected"),
    [("own", True, T), ("foreign", True, F), ("own", False, U), ("foreign", False, U)],
)
def test_what_must_be_verified_is_not_known_otherwise(value: str, verified: bool, expected: Truth) -> None:
    seen = evidence(airspace=Known(value, 0.0, verified=verified))
    assert truth(seen, airspace={"in": ["own"], "verified": True}) is expected
    assert truth(seen, airspace="own") is (T if value == "own" else F)


# Durations.
@pytest.mark.parametrize(
    ("value", "held", "expected"),
    [
        ("outbound", Held(10.0, 10.0), T),
        ("outbound", Held(nextafter(10.0, DOWN), 12.0), U),
        ("outbound", Held(9.0, nextafter(10.0, DOWN)), F),
        ("outbound", Held(9.0, 10.0), U),
        ("outbound", Held(0.0, inf), U),
        ("outbound", Held(10.0, 5.0), T),
        ("inbound", Held(99.0, inf), F),
        ("inbound", Held(0.0, 0.0), F),
        (None, Held(0.0, 9.0), F),
        (None, Held(0.0, 10.0), U),
        (None, Held(99.0, inf), U),
    ],
)
def test_a_duration_is_truth_at_every_moment(value: str | None, held: Held, expected: Truth) -> None:
    asked = observed(direction=TEN)
    seen = evidence(direction=value) if value else evidence()
    assert holds(asked, seen, NOTHING_ASSESSED, {lasting(asked): held}) is expected


@pytest.mark.parametrize(("value", "expected"), [("outbound", U), ("inbound", F), (None, U)])
def test_without_timers_a_duration_is_never_known_true(value: str | None, expected: Truth) -> None:
    seen = evidence(direction=value) if value else evidence()
    assert truth(seen, direction=TEN) is expected


def test_a_condition_without_duration_asks_no_timer() -> None:
    asked = observed(direction="outbound")
    seen = evidence(direction="outbound")
    assert holds(asked, seen, NOTHING_ASSESSED, {lasting(asked): Held(0.0, 0.0)}) is T


def test_conditions_that_differ_in_duration_only_share_their_timers() -> None:
    short = observed(direction={"in": ["outbound"], "for_s": 5})
    assert lasting(short) == lasting(observed(direction=TEN)) == lasting(observed(direction="outbound"))
    others: list[Any] = ["inbound", {"in": ["outbound"], "max_age_s": 5}, {"in": ["outbound"], "verified": True}]
    assert all(lasting(observed(direction=test)) != lasting(short) for test in others)


@pytest.mark.parametrize(("now", "expected"), [(T, Held(6.0, 9.0)), (U, Held(0.0, 9.0)), (F, Held(0.0, 0.0))])
def test_a_step_moves_the_timers_on(now: Truth, expected: Held) -> None:
    assert advance(Held(4.0, 7.0), now, 2.0) == expected


def test_what_was_never_known_false_stays_so() -> None:
    held = NEVER_TIMED
    for now in (U, T, T, U, T):
        held = advance(held, now, 1.0)
    assert held == Held(1.0, inf)


def timeline(truths: str, for_s: float) -> list[Truth]:
    """The truth of `direction outbound for for_s` after each second of a timeline of T, F and U."""
    asked = observed(direction={"in": ["outbound"], "for_s": for_s})
    values = {"T": "outbound", "F": "inbound"}
    held, answers = NEVER_TIMED, []
    for letter in truths:
        seen = evidence(direction=values[letter]) if letter in values else evidence()
        held = advance(held, holds_now(asked, seen), 1.0)
        answers.append(holds(asked, seen, NOTHING_ASSESSED, {lasting(asked): held}))
    return answers


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ("TTTT", [U, U, T, T]),
        ("FTTTT", [F, F, F, T, T]),
        ("TTTUTTT", [U, U, T, U, U, U, T]),
        ("TTTFU", [U, U, T, F, F]),
        ("FUUU", [F, F, F, U]),
        ("UUUU", [U, U, U, U]),
    ],
)
def test_losing_evidence_never_makes_a_duration_false(truths: str, expected: list[Truth]) -> None:
    assert timeline(truths, 3.0) == expected


def test_timers_come_from_what_the_evidence_says_of_itself() -> None:
    asked = observed(direction=TEN)
    assert held_since(asked, evidence(direction=Known("outbound", 1.0, held_s=60.0))) == Held(60.0, inf)
    assert held_since(asked, evidence(direction=Known("outbound", 31.0, held_s=60.0))) == Held(0.0, inf)
    assert held_since(asked, evidence()) == Held(0.0, inf)


# What the criteria made of it.
def assessed(intent: Truth = U, act: Truth = U, *possible: Identity) -> Assessment:
    return Assessment(HostileIntent(intent), HostileAct(act), IdentityFinding(frozenset(possible or CONCLUSIONS)))


@pytest.mark.parametrize("name", ["intent", "act"])
@pytest.mark.parametrize(
    ("found", "asked", "expected"),
    [(T, True, T), (T, False, F), (F, True, F), (F, False, T), (U, True, U), (U, False, U)],
)
def test_intent_and_act(name: str, found: Truth, asked: bool, expected: Truth) -> None:
    assessment = assessed(intent=found) if name == "intent" else assessed(act=found)
    assert holds(condition(**{name: asked}), evidence(), assessment, {}) is expected


@pytest.mark.parametrize(
    ("possible", "expected"),
    [
        ([Identity.HOSTILE], T),
        ([Identity.HOSTILE, Identity.SUSPECT], T),
        ([Identity.HOSTILE, Identity.UNKNOWN], U),
        ([Identity.FRIEND], F),
        ([Identity.FRIEND, Identity.UNKNOWN], F),
    ],
)
def test_an_identity(possible: list[Identity], expected: Truth) -> None:
    asked = condition(identity=["hostile", "suspect"])
    assert holds(asked, evidence(), assessed(U, U, *possible), {}) is expected


def test_nothing_assessed_leaves_everything_open() -> None:
    questions: list[Any] = [{"intent": True}, {"intent": False}, {"act": True}, {"act": False}, {"identity": "hostile"}]
    for asked in questions:
        assert truth(evidence(), **asked) is U
    assert NOTHING_ASSESSED.identity.settled is Identity.PENDING


@pytest.mark.parametrize("value", [True, 5.0, frozenset({"hailed"})])
def test_a_value_of_the_wrong_kind_never_passes_silently(value: Value) -> None:
    with pytest.raises((ValueError, AssertionError)):
        truth(evidence(airspace=value), airspace="own")


def test_a_number_has_no_code() -> None:
    with pytest.raises(TypeError, match="depth_m is a number and has no code"):
        passes_code(observed(depth_m={"at_least": 5}), 0)

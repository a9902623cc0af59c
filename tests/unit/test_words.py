"""Conditions and evidence in words."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.logic.words import (
    ROLE_WORDS,
    age,
    condition_in_words,
    evidence_in_words,
    roles_in_words,
    title,
    value_in_words,
)
from holdfire.messages.assessment import NOTHING_ASSESSED, Assessment, HostileAct, HostileIntent, IdentityFinding
from holdfire.messages.authority import Role
from holdfire.messages.evidence import Known, Value
from holdfire.messages.identity import Identity
from holdfire.messages.truth import Truth
from holdfire.messages.vocabulary import ITEM, ITEMS, Item, Kind
from support.texts import clauses, evidence


def words(when: dict[str, Any]) -> str:
    (clause,) = clauses(when)
    return condition_in_words(clause.condition)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"airspace": "own"}, "airspace own"),
        ({"airspace": ["own", "allied"]}, "airspace own or allied"),
        ({"airspace": {"not_in": ["own"]}}, "airspace allied, international or foreign"),
        ({"visual_class": "one-way-attack-type"}, "visual class one-way-attack-type"),
        ({"iff": "friendly"}, "IFF friendly"),
        ({"complying": True}, "complying"),
        ({"complying": False}, "not complying"),
        ({"warned": {"includes": ["hailed"]}}, "warned include hailed"),
        ({"warned": {"includes": ["hailed", "signalled"]}}, "warned include hailed and signalled"),
        ({"warned": {"includes_any": ["hailed", "signalled"]}}, "warned include hailed or signalled"),
        (
            {"done": {"includes": ["hail"], "includes_any": ["warn", "escort"], "at_least": 2, "at_most": 5}},
            "actions done include hail and include escort or warn and at least 2 and at most 5",
        ),
        ({"speed_m_s": {"at_least": 50}}, "speed at least 50 m/s (180 km/h)"),
        ({"cpa_m": {"at_most": 5000}}, "closest approach at most 5 km"),
        (
            {"time_to_cpa_s": {"at_least": 0, "at_most": 300}},
            "time to closest approach at least 0 s and at most 5 min",
        ),
        ({"depth_m": {"at_least": 5, "at_most": 5}}, "depth exactly 5 m"),
        ({"altitude_m": {"at_most": 300, "confidence": 0.99}}, "altitude at most 300 m (at 0.99)"),
        (
            {"position_sigma_m": {"at_most": 500}},
            "position's standard deviation at most 500 m",
        ),
        ({"people_at_risk": {"at_most": 0.1}}, "people at risk at most 0.1"),
        (
            {"direction": {"in": ["inbound"], "max_age_s": 5, "verified": True, "for_s": 600}},
            "direction inbound, at most 5 s old, verified, for 10 min",
        ),
        ({"intent": True}, "hostile intent"),
        ({"intent": False}, "no hostile intent"),
        ({"act": True}, "hostile act"),
        ({"act": False}, "no hostile act"),
        ({"identity": "hostile"}, "identity hostile"),
        ({"identity": ["suspect", "friend", "hostile"]}, "identity friend, hostile or suspect"),
        ({"identity": ["unknown-identity"]}, "identity unknown-identity"),
    ],
)
def test_a_condition_in_words(when: dict[str, Any], expected: str) -> None:
    assert words(when) == expected


def test_a_count_alone_in_words() -> None:
    assert words({"warned": {"at_least": 1}}) == "warned at least 1"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_all_values_but_one_have_words(item: Item) -> None:
    if item.kind is Kind.CHOICE:
        assert words({item.name: {"not_in": [*item.values[1:]]}}) == f"{title(item)} {item.values[0]}"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_every_item_has_a_title_without_its_unit(item: Item) -> None:
    found = title(item)
    assert found
    assert "_" not in found
    if item.kind is Kind.NUMBER:
        assert not found.endswith((" m", " s"))


@pytest.mark.parametrize(
    ("name", "value", "sd", "expected"),
    [
        ("airspace", "own", 0.0, "own"),
        ("complying", True, 0.0, "yes"),
        ("complying", False, 0.0, "no"),
        ("warned", frozenset(), 0.0, "none"),
        ("warned", frozenset({"signalled", "hailed"}), 0.0, "hailed, signalled"),
        ("speed_m_s", 44.0, 0.0, "44 m/s (158 km/h)"),
        ("speed_m_s", 44.0, 2.0, "44 m/s (158 km/h) ± 2 m/s (7 km/h)"),
        ("cpa_m", 300, 40.0, "300 m ± 40 m"),
    ],
)
def test_a_value_in_words(name: str, value: Value, sd: float, expected: str) -> None:
    assert value_in_words(ITEM[name], Known(value, 0.0, sd)) == expected


def test_a_spread_stands_in_the_unit_of_its_value() -> None:
    assert value_in_words(ITEM["cpa_m"], Known(5000.0, 0.0, 400.0)) == "5 km ± 400 m"


@pytest.mark.parametrize(
    ("age_s", "expected"), [(0.0, "now"), (0.5, "0.5 s ago"), (60.0, "60 s ago"), (720.0, "12 min ago")]
)
def test_an_age_in_words(age_s: float, expected: str) -> None:
    assert age(age_s) == expected


@pytest.mark.parametrize(
    ("test", "known", "expected"),
    [
        ("own", None, "not known"),
        ("own", Known("foreign", 0.0, source="map"), "foreign (map, now)"),
        ("own", Known("own", 31.0, source="map"), "too old: own (map, 31 s ago)"),
        ({"in": ["own"], "max_age_s": 5}, Known("own", 6.0, source="map"), "too old: own (map, 6 s ago)"),
        ({"in": ["own"], "verified": True}, Known("own", 6.0, source="map"), "not verified: own (map, 6 s ago)"),
        ({"in": ["own"], "verified": True}, Known("own", 6.0, verified=True), "own (record, 6 s ago)"),
    ],
)
def test_evidence_in_words(test: Any, known: Known | None, expected: str) -> None:
    (clause,) = clauses({"airspace": test})
    seen = evidence(airspace=known) if known else evidence()
    assert evidence_in_words(clause.condition, seen, NOTHING_ASSESSED) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"intent": True}, "met (I-1, I-2)"),
        ({"act": True}, "not met"),
        ({"identity": "hostile"}, "hostile (N-1)"),
    ],
)
def test_an_assessment_in_words(when: dict[str, Any], expected: str) -> None:
    assessment = Assessment(
        HostileIntent(Truth.TRUE, ("I-1", "I-2")),
        HostileAct(Truth.FALSE),
        IdentityFinding(frozenset({Identity.HOSTILE}), ("N-1",)),
    )
    (clause,) = clauses(when)
    assert evidence_in_words(clause.condition, evidence(), assessment) == expected


def test_what_is_open_in_words() -> None:
    (intent,) = clauses({"intent": True})
    (identity,) = clauses({"identity": "hostile"})
    assert evidence_in_words(intent.condition, evidence(), NOTHING_ASSESSED) == "not settled by what is known"
    assert evidence_in_words(identity.condition, evidence(), NOTHING_ASSESSED) == "pending"


def test_roles_in_words_stand_in_their_order() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert roles_in_words([Role.NATIONAL_AUTHORITY, Role.CREW]) == "crew or national authority"
    assert roles_in_words([]) == ""

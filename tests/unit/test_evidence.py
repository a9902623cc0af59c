"""What is known, how fresh it must be, and what no sensor could have reported."""

from __future__ import annotations

from math import inf, nan, nextafter

import pytest

from holdfire.errors import UnflaggedEvidenceError
from holdfire.messages.evidence import Basis, Evidence, Known, Value, malformed, refuse_unflagged
from holdfire.messages.vocabulary import ITEMS, Item
from support.texts import evidence


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_an_item_is_known_up_to_its_own_age(item: Item) -> None:
    at_bound = Evidence(Basis.SIMULATED, {item.name: Known(1.0, item.max_age_s)})
    assert at_bound.known(item.name) is not None
    if item.max_age_s < inf:
        beyond = Evidence(Basis.SIMULATED, {item.name: Known(1.0, nextafter(item.max_age_s, inf))})
        assert beyond.known(item.name) is None
        assert beyond.known(item.name, inf) is None


@pytest.mark.parametrize(("asked_s", "is_known"), [(4.999, False), (5.0, True), (5.001, True), (1e9, True)])
def test_a_rule_may_ask_for_a_fresher_one(asked_s: float, is_known: bool) -> None:
    seen = evidence(visual_class=Known("civil", 5.0))
    assert (seen.known("visual_class", asked_s) is not None) is is_known


def test_what_is_not_there_is_not_known() -> None:
    assert evidence().known("iff") is None


def test_an_age_that_is_no_number_is_not_known() -> None:
    assert evidence(iff=Known("friendly", nan)).known("iff") is None


@pytest.mark.parametrize("basis", [Basis.SIMULATED, Basis.HISTORICAL, Basis.HYPOTHETICAL])
def test_flagged_evidence_passes(basis: Basis) -> None:
    flagged = Evidence(basis)
    refuse_unflagged(flagged)
    assert flagged.basis is not Basis.UNFLAGGED


def test_unflagged_evidence_is_refused() -> None:
    with pytest.raises(UnflaggedEvidenceError, match="flag it as simulated, historical or hypothetical"):
        refuse_unflagged(Evidence(Basis.UNFLAGGED))


def test_nothing_live_is_a_basis() -> None:
    assert [basis.name for basis in Basis] == ["UNFLAGGED", "SIMULATED", "HISTORICAL", "HYPOTHETICAL"]


@pytest.mark.parametrize(
    ("name", "known", "words"),
    [
        ("iff", Known("foe", 0.0), "iff is 'foe': it must be one of its values"),
        ("iff", Known(5.0, 0.0), "iff is 5.0: it must be one of its values"),
        ("complying", Known("true", 0.0), "complying is 'true': it must be true or false"),
        ("warned", Known(frozenset({"shouted"}), 0.0), "it must be any of its values together"),
        ("warned", Known("hailed", 0.0), "warned is 'hailed': it must be any of its values together"),
        ("speed_m_s", Known("fast", 0.0), "speed_m_s is 'fast': it must be a number"),
        ("speed_m_s", Known(True, 0.0), "speed_m_s is True: it must be a number"),  # noqa: FBT003
        ("speed_m_s", Known(frozenset(), 0.0), "speed_m_s is frozenset(): it must be a number"),
        ("speed_m_s", Known(nan, 0.0), "speed_m_s is nan: it must be a number"),
        ("speed_m_s", Known(5.0, 0.0, -0.1), "speed_m_s has standard deviation -0.1: it must be 0 or more"),
        ("speed_m_s", Known(5.0, 0.0, nan), "speed_m_s has standard deviation nan: it must be 0 or more"),
        ("speed_m_s", Known(5.0, -1.0), "speed_m_s has age -1.0 s: it must be 0 or more"),
        ("iff", Known("friendly", nan), "iff has age nan s: it must be 0 or more"),
    ],
)
def test_what_no_sensor_could_have_reported_is_told(name: str, known: Known, words: str) -> None:
    found = malformed(name, known)
    assert found is not None
    assert words in found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iff", "friendly"),
        ("complying", False),
        ("warned", frozenset()),
        ("warned", frozenset({"hailed", "warned-by-fire"})),
        ("speed_m_s", -5.0),
        ("speed_m_s", 5),
    ],
)
def test_what_is_sound_passes(name: str, value: Value) -> None:
    assert malformed(name, Known(value, 0.0)) is None

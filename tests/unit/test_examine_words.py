"""Literals in words that a lawyer can read."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.examine.literals import Literal, plain
from holdfire.examine.ways import Way
from holdfire.examine.words import authority_in_words, cube_in_words, literal_in_words, way_in_words
from holdfire.logic.conditions import Observed
from holdfire.logic.parse import parse
from holdfire.messages.authority import Role


def condition(**when: Any) -> Observed:
    rule = {"id": "A-1", "permit": ["hail"], "by": "crew", "when": when, "because": "So.", "source": ["own"]}
    text = {
        "id": "words", "title": "Words", "kind": "hypothetical", "summary": "For words.",
        "sources": [{"id": "own", "title": "Own", "grade": "assumed"}], "rules": [rule],
    }  # fmt: skip
    found = parse(text).rules[0].when[0].condition
    assert isinstance(found, Observed)
    return plain(found)


WORDS = [
    (
        {"airspace": "own"},
        ("own airspace", "airspace not known to be own", "airspace known not to be own", "own airspace or not known"),
    ),
    (
        {"occupancy": "uncrewed"},
        ("uncrewed", "occupancy not known to be uncrewed", "crewed", "uncrewed or not known"),
    ),
    (
        {"transponder": "civil"},
        (
            "transponder civil", "transponder not known to be civil", "transponder known not to be civil",
            "transponder civil or not known",
        ),
    ),
    (
        {"visual_class": {"in": ["foreign-military"], "max_age_s": 60}},
        (
            "a look at most 60 s old that says foreign-military", "no look at most 60 s old that says foreign-military",
            "a look at most 60 s old that says civil or own-or-allied-military or one-way-attack-type or "
            "other-uncrewed or balloon or bird or not-established",
            "no look at most 60 s old that says civil or own-or-allied-military or one-way-attack-type or "
            "other-uncrewed or balloon or bird or not-established",
        ),
    ),
    (
        {"complying": False},
        ("not complying", "not known to be not complying", "complying", "not complying or not known"),
    ),
    (
        {"people_at_risk": {"at_most": 0.1}},
        (
            "people at risk at most 0.1", "people at risk not known to be at most 0.1", "people at risk more than 0.1",
            "people at risk at most 0.1 or not known",
        ),
    ),
    (
        {"seen_as": {"includes_any": ["civil", "bird"]}},
        (
            "ever seen as civil or bird", "ever seen as not known to be civil or bird", "never seen as civil or bird",
            "ever seen as civil or bird or not known",
        ),
    ),
    (
        {"done": {"includes": ["hail", "warn"]}},
        (
            "hail and warn done", "hail or warn not on record", "hail or warn not done",
            "hail and warn done or not known",
        ),
    ),
    (
        {"independent_kinds": {"at_least": 2}},
        (
            "independent kinds at least 2", "independent kinds not known to be at least 2",
            "independent kinds fewer than 2", "independent kinds at least 2 or not known",
        ),
    ),
    (
        {"direction": {"in": ["outbound"], "for_s": 10}},
        (
            "outbound (for 10 s)", "direction not known to be outbound (for 10 s)",
            "direction known not to be outbound (at some moment of the last 10 s)", "outbound or not known (for 10 s)",
        ),
    ),
    (
        {"speed_m_s": {"at_least": 50, "at_most": 100, "verified": True}},
        (
            "speed at least 50 m/s (180 km/h) and at most 100 m/s (360 km/h) (verified)",
            "speed not known to be at least 50 m/s (180 km/h) and at most 100 m/s (360 km/h) (verified)",
            "speed less than 50 m/s (180 km/h) or more than 100 m/s (360 km/h) (verified)",
            "speed at least 50 m/s (180 km/h) and at most 100 m/s (360 km/h) or not known (verified)",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("when", "said"), WORDS, ids=lambda each: "-".join(each) if isinstance(each, dict) else "")
def test_a_literal_says_what_is_known_or_what_is_not(when: dict[str, Any], said: tuple[str, ...]) -> None:
    asked = condition(**when)
    four = [(True, True), (True, False), (False, True), (False, False)]
    assert tuple(literal_in_words(Literal(asked, holds, so)) for holds, so in four) == said


def test_subjects_have_a_fixed_order_and_choices_come_last() -> None:
    silent = Literal(condition(transponder="silent"), holds=True, so=True)
    own = Literal(condition(airspace="own"), holds=True, so=True)
    uncrewed = Literal(condition(occupancy="uncrewed"), holds=True, so=True)
    assert cube_in_words(frozenset({own, silent, uncrewed})) == "uncrewed, transponder silent, own airspace"
    way = Way((), frozenset(), frozenset({own}), frozenset({frozenset({frozenset({silent}), frozenset({uncrewed})})}))
    assert way_in_words(way) == "own airspace, and either transponder silent or uncrewed"
    assert way_in_words(Way((), frozenset(), frozenset())) == "always"
    assert authority_in_words([Role.POLICE, Role.CREW]) == "by the crew or the police"

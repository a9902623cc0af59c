"""Situations: evidence written down by a person."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from holdfire.logic.conditions import Held
from holdfire.logic.situation import parse_situation
from holdfire.messages.evidence import Basis, Evidence, Known, Value, malformed
from holdfire.messages.vocabulary import ITEMS, Item, Kind
from support.texts import criterion, findings, forbid, ruleset


def file(**changes: object) -> dict[str, object]:
    return {"id": "my-aircraft", "title": "An aircraft", "basis": "hypothetical", "evidence": {}, **changes}


def seen(**items: object) -> Evidence:
    return parse_situation(file(evidence=items)).evidence


def told(data: object) -> list[tuple[tuple[str | int, ...], str]]:
    return findings(lambda: parse_situation(data))


def test_a_situation_with_all_it_may_say() -> None:
    item = {"value": "own", "age_s": 4, "source": "map", "verified": True, "held_s": 60}
    made = parse_situation(file(really="A kite", evidence={"airspace": item}))
    assert (made.id, made.title, made.really) == ("my-aircraft", "An aircraft", "A kite")
    known = Known("own", 4.0, verified=True, source="map", held_s=60.0)
    assert made.evidence == Evidence(Basis.HYPOTHETICAL, {"airspace": known})


def test_a_situation_with_as_little_as_it_may_say() -> None:
    made = parse_situation(file())
    assert made.really is None
    assert made.evidence == Evidence(Basis.HYPOTHETICAL)
    assert seen(iff={"value": "friendly", "source": "iff-ssr"}).items["iff"] == Known("friendly", 0.0, source="iff-ssr")


@pytest.mark.parametrize("basis", ["simulated", "historical", "hypothetical"])
def test_the_basis_is_said(basis: str) -> None:
    assert parse_situation(file(basis=basis)).evidence.basis is Basis[basis.upper()]


@pytest.mark.parametrize("basis", ["live", "unflagged", "UNFLAGGED", "", 1])
def test_nothing_live_is_a_basis(basis: object) -> None:
    ((loc, words),) = told(file(basis=basis))
    assert loc == ("basis",)
    assert "is not one of simulated, historical, hypothetical" in words


def first(item: Item) -> object:
    """A value of an item, as YAML gives it."""
    return {
        Kind.CHOICE: item.values[0] if item.values else None,
        Kind.FLAG: True,
        Kind.SET: list(item.values[:2]),
        Kind.NUMBER: 12,
    }[item.kind]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_every_item_can_be_written_down(item: Item) -> None:
    written: dict[str, object] = {"value": first(item), "source": "record"}
    written |= {"sd": 0} if item.kind is Kind.NUMBER else {}
    written |= {"verified": True} if item.kinematic else {}
    (known,) = seen(**{item.name: written}).items.values()
    assert malformed(item.name, known) is None
    assert known.verified is item.kinematic


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("transponder", 7600, "7600"),
        ("transponder", "7600", "7600"),
        ("origin", "NO", "NO"),
        ("warned", [], frozenset()),
        ("warned", ["hailed", "hailed"], frozenset({"hailed"})),
        ("complying", False, False),
    ],
)
def test_values_mean_what_they_say(name: str, value: object, expected: Value) -> None:
    found = seen(**{name: {"value": value, "source": "record"}}).items[name].value
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("items", "loc", "words"),
    [
        ({"airspace": "own"}, ("airspace",), "write a mapping"),
        ({"airspace": {"value": "own"}}, ("airspace", "source"), "'source' is missing"),
        ({"airspace": {"source": "map"}}, ("airspace", "value"), "value' is missing: say what is known"),
        ({"airspace": {"value": "owwn", "source": "map"}}, ("airspace", "value"), "did you mean 'own'?"),
        ({"airspace": {"value": "own", "source": "maps"}}, ("airspace", "source"), "did you mean 'map'?"),
        ({"airspace": {"value": "own", "source": "map", "age_s": -1}}, ("airspace", "age_s"), "at least 0"),
        ({"airspace": {"value": "own", "source": "map", "age_s": inf}}, ("airspace", "age_s"), "finite"),
        ({"airspace": {"value": "own", "source": "map", "sd": 1}}, ("airspace", "sd"), "field 'sd'"),
        (
            {"speed_m_s": {"value": 5, "source": "radar"}},
            ("speed_m_s", "sd"),
            "sd' is missing: give the standard deviation, 0 if exact",
        ),
        ({"speed_m_s": {"value": 5, "sd": -1, "source": "radar"}}, ("speed_m_s", "sd"), "at least 0"),
        ({"speed_m_s": {"value": inf, "sd": 1, "source": "radar"}}, ("speed_m_s", "value"), "finite"),
        ({"speed_m_s": {"value": "5", "sd": 1, "source": "radar"}}, ("speed_m_s", "value"), "a number"),
        ({"complying": {"value": 1, "source": "eye"}}, ("complying", "value"), "true or false"),
        ({"warned": {"value": "hailed", "source": "record"}}, ("warned", "value"), "a list"),
        ({"warned": {"value": ["hailde"], "source": "record"}}, ("warned", "value", 0), "did you mean 'hailed'?"),
        ({"iff": {"value": "foe", "source": "iff-ssr"}}, ("iff", "value"), "friendly, no-reply, unresolved"),
        (
            {"iff": {"value": "friendly", "source": "iff-ssr", "verified": True}},
            ("iff", "verified"),
            "field 'verified'",
        ),
        ({"spede_m_s": {}}, ("spede_m_s",), "did you mean 'speed_m_s'?"),
        ({"intent": {"value": True, "source": "eye"}}, ("intent",), "field 'intent'"),
    ],
)
def test_each_finding_at_its_place(items: dict[str, Any], loc: tuple[str, ...], words: str) -> None:
    ((found, said),) = told(file(evidence=items))
    assert found == ("evidence", *loc)
    assert words in said


@pytest.mark.parametrize("data", [None, [], "x", 5])
def test_what_is_no_mapping_is_refused(data: object) -> None:
    assert told(data) == [((), "evidence is a mapping: begin with `id: my-aircraft`")]


def test_every_finding_is_told_at_once() -> None:
    places = {loc for loc, _ in told(file(id="My aircraft", title="", evidence={"iff": 5, "radio": 6}))}
    assert places == {("id",), ("title",), ("evidence", "iff"), ("evidence", "radio")}


def test_the_timers_of_a_set_come_from_the_evidence() -> None:
    leaving = {"direction": {"in": ["outbound"], "for_s": 10}}
    silent = {"radio": {"in": ["silent"], "for_s": 30}, "iff": "no-reply"}
    made = ruleset(forbid("R-1", "engage", when=leaving), intent=[criterion("I-1", silent)])
    item = {"value": "outbound", "source": "radar", "held_s": 12}
    held = parse_situation(file(evidence={"direction": item})).held(made)
    assert {timer.item: timers for timer, timers in held.items()} == {
        "direction": Held(12.0, inf), "radio": Held(0.0, inf),
    }  # fmt: skip
    assert set(held) == set(made.timers())

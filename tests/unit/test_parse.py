"""From the data of a file to a rule set, or every finding at once."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import pytest

from holdfire.findings import shown
from holdfire.logic.conditions import (
    ActIs,
    IdentityIn,
    IntentIs,
    Members,
    Observed,
    OnUnknown,
    Range,
    Within,
)
from holdfire.logic.parse import check_file, fields_at, parse
from holdfire.logic.ruleset import Clause, Criterion, Forbid, Permit
from holdfire.logic.schema import RuleSetModel, VariantModel
from holdfire.logic.situation import SituationModel
from holdfire.messages.actions import Action
from holdfire.messages.authority import USUAL, Role
from holdfire.messages.identity import Identity
from holdfire.messages.vocabulary import ITEM
from holdfire.sources import Grade, Source
from support.texts import SOURCE, clauses, criterion, findings, forbid, permit, ruleset, text, variant


def test_a_whole_file() -> None:
    made = ruleset(
        permit("R-1", "engage", "disrupt", by="police", executed_by="mission-commander", when={"iff": "no-reply"}),
        forbid("R-2", "engage", when={"act": False}),
        intent=[criterion("I-1", {"airspace": "own"})],
        act=[criterion("A-1")],
        identity=[criterion("N-1", declares="suspect")],
        sources=[SOURCE, {"id": "s2", "title": "Two", "grade": "official", "url": "u", "date": "2009", "note": "n"}],
        effective={"from": "2025-10-09", "until": "2026-10-09"},
    )
    assert (made.id, made.title, made.kind, made.summary) == ("my-rules", "My rules", "hypothetical", "For a test.")
    assert made.rules == (
        Permit(
            "R-1", (Action.ENGAGE, Action.DISRUPT), Role.POLICE, Role.MISSION_COMMANDER,
            (Clause(Observed(ITEM["iff"], Within(frozenset({1})))),), "It may.", ("s1",),
        ),
        Forbid("R-2", (Action.ENGAGE,), (Clause(ActIs(value=False)),), "It may not.", ("s1",)),
    )  # fmt: skip
    assert [(entry.id, entry.concludes) for entry in made.criteria] == [
        ("I-1", "intent"), ("A-1", "act"), ("N-1", Identity.SUSPECT),
    ]  # fmt: skip
    assert list(made.entries()) == [*made.criteria, *made.rules]
    assert made.roles is USUAL
    assert made.sources[1] == Source("s2", "Two", Grade.OFFICIAL, "u", "2009", "n")
    assert (made.effective_from, made.effective_until) == (date(2025, 10, 9), date(2026, 10, 9))
    assert (made.extends, made.origin) == (None, ())


def test_what_a_file_may_leave_out() -> None:
    made = ruleset()
    assert made.criteria == ()
    assert (made.effective_from, made.effective_until) == (None, None)
    (rule,) = made.rules
    assert isinstance(rule, Permit)
    assert rule.executed_by is Role.CREW


def test_declared_roles_make_the_order() -> None:
    made = ruleset(roles={"police": {"over": ["crew"]}, "interior": {}})
    assert made.roles.is_over(Role.POLICE, Role.CREW)
    assert not made.roles.is_over(Role.MISSION_COMMANDER, Role.CREW)
    assert made.roles.is_over(Role.NATIONAL_AUTHORITY, Role.INTERIOR)


@pytest.mark.parametrize(
    ("name", "test", "expected"),
    [
        ("airspace", "own", Within(frozenset({0}))),
        ("airspace", ["own", "foreign"], Within(frozenset({0, 3}))),
        ("airspace", {"in": ["own"]}, Within(frozenset({0}))),
        ("airspace", {"not_in": ["own"]}, Within(frozenset({1, 2, 3}))),
        ("complying", True, Within(frozenset({1}))),
        ("complying", False, Within(frozenset({0}))),
        ("complying", {"is": False}, Within(frozenset({0}))),
        ("transponder", 7600, Within(frozenset({3}))),
        ("transponder", ["7500", 7700], Within(frozenset({2, 4}))),
        ("transponder", {"not_in": [7500, "civil", "military", 7600, "7700"]}, Within(frozenset({5, 6, 7}))),
        ("warned", {"includes": ["hailed"]}, Members(every=frozenset({0}))),
        ("warned", {"includes_any": ["hailed", "signalled"]}, Members(some=frozenset({0, 1}))),
        ("warned", {"at_least": 1, "at_most": 2}, Members(at_least=1, at_most=2)),
        ("warned", {"at_most": 0}, Members(at_most=0)),
        ("depth_m", {"at_least": 5}, Range(5.0)),
        ("depth_m", {"at_most": -5.5, "confidence": 0.6}, Range(-inf, -5.5, 0.6)),
        ("depth_m", {"at_least": 0, "at_most": 0}, Range(0.0, 0.0)),
    ],
)
def test_the_tests_of_items(name: str, test: Any, expected: object) -> None:
    (clause,) = clauses({name: test})
    assert clause == Clause(Observed(ITEM[name], expected))  # type: ignore[arg-type]


def test_what_any_condition_may_carry() -> None:
    test = {"in": ["own"], "max_age_s": 5, "verified": True, "for_s": 2.5, "source": ["s1"]}
    (clause,) = clauses({"airspace": test})
    expected = Observed(ITEM["airspace"], Within(frozenset({0})), 5.0, verified=True, for_s=2.5)
    assert clause == Clause(expected, ("s1",))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"intent": True}, IntentIs(value=True)),
        ({"act": {"is": False}}, ActIs(value=False)),
        ({"identity": "hostile"}, IdentityIn(frozenset({Identity.HOSTILE}))),
        ({"identity": {"in": ["hostile", "suspect"]}}, IdentityIn(frozenset({Identity.HOSTILE, Identity.SUSPECT}))),
    ],
)
def test_the_tests_of_what_was_assessed(when: Any, expected: object) -> None:
    (clause,) = clauses(when)
    assert clause.condition == expected


@pytest.mark.parametrize(
    "when",
    [{"iff": {"in": ["friendly"]}}, {"intent": {"is": True}}, {"act": {"is": True}}, {"identity": {"in": ["friend"]}}],
)
def test_a_prohibition_may_let_go(when: dict[str, dict[str, Any]]) -> None:
    released = {name: {**test, "on_unknown": "release", "source": ["s1"]} for name, test in when.items()}
    made = ruleset(forbid("R-1", "engage", when=when), forbid("R-2", "engage", when=released))
    assert made.rules[0].when[0].condition.on_unknown is OnUnknown.HOLD
    assert made.rules[1].when[0].condition.on_unknown is OnUnknown.RELEASE
    assert made.blind_spots() == (("R-2", made.rules[1].when[0]),)


def test_what_was_done_before_is_one_more_condition() -> None:
    made = clauses({"iff": "no-reply"}, after=["hail", "warn"])
    assert made[1] == Clause(Observed(ITEM["done"], Members(every=frozenset({2, 6}))))


def test_the_order_of_conditions_in_the_file_changes_nothing() -> None:
    one = clauses({"intent": True, "speed_m_s": {"at_most": 5}, "airspace": "own"})
    assert one == clauses({"airspace": "own", "speed_m_s": {"at_most": 5}, "intent": True})


def test_timers_are_named_once_for_conditions_that_differ_in_duration_only() -> None:
    short, long = ({"direction": {"in": ["outbound"], "for_s": for_s}} for for_s in (5, 10))
    other = {"radio": {"in": ["silent"], "for_s": 5}, "iff": "no-reply"}
    made = ruleset(
        permit("R-1", "hail", when=short), permit("R-2", "hail", when=long), permit("R-3", "hail", when=other)
    )
    assert [timer.item for timer in made.timers()] == ["direction", "radio"]


@pytest.mark.parametrize(
    ("effective", "day", "expected"),
    [
        ({}, date(1900, 1, 1), True),
        ({"from": "2025-10-09"}, date(2025, 10, 8), False),
        ({"from": "2025-10-09"}, date(2025, 10, 9), True),
        ({"until": "2025-10-09"}, date(2025, 10, 9), True),
        ({"until": "2025-10-09"}, date(2025, 10, 10), False),
        ({"from": "2025-10-09", "until": "2025-10-09"}, date(2025, 10, 9), True),
    ],
)
def test_dates_of_effect_are_both_included(effective: dict[str, str] | None, day: date, expected: bool) -> None:
    assert ruleset(effective=effective).in_force(day) is expected


# Findings.
def told(data: object) -> list[tuple[tuple[str | int, ...], str]]:
    return findings(lambda: check_file(data))


@pytest.mark.parametrize("data", [None, [], "a text", 5])
def test_what_is_no_mapping_is_refused(data: object) -> None:
    assert told(data) == [((), "a rule set is a mapping: begin with `id: my-rules`")]


@pytest.mark.parametrize(
    ("data", "loc", "words"),
    [
        (text(roles=[]), ("roles",), "a mapping"),
        (
            text(roles={"crew": {"over": ["police"]}, "police": {"over": ["crew"]}}),
            ("roles",),
            "crew, police would be over themselves",
        ),
        (text(roles={"crew": {"over": "police"}}), ("roles", "crew", "over"), "a list"),
        (text(roles={"crew": "police"}), ("roles", "crew"), "a mapping"),
        (text(effective={"from": "2025-10-09", "until": "2025-10-08"}), ("effective", "until"), "lies before"),
        (text(permit("R-1", "hail"), permit("R-1", "hail")), ("rules", 1, "id"), "'R-1' names another rule"),
        (text(intent=[criterion("R-1")]), ("rules", 0, "id"), "'R-1' names another rule or criterion"),
        (text(sources=[SOURCE, SOURCE]), ("sources", 1, "id"), "'s1' names another source"),
        (text(permit("R-1", "hail", source=["s2"])), ("rules", 0, "source", 0), "source 's2' is not among"),
        (
            text(permit("R-1", "hail", when={"iff": {"in": ["friendly"], "source": ["s2"]}})),
            ("rules", 0, "when", "iff", "source", 0),
            "source 's2' is not among",
        ),
        (text(permit("R-1", "hail", forbid=["hail"])), ("rules", 0, "forbid"), "write two rules"),
        (text(criterion("R-1")), ("rules", 0), "a rule either permits or forbids: write permit or forbid"),
        (text(permit("R-1", "hail", permit=None)), ("rules", 0, "permit"), "'permit' is left empty"),
        (text(permit("R-1", "hail", "observe")), ("rules", 0, "permit", 1), "observe is always permitted"),
        (text(forbid("R-1", "observe")), ("rules", 0, "forbid", 0), "observe is always permitted"),
        (text({**criterion("R-1"), "permit": ["hail"]}), ("rules", 0), "'by' is missing: say who authorises"),
        (text(permit("R-1", "hail", by=None)), ("rules", 0, "by"), "'by' is left empty"),  # type: ignore[arg-type]
        (text(forbid("R-1", "hail", by="crew")), ("rules", 0, "by"), "by belongs to a permission"),
        (text(forbid("R-1", "hail", executed_by="crew")), ("rules", 0, "executed_by"), "belongs to a permission"),
        (text(forbid("R-1", "hail", after=["warn"])), ("rules", 0, "after"), "after belongs to a permission"),
        (text(identity=[criterion("N-1", declares="pending")]), ("identity", 0, "declares"), "pending is what remains"),
        (
            text(identity=[criterion("N-1", declares="unknown-identity")]),
            ("identity", 0, "declares"),
            "declare one of friend, assumed-friend, neutral, hostile, suspect",
        ),
        (
            text(permit("R-1", "hail", when={"iff": {"in": ["friendly"], "on_unknown": "hold"}})),
            ("rules", 0, "when", "iff", "on_unknown"),
            "belongs to a prohibition",
        ),
        (
            text(intent=[criterion("I-1", {"iff": {"in": ["friendly"], "on_unknown": "hold"}})]),
            ("intent", 0, "when", "iff", "on_unknown"),
            "belongs to a prohibition",
        ),
        (
            text(forbid("R-1", "hail", when={"iff": {"in": ["friendly"], "on_unknown": "release"}})),
            ("rules", 0, "when", "iff", "on_unknown"),
            "a release needs a source",
        ),
        (text(permit("R-1", "hail", when={"iff": {}})), ("rules", 0, "when", "iff"), "write one of in, not_in"),
        (text(permit("R-1", "hail", when={"warned": {}})), ("rules", 0, "when", "warned"), "is asked nothing"),
        (text(permit("R-1", "hail", when={"depth_m": {}})), ("rules", 0, "when", "depth_m"), "is asked nothing"),
        (
            text(permit("R-1", "hail", when={"iff": {"in": ["friendly"], "not_in": ["no-reply"]}})),
            ("rules", 0, "when", "iff"),
            "both in and not_in",
        ),
        (
            text(permit("R-1", "hail", when={"depth_m": {"at_least": 5, "at_most": 4.5}})),
            ("rules", 0, "when", "depth_m", "at_least"),
            "at_least 5 is more than at_most 4.5",
        ),
        (text(permit("R-1", "hail", when={"depth_m": 5})), ("rules", 0, "when", "depth_m"), "5 says too little"),
        (text(permit("R-1", "hail", when={"speed": {}})), ("rules", 0, "when", "speed"), "did you mean 'speed_m_s'?"),
        (text(intent=[criterion("I-1", {"act": True})]), ("intent", 0, "when", "act"), "field 'act' has no place here"),
        (text(rules=[]), ("rules",), "rules lists nothing"),
        (text(sources=[]), ("sources",), "sources lists nothing"),
        (text(titl="x"), ("titl",), "did you mean 'title'?"),
        (variant(add={"rulez": []}), ("add", "rulez"), "did you mean 'rules'?"),
    ],
)
def test_each_fault_is_found_at_its_place(data: object, loc: tuple[str | int, ...], words: str) -> None:
    assert any(found == loc and words in said for found, said in told(data)), told(data)


@pytest.mark.parametrize(
    "data",
    [
        text(rules=5, sources=5, roles=5, effective=5, intent="x"),
        text(rules=[5, None, []], sources=[None, "x"]),
        text(permit("R-1", "hail", when=5, source=5)),  # type: ignore[arg-type]
        text(permit("R-1", "hail", when={"iff": None, "warned": "x", "depth_m": []})),
        text({"id": [1]}, {"id": 5}, {}),
        text(forbid("R-1", "hail", forbid="hail", when={"depth_m": {"at_least": "x", "at_most": []}})),
        text(roles={"pilot": {"over": ["crew"]}, "crew": {"over": [["x"]]}}),
        text(effective={"from": 5, "until": []}),
        variant(replace=5, remove=5, add=[], sources={}),
        variant(extends=None),
    ],
)
def test_broken_shapes_are_findings_and_no_crash(data: object) -> None:
    assert told(data)


def test_one_fault_hides_no_other() -> None:
    data = text(
        permit("R 1", "engange", by="pilot", source=["nowhere"], when={"airspace": "owwn"}),
        forbid("R-2", "hail", by="crew"),
        kind="fiction",
    )
    places = {loc for loc, _ in told(data)}
    assert places == {
        ("kind",), ("rules", 0, "id"), ("rules", 0, "permit", 0), ("rules", 0, "by"), ("rules", 0, "source", 0),
        ("rules", 0, "when", "airspace", "in", 0), ("rules", 1, "by"),
    }  # fmt: skip


def test_parse_refuses_what_check_file_does() -> None:
    assert findings(lambda: parse(text(titl="x"))) == told(text(titl="x"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(text(permit("R-1", "hail", source=[["s1"]])), id="source"),
        pytest.param(text(permit("R-1", "hail", source=[{"s1": 1}])), id="source mapping"),
        pytest.param(text(identity=[criterion("N-1", declares=["friend"])]), id="declares"),
    ],
)
def test_a_list_where_a_name_is_wanted_is_a_finding(data: object) -> None:
    assert told(data)


NOTHING = [
    {"airspace": None},
    {"airspace": {"in": None}},
    {"depth_m": {"at_most": None}},
    {"depth_m": {"at_least": 5, "at_most": None}},
    {"airspace": {"in": ["own"], "max_age_s": None}},
    {"airspace": {"in": ["own"], "verified": None}},
    {"airspace": {"in": ["own"], "for_s": None}},
    {"warned": {"includes": []}},
    {"warned": {"includes_any": []}},
    {"intent": None},
]


@pytest.mark.parametrize("when", NOTHING, ids=str)
def test_a_condition_left_empty_is_refused(when: dict[str, Any]) -> None:
    assert told(text(permit("R-1", "engage", when=when)))


NEVER = [
    {"identity": "pending"},
    {"identity": ["pending", "suspect"]},
    {"iff": {"not_in": ["friendly", "no-reply", "unresolved"]}},
    {"warned": {"at_least": 4}},
    {"warned": {"includes": ["hailed", "signalled"], "at_most": 1}},
]


@pytest.mark.parametrize("when", NEVER, ids=str)
def test_a_condition_that_can_never_hold_is_refused(when: dict[str, Any]) -> None:
    assert told(text(forbid("R-1", "engage", when=when)))


@pytest.mark.parametrize(
    "day",
    [
        0, 86_400, "2025-10-09T00:00:00", "20251009", "soon", "2025-02-30", True, ["2025-10-09"],
        "2025-W41-4",
    ],
)  # fmt: skip
def test_a_day_is_written_as_a_day(day: object) -> None:
    said = f"from: {shown(day)} is no day: write it as 2025-10-09"
    assert told(text(effective={"from": day})) == [(("effective", "from"), said)]


def test_an_entry_left_empty_is_called_by_its_list() -> None:
    ((loc, said),) = told(text(permit("R-1", "hail", source=["s1", None])))
    assert loc == ("rules", 0, "source", 1)
    assert said.startswith("entry 2 of source is left empty: ")


# The names that may stand at a place.
@pytest.mark.parametrize(
    ("model", "loc", "some"),
    [
        (RuleSetModel, (), {"id", "rules", "effective"}),
        (RuleSetModel, ("rules", 0), {"permit", "when", "executed_by"}),
        (RuleSetModel, ("rules", 0, "when"), {"airspace", "intent"}),
        (RuleSetModel, ("intent", 3, "when"), {"airspace"}),
        (RuleSetModel, ("rules", 0, "when", "airspace"), {"in", "not_in", "verified"}),
        (RuleSetModel, ("effective",), {"from", "until"}),
        (RuleSetModel, ("roles", "crew"), {"over"}),
        (VariantModel, ("replace", "rules", 0), {"permit"}),
        (VariantModel, ("add",), {"intent", "act", "identity", "rules"}),
        (SituationModel, ("evidence",), {"airspace"}),
        (SituationModel, ("evidence", "speed_m_s"), {"value", "sd", "verified"}),
    ],
)
def test_the_names_that_may_stand_at_a_place(model: Any, loc: tuple[str | int, ...], some: set[str]) -> None:
    names = fields_at(model, loc)
    assert some <= set(names)
    assert not {"in_", "is_", "from_"} & set(names)


@pytest.mark.parametrize("loc", [("id",), ("id", "more"), ("rules", 0, "permit", 0)])
def test_no_name_may_stand_in_what_is_no_mapping(loc: tuple[str | int, ...]) -> None:
    assert fields_at(RuleSetModel, loc) == []


def test_a_criterion_is_no_rule() -> None:
    assert not any(isinstance(rule, Criterion) for rule in ruleset(intent=[criterion("I-1")]).rules)

"""Cases: evidence over time, and what is wrong with a file."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from holdfire.errors import InputError
from holdfire.logic import case_schema
from holdfire.logic.case import parse_case
from holdfire.logic.timeline import at, moments, transposed
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Basis, Known
from support.a_case import Raw, case, known, moment, raw
from support.texts import findings


def item(at_s: float, name: str, *timeline: Raw) -> Known:
    return at(case(*timeline), at_s).evidence.items[name]


def test_an_item_ages_until_it_is_told_anew_or_lost() -> None:
    told = (
        moment(0, {"iff": known("no-reply", 5), "alert": known("peace")}),
        moment(20, {"iff": known("friendly", 1)}),
        moment(30, lost=["iff"]),
    )
    assert item(0, "iff", *told).age_s == 5
    assert item(19, "iff", *told) == Known("no-reply", 24.0, source="record", held_s=19.0)
    assert item(20, "iff", *told) == Known("friendly", 1.0, source="record")
    assert item(29, "iff", *told).age_s == 10
    later = at(case(*told), 30).evidence
    assert later.items.keys() == {"alert"}
    assert later.items["alert"].age_s == 30


def test_what_has_grown_too_old_is_not_known() -> None:
    made = case(moment(0, {"iff": known("no-reply")}))
    assert at(made, 60).evidence.known("iff") is not None
    assert at(made, 61).evidence.known("iff") is None


@pytest.mark.parametrize(
    ("second", "value", "written", "held_s"),
    [(50, "no-reply", 0, 60), (50, "no-reply", 200, 200), (50, "friendly", 0, 0), (61, "no-reply", 0, 0)],
    ids=["carried on", "written", "another value", "lapsed between"],
)
def test_how_long_an_item_has_been_as_it_is(second: float, value: str, written: float, held_s: float) -> None:
    again = moment(second, {"iff": known(value, held_s=written)})
    assert item(second, "iff", moment(0, {"iff": known("no-reply", held_s=10)}), again).held_s == held_s


def test_being_lost_breaks_it_off() -> None:
    told = [moment(0, {"iff": known("no-reply")}), moment(1, lost=["iff"]), moment(2, {"iff": known("no-reply")})]
    assert item(2, "iff", *told).held_s == 0


def test_time_since_the_warning_is_a_clock_and_no_other_number_is() -> None:
    told = moment(0, {"warned_s": known(30, sd=0), "inside_s": known(30, sd=1)})
    assert item(12, "warned_s", told).value == 42
    assert item(12, "inside_s", told).value == 30


def test_the_moments_are_those_of_the_timeline_and_of_decision() -> None:
    made = case(moment(5, {"alert": known("peace")}), moment(60), decides_at_s=[40, 60])
    found = moments(made)
    assert [(each.at_s, each.says) for each in found] == [(5, "Second 5."), (40, ""), (60, "Second 60.")]
    assert [each.situation for each in found] == [at(made, each.at_s) for each in found]
    assert found[0].situation.evidence.basis is Basis.HISTORICAL
    assert (found[0].situation.id, found[0].situation.title, found[0].situation.really) == (
        "my-case", "A case", "A kite",
    )  # fmt: skip


@pytest.mark.parametrize("second", [4, -1, nan, inf])
def test_before_anything_is_known_nothing_can_be_asked(second: float) -> None:
    with pytest.raises(InputError, match="is outside my-case: give one from 5 on"):
        at(case(moment(5), decides_at_s=[6]), second)


def test_transposed_it_lies_in_own_airspace_and_all_else_is_as_it_was() -> None:
    made = case(moment(0, {"airspace": known("foreign", 3), "iff": known("no-reply")}), moment(5, {}))
    moved = transposed(made)
    assert (moved.where, moved.transposed) == ("own", True)
    evidence = at(moved, 5).evidence
    assert evidence.basis is Basis.HYPOTHETICAL
    assert evidence.items["airspace"] == Known("own", 8.0, source="record", held_s=5.0)
    assert evidence.items["iff"] == at(made, 5).evidence.items["iff"]


def test_an_expectation_runs_from_the_first_decision_to_the_last_unless_said() -> None:
    hold = {"hold": "engage", "rests_on": ["iff"], "because": "So.", "source": ["own"]}
    given = [hold, {**hold, "from_s": 0, "until_s": 5}, {**hold, "from_s": 99}]
    made = case(decides_at_s=[10, 20], expects=given)
    assert [(each.from_s, each.until_s) for each in made.expects] == [(10, 20), (0, 5), (99, 99)]


def test_an_expectation_says_which_answer() -> None:
    permit = {"permit": "hail", "rests_on": ["iff"], "because": "So.", "source": ["own"]}
    (found,) = case(expects=[permit]).expects
    assert (found.answer, found.action, found.rests_on) == ("permit", Action.HAIL, (frozenset({"iff"}),))
    assert case().expects[0].answer == "hold"


EXPECTS = raw()["expects"][0]
FAULTY: dict[str, tuple[Raw, tuple[str | int, ...], str]] = {
    "moments out of order": (
        raw(moment(5), moment(5)), ("timeline", 1, "at_s"), "at_s 5 does not come after 5: put the moments in order",
    ),
    "decisions out of order": (
        raw(decides_at_s=[10, 3]), ("decides_at_s", 1), "second 3 does not come after 10: order them",
    ),
    "a decision too soon": (
        raw(moment(50), decides_at_s=[9], expects=[{**EXPECTS, "from_s": 50}]), ("decides_at_s", 0),
        "second 9 is before anything is known: begin earlier",
    ),
    "lost before known": (
        raw(moment(0, lost=["iff"])), ("timeline", 0, "lost", 0), "iff was not known before: take it out of lost",
    ),
    "lost and known": (
        raw(moment(0, {"iff": known("no-reply")}), moment(1, {"iff": known("no-reply")}, lost=["iff"])),
        ("timeline", 1, "lost", 0), "iff is both known and lost at this moment",
    ),
    "undone": (
        raw(moment(0, {"done": known(["hail"])}), moment(1, {"done": known([])})),
        ("timeline", 1, "known", "done"), "done no longer has hail: what was done or seen stays",
    ),
    "neither hold nor permit": (
        raw(expects=[{**EXPECTS, "permit": "hail"}]), ("expects", 0), "says either hold or permit",
    ),
    "expected too soon": (
        raw(moment(5), expects=[{**EXPECTS, "from_s": 2}]), ("expects", 0, "from_s"), "from_s 2 is before anything",
    ),
    "expected backwards": (
        raw(expects=[{**EXPECTS, "from_s": 9, "until_s": 2}]), ("expects", 0, "until_s"),
        "until_s 2 is before from_s 9",
    ),
    "a source that is not there": (
        raw(moment(0, source=["onw"])), ("timeline", 0, "source", 0), "source 'onw' is not own",
    ),
    "a source that stands twice": (
        raw(sources=[{"id": "own", "title": "x", "grade": "assumed"}] * 2), ("sources", 1, "id"), "stands twice",
    ),
    "no evidence of that name": (
        raw(moment(0, {"ifff": known("no-reply")})), ("timeline", 0, "known", "ifff"), "did you mean 'iff'?",
    ),
    "an age below zero": (
        raw(moment(0, {"iff": known("no-reply", -1)})), ("timeline", 0, "known", "iff", "age_s"), "at least 0",
    ),
    "no such action": (
        raw(expects=[{**EXPECTS, "hold": "fire"}]), ("expects", 0, "hold"), "hold 'fire' is not one of observe",
    ),
    "no such item": (
        raw(expects=[{**EXPECTS, "rests_on": ["visual"]}]), ("expects", 0, "rests_on", 0), "is not one of airspace",
    ),
    "left empty": (raw(really=None), ("really",), "'really' is left empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_each_finding_at_its_place(name: str) -> None:
    data, loc, words = FAULTY[name]
    ((found, said),) = findings(lambda: parse_case(data))
    assert found == loc
    assert words in said


@pytest.mark.parametrize("data", [None, [], "x"])
def test_what_is_no_mapping_is_refused(data: object) -> None:
    assert findings(lambda: parse_case(data)) == [((), "a case is a mapping: begin with `id: my-case`")]


def test_growing_what_was_done_is_no_fault() -> None:
    told = [moment(0, {"done": known(["hail"])}), moment(1, {"done": known(["hail", "warn"])})]
    assert case(*told).timeline[1].known["done"].value == frozenset({"hail", "warn"})


def test_the_schema_fits_what_is_read() -> None:
    import jsonschema

    schema: Any = case_schema.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(raw(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(raw(where="abroad"), schema)


def test_what_is_wrong_between_fields_is_told_beside_what_is_wrong_in_one() -> None:
    data = raw(
        moment(5, {"done": known(["hail"])}), moment(5, {"done": known([])}, source=["onw"]),
        where="owned", decides_at_s=[20, 9], expects=[{**EXPECTS, "hold": "fire"}, {**EXPECTS, "from_s": 2}],
    )  # fmt: skip
    told = findings(lambda: parse_case(data))
    assert [loc for loc, _ in told] == [
        ("where",), ("expects", 0, "hold"), ("timeline", 1, "at_s"), ("decides_at_s", 1),
        ("timeline", 1, "known", "done"), ("expects", 1, "from_s"), ("timeline", 1, "source", 0),
    ]  # fmt: skip


def test_a_moment_that_is_wrong_hides_what_was_known_and_no_more() -> None:
    data = raw(moment(0, {"ifff": known("no-reply")}), moment(1, lost=["iff"]), moment(1, source=["onw"]))
    told = [loc for loc, _ in findings(lambda: parse_case(data))]
    assert told == [("timeline", 0, "known", "ifff"), ("timeline", 2, "source", 0)]
    told = [loc for loc, _ in findings(lambda: parse_case({**data, "then": {"did": 1}}))]
    assert ("timeline", 2, "source", 0) in told
    assert len(findings(lambda: parse_case({**data, "timeline": []}))) == 1
    assert len(findings(lambda: parse_case({**data, "then": {"did": 1}, "sources": []}))) > 2


def test_one_that_never_happened_is_flagged() -> None:
    assert at(case(hypothetical=True), 10).evidence.basis is Basis.HYPOTHETICAL

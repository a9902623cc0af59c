"""Rule sets against cases: both errors, the reason of an answer, and what is run twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import SELF_DEFENCE, ids, load_case, load_ruleset
from holdfire.examine.answer import answer
from holdfire.examine.computed import named, that_ship
from holdfire.examine.history import Outcome, acted, as_expected, differences, history, seconds, separates
from holdfire.examine.reasons import resting_on, rests_on
from holdfire.logic.timeline import at
from holdfire.messages.actions import Action
from support.a_case import Raw, case, known, moment
from support.texts import criterion, forbid, permit, ruleset

if TYPE_CHECKING:
    from holdfire.logic.case import Case
    from holdfire.logic.ruleset import RuleSet

INSIDE = {"airspace": known("own"), "direction": known("inbound"), "iff": known("no-reply")}


def expects(answer: str, *items: str, action: str = "engage", **more: object) -> Raw:
    return {answer: action, "rests_on": list(items), "because": "So.", "source": ["own"], **more}


def one(*expected: Raw, where: str = "own", **evidence: object) -> Case:
    return case(moment(0, {**INSIDE, **evidence}), decides_at_s=[0], expects=list(expected), where=where)


def outcome(given: Case, made: RuleSet) -> Outcome:
    (cell,) = history([made], [given])[0].cells
    return cell.worst.outcome


HELD = [permit("R-1", "engage", when={"visual_class": "foreign-military"})]
OPEN = [permit("R-1", "engage", when={"direction": "inbound"})]


@pytest.mark.parametrize(
    ("rules", "expected", "found"),
    [
        (HELD, expects("hold", "visual_class"), Outcome.RIGHT),
        (HELD, expects("hold", "iff"), Outcome.OTHER_REASON),
        (OPEN, expects("hold", "direction"), Outcome.WRONGFUL_PERMISSION),
        (HELD, expects("permit", "visual_class"), Outcome.WRONGFUL_HOLD),
        (OPEN, expects("permit", "direction"), Outcome.RIGHT),
        (OPEN, expects("permit", "iff"), Outcome.OTHER_REASON),
        (OPEN, expects("permit", "direction", and_on=[["iff", "direction"]]), Outcome.RIGHT),
        (OPEN, expects("permit", "direction", and_on=[["direction"], ["iff"]]), Outcome.OTHER_REASON),
        ([permit("R-1", "engage")], expects("permit", "iff"), Outcome.OTHER_REASON),
        ([permit("R-1", "hail")], expects("hold", "iff"), Outcome.OTHER_REASON),
    ],
)
def test_an_answer_scores_only_for_an_expected_reason(rules: list[Raw], expected: Raw, found: Outcome) -> None:
    assert outcome(one(expected), ruleset(*rules)) is found


def test_a_hold_rests_on_what_alone_bars_every_way() -> None:
    border = permit("R-1", "engage", when={"airspace": "allied"})
    look = permit("R-2", "engage", when={"visual_class": "foreign-military", "airspace": "allied"})
    given = one(expects("hold", "visual_class"))
    assert outcome(given, ruleset(look)) is Outcome.RIGHT
    assert outcome(given, ruleset(border, look)) is Outcome.OTHER_REASON
    seen = forbid("R-3", "engage", when={"visual_class": {"not_in": ["bird"]}})
    assert outcome(given, ruleset(border, seen)) is Outcome.RIGHT
    asked = forbid("R-3", "engage", when={"iff": "no-reply"})
    assert outcome(given, ruleset(border, asked)) is Outcome.OTHER_REASON


def test_a_prohibition_that_stands_down_is_no_reason() -> None:
    friend = forbid("R-2", "engage", when={"iff": "friendly"})
    held = permit("R-1", "engage", when={"airspace": "allied"})
    assert outcome(one(expects("hold", "iff")), ruleset(held, friend)) is Outcome.OTHER_REASON


@pytest.mark.parametrize("section", ["intent", "act"])
def test_criteria_are_opened_down_to_what_was_observed(section: str) -> None:
    inbound = criterion("I-1", {"direction": "inbound", "iff": "no-reply"})
    leaving = criterion("I-2", {"direction": "outbound", "iff": "no-reply"})
    asked = permit("R-1", "engage", when={section: True})
    met = answer(ruleset(asked, **{section: [inbound, leaving]}), at(one(expects("hold", "iff")), 0))
    assert resting_on(met, Action.ENGAGE) == {"direction", "iff"}
    missed = answer(ruleset(asked, **{section: [leaving]}), at(one(expects("hold", "iff")), 0))
    assert resting_on(missed, Action.ENGAGE) == {"direction"}
    assert rests_on(missed, Action.ENGAGE, frozenset({"direction"}))
    assert not rests_on(missed, Action.ENGAGE, frozenset({"iff"}))


def test_an_identity_is_opened_too() -> None:
    silent = criterion("N-1", {"iff": "no-reply"}, declares="suspect")
    friend = criterion("N-2", {"direction": "inbound"}, declares="friend")
    made = ruleset(permit("R-1", "engage", when={"identity": ["suspect"]}), identity=[silent, friend])
    found = answer(made, at(one(expects("hold", "iff")), 0))
    assert Action.ENGAGE in found.ruling.withheld
    assert resting_on(found, Action.ENGAGE) == {"iff"}


def test_self_defence_beside_a_set_is_no_reason_of_its_own() -> None:
    given = one(expects("hold", "attack"), attack=known("none-seen"))
    assert outcome(given, ruleset(*HELD)) is Outcome.OTHER_REASON
    assert outcome(given, load_ruleset(SELF_DEFENCE)) is Outcome.RIGHT
    under_attack = one(expects("permit", "attack"), attack=known("on-responder"))
    assert outcome(under_attack, ruleset(*HELD)) is Outcome.RIGHT


def test_the_worst_second_and_the_worst_expectation_count() -> None:
    later = {"visual_class": known("foreign-military")}
    told = [moment(0, INSIDE), moment(20, later)]
    hold = expects("hold", "visual_class", from_s=0, until_s=25)
    given = case(*told, decides_at_s=[10], expects=[hold], where="own")
    assert seconds(given, given.expects[0]) == [0, 10, 20, 25]
    (cell,) = history([ruleset(*HELD)], [given])[0].cells
    assert (cell.worst.outcome, cell.worst.at_s) == (Outcome.WRONGFUL_PERMISSION, 20)
    both = one(expects("hold", "visual_class"), expects("permit", "direction", action="hail"))
    assert outcome(both, ruleset(*HELD)) is Outcome.WRONGFUL_HOLD


@pytest.mark.parametrize(("where", "rows"), [("own", 1), ("allied", 1), ("foreign", 2), ("international", 2)])
def test_a_case_abroad_runs_again_as_if_in_own_airspace(where: str, rows: int) -> None:
    given = one(expects("hold", "visual_class"), where=where, airspace=known(where))
    fenced = ruleset(permit("R-1", "engage", when={"airspace": "own"}))
    found = [row.cells[0].worst.outcome for row in history([fenced], [given])]
    assert len(found) == rows
    assert found[-1] is (Outcome.OTHER_REASON if where == "allied" else Outcome.WRONGFUL_PERMISSION)


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ([expects("hold", "iff")], False),
        ([expects("permit", "iff")], True),
        ([expects("permit", "iff", action="intercept")], True),
        ([expects("hold", "iff"), expects("permit", "iff", action="identify")], False),
        ([expects("hold", "iff"), expects("permit", "iff")], True),
    ],
)
def test_where_acting_was_right(expected: list[Raw], right: bool) -> None:
    assert acted(one(*expected)) is right


def test_acting_was_right_where_people_died_of_inaction() -> None:
    case = one(expects("hold", "iff"), expects("permit", "iff", action="identify"))
    assert acted(replace(case, inaction_cost_lives=True))


def test_a_case_on_which_all_score_alike_tells_no_sets_apart() -> None:
    held, open_to_all = ruleset(*HELD), ruleset(*OPEN)
    rows = [history(sets, [one(expects("hold", "visual_class"))])[0] for sets in ([held, held], [held, open_to_all])]
    assert list(map(separates, rows)) == [False, True]


def test_a_set_of_ones_own_differs_from_nothing_expected() -> None:
    assert list(differences(history([ruleset(*OPEN)], [load_case("mh17")]))) == []


def test_a_set_that_changed_differs_from_what_is_expected() -> None:
    from dataclasses import replace

    changed = replace(ruleset(*OPEN), id="visual-confirmation")
    rows = history([changed], [load_case("mh17")])
    assert list(differences(rows)) == [
        ("mh17", "visual-confirmation", "right", "wrongful permission"),
        ("mh17 transposed", "visual-confirmation", "right", "wrongful permission"),
    ]
    assert as_expected(rows)["mh17"] == {"visual-confirmation": "wrongful permission"}


def test_what_ships_is_as_the_library_expects() -> None:
    rows = history([named(name) for name in that_ship()], [load_case(name) for name in ids("cases")])
    assert list(differences(rows)) == []


@pytest.mark.parametrize("name", ["perceived-danger"])
def test_danger_from_direction_and_speed_fires_on_the_airliner_once_the_border_does_not_help(name: str) -> None:
    as_it_was, as_if_inside = history([load_ruleset(name)], [load_case("iran-air-655")])
    assert as_it_was.cells[0].worst.outcome is Outcome.OTHER_REASON
    assert as_if_inside.cells[0].worst.outcome is Outcome.WRONGFUL_PERMISSION

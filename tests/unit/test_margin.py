"""The smallest change of evidence that turns a ruling, on situations where it can be told by reading the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.catalogue import LIBRARY, ids, load_ruleset, load_situation
from holdfire.examine.changes_in_words import change_in_words
from holdfire.examine.costs import load_costs, parse_costs
from holdfire.examine.fragile import fragile
from holdfire.examine.margin import margin, question
from holdfire.examine.shelter import shelter, sheltering
from holdfire.logic.situation import Situation
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.vocabulary import ITEM
from holdfire.reader.document import read
from support import a_case
from support.texts import Raw, criterion, evidence, findings, forbid, permit, ruleset

if TYPE_CHECKING:
    from holdfire.examine.margin import Margin, Turn
    from holdfire.logic.ruleset import RuleSet

COSTS = load_costs()


def found(made: RuleSet, seen: Evidence, to: Turn = "permit", action: Action = Action.ENGAGE, **more: Any) -> Margin:
    return margin(question(made, COSTS, action, to), Situation("mine", "Mine", None, seen), **more)


def said(of: Margin) -> list[list[str]]:
    """Every way in words."""
    return [[change_in_words(each, COSTS.items[name]) for name, each in way.items.items()] for way in of.ways]


def costs_text() -> Raw:
    text: Any = read(LIBRARY / "margins" / "usual.yaml").data
    return {**text, "named": [dict(each) for each in text["named"]], "numbers": [dict(e) for e in text["numbers"]]}


SILENT = ruleset(permit("R-1", "engage", when={"transponder": "silent", "speed_m_s": {"at_least": 200}}))


def test_one_lost_reply_or_one_wrong_one() -> None:
    of = found(SILENT, evidence(transponder="7600", speed_m_s=230.0))
    assert (of.least, of.more, of.broken) == (1, False, ())
    assert said(of) == [["one wrong transponder reply: silent instead of 7600"]]
    assert of.ways[0].cost == 2.0


def test_metres_a_second_and_a_reply() -> None:
    of = found(SILENT, evidence(speed_m_s=Known(195.0, 1.0, sd=4.0)))
    assert of.least == 2
    ((reply, speed),) = said(of)
    assert reply == "transponder reply got: silent"
    assert speed == "speed 12 m/s (43 km/h) more: 207 m/s (745 km/h) ± 4 m/s (14 km/h) instead of " + (
        "195 m/s (702 km/h) ± 4 m/s (14 km/h)"
    )
    assert of.ways[0].cost == pytest.approx(2 + 12 / 4)


def test_a_number_that_is_not_known_is_as_uncertain_as_the_costs_say() -> None:
    ((line,),) = said(found(ruleset(permit("R-1", "engage", when={"speed_m_s": {"at_least": 200}})), evidence()))
    assert line == "speed got: 209 m/s (752 km/h) ± 5 m/s (18 km/h)"


def test_a_narrow_window_takes_a_number_without_deviation() -> None:
    narrow = ruleset(permit("R-1", "engage", when={"speed_m_s": {"at_least": 200, "at_most": 201}}))
    ((line,),) = said(found(narrow, evidence(speed_m_s=Known(200.0, 0.0, sd=4.0))))
    assert line == "speed as before, without deviation"


@pytest.mark.parametrize(
    ("test", "seen", "line"),
    [
        ({"in": ["silent"], "max_age_s": 5}, Known("silent", 20.0), "transponder reply as before, as of now"),
        ({"in": ["silent"], "for_s": 30}, Known("silent", 0.0, held_s=4.0), "transponder reply as before, so for 30 s"),
    ],
)
def test_a_fresher_or_longer_reply(test: Raw, seen: Known, line: str) -> None:
    made = ruleset(permit("R-1", "engage", when={"transponder": test}))
    assert said(found(made, evidence(transponder=seen))) == [[line]]


def test_a_sure_report_and_an_unsure_one() -> None:
    made = ruleset(permit("R-1", "engage", when={"direction": {"in": ["inbound"], "verified": True}}))
    ((line,),) = said(found(made, evidence(direction="inbound")))
    assert line == "course against the border as before, verified"
    ((line,), *_) = said(found(made, evidence(direction=Known("inbound", 0.0, verified=True)), to="hold"))
    assert line == "course against the border lost (it said inbound)"


def test_every_way_is_shown_the_cheapest_first_and_other_values_beside() -> None:
    either = ruleset(
        permit("R-1", "engage", when={"transponder": ["silent", "inconsistent"]}),
        permit("R-2", "engage", when={"radio": "silent"}),
    )
    of = found(either, evidence())
    assert said(of) == [["radio call got: silent"], ["transponder reply got: silent or inconsistent"]]
    cut = found(either, evidence(), limit=1)
    assert (len(cut.ways), cut.more) == (1, True)


def test_a_look_and_what_is_remembered_of_it_are_one_report() -> None:
    made = load_ruleset("visual-confirmation")
    of = found(made, load_situation("gerbera-radar-only").evidence)
    assert of.least == 1
    ((look, aboard, memory),) = said(of)
    assert look == "visual report got: one-way-attack-type"
    assert aboard == "judgement of who is aboard got: uncrewed"
    assert memory == "record of looks otherwise: with one-way-attack-type"


def test_a_ruling_that_is_so_already_needs_no_change() -> None:
    of = found(SILENT, evidence(transponder="silent", speed_m_s=230.0))
    assert (of.least, of.ways) == (0, ())


def test_an_attack_is_no_mistake_so_that_self_defence_turns_nothing() -> None:
    of = found(load_ruleset("self-defence"), evidence())
    assert (of.least, of.ways, of.more) == (None, (), False)


def test_a_forbidden_engagement_is_turned_by_what_the_prohibition_lets_go() -> None:
    made = ruleset(
        permit("R-1", "engage", when={"act": True}),
        forbid("R-2", "engage", when={"flight_plan": {"in": ["matched"], "on_unknown": "release", "source": ["s1"]}}),
        act=[criterion("A-1", {"direction": "inbound"})],
    )
    of = found(made, evidence(direction="inbound", flight_plan="matched"))
    assert said(of) == [["search of flight plans lost (it said matched)"]]
    back = found(made, evidence(direction="inbound"), to="hold")
    assert ["search of flight plans got: matched"] in said(back)


def test_evidence_that_is_at_odds_with_itself_is_said_to_be() -> None:
    made = ruleset(permit("R-1", "engage", when={"airspace": "own", "depth_m": {"at_most": 0}, "radio": "silent"}))
    of = found(made, evidence(airspace="own", depth_m=-50.0))
    assert of.broken == ("inside-is-past-the-border",)
    assert said(of) == [["radio call got: silent"]]


def test_a_stale_item_counts_as_not_known() -> None:
    ((line,),) = said(
        found(ruleset(permit("R-1", "engage", when={"iff": "no-reply"})), evidence(iff=Known("no-reply", 99.0)))
    )
    assert line == "IFF reply got: no-reply"


@pytest.mark.parametrize(
    ("seen", "items"),
    [
        (evidence(transponder="civil", flight_plan="matched"), ("transponder", "flight_plan")),
        (evidence(transponder="7700"), ("transponder",)),
        (evidence(transponder="civil"), ()),
        (evidence(transponder="civil", flight_plan="unmatched"), ()),
        (evidence(flight_plan="matched"), ()),
    ],
)
def test_what_shelters(seen: Evidence, items: tuple[str, ...]) -> None:
    assert sheltering(seen) == items


def test_the_shelter_lets_pass_who_lies_about_one_thing() -> None:
    made = ruleset(
        permit("R-1", "engage", when={"direction": "inbound"}, by="crew"),
        forbid("R-2", "engage", when={"transponder": "civil", "flight_plan": "matched"}),
    )
    seen = evidence(direction="inbound", transponder="civil", flight_plan="matched")
    of = shelter(question(made, COSTS), Situation("mine", "Mine", None, seen))
    assert {items: each.least for items, each in of.items()} == {
        ("transponder",): 0, ("flight_plan",): 0, ("transponder", "flight_plan"): 0,
    }  # fmt: skip
    assert [way.reports for way in of["transponder",].ways] == [("transponder",)]


def test_the_national_authority_stands_outside_the_shelter() -> None:
    made = ruleset(permit("R-1", "engage", when={"transponder": "7600"}, by="national-authority"))
    of = shelter(question(made, COSTS), Situation("mine", "Mine", None, evidence(transponder="7600")))
    assert of["transponder",].least is None


def test_a_set_that_does_not_ask_has_no_shelter_to_give() -> None:
    made = ruleset(permit("R-1", "engage", when={"direction": "inbound"}))
    seen = evidence(transponder="7600", direction="inbound")
    assert shelter(question(made, COSTS), Situation("mine", "Mine", None, seen)) == {}


def test_a_case_is_asked_at_each_moment_by_itself_and_the_most_fragile_is_named() -> None:
    first = {"direction": a_case.known("inbound"), "transponder": a_case.known("7600")}
    case = a_case.case(a_case.moment(0, first), a_case.moment(60, {"speed_m_s": a_case.known(230, sd=3)}))
    of = fragile(question(SILENT, COSTS), case)
    assert [(at.moment.at_s, at.margin.least) for at in of.moments] == [(0, 2), (10, 2), (60, 1)]
    assert of.worst is not None
    assert of.worst.moment.at_s == 60
    assert fragile(question(load_ruleset("self-defence"), COSTS), case).worst is None


@pytest.mark.parametrize("name", ids("margins"))
def test_costs_that_ship_speak_of_every_item_once(name: str) -> None:
    made = load_costs(name)
    assert made.id == name
    assert made.items.keys() | made.fixed.keys() == ITEM.keys()
    assert not made.items.keys() & made.fixed.keys()


def test_each_finding_of_a_costs_file() -> None:
    text = costs_text()
    text["named"][0]["source"] = ["nowhere"]
    text["numbers"][1]["item"] = "depth_m"
    assert findings(lambda: parse_costs(text)) == [
        (("named", 0, "source", 0), "source 'nowhere' is not own-reading"),
        (("numbers", 1, "item"), "depth_m stands twice: keep one of the two"),
        ((), "inside_s cost nothing yet: list each under named, numbers or fixed"),
    ]
    assert findings(lambda: parse_costs([])) == [((), "costs are a mapping: begin with `id: my-costs`")]
    text["named"][0]["wrong"] = -1
    assert findings(lambda: parse_costs(text)) == [(("named", 0, "wrong"), "wrong is -1: it must be at least 0")]


def test_flagged_evidence_is_hypothetical_once_changed() -> None:
    of = found(SILENT, evidence(speed_m_s=230.0))
    assert of.ways[0].found.situation.evidence.basis is Basis.HYPOTHETICAL

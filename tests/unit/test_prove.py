"""Proofs and refutations: of shipped sets, of a published bad example, of what a solver and an interpreter say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import SELF_DEFENCE, load_case, load_property, load_ruleset
from holdfire.errors import DocumentError, InputError
from holdfire.examine import prove as proving
from holdfire.examine.answer import answer
from holdfire.examine.canonical import canonical, digest
from holdfire.examine.encoded import Encoded, possible, turning
from holdfire.examine.expected import expected
from holdfire.examine.never import never
from holdfire.examine.prove import Proof, Result, prove, replayed
from holdfire.examine.refutation import forbids, known, permitted_by, turned
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.examine.smt.search import DisagreementError, UndecidedError
from holdfire.examine.written import case, text
from holdfire.logic.timeline import at, transposed
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Evidence
from support.random_rules import random_ruleset
from support.texts import forbid, permit, ruleset

DAY = "2026-01-01"

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Known

SPOOFING_FIRST = Path(__file__).parents[1] / "support" / "spoofing_first.yaml"


def proved(made: RuleSet | str, asked: str, *without: str) -> Proof:
    """What comes of a property, or of a situation in one line."""
    encoded = Encoded(load_ruleset(made) if isinstance(made, str) else made)
    return prove(encoded, never(asked) if ":" in asked else load_property(asked), without)


def seen(found: Proof, state: int = 0) -> dict[str, Known]:
    assert found.counterexample is not None
    return dict(found.counterexample.seen[state].evidence.items)


def test_danger_is_perceived_from_direction_or_speed_alone() -> None:
    found = proved("perceived-danger", "motion-alone")
    assert found.result is Result.REFUTED
    assert {"direction", "airspace"} <= seen(found).keys()
    assert not {"visual_class", "transponder", "flight_plan", "radio", "iff", "occupancy"} & seen(found).keys()


def test_perceived_danger_fires_on_an_airliner_once_the_border_does_not_help() -> None:
    """Iran Air 655 as its case has it, at the second of the decision, but in own airspace."""
    case = transposed(load_case("iran-air-655"))
    seen_then = at(case, case.decides_at_s[-1])
    engage = {
        name: answer(load_ruleset(name), seen_then).ruling.permitted.get(Action.ENGAGE)
        for name in ("perceived-danger", "any-violator", "visual-confirmation")
    }
    assert engage["perceived-danger"] is not None
    assert [state.rule for state in engage["perceived-danger"].rules] == ["PD-1"]
    assert engage["any-violator"] is not None
    assert engage["visual-confirmation"] is None


def test_a_proof_finds_the_airliner_whose_position_is_jammed() -> None:
    bad = load_ruleset(str(SPOOFING_FIRST))
    assert proved(bad, "jammed-position").result is Result.REFUTED
    airliner = "engage: {transponder: spoof-suspected, flight_plan: matched, radio: answering, occupancy: crewed}"
    found = proved(bad, airliner)
    assert found.result is Result.REFUTED
    assert {name: each.value for name, each in seen(found).items()} == {
        "transponder": "spoof-suspected", "flight_plan": "matched", "radio": "answering", "occupancy": "crewed",
    }  # fmt: skip
    assert found.counterexample is not None
    assert [state.rule for state in found.counterexample.permissions[0].rules] == ["SF-1"]
    assert proved("visual-confirmation", airliner.replace("}", ", unknown: [visual_class]}")).result is Result.PROVED


FORGETFUL = ruleset(
    permit("R-1", "engage", when={"airspace": "own"}),
    forbid("R-2", "engage", when={"visual_class": {"in": ["civil"], "on_unknown": "release", "source": ["s1"]}}),
)


def test_sight_lost_turns_hold_into_engage_where_a_set_forgets() -> None:
    found = proved(FORGETFUL, "sight-lost")
    assert found.result is Result.REFUTED
    assert seen(found)["visual_class"].value == "civil"
    assert "visual_class" not in seen(found, 1)
    assert proved(FORGETFUL, "blind-spots").result is Result.PROVED
    assert proved(FORGETFUL, "losing-evidence").turning == ("visual_class",)


def test_pairs_of_one_property_do_not_meddle_with_each_other() -> None:
    lost, (civil,) = load_property("sight-lost").pairs[0], load_property("surely-civil").pairs
    both = replace(load_property("sight-lost"), pairs=(lost, civil))
    encoded = Encoded(FORGETFUL)
    found = prove(encoded, both)
    assert seen(found).keys() == {"airspace", "visual_class"}
    assert prove(Encoded(load_ruleset("perceived-danger")), both).result is Result.PROVED


def test_self_defence_can_stand_beside_a_pair() -> None:
    theorem = replace(load_property("losing-evidence"), with_defence=True)
    found = prove(Encoded(load_ruleset("visual-confirmation")), theorem)
    assert seen(found)["iff"].value == "friendly"
    assert "iff" not in seen(found, 1)


@pytest.mark.parametrize("asked", ["two-kinds", "warned-in-time", "losing-evidence"])
def test_the_same_question_has_the_same_witness_whatever_was_asked_before(asked: str) -> None:
    first = proved("radar-permitted", asked)
    for other in ("visual-confirmation", "perceived-danger"):
        proved(other, "necessity")
    assert proved("radar-permitted", asked) == first


def test_a_loss_changes_nothing_but_what_it_must() -> None:
    found = proved("radar-permitted", "losing-evidence")
    before, after = seen(found), seen(found, 1)
    assert before.keys() - after.keys() == {"transponder"}
    assert {name: each for name, each in before.items() if name != "transponder"} == after


def test_what_would_turn_is_named_with_the_rule_that_lets_go() -> None:
    encoded = Encoded(load_ruleset("perceived-danger"))
    (pair,) = load_property("losing-evidence").pairs
    assert sorted(turning(encoded, pair)) == ["flight_plan", "iff"]
    assert list(turned(encoded, turning(encoded, pair))) == ["IFF (AP-9)", "flight plan (AP-8)"]


def test_a_lower_authority_counts_as_more() -> None:
    made = ruleset(
        permit("R-1", "engage", by="national-authority", when={"airspace": "own"}),
        permit("R-2", "engage", by="crew", when={"airspace": "own", "status": "civil"}),
    )
    assert proved(made, "losing-evidence").result is Result.PROVED
    found = proved(made, "surely-civil")
    assert found.result is Result.REFUTED
    assert seen(found, 1)["status"].value == "civil"
    assert found.counterexample is not None
    assert found.counterexample.permissions[0].authorities == {"crew"}


@pytest.mark.parametrize("name", range(6))
def test_losing_evidence_is_proved_of_random_sets_without_release(name: int) -> None:
    assert proved(random_ruleset(name, release=False), "losing-evidence").result is Result.PROVED


@pytest.mark.parametrize("name", range(6))
def test_the_list_of_blind_spots_is_proved_complete_of_random_sets(name: int) -> None:
    assert proved(random_ruleset(name), "blind-spots").result is Result.PROVED


def test_self_defence_stands_beside_only_where_the_property_says_so() -> None:
    asked = never("engage: {airspace: foreign}")
    encoded = Encoded(load_ruleset("visual-confirmation"))
    assert prove(encoded, asked).result is Result.PROVED
    found = prove(encoded, replace(asked, with_defence=True))
    assert seen(found)["attack"].value in {"on-responder", "on-protected"}
    assert found.counterexample is not None
    assert [state.rule for state in found.counterexample.permissions[0].rules] == ["SD-1"]
    assert Encoded(load_ruleset(SELF_DEFENCE)).defence is None


def test_below_asks_for_the_authority() -> None:
    made = ruleset(permit("R-1", "engage", by="national-authority", when={"airspace": "own"}))
    assert proved(made, "engage: {airspace: own, below: national-authority}").result is Result.PROVED
    assert proved(made, "engage: {airspace: own}").result is Result.REFUTED


def test_unknown_and_only_known_are_heard() -> None:
    made = ruleset(permit("R-1", "engage", when={"airspace": "own", "iff": "no-reply"}))
    assert proved(made, "engage: {unknown: [iff]}").result is Result.PROVED
    assert proved(made, "engage: {only_known: [iff]}").result is Result.PROVED
    assert proved(made, "engage: {only_known: [iff, airspace]}").result is Result.REFUTED
    assert proved(made, "engage: {unless: [{airspace: own, iff: no-reply}]}").result is Result.PROVED
    assert proved(made, "engage: {unless: [{airspace: own, radio: silent}]}").result is Result.REFUTED


SEEN = {"airspace": "own", "iff": "no-reply", "visual_class": {"in": ["one-way-attack-type"], "max_age_s": 60}}
NOBODY = {**SEEN, "occupancy": "uncrewed"}
TWO = {"at_least": 2}
OBEYS_NOT = {"airspace": "own", "complying": False}
FOUND_NOTHING = {
    "airspace": "own",
    "visual_class": "not-established",
    "visual_load": "none-seen",
    "attack": "none-seen",
}


@pytest.mark.parametrize(
    ("asked", "when", "result"),
    [
        *((each, SEEN, Result.REFUTED) for each in ("looked-at", "warned-in-time", "jammed-position", "necessity")),
        *((each, NOBODY, Result.PROVED) for each in ("looked-at", "warned-in-time", "jammed-position", "necessity")),
        ("motion-alone", OBEYS_NOT, Result.REFUTED),
        ("motion-alone", FOUND_NOTHING, Result.REFUTED),
        ("motion-alone", {**OBEYS_NOT, "radio": "silent"}, Result.PROVED),
        ("motion-alone", {"speed_m_s": {"at_least": 200}, "flight_plan": "unmatched"}, Result.REFUTED),
        ("verified-track", {"depth_m": {"at_least": 2000, "verified": True}}, Result.PROVED),
        ("verified-track", {"depth_m": {"at_least": 2000}}, Result.REFUTED),
        ("friend-within-reach", {"iff": "no-reply", "position_sigma_m": {"at_most": 50}}, Result.REFUTED),
        ("friend-within-reach", {"airspace": "own", "friends": ["none", "located"]}, Result.PROVED),
        ("two-kinds", {"independent_kinds": TWO}, Result.REFUTED),
        ("two-kinds", {"independent_kinds": TWO, "class_kinds": TWO}, Result.REFUTED),
        ("two-kinds", {"position_kinds": TWO}, Result.REFUTED),
        ("two-kinds", {"position_kinds": TWO, "class_kinds": TWO}, Result.PROVED),
        ("people-below", {"people_at_risk": {"at_most": 1}}, Result.PROVED),
        ("people-below", {"attack": "on-protected"}, Result.REFUTED),
        ("people-below", {"attack": "on-protected", "harm_of_not_acting": "not-greater"}, Result.REFUTED),
        ("people-below", {"harm_of_not_acting": "greater"}, Result.REFUTED),
        ("people-below", {"attack": "on-protected", "harm_of_not_acting": "greater"}, Result.PROVED),
    ],
)  # fmt: skip
def test_a_property_asks_for_what_its_sentence_says(asked: str, when: dict[str, object], result: Result) -> None:
    assert proved(ruleset(permit("R-1", "engage", when=when)), asked).result is result


def test_a_second_look_that_finds_nothing_is_sight_lost() -> None:
    latest = forbid("R-2", "engage", when={"visual_class": "civil"})
    ever = forbid("R-2", "engage", when={"seen_as": {"includes_any": ["civil"]}})
    inside = permit("R-1", "engage", when={"airspace": "own"})
    assert proved(ruleset(inside, latest), "sight-lost").result is Result.REFUTED
    assert proved(ruleset(inside, ever), "sight-lost").result is Result.PROVED


def test_a_look_that_saw_a_drone_is_no_knowledge_that_nobody_is_aboard() -> None:
    found = proved(ruleset(permit("R-1", "engage", when=SEEN)), "looked-at")
    assert "occupancy" not in seen(found)
    assert (
        proved(ruleset(permit("R-1", "engage", when={**SEEN, "occupancy": "uncrewed"})), "looked-at").result
        is Result.PROVED
    )
    asked = "engage: {occupancy: crewed, visual_class: one-way-attack-type}"
    assert proved("visual-confirmation", asked).result is Result.PROVED


def test_a_consistency_can_be_left_out() -> None:
    made = ruleset(permit("R-1", "engage", when={"speed_m_s": {"at_most": -1}}))
    assert proved(made, "engage: {}").result is Result.PROVED
    assert proved(made, "engage: {}", "not-negative").result is Result.REFUTED


def test_what_measured_it_has_seen_it() -> None:
    made = ruleset(permit("R-1", "engage", when={"position_kinds": TWO, "independent_kinds": {"at_most": 1}}))
    assert proved(made, "engage: {}").result is Result.PROVED
    assert proved(made, "engage: {}", "measured-is-seen").result is Result.REFUTED


@pytest.mark.parametrize("each", CONSISTENCIES, ids=lambda each: each.id)
def test_every_consistency_is_a_sentence(each: object) -> None:
    assert str(getattr(each, "sentence", "")).endswith(".")


def test_what_no_evidence_can_be_is_told() -> None:
    encoded = Encoded(load_ruleset("visual-confirmation"))
    assert possible(encoded, never("engage: {depth_m: {at_least: 1}, airspace: own}"))
    assert not possible(encoded, never("engage: {depth_m: {at_most: -1}, airspace: own}"))


def test_a_solver_that_gives_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        message = "no answer within 1 s"
        raise UndecidedError(message)

    monkeypatch.setattr(proving, "find", gives_up)
    found = proved("visual-confirmation", "leaving")
    assert (found.result, found.why) == (Result.UNDECIDED, "no answer within 1 s")


def test_a_refutation_that_is_not_confirmed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "replayed", lambda *_: ())
    with pytest.raises(DisagreementError, match="perceived-danger breaks motion-alone"):
        proved("perceived-danger", "motion-alone")


def test_a_replay_looks_at_every_condition() -> None:
    encoded = Encoded(load_ruleset("perceived-danger"))
    found = prove(encoded, load_property("motion-alone"))
    assert found.counterexample is not None
    (one,) = found.counterexample.seen
    for asked in (
        "engage: {airspace: foreign}", "engage: {not_known: {airspace: own}}", "engage: {unless: [{airspace: own}]}",
        "engage: {unknown: [airspace]}", "engage: {only_known: [airspace]}", "engage: {below: crew}", "warn: {}",
    ):  # fmt: skip
        assert not replayed(encoded, never(asked), [one]), asked
    assert replayed(encoded, never("engage: {}"), [one])


def test_a_replay_of_a_pair_looks_at_what_was_lost() -> None:
    encoded = Encoded(load_ruleset("radar-permitted"))
    theorem, sight = load_property("losing-evidence"), load_property("sight-lost")
    found = prove(encoded, theorem)
    assert found.counterexample is not None
    first, then = found.counterexample.seen
    assert replayed(encoded, theorem, [first, then])
    assert not replayed(encoded, theorem, [first, first]), "nothing was lost"
    assert not replayed(encoded, load_property("blind-spots"), [first, then]), "what is listed may be lost"
    assert not replayed(encoded, sight, [first, then]), "no look took it for civil"
    for changed in ({"value": "own-or-allied-military"}, {"age_s": 5.0}):
        look = replace(first.evidence.items["visual_class"], **changed)
        other = replace(first, evidence=Evidence(first.evidence.basis, {**first.evidence.items, "visual_class": look}))
        assert not replayed(encoded, theorem, [other, then]), "it was known otherwise before"


def test_a_case_that_is_saved_gives_the_same_ruling(tmp_path: Path) -> None:
    for name, asked in (("perceived-danger", "motion-alone"), ("radar-permitted", "looked-at"),
                        ("attributed-violator", "necessity"), ("radar-permitted", "losing-evidence")):  # fmt: skip
        encoded = Encoded(load_ruleset(name))
        found = prove(encoded, load_property(asked))
        file = tmp_path / "case.yaml"
        file.write_text(text(case(encoded, found, DAY)))
        assert found.counterexample is not None
        ruling = answer(encoded.ruleset, at(load_case(str(file)), 0)).ruling
        for permission in found.counterexample.permissions:
            assert set(permission.rules) <= set(ruling.permitted[permission.action].rules)


def test_a_case_keeps_how_long_something_has_been_so(tmp_path: Path) -> None:
    made = ruleset(permit("R-1", "engage", when={"direction": {"in": ["inbound"], "for_s": 30}}))
    encoded = Encoded(made)
    found = prove(encoded, never("engage: {direction: inbound}"))
    file = tmp_path / "case.yaml"
    file.write_text(text(case(encoded, found, DAY)))
    assert at(load_case(str(file)), 0).evidence.items["direction"].held_s >= 30
    assert Action.ENGAGE in answer(made, at(load_case(str(file)), 0)).ruling.permitted
    assert found.counterexample is not None
    assert "so for 30 s" in known(found.counterexample.seen)[0][1]


def test_a_case_that_no_file_can_say_is_refused() -> None:
    made = ruleset(
        permit("R-1", "engage", when={"direction": "outbound"}),
        forbid("R-2", "engage", when={"direction": {"in": ["outbound"], "for_s": 10}}),
    )
    encoded = Encoded(made)
    found = prove(encoded, never("engage: {direction: outbound}"))
    assert found.result is Result.REFUTED
    with pytest.raises(InputError, match="when an item was last otherwise"):
        case(encoded, found, DAY)
    with pytest.raises(InputError, match="there is no case to save"):
        case(encoded, prove(encoded, never("engage: {direction: inbound}")), DAY)


def test_nothing_known_is_a_case_too(tmp_path: Path) -> None:
    made = ruleset(permit("R-1", "engage"))
    encoded = Encoded(made)
    file = tmp_path / "case.yaml"
    file.write_text(text(case(encoded, prove(encoded, never("engage: {}")), DAY)))
    assert at(load_case(str(file)), 0).evidence.items == {}


def test_a_refutation_says_who_permits_it_and_what_lets_go() -> None:
    encoded = Encoded(load_ruleset("perceived-danger"))
    found = prove(encoded, load_property("motion-alone"))
    assert found.counterexample is not None
    said = list(permitted_by(encoded, found.counterexample))
    assert said[0].startswith("PD-1 (perceived-danger) permits engage by the mission commander: ")
    assert sorted(said[1:]) == [
        f"AP-{n} (perceived-danger) would forbid it, but lets go where that is not known." for n in (8, 9)
    ]


def test_every_property_says_what_it_forbids_in_words() -> None:
    who = "engage permitted by anyone under the national authority"
    assert list(forbids(load_property("civil-signals"))) == [
        f"{who}; while known: transponder civil and flight plan matched",
        f"{who}; while known: transponder 7500, 7600 or 7700",
    ]
    assert "people at risk at most 1" in next(forbids(load_property("people-below")))
    assert "with no knowledge of: IFF" in next(forbids(never("engage: {unknown: [iff]}")))
    assert "lost: visual class, visual load" in next(forbids(load_property("sight-lost")))


def test_the_canonical_text_is_of_the_meaning() -> None:
    made = load_ruleset("visual-confirmation")
    assert digest(made) == digest(load_ruleset("visual-confirmation"))
    assert digest(made) != digest(replace(made, rules=made.rules[1:]))
    assert digest(made) != digest(replace(made, title="Another"))
    assert '"at_most":"inf"' in canonical(made)
    assert digest(load_property("leaving")) != digest(load_property("necessity"))


def test_faults_in_what_is_expected_have_their_place(tmp_path: Path) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text("rulesets:\n  a:\n    b: {result: kept, because: So.}\n    c: {result: proved}\n")
    with pytest.raises(DocumentError) as caught:
        expected(file)
    assert [(each.line, each.column) for each in caught.value.faults] == [(3, 9), (4, 5)]

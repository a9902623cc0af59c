"""What a check finds by proof in a set that is well formed, and what it answers by its status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from holdfire.assess.criteria import assess
from holdfire.catalogue import ids, load_ruleset
from holdfire.cli.main import run
from holdfire.cli.rules import check as command
from holdfire.examine.check import check, on_less
from holdfire.examine.remark import FAILS, Kind
from holdfire.logic.conditions import IntentIs, Members, Observed, Range, Within
from holdfire.messages.actions import Action
from holdfire.messages.vocabulary import ITEM
from holdfire.rules.ruling import rule
from support.texts import forbid, permit, ruleset

if TYPE_CHECKING:
    from holdfire.examine.remark import Remark

FAULTY = Path(__file__).parents[1] / "cases" / "checks"


def found(name: str, *kinds: Kind) -> list[Remark]:
    return [remark for remark in check(load_ruleset(str(FAULTY / f"{name}.yaml"))) if remark.kind in kinds]


def test_a_rule_that_never_fires_is_dead_even_through_a_criterion() -> None:
    assert [remark.entries for remark in found("dead-rule", *FAILS)] == [("D-2",), ("D-3",)]


def test_a_permission_that_is_always_beaten_names_what_beats_it() -> None:
    (remark,) = found("always-beaten", *FAILS)
    assert remark.entries == ("B-2", "B-3")
    assert "never permits engage" in remark.sentence
    assert remark.witness is not None
    assert remark.witness.evidence.items["occupancy"].value == "uncrewed"


def test_permissions_on_the_same_evidence_differ_only_in_authority() -> None:
    (remark,) = found("differ-only-in-authority", *FAILS)
    assert remark.entries == ("C-2", "C-3")
    assert remark.kind is Kind.CLASH


def test_a_gap_is_told_in_words_and_shown_by_states_on_which_nothing_is_permitted() -> None:
    remarks = found("gap", *Kind)
    gaps = [remark for remark in remarks if remark.kind is Kind.GAP]
    told = sorted(remark.sentence.partition(": ")[2] for remark in gaps)
    assert told == ["airspace not known to be own or international", "complying or not known"]
    ruleset = load_ruleset(str(FAULTY / "gap.yaml"))
    for remark in gaps:
        assert remark.witness is not None
        evidence, held = remark.witness.evidence, remark.witness.held
        ruling = rule(ruleset, evidence, assess(ruleset, evidence, held), held)
        assert set(ruling.permitted) == {Action.OBSERVE}
    assert not FAILS & {remark.kind for remark in remarks}


def test_what_a_release_lets_pass_is_shown_by_a_state_on_which_it_decides() -> None:
    ruleset = load_ruleset("radar-permitted")
    (remark,) = [each for each in check(ruleset) if each.kind is Kind.BLIND]
    assert remark.witness is not None
    evidence, held = remark.witness.evidence, remark.witness.held
    permission = rule(ruleset, evidence, assess(ruleset, evidence, held), held).permitted[Action.ENGAGE]
    assert [state.rule for state in permission.let_go] == ["AP-7"]


def test_a_rule_without_which_nothing_changes_is_noted_and_does_not_fail() -> None:
    inside = permit("R-1", "engage", when={"airspace": "own"})
    abroad = forbid("R-2", "engage", when={"airspace": ["allied", "foreign"]})
    friend = forbid("R-3", "engage", when={"iff": "friendly"})
    remarks = check(ruleset(inside, abroad, friend))
    assert [remark.entries for remark in remarks if remark.kind is Kind.IDLE] == [("R-2",)]
    assert not FAILS & {remark.kind for remark in remarks}


@pytest.mark.parametrize("name", ids("rulesets"))
def test_no_set_that_ships_fails(name: str) -> None:
    assert [remark for remark in check(load_ruleset(name)) if remark.kind in FAILS] == []


def test_a_condition_holds_on_less_where_it_asks_for_an_absence() -> None:
    transponder, kinds, speed = ITEM["transponder"], ITEM["independent_kinds"], ITEM["speed_m_s"]
    silent = transponder.values.index("silent")
    assert on_less(Observed(transponder, Within(frozenset({silent}))))
    assert not on_less(Observed(transponder, Within(frozenset({0, silent}))))
    assert on_less(Observed(kinds, Members(at_most=1)))
    assert not on_less(Observed(kinds, Members(at_least=2)))
    assert not on_less(Observed(speed, Range(at_most=50.0)))
    assert not on_less(IntentIs(value=True))


def test_status_is_1_where_a_check_failed_and_2_where_a_file_is_unusable(capsys: pytest.CaptureFixture[str]) -> None:
    beaten = str(FAULTY / "always-beaten.yaml")
    assert run(["rules", "check", beaten, "radar-permitted"]) == 1
    assert "always-beaten.yaml: 1 wrong, 3 rules" in capsys.readouterr().out
    assert run(["rules", "check", beaten, "nowhere.yaml", "--json"]) == 2
    results = json.loads(capsys.readouterr().out)["results"]
    assert [each["good"] for each in results] == [False, False]
    assert [remark["entries"] for remark in results[0]["remarks"] if remark["fails"]] == [["B-2", "B-3"]]
    assert run(["rules", "check", str(FAULTY / "gap.yaml")]) == 0


def test_without_a_solver_it_does_the_rest_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "can_prove", lambda: False)
    assert run(["rules", "check", str(FAULTY / "always-beaten.yaml"), "radar-permitted"]) == 0
    out = capsys.readouterr().out
    assert "blind spot: AP-7: transponder civil, 7500, 7600 or 7700 (lets go where not known)" in out
    assert out.count("pip install 'holdfire[verify]'") == 1

"""What a check finds in sets that bind together: what they never permit, who adds nothing, blind spots and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.assess.criteria import assess
from holdfire.catalogue import load_ruleset
from holdfire.examine.check import check
from holdfire.examine.check_together import check_together
from holdfire.examine.computed import STRICT, named, sets_of
from holdfire.examine.remark import FAILS, Kind
from holdfire.messages.actions import Action
from holdfire.rules.compose import compose
from holdfire.rules.ruling import rule
from support.texts import forbid, permit, ruleset

if TYPE_CHECKING:
    from holdfire.examine.remark import Remark
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.ruling import Ruling


def found(kind: Kind, *sets: RuleSet) -> list[Remark]:
    return [remark for remark in check_together(sets) if remark.kind is kind]


def ruled(remark: Remark, *sets: RuleSet) -> Ruling:
    assert remark.witness is not None
    evidence, held = remark.witness.evidence, remark.witness.held
    return compose([(each, rule(each, evidence, assess(each, evidence, held), held)) for each in sets], None)


OWN = ruleset(permit("A-1", "engage", "warn", by="crew", when={"airspace": "own"}), id="own")
SEEN = ruleset(
    permit("B-1", "engage", by="crew"),
    forbid("B-2", "engage", when={"visual_class": {"in": ["civil"], "on_unknown": "release", "source": ["s1"]}}),
    id="seen",
)


def test_what_one_of_them_never_permits_is_never_permitted_and_it_is_named() -> None:
    told = {remark.sentence: remark.entries for remark in found(Kind.NEVER, OWN, SEEN)}
    assert told["warn: no rule of seen ever permits it"] == ("seen",)
    assert told["divert: no rule of own or seen ever permits it"] == ("own", "seen")
    assert not any(sentence.startswith("engage") for sentence in told)


def test_what_all_permit_but_never_at_once_is_never_permitted() -> None:
    abroad = ruleset(permit("C-1", "engage", by="crew", when={"airspace": "foreign"}), id="abroad")
    told = [remark.sentence for remark in found(Kind.NEVER, OWN, abroad)]
    assert "engage: on no evidence do all permit it" in told


def test_a_set_without_which_nothing_changes_is_named() -> None:
    wider = ruleset(permit("D-1", "engage", "warn", "hail", by="crew"), id="wider")
    assert [remark.entries for remark in found(Kind.IDLE, OWN, wider)] == [("wider",)]
    police = ruleset(permit("D-1", "engage", "warn", by="police"), id="police")
    assert found(Kind.IDLE, OWN, police) == []


def test_a_blind_spot_counts_only_where_all_the_others_permit() -> None:
    (spot,) = found(Kind.BLIND, OWN, SEEN)
    assert spot.entries == ("seen B-2",)
    assert "lets engage pass" in spot.sentence
    assert Action.ENGAGE in ruled(spot, OWN, SEEN).permitted
    never = ruleset(permit("E-1", "warn", by="crew"), id="never")
    (barred,) = found(Kind.BLIND, never, SEEN)
    assert barred.sentence.endswith("lets nothing pass")


def test_a_gap_is_where_they_permit_nothing_together() -> None:
    for gap in found(Kind.GAP, OWN, SEEN):
        assert set(ruled(gap, OWN, SEEN).permitted) == {Action.OBSERVE}
    assert found(Kind.GAP, OWN, SEEN)


@pytest.mark.parametrize("name", [STRICT, "harmonised-host:poland-2025"])
def test_computed_sets_are_told_what_they_leave_open(name: str) -> None:
    sets = sets_of(named(name))
    remarks: list[Any] = check_together(sets) if len(sets) > 1 else check(sets[0])
    assert remarks
    assert not FAILS & {remark.kind for remark in remarks}


def test_beside_itself_a_set_leaves_open_what_it_leaves_open_alone() -> None:
    one = load_ruleset("radar-permitted")
    alone = {(each.kind, each.sentence) for each in check(one) if each.kind in {Kind.BLIND, Kind.GAP}}
    twice = {(each.kind, each.sentence.removeprefix("radar-permitted ")) for each in check_together((one, one))}
    assert alone <= twice

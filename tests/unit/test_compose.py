"""Every set that binds: worked examples of the dispute, as small rule sets."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.errors import InputError
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import EVERY_ROLE, Role, common_order, role_order
from holdfire.messages.evidence import Known
from holdfire.rules.compose import compose, satisfying_all
from support.texts import Raw, criterion, evidence, forbid, permit, ruleset, ruling

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.evidence import Evidence
    from holdfire.messages.ruling import Permission, Ruling, Withheld

ENGAGE = Action.ENGAGE
CREW, MISSION, AIR, POLICE, INTERIOR, NATIONAL = Role


def named(name: str, *rules: Raw, **sections: Any) -> RuleSet:
    return ruleset(*rules, id=name, **sections)


def together(on: Evidence, *binding: RuleSet, defence: RuleSet | None = None) -> Ruling:
    bound = [(made, ruling(made, on)) for made in binding]
    return compose(bound, (defence, ruling(defence, on)) if defence else None)


def permission(found: Ruling, action: Action = ENGAGE) -> Permission:
    assert action not in found.withheld
    return found.permitted[action]


def withheld(found: Ruling, action: Action = ENGAGE) -> Withheld:
    assert action not in found.permitted
    return found.withheld[action]


# Small archetypes, not the rules in force of any state.
LOOKED = {"visual_class": {"in": ["one-way-attack-type"], "max_age_s": 60}}
RADAR = {"iff": "no-reply", "direction": "inbound"}

POLAND = named("poland", permit("PL-1", "engage", by="air-operations-commander", when={**RADAR, "airspace": "own"}))
DUTCH = named("dutch-crew", permit("NL-1", "engage", by="mission-commander", when=LOOKED))
ESTONIA = named(
    "estonia",
    permit("EE-1", "engage", by="national-authority", when=RADAR),
    permit("EE-2", "intercept", "identify", by="air-operations-commander"),
)
ROMANIAN = named(
    "romanian-crew",
    permit("RO-1", "engage", by="air-operations-commander", when={"occupancy": "uncrewed"}),
    permit("RO-2", "intercept", "identify", by="crew"),
)
LITHUANIA = named(
    "lithuania-base",
    permit("LT-1", "engage", "intercept", "identify", by="mission-commander"),
    forbid("LT-2", "engage", when={"airspace": "foreign"}),
)
ITALIAN = named(
    "italian-crew",
    permit("IT-1", "intercept", "identify", "escort", by="mission-commander"),
    forbid("IT-2", "engage"),
)
ATTACKED = [criterion("SD-A1", {"attack": ["on-responder", "on-protected"]})]
DEFENCE = named("self-defence", permit("SD-1", "engage", by="crew", when={"act": True}), act=ATTACKED)

DRONE = {"airspace": "own", "iff": "no-reply", "direction": "inbound", "occupancy": "uncrewed", "attack": "none-seen"}


def test_whose_word_is_enough_by_self_defence_stays_enough_where_another_orders_roles_otherwise() -> None:
    """Self-defence puts the mission commander over the crew and the host does not: then both are lowest."""
    host = named("host", permit("HO-1", "hail", by="police"), roles={"interior": {"over": ["police"]}})
    found = permission(together(evidence(attack="on-responder"), host, defence=DEFENCE))
    assert found.authorities == {CREW, MISSION, AIR}


def test_a_dutch_crew_over_poland_needs_a_look_that_poland_does_not_ask_for() -> None:
    before = together(evidence(**DRONE), POLAND, DUTCH, defence=DEFENCE)
    answer = withheld(before)
    assert answer.caveats == ("dutch-crew",)
    assert [(state.ruleset, state.rule) for state in answer.missing] == [
        ("dutch-crew", "NL-1"),
        ("self-defence", "SD-1"),
    ]
    assert before.ruleset == "poland + dutch-crew + self-defence"
    after = permission(together(evidence(**DRONE, visual_class="one-way-attack-type"), POLAND, DUTCH, defence=DEFENCE))
    assert after.authorities == {AIR}
    assert [(state.ruleset, state.rule) for state in after.rules] == [("poland", "PL-1"), ("dutch-crew", "NL-1")]


def test_a_dutch_crew_over_poland_when_poland_does_not_see_its_own_airspace() -> None:
    on = evidence(**{**DRONE, "airspace": "allied"}, visual_class="one-way-attack-type")
    assert withheld(together(on, POLAND, DUTCH)).caveats == ("poland",)


def test_a_romanian_crew_from_lithuania_over_estonia_is_bound_by_three() -> None:
    found = together(evidence(**DRONE), ESTONIA, ROMANIAN, LITHUANIA, defence=DEFENCE)
    made = permission(found)
    assert made.authorities == {NATIONAL}
    assert [state.rule for state in made.rules] == ["EE-1", "RO-1", "LT-1"]
    assert permission(found, Action.INTERCEPT).authorities == {AIR}
    unsure = together(evidence(**{**DRONE, "occupancy": "crewed"}), ESTONIA, ROMANIAN, LITHUANIA, defence=DEFENCE)
    assert withheld(unsure).caveats == ("romanian-crew",)
    beyond = together(evidence(**{**DRONE, "airspace": "foreign"}), ESTONIA, ROMANIAN, LITHUANIA)
    assert withheld(beyond).caveats == ("lithuania-base",)
    assert [state.rule for state in withheld(beyond).forbidden_by] == ["LT-2"]
    nothing = together(evidence(attack="none-seen"), ESTONIA, ROMANIAN, LITHUANIA, defence=DEFENCE)
    assert withheld(nothing).caveats == ("estonia", "romanian-crew", "lithuania-base")


def test_an_italian_crew_over_estonia_may_come_and_look_but_not_fire() -> None:
    found = together(evidence(**DRONE), ESTONIA, ITALIAN, defence=DEFENCE)
    answer = withheld(found)
    assert answer.caveats == ("italian-crew",)
    assert [(state.ruleset, state.rule) for state in answer.forbidden_by] == [("italian-crew", "IT-2")]
    assert permission(found, Action.IDENTIFY).authorities == {AIR}
    assert withheld(found, Action.ESCORT).caveats == ("estonia",)


def test_no_set_removes_self_defence() -> None:
    attacked = evidence(**{**DRONE, "attack": "on-responder"})
    made = permission(together(attacked, ESTONIA, ITALIAN, defence=DEFENCE))
    assert made.authorities == {CREW}
    assert [state.rule for state in made.rules] == ["SD-1"]


def test_self_defence_stands_beside_what_all_permit() -> None:
    attacked = evidence(**{**DRONE, "attack": "on-protected"})
    made = permission(together(attacked, ESTONIA, LITHUANIA, defence=DEFENCE))
    assert made.authorities == {CREW}
    assert [state.rule for state in made.rules] == ["EE-1", "LT-1", "SD-1"]


def test_self_defence_alone() -> None:
    attacked, calm = evidence(attack="on-responder"), evidence(attack="none-seen")
    assert permission(together(attacked, defence=DEFENCE)).authorities == {CREW}
    answer = withheld(together(calm, defence=DEFENCE))
    assert answer.caveats == ()
    assert [state.rule for state in answer.missing] == ["SD-1"]
    assert withheld(together(attacked, defence=DEFENCE), Action.HAIL).missing == ()


def test_self_defence_as_the_set_that_is_asked_is_bound_like_any_other() -> None:
    assert withheld(together(evidence(attack="none-seen"), DEFENCE)).caveats == ("self-defence",)


def test_one_set_alone_rules_as_it_does() -> None:
    found, alone = together(evidence(**DRONE), ESTONIA), ruling(ESTONIA, evidence(**DRONE))
    assert dict(found.permitted) == dict(alone.permitted)
    assert found.ruleset == "estonia"
    assert all(found.withheld[action] == alone.withheld[action] for action in alone.withheld)


def test_no_set_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="no rule set binds: name at least one"):
        compose([], None)


def test_observing_is_always_permitted() -> None:
    made = permission(together(evidence(), ESTONIA, ITALIAN, defence=DEFENCE), Action.OBSERVE)
    assert made.authorities == {CREW, POLICE}


def test_observing_is_permitted_whatever_the_orders_of_roles() -> None:
    chain = ["crew", "mission-commander", "air-operations-commander", "police", "interior"]
    upwards = named("one", permit("R-1", "hail"), roles={b: {"over": [a]} for a, b in pairwise(chain)})
    downwards = named("two", permit("R-1", "hail"), roles={a: {"over": [b]} for a, b in pairwise(chain)})
    assert Action.OBSERVE in together(evidence(), upwards, downwards).permitted


def test_every_action_is_answered_once() -> None:
    found = together(evidence(**DRONE), ESTONIA, ITALIAN, defence=DEFENCE)
    assert set(found.permitted) | set(found.withheld) == set(ALL_ACTIONS)
    assert not set(found.permitted) & set(found.withheld)


def test_errors_of_all_sets_are_told_once_each() -> None:
    bad = evidence(iff=Known("foe", 1.0), occupancy=Known("dog", 1.0), airspace="own")
    found = together(bad, POLAND, ESTONIA, ROMANIAN)
    assert found.errors == (
        "iff is 'foe': it must be one of its values", "occupancy is 'dog': it must be one of its values",
    )  # fmt: skip
    assert set(found.permitted) == {Action.OBSERVE}


def test_what_one_set_let_go_is_told() -> None:
    lets_go = named(
        "lets-go",
        permit("LG-1", "engage"),
        forbid("LG-2", "engage", when={"status": {"in": ["civil"], "on_unknown": "release", "source": ["s1"]}}),
    )
    made = permission(together(evidence(**DRONE), ESTONIA, lets_go))
    assert [(state.ruleset, state.rule) for state in made.let_go] == [("lets-go", "LG-2")]


# Authority: the lowest that satisfies every set.
@pytest.mark.parametrize(
    ("required", "lowest"),
    [
        ([[CREW], [CREW]], {CREW}),
        ([[CREW], [AIR]], {AIR}),
        ([[AIR], [MISSION]], {AIR}),
        ([[POLICE], [CREW]], {NATIONAL}),
        ([[INTERIOR], [AIR]], {NATIONAL}),
        ([[POLICE, CREW], [MISSION]], {MISSION}),
        ([[POLICE, CREW], [INTERIOR]], {INTERIOR}),
        ([[POLICE, CREW], [POLICE, CREW]], {POLICE, CREW}),
        ([[INTERIOR, AIR], [POLICE, CREW]], {INTERIOR, AIR}),
        ([[NATIONAL], [CREW], [POLICE]], {NATIONAL}),
        ([], {CREW, POLICE}),
    ],
)
def test_the_lowest_authority_that_satisfies_all(required: list[list[Role]], lowest: set[Role]) -> None:
    usual = ESTONIA.roles
    assert satisfying_all([(usual, frozenset(roles)) for roles in required], usual) == lowest


def test_a_police_and_a_military_chain_meet_in_the_national_authority() -> None:
    police = named("police-state", permit("P-1", "disrupt", by="police"))
    crew = named("crew-state", permit("C-1", "disrupt", by="crew"))
    assert permission(together(evidence(), police, crew), Action.DISRUPT).authorities == {NATIONAL}


def test_each_set_is_satisfied_by_its_own_order() -> None:
    own = named("own-order", permit("O-1", "disrupt", by="crew"), roles={"police": {"over": ["crew"]}})
    other = named("other-order", permit("P-1", "disrupt", by="police"))
    assert permission(together(evidence(), own, other), Action.DISRUPT).authorities == {POLICE}


def test_orders_that_contradict_each_other_leave_both() -> None:
    one, other = role_order({AIR: [MISSION]}), role_order({MISSION: [AIR]})
    common = common_order([one, other])
    required = [(one, frozenset({MISSION})), (other, frozenset({AIR}))]
    assert satisfying_all(required, common) == {MISSION, AIR}
    assert common.at_or_over(EVERY_ROLE) == EVERY_ROLE


def test_who_executes_must_be_allowed_by_all() -> None:
    both = [named(name, permit("R-1", "disrupt", executed_by="crew")) for name in ("one", "two")]
    assert permission(together(evidence(), *both), Action.DISRUPT).executors == {CREW}


def test_what_nobody_may_execute_is_not_permitted() -> None:
    one = named("one", permit("R-1", "disrupt", executed_by="crew"))
    two = named("two", permit("R-1", "disrupt", executed_by="police"))
    answer = withheld(together(evidence(), one, two), Action.DISRUPT)
    assert answer.caveats == ("one", "two")
    assert answer.forbidden_by == answer.missing == ()


def test_the_executors_are_those_of_the_lowest_authority() -> None:
    one = named("one", permit("R-1", "engage", by="national-authority", executed_by="police"))
    made = permission(together(evidence(attack="on-responder"), one, defence=DEFENCE))
    assert made.authorities == {CREW}
    assert made.executors == {CREW}


def test_nobody_acts_on_a_word_that_is_not_for_him() -> None:
    """The first lets a crew act only on the national authority's word, the second on the crew's own."""
    first = named(
        "one",
        permit("R-1", "engage", by="crew", executed_by="police"),
        permit("R-2", "engage", by="national-authority", executed_by="crew"),
    )
    second = named("two", permit("R-1", "engage", by="crew", executed_by="crew"))
    assert withheld(together(evidence(), first, second)).caveats == ("one", "two")

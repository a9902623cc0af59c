"""Every set that binds, by the sets that ship: whose crew, over whom, under which chain.

Where no public position of a state was found, an archetype stands in for it, which says nothing about that state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import SELF_DEFENCE, load_ruleset, load_situation
from holdfire.errors import InputError, UnknownNameError
from holdfire.examine.answer import answer
from holdfire.examine.computed import HOST, NATIONAL, STRICT, Computed, named, sets_of
from holdfire.examine.matrix import SITUATIONS
from holdfire.examine.together import CHAIN, CREW, DEFENCE, OVERFLOWN, must_agree, rule_together, who_binds
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import Role

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.ruling import Permission

STAND_IN = "radar-permitted"


def granted(over: str, crew: str, chain: str, situation: str, action: Action) -> Permission:
    return rule_together(who_binds(over, crew, chain), situation).ruling.permitted[action]


def caveats(over: str, crew: str, chain: str, situation: str, action: Action = Action.ENGAGE) -> tuple[str, ...]:
    return rule_together(who_binds(over, crew, chain), situation).ruling.withheld[action].caveats


def test_a_dutch_crew_over_poland() -> None:
    """No Dutch position was found: by one stand-in Poland and the chain withhold, by another the crew's set does."""
    binds = who_binds("poland-2025", STAND_IN, "air-policing")
    assert [(each.ruleset.id, each.capacities) for each in binds] == [
        ("poland-2025", (OVERFLOWN,)), (STAND_IN, (CREW,)), ("air-policing", (CHAIN,)), (SELF_DEFENCE, (DEFENCE,)),
    ]  # fmt: skip
    assert caveats("poland-2025", STAND_IN, "air-policing", "gerbera-radar-only") == ("poland-2025", "air-policing")
    looked = granted("poland-2025", STAND_IN, "air-policing", "gerbera-after-look", Action.ENGAGE)
    assert looked.authorities == {Role.AIR_OPERATIONS_COMMANDER}, "Poland lets the crew, the others do not"
    assert looked.executors == {Role.CREW}
    tracked = "drone-by-trajectory"
    assert granted("poland-2025", STAND_IN, "air-policing", tracked, Action.ENGAGE).executors == {Role.CREW}
    assert caveats("poland-2025", "visual-confirmation", "air-policing", tracked) == ("visual-confirmation",)


def test_a_romanian_crew_from_lithuania_over_estonia() -> None:
    """Over Lithuania the host withholds; over Estonia, for which an archetype stands in, the crew's own set does."""
    tracked, looked = "drone-by-trajectory", "gerbera-after-look"
    assert caveats("lithuania-2025", "romania-2025", "air-policing", looked) == ("lithuania-2025",)
    closed = granted("lithuania-2025", "romania-2025", "air-policing", "gerbera-restricted-area", Action.ENGAGE)
    assert closed.authorities == {Role.NATIONAL_AUTHORITY}
    assert caveats(STAND_IN, "romania-2025", "air-policing", tracked) == ("romania-2025",), "it has to identify first"
    made = granted(STAND_IN, "romania-2025", "air-policing", looked, Action.ENGAGE)
    assert made.authorities == {Role.AIR_OPERATIONS_COMMANDER}
    assert {state.ruleset for state in made.rules} == {STAND_IN, "romania-2025", "air-policing"}


def test_an_italian_crew_over_estonia() -> None:
    """Three fighters along the coast, both states stood in for: look, stay with them, and nobody fires."""
    bound = ("visual-confirmation", STAND_IN, "air-policing", "mig31-after-look")
    for action in (Action.INTERCEPT, Action.IDENTIFY, Action.ESCORT):
        assert granted(*bound, action).authorities == {Role.AIR_OPERATIONS_COMMANDER}
        assert granted(*bound, action).executors == {Role.CREW}
    assert caveats(*bound) == ("visual-confirmation", STAND_IN, "air-policing")


def test_a_set_in_two_capacities_binds_once() -> None:
    binds = who_binds("poland-2025", "poland-2025", "air-policing")
    assert binds[0].capacities == (OVERFLOWN, CREW)
    assert len(binds) == 3


def test_by_the_letter_a_guest_never_guards_what_is_not_its_own() -> None:
    binds = who_binds("poland-2025", STAND_IN)
    guarded, home = (rule_together(binds, "gerbera-after-look", reads) for reads in ("guarded", "home"))
    assert Action.ENGAGE in guarded.ruling.permitted
    assert home.ruling.withheld[Action.ENGAGE].caveats == (STAND_IN,)
    assert [seen.evidence.items["airspace"].value for seen in home.seen] == ["own", "allied", "own"]
    own = rule_together(who_binds("poland-2025", "poland-2025"), "gerbera-after-look", "home")
    assert Action.ENGAGE in own.ruling.permitted


def test_who_must_agree_whatever_the_evidence() -> None:
    binds = who_binds("poland-2025", STAND_IN, "air-policing")
    found = must_agree(binds, Action.ENGAGE)
    assert found.authorities == {Role.AIR_OPERATIONS_COMMANDER}
    assert found.executable
    assert not found.never
    assert must_agree(binds, Action.WARN_BY_FIRE).authorities == {Role.NATIONAL_AUTHORITY}
    assert not must_agree(binds, Action.DISRUPT).executable, "Poland leaves it to the police, the others to the crew"
    assert must_agree(who_binds("poland-2025", "icao-interception"), Action.ENGAGE).never == ("icao-interception",)


@pytest.mark.parametrize("name", SITUATIONS.values())
def test_no_ruling_beats_what_must_be_agreed(name: str) -> None:
    binds = who_binds("poland-2025", "romania-2025", "air-policing")
    made = rule_together(binds, name)
    for action in ALL_ACTIONS[1:]:
        permission, found = made.ruling.permitted.get(action), must_agree(binds, action)
        if permission:
            assert found.executable
            order = binds[0].ruleset.roles
            assert permission.authorities <= order.at_or_over(found.authorities)


@pytest.mark.parametrize("situation", SITUATIONS.values())
def test_the_strict_set_permits_what_every_national_text_permits(situation: str) -> None:
    seen = load_situation(situation)
    each = [answer(load_ruleset(name), seen).ruling for name in NATIONAL]
    strict = answer(named(STRICT), seen).ruling
    for action in ALL_ACTIONS:
        executors = [ruling.permitted[action].executors for ruling in each if action in ruling.permitted]
        by_all = len(executors) == len(each) and bool(frozenset.intersection(*executors))
        assert (action in strict.permitted) == by_all


def test_the_host_binds_every_flag() -> None:
    asked = named(f"{HOST}:poland-2025")
    assert isinstance(asked, Computed)
    assert sets_of(asked) == (load_ruleset("poland-2025"),)
    assert [each.ruleset.id for each in who_binds("poland-2025", HOST, HOST)] == ["poland-2025", SELF_DEFENCE]
    binds = who_binds(f"{HOST}:poland-2025", STRICT)
    assert binds[0].capacities == (OVERFLOWN, CREW)
    assert {each.ruleset.id for each in binds} == {*NATIONAL, SELF_DEFENCE}


def test_a_computed_set_is_in_force_where_all_its_sets_are() -> None:
    asked = named(STRICT)
    assert asked.effective_from == load_ruleset("lithuania-2025").effective_from
    assert asked.effective_until is None
    assert asked.effective_from is not None
    assert asked.in_force(asked.effective_from)
    assert not asked.in_force(load_ruleset("romania-2025").effective_from)  # type: ignore[arg-type]
    assert asked.kind == "computed"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: named(HOST), "as in harmonised-host:poland-2025"),
        (lambda: named(f"{HOST}:{SELF_DEFENCE}"), "binds every flag already"),
        (lambda: who_binds(SELF_DEFENCE), "self-defence binds everyone already"),
        (lambda: who_binds(HOST), "as in harmonised-host:poland-2025"),
    ],
)
def test_what_cannot_bind_is_refused(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(InputError, match=words):
        call()


def test_a_computed_name_misspelt_is_told_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match=f"computed sets are {STRICT} and {HOST}:SET"):
        named("harmonised-strikt")
    with pytest.raises(UnknownNameError, match="no rule set is called 'poland'"):
        named("poland")


def test_two_different_sets_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: poland-2025\ntitle: Mine\nkind: proposal\nsummary: Mine.\nextends: romania-2025\n")
    with pytest.raises(InputError, match="two different sets are called 'poland-2025': rename one"):
        who_binds("poland-2025", str(file))

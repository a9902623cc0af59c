"""Seams: where the same aircraft meets another ruling, what counts as worse, and how a border is read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import z3

from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.cli.main import run
from holdfire.errors import InputError
from holdfire.examine.diff import Direction, compared, rank
from holdfire.examine.seams import asked_anew, bound, in_own_airspace, jump, seams
from holdfire.logic.ruleset import Permit
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import USUAL, Role
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from pathlib import Path

STRICT, BOLD = load_ruleset("visual-confirmation"), load_ruleset("perceived-danger")
DEFENCE = load_ruleset(SELF_DEFENCE)
ALONE, BESIDE = bound(STRICT, None, None, DEFENCE), bound(BOLD, None, None, DEFENCE)


def test_every_region_of_difference_is_a_seam_and_the_aircraft_is_in_own_airspace() -> None:
    found = seams(ALONE, BESIDE)
    made = compared(ALONE, BESIDE, in_own_airspace)
    for action in ALL_ACTIONS[1:]:
        told = [each.difference.formula(made.readings) for each in found if each.difference.action is action]
        assert not made.land.meets(z3.Or(told) != made.differs(action))
    for each in found:
        assert each.difference.witness.evidence.items["airspace"].value == "own"


def test_it_is_exact_where_rules_let_different_people_act() -> None:
    """Where two permissions fire that name different people to act, sets that are composed let nobody."""
    permits = {rule.id: rule for rule in STRICT.rules if isinstance(rule, Permit)}
    ap5 = permits["AP-5"]
    own = next(c for c in permits["AP-4"].when if getattr(c.condition, "item", None) is ITEM["airspace"])
    police = replace(ap5, id="P-1", by=Role.POLICE, executed_by=Role.POLICE, when=(own,))
    mixed = replace(STRICT, id="mixed", rules=(*STRICT.rules, police))
    sides = bound(mixed, None, None, DEFENCE), bound(mixed, STRICT, None, DEFENCE)
    made = compared(*sides)
    found = made.differences([Action.DISRUPT])
    told = z3.Or([each.formula(made.readings) for each in found])
    assert Direction.STRICTER in {each.direction for each in found}
    assert not made.land.meets(told != made.differs(Action.DISRUPT))


def test_the_worst_jump_comes_first() -> None:
    found = seams(ALONE, BESIDE)
    order = [(rank(each.difference.action), -each.jump) for each in found]
    assert order == sorted(order)
    assert found[0].difference.action is Action.ENGAGE
    assert found[0].jump == 5  # from the mission commander, who is over the crew, to withheld


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([], [Role.CREW], 6),
        ([Role.NATIONAL_AUTHORITY], [Role.CREW], 5),
        ([], [Role.NATIONAL_AUTHORITY], 1),
        ([Role.POLICE], [Role.CREW], 1),
        ([Role.AIR_OPERATIONS_COMMANDER], [Role.MISSION_COMMANDER, Role.POLICE], 2),
    ],
)
def test_a_jump_counts_how_many_an_authority_is_over(one: list[Role], other: list[Role], expected: int) -> None:
    found = seams(ALONE, BESIDE)[0].difference
    assert jump(replace(found, by=(frozenset(one), frozenset(other))), USUAL) == expected
    assert jump(replace(found, by=(frozenset(other), frozenset(one))), USUAL) == expected


def test_another_flag_over_the_same_state_is_a_seam_without_a_border() -> None:
    guest = bound(BOLD, STRICT, None, DEFENCE)
    found = seams(BESIDE, guest, border=False)
    assert found
    assert {each.difference.direction for each in found} <= {Direction.STRICTER, Direction.OTHER_AUTHORITY}
    assert all(each.restated == () for each in found)
    assert seams(guest, bound(BOLD, STRICT, STRICT, DEFENCE), border=False) == []


def test_what_a_border_begins_anew_is_named() -> None:
    assert asked_anew((ALONE,)) == {"direction": ("visual-confirmation VC-I1",)}
    assert all("direction" in each.restated for each in seams(ALONE, BESIDE, [Action.ENGAGE]))


def test_self_defence_beside_both_sides_is_no_seam() -> None:
    without = replace(STRICT, id="without", rules=tuple(each for each in STRICT.rules if not isinstance(each, Permit)))
    for each in seams(ALONE, bound(without, None, None, DEFENCE), [Action.ENGAGE]):
        attack = each.difference.witness.evidence.items.get("attack")
        assert attack is None or attack.value == "none-seen"


def test_self_defence_is_no_host() -> None:
    with pytest.raises(InputError, match="stands beside every set: name another"):
        bound(DEFENCE, None, None, DEFENCE)


def test_the_command_tells_sides_and_seams(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["rules", "seams", "visual-confirmation", "visual-confirmation", "--crew-b", "radar-permitted", "--json"]
    assert run([*asked, "--action", "engage"]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert data["sides"] == [
        ["visual-confirmation", "self-defence"],
        ["visual-confirmation", "radar-permitted", "self-defence"],
    ]
    assert data["border"] is False
    assert data["seams"][0]["jump"] == 4


@pytest.mark.parametrize("command", ["diff", "seams"])
def test_a_page_stands_alone_and_observing_is_never_asked_about(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["rules", command, "visual-confirmation", "radar-permitted", "--action"]
    assert run([*asked, "divert", "--html", str(tmp_path / "page.html")]) == 0
    assert "Proved" in capsys.readouterr().out
    assert "<!doctype html>" in (tmp_path / "page.html").read_text()
    assert run([*asked, "observe"]) == 2
    assert "observe is always permitted, by every set: name another action" in capsys.readouterr().err

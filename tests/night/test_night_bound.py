"""Who is bound by what in a whole night, and that every ruling of the loop is the interpreter's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.loop import advance
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.authority import ROLE_BIT, Role
from holdfire.messages.identity import CONCLUSIONS
from holdfire.messages.truth import Truth
from holdfire.rehearsal.explain import explain
from support.rehearsed import FIVE, begun, cycles

if TYPE_CHECKING:
    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.rehearsal.engine import Rehearsal
    from holdfire.rehearsal.explain import Explained

MIXED, RADAR = 0, 1 + FIVE.index("radar-permitted")
ENGAGE = ALL_ACTIONS.index(Action.ENGAGE)
OWN_SET = 0b10  # the second of those that bind: the crew's own
EVERY = 23  # rows held against the interpreter: one of so many, at every decision another


def crew_of(engine: Rehearsal, state: str) -> int:
    """How rows count the crews of a state; 0 is nobody's."""
    return 1 + engine.families[0].scene.crews.index(state)


def engages(rulings: Records, row: int) -> bool:
    return bool(int(rulings[row]["permitted"]) >> ENGAGE & 1)


def test_a_dutch_crew_over_poland_may_not_do_what_a_polish_crew_may(mixed: Rehearsal) -> None:
    # Both options share a night until a Dutch crew may fire under the one and not under the other.
    parted = 0
    for replication in range(5):
        run = begun(mixed, 1, replication)
        night, both = run.night, np.array([MIXED, RADAR])
        reached = advance(run.scene.setting, run.plans, night, both, run.key, 0, run.scene.ticks, False)  # noqa: FBT003
        if reached == run.scene.ticks:
            continue
        parted += 1
        n = int(night.picture.counts[0])
        differ: list[int] = np.flatnonzero(night.orders[MIXED, :n] != night.orders[RADAR, :n]).tolist()
        assert differ
        for row in differ:
            assert night.crews[row] == crew_of(mixed, "NL")
            assert engages(night.rulings[RADAR], row)
            assert not engages(night.rulings[MIXED], row)
            assert night.rulings[MIXED, row]["caveat"][ENGAGE] == OWN_SET
            withheld = {each.action: each for each in explain(run.scene, night, MIXED, row).withheld}
            assert withheld["engage"].caveats == ("visual-confirmation",)
            assert any(text.startswith("visual-confirmation: ") for text in withheld["engage"].missing)
            allowed = {each.action: each for each in explain(run.scene, night, RADAR, row).permitted}
            assert allowed["engage"].authorities == ("air-operations-commander",)
    assert parted >= 2


def test_crews_are_bound_by_their_own_set_beside_that_of_the_host(mixed: Rehearsal) -> None:
    run = begun(mixed, 1, 0)
    dutch, polish, nobody = crew_of(mixed, "NL"), crew_of(mixed, "PL"), 0
    withheld, permitted = 0, 0
    for _ in cycles(run, MIXED):
        night = run.night
        for row in range(int(night.picture.counts[0])):
            crew, caveat = int(night.crews[row]), int(night.rulings[MIXED, row]["caveat"][ENGAGE])
            assert crew in (dutch, polish, nobody)
            if crew == dutch:
                withheld += caveat == OWN_SET
            else:  # the host's set is the only one that binds
                assert caveat in (0, 1)
                permitted += crew == polish and engages(night.rulings[MIXED], row)
    assert withheld > 0
    assert permitted > 0


def hold(night: Night, option: int, row: int, found: Explained) -> None:
    """Hold assessment, authority and caveats against the interpreter; `explain` has done so with what is permitted."""
    assessed, ruled = night.assessments[option, row], night.rulings[option, row]
    possible = {each for place, each in enumerate(CONCLUSIONS) if int(assessed["identity"]) >> place & 1}
    assert found.assessment.identity.possible == possible
    for bit, truth in enumerate((found.assessment.intent.truth, found.assessment.act.truth)):
        known, holds = int(assessed["known"]) >> bit & 1, int(assessed["holds"]) >> bit & 1
        assert (known, holds) == (truth is not Truth.UNKNOWN, truth is Truth.TRUE)
    for allowed in found.permitted:
        place = ALL_ACTIONS.index(Action(allowed.action))
        assert ruled["authority"][place] == sum(ROLE_BIT[Role(each)] for each in allowed.authorities)
        assert ruled["caveat"][place] == 0
    for denied in found.withheld:
        place = ALL_ACTIONS.index(Action(denied.action))
        assert ruled["authority"][place] == 0
        assert int(ruled["caveat"][place]).bit_count() == len(denied.caveats)


@pytest.mark.parametrize("option", range(1 + len(FIVE)), ids=("mixed", *FIVE))
def test_a_night_is_ruled_as_the_interpreter_rules(mixed: Rehearsal, option: int) -> None:
    run = begun(mixed, 2, 0)
    held, crewed, permitting = 0, 0, 0
    for cycle, _ in enumerate(cycles(run, option)):
        n = int(run.night.picture.counts[0])
        tasked = np.flatnonzero(run.night.crews[:n])[cycle % 3 :: 3]
        for row in {*range(cycle % EVERY, n, EVERY), *tasked.tolist()} if cycle % 6 == 0 else ():
            hold(run.night, option, row, explain(run.scene, run.night, option, row))
            held += 1
            crewed += int(run.night.crews[row] > 0)
            permitting += engages(run.night.rulings[option], row)
    assert held > 700
    assert crewed > 100
    assert permitting > 0

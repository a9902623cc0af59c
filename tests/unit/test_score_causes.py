"""What a wrongful engagement is traced to, each provoked by a crew that is sent, finds, is cleared and fires."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.catalogue import load_ruleset
from holdfire.messages.actions import Action
from holdfire.messages.aircraft import Part, Transponder
from holdfire.messages.plot import NO_CODE, plots_for
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES, TRACED
from holdfire.picture import picture_for
from holdfire.rehearsal.traced import cause_traced, counted, items_asked
from holdfire.score.join import score_events, score_for, score_plots
from holdfire.score.origins import MIXED, NO_IFF, NO_TRANSPONDER
from support.responding import ALLOWED, N_TRACKS, SURE_SHOT, Night, other, own, patrol

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.score.join import Score

ASKED = frozenset({"transponder", "iff"})
MINE, ANOTHER = 1, 2


class Watched:
    """A patrol, an airliner that is tracked and ruled on, and another aircraft far away."""

    def __init__(self, conduct: Any = None, **airliner: Any) -> None:
        made = other(60e3, 0.0, part=Part.AIRLINER, **airliner)
        self.night = Night(own([], [patrol()], conduct=conduct or SURE_SHOT), [made, other(200e3, 0.0, entity=9)])
        self.night.n = 1
        self.night.permit(*ALLOWED, Action.ENGAGE)
        self.score: Score = score_for(self.night.world, N_TRACKS, 1)
        blank = picture_for(N_TRACKS, 1, 1, 0)
        self.picture = blank._replace(
            tracks=self.night.tracks, rows=self.night.rows, slots=self.night.slots, counts=np.array([1])
        )
        self.night.run(1)
        self.plot(MINE)

    def plot(self, aircraft: int, **fields: Any) -> None:
        """Let the track take a plot of an aircraft, in which these fields are."""
        plots = plots_for(1)
        plots.counts[0], plots.fed[0], plots.origin[0] = 1, 0, aircraft
        plots.plot["mode_a"] = NO_CODE
        for name, value in fields.items():
            plots.plot[name] = value
        score_plots(self.score, plots, self.night.tracks, float(self.night.tick))

    def until(self, what: What, then: Callable[[], None] = lambda: None) -> None:
        while self.night.at(what) == inf and self.night.tick < 1000:
            self.night.run(1)
            score_events(self.score, self.night.response, self.picture, self.night.world)
            then()
        assert self.night.at(what) < inf

    def fired(self) -> tuple[str, int]:
        """Go on until somebody has fired; return the cause and what was wrong."""
        self.until(What.FIRED)
        return CAUSES[self.score.scored[MINE]["cause"]], int(self.score.origins.wrongs[MINE])


def test_the_rule_where_all_that_it_was_ruled_on_was_so() -> None:
    made = Watched()
    made.night.know("transponder", "silent")
    made.night.know("iff", "no-reply")
    assert cause_traced(*made.fired(), ASKED) == "rule"  # it carries no transponder, so that it is rightly silent


@pytest.mark.parametrize(
    ("said", "carries", "mode_a", "wrong"),
    [
        ("silent", True, NO_CODE, True),
        ("inconsistent", True, NO_CODE, True),
        ("silent", False, NO_CODE, False),
        ("civil", True, 0o1234, False),
        ("civil", True, 0o1235, True),  # garbled
        ("civil", False, 0o1234, True),  # whoever answered, it was not this one
    ],
)
def test_a_reply_that_is_missing_garbled_or_false(said: str, carries: bool, mode_a: int, wrong: bool) -> None:
    carried = Transponder.CIVIL if carries else Transponder.OFF
    made = Watched(transponder=carried, mode_a=0o1234, transponder_fails_s=0.0)  # the crew comes upon it silent
    made.night.tracks.track["mode_a"] = mode_a
    made.night.know("transponder", said)
    cause, wrongs = made.fired()
    assert (wrongs == NO_TRANSPONDER) is wrong
    assert cause_traced(cause, wrongs, ASKED) == ("wrong-reply" if wrong else "rule")
    assert cause_traced(cause, wrongs, frozenset({"direction"})) == "rule"  # of which nothing was asked


@pytest.mark.parametrize(("friend", "said", "wrong"), [(1, "no-reply", True), (0, "no-reply", False)])
def test_a_friend_whose_answer_did_not_come(friend: int, said: str, wrong: bool) -> None:
    made = Watched(iff=friend)
    made.night.know("iff", said)
    cause, wrongs = made.fired()
    assert wrongs == (NO_IFF if wrong else 0)
    assert cause_traced(cause, wrongs, ASKED) == ("wrong-reply" if wrong else "rule")


def test_an_answer_too_old_to_be_asked_about_is_no_cause() -> None:
    made = Watched(transponder=Transponder.CIVIL, transponder_fails_s=0.0)
    made.night.know("transponder", "silent")
    made.night.rows["age_s"] = 1e5
    assert made.fired()[1] == 0


@pytest.mark.parametrize(
    ("plots", "mixed"),
    [
        ([], False),
        ([(-1, {})], False),
        ([(ANOTHER, {}), (MINE, {})], True),
        ([(ANOTHER, {"mode_a": 0o1200}), (MINE, {}), (MINE, {"mode_a": 0o1200})], True),
        ([(MINE, {"mode_a": 0o1200}), (MINE, {"visual_class": 0})], False),
    ],
)
def test_a_track_that_took_what_was_anothers(plots: list[tuple[int, dict[str, int]]], mixed: bool) -> None:
    made = Watched()
    for aircraft, fields in plots:
        made.plot(aircraft, **fields)
    cause, wrongs = made.fired()
    assert bool(wrongs & MIXED) is mixed
    assert cause_traced(cause, wrongs, ASKED) == ("misassociation" if mixed else "rule")


def test_a_plot_of_another_long_ago_is_forgotten_and_its_reply_is_not() -> None:
    for fields, mixed in (({}, False), ({"mode_a": 0o1200}, True)):
        made = Watched()
        made.plot(ANOTHER, **fields)
        made.plot(MINE)
        made.score.origins.of["mixed_s"] = -1000.0
        assert bool(made.fired()[1] & MIXED) is mixed


def test_a_look_at_another_is_no_wrong_look_but_another_aircraft() -> None:
    made = Watched()
    made.until(What.FOUND)
    contact, event = made.night.response.contacts[0], made.night.response.events
    contact["visual_class"], contact["looked_s"] = 3, float(made.night.tick)
    last = int(made.night.response.counts[0])
    event[last] = event[last - 1]
    event[last]["what"], event[last]["aircraft"], event[last]["responder"] = What.LOOKED, ANOTHER, 0
    event[last]["number"], made.night.response.counts[0] = made.night.tracks.track[0]["number"], last + 1
    cause, wrongs = made.fired()
    assert (cause, cause_traced(cause, wrongs, ASKED)) == ("wrong-look", "misassociation")


def test_a_look_that_took_it_for_something_else() -> None:
    made = Watched()
    made.until(What.FOUND)
    contact = made.night.response.contacts[0]
    contact["visual_class"], contact["looked_s"] = 3, float(made.night.tick)
    cause, wrongs = made.fired()
    assert (cause, cause_traced(cause, wrongs, ASKED)) == ("wrong-look", "wrong-look")


def test_a_crew_beside_another_aircraft_than_the_tracks() -> None:
    made = Watched()
    made.plot(ANOTHER)
    cause, wrongs = made.fired()
    assert (cause, cause_traced(cause, wrongs, ASKED)) == ("wrong-aircraft", "misassociation")


def test_a_crew_that_fires_without_a_word() -> None:
    made = Watched(SURE_SHOT | {"departures_per_contact_h": {"low": 1, "high": 1}})
    made.night.permit(*ALLOWED)
    made.night.prepared.means.conduct["departures_per_s"] = 1.0
    made.plot(ANOTHER)
    cause, wrongs = made.fired()
    assert (cause, cause_traced(cause, wrongs, ASKED)) == ("departure", "departure")


def test_causes_are_counted_each_in_its_figure() -> None:
    assert counted(["rule", "wrong-reply", "rule"]) == {
        f"traced_{name.replace('-', '_')}": {"rule": 2.0, "wrong-reply": 1.0}.get(name, 0.0) for name in TRACED
    }


def test_what_rule_sets_ask_about() -> None:
    visual = items_asked([load_ruleset("visual-confirmation")])
    assert {"visual_class", "airspace"} <= visual
    assert items_asked([]) == frozenset()

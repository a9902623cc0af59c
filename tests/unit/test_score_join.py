"""What is scored of events: who was engaged, on whose word, and why where nobody should have been."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.actions import Action
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.plot import plots_for
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES
from holdfire.picture import Picture, picture_for
from holdfire.respond.book import note
from holdfire.score.figures import figures
from holdfire.score.join import Score, score_events, score_for, score_plots, scored_under
from support.responding import ALLOWED, JET, N_TRACKS, SURE, SURE_SHOT, Night, other, own, patrol

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

ALWAYS = {"low": 1, "high": 1}


def until(night: Night, what: What) -> None:
    while night.at(what) == inf and night.tick < 1000:
        night.run(1)


def picture(night: Night) -> Picture:
    """The picture on which the night was ruled: its tracks and what is known of them."""
    blank = picture_for(N_TRACKS, 1, 1, 0)
    return blank._replace(tracks=night.tracks, rows=night.rows, slots=night.slots, counts=np.array([night.n]))


def scored_of(night: Night, score: Score) -> Records:
    """The rows after the events so far, all of aircraft that entered."""
    score_events(score, night.response, picture(night), night.world)
    scored = scored_under(score, 0)
    scored["status"], scored["entered_s"] = night.world.aircraft["status"], 0.0
    return scored


def figures_of(night: Night, scored: Records) -> dict[str, float]:
    events = night.response.events[: night.response.counts[0]]
    return figures(scored, events, night.response.responders, np.zeros(4, np.int64))


def plotted(night: Night, score: Score, *origins: int) -> None:
    """Let the first track take plots of these aircraft, one after the other; -1: clutter."""
    plots = plots_for(1)
    plots.counts[0], plots.fed[0] = 1, 0
    for origin in origins:
        plots.origin[0] = origin
        score_plots(score, plots, night.tracks, float(night.tick))


@pytest.mark.parametrize("part", [Part.INTRUDER, Part.FRIENDLY_DRONE, Part.AIRLINER])
def test_whoever_is_brought_down_without_a_weapon_was_engaged_rightly_or_wrongly(part: Part) -> None:
    made = own([], [patrol(jams=True)], conduct=SURE | {"disrupts_share": ALWAYS})
    night = Night(made, [other(60e3, 0.0, part=part)])
    night.permit(*ALLOWED, Action.DISRUPT)
    score = score_for(night.world, N_TRACKS, 1)
    night.run(1)
    plotted(night, score, 1)
    until(night, What.DISRUPTED)
    scored = scored_of(night, score)
    found = figures_of(night, scored)
    assert scored[1]["status"] == Status.DISRUPTED
    assert scored[1]["engaged_s"] == night.at(What.DISRUPTED)
    assert scored[1]["shots"] == 0
    intruder = part is Part.INTRUDER
    assert (found["engaged"], found["stopped"]) == (intruder, intruder)
    assert found["wrongful_rule"] == found["wrongful_civil"] + found["wrongful_friendly"] == (not intruder)


@pytest.mark.parametrize(("action", "counts"), [(Action.ENGAGE, True), (Action.WARN_BY_FIRE, False)])
def test_only_a_word_to_engage_is_authority_for_force(action: Action, counts: bool) -> None:
    made = own([], [patrol(gun_bursts=2)], conduct=SURE_SHOT)
    night = Night(made, [other(60e3, 0.0, crewed=1, platform=JET, speed_m_s=150.0)])
    night.permit(*ALLOWED, action)
    score = score_for(night.world, N_TRACKS, 1)
    until(night, What.GRANTED)
    assert scored_of(night, score)[1]["authorised_s"] == (night.at(What.GRANTED) if counts else inf)


@pytest.mark.parametrize(
    ("origins", "cause"),
    [
        ((1,), "rule"),
        ((1, -1), "rule"),
        ((1, 2), "wrong-aircraft"),
        ((1, 2, -1), "wrong-aircraft"),
        ((), "wrong-aircraft"),
    ],
)
def test_clutter_makes_a_track_nobody_elses(origins: tuple[int, ...], cause: str) -> None:
    airliner = other(60e3, 0.0, part=Part.AIRLINER)
    night = Night(own([], [patrol()], conduct=SURE_SHOT), [airliner, other(200e3, 0.0, entity=9)])
    night.n = 1
    night.permit(*ALLOWED, Action.ENGAGE)
    score = score_for(night.world, N_TRACKS, 1)
    night.run(1)
    plotted(night, score, *origins)
    until(night, What.FIRED)
    assert CAUSES[scored_of(night, score)[1]["cause"]] == cause


@pytest.mark.parametrize(("part", "cause"), [(Part.INTRUDER, -1), (Part.CARGO, CAUSES.index("departure"))])
def test_a_departure_is_the_cause_only_where_nobody_should_have_been_fired_at(part: Part, cause: int) -> None:
    night = Night(own([], [patrol()]), [other(60e3, 0.0, part=part)])
    note(night.response, 5.0, int(What.DEPARTED), 100, 1, 0, 0.0)
    note(night.response, 5.0, int(What.FIRED), 100, 1, 0, 0.0)
    assert scored_of(night, score_for(night.world, N_TRACKS, 1))[1]["cause"] == cause

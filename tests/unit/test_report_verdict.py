"""Every verdict names the first step that was missing, on constructed courses."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import EVENT, What, Why
from holdfire.messages.score import CAUSES, SCORED
from holdfire.messages.vocabulary import CLASSES
from holdfire.rehearsal.course import Course, PlotLog
from holdfire.rehearsal.verdict import chain, verdict

UNSURE = float(CLASSES.index("not-established"))
DRONE = float(CLASSES.index("one-way-attack-type"))
SEEN = {"detected_s": 10.0, "tracked_s": 30.0}


def scored(**fields: Any) -> Any:
    row = np.zeros(1, SCORED)
    for name in SCORED.names or ():
        row[name] = inf if name.endswith("_s") else 0
    row["cause"] = -1
    for name, value in (
        {"status": Status.FELL, "part": Part.INTRUDER, "entered_s": 60.0, "ended_s": 660.0} | fields
    ).items():
        row[name] = value
    return row[0]


def happened(*events: tuple[What, float] | What) -> np.ndarray[Any, np.dtype[np.void]]:
    rows = [(0.0, *(event if isinstance(event, tuple) else (event, 0.0))) for event in events]
    return np.array([(time_s, what, 0, 0, 0, value) for time_s, what, value in rows], EVENT)


MISSING = {
    "no sensor ever saw it": ({}, (), Course()),
    "sensors saw it, and no confirmed track came of it": ({"detected_s": 10.0}, (), Course()),
    "it was tracked, and nobody was sent: to intercept it was never permitted": (SEEN, (), Course()),
    "it was tracked, and nobody was sent: no fighter was free": (SEEN, (), Course(sendable=9, nobody_free=9)),
    "it was tracked, and nobody was sent: it was taken for neutral": (SEEN, (), Course(9, 3, identity="neutral")),
    "it was tracked, and nobody was sent: it was not suspect enough": (SEEN, (), Course(9, 3)),
    "a fighter was sent, and did not find it in time; the fighter was 4 min away": (
        SEEN, (What.TASKED,), Course(away_s=240.0)
    ),
    "the crew looked and could not say what it was; force was withheld by a-set for lack of x": (
        SEEN, (What.TASKED, What.FOUND, (What.LOOKED, UNSURE)), Course(lacking="by a-set for lack of x"),
    ),
    "a fighter found it and the crew had no look at it; force was withheld by a-set": (
        SEEN, (What.TASKED, What.FOUND), Course(lacking="by a-set"),
    ),
    ": force was withheld by a-set for lack of x": (
        SEEN, (What.FOUND, (What.LOOKED, UNSURE), (What.LOOKED, DRONE)), Course(lacking="by a-set for lack of x"),
    ),
    "an authority was asked for force, and no consent came in time": (
        SEEN, (What.FOUND, (What.LOOKED, DRONE), What.ASKED), Course(lacking="by a-set"),
    ),
    "force was granted too late for the crew to fire": (SEEN, (What.FOUND, What.ASKED, What.GRANTED), Course()),
    "force was granted too late for the crew to fire, and then withheld for lack of a look": (
        SEEN, (What.FOUND, What.ASKED, What.GRANTED), Course(lacking="for lack of a look"),
    ),
    "force was granted, and the crew held fire": (SEEN, (What.FOUND, What.ASKED, What.GRANTED, What.HELD), Course()),
    "force was granted, and the crew held fire: it has not seen yet what it is and people below": (
        SEEN,
        (What.GRANTED, What.FOUND, (What.HELD, Why.NOTHING_SEEN), (What.HELD, Why.PEOPLE_BELOW), (What.HELD, 10.0)),
        Course(),
    ),
    "the crew fired 2 times and missed": (SEEN | {"shots": 2}, (What.FOUND, What.FIRED, What.MISSED), Course()),
}  # fmt: skip


@pytest.mark.parametrize("words", MISSING)
def test_the_first_missing_step_is_told(words: str) -> None:
    fields, events, course = MISSING[words]
    said = verdict(scored(**fields), happened(*events), course)
    assert said.startswith("It fell by itself 10 min after crossing: ")
    assert words in said
    assert said.endswith(".")
    assert said.count(".") == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": Status.SHOT_DOWN, "shots": 1}, "It was shot down 10 min after crossing."),
        (
            {"status": Status.ARRIVED, "ended_s": 180.0},
            "It reached what it was aimed at 2 min after crossing: no sensor",
        ),
        ({"entered_s": inf}, "It fell by itself and never crossed the border: no sensor"),
        (
            {"status": Status.SHOT_DOWN, "part": Part.AIRLINER, "entered_s": inf, "cause": CAUSES.index("wrong-look")},
            "It was shot down, wrongly: because a look took it for something else.",
        ),
        (
            {"status": Status.LANDED, "part": Part.GENERAL_AVIATION, "entered_s": inf},
            "It landed: a fighter was beside it, and nobody fired.",
        ),
        (
            {"status": Status.LANDED, "part": Part.AIRLINER, "entered_s": inf, "shots": 1, "cause": 0},
            "It landed: it was fired at, wrongly: because a rule permitted it, and not brought down.",
        ),
        (
            {"status": Status.LEFT, "part": Part.BALLOON, "entered_s": inf, "engaged_s": 90.0},
            "It left the area: it was disrupted, and not brought down.",
        ),
        (
            SEEN | {"engaged_s": 90.0},
            "It fell by itself 10 min after crossing: it was disrupted, and not brought down.",
        ),
    ],
)
def test_what_became_of_it_is_told(fields: dict[str, Any], words: str) -> None:
    assert verdict(scored(**fields), happened(), Course()).startswith(words)


def test_the_chain_has_each_step_with_its_time() -> None:
    told = dict(chain(scored(**SEEN, tasked_s=90.0)))
    assert list(told) == [
        "detected", "tracked", "tasked", "intercepted", "permitted", "authorised", "engaged", "ended",
    ]  # fmt: skip
    assert (told["detected"], told["tasked"], told["engaged"], told["ended"]) == (10.0, 90.0, None, 660.0)


def test_what_force_lacked_beside_it_outweighs_what_came_after() -> None:
    course = Course()
    course.note_force("far off", beside=False)
    course.note_force("beside it", beside=True)
    course.note_force("after", beside=False)
    assert course.lacking == "beside it"


def test_plots_are_told_as_a_first_a_rate_and_silences() -> None:
    log, told = PlotLog(["north", "south"]), []
    track = np.zeros(1, [("number", int), ("hits", int), ("sensors", int), ("last_sensor", int), ("fed_s", float)])
    track["number"], track["last_sensor"] = 4, 1
    for time_s, hits, sensors, fed_s in ((100, 1, 2, 99.0), (140, 5, 3, 138.0), (160, 6, 3, 158.0), (400, 7, 3, 398.0)):
        track["hits"], track["sensors"], track["fed_s"] = hits, sensors, fed_s
        told += list(log.look(track, float(time_s)))
    told += list(log.end(500.0))
    assert [(entry.time_s, entry.text) for entry in told] == [
        (99.0, "the first plot that a track took, by south"),
        (160.0, "in the first minute 6 plots, by north, south"),
        (158.0, "the last plot before a silence of 4 min"),
        (398.0, "a plot again, after 4 min"),
        (398.0, "the last plot, 102 s before its end"),
    ]

"""What is added to a night after it: the rung of closed airspace, and which of those stopped were a friend's strays."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan, nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.catalogue import load_ladder
from holdfire.escalate.closed import closed_rung
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.night import OptionNight
from holdfire.messages.response import EVENT
from holdfire.messages.score import FIGURES, SCORED
from holdfire.rehearsal.closed import with_closed_rung
from holdfire.rehearsal.strays import foreign_lines, with_strays
from holdfire.scenario.load import load_scenario
from holdfire.study.figures import COLUMN
from holdfire.study.ladder_nights import nights_after
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from support.laddered import laddered

if TYPE_CHECKING:
    from pathlib import Path

LADDER = load_ladder("air-incidents")


def told(rows: Any = (), **figures: float) -> OptionNight:
    return OptionNight("as-was", "", dict.fromkeys(FIGURES, nan) | figures, np.array(list(rows), SCORED), EVENT_NONE)


EVENT_NONE = np.zeros(0, EVENT)


@pytest.mark.parametrize(
    ("closed_min", "rung", "ends"), [(nan, 1, 1), (0.0, 1, 1), (20.0, 1, 4), (20.0, 7, 7), (20.0, 0, 4)]
)
def test_a_night_in_which_an_airport_closes_stands_on_that_rung(closed_min: float, rung: float, ends: float) -> None:
    night = with_closed_rung(told(closed_min=closed_min, peak_rung_own=rung), LADDER)
    assert night.figures["peak_rung_own"] == ends


def test_a_ladder_without_that_rung_does_not_count_it() -> None:
    bare = replace(LADDER, rungs=tuple(each for each in LADDER.rungs if each.id != "close-airspace"))
    assert closed_rung(bare) is None
    night = told(closed_min=20.0, peak_rung_own=1.0)
    assert with_closed_rung(night, bare) is night


def test_the_ladder_of_a_study_counts_closed_nights_and_leaves_a_rung_fewer(tmp_path: Path) -> None:
    run_study(laddered(), Request(tmp_path / "results", 4, seed=3, workers=1))
    results = load(tmp_path / "results")
    for figures in results.figures.values():
        figures[:, COLUMN["closed_min"]] = [30.0, 0.0, nan, 5.0]
    for left in nights_after(tmp_path / "results", results, LADDER).values():
        assert ["close-airspace" in each.used for each in left] == [True, False, False, True]
        assert min(each.opening.own for each in left) >= 4  # people entered: consultations, on rung 7


def rows(*given: tuple[Part, Status, float, int]) -> Any:
    out = np.zeros(len(given), SCORED)
    for row, (part, status, entered_s, line) in zip(out, given, strict=True):
        row["part"], row["status"], row["entered_s"], row["line"] = part, status, entered_s, line
    return out


def test_of_those_stopped_a_friends_strays_are_told_apart() -> None:
    scenario = load_scenario("estonia-2026-05-19").scenario
    found = rows(
        (Part.INTRUDER, Status.SHOT_DOWN, 10.0, 0),
        (Part.INTRUDER, Status.DISRUPTED, 10.0, 0),
        (Part.INTRUDER, Status.SHOT_DOWN, inf, 0),  # never entered
        (Part.INTRUDER, Status.FELL, 10.0, 0),
        (Part.FRIENDLY_DRONE, Status.SHOT_DOWN, 10.0, 0),  # of the background: wrongly engaged, and no intruder
    )
    assert with_strays(told(found), scenario, foreign_lines(scenario, LADDER)).figures["stopped_strays"] == 2
    others = scenario.model_copy(
        update={"intruders": [scenario.intruders[0], scenario.intruders[0].model_copy(update={"state": "RU"})]}
    )
    found["line"] = [1, 0, 0, 0, 0]
    assert with_strays(told(found), others, foreign_lines(others, LADDER)).figures["stopped_strays"] == 1


@pytest.mark.parametrize("name", ["poland-2025-09-10", "denmark-2025-09-22"])  # of the other side; of nobody
def test_where_no_group_is_a_friends_there_is_nothing_to_tell(name: str) -> None:
    night = told(rows((Part.INTRUDER, Status.SHOT_DOWN, 10.0, 0)))
    scenario = load_scenario(name).scenario
    assert with_strays(night, scenario, foreign_lines(scenario, LADDER)) is night
    assert isnan(night.figures["stopped_strays"])

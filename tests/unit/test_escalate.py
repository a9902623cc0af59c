"""The ladder: what ships, what is refused, and how high a night climbs."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import holdfire
from holdfire.errors import ContentError
from holdfire.escalate.climb import Climb, climb
from holdfire.escalate.ladder import parse_ladder
from holdfire.messages.aircraft import AIRCRAFT, Part
from holdfire.messages.response import EVENT, What
from holdfire.reader.document import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.messages.layout import Records

FILE = Path(holdfire.__file__).parent / "library/ladders/air-incidents.yaml"
DATA: Any = read(FILE).data
LADDER = parse_ladder(DATA)
UNCREWED, CREWED, AIRLINER = range(3)


def aircraft(n_uncrewed: int = 1) -> Records:
    out = np.zeros(3 + n_uncrewed, AIRCRAFT)
    out["part"] = Part.INTRUDER
    out[CREWED]["crewed"], out[AIRLINER]["crewed"], out[AIRLINER]["part"] = 1, 1, Part.AIRLINER
    return out


def night(*happened: tuple[What, int]) -> Climb:
    events = np.zeros(len(happened), EVENT)
    for time_s, (event, (what, place)) in enumerate(zip(events, happened, strict=True)):
        event["time_s"], event["what"], event["aircraft"] = time_s, what, place
    return climb(events, aircraft(10), LADDER)


def test_a_quiet_night_is_on_no_rung() -> None:
    assert night() == Climb(0, 0, ())


def test_a_crewed_kill_climbs_far_more_than_an_uncrewed_one_on_both_sides() -> None:
    # public facts, section 5: rung 16 and rung 20; words after the one, sanctions and a deployment after the other
    uncrewed = night((What.FIRED, UNCREWED), (What.HIT, UNCREWED))
    crewed = night((What.FIRED, CREWED), (What.HIT, CREWED))
    assert (uncrewed.own, crewed.own) == (16, 20)
    assert uncrewed.other == 2
    assert crewed.other >= uncrewed.other + 10


def test_firing_at_a_crewed_aircraft_and_missing_lies_between() -> None:
    assert 16 < night((What.FIRED, CREWED), (What.MISSED, CREWED)).own < 20


def test_the_other_side_climbs_by_what_it_sends() -> None:
    heights = [
        night((What.ENTERED, UNCREWED)).other,
        night((What.ENTERED, CREWED)).other,
        night((What.ARRIVED, UNCREWED)).other,
        night((What.ARRIVED, CREWED)).other,
    ]
    assert heights == sorted(set(heights))


def test_many_are_counted_by_aircraft_and_not_by_event() -> None:
    one = night(*[(What.ENTERED, UNCREWED)] * 6)
    five = night(*[(What.ENTERED, place) for place in (0, 3, 4, 5, 6)])
    assert (one.other, five.other) == (4, 8)
    assert five.steps[-1].time_s == 4


def test_an_airliner_shot_at_is_no_rung_of_the_other_sides_but_is_counted_elsewhere() -> None:
    assert night((What.HIT, AIRLINER)) == Climb(0, 0, ())


def test_by_what_is_not_its_own_the_other_side_climbs_nowhere() -> None:
    events = np.zeros(2, EVENT)
    events["what"], events["aircraft"] = (What.ENTERED, What.HIT), UNCREWED
    assert climb(events, aircraft(), LADDER).other == 4
    of_a_friend = climb(events, aircraft(), LADDER, strays=[UNCREWED])
    assert (of_a_friend.own, of_a_friend.other) == (16, 0)


def test_steps_rise_and_say_when() -> None:
    made = night((What.SCRAMBLE, -1), (What.ENTERED, CREWED), (What.ESCORTED, CREWED), (What.HIT, UNCREWED))
    own = [step.rung.rung for step in made.steps if step.side == "own"]
    assert own == [1, 7, 17]
    assert [step.time_s for step in made.steps if step.side == "own"] == [0, 1, 2]
    assert made.own == 17


def test_every_rung_says_a_precedent_and_a_source() -> None:
    known = {source.id for source in LADDER.sources}
    assert all(rung.precedent and set(rung.source) <= known for rung in LADDER.rungs)
    assert [rung.rung for rung in LADDER.rungs if rung.side == "own"] == list(range(1, 22))


def broken(change: Callable[[Any], None]) -> str:
    data = deepcopy(DATA)
    change(data)
    with pytest.raises(ContentError) as caught:
        parse_ladder(data)
    return str(caught.value)


def test_faults_are_told_in_words() -> None:
    assert "did you mean 'shoot-crewed'" in broken(lambda data: data["moves"][-1].update(own="shoot-crewe"))
    assert "stands twice" in broken(lambda data: data["moves"].append(data["moves"][0]))
    assert "is monitor already" in broken(lambda data: data["rungs"][1].update(rung=1))
    assert "leads to no rung" in broken(lambda data: data["moves"][5].pop("own"))
    assert "source 'nobody' is not" in broken(lambda data: data["rungs"][0].update(source=["nobody"]))
    assert "event" in broken(lambda data: data["moves"][0]["when"].update(event="entred"))
    assert "event" in broken(lambda data: data["moves"][0]["when"].update(event="ruled"))  # no night books it
    with pytest.raises(ContentError, match="a ladder is a mapping"):
        parse_ladder([])

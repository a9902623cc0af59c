"""A night that is watched by a surveillance drone's camera, where no crew looks."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.messages.response import What
from holdfire.messages.vocabulary import INDEX, KINDS_OF_SENSOR
from holdfire.rehearsal.copies import copied
from holdfire.rehearsal.engine import engine_from
from holdfire.score.join import cause_of, score_plots
from support.rehearsed import begun, cycles, short

if TYPE_CHECKING:
    from support.rehearsed import Begun

LOOK, KINDS = INDEX["visual_class"], INDEX["independent_kinds"]
EO_IR = KINDS_OF_SENSOR.index("eo-ir")
HOURS = 0.5


def watched(cover: float = 0.0) -> dict[str, Any]:
    """The Polish night by day with nobody in the air but two drones over the border, high up."""
    data = copy.deepcopy(short(HOURS))
    like = data["patrols"][0]
    source = like["source"]
    data["night"] = {"darkness": "day", "visibility_km": 30, "source": data["night"]["source"]}
    data["night"]["clouds"] = [{"base_m": 4000, "top_m": 5000, "cover": cover}]
    data["patrols"] = [
        like | {"id": "watch", "part": "surveillance", "platform": "mq-9", "number": 2, "relief": 0, "missiles": 0,
                "orbit": {"at": [51.6, 23.2], "radius_km": 15}, "height_m": 6000, "from_h": 0.0, "until_h": HOURS}
    ]  # fmt: skip
    for base in data["bases"]:
        base["aircraft"] = []
    data["sensors"] = [each for each in data["sensors"] if "carrier" not in each and "carriers" not in each]
    data["sensors"].append({"id": "turret", "model": "eo-ir-turret", "carrier": "watch", "source": source})
    data["options"] = [{"id": "as-was", "title": "As it was"}]
    return data


@pytest.fixture(scope="module")
def night() -> tuple[Begun, int, int]:
    """The night when it is over, and in how many rows a look and a camera were known."""
    run, looked, by_camera = begun(engine_from(watched(), ["as-was"])), 0, 0
    for _ in cycles(run, 0):
        rows = run.night.picture.rows[: run.night.picture.counts[0]]
        looked += int(np.sum(rows["known"] >> np.uint64(LOOK) & np.uint64(1)))
        by_camera += int(np.sum(rows["code"][:, KINDS] >> EO_IR & 1))
    return run, looked, by_camera


def test_a_camera_gives_a_look_without_a_fighter(night: tuple[Begun, int, int]) -> None:
    run, looked, by_camera = night
    assert looked > 100
    assert by_camera > 100
    response = run.night.response
    events = response.events[: response.counts[0]]
    assert not np.isin(events["what"], [What.LOOKED, What.FOUND, What.TASKED]).any()
    assert set(run.night.world.aircraft["part"][response.responders["aircraft"]]) == {Part.SURVEILLANCE}
    assert np.isfinite(run.night.score.scored["identified_s"]).any()


def test_what_a_camera_took_it_for_is_why_it_was_wrongly_fired_at(night: tuple[Begun, int, int]) -> None:
    mine = copied(night[0].night)
    score, tracks, world, response = mine.score, mine.picture.tracks, mine.world, mine.response
    place = int(np.flatnonzero((tracks.track["seen_as"] != 0) & (score.owner >= 0))[0])
    track, owner = tracks.track[place], int(score.owner[place])
    score.counted[place] = track["number"], owner
    event = np.zeros(1, response.events.dtype)[0]
    event["responder"], event["number"], event["aircraft"] = 0, track["number"], owner
    response.responders[0]["track"] = place
    right = world.platforms["look"][world.aircraft["platform"][owner]]
    causes = []
    for seen in (right, (right + 1) % 7):
        track["visual_class"] = seen
        causes.append(cause_of(score, response, tracks, world, event))
    assert causes == [0, 1]  # by the rule, by a wrong look


def test_only_what_is_recognised_counts_as_identified(night: tuple[Begun, int, int]) -> None:
    mine = copied(night[0].night)
    score, tracks, plots = mine.score, mine.picture.tracks, mine.plots
    place = int(tracks.used[0])
    tracks.track[place]["stand"], score.scored["identified_s"] = 2, np.inf
    plots.counts[0], plots.origin[:2], plots.fed[:2] = 2, [0, 1], place
    plots.plot["visual_class"][:2] = -1, 0
    score_plots(score, plots, tracks, 77.0)
    assert score.scored["identified_s"][:2].tolist() == [np.inf, 77.0]


def recognised_low(cover: float) -> int:
    """How often a track below the cloud was one that the camera had recognised, at the decisions of 15 minutes."""
    run, count = begun(engine_from(watched(cover), ["as-was"])), 0
    for _ in cycles(run, 0, 900):
        tracks = run.night.picture.tracks
        seen = tracks.track[tracks.used[: tracks.counts[0]]]
        count += int(np.sum((seen["h_m"] < 3000.0) & (seen["seen_as"] != 0)))
    return count


def test_through_an_overcast_sky_nothing_is_recognised() -> None:
    assert recognised_low(0.0) > 20
    assert recognised_low(1.0) == 0

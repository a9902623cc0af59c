"""A whole night with networks that listen, people who call, and broadcasts that lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.messages.aircraft import Part
from holdfire.messages.vocabulary import INDEX, ITEM, KINDS_OF_SENSOR
from holdfire.rehearsal.engine import engine_from
from holdfire.sense.field_layout import Way
from holdfire.sense.interference_prepare import FIRST_ADDRESS
from support.networked import networked
from support.rehearsed import begun, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSPONDER, KINDS = INDEX["transponder"], INDEX["independent_kinds"]


def believed(data: dict[str, Any], replication: int = 0) -> Iterator[tuple[Any, Any, int]]:
    """Each row of evidence of a night with its track and the part of the aircraft that fed it last; -1: none."""
    run = begun(engine_from(data, ["as-written"]), 1, replication)
    picture, score, aircraft = run.night.picture, run.night.score, run.night.world.aircraft
    for _ in cycles(run, 0):
        n = picture.counts[0]
        for row, slot in zip(picture.rows[:n], picture.slots[:n], strict=True):
            owner = score.owner[slot]
            yield row, picture.tracks.track[slot], int(aircraft["part"][owner]) if owner >= 0 else -1


def counts(data: dict[str, Any]) -> dict[str, int]:
    """In how many rows about intruders each kind of sensor takes part, and how many rows there are."""
    found = dict.fromkeys([*KINDS_OF_SENSOR, "rows"], 0)
    for row, _, part in believed(data):
        if part == Part.INTRUDER:
            found["rows"] += 1
            for bit, kind in enumerate(KINDS_OF_SENSOR):
                found[kind] += int(row["code"][KINDS]) >> bit & 1
    return found


@pytest.fixture(scope="module")
def heard() -> dict[str, int]:
    return counts(networked())


def test_networks_take_part_in_what_is_known_of_low_fliers(heard: dict[str, int]) -> None:
    assert heard["acoustic"] > 0.5 * heard["rows"]
    assert 0 < heard["rf"] < 0.6 * heard["rows"]  # one of four sends
    assert 0 < heard["report"] < 0.2 * heard["rows"]


def test_a_scenario_that_names_none_has_none(heard: dict[str, int]) -> None:
    plain = networked(networks=False, interference=False)
    sensors = engine_from(plain, ["as-written"]).families[0].scene.setting.sensors
    assert set(sensors.fields.row["way"]) == {Way.RADAR}
    assert sensors.interference.zone.size == sensors.interference.ghost.size == 0
    found = counts(plain)
    assert found["acoustic"] == found["rf"] == found["report"] == 0
    assert found["rows"] < heard["rows"]  # tracks are held for less long


@pytest.mark.parametrize("replication", [0, 1])
def test_ghosts_are_suspected_and_nobody_else_is(replication: int) -> None:
    said: dict[tuple[bool, str], int] = {}
    for row, track, part in believed(networked(), replication):
        ghost = bool(track["address"] >= FIRST_ADDRESS)
        assert not ghost or part == -1
        known = int(row["known"]) >> TRANSPONDER & 1
        answer = ITEM["transponder"].values[row["code"][TRANSPONDER]] if known else "not known"
        said[ghost, answer] = said.get((ghost, answer), 0) + 1
    assert said[True, "spoof-suspected"] > 0.25 * sum(n for (ghost, _), n in said.items() if ghost)
    assert said[True, "civil"] > 0  # before radars have had their looks, and where none reaches
    assert (False, "spoof-suspected") not in said
    assert said[False, "civil"] > 1000


def test_nobody_is_suspected_where_nobody_was_told_to() -> None:
    for row, _, _ in believed(networked(suspects=False)):
        assert row["code"][TRANSPONDER] != ITEM["transponder"].values.index("spoof-suspected")

"""A night is its seed and its replication: nothing else moves a bit of it, and each of the two does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.engine import engine_from
from holdfire.rehearsal.fork import rehearse
from holdfire.seed import Key
from support import rehearsed
from support.rehearsed import FIVE, begun, busy, cycles, digests, on

if TYPE_CHECKING:
    from holdfire.rehearsal.engine import Rehearsal

NAMES = [(1, 0), (1, 1), (2, 0)]


@pytest.fixture(scope="module")
def first(engine: Rehearsal) -> dict[str, dict[str, str]]:
    return digests(engine, NAMES)


def test_the_same_names_give_the_same_nights_in_any_order(engine: Rehearsal, first: dict[str, dict[str, str]]) -> None:
    assert digests(engine, NAMES[::-1]) == first


def test_another_seed_or_replication_is_another_night(first: dict[str, dict[str, str]]) -> None:
    for option in FIVE:
        assert len({night[option] for night in first.values()}) == len(NAMES)


def test_another_process_gives_the_same_nights(first: dict[str, dict[str, str]]) -> None:
    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, rehearsed.__file__, "digests", json.dumps(NAMES)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == first


def test_another_engine_says_the_same_of_a_night(engine: Rehearsal) -> None:
    # Beyond the digest: every figure, every aircraft, every event.
    one, other = engine.rehearse(1, 0), engine_from(busy(), FIVE).rehearse(1, 0)
    for a, b in zip(one, other, strict=True):
        assert a.figures.keys() == b.figures.keys()
        np.testing.assert_array_equal(list(a.figures.values()), list(b.figures.values()))
        assert a.aircraft.tobytes() == b.aircraft.tobytes()
        assert a.events.tobytes() == b.events.tobytes()


def test_a_night_may_be_run_in_pieces(engine: Rehearsal) -> None:
    whole, pieces = begun(engine), begun(engine)
    on(whole, 0, 0, whole.scene.ticks)
    for _ in cycles(pieces, 0):
        pass
    assert pieces.night.response.counts[0] > 0
    assert pieces.night.world.aircraft.tobytes() == whole.night.world.aircraft.tobytes()
    assert pieces.night.response.events.tobytes() == whole.night.response.events.tobytes()


def test_a_trace_replays_the_night_that_a_study_counted(engine: Rehearsal) -> None:
    nights = {night.option: night for night in engine.rehearse(1, 0)}
    for option in (FIVE[0], FIVE[4]):
        shot = nights[option].aircraft["shots"].argmax()
        aircraft = int(nights[option].aircraft["aircraft"][shot])
        told = engine.trace(option, 1, 0, aircraft)
        assert told.digest == nights[option].digest
        assert any(entry.kind == "ruling" for entry in told.entries)


def test_rehearsing_leaves_the_scene_as_it_was(engine: Rehearsal) -> None:
    scene, key = engine.families[0].scene, Key(1, 0, 0)
    before = [leaf.tobytes() for leaf in rehearsed.leaves((scene.setting, scene.plan, scene.own.aircraft))]
    night, plans = begin(scene, key)
    filed = [leaf.tobytes() for leaf in rehearsed.leaves(plans)]
    assert len(list(rehearse(scene.setting, plans, night, key, scene.ticks))) >= 1
    assert [leaf.tobytes() for leaf in rehearsed.leaves((scene.setting, scene.plan, scene.own.aircraft))] == before
    assert [leaf.tobytes() for leaf in rehearsed.leaves(plans)] == filed

"""Compile the loop, or load what was compiled, before the first night.

A first compilation takes about a minute of work, so that a second process does half of it: the kernels that sense
and respond. What both write to the cache, both can load.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.binding.rows import rule_on
from holdfire.loop import CYCLE, DT_S, advance
from holdfire.picture import follow, recognise
from holdfire.rehearsal.begin import begin
from holdfire.respond.act import act
from holdfire.respond.decide import decide
from holdfire.respond.encounter import encounter
from holdfire.respond.report import report
from holdfire.seed import Key
from holdfire.sense.eyes import look
from holdfire.sense.scan import scan

if TYPE_CHECKING:
    from holdfire.setting import Scene

_KEY = Key(0, 0, 0)
_CHILD = "from holdfire.rehearsal.engine import compile_half; compile_half()"


def warm(scene: Scene, given: dict[str, Any]) -> None:
    """Run a few ticks whose outcome is thrown away; `given` lets another process build the same scene."""
    other = None
    if not _is_compiled():
        other = subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        if other.stdin:
            other.stdin.write(json.dumps(given, default=str).encode())
            other.stdin.close()
        know_and_rule(scene)
        other.wait()  # where it failed, this process compiles the rest itself
    night, plans = begin(scene, _KEY)
    advance(scene.setting, plans, night, np.zeros(1, np.int64), _KEY, 0, CYCLE + 1, False)  # noqa: FBT003


def _is_compiled() -> bool:
    """Whether the loop is in the cache, or never will be."""
    stats = getattr(advance, "stats", None)
    where = stats.cache_path if stats else None
    return where is None or any(Path(where).glob("loop.advance*.nbi"))


def know_and_rule(scene: Scene) -> None:
    """Compile what tracks, identifies, assesses and rules."""
    setting, (night, plans) = scene.setting, begin(scene, _KEY)
    picture, none = night.picture, night.crews[:0]
    follow(picture, night.plots, setting.stated, setting.tuning, 0.0)
    recognise(picture, setting.identification, setting.ground, night.response.contacts, plans, 0.0)
    rule_on(
        setting.binding, night.bench, 0, picture.rows[:0], none, none, none, none, CYCLE * DT_S,
        night.assessments[0][:0], night.rulings[0][:0],
    )  # fmt: skip


def sense_and_respond(scene: Scene) -> None:
    """Compile what senses and responds."""
    setting, (night, _) = scene.setting, begin(scene, _KEY)
    world, response, tracks = night.world, night.response, night.picture.tracks
    scan(setting.sensors, night.scanner, world, 0, _KEY, night.plots)
    slots, orders, rows = night.crews[:0], night.orders[0][:0], night.picture.rows[:0]
    assessed, ruled = night.assessments[0][:0], night.rulings[0][:0]
    decide(setting.means, response, tracks, slots, 0, assessed, ruled, rows, 0.0, orders)
    act(setting.means, response, tracks, orders, slots, 0, world, 0.0, 0, _KEY)
    encounter(setting.means, response, tracks, world, setting.ground, 0.0, 0, _KEY)
    look(setting.eyes, world, response, 0, _KEY)
    report(setting.means, response, tracks, 0.0)

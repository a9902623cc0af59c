"""What the sensors of a scenario see of its border under one option, at each height, and the one score of that option.

The score is the mean time for which an intruder is unseen, from the border to a confirmed track, cut at `UNTIL_S`, over
straight entries anywhere along the border and the heights of which something is known. It is a mean over all entries;
no entry is better or worse than another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.coverage.border import CELL_M, border_of
from holdfire.coverage.gaps import gaps_of
from holdfire.coverage.intruder import TYPE, intruder
from holdfire.coverage.laydown import lay_down
from holdfire.coverage.passage import times_to_track
from holdfire.coverage.seen import scan_chance
from holdfire.errors import InputError
from holdfire.measure.interval import FEWEST, ratio
from holdfire.seed import Key, check_seed
from holdfire.units import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.coverage.border import Border
    from holdfire.coverage.intruder import Intruder
    from holdfire.coverage.laydown import LayDown
    from holdfire.scenario.schema import Scenario

    Json = dict[str, Any]
    Numbers = NDArray[np.float64]
    Tell = Callable[[str, int, int], None]

HEIGHTS_M: Final = (100.0, 300.0, 1000.0, 3000.0)
UNTIL_S: Final = 1800
WITHIN_S: Final = int(MINUTE_S)


class Asked(NamedTuple):
    """What is asked of every option."""

    heights_m: tuple[float, ...] = HEIGHTS_M
    below: float = 0.5
    """Chance of detection in one scan below which a cell counts as unwatched."""
    minutes: int = 60
    """Passages of one minute of each cell."""
    entries: int = 12
    """Passages that are followed to the end, the first of those."""
    rcs_m2: float | None = None
    speed_m_s: float | None = None
    platform: str = TYPE
    facing: tuple[str, ...] = ()
    seed: int = 1

    def check(self) -> None:
        """Raise `InputError` for what cannot be answered."""
        check_seed(self.seed)
        if not self.heights_m or not all(10.0 <= each <= 20_000.0 for each in self.heights_m):
            message = f"heights {', '.join(f'{each:g}' for each in self.heights_m)}: give heights from 10 to 20000 m"
            raise InputError(message)
        if not 0.0 < self.below < 1.0:
            message = f"--below {self.below:g}: give a chance between 0 and 1"
            raise InputError(message)
        if not FEWEST <= self.entries <= self.minutes:
            message = (
                f"--entries {self.entries} of --passages {self.minutes}: give entries from {FEWEST}, below which there "
                "is no interval, to as many as there are passages"
            )
            raise InputError(message)


class AtHeight(NamedTuple):
    """What is seen at a height; nothing where terrain is unknown."""

    height_m: float
    scan: Numbers | None = None  # (cells,): chance of a plot in one scan of all sensors
    times_s: Numbers | None = None  # (passages, cells): to a confirmed track, inf: none within what was followed


class Answer(NamedTuple):
    """What an option sees."""

    option: str
    title: str
    border: Border
    lay: LayDown
    heights: tuple[AtHeight, ...]
    entries: int

    @property
    def unseen_min(self) -> Numbers:
        """Return the mean time unseen of each replication's entries, over the known heights, min."""
        each = [unseen_min(one, self.entries) for one in self.heights if one.times_s is not None]
        return np.mean(each, axis=0) if each else np.zeros(0)


def unseen_min(at: AtHeight, entries: int) -> Numbers:
    """Return the mean over cells of the time unseen of each replication that was followed to the end, min."""
    assert at.times_s is not None  # noqa: S101 -- asked of known heights only
    return np.asarray(np.minimum(at.times_s[:entries], UNTIL_S).mean(axis=1) / MINUTE_S)


def answer(scenario: Scenario, near: Path | None, asked: Asked, tell: Tell | None = None) -> Answer:
    """Return what a scenario, as one of its options has it, sees of its border.

    Raises `InputError` where there is no border or no sensor, or what is asked makes no sense.
    """
    asked.check()
    border, lay = border_of(scenario, asked.facing), lay_down(scenario, near)
    enters = intruder(asked.platform, asked.rcs_m2, asked.speed_m_s, near)
    heights = []
    for height_m in asked.heights_m:
        heights.append(_at_height(lay, border, enters, height_m, asked))
        if tell:
            tell("flying in", len(heights), len(asked.heights_m))
    option = scenario.options[0]
    return Answer(option.id, option.title, border, lay, tuple(heights), asked.entries)


def _at_height(lay: LayDown, border: Border, enters: Intruder, height_m: float, asked: Asked) -> AtHeight:
    if height_m < lay.known_from_m():
        return AtHeight(height_m)
    times = [
        times_to_track(
            lay, border, enters, height_m, Key(asked.seed, 0, each), UNTIL_S if each < asked.entries else WITHIN_S
        )
        for each in range(asked.minutes)
    ]  # fmt: skip
    return AtHeight(height_m, scan_chance(lay, border, enters, height_m), np.array(times))


def told(made: Answer, asked: Asked) -> Json:
    """Return an answer as JSON: by height and state, with no place of anything."""
    return {
        "option": made.option,
        "title": made.title,
        "unseen_min": interval(made.unseen_min),
        "heights": [_height(made, each, asked) for each in made.heights],
    }


def differences(made: Sequence[Answer]) -> list[Json]:
    """Return how the score of each option differs from that of the first, replication by replication."""
    return [
        {"option": each.option, "base": made[0].option, "unseen_min": interval(each.unseen_min - made[0].unseen_min)}
        for each in made[1:]
    ]


def interval(values: Numbers) -> Json | None:
    """Return the mean of one value a replication, and its interval of 95 %; nothing where there are no values."""
    if not len(values):
        return None
    made = ratio(values, np.ones(len(values)))
    return {"value": made.value, "low": made.low, "high": made.high}


def share_interval(values: Numbers) -> Json:
    """Return the mean share of one a replication; where all are 1 there is a lower bound instead of an interval."""
    lacking = ratio(1.0 - values, np.ones(len(values)))
    bound = lacking.affected_below if lacking.affected_below is not None else lacking.high
    value = 1.0 - (lacking.value or 0.0)
    high = value if lacking.low is None else 1.0 - lacking.low
    return {"value": value, "low": None if bound is None else 1.0 - bound, "high": high}


def _height(made: Answer, at: AtHeight, asked: Asked) -> Json:
    if at.scan is None:
        return {"height_m": at.height_m, "known": False, "why": "terrain unknown"}
    places = [(code, place) for place, code in enumerate(made.border.codes) if (made.border.state == place).any()]
    return {
        "height_m": at.height_m,
        "known": True,
        "unseen_min": interval(unseen_min(at, made.entries)),
        "all": _part(made, at, asked, None),
        "states": {code: _part(made, at, asked, place) for code, place in places},
    }


def _part(made: Answer, at: AtHeight, asked: Asked, state: int | None) -> Json:
    assert at.scan is not None  # noqa: S101 -- told of known heights only
    assert at.times_s is not None  # noqa: S101
    mine = np.ones(at.scan.size, np.bool_) if state is None else made.border.state == state
    gaps = gaps_of(made.border, at.scan, asked.below, state)
    within = (at.times_s[:, mine] <= WITHIN_S).mean(axis=1)
    return {
        "cells": gaps.cells,
        "scan": float(at.scan[mine].mean()),
        "track_1min": share_interval(within),
        "unwatched_share": gaps.below / gaps.cells,
        "runs": [{"km": length * CELL_M / 1000.0, "count": count} for length, count in gaps.runs],
        "longest_km": gaps.longest_km,
    }

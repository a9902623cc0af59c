"""Of the frames of a night, the series that a player needs."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.messages.aircraft import Status
from holdfire.messages.film import STEP_S, FilmedNight, FilmedTrack, Series
from holdfire.rehearsal.cited import cited
from holdfire.rehearsal.happened import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from holdfire.messages.story import Story
    from holdfire.rehearsal.frames import Frame
    from holdfire.rehearsal.replay import Replayed
    from holdfire.setting import Scene


def filmed(scene: Scene, replayed: Replayed, option: str, stories: Sequence[Story]) -> FilmedNight:
    """Return one option's night as it can be played."""
    frames, aircraft = replayed.frames, replayed.night.world.aircraft
    flown = _stretches([each.places for each in frames], [each.at for each in frames])
    followed = _followed(frames)
    tracks = _stretches([each.numbers for each in frames], [each.believed for each in frames])
    platforms = [scene.platforms[place] for place in aircraft["platform"]]
    last = {place: series.first + len(series.points) for place, series in flown}
    return FilmedNight(
        option=option,
        digest=replayed.digest,
        steps=len(frames),
        aircraft=aircraft.copy(),
        titles=tuple(each.title for each in platforms),
        looks=tuple(each.look for each in platforms),
        truth=tuple(flown),
        tracks=tuple(FilmedTrack(number, followed[number], series) for number, series in tracks),
        identities=_identities(frames, replayed.option),
        events=replayed.events,
        texts=tuple(in_words(event) for event in replayed.events),
        ends=dict(_ends(replayed.scored, last)),
        stories=tuple(stories),
        cited=cited(scene.rules, replayed.option, stories),
    )


def _stretches(names: list[NDArray[np.int64]], points: list[NDArray[np.int16]]) -> list[tuple[int, Series]]:
    """Part points by name, and each name's where a step is left out; by name, then by time."""
    steps = np.repeat(np.arange(len(names)), [each.size for each in names])
    every, at = np.concatenate(names), np.concatenate(points)
    order = np.lexsort((steps, every))
    every, steps, at = every[order], steps[order], at[order]
    cuts = np.flatnonzero((np.diff(every) != 0) | (np.diff(steps) != 1)) + 1
    firsts = np.concatenate([np.zeros(min(every.size, 1), np.int64), cuts])
    return [
        (int(every[first]), Series(int(steps[first]), part))
        for first, part in zip(firsts, np.split(at, cuts), strict=False)
    ]


def _followed(frames: list[Frame]) -> dict[int, int]:
    """Return, by track number, the place of the aircraft that most frames say it followed; of equals, the lowest."""
    numbers = np.concatenate([each.numbers for each in frames])
    owners = np.concatenate([each.owners for each in frames])
    pairs, counts = np.unique(np.stack([numbers, owners], axis=1), axis=0, return_counts=True)
    order = np.lexsort((-pairs[:, 1], counts))  # the last of a number wins
    return {int(number): int(owner) for number, owner in pairs[order]}


def _identities(frames: list[Frame], option: int) -> dict[int, list[tuple[int, int]]]:
    out: dict[int, list[tuple[int, int]]] = {}
    for step, each in enumerate(frames):
        for number, identity in zip(each.numbers.tolist(), each.identities[option].tolist(), strict=True):
            told = out.setdefault(number, [])
            if not told or told[-1][1] != identity:
                told.append((step, identity))
    return out


def _ends(scored: np.ndarray[Any, np.dtype[np.void]], last: dict[int, int]) -> Iterator[tuple[int, tuple[float, str]]]:
    """Yield when and how each that flew ended; of whom nobody kept the time, the first step without it."""
    for place, step in last.items():
        status = Status(int(scored[place]["status"]))
        if status not in {Status.WAITING, Status.FLYING}:
            ended_s = float(scored[place]["ended_s"])
            yield place, (ended_s if isfinite(ended_s) else float(step * STEP_S), status.name.lower())

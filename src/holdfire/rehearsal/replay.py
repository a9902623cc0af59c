"""A night again, under every option at once where they are alike, stopped after each of the commander's cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from holdfire.loop import CYCLE, DT_S, advance
from holdfire.messages.film import STEP_S
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.copies import copied
from holdfire.rehearsal.fork import alike, refuse_overflow
from holdfire.rehearsal.frames import Frame, frame
from holdfire.rehearsal.told import all_events, digest
from holdfire.score.join import scored_under

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.setting import Scene


class Watches(Protocol):
    """Whoever looks at an option's night after each cycle."""

    def cycle(self, night: Night, time_s: float) -> None:
        """Take in what is new after the cycle of a time."""
        ...  # pragma: no cover


class Replayed(NamedTuple):
    """One option's night at its end: `scored`, `events` and `digest` as a study has them, and its film."""

    option: int
    night: Night
    scored: Records
    events: Records
    digest: str
    frames: list[Frame]


def replay(scene: Scene, key: Key, options: Sequence[int], tellers: Mapping[int, Watches]) -> Iterator[Replayed]:
    """Yield each option's night as it ends; tellers, by option, are called after every cycle of theirs.

    Raises `CapacityError` where a fixed array overflows.
    """
    night, plans = begin(scene, key)
    waiting = [(night, tuple(options), 0, False, list[Frame]())]
    while waiting:
        state, group, tick, decided, frames = waiting.pop()
        differs = False
        while tick < scene.ticks and not differs:
            end = min(-(-tick // CYCLE) * CYCLE + 1, scene.ticks)  # the tick of the next cycle is then over
            tick = advance(scene.setting, plans, state, np.array(group, np.int64), key, tick, end, decided)
            refuse_overflow(state, tick)
            differs, decided = tick < end, False
            if not differs and (tick - 1) % CYCLE == 0:
                _take(state, group, (tick - 1) * DT_S, frames, tellers)
        if differs:
            parts = alike(state, group)
            states = [state, *(copied(state) for _ in parts[1:])]
            waiting.extend((one, part, tick, True, list(frames)) for one, part in zip(states, parts, strict=True))
        else:
            yield from (_ended(state, option, frames) for option in group)


def _take(
    night: Night, options: Sequence[int], time_s: float, frames: list[Frame], tellers: Mapping[int, Watches]
) -> None:
    for option in options:
        if option in tellers:
            tellers[option].cycle(night, time_s)
    if time_s % STEP_S == 0.0:
        frames.append(frame(night, options))


def _ended(night: Night, option: int, frames: list[Frame]) -> Replayed:
    scored = scored_under(night.score, option)
    scored["status"] = night.world.aircraft["status"]
    events = all_events(scored, night.response.events[: night.response.counts[0]])
    return Replayed(option, night, scored, events, digest(night, scored), frames)

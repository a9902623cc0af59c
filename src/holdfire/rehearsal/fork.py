"""Options share a night until their rulings first lead to different orders; then it is copied.

Options that stay alike stay together, so that identical nights are run once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.errors import CapacityError
from holdfire.loop import DT_S, advance
from holdfire.rehearsal.copies import copied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.loop import Night
    from holdfire.messages.plan import Plans
    from holdfire.seed import Key
    from holdfire.setting import Setting


def rehearse(
    setting: Setting, plans: Plans, night: Night, key: Key, ticks: int
) -> Iterator[tuple[tuple[int, ...], Night]]:
    """Run a night under every option; yield, as they end, the options that had the same night and what it came to.

    Raises `CapacityError` where a fixed array overflows.
    """
    waiting = [(night, tuple(range(night.orders.shape[0])), 0, False)]
    while waiting:
        state, options, begin, decided = waiting.pop()
        reached = advance(setting, plans, state, np.array(options, np.int64), key, begin, ticks, decided)
        refuse_overflow(state, reached)
        if reached == ticks:
            yield options, state
            continue
        parts = alike(state, options)
        copies = [copied(state) for _ in parts[1:]]
        waiting.extend((copy, part, reached, True) for copy, part in zip([*copies, state], parts[::-1], strict=True))


def alike(night: Night, options: Sequence[int]) -> list[tuple[int, ...]]:
    """Part options by the orders that stand."""
    n = int(night.picture.counts[0])
    groups: dict[bytes, list[int]] = {}
    for option in options:
        groups.setdefault(night.orders[option, :n].tobytes(), []).append(option)
    return [tuple(group) for group in groups.values()]


def refuse_overflow(night: Night, tick: int) -> None:
    """Raise `CapacityError` naming the array that is full."""
    for what, room, fix, counts in (
        ("plots in one tick", night.plots.plot.size, "thin out the sensors or the traffic", night.plots.counts),
        ("tracks", night.picture.tracks.track.size, "thin out the clutter or the traffic", night.picture.tracks.counts),
        ("events", night.response.events.size, "shorten the night", night.response.counts),
    ):
        if counts[0] < 0:
            message = f"there is room for {room} {what}, and {tick * DT_S:.0f} s into the night it is used up: {fix}"
            raise CapacityError(message)

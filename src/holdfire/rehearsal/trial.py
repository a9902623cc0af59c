"""Rule upon many changed copies of one row of evidence at once, by the tables that the loop rules by."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.binding.layout import bound_on
from holdfire.binding.rows import bench_for, rule_on
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.layout import ASSESSMENT, EVIDENCE, N_NAMED, RULING
from holdfire.messages.vocabulary import INDEX, ITEMS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.setting import Scene

    Places = NDArray[np.int64]

ROOM: Final = 4096
"""Rows ruled upon at once."""
LONG_S: Final = 1e9
"""How long a changed condition counts as held."""
_ENGAGE: Final = ALL_ACTIONS.index(Action.ENGAGE)


class Court:
    """Where changed evidence is ruled upon; its room is made once and used again."""

    def __init__(self, scene: Scene) -> None:
        chosen, chain, defence = scene.rules
        states = [*scene.hosts, *scene.crews]
        self._binding = scene.setting.binding
        self._bench = bench_for(self._binding, ROOM)
        self._timed = [
            [[INDEX[timer.item] for timer in each.timers()] for each in [*bound_on(option, states, chain), defence]]
            for option in chosen
        ]

    def permits(
        self, night: Night, option: int, row: int, singles: Records, items: Places, tried: Places
    ) -> NDArray[np.bool_]:
        """Return whether force is permitted on a row with some changes made, no time having passed.

        Parameters
        ----------
        night, option, row
            The ruling in question, as it stands after a cycle.
        singles, items
            Changes: records that know nothing but what changes to what, and which item of each that is.
        tried
            (trials, changes): which changes each trial makes together, all of different items.
        """
        found = []
        for first in range(0, len(tried), ROOM):
            part = tried[first : first + ROOM]
            rows, changed = np.zeros(len(part), EVIDENCE), np.zeros((len(part), len(ITEMS)), np.bool_)
            rows[:] = night.picture.rows[row]
            for column in part.T:
                _change(rows, changed, items[column], singles[column])
            found.append(self._rule(night, option, row, rows, changed))
        return np.concatenate([np.zeros(0, np.bool_), *found])

    def _rule(
        self, night: Night, option: int, row: int, rows: Records, changed: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        n, kept, picture = rows.size, self._bench.kept, night.picture
        kept.number[option, :n], kept.combination[option, :n] = 1, -1
        held = kept.held[option, :, :n]
        held[...] = night.bench.kept.held[option, :, picture.slots[row]][:, None]
        for place, items in enumerate(self._timed[option]):
            for timer, item in enumerate(items):
                held[place, changed[:, item], timer] = LONG_S, inf
        assessed, ruled = np.zeros(n, ASSESSMENT), np.zeros(n, RULING)
        ones = np.ones(n, np.int64)
        rule_on(
            self._binding, self._bench, option, rows, np.arange(n), ones, ones * picture.hosts[row],
            ones * night.crews[row], 0.0, assessed, ruled,
        )  # fmt: skip
        permitted: NDArray[np.bool_] = ruled["permitted"] >> _ENGAGE & 1 == 1
        return permitted


def _change(rows: Records, changed: NDArray[np.bool_], items: Places, made: Records) -> None:
    """Write one item into each row, as it stands in a record that knows nothing else."""
    every, bits = np.arange(rows.size), np.uint64(1) << items.astype(np.uint64)
    for name in ("known", "verified"):
        rows[name] = rows[name] & ~bits | made[name]
    rows["age_s"][every, items] = made["age_s"][every, items]
    named, numbers = np.flatnonzero(items < N_NAMED), np.flatnonzero(items >= N_NAMED)
    rows["code"][named, items[named]] = made["code"][named, items[named]]
    for name in ("value", "sd"):
        rows[name][numbers, items[numbers] - N_NAMED] = made[name][numbers, items[numbers] - N_NAMED]
    changed[every, items] = True

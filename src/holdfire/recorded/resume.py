"""A track that was dropped goes on under its number where its address is heard again near where it would be.

The tracker drops what it has not seen for a while, as that may have landed. What comes back under the same 24-bit
address, in time and near enough, is taken for the same aircraft; the address alone does not say so, as two may share
one.
"""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

GAP_S: Final = 600.0
"""Later, nothing says that it is the same flight (assumed)."""
NEAR_M: Final = 5_000.0
NEAR_M_S: Final = 50.0
"""It may be off by so much, and by so much a second of the gap: 15 degrees of course at 200 m/s (assumed)."""


class Leg(NamedTuple):
    """A track from its first plot to its last."""

    number: int
    address: int
    first: tuple[float, ...]  # time_s, x_m, y_m
    last: tuple[float, ...]
    velocity: tuple[float, float]  # m/s, when last shown


def resumed(history: Records, fed: NDArray[np.int64], plot: Records) -> tuple[Records, NDArray[np.int64]]:
    """Return the snapshots and the numbers that took the plots, with the numbers of resumed tracks.

    Parameters
    ----------
    history
        `SNAPSHOT` records, by time.
    fed
        The number of the track that took each plot, 0: none.
    plot
        `PLOT` records, by time.
    """
    origin, ends_s = dict[int, int](), dict[int, float]()
    open_legs = dict[int, list[Leg]]()
    for leg in sorted(_legs(history, fed, plot), key=lambda leg: leg.first):
        same = open_legs.setdefault(leg.address, [])
        off_m = [_off_m(before, leg) for before in same]
        if min(off_m, default=inf) < inf:
            before = same.pop(int(np.argmin(off_m)))
            origin[leg.number], ends_s[before.number] = origin.get(before.number, before.number), leg.first[0]
        same.append(leg)
    if not origin:
        return history, fed
    names = np.arange(1 + max(int(fed.max()), int(history["number"].max())))
    until_s = np.full(names.size, np.inf)
    names[list(origin)], until_s[list(ends_s)] = list(origin.values()), list(ends_s.values())
    out = history[history["time_s"] < until_s[history["number"]]]
    out["number"] = names[out["number"]]
    return out, np.where(fed > 0, names[np.maximum(fed, 0)], fed)


def _legs(history: Records, fed: NDArray[np.int64], plot: Records) -> list[Leg]:
    """Return the tracks that were shown and whose plots said an address; of several, the commonest is theirs."""
    order = np.argsort(history["number"], kind="stable")
    if not len(history):
        return []
    numbers, ends = np.unique(history["number"][order], return_index=True)
    shown = dict(zip(numbers.tolist(), order[np.append(ends[1:], len(order)) - 1].tolist(), strict=True))
    rows = np.flatnonzero(np.isin(fed, numbers))
    rows = rows[np.argsort(fed[rows], kind="stable")]
    legs = []
    for own in np.split(rows, 1 + np.flatnonzero(np.diff(fed[rows]))):
        said, counts = np.unique(plot["address"][own][plot["address"][own] != 0], return_counts=True)
        if said.size:
            state = history[shown[int(fed[own[0]])]]
            first, last = (tuple(map(float, plot[at][["time_s", "x_m", "y_m"]].item())) for at in own[[0, -1]])
            velocity = float(state["vx_m_s"]), float(state["vy_m_s"])
            legs.append(Leg(int(state["number"]), int(said[np.argmax(counts)]), first, last, velocity))
    return legs


def _off_m(before: Leg, leg: Leg) -> float:
    """Return how far a later track begins from where this one would be; infinity: too far, too late, or at once."""
    gap_s = leg.first[0] - before.last[0]
    if not 0.0 < gap_s <= GAP_S:
        return inf
    off_m = hypot(*(leg.first[i] - before.last[i] - gap_s * before.velocity[i - 1] for i in (1, 2)))
    return off_m if off_m <= NEAR_M + NEAR_M_S * gap_s else inf

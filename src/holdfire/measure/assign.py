"""Which track is which aircraft in one frame: the exact assignment under a cut-off.

Under a cut-off, pairs further apart cost as much as none, so the problem falls apart into the connected components
of the pairs within it, and each is solved alone, exactly, by the method of H. W. Kuhn ("The Hungarian method for
the assignment problem", Naval Research Logistics Quarterly 2, 1955, doi 10.1002/nav.3800020109) with the potentials
of shortest augmenting paths.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points = NDArray[np.float64]  # (n, 2), m
    Places = NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of a row of one set and a row of another, and how far apart they are."""

    first: Places
    second: Places
    apart_m: NDArray[np.float64]


def within(first: Points, second: Points, reach_m: float) -> Pairs:
    """Return every pair less than `reach_m` apart."""
    order = np.argsort(second[:, 0], kind="stable")
    east = second[order, 0]
    low = np.searchsorted(east, first[:, 0] - reach_m)
    count = np.searchsorted(east, first[:, 0] + reach_m, side="right") - low
    i = np.repeat(np.arange(len(first)), count)
    j = order[np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)]
    apart_m = np.hypot(first[i, 0] - second[j, 0], first[i, 1] - second[j, 1])
    near = apart_m < reach_m
    return Pairs(i[near], j[near], apart_m[near])


def assign_within(first: Points, second: Points, cut_off_m: float, power: float = 2.0) -> Pairs:
    """Return the pairs that make the sum of `min(distance, cut-off) ** power` least, no row in two of them.

    A pair at the cut-off or beyond is left out. The result is by rising row of `first`.
    """
    pairs = within(first, second, cut_off_m)
    alone = (np.bincount(pairs.first, minlength=1)[pairs.first] == 1) & (
        np.bincount(pairs.second, minlength=1)[pairs.second] == 1
    )
    chosen = [np.flatnonzero(alone)]
    rest = np.flatnonzero(~alone)
    chosen += [_best(pairs, part, cut_off_m, power) for part in _components(pairs, rest)]
    taken = np.concatenate(chosen)
    taken = taken[np.argsort(pairs.first[taken], kind="stable")]
    return Pairs(pairs.first[taken], pairs.second[taken], pairs.apart_m[taken])


def _components(pairs: Pairs, places: Places) -> Iterator[Places]:
    """Part the pairs at `places` into those that share rows, directly or by others."""
    above: dict[int, int] = {}

    def root(node: int) -> int:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    ends = [(int(pairs.first[place]), -1 - int(pairs.second[place])) for place in places]
    for a, b in ends:
        above[root(a)] = root(b)
    groups: dict[int, list[int]] = {}
    for place, (a, _) in zip(places.tolist(), ends, strict=True):
        groups.setdefault(root(a), []).append(place)
    for group in groups.values():
        yield np.array(group, np.int64)


def _best(pairs: Pairs, places: Places, cut_off_m: float, power: float) -> Places:
    """Return which of the pairs of one component to take."""
    rows, i = np.unique(pairs.first[places], return_inverse=True)
    columns, j = np.unique(pairs.second[places], return_inverse=True)
    cost = np.full((len(rows), len(columns)), cut_off_m**power)
    cost[i, j] = pairs.apart_m[places] ** power
    which = np.full(cost.shape, -1)
    which[i, j] = places
    owner = cheapest(cost if len(rows) <= len(columns) else cost.T)
    found = which[np.arange(len(rows)), owner] if len(rows) <= len(columns) else which[owner, np.arange(len(columns))]
    return found[found >= 0]


def cheapest(cost: NDArray[np.float64]) -> Places:
    """Return for each row, of which there are at most as many as columns, the column of the least total cost."""
    n, m = cost.shape
    row_price, column_price = np.zeros(n + 1), np.zeros(m + 1)
    owner, via = np.zeros(m + 1, np.int64), np.zeros(m + 1, np.int64)  # column 0 holds the row to be placed
    for row in range(1, n + 1):
        owner[0], column = row, 0
        far, done = np.full(m + 1, inf), np.zeros(m + 1, np.bool_)
        while owner[column] != 0:
            done[column] = True
            here = owner[column]
            reduced = cost[here - 1] - row_price[here] - column_price[1:]
            nearer = ~done[1:] & (reduced < far[1:])
            far[1:][nearer], via[1:][nearer] = reduced[nearer], column
            nearest = int(np.argmin(np.where(done, inf, far)))
            step = far[nearest]
            row_price[owner[done]] += step
            column_price[done] -= step
            far[~done] -= step
            column = nearest
        while column != 0:
            owner[column], column = owner[via[column]], int(via[column])
    out = np.zeros(n, np.int64)
    taken = np.flatnonzero(owner[1:])
    out[owner[1:][taken] - 1] = taken
    return out

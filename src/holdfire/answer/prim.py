"""PRIM: the box of a space in which something happens most often, found by peeling.

J. H. Friedman and N. I. Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9, 1999, doi
10.1023/A:1008894516817; for scenario discovery B. P. Bryant and R. J. Lempert, "Thinking inside the box", Technological
Forecasting and Social Change 77, 2010, doi 10.1016/j.techfore.2009.08.002, whose quasi-p-value drops restrictions that
chance explains; as practised in J. H. Kwakkel's EMA Workbench, Environmental Modelling & Software 96, 2017, doi
10.1016/j.envsoft.2017.06.054. The box is chosen by what it holds above what chance would (weighted relative accuracy),
and is believed only where shuffled cases hardly ever give one as good: peeling always finds some box, in noise too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.answer.draw import SHUFFLING, uniforms
from holdfire.study.special import incomplete_beta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Cases = NDArray[np.bool_]

PEEL: Final = 0.08
"""Share of the points left that one peel takes away; patient, as its authors advise 0.05 to 0.1."""
LEAST: Final = 8
"""Points that a box must hold."""
SIDES: Final = 3
"""Sides that are peeled: those that go most with what is asked. Of forty sides some always fit noise."""
SHUFFLES: Final = 199
CHANCE: Final = 0.05
"""Chance of a box as good among shuffled cases, or of a restriction, above which it is not believed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One restriction of a box: above a share of a range, or below it, and the chance that noise explains it."""

    side: int
    above: bool
    share: float
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box in which cases are dense.

    Attributes
    ----------
    limits
        Its restrictions, what noise explains least first.
    points, cases
        In it.
    density, coverage
        Share of its points that are cases, and of all cases that it holds.
    base
        Share of all points that are cases.
    p
        Share of shuffles in which a box as good was found, this one counted among them.
    """

    limits: tuple[Limit, ...]
    points: int
    cases: int
    density: float
    coverage: float
    base: float
    p: float


def discover(points: Numbers, cases: Cases, sizes: Numbers | None = None, chance: float = CHANCE) -> Box | None:
    """Return the box of a space (points, sides) in which cases are densest; `None` where chance explains it.

    `sizes` says by how much each point is a case, or fails to be one, where that is known: the sides to peel are chosen
    by it. With several questions asked of one space, divide `chance` by their number.
    """
    n = len(points)
    if n < 2 * LEAST or not 0 < cases.sum() < n:
        return None
    order = np.argsort(points, axis=0, kind="stable")
    sizes = cases.astype(np.float64) if sizes is None else sizes
    inside, worth = _best(order, cases, sizes)
    if worth <= 0:
        return None
    shuffled = np.argsort(uniforms(SHUFFLING, SHUFFLES, n), axis=1, kind="stable")
    as_good = sum(_best(order, cases[each], sizes[each])[1] >= worth for each in shuffled)
    p = (1 + as_good) / (1 + SHUFFLES)
    if p > chance:
        return None
    limits = _kept(points, cases, _limits(points, inside))
    if not limits:
        return None
    held = within(points, [(each.side, each.above, each.share) for each in limits])
    found = int(cases[held].sum())
    return Box(
        limits, int(held.sum()), found, found / int(held.sum()), found / int(cases.sum()), float(cases.mean()), p
    )  # fmt: skip


def within(points: Numbers, limits: list[tuple[int, bool, float]]) -> Cases:
    """Return which points keep to limits given as (side, above, share)."""
    held = np.ones(len(points), np.bool_)
    for side, above, share in limits:
        held &= points[:, side] >= share if above else points[:, side] <= share
    return held


def _best(order: NDArray[np.int64], cases: Cases, sizes: Numbers) -> tuple[Cases, float]:
    """Return the box of one course of peeling with the highest weighted relative accuracy, and that."""
    n, base = len(cases), float(cases.mean())
    ranks = np.arange(n) - (n - 1) / 2.0
    together = np.abs(ranks @ sizes[order])  # as Spearman's correlation with each side
    order = order[:, np.argsort(-together, kind="stable")[:SIDES]]
    best, worth = np.ones(n, np.bool_), 0.0
    for inside in _peeled(order, cases):
        count = int(inside.sum())
        here = count / n * (float(cases[inside].mean()) - base)
        if here > worth:
            best, worth = inside, here
    return best, worth


def _peeled(order: NDArray[np.int64], cases: Cases) -> Iterator[Cases]:
    """Yield boxes, each the last less the thin slice of one side that leaves the densest."""
    inside = np.ones(len(cases), np.bool_)
    while (count := int(inside.sum())) > LEAST:
        slice_ = min(max(1, int(PEEL * count)), count - LEAST)
        ranked = order.T[inside[order].T].reshape(order.shape[1], count)  # by side, the points left in order
        lost = np.concatenate([cases[ranked[:, :slice_]].sum(axis=1), cases[ranked[:, -slice_:]].sum(axis=1)])
        side = int(lost.argmin())
        gone = ranked[side, :slice_] if side < len(ranked) else ranked[side - len(ranked), -slice_:]
        inside = inside.copy()
        inside[gone] = False
        yield inside


def _limits(points: Numbers, inside: Cases) -> list[tuple[int, bool, float]]:
    """Return the sides on which a box ends before the space does, half-way to the next point outside."""
    out = []
    for side in range(points.shape[1]):
        low, high = points[inside, side].min(), points[inside, side].max()
        if (below := points[points[:, side] < low, side]).size:
            out.append((side, True, float((low + below.max()) / 2.0)))
        if (over := points[points[:, side] > high, side]).size:
            out.append((side, False, float((high + over.min()) / 2.0)))
    return out


def _kept(points: Numbers, cases: Cases, limits: list[tuple[int, bool, float]]) -> tuple[Limit, ...]:
    """Drop one after another the restriction that chance explains best, until all left are beyond chance."""
    while limits:
        chances = [_quasi_p(points, cases, limits, each) for each in limits]
        weakest = max(range(len(limits)), key=chances.__getitem__)
        if chances[weakest] <= CHANCE:
            found = [Limit(*limit, quasi_p) for limit, quasi_p in zip(limits, chances, strict=True)]
            return tuple(sorted(found, key=lambda each: each.quasi_p))
        limits = [each for each in limits if each is not limits[weakest]]
    return ()


def _quasi_p(
    points: Numbers, cases: Cases, limits: list[tuple[int, bool, float]], one: tuple[int, bool, float]
) -> float:
    """Return the chance of so many cases in the box if the density were that without the restriction."""
    held = within(points, limits)
    wider = within(points, [each for each in limits if each is not one])
    return _at_least(int(cases[held].sum()), int(held.sum()), float(cases[wider].mean()))


@cache
def _at_least(k: int, n: int, share: float) -> float:
    """Return the binomial chance of at least k of n (NIST Digital Library of Mathematical Functions, 8.17.5)."""
    return 1.0 if k == 0 else incomplete_beta(share, k, n - k + 1.0)

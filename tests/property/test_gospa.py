"""The assignment under a cut-off is the best there is: held against every possible one, and against Stone Soup's."""

from __future__ import annotations

import json
import os
import subprocess
from itertools import combinations, permutations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.measure.assign import assign_within, cheapest, within
from holdfire.measure.gospa import gospa
from support.draws import uniforms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

PEER = Path(os.environ.get("HOLDFIRE_STONESOUP", "no-such-python"))
CUT_OFF_M = 1000.0
PROGRAM = """
import sys, json, datetime
from stonesoup.metricgenerator.ospametric import GOSPAMetric, OSPAMetric
from stonesoup.types.state import State
now, out = datetime.datetime(2026, 1, 1), []
def states(points):
    return [State([[x], [y]], timestamp=now) for x, y in points]
for c, p, true, held in json.load(sys.stdin):
    a, b = states(true), states(held)
    got, _ = GOSPAMetric(c=c, p=p).compute_gospa_metric(b, a)
    ospa = OSPAMetric(c=c, p=p).compute_OSPA_distance(b, a).value
    out.append([got.value["distance"], ospa, got.value["localisation"], got.value["missed"], got.value["false"]])
print(json.dumps(out))
"""


def sets(name: int) -> tuple[Points, Points]:
    """Two sets of up to five points, within a few cut-offs of one another."""
    count = (uniforms(name, (2,)) * 6).astype(int)
    side = 500.0 + 3000.0 * uniforms(name + 1, (1,))[0]
    first, second = side * uniforms(name + 2, (5, 2)), side * uniforms(name + 3, (5, 2))
    return first[: count[0]], second[: count[1]]


def all_matchings(n: int, m: int) -> list[list[tuple[int, int]]]:
    return [
        list(zip(rows, columns, strict=True))
        for size in range(min(n, m) + 1)
        for rows in combinations(range(n), size)
        for columns in permutations(range(m), size)
    ]


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_both_metrics_are_the_least_over_every_matching(power: float) -> None:
    for trial in range(150):
        true, held = sets(10_000 + 10 * trial)
        n, m = len(true), len(held)
        edge, whole, each = CUT_OFF_M**power, np.inf, np.inf
        for matching in all_matchings(n, m):
            near = [np.hypot(*(true[i] - held[j])) for i, j in matching]
            whole = min(whole, sum(d**power for d in near) + edge / 2 * (n + m - 2 * len(near)))
            cut = sum(min(d, CUT_OFF_M) ** power for d in near) + edge * (max(n, m) - len(near))
            each = min(each, cut / max(n, m, 1))
        found = gospa(true, held, CUT_OFF_M, power)
        assert found.gospa_m == pytest.approx(whole ** (1 / power))
        assert found.ospa_m == pytest.approx(each ** (1 / power))
        parts = found.localisation + edge / 2 * (found.missed + found.false)
        assert found.gospa_m**power == pytest.approx(parts)


def test_gospa_is_a_metric() -> None:
    """Symmetric, nothing apart from itself, and no shorter by way of a third set."""
    for trial in range(100):
        first, second = sets(30_000 + 10 * trial)
        third, _ = sets(50_000 + 10 * trial)
        assert gospa(first, second).gospa_m == pytest.approx(gospa(second, first).gospa_m)
        assert gospa(first, first).gospa_m == 0.0
        by_third = gospa(first, third).gospa_m + gospa(third, second).gospa_m
        assert gospa(first, second).gospa_m <= by_third + 1e-9


def test_the_cheapest_assignment_is_the_least_of_all() -> None:
    for trial in range(100):
        n, m = 1 + trial % 4, 4 + trial % 2
        cost = uniforms(70_000 + trial, (n, m))
        chosen = cheapest(cost)
        assert len(set(chosen.tolist())) == n
        least = min(sum(cost[range(n), list(columns)]) for columns in permutations(range(m), n))
        assert cost[range(n), chosen].sum() == pytest.approx(least)


def test_components_change_nothing() -> None:
    """Hundreds of points, in clusters that touch: the whole matrix at once gives the same sum."""
    first, second = 12_000 * uniforms(90_001, (130, 2)), 12_000 * uniforms(90_002, (120, 2))
    pairs = assign_within(first, second, CUT_OFF_M)
    apart_m = np.hypot(*(first[:, None] - second[None]).transpose(2, 0, 1))
    assert len(within(first, second, CUT_OFF_M).first) == (apart_m < CUT_OFF_M).sum()
    cost = np.minimum(apart_m, CUT_OFF_M) ** 2
    columns = cheapest(cost.T)
    whole = cost[columns, range(120)].sum()
    assert (pairs.apart_m**2).sum() + CUT_OFF_M**2 * (120 - len(pairs.first)) == pytest.approx(whole)


@pytest.mark.skipif(not PEER.exists(), reason="no environment with Stone Soup: name its Python in HOLDFIRE_STONESOUP")
def test_stone_soup_says_the_same() -> None:
    asked = [(CUT_OFF_M, 2, *sets(110_000 + 10 * trial)) for trial in range(40)]
    asked = [(c, p, true, held) for c, p, true, held in asked if len(true) and len(held)]
    given = json.dumps([(c, p, true.tolist(), held.tolist()) for c, p, true, held in asked])
    ran = subprocess.run([PEER, "-c", PROGRAM], input=given, capture_output=True, text=True, check=True)  # noqa: S603
    for (c, p, true, held), peer in zip(asked, json.loads(ran.stdout), strict=True):
        found = gospa(true, held, c, p)
        parts = [found.localisation, c**p / 2 * found.missed, c**p / 2 * found.false]
        assert [found.gospa_m, *parts] == pytest.approx([peer[0], *peer[2:]])
        # Of OSPA it assigns by plain distances and then takes their squares, so it can only be larger.
        assert found.ospa_m <= peer[1] + 1e-9
        assert found.ospa_m == pytest.approx(peer[1], rel=0.02)

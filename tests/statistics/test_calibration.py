"""How often intervals hold, who foretells better, and that neither can be had by chance or by hedging."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from holdfire.study.calibration import bounds, counts_of, gain, skill


@pytest.mark.parametrize("n", [1, 7, 40])
def test_of_equal_chances_the_counts_are_binomial(n: int) -> None:
    wanted = [comb(n, k) * 0.8**k * 0.2 ** (n - k) for k in range(n + 1)]
    assert counts_of([0.8] * n) == pytest.approx(wanted, abs=1e-12)


def test_of_unequal_chances_they_are_what_every_outcome_gives() -> None:
    shares = (0.5, 0.9, 0.1)
    wanted = np.zeros(4)
    for outcome in np.ndindex(2, 2, 2):
        chance = np.prod([share if hit else 1 - share for share, hit in zip(shares, outcome, strict=True)])
        wanted[sum(outcome)] += chance
    assert counts_of(shares) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(1, 0, 1), (7, 3, 7), (10, 5, 10), (20, 12, 19), (40, 27, 37)],
)
def test_bounds_are_those_of_the_exact_binomial(n: int, low: int, high: int) -> None:
    assert bounds([0.8] * n) == (low, high)
    chances = counts_of([0.8] * n)
    assert chances[:low].sum() <= 0.025
    assert chances[high + 1 :].sum() <= 0.025
    assert chances[: low + 1].sum() > 0.025
    assert chances[high:].sum() > 0.025


def test_a_gain_says_who_is_better_and_by_how_much_of_both() -> None:
    assert gain(2.0, 2.0, 1.0) == 0.0
    assert gain(0.0, 0.0, 0.0) == 0.0
    assert gain(1.0, 3.0, 0.0) == pytest.approx(0.5)
    assert gain(3.0, 1.0, 0.0) == pytest.approx(-0.5)
    assert gain(0.01, 0.0, 1.0) == pytest.approx(-0.01 / 1.01)  # what the fact cannot show weighs little
    assert gain(1e9, 0.0, 1.0) > -1.0


def test_skill_is_the_mean_over_facts_and_facts_of_one_incident_hang_together() -> None:
    assert skill({}) is None
    assert skill({"one": []}) is None
    alone = skill({"one": [0.5, 0.1]})
    assert alone is not None
    assert alone.value == pytest.approx(0.3)
    assert (alone.low, alone.groups) == (None, 1)
    apart = skill({str(place): [value] for place, value in enumerate((0.1, 0.3, 0.5, 0.7))})
    assert apart is not None
    assert apart.low is not None
    assert apart.high is not None
    assert apart.high - apart.value == pytest.approx(3.182446 * np.std((0.1, 0.3, 0.5, 0.7), ddof=1) / 2.0)
    bound = skill({"a": [0.1] * 8, "b": [0.7] * 8})
    loose = skill({str(place): [0.1 if place < 8 else 0.7] for place in range(16)})
    assert bound is not None
    assert loose is not None
    assert bound.low is not None
    assert loose.low is not None
    assert bound.value == pytest.approx(loose.value)
    assert bound.low < loose.low

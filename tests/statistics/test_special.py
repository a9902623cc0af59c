"""Quantiles against printed tables."""

from __future__ import annotations

import math

import pytest

from holdfire.study.special import beta_quantile, binomial_half_tail, incomplete_beta, student_quantile


@pytest.mark.parametrize(
    ("freedom", "p", "table"),
    [  # Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, table 26.10 (percentage points of t)
        (1, 0.975, 12.706),
        (2, 0.975, 4.303),
        (5, 0.975, 2.571),
        (10, 0.975, 2.228),
        (10, 0.95, 1.812),
        (10, 0.995, 3.169),
        (30, 0.975, 2.042),
        (120, 0.975, 1.980),
        (10**9, 0.975, 1.960),
    ],
)
def test_students_quantiles_are_those_printed(freedom: float, p: float, table: float) -> None:
    assert student_quantile(p, freedom) == pytest.approx(table, abs=6e-4)
    assert student_quantile(1 - p, freedom) == pytest.approx(-student_quantile(p, freedom), rel=1e-9)


@pytest.mark.parametrize("x", [0.0, 1e-3, 0.2, 0.5, 0.9, 1.0])
def test_incomplete_beta_where_it_is_elementary(x: float) -> None:
    assert incomplete_beta(x, 1.0, 1.0) == pytest.approx(x)
    assert incomplete_beta(x, 3.0, 1.0) == pytest.approx(x**3)
    assert incomplete_beta(x, 1.0, 4.0) == pytest.approx(1 - (1 - x) ** 4)
    assert incomplete_beta(x, 0.5, 0.5) == pytest.approx(2 / math.pi * math.asin(math.sqrt(x)))


@pytest.mark.parametrize(("a", "b"), [(0.5, 7.0), (3.0, 200.0), (900.0, 1100.0)])
def test_a_quantile_is_the_inverse(a: float, b: float) -> None:
    for p in (1e-6, 0.025, 0.5, 0.975):
        assert incomplete_beta(beta_quantile(p, a, b), a, b) == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize("n", [1, 7, 20])
def test_heads_are_counted(n: int) -> None:
    for k in range(n + 1):
        exact = sum(math.comb(n, j) for j in range(k + 1)) / 2**n
        assert binomial_half_tail(k, n) == pytest.approx(exact, abs=1e-14)

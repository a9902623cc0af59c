"""Forecasts of one more night: known quantiles, known scores, and a score that rewards saying what one believes."""

from __future__ import annotations

import itertools
from math import inf, nan

import numpy as np
import pytest

from holdfire.study.forecast import Span, forecast, held_out, interval_score, share_forecast
from support.draws import uniforms


def test_of_a_hundred_nights_the_tenth_from_either_end_is_taken() -> None:
    found = forecast(np.arange(100.0)[::-1].copy())
    assert found is not None
    assert (found.low, found.high, found.median, found.n) == (9.0, 90.0, 49.5, 100)
    assert found.coverage == pytest.approx(81 / 101)


@pytest.mark.parametrize(("n", "covers"), [(1, 0.0), (2, 1 / 3), (8, 7 / 9), (9, 0.8), (10, 9 / 11), (19, 0.8)])
def test_few_nights_cover_what_they_can_and_say_so(n: int, covers: float) -> None:
    found = forecast(np.arange(float(n)))
    assert found is not None
    assert found.coverage == pytest.approx(covers)
    if n < 19:
        assert (found.low, found.high) == (0.0, n - 1.0)


def test_nights_without_the_figure_are_left_out() -> None:
    found = forecast(np.array([nan, 3.0, nan, 5.0]))
    assert found is not None
    assert (found.low, found.high, found.n) == (3.0, 5.0, 2)
    assert forecast(np.array([nan, nan])) is None


@pytest.mark.parametrize("n", [9, 30, 100])
def test_one_more_night_is_covered_as_often_as_is_said(n: int) -> None:
    draws = uniforms(200 + n, (4000, n + 1))
    made = [(row[n], forecast(row[:n])) for row in draws]
    hits = sum(found is not None and found.low <= new <= found.high for new, found in made)
    covers = {found.coverage for _, found in made if found}.pop()
    assert hits / 4000 == pytest.approx(covers, abs=4 * (0.8 * 0.2 / 4000) ** 0.5)


@pytest.mark.parametrize(
    ("observed", "score"),
    [
        (Span(5, 5), 6.0),  # inside: the width
        (Span(2, 2), 6.0),
        (Span(1, 1), 16.0),  # one below: its width and ten
        (Span(10, 10), 26.0),
        (Span(0, 3), 6.0),  # a range that overlaps
        (Span(0, 1.5), 11.0),
        (Span(9, 12), 16.0),
        (Span(low=1), 6.0),  # one or more
        (Span(low=8.5), 11.0),
        (Span(high=1), 16.0),
        (Span(-inf, inf), 6.0),
    ],
)
def test_the_score_is_the_width_and_ten_times_the_gap(observed: Span, score: float) -> None:
    assert interval_score(2.0, 8.0, observed) == pytest.approx(score)


def test_whoever_says_the_true_quantiles_scores_best_on_average() -> None:
    """Eq. 43 is proper: no other interval has a lower expectation, here for an exponential wait."""
    waits = -np.log1p(-uniforms(301, (20_000,)))
    ends = {p: float(-np.log1p(-p)) for p in (0.02, 0.1, 0.2, 0.8, 0.9, 0.97)}

    def expected(low: float, high: float) -> float:
        return float(np.mean([interval_score(low, high, Span(x, x)) for x in waits]))

    scores = {
        pair: expected(ends[pair[0]], ends[pair[1]]) for pair in itertools.product((0.02, 0.1, 0.2), (0.8, 0.9, 0.97))
    }
    assert min(scores, key=scores.__getitem__) == (0.1, 0.9)


@pytest.mark.parametrize(
    ("shared", "of", "n", "low", "high"),
    [
        (0, 0, 1, 0, 1),  # nothing known: either
        (0, 1000, 20, 0, 0),
        (1000, 1000, 20, 20, 20),
        (500, 1000, 100, 43, 57),  # the binomial's, nearly: 50 and 1.28 times 5.2
    ],
)
def test_a_share_foretells_what_its_cases_say(shared: int, of: int, n: int, low: int, high: int) -> None:
    assert share_forecast(shared, of, n, n) == (low, high)


def test_a_share_is_drawn_as_its_posterior_says() -> None:
    """By simulation: Beta(1/2, 13/2) as a gamma over a sum of gammas, then coins."""
    low, high = share_forecast(0, 6, 21, 21)
    normals = np.sqrt(-2 * np.log1p(-uniforms(302, (20_000, 14)))) * np.cos(2 * np.pi * uniforms(303, (20_000, 14)))
    squares = normals**2
    share = squares[:, 0] / squares.sum(axis=1)  # chi-square of one over fourteen: Beta(1/2, 13/2)
    counts = (uniforms(304, (20_000, 21)) < share[:, None]).sum(axis=1)
    assert (counts <= low).mean() >= 0.1 - 0.01
    assert (counts <= high).mean() >= 0.9 - 0.01
    assert (counts < high).mean() <= 0.9 + 0.01


def test_a_range_of_numbers_widens_a_share() -> None:
    assert share_forecast(3, 6, 10, 30)[0] == share_forecast(3, 6, 10, 10)[0]
    assert share_forecast(3, 6, 10, 30)[1] == share_forecast(3, 6, 30, 30)[1]


@pytest.mark.parametrize("n", [2, 9, 10, 11, 40])
def test_each_night_is_held_against_the_interval_of_the_others(n: int) -> None:
    sample = np.concatenate([np.arange(float(n))[::-1], [np.nan]])
    ordered, lows, highs = held_out(sample)
    assert ordered.tolist() == list(range(n))
    for place in range(n):
        alone = forecast(np.delete(ordered, place))
        assert alone is not None
        assert (lows[place], highs[place]) == (alone.low, alone.high)

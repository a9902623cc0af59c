"""Every number of a comparison worked out anew from the Parquet: by numpy and by definition, not by what is tested.

Quantiles are found by integrating and summing the distributions themselves.
"""

from __future__ import annotations

from functools import cache
from math import comb, exp, expm1, gamma, log, pi, sqrt
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Sample = NDArray[np.float64]
    Json = dict[str, Any]


def assert_follows(comparison: Json, folder: Path) -> dict[str, int]:
    """Hold each figure of each option against the table of nights; return how many there are of each reading."""
    rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(folder / "nights.parquet")]).fetchnumpy()
    ids, seen = [option["id"] for option in comparison["options"]], dict[str, int]()
    for figure in (each for group in comparison["groups"] for each in group["figures"]):
        column = np.ma.filled(np.ma.asarray(rows[figure["name"]], np.float64), np.nan)
        nights = {
            each: column[rows["option"] == each][np.argsort(rows["replication"][rows["option"] == each])]
            for each in ids
        }
        base = nights[comparison["base"]]
        one, two = BY_READING[figure["reading"]]
        assert set(figure["options"]) == set(ids)
        for option, sample in nights.items():
            against = None if option == comparison["base"] else two(base, sample)
            expected = {**one(sample), "differing": differing(base, sample), "against_base": against}
            assert_same(figure["options"][option], expected, f"{figure['name']} under {option}")
            seen[figure["reading"]] = seen.get(figure["reading"], 0) + 1
    return seen


def assert_same(told: Any, expected: Any, where: str) -> None:
    """Compare two documents: numbers nearly, all else exactly."""
    if isinstance(expected, dict):
        assert set(told) == set(expected), where
        for name, value in expected.items():
            assert_same(told[name], value, f"{where}: {name}")
    elif expected is None or isinstance(expected, bool):
        assert told is expected, where
    else:
        assert told == pytest.approx(expected, rel=1e-6, abs=1e-9), where


def differing(base: Sample, option: Sample) -> int:
    return sum(a != b and not (np.isnan(a) and np.isnan(b)) for a, b in zip(base, option, strict=True))


def mean(sample: Sample) -> Json:
    there = sample[~np.isnan(sample)]
    n = there.size
    if n and not np.any(there != 0):
        return {"estimate": ends(n, 0.0, None) | {"none_seen": True, "share_below": bound(n)}}
    value = float(np.sum(there) / n) if n else None
    return {"estimate": ends(n, value, half(there)) | {"none_seen": False, "share_below": None}}


def median(sample: Sample) -> Json:
    return {"estimate": middle(sample) | {"none_seen": False, "share_below": None}}


def rare(sample: Sample) -> Json:
    return {"nights_with_any": share(int(np.sum(sample > 0)), sample.size), "total": float(np.sum(sample))}


def mean_difference(base: Sample, option: Sample) -> Json:
    both = (option - base)[~np.isnan(option - base)]
    found = ends(both.size, float(np.sum(both) / both.size) if both.size else None, half(both))
    return {"difference": alike_or(found, base, option)}


def median_difference(base: Sample, option: Sample) -> Json:
    return {"difference": alike_or(middle(option - base), base, option)}


def alike_or(found: Json, base: Sample, option: Sample) -> Json:
    """Return a difference, or where every night is alike, the bound on the share of nights that are not."""
    there = ~np.isnan(option - base)
    n = int(np.sum(there))
    if not differing(base, option):
        return ends(n, 0.0 if n else None, None) | {"share_below": bound(base.size), "variance_ratio": None}
    apart = np.var(base[there], ddof=1) + np.var(option[there], ddof=1) if n > 1 else 0.0
    ratio = float(np.var((option - base)[there], ddof=1) / apart) if apart else None
    return found | {"share_below": None, "variance_ratio": ratio}


def ratio(base: Sample, option: Sample) -> Json:
    n, x, y = base.size, float(np.mean(base)), float(np.mean(option))
    nights = int(np.sum(base > 0)), int(np.sum(option > 0))
    none = dict.fromkeys(("value", "low", "high", "below", "above"))
    made: Json = {"n": n, **none, "few": min(nights) < 5}
    if not any(nights):
        return {"ratio": made | {"few": False}}
    if not all(nights):
        q = bound(sum(nights))
        side = {"below": q / (1 - q)} if nights[0] else {"above": (1 - q) / q}
        return {"ratio": made | side | {"few": sum(nights) < 5}}
    made["value"] = y / x
    if differing(base, option):
        (xx, xy), (_, yy) = np.cov(base, option)
        spread = student(n - 1) * sqrt((yy / y**2 + xx / x**2 - 2 * xy / (x * y)) / n)
        made |= {"low": exp(log(y / x) - spread), "high": exp(log(y / x) + spread)}
    return {"ratio": made}


def shift(base: Sample, option: Sample) -> Json:
    return {
        "shift": {
            "higher": share(int(np.sum(option > base)), base.size),
            "lower": share(int(np.sum(option < base)), base.size),
        }
    }


BY_READING: dict[str, tuple[Callable[[Sample], Json], Callable[[Sample, Sample], Json]]] = {
    "mean": (mean, mean_difference),
    "median": (median, median_difference),
    "rare": (rare, ratio),
    "rank": (median, shift),
}


def ends(n: int, value: float | None, width: float | None) -> Json:
    if value is None or width is None:
        return {"n": n, "value": value, "low": None, "high": None}
    return {"n": n, "value": value, "low": value - width, "high": value + width}


def half(sample: Sample) -> float | None:
    n = sample.size
    return student(n - 1) * float(np.std(sample, ddof=1)) / sqrt(n) if n > 1 else None


def middle(sample: Sample) -> Json:
    """Return the median between the innermost order statistics that leave 2.5 % or less on either side."""
    there = np.sort(sample[~np.isnan(sample)])
    n = there.size
    ranks = [r for r in range(1, n // 2 + 1) if sum(comb(n, j) for j in range(r)) <= 0.025 * 2**n]
    made = ends(n, float(np.median(there)) if n else None, None)
    return made | {"low": float(there[ranks[-1] - 1]), "high": float(there[-ranks[-1]])} if ranks else made


def bound(n: int) -> float:
    """Return the share that leaves a chance of 5 % that none of n is seen."""
    return -expm1(log(0.05) / n)


def share(k: int, n: int) -> Json:
    if k == 0:
        return {"k": 0, "n": n, "value": 0.0, "low": None, "high": bound(n)}
    low = bisected(lambda p: tail(k, n, p), 0.025, 1.0)
    high = 1.0 if k == n else bisected(lambda p: tail(k + 1, n, p), 0.975, 1.0)
    return {"k": k, "n": n, "value": k / n, "low": low, "high": high}


def tail(k: int, n: int, p: float) -> float:
    """Return the chance of k or more of n."""
    return sum(comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))


@cache
def student(freedom: int) -> float:
    """Return Student's quantile of 97.5 %, its density summed by Simpson's rule."""
    scale = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))

    def below(t: float) -> float:
        at = np.linspace(0.0, t, 4001)
        density = scale * (1 + at**2 / freedom) ** (-(freedom + 1) / 2)
        return 0.5 + float(density[0] + density[-1] + 4 * density[1:-1:2].sum() + 2 * density[2:-1:2].sum()) * t / 12000

    return bisected(below, 0.975, 20.0)


def bisected(rising: Callable[[float], float], wanted: float, high: float) -> float:
    low = 0.0
    for _ in range(60):
        mid = (low + high) / 2
        low, high = (mid, high) if rising(mid) < wanted else (low, mid)
    return (low + high) / 2

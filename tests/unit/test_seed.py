"""Random numbers by name.

Every number here has a fixed name, so each statistical test gives the same on every run. Bounds are four
standard deviations of the statistic under independence: a sound generator keeps one for all but 1 in 16,000
choices of names, and an unsound one, at these sample sizes, misses by tens.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import numba
import numpy as np
import pytest

from holdfire import seed
from holdfire.compiled import kernel
from holdfire.errors import NameRangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Loop = Callable[[NDArray[np.int64], NDArray[np.float64]], None]

JIT_IS_OFF = bool(vars(numba.config)["DISABLE_JIT"])
too_slow_uncompiled = pytest.mark.skipif(JIT_IS_OFF, reason="the same numbers, a thousand times slower")

PARTS = ("seed", "branch", "tick", "entity", "stream", "draw", "replication")
NAME = (20250909, 3, 86_400, seed.entity(seed.Kind.BASE, 7, 2), seed.stream(seed.Stage.SENSE, 12), 5, 1_000)
COUNT = 1 << 16  # as many as the narrowest parts, stream and draw, can hold
FOUR_SIGMA = 4.0
SCALARS = (seed.uniform, seed.normal, seed.exponential)


@kernel
def uniforms(names: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    for i in range(out.shape[0]):
        n = names[i]
        out[i] = seed.uniform(n[0], n[1], n[2], n[3], n[4], n[5], n[6])


@kernel
def normals(names: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    for i in range(out.shape[0]):
        n = names[i]
        out[i] = seed.normal(n[0], n[1], n[2], n[3], n[4], n[5], n[6])


@kernel
def seconds(names: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    for i in range(out.shape[0]):
        n = names[i]
        out[i] = seed.normal_pair(n[0], n[1], n[2], n[3], n[4], n[5], n[6])[1]


@kernel
def exponentials(names: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    for i in range(out.shape[0]):
        n = names[i]
        out[i] = seed.exponential(n[0], n[1], n[2], n[3], n[4], n[5], n[6])


@kernel
def dice(names: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    for i in range(out.shape[0]):
        n = names[i]
        out[i] = seed.below(n[0], n[1], n[2], n[3], n[4], n[5], n[6], 6)


def draws(loop: Loop, names: NDArray[np.int64]) -> NDArray[np.float64]:
    out = np.empty(len(names))
    loop(names, out)
    return out


def row(part: str, count: int = COUNT) -> NDArray[np.int64]:
    """Names that differ in one part, which counts from 0."""
    names = np.tile(np.array(NAME, np.int64), (count, 1))
    names[:, PARTS.index(part)] = np.arange(count)
    return names


def scattered(part: str, count: int = COUNT) -> NDArray[np.int64]:
    """Names that differ in every part, none with the last value of the given one, so that it can grow by one."""
    names = np.empty((count, len(PARTS)), np.int64)
    for column, name in enumerate(PARTS):
        origin = row("tick", count)
        origin[:, PARTS.index("branch")] = column
        bound = 1 << 16 if name in {"stream", "draw"} else 1 << 32
        names[:, column] = draws(uniforms, origin) * (bound - (name == part))
    return names


def correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Pearson's, whose standard deviation is 1/sqrt(n) where x and y are independent."""
    return float(np.mean((x - x.mean()) * (y - y.mean())) / (x.std() * y.std()))


def assert_even(values: NDArray[np.float64], bins: int = 256) -> None:
    """Chi-square of values in [0, 1): mean bins - 1, variance 2 (bins - 1). Too even is wrong as well."""
    found = np.bincount((values * bins).astype(np.int64), minlength=bins)
    assert len(found) == bins
    expected = len(values) / bins
    chi_square = float(((found - expected) ** 2).sum() / expected)
    assert abs(chi_square - (bins - 1)) < FOUR_SIGMA * math.sqrt(2 * (bins - 1))


# Random123, tests/kat_vectors, the lines "philox4x32 10": counter, key, answer.
KNOWN_ANSWERS = [
    "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
]


@pytest.mark.parametrize("line", KNOWN_ANSWERS)
def test_known_answers_of_random123(line: str) -> None:
    tick, entity, packed, replication, key, branch, *answer = (int(word, 16) for word in line.split())
    words = seed.block(key, branch, tick, entity, packed >> 16, packed & 0xFFFF, replication)
    assert [int(word) for word in words] == answer


@pytest.mark.parametrize("part", PARTS)
def test_a_part_out_of_bounds_wraps_and_never_reaches_its_neighbour(part: str) -> None:
    width = 16 if part in {"stream", "draw"} else 32
    beyond = list(NAME)
    beyond[PARTS.index(part)] += 1 << width
    below_zero = list(NAME)
    below_zero[PARTS.index(part)] -= 1 << width
    assert seed.block(*NAME) == seed.block(*beyond) == seed.block(*below_zero)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_names_another_number(part: str) -> None:
    names = row(part, 300)
    assert len({seed.uniform(*map(int, name)) for name in names}) == 300


@pytest.mark.compiled
@too_slow_uncompiled
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("loop", [uniforms, normals, exponentials])
def test_neighbouring_names_are_uncorrelated(loop: Loop, part: str) -> None:
    bound = FOUR_SIGMA / math.sqrt(COUNT)
    in_a_row = draws(loop, row(part))
    assert abs(correlation(in_a_row[:-1], in_a_row[1:])) < bound

    names = scattered(part)
    here = draws(loop, names)
    names[:, PARTS.index(part)] += 1
    there = draws(loop, names)
    assert abs(correlation(here, there)) < bound
    assert abs(correlation((here - here.mean()) ** 2, (there - there.mean()) ** 2)) < bound


@pytest.mark.compiled
@too_slow_uncompiled
@pytest.mark.parametrize("part", PARTS)
def test_uniforms_are_even_along_every_part(part: str) -> None:
    values = draws(uniforms, row(part))
    assert values.min() >= 0.0
    assert values.max() < 1.0
    assert_even(values)


@pytest.mark.compiled
@too_slow_uncompiled
@pytest.mark.parametrize("loop", [normals, seconds])
@pytest.mark.parametrize("part", PARTS)
def test_normals_have_their_mean_variance_and_shape(loop: Loop, part: str) -> None:
    values = draws(loop, row(part))
    assert abs(values.mean()) < FOUR_SIGMA / math.sqrt(COUNT)  # variance of the mean: 1/n
    assert abs(values.var() - 1.0) < FOUR_SIGMA * math.sqrt(2.0 / COUNT)  # of the variance: 2/n
    assert_even(np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in values]))


@pytest.mark.compiled
@too_slow_uncompiled
def test_the_two_normals_of_a_name_are_independent() -> None:
    one, other = draws(normals, row("draw")), draws(seconds, row("draw"))
    bound = FOUR_SIGMA / math.sqrt(COUNT)
    assert abs(correlation(one, other)) < bound
    assert abs(correlation(one**2, other**2)) < bound
    assert abs(correlation(one, other**2)) < bound


@pytest.mark.compiled
@too_slow_uncompiled
def test_exponentials_have_their_mean_and_shape() -> None:
    values = draws(exponentials, row("entity"))
    assert abs(values.mean() - 1.0) < FOUR_SIGMA / math.sqrt(COUNT)  # variance 1
    assert_even(-np.expm1(-values))


@pytest.mark.compiled
@too_slow_uncompiled
def test_dice_are_even() -> None:
    assert_even(draws(dice, row("replication")) / 6.0 + 1.0 / 12.0, bins=6)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 1000, (1 << 32) - 1, 1 << 32])
def test_below_is_the_top_of_the_exact_product(n: int) -> None:
    for tick in range(200):
        name = (1, 0, tick, 0, 0, 0, 0)
        high, low, _, _ = (int(word) for word in seed.block(*name))
        value = seed.below(*name, n)
        assert value == (high << 32 | low) * n >> 64
        assert 0 <= value < n


def test_uniform_is_the_top_53_bits() -> None:
    for tick in range(200):
        name = (1, 0, tick, 0, 0, 0, 0)
        high, low, _, _ = (int(word) for word in seed.block(*name))
        assert seed.uniform(*name) == ((high << 32 | low) >> 11) / (1 << 53)


def test_normal_is_the_first_of_its_pair() -> None:
    assert seed.normal(*NAME) == seed.normal_pair(*NAME)[0]


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="a loop and a call are then the same code")
@pytest.mark.parametrize(
    ("loop", "single"),
    [(uniforms, seed.uniform), (normals, seed.normal), (exponentials, seed.exponential)],
)
def test_a_loop_gives_what_single_calls_give(loop: Loop, single: Callable[..., float]) -> None:
    names = scattered("draw", 2_000)
    assert draws(loop, names).tolist() == [single(*map(int, name)) for name in names]


def test_any_replication_replays_alone() -> None:
    def replay(replication: int) -> list[float]:
        return [seed.normal(1, 0, tick, 0, 0, 0, replication) for tick in range(20)]

    in_order = {replication: replay(replication) for replication in range(10)}
    backwards = {replication: replay(replication) for replication in reversed(range(10))}
    assert in_order == backwards
    assert replay(7) == in_order[7]
    assert len({tuple(values) for values in in_order.values()}) == 10


SCRIPT = """
import json, sys
from holdfire import seed
names = json.loads(sys.argv[1])
print(json.dumps([[draw(*name).hex() for draw in (seed.uniform, seed.normal, seed.exponential)]
                  + [seed.below(*name, 1000)] for name in names]))
"""


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="compares with compilation on")
def test_compilation_off_gives_the_same_without_a_warning() -> None:
    names = [[int(part) for part in name] for name in scattered("tick", 300)]
    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-W", "error", "-c", SCRIPT, json.dumps(names)],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    thousand = partial(seed.below, n=1000)
    here = [[*(draw(*name).hex() for draw in SCALARS), thousand(*name)] for name in names]
    assert json.loads(done.stdout) == here


def test_seed_0_is_a_seed() -> None:
    assert seed.check_seed(0) == 0
    assert seed.normal(0, *NAME[1:]) != seed.normal(1, *NAME[1:])


def test_an_entity_is_packed_into_4_12_and_16_bits() -> None:
    assert seed.entity(seed.Kind.SCENARIO, 0, 0) == 0
    assert seed.entity(seed.Kind.CLUTTER, 0xABC, 0xDEF0) == seed.Kind.CLUTTER << 28 | 0xABCDEF0
    corners = {seed.entity(kind, line, i) for kind in seed.Kind for line in (0, 4095) for i in (0, 65_535)}
    assert len(corners) == 4 * len(seed.Kind)
    assert all(0 <= corner < 1 << 32 for corner in corners)


def test_a_stream_is_packed_into_4_and_12_bits() -> None:
    assert seed.stream(seed.Stage.WORLD) == 0
    assert seed.stream(seed.Stage.RESPOND, 0xABC) == seed.Stage.RESPOND << 12 | 0xABC
    corners = {seed.stream(stage, sensor) for stage in seed.Stage for sensor in (0, 4095)}
    assert len(corners) == 2 * len(seed.Stage)
    assert all(0 <= corner < 1 << 16 for corner in corners)


CHECKS: list[tuple[str, Callable[[int], int], int]] = [
    ("seed", seed.check_seed, 32),
    ("branch", seed.check_branch, 32),
    ("tick", seed.check_tick, 32),
    ("replication", seed.check_replication, 32),
    ("draw", seed.check_draw, 16),
    ("line", lambda line: seed.entity(seed.Kind.SCENARIO, line, 0), 12),
    ("ordinal", lambda ordinal: seed.entity(seed.Kind.SCENARIO, 0, ordinal), 16),
    ("sensor", lambda sensor: seed.stream(seed.Stage.WORLD, sensor), 12),
]


@pytest.mark.parametrize(("part", "check", "bits"), CHECKS, ids=[check[0] for check in CHECKS])
def test_a_part_outside_its_bounds_is_refused(part: str, check: Callable[[int], int], bits: int) -> None:
    last = (1 << bits) - 1
    check(0)
    check(last)
    for value in (-1, last + 1):
        with pytest.raises(NameRangeError, match=rf"^{part} {value} is outside 0 to {last} .*: \w+"):
            check(value)

"""Random numbers by name: whoever knows the name of a number draws it, in any order, on any worker.

A name has seven parts: *seed* and *branch* (the key), *tick*, *entity*, *stream* and *draw*, *replication*
(the counter). Nothing is kept between draws, so that a replication replays alone, and two options that ask
for the same name are given the same number.

The generator is Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random
numbers: as easy as 1, 2, 3", SC '11, 2011, doi 10.1145/2063384.2063405. Words of 32 bits are kept in 64, so
that no product overflows and the kernels give the same when they are not compiled. Each takes int64 and has
one signature; a part is cut to its own bits (32; 16 for stream and draw), and never spills into its
neighbour. The functions at the end check those bounds, once, where a name is made.

Every kernel draws from the block of its name. Two kinds of number under one name are therefore dependent:
give each its own *draw*.
"""
# ruff: noqa: PLR0913 -- the parts of a name, in the order in which it is always written

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.elementary import log, sine_cosine
from holdfire.errors import NameRangeError


class Key(NamedTuple):
    """The parts of a name that one run keeps: hand it to a kernel as one."""

    seed: int
    branch: int
    replication: int


_Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

_MULTIPLIERS = (
    np.uint64(0xD2511F53),
    np.uint64(0xCD9E8D57),
)  # M4x32 of Random123's philox.h
_WEYL = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)  # W32, ibid.: golden ratio, sqrt(3) - 1
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@kernel
def block(seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int) -> _Words:
    """Draw four independent words of 32 bits under one name (Philox4x32-10, Salmon et al. 2011)."""
    c0 = np.uint64(tick & 0xFFFFFFFF)
    c1 = np.uint64(entity & 0xFFFFFFFF)
    c2 = np.uint64((stream & 0xFFFF) << 16 | draw & 0xFFFF)
    c3 = np.uint64(replication & 0xFFFFFFFF)
    k0, k1 = np.uint64(seed & 0xFFFFFFFF), np.uint64(branch & 0xFFFFFFFF)
    for _ in range(_ROUNDS):
        p0, p1 = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _WEYL[0]) & _LOW, (k1 + _WEYL[1]) & _LOW
    return c0, c1, c2, c3


@kernel
def _fraction(high: np.uint64, low: np.uint64) -> float:
    """Give the top 53 of 64 bits as a fraction of one: as many as a double holds, so that 1 is not reached."""
    return np.float64(np.int64(high << np.uint64(21) | low >> np.uint64(11))) * 2.0**-53


@kernel
def uniform(seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int) -> float:
    """Draw a uniform in [0, 1), a multiple of 2^-53."""
    w0, w1, _, _ = block(seed, branch, tick, entity, stream, draw, replication)
    return _fraction(w0, w1)


@kernel
def normal_pair(
    seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int
) -> tuple[float, float]:
    """Draw two independent standard normals under one name.

    By the transform of G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates",
    Annals of Mathematical Statistics 29, 1958, doi 10.1214/aoms/1177706645. It rejects nothing, so that a
    name costs one block. No value lies beyond sqrt(106 ln 2) = 8.57, where a normal has a chance of 1e-17.
    """
    w0, w1, w2, w3 = block(seed, branch, tick, entity, stream, draw, replication)
    radius = math.sqrt(-2.0 * log(1.0 - _fraction(w0, w1)))
    sine, cosine = sine_cosine(2.0 * math.pi * _fraction(w2, w3))
    return radius * cosine, radius * sine


@kernel
def normal(seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int) -> float:
    """Draw a standard normal: the first of `normal_pair`."""
    first, _ = normal_pair(seed, branch, tick, entity, stream, draw, replication)
    return first


@kernel
def exponential(seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int) -> float:
    """Draw an exponential of mean 1, by inversion; no value lies beyond 53 ln 2 = 36.7."""
    w0, w1, _, _ = block(seed, branch, tick, entity, stream, draw, replication)
    return -log(1.0 - _fraction(w0, w1))


@kernel
def below(seed: int, branch: int, tick: int, entity: int, stream: int, draw: int, replication: int, n: int) -> int:
    """Draw an integer from 0 to n - 1, for n from 1 to 2^32.

    The top of the product of n and 64 random bits, nothing rejected: each value has a chance within 2^-64 of
    1/n, which is a relative error below n 2^-64, at most 2.4e-10.
    """
    w0, w1, _, _ = block(seed, branch, tick, entity, stream, draw, replication)
    count = np.uint64(n)
    return int(np.int64((w0 * count + (w1 * count >> _HALF)) >> _HALF))


class Kind(IntEnum):
    """What is named, and what its line and ordinal are."""

    SCENARIO = 0
    """Line of the scenario, ordinal within the line."""
    BACKGROUND = 1
    """Source of background traffic, ordinal."""
    BASE = 2
    """Base, slot."""
    SENSOR = 3
    """Sensor, 0: its own bias and outages."""
    CLUTTER = 4
    """Sensor, clutter cell."""
    AUTHORITY = 5
    """Authority, 0: the time it takes to answer."""
    AREA = 6
    """Area, 0: what is one for all in it, as weather."""


class Stage(IntEnum):
    """Who draws. The stages that track, identify, assess and rule draw nothing."""

    WORLD = 0
    SENSE = 1
    RESPOND = 2
    ESCALATE = 3
    STUDY = 4


def entity(kind: Kind, line: int, ordinal: int) -> int:
    """Name a thing by what it is: kind, line and ordinal in 4, 12 and 16 bits.

    Never by the order in which it appeared or by a track number, which differ between options.
    """
    line = _within("line", line, 12, "split the scenario, or gather lines of one kind into one with a count")
    ordinal = _within("ordinal", ordinal, 16, "split the line or the field of cells")
    return kind << 28 | line << 16 | ordinal


def stream(stage: Stage, sensor: int = 0) -> int:
    """Name who draws: stage and sensor in 4 and 12 bits; sensor 0 where the stage draws for none."""
    return stage << 12 | _within("sensor", sensor, 12, "split the scenario")


def check_seed(seed: int) -> int:
    """Return a seed that fits its 32 bits; 0 is a seed like any other."""
    return _within("seed", seed, 32, "choose a smaller one")


def check_branch(branch: int) -> int:
    """Return a branch that fits its 32 bits."""
    return _within("branch", branch, 32, "split less often")


def check_tick(tick: int) -> int:
    """Return a tick that fits its 32 bits: 136 years of seconds."""
    return _within("tick", tick, 32, "start the run later or lengthen its step")


def check_draw(draw: int) -> int:
    """Return a draw that fits its 16 bits."""
    return _within("draw", draw, 16, "give further draws a stream of their own")


def check_replication(replication: int) -> int:
    """Return a replication that fits its 32 bits."""
    return _within("replication", replication, 32, "run the rest under another seed")


def _within(part: str, value: int, bits: int, fix: str) -> int:
    if not 0 <= value < 1 << bits:
        message = f"{part} {value} is outside 0 to {(1 << bits) - 1} ({bits} bits of a name): {fix}"
        raise NameRangeError(message)
    return value

"""Copies of a night: the same arrays, of their own, side by side in one piece of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.rehearsal.copies import copied

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Inner(NamedTuple):
    words: NDArray[np.int64]
    scale: float


class Outer(NamedTuple):
    records: NDArray[np.void]
    inner: Inner
    none: NDArray[np.float64]
    flags: NDArray[np.bool_]


def tree() -> Outer:
    records = np.zeros((3, 2), np.dtype([("name", np.int64), ("share", np.float32)], align=True))
    records["name"], records["share"] = np.arange(6).reshape(3, 2), 0.5
    return Outer(records, Inner(np.arange(5), 2.5), np.zeros((0, 4)), np.array([True, False, True]))


def test_a_copy_is_equal_and_its_own() -> None:
    first = tree()
    second = copied(first)
    assert second.inner.scale == 2.5
    pairs = [(first.records, second.records), (first.inner.words, second.inner.words), (first.flags, second.flags)]
    for one, other in [*pairs, (first.none, second.none)]:
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()
        assert not np.shares_memory(one, other)
        assert other.flags["CARRAY"]
    second.records["name"] = 7
    assert first.records["name"].max() == 5


def test_arrays_of_a_copy_lie_side_by_side_each_at_the_beginning_of_a_line() -> None:
    second = copied(tree())
    begins = [array.ctypes.data for array in (second.records, second.inner.words, second.flags)]
    assert [begin % 64 for begin in begins] == [0, 0, 0]
    assert begins[1] - begins[0] == 128  # six records of 16 bytes
    assert begins[2] - begins[1] == 64

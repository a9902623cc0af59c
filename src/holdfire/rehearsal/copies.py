"""Copies of a night: every array in one piece of memory, so that it lies on few pages.

A night goes through some hundred arrays each tick. On pages of their own they are more than a processor keeps the
addresses of; one large piece is given large pages by numpy, where the system has them.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

_Tree = TypeVar("_Tree")

_LINE = 64
"""Bytes of memory that a processor loads at once: every array begins such a line."""


def copied(tree: _Tree) -> _Tree:
    """Return nested named tuples with every array copied, all into one piece of memory."""
    room = np.empty(_LINE + _size(tree), np.uint8)
    copy: _Tree
    copy, _ = _laid(tree, room, -room.ctypes.data % _LINE)
    return copy


def _size(tree: object) -> int:
    if isinstance(tree, np.ndarray):
        return -(-tree.nbytes // _LINE) * _LINE
    return sum(map(_size, tree)) if isinstance(tree, tuple) else 0


def _laid(tree: Any, room: np.ndarray[tuple[int], np.dtype[np.uint8]], at: int) -> tuple[Any, int]:  # noqa: ANN401
    """Return a copy that lies in a piece of memory from a place on, and the first place behind it."""
    if isinstance(tree, np.ndarray):
        words = room[at : at + tree.nbytes]
        words[:] = np.ascontiguousarray(tree).reshape(-1).view(np.uint8)  # what lies between fields, too
        return words.view(tree.dtype).reshape(tree.shape), at + _size(tree)
    if not isinstance(tree, tuple):
        return tree, at
    parts = []
    for part in tree:
        copy, at = _laid(part, room, at)
        parts.append(copy)
    return type(tree)(*parts), at

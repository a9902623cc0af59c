"""Places of items and of their values, as kernels hand them on.

A plain number that a kernel hands to another is a type of its own to the compiler, which makes the other anew for
each; an int64 is one type.
"""

from __future__ import annotations

import numpy as np

from holdfire.messages.vocabulary import INDEX, ITEM


def items(*names: str) -> tuple[int, ...]:
    """Return the places of these items."""
    return tuple(np.int64(INDEX[name]) for name in names)  # type: ignore[misc]


def codes(item: str, *values: str) -> tuple[int, ...]:
    """Return the places of these values among an item's."""
    return tuple(np.int64(ITEM[item].values.index(value)) for value in values)  # type: ignore[misc]

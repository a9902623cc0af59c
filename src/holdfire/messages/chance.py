"""What is there in a share of nights only, and the draw that says in which."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.seed import Kind, Stage, entity, stream, uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.seed import Key

CHANCE: Final = np.dtype([("entity", np.int64), ("low", np.float64), ("high", np.float64)], align=True)
"""It is there where the draw of its name lies in [low, high)."""

_DRAW: Final = 40
_STREAM: Final = stream(Stage.WORLD)


def chances(
    asked: Sequence[tuple[str, float | None, str | None]], accompanying: Mapping[str, str] | None = None
) -> Records:
    """Return a `CHANCE` for each name, chance and name of alternatives; who accompanies another has the other's.

    Alternatives divide one draw between them in their order, so that one at most is there and each as often as its
    own chance says; all others draw for themselves. Without a chance it is always there.
    """
    taken: dict[str, float] = {}
    out = np.zeros(len(asked), CHANCE)
    for record, (name, chance, one_of) in zip(out, asked, strict=True):
        called = f"one-of {one_of}" if one_of else name
        low = taken.get(called, 0.0) if one_of else 0.0
        taken[called] = high = low + (1.0 if chance is None else chance)
        record["entity"] = entity(Kind.AREA, zlib.crc32(called.encode()) % (1 << 12), 0)
        record["low"], record["high"] = low, high
    names = [name for name, _, _ in asked]
    for name, other in (accompanying or {}).items():
        out[names.index(name)] = out[names.index(other)]
    return out


def there(asked: Records, key: Key) -> NDArray[np.bool_]:
    """Return which of them are there in a night."""
    found = np.ones(asked.size, np.bool_)
    for place, each in enumerate(asked):
        if each["low"] > 0.0 or each["high"] < 1.0:
            draw = uniform(key.seed, key.branch, 0, int(each["entity"]), _STREAM, _DRAW, key.replication)
            found[place] = each["low"] <= draw < each["high"]
    return found

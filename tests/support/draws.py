"""Random numbers for tests, by name, so that a failure can be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from holdfire import seed
from holdfire.compiled import kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(slots=True)
class Draws:
    """One stream of draws after another under one name."""

    name: int
    count: int = 0

    def below(self, n: int) -> int:
        self.count += 1
        return seed.below(7, 0, self.count, self.name, 0, 0, 0, n)

    def chance(self, p: float) -> bool:
        return self.below(1_000_000) < p * 1_000_000

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """At least one and at most `most` of the options, none twice."""
        wanted = 1 + self.below(min(most, len(options)))
        chosen: list[T] = []
        while len(chosen) < wanted:
            option = self.pick(options)
            if option not in chosen:
                chosen.append(option)
        return chosen


@kernel
def _fill(name: int, out: NDArray[np.float64]) -> None:
    for index in range(out.size):
        out[index] = seed.uniform(8, 0, index, name, 0, 0, 0)


def uniforms(name: int, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """An array of uniforms in [0, 1)."""
    out = np.empty(shape)
    _fill(name, out.reshape(-1))
    return out

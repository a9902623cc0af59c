"""The plan: a study in chunks of replications times all options, the same for any number of workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHUNK: Final = 10
"""Replications in a chunk: what a stop at a random moment can cost, and what is written at once."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Replications from `first` up to but not `stop`, under all options."""

    index: int
    first: int
    stop: int

    @property
    def replications(self) -> range:
        """The replications in it."""
        return range(self.first, self.stop)


def chunks(replications: int, size: int = CHUNK) -> tuple[Chunk, ...]:
    """Part replications 0 to `replications` - 1 into chunks of `size`, the last perhaps shorter."""
    firsts = range(0, replications, size)
    return tuple(Chunk(index, first, min(first + size, replications)) for index, first in enumerate(firsts))

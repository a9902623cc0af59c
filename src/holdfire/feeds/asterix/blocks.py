"""Blocks of ASTERIX in a row of bytes: back to back, with bytes between them, or after damage.

A block is a category, its length in two bytes, and records. Recorders put bytes of their own around it: a padded
head, a trailer, a length and a clock. What is passed over each time alike is taken for such; after anything else
the next place is sought where a block of a known category can be cut. What is sought is bounded by the size of the
data, so that no bytes can make it slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from holdfire.feeds.asterix.layout import READ, Edition, MalformedError, editions
from holdfire.feeds.asterix.split import Items, cut_block

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD: Final = 3
_SOUGHT_PER_BYTE: Final = 8
"""How many bytes may be cut in vain while a place is sought, for each byte there is (assumed)."""
ASSIGNED: Final = READ | {
    4, 7, 8, 9, 10, 11, 15, 16, 17, 18, 19, 20, 23, 25, 30, 32, 61, 128, 129, 150, 204, 205, 239, 240, 244, 247, 252,
}  # fmt: skip
"""Categories in use: those that libasterix describes, and others met in recordings."""


class Block(NamedTuple):
    """A block: where it begins, and its records cut, or why they could not be; `edition` is the place of the one used.

    Of a category that is not read, or of bytes passed over (category 0), `records` is empty.
    """

    offset: int
    category: int
    content: bytes
    records: list[Items]
    edition: int
    fault: str


def cut(category: int, content: bytes, first: int = 0) -> tuple[list[Items], int]:
    """Return the records of a block, by the newest edition from `first` on that cuts them; raises `MalformedError`."""
    fault: MalformedError | None = None
    several: tuple[Edition, ...] = editions(category)
    for place in range(first, len(several)):
        try:
            return cut_block(content[HEAD:], several[place]), place
        except MalformedError as error:
            error.spent += fault.spent if fault else 0
            fault = error
    raise fault or MalformedError("no further edition")


@dataclass(slots=True)
class Walk:
    """Goes through the bytes of one file, or of one packet after another of it; remembers what stood between blocks."""

    gap: int = 0
    patience: int = 0  # bytes that may still be looked at in vain

    def blocks(self, data: bytes) -> Iterator[Block]:
        """Yield every block, and the bytes passed over as blocks of category 0."""
        at, self.patience = 0, _SOUGHT_PER_BYTE * len(data)
        while at < len(data):
            block = self._here(data, at)
            after = at + len(block.content) if block else len(data)
            if block is None or not block.records:
                # What cannot be cut may have a damaged length: then another block begins within it.
                found = self._seek(data, at, after, chained=block is not None)
                if block is None or found < after:
                    block = Block(at, 0, data[at:found], [], 0, "usual" if found - at == self.gap else "")
                    self.gap, after = found - at if found < len(data) else self.gap, found
            yield block
            at = after

    def _here(self, data: bytes, at: int) -> Block | None:
        """Return the block at a place: one that can be cut, or a whole one that cannot be."""
        length = length_at(data, at)
        if not length or data[at] not in ASSIGNED:
            return None
        category, content = data[at], data[at : at + length]
        fault = ""
        if category in READ:
            try:
                return Block(at, category, content, *self._cut(category, content), "")
            except MalformedError as error:
                fault = str(error)
        return Block(at, category, content, [], 0, fault) if _followed(data, at + length) else None

    def _seek(self, data: bytes, at: int, until: int, *, chained: bool) -> int:
        """Return the next place where a block can be cut, `until` if there is none.

        A chained one is followed by another, or by the end.
        """
        places = range(at + 1, min(until, len(data) - HEAD))
        for place in chain((at + self.gap,), places) if self.gap and at + self.gap < places.stop else places:
            length = length_at(data, place) if data[place] in READ and self.patience > 0 else 0
            if length:
                try:
                    records, _ = self._cut(data[place], data[place : place + length])
                except MalformedError:
                    continue
                if all("010" in items for items in records) and (not chained or _followed(data, place + length)):
                    return place
                self.patience -= length
        return until

    def _cut(self, category: int, content: bytes) -> tuple[list[Items], int]:
        try:
            return cut(category, content)
        except MalformedError as error:
            self.patience -= error.spent
            raise


def _followed(data: bytes, after: int) -> bool:
    """Say whether the data end here, or another block of an assigned category may begin."""
    return after == len(data) or (data[after] in ASSIGNED and length_at(data, after) > 0)


def length_at(data: bytes, at: int) -> int:
    """Return the length that a block at this place says, 0 where it would not fit, or hold no record."""
    if at + HEAD >= len(data):
        return 0
    length = data[at + 1] << 8 | data[at + 2]
    return length if HEAD < length <= len(data) - at else 0

"""How long each item of an ASTERIX record is, taken from libasterix's tables of every category and edition.

libasterix describes each category as classes and parses with one object a field, some thousand records a second.
Here its description is turned once into the few shapes that an item can have, so that a record is cut into its
items at once. What is cut, and what refused, is the same (EUROCONTROL-SPEC-0149, part 1, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FX: Final = 1


class MalformedError(ValueError):
    """Bytes that no record of this layout can be; `spent` of them were looked at to find out."""

    spent: int = 0


class Fixed(NamedTuple):
    """Always as long."""

    size: int

    def after(self, data: bytes, at: int) -> int:
        """Return the place after the item; it may lie beyond the data, which the caller sees."""
        del data
        return at + self.size


class Extended(NamedTuple):
    """Parts, each of which but a last one without says by its lowest bit whether another follows."""

    parts: tuple[tuple[int, bool], ...]  # bytes, and whether it ends with such a bit

    def after(self, data: bytes, at: int) -> int:
        """Return the place after the item; `IndexError` beyond the data."""
        for size, extends in self.parts:
            at += size
            if extends and not data[at - 1] & FX:
                return at
        if self.parts[-1][1]:
            raise MalformedError("an item goes on after its last part")
        return at


class Repeated(NamedTuple):
    """A count, and as many parts; with a count of no bytes, each part says by its lowest bit whether one follows."""

    counter: int
    size: int

    def after(self, data: bytes, at: int) -> int:
        """Return the place after the item; `IndexError` beyond the data."""
        if self.counter:
            first = at + self.counter
            if first > len(data):
                raise IndexError
            return first + self.size * int.from_bytes(data[at:first], "big")
        at += self.size
        while data[at - 1] & FX:
            at += self.size
        return at


class Explicit(NamedTuple):
    """A length that counts itself, and the rest."""

    def after(self, data: bytes, at: int) -> int:
        """Return the place after the item; `IndexError` beyond the data."""
        if not data[at]:
            raise MalformedError("an item says that it is 0 bytes long")
        return at + data[at]


class Compound(NamedTuple):
    """A list of what is there, as in a record, and that."""

    longest: int
    places: tuple[Shape | None, ...]

    def after(self, data: bytes, at: int) -> int:
        """Return the place after the item; `IndexError` beyond the data."""
        bits, at = field_list(data, at, self.longest)
        for place in bits:
            shape = self.places[place] if place < len(self.places) else None
            if shape is None:
                message = f"a part {place + 1} of an item that has none such"
                raise MalformedError(message)
            at = shape.after(data, at)
        return at


Shape = Fixed | Extended | Repeated | Explicit | Compound


class Item(NamedTuple):
    """One place of a record: what is there."""

    name: str
    size: int  # bytes, 0: it depends
    shape: Shape


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """One edition of one category: the items by their place; None: spare. `random` places hold random fields."""

    category: int
    edition: str
    longest: int
    items: tuple[Item | None, ...]
    random: frozenset[int]
    plans: dict[bytes, tuple[Item | None, ...]]  # of lists of fields met before; an item None is a random field


def field_list(data: bytes, at: int, longest: int) -> tuple[Iterator[int], int]:
    """Return which places a list of fields (FSPEC) says are there, and the place after it."""
    first = at
    while data[at] & FX:
        at += 1
        if at - first >= longest:
            message = f"a list of fields of more than {longest} bytes"
            raise MalformedError(message)
    at += 1
    return _bits(data[first:at]), at


def _bits(fields: bytes) -> Iterator[int]:
    return (7 * n + bit for n, byte in enumerate(fields) for bit in range(7) if byte >> (7 - bit) & 1)


READ: Final = frozenset({1, 2, 21, 34, 48, 62, 63, 65})
"""The categories whose records are cut."""

Edition = tuple[Layout, ...]
"""An edition of a category: its layout, or (001) that of plots and that of tracks."""


def editions(category: int) -> tuple[Edition, ...]:
    """Return the editions of a category that differ, the newest first; none of one that is not in `READ`.

    Raises `ImportError` where libasterix is not installed.
    """
    return _all_editions().get(category, ())


@cache
def _all_editions() -> dict[int, tuple[Edition, ...]]:
    from asterix import generated

    found: dict[int, list[tuple[tuple[int, ...], Any]]] = {}
    for name in dir(generated):
        if name.startswith("Cat_"):
            category, *edition = (int(part) for part in name.split("_")[1:])
            found.setdefault(category, []).append((tuple(edition), getattr(generated, name)))
    return {category: _differing(category, found[category]) for category in READ}


def _differing(category: int, several: list[tuple[tuple[int, ...], Any]]) -> tuple[Edition, ...]:
    kept: dict[object, Edition] = {}
    for number, described in sorted(several, key=lambda one: one[0], reverse=True):
        records = [described.cv_record] if hasattr(described, "cv_record") else described.cv_uap.cv_uaps.values()
        edition = tuple(_layout(record, category, ".".join(map(str, number))) for record in records)
        kept.setdefault(tuple((layout.items, layout.longest, layout.random) for layout in edition), edition)
    return tuple(kept.values())


def _layout(record: type[Any], category: int, edition: str) -> Layout:
    from asterix.base import UapItem, UapItemRFS

    listed = record.cv_items_list
    items = tuple(_item(one.cv_non_spare) if issubclass(one, UapItem) else None for one in listed)
    random = frozenset(place for place, one in enumerate(listed) if issubclass(one, UapItemRFS))
    return Layout(category, edition, record.cv_fspec_max_bytes, items, random, {})


def _item(described: type[Any]) -> Item:
    shape = _shape(described)
    return Item(described.cv_name, shape.size if isinstance(shape, Fixed) else 0, shape)


def _shape(described: type[Any]) -> Shape:
    rule = described.cv_rule
    return _shape_of(rule.cv_variation if hasattr(rule, "cv_variation") else rule.cv_default_variation)


def _shape_of(variation: type[Any]) -> Shape:
    from asterix import base

    if issubclass(variation, base.Extended):
        parts = variation.cv_items_list
        bits = [(sum(1 if item is None else item[1] for item in part), part[-1] is None) for part in parts]
        return Extended(tuple((size // 8, extends) for size, extends in bits))
    if issubclass(variation, base.Repetitive):
        size, counter = _bits_of(variation.cv_variation), variation.cv_rep_bytes
        return Repeated(counter or 0, size // 8 if counter else (size + 1) // 8)
    if issubclass(variation, base.Explicit):
        return Explicit()
    if issubclass(variation, base.Compound):
        listed = variation.cv_items_list
        return Compound(variation.cv_fspec_max_bytes, tuple(None if one is None else _shape(one) for one in listed))
    return Fixed(_bits_of(variation) // 8)


def _bits_of(variation: type[Any]) -> int:
    if hasattr(variation, "cv_bit_size"):
        return int(variation.cv_bit_size)
    return sum(size for _, size in variation.cv_items_list)

"""A record of ASTERIX, cut into its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.feeds.asterix.layout import MalformedError, field_list

if TYPE_CHECKING:
    from holdfire.feeds.asterix.layout import Edition, Item, Layout

Items = dict[str, bytes]
"""The bytes of each item that a record has, by the item's number as printed: `"040"`."""

_PLANS_KEPT: Final = 1024


def cut_block(records: bytes, edition: Edition) -> list[Items]:
    """Cut what follows a block's header into its records.

    Of a category with two kinds of record, plots and tracks, the first bit of item 020 says which one it is. Raises
    `MalformedError` where the bytes are no whole number of records.
    """
    found, at = [], 0
    try:
        while at < len(records):
            items, after = cut_record(records, at, edition[0])
            if len(edition) > 1 and items.get("020", b"\0")[0] & 0x80:
                items, after = cut_record(records, at, edition[1])
            found.append(items)
            at = after
    except MalformedError as error:
        error.spent = at + 1
        raise
    return found


def cut_record(records: bytes, at: int, layout: Layout) -> tuple[Items, int]:
    """Return the items of the record at a place, and the place after it; raises `MalformedError`."""
    name, end = "list of fields", len(records)
    try:
        plan, at = _plan(records, at, layout)
        items: Items = {}
        for item in plan:
            if item is None:
                name, at = "random field", _random_fields(records, at, layout)
                continue
            name, size, shape = item
            after = at + size if size else shape.after(records, at)
            if after > end:
                raise IndexError  # noqa: TRY301 -- as the shapes do
            items[name] = records[at:after]
            at = after
    except IndexError:
        raise _beyond(layout, name) from None
    return items, at


def _beyond(layout: Layout, name: str) -> MalformedError:
    return MalformedError(f"I{layout.category:03}/{name} ends beyond its block")


def _plan(records: bytes, at: int, layout: Layout) -> tuple[tuple[Item | None, ...], int]:
    """Return the items that a list of fields says, in order, None for a random field; and the place after it."""
    first = at
    bits, at = field_list(records, at, layout.longest)
    plan = layout.plans.get(records[first:at])
    if plan is None:
        listed: list[Item | None] = []
        for place in bits:
            item = layout.items[place] if place < len(layout.items) else None
            if item is None and place not in layout.random:
                message = f"a spare field, number {place + 1}, is set"
                raise MalformedError(message)
            listed.append(item)
        plan = tuple(listed)
        if len(layout.plans) < _PLANS_KEPT:
            layout.plans[records[first:at]] = plan
    return plan, at


def _random_fields(records: bytes, at: int, layout: Layout) -> int:
    """Return the place after a list of fields in any order, each after its number."""
    left, at = records[at], at + 1
    for _ in range(left):
        place = records[at] - 1
        item = layout.items[place] if 0 <= place < len(layout.items) else None
        if item is None:
            message = f"a random field numbered {place + 1}, of which there is none"
            raise MalformedError(message)
        at = item.shape.after(records, at + 1)
        if at > len(records):
            raise IndexError
    return at

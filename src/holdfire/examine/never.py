"""A property given in one line, as `engage: {transponder: civil, flight_plan: matched}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.errors import ContentError
from holdfire.logic.property_schema import parse_never
from holdfire.reader.document import parse

if TYPE_CHECKING:
    from holdfire.logic.property import Property


def never(text: str) -> Property:
    """Return the property that forbids what a text says; raises `DocumentError` with every fault of the text."""
    document = parse(text.encode(), "--never")
    try:
        return parse_never(document.data)
    except ContentError as error:
        raise document.refuse(error.findings) from None

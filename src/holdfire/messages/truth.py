"""Three-valued truth (Kleene's strong logic, *Introduction to Metamathematics*, 1952, section 64)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Truth(Enum):
    """What is known of a statement. It converts to no bool: whoever asks must say what unknown means."""

    FALSE = 0
    TRUE = 1
    UNKNOWN = 2

    def __bool__(self) -> bool:
        message = "a Truth is no bool: compare it with Truth.TRUE, FALSE or UNKNOWN"
        raise TypeError(message)


def known(value: bool) -> Truth:  # noqa: FBT001
    """Return what a plain bool says."""
    return Truth.TRUE if value else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return the conjunction: false if one is, else unknown if one is, else true."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return the disjunction: true if one is, else unknown if one is, else false."""
    found = set(truths)
    if Truth.TRUE in found:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.FALSE

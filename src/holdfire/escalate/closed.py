"""The rung of closed airspace, on which a night stands without any event: closing is worked out after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holdfire.escalate.ladder import Ladder, Rung

CLOSED: Final = "close-airspace"
"""Id of our own rung that a night in which an airport closes is on; a ladder without one does not count it."""


def closed_rung(ladder: Ladder) -> Rung | None:
    """Return our own rung of closed airspace, if the ladder has one."""
    return next((rung for rung in ladder.of("own") if rung.id == CLOSED), None)

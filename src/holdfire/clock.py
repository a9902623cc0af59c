"""Time as an argument: whoever needs the hour is given a clock, so that one model runs on two of them.

All times are seconds since 1970-01-01T00:00:00 UTC, leap seconds left out (POSIX time).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Protocol

from holdfire.errors import InputError


class Clock(Protocol):
    """Something that knows the time."""

    def now_s(self) -> float:
        """Return seconds since 1970 UTC."""
        ...  # pragma: no cover


class WallClock:
    """The machine's clock, for live use and for saying when a file was written."""

    def now_s(self) -> float:
        """Return seconds since 1970 UTC."""
        return time.time_ns() / 1e9


@dataclass(slots=True)
class SimulatedClock:
    """A clock that stands until it is advanced."""

    time_s: float

    def now_s(self) -> float:
        """Return seconds since 1970 UTC."""
        return self.time_s

    def advance(self, by_s: float) -> None:
        """Move on by `by_s` seconds; raises `InputError` where that is not forwards."""
        if not 0 <= by_s < inf:
            message = f"a clock cannot be advanced by {by_s} s: give 0 or more"
            raise InputError(message)
        self.time_s += by_s


def parse_utc(text: str) -> float:
    """Seconds since 1970 of an ISO 8601 instant that says its zone, as `2025-09-09T21:30:00Z`.

    Raises `InputError` where the text is no instant, or names no zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no instant: write it as 2025-09-09T21:30:00Z"
        raise InputError(message) from error
    if moment.tzinfo is None:
        message = f"{text!r} names no time zone: end it with Z for UTC, or with an offset as +02:00"
        raise InputError(message)
    return moment.timestamp()


def format_utc(time_s: float) -> str:
    """Write seconds since 1970 as `2025-09-09T21:30:00Z`, whole seconds, rounded down."""
    return datetime.fromtimestamp(int(time_s // 1), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

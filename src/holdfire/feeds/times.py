"""The day to a time of day.

A radar says the time since midnight; which midnight says the clock of the packet, or, where there is none, the order
of what it says: a fall by more than half a day is midnight, a rise by as much is a report from before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

DAY_S: Final = 86_400.0
JUMP_S: Final = 600.0
"""A step of one source's clock that no scan explains (assumed)."""


@dataclass(slots=True)
class Days:
    """Follows the clocks of one file's sources."""

    last_s: dict[tuple[int, int], float] = field(default_factory=dict)
    jumps: int = 0

    def time_s(self, source: tuple[int, int], of_day_s: float, packet_s: float | None) -> float:
        """Return POSIX seconds by the packet's clock, or seconds since the midnight before the source began."""
        if packet_s is not None:
            return of_day_s + DAY_S * off_days(of_day_s, packet_s)
        last_s = self.last_s.get(source, of_day_s)
        time_s = of_day_s + DAY_S * max(round((last_s - of_day_s) / DAY_S), 0)
        if abs(time_s - last_s) > JUMP_S:
            self.jumps += 1
        self.last_s[source] = time_s
        return time_s


def off_days(of_day_s: float, packet_s: float) -> int:
    """Return the day, counted from 1970, that brings a time of day nearest to a packet's clock."""
    return round((packet_s - of_day_s) / DAY_S)

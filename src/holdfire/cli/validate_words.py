"""How an observation and an interval are written."""

from __future__ import annotations

from typing import Any

from holdfire.units import three


def observed(fact: dict[str, Any]) -> str:
    """Return what was observed, in words."""
    low, high = fact["observed"]["low"], fact["observed"]["high"]
    if low is None and high is None:
        return "not public"
    if high is None:
        return f"{low:g} or more"
    within = f" ± {fact['observed']['tolerance']:g}" if fact["observed"]["tolerance"] else ""
    return span(low, high) + within


def span(low: float, high: float) -> str:
    """Return an interval in words, or the number where both ends are one."""
    return three(low) if low == high else f"{three(low)} to {three(high)}"

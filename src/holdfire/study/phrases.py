"""Numbers and names as a sentence takes them: plain rounding, and the words for more, fewer and neither."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from holdfire.study.said import Number, Said, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.study.said import Of

FEW: Final = 2
"""So many options are named one after another; more are counted."""
_COUNTS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDER: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def plain(*values: float) -> tuple[str, ...]:
    """Return numbers, without sign, with the decimals that show two figures of the largest, and one of the smallest.

    >>> plain(0.93, 2.41), plain(-0.02, 2.4), plain(12.0, 15.4)
    (('0.9', '2.4'), ('0.02', '2.40'), ('12', '15'))
    """
    sizes = [abs(value) for value in values]
    decimals = next((digits for digits, least in ((0, 9.5), (1, 0.95), (2, 0.095)) if max(sizes) >= least), 3)
    if all(size == round(size) for size in sizes):
        decimals = 0
    while decimals < 6 and any(size > 0 and float(f"{size:.{decimals}f}") == 0 for size in sizes):
        decimals += 1
    return tuple(f"{size:.{decimals}f}" for size in sizes)


def percent(share: float) -> str:
    """Return a share in per cent, two figures of it; none at all is 0."""
    if share == 0.0:
        return "0"
    return f"{100 * share:.{0 if share >= 0.1 else 1 if share >= 0.01 else 2}f}"


def between(low: float, high: float, more: str, fewer: str, of: Of) -> Said:
    """Return an interval of a difference in words: `between 0.9 and 2.4 more`, `from 0.3 fewer to 1.2 more`."""
    one, other = (Number(each, of) for each in plain(low, high))
    if low == high:
        return say("exactly {} {}", one, more if low >= 0 else fewer)
    if low >= 0:
        return say("between {} and {} {}", one, other, more)
    if high <= 0:
        return say("between {} and {} {}", other, one, fewer)
    return say("from {} {} to {} {}", one, fewer, other, more)


def named(titles: dict[str, str], options: Sequence[str]) -> str:
    """Return options by title in quotation marks, the last after `and`."""
    *most, last = [f"“{titles[option]}”" for option in options]
    return f"{', '.join(most)} and {last}" if most else last


def under(titles: dict[str, str], options: Sequence[str]) -> str:
    """Return under which options something is so: every one, a few by name, every one but a few, or how many."""
    others = sorted(set(titles) - set(options))
    if not others:
        return "under every option"
    if len(options) <= FEW:
        return f"under {named(titles, options)}"
    if len(others) <= FEW:
        return f"under every option but {named(titles, others)}"
    return f"under {_count(len(options))} of the {_count(len(titles))} options"


def _count(n: int) -> str:
    return _COUNTS[n] if n < len(_COUNTS) else str(n)


def named_once(titles: dict[str, str], said: Said) -> Said:
    """Return a text in which each option stands by title once, and after that as `the first`, `the second` to be named.

    Options that share a title stay as they are.
    """
    marks = [f"“{title}”" for title, n in Counter(titles.values()).items() if n == 1]
    there = sorted((mark for mark in marks if mark in said.text), key=said.text.index)
    parts = list(said.parts)
    for mark, place in zip(there, _ORDER, strict=False):
        again, met = f"the {place}" if len(there) > 1 else "that option", False
        for at, part in enumerate(parts):
            if isinstance(part, str) and mark in part:
                kept = 0 if met else part.index(mark) + len(mark)
                parts[at], met = part[:kept] + part[kept:].replace(mark, again), True
    return Said(tuple(parts))


def nights_of(comparison: dict[str, Any]) -> str:
    """Return how many nights there are under each option."""
    n = comparison["nights"]
    return f"{n} night{'s' * (n != 1)}"


def interval(estimate: dict[str, Any], of: Of) -> Said:
    """Return a mean that is no less than 0 with its interval, or alone where it has none."""
    if estimate["low"] is None:
        return say("{}", Number(plain(estimate["value"])[0], of))
    low, high = (Number(each, of) for each in plain(max(estimate["low"], 0.0), estimate["high"]))
    return say("{}", low) if low == high else say("between {} and {}", low, high)

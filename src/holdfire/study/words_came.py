"""Whether as many intruders come under one option as under another, and which share of them is stopped, in words.

What is stopped is a count. Where the other side adapts more may come, and more stopped may be a smaller share.
"""

from __future__ import annotations

from typing import Any

from holdfire.study.phrases import between, named, plain, under
from holdfire.study.said import Kind, Number, Of, Said, say
from holdfire.study.versus import difference, figure, pair_of, side_of, titles_of, told_fewer, told_more

Json = dict[str, Any]


def came_more(comparison: Json, one: str, other: str) -> int:
    """Return +1 or -1 where more or fewer are told to come under one option than another, either the base; else 0."""
    ends = difference(comparison, "entered", one, other)
    if ends["low"] is None:  # one night, or as many in each
        return int((ends["value"] or 0.0) > 0) - int((ends["value"] or 0.0) < 0)
    return side_of(ends)


def though(comparison: Json, one: str, other: str) -> str:
    """Return what a count needs beside it where not as many come: `, of more that come`; else nothing."""
    return {1: ", of more that come", -1: ", though fewer come", 0: ""}[came_more(comparison, one, other)]


def came(comparison: Json) -> Said:
    """Say how many more come, and which share of them is stopped, wherever not as many come as under the base."""
    one, other = pair_of(comparison)
    counted = figure(comparison, "stopped").values()
    if one is None or other is None or all(each["estimate"]["none_seen"] for each in counted):
        return Said()
    said, titles = _pair(comparison, one, other), titles_of(comparison)
    for words, told in (("More", told_more), ("Fewer", told_fewer)):
        rest = sorted(set(told(comparison, "entered")) - {one, other})
        if rest:
            base = named(titles, [comparison["base"]])
            said = say("{} {} come {} than under {}.", said, words, under(titles, rest), base)
    return said


def _pair(comparison: Json, one: str, other: str) -> Said:
    if not came_more(comparison, one, other):
        return Said()
    first, second = (named(titles_of(comparison), [each]) for each in (one, other))
    ends, of = difference(comparison, "entered", one, other), Of(("entered",), (one,), other, Kind.DIFFERENCE)
    share = _share(comparison, one, other)
    if ends["low"] is None:
        count, more = Number(plain(ends["value"])[0], of), "more" if ends["value"] > 0 else "fewer"
        return say(" Under {} {} {} came than under {}{}.", first, count, more, second, share)
    more_come = between(ends["low"], ends["high"], "more", "fewer", of)
    return say(" Under {} {} come a night than under {}{}.", first, more_come, second, share)


def _share(comparison: Json, one: str, other: str) -> str:
    """Say whether a larger share of all that come, over all nights, is stopped under one option than under another."""
    stopped, entered = (figure(comparison, name) for name in ("stopped", "entered"))
    rates = [
        stopped[each]["estimate"]["value"] / all_ if (all_ := entered[each]["estimate"]["value"]) else None
        for each in (one, other)
    ]
    if rates[0] is None or rates[1] is None:
        return ""
    share = "larger" if rates[0] > rates[1] else "smaller" if rates[0] < rates[1] else "equal"
    return f", and a{'n' * (share == 'equal')} {share} share of them is stopped on average"

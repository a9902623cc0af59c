"""For how long airports close under which option, and what that costs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.study.phrases import between, interval, named
from holdfire.study.said import Kind, Of, Said, say, together
from holdfire.study.versus import difference, figure, ranked, side_of, there, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def closings(comparison: Json) -> Said:
    """Say how long airports close under the base and under what closes them least and most; nothing of no airport."""
    if not there(comparison, "closed_min"):
        return Said()
    base, titles = comparison["base"], titles_of(comparison)
    closed, cost = (figure(comparison, name)[base]["estimate"] for name in ("closed_min", "cost_closing_meur"))
    if closed["none_seen"]:
        said = say("No airport closes in any night under {}.", named(titles, [base]))
    else:
        minutes, price = (
            interval(closed, Of(("closed_min",), (base,))),
            interval(cost, Of(("cost_closing_meur",), (base,))),
        )
        told = "Airports are closed for {} minutes a night under {}, at {} million euros."
        said = say(told, minutes, named(titles, [base]), price)
    return together([said, *_ends(comparison), *_exposed(comparison)])


def _exposed(comparison: Json) -> Iterator[Said]:
    """Say how long traffic ran beside an uncrewed aircraft under the base and under what leaves it longest."""
    base, titles = comparison["base"], titles_of(comparison)
    order, found = ranked(comparison, "exposed_min"), figure(comparison, "exposed_min")
    if not order or not any(each["estimate"]["value"] for each in found.values()):
        return
    listed = [
        say("{} under {}", interval(found[each]["estimate"], Of(("exposed_min",), (each,))), named(titles, [each]))
        for each in dict.fromkeys((base, order[0]))
    ]
    yield say(
        "Minutes a night in which traffic ran while an uncrewed aircraft truly was near: {}; beyond them the risk of a "
        "collision is not modelled.",
        together(listed, " and "),
    )


def _ends(comparison: Json) -> Iterator[Said]:
    """Say of what closes least and most, where the interval tells it from the base."""
    base, titles = comparison["base"], titles_of(comparison)
    order = ranked(comparison, "closed_min")
    for option, side in ((order[-1], -1), (order[0], 1)):
        if option != base and side_of(ends := difference(comparison, "closed_min", option, base)) == side:
            of = Of(("closed_min",), (option,), base, Kind.DIFFERENCE)
            said = between(ends["low"], ends["high"], "minutes more", "minutes fewer", of)
            yield say("Under {} it is {}.", named(titles, [option]), said)

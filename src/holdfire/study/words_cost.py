"""What an option costs, under which a side climbs higher, and whether what stops most endangers most, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.study.phrases import between, interval, named, nights_of, percent, plain, under
from holdfire.study.versus import RUNGS, difference, endangers, figure, net, pair_of, side_of, titles_of
from holdfire.study.words_closing import closings
from holdfire.study.words_wrongful import most_endangering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.study.flips import Claims

Json = dict[str, Any]


def costs(comparison: Json) -> tuple[str, Claims]:
    """Say what it costs, who climbs higher, and whether what stops most endangers most; with the figures claimed."""
    pair, trade = pair_of(comparison), _trade(comparison)
    climbs = {name: said for name, who in RUNGS.items() if (said := _climbs(comparison, name, who))}
    claims: dict[str, Sequence[str | None]] = dict.fromkeys(("cost_own_meur", *climbs), pair)
    if trade:
        claims |= {"stopped": pair, "wrongful": most_endangering(comparison)}
    return " ".join(filter(None, (_money(comparison), closings(comparison), *climbs.values(), trade))), claims


def _trade(comparison: Json) -> str:
    """Say whether what is told to stop most also endangers most; nothing where that cannot be told of either."""
    (one, other), endangering = pair_of(comparison), most_endangering(comparison)
    if one is None or other is None or not _told_to_endanger(comparison, endangering):
        return ""
    low = difference(comparison, "stopped", one, other)["low"]
    if low is None or low <= 0:
        return ""
    if one in endangering:
        return "What stops most also endangers others most."
    return f"Others are endangered most {under(titles_of(comparison), endangering)}."


def _told_to_endanger(comparison: Json, endangering: list[str]) -> bool:
    """Whether the interval, too, says that some options endanger more than the base, or the base more than the rest."""
    base, rest = comparison["base"], set(titles_of(comparison)).difference(endangering)
    if not endangering or not rest:
        return False
    if base in endangering:
        return all(endangers(comparison, option) < 0 for option in rest)
    return all(endangers(comparison, option) > 0 for option in endangering)


def _money(comparison: Json) -> str:
    (one, other), titles = pair_of(comparison), titles_of(comparison)
    if one is None or other is None:
        return _alone(comparison, one or comparison["base"])
    ends, first, second = (
        difference(comparison, "cost_own_meur", one, other),
        named(titles, [one]),
        named(titles, [other]),
    )
    if ends["value"] is None:
        return "What it costs could not be counted."
    if ends["low"] is None and comparison["nights"] < 2 and ends["value"]:
        more = f"{plain(ends['value'])[0]} million euros {'more' if ends['value'] > 0 else 'less'}"
        return f"{first} costs {more} than {second} in that one night."
    if ends["low"] is None:
        return f"{first} and {second} cost the same in each of {nights_of(comparison)}."
    said = between(ends["low"], ends["high"], "million euros a night more", "million euros a night less")
    if ends["low"] <= 0 <= ends["high"]:
        return f"{first} and {second} cannot be told apart by cost: {said} (95 %)."
    return f"{first} costs {said} than {second} (95 %)."


def _alone(comparison: Json, option: str) -> str:
    estimate = figure(comparison, "cost_own_meur")[option]["estimate"]
    if estimate["value"] is None:
        return "What it costs could not be counted."
    return f"{named(titles_of(comparison), [option])} costs our own side {interval(estimate)} million euros a night."


def _climbs(comparison: Json, name: str, who: str) -> str:
    """Say in which share of nights a side climbs higher under one option than under another; nothing of one night."""
    (one, other), base = pair_of(comparison), comparison["base"]
    if one is None or other is None or comparison["nights"] < 2:
        return ""
    shift = figure(comparison, name)[one if other == base else other]["against_base"]["shift"]
    stood = _itself(comparison, [one, other]) if name == "peak_rung_own" else ""
    if not shift["higher"]["k"] and not shift["lower"]["k"]:
        whose = f"By what happens in a night {who}" if stood else who.capitalize()
        return f"{whose} climbs to the same rung under both in each of {nights_of(comparison)}{stood}."
    side = side_of(net(shift)) * (1 if other == base else -1)
    higher, lower = ("higher", "lower") if other == base else ("lower", "higher")
    said = f"higher in {_share(shift[higher])} of nights, lower in {_share(shift[lower])} (95 %){stood}"
    first, second = (named(titles_of(comparison), [each]) for each in (one, other))
    if side == 0:
        return f"Under {first} {who} cannot be told to climb higher or lower than under {second}: {said}."
    return f"Under {first} {who} climbs {'higher' if side > 0 else 'lower'} than under {second}: {said}."


def _itself(comparison: Json, options: list[str]) -> str:
    """Say on which of our own rungs options stand by themselves, whatever a night brings; empty where on none."""
    titles, rungs = titles_of(comparison), {each["id"]: each["standing"] for each in comparison["options"]}
    stood = [f"{named(titles, [each])} itself stands on rung {rungs[each]}" for each in options if rungs[each]]
    return f"; {' and '.join(stood)}" if stood else ""


def _share(share: Json) -> str:
    if share["low"] is None:
        return f"fewer than {percent(share['high'])} %"
    return f"between {percent(share['low'])} and {percent(share['high'])} %"

"""What an option costs, which rungs are climbed, and whether what stops most endangers most, in words."""

from __future__ import annotations

from typing import Any

from holdfire.study.phrases import between, interval, named, nights_of, plain, under
from holdfire.study.versus import difference, figure, pair_of, titles_of
from holdfire.study.words_wrongful import most_endangering

Json = dict[str, Any]


def costs(comparison: Json) -> str:
    """Say what it costs, which rungs are reached, and whether what stops most endangers most."""
    rungs = [_rung(comparison, "peak_rung_own", "Our own side"), _rung(comparison, "peak_rung_other", "the other side")]
    climbed = "; ".join(filter(None, rungs))
    return " ".join(filter(None, (_money(comparison), f"{climbed}." if climbed else "", _trade(comparison))))


def _trade(comparison: Json) -> str:
    """Say whether what is told to stop most also endangers most; nothing where all endanger alike."""
    (one, other), endangering = pair_of(comparison), most_endangering(comparison)
    if one is None or other is None or not 0 < len(endangering) < len(comparison["options"]):
        return ""
    low = difference(comparison, "stopped", one, other)["low"]
    if low is None or low <= 0:
        return ""
    if one in endangering:
        return "What stops most also endangers others most."
    return f"Others are endangered most {under(titles_of(comparison), endangering)}."


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


def _rung(comparison: Json, name: str, who: str) -> str:
    """Say which option climbs highest in the median night."""
    medians = {option: found["estimate"]["value"] for option, found in figure(comparison, name).items()}
    there = {option: value for option, value in medians.items() if value is not None}
    if not there:
        return ""
    top = max(there.values())
    tops = sorted(option for option, value in there.items() if value == top)
    where = under(titles_of(comparison), tops) if len(medians) > 1 else ""
    least = f", and to {plain(min(there.values()))[0]} where it climbs least" if len(tops) < len(medians) else ""
    return f"{who} climbs to rung {plain(top)[0]} in the median night {where}".rstrip() + least

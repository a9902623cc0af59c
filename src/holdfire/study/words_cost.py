"""What an option costs, under which a side climbs higher, and whether what stops most endangers most, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.study.phrases import between, interval, named, nights_of, percent, plain, under
from holdfire.study.said import Kind, Number, Of, Said, say, together
from holdfire.study.versus import RUNGS, difference, endangers, figure, net, pair_of, side_of, titles_of
from holdfire.study.words_closing import closings
from holdfire.study.words_wrongful import most_endangering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.study.flips import Claims

Json = dict[str, Any]
NOT_COUNTED: Final = (
    "Cost counts flying, weapons, upkeep by the day, and closed airports; it does not "
    "count procurement beyond upkeep, political cost, harm on the ground or the loss of trade."
)
"""What no comparison of costs may leave unsaid."""
_UNCOUNTED: Final = "What it costs could not be counted."


def costs(comparison: Json) -> tuple[Said, Claims]:
    """Say what it costs, who climbs higher, and whether what stops most endangers most; with the figures claimed."""
    pair, trade = pair_of(comparison), _trade(comparison)
    climbs = {name: said for name, who in RUNGS.items() if (said := _climbs(comparison, name, who))}
    claims: dict[str, Sequence[str | None]] = dict.fromkeys(("cost_own_meur", *climbs), pair)
    if trade:
        claims |= {"stopped": pair, "wrongful": most_endangering(comparison)}
    return together((_money(comparison), closings(comparison), *climbs.values(), trade)), claims


def _trade(comparison: Json) -> Said:
    """Say whether what is told to stop most also endangers most; nothing where that cannot be told of either."""
    (one, other), endangering = pair_of(comparison), most_endangering(comparison)
    if one is None or other is None or not _told_to_endanger(comparison, endangering):
        return Said()
    low = difference(comparison, "stopped", one, other)["low"]
    if low is None or low <= 0:
        return Said()
    if one in endangering:
        return say("What stops most also endangers others most.")
    return say("Others are endangered most {}.", under(titles_of(comparison), endangering))


def _told_to_endanger(comparison: Json, endangering: list[str]) -> bool:
    """Whether the interval, too, says that some options endanger more than the base, or the base more than the rest."""
    base, rest = comparison["base"], set(titles_of(comparison)).difference(endangering)
    if not endangering or not rest:
        return False
    if base in endangering:
        return all(endangers(comparison, option) < 0 for option in rest)
    return all(endangers(comparison, option) > 0 for option in endangering)


def _money(comparison: Json) -> Said:
    (one, other), titles = pair_of(comparison), titles_of(comparison)
    if one is None or other is None:
        return _alone(comparison, one or comparison["base"])
    ends, first, second = (
        difference(comparison, "cost_own_meur", one, other),
        named(titles, [one]),
        named(titles, [other]),
    )
    if ends["value"] is None:
        return say(_UNCOUNTED)
    of = Of(("cost_own_meur",), (one,), other, Kind.DIFFERENCE)
    if ends["low"] is None and ends["value"]:
        more = Number(plain(ends["value"])[0], of), "more" if ends["value"] > 0 else "less"
        when = "that one night" if comparison["nights"] < 2 else f"each of {nights_of(comparison)}"
        return say("{} costs {} million euros {} than {} in {}.", first, *more, second, when)
    if ends["low"] is None:
        return say("{} and {} cost the same in each of {}.", first, second, nights_of(comparison))
    said = between(ends["low"], ends["high"], "million euros a night more", "million euros a night less", of)
    if ends["low"] <= 0 <= ends["high"]:
        return say("{} and {} cannot be told apart by cost: {} (95 %).", first, second, said)
    return say("{} costs {} than {} (95 %).", first, said, second)


def _alone(comparison: Json, option: str) -> Said:
    estimate = figure(comparison, "cost_own_meur")[option]["estimate"]
    if estimate["value"] is None:
        return say(_UNCOUNTED)
    said = interval(estimate, Of(("cost_own_meur",), (option,)))
    return say("{} costs our own side {} million euros a night.", named(titles_of(comparison), [option]), said)


def _climbs(comparison: Json, name: str, who: str) -> Said:
    """Say in which share of nights a side climbs higher under one option than under another; nothing of one night."""
    (one, other), base = pair_of(comparison), comparison["base"]
    if one is None or other is None or comparison["nights"] < 2:
        return Said()
    shift = figure(comparison, name)[one if other == base else other]["against_base"]["shift"]
    stood = _itself(comparison, [one, other]) if name == "peak_rung_own" else Said()
    if not shift["higher"]["k"] and not shift["lower"]["k"]:
        whose = f"By what happens in a night {who}" if stood else who.capitalize()
        return say("{} climbs to the same rung under both in each of {}{}.", whose, nights_of(comparison), stood)
    side = side_of(net(shift)) * (1 if other == base else -1)
    higher, lower = ("higher", "lower") if other == base else ("lower", "higher")
    ups, downs = (
        _share(shift[each], Of((name,), (one,), other, kind))
        for each, kind in ((higher, Kind.HIGHER), (lower, Kind.LOWER))
    )
    said = say("higher in {} of nights, lower in {} (95 %){}", ups, downs, stood)
    first, second = (named(titles_of(comparison), [each]) for each in (one, other))
    if side == 0:
        told = "Under {} {} cannot be told to climb higher or lower than under {}: {}."
        return say(told, first, who, second, said)
    way = "higher" if side > 0 else "lower"
    return say("Under {} {} climbs {} than under {}: {}.", first, who, way, second, said)


def _itself(comparison: Json, options: list[str]) -> Said:
    """Say on which of our own rungs options stand by themselves, whatever a night brings; empty where on none."""
    titles, rungs = titles_of(comparison), {each["id"]: each["standing"] for each in comparison["options"]}
    stood = [
        say(
            "{} itself stands on rung {}",
            named(titles, [each]), Number(str(rungs[each]), Of((), (each,), kind=Kind.STANDING)),
        )
        for each in options
        if rungs[each]
    ]  # fmt: skip
    return say("; {}", together(stood, " and ")) if stood else Said()


def _share(share: Json, of: Of) -> Said:
    high = Number(percent(share["high"]), of)
    if share["low"] is None:
        return say("fewer than {} %", high)
    return say("between {} and {} %", Number(percent(share["low"]), of), high)

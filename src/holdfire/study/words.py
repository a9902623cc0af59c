"""A comparison in three sentences: what stops most, who is wrongly fired at, and what it costs.

Each follows from the figures: which option it names, whether it says more, fewer or neither, and every number in it.
Beside each stands the assumed number that turns it round, as far as that was tried.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from holdfire.study.flips import turned_by
from holdfire.study.phrases import between, interval, named, named_once, nights_of, percent, plain, under
from holdfire.study.reaction import reversals
from holdfire.study.said import Kind, Number, Of, Said, say
from holdfire.study.versus import difference, figure, pair_of, ranked, there, titles_of, told_fewer
from holdfire.study.words_came import came, though
from holdfire.study.words_cost import costs
from holdfire.study.words_wrongful import most_endangering, wrongful

Json = dict[str, Any]


class Sentence(NamedTuple):
    """One sentence on a comparison, and which assumed number turns it round."""

    text: Said
    flips: Said


def sentences(comparison: Json, stress: Json | None = None) -> list[Json]:
    """Return three sentences on a comparison, each with `text` and `flips`; `stress` as `stress.read` returns it."""
    return [{"text": each.text.text, "flips": each.flips.text} for each in said(comparison, stress)]


def said(comparison: Json, stress: Json | None = None) -> list[Sentence]:
    """Return the same sentences with what each number is of.

    Before them stands what the other side's reaction turns round, where an option was run with and without it.
    """
    titles = titles_of(comparison)
    return [
        Sentence(named_once(titles, text), turned_by(comparison, stress, claims))
        for text, claims in (
            *((say("{}", each["text"]), each["claims"]) for each in reversals(comparison)),
            (
                say("{}{}{}", _stops(comparison), came(comparison), _strays(comparison)),
                {"stopped": pair_of(comparison)},
            ),
            (wrongful(comparison), {"wrongful": most_endangering(comparison)}),
            costs(comparison),
        )
    ]


def _stops(comparison: Json) -> Said:
    """Say which option stops most, and whether it can be told from the base, or the base from the next."""
    found, nights, titles = figure(comparison, "stopped"), nights_of(comparison), titles_of(comparison)
    one, other = pair_of(comparison)
    if one is None:
        return say("How many intruders are stopped could not be counted in any of {}.", nights)
    estimate = found[one]["estimate"]
    if all(option["estimate"]["none_seen"] for option in found.values()):
        return _none_stopped(comparison, estimate)
    if other is None:
        mean = interval(estimate, Of(("stopped",), (one,)))
        told = "{} stops {} {} a night ({}); nothing is set beside it."
        return say(told, named(titles, [one]), mean, _noun(comparison), nights)
    if not any(option["differing"] for option in found.values()):
        alike = Number(plain(estimate["value"])[0], Of(("stopped",), tuple(found)))
        told = "Every option stops the same in each of {}, {} {} a night on average."
        return say(told, nights, alike, _noun(comparison))
    if comparison["nights"] < 2:
        return _in_one_night(comparison, one, other)
    return _apart(comparison, one, other)


def _none_stopped(comparison: Json, estimate: Json) -> Said:
    """Say that nobody is stopped, or that nobody comes who could be."""
    nights, entered = nights_of(comparison), figure(comparison, "entered")
    none = all(option["estimate"]["none_seen"] for option in entered.values())
    of = Of(("entered" if none else "stopped",), tuple(entered), kind=Kind.SHARE)
    never = (
        "No intruder comes in {} under any option, so that none could be stopped; some come in fewer than {} % of "
        "nights (95 %)."
    )
    seldom = "No intruder is stopped in {} under any option; some are in fewer than {} % of nights (95 %)."
    return say(never if none else seldom, nights, Number(percent(estimate["share_below"]), of))


def _strays(comparison: Json) -> Said:
    """Say how many of those stopped were a friend's strays; empty where none was."""
    strays = _in_all(comparison, "stopped_strays")
    if not strays:
        return Said()
    every = tuple(figure(comparison, "stopped"))
    stopped, friends = (
        Number(f"{_in_all(comparison, name):.0f}", Of((name,), every, kind=Kind.TOTAL))
        for name in ("stopped", "stopped_strays")
    )
    return say(
        " Of {} stopped, all options together, {} {}, not hostile: whether rightly engaged is the rule's to say, and "
        "it is not counted as wrongful.",
        stopped, friends, "was a friend's stray" if round(strays) == 1 else "were a friend's strays",
    )  # fmt: skip


def _in_all(comparison: Json, name: str) -> float:
    """Return what a figure comes to in all nights of all options; 0 where it does not apply."""
    if not there(comparison, name):
        return 0.0
    found = [each["estimate"] for each in figure(comparison, name).values()]
    return float(sum(each["value"] * each["n"] for each in found if each["value"] is not None))


def _noun(comparison: Json) -> str:
    """Return what is stopped: no intruders, where some of it were a friend's strays."""
    return "aircraft" if _in_all(comparison, "stopped_strays") else "intruders"


def _in_one_night(comparison: Json, one: str, other: str) -> Said:
    found, titles = figure(comparison, "stopped"), titles_of(comparison)
    texts = plain(*(found[each]["estimate"]["value"] for each in (one, other)))
    first, second = (Number(text, Of(("stopped",), (each,))) for text, each in zip(texts, (one, other), strict=True))
    return say(
        "In the one night rehearsed {} stopped {} {}, against {} under {}; one night cannot tell options apart.",
        named(titles, [one]), first, _noun(comparison), second, named(titles, [other]),
    )  # fmt: skip


def _apart(comparison: Json, one: str, other: str) -> Said:
    titles, ends = titles_of(comparison), difference(comparison, "stopped", one, other)
    fewer = sorted(set(told_fewer(comparison, "stopped")) - {other})
    first, second = named(titles, [one]), named(titles, [other])
    nights = _nights_apart(comparison, one, other)
    rest = f" Fewer are stopped {_under_the_rest(titles, fewer, {one, other})}." if fewer else ""
    of = Of(("stopped",), (one,), other, Kind.DIFFERENCE)
    if ends["low"] is None and ends["value"]:
        count, how = Number(plain(abs(ends["value"]))[0], of), "more" if ends["value"] > 0 else "fewer"
        few = "{} stopped {} {} {} than {} in each of {}, too few to tell options apart by.{}"
        return say(few, first, count, how, _noun(comparison), second, nights_of(comparison), rest)
    if ends["low"] is None:
        same = "{} and {} stop the same in each of {}; no option is told to stop more.{}"
        return say(same, first, second, nights_of(comparison), rest)
    more = between(ends["low"], ends["high"], f"more {_noun(comparison)} a night", "fewer", of)
    if ends["low"] <= 0:
        told = "{} and {} cannot be told apart: the first stops {} ({}).{}"
        return say(told, first, second, more, nights, rest)
    higher = ranked(comparison, "stopped")[0]
    doubt = "" if higher == one else f" {named(titles, [higher])} has a higher mean, but cannot be told from {second}."
    most = "most on average" if higher == one else "more"
    of_more = though(comparison, one, other)
    return say("{} stops {}{}: {} than {} ({}).{}{}", first, most, of_more, more, second, nights, doubt, rest)


def _under_the_rest(titles: dict[str, str], options: list[str], said: set[str]) -> str:
    """Return under which options something is so, some having been named."""
    every = len(options) > 1 and said.union(options) == set(titles)
    return "under every other option" if every else under(titles, options)


def _nights_apart(comparison: Json, one: str, other: str) -> str:
    """Return the nights that the interval rests on, and in how many nothing in the air went differently."""
    option = one if other == comparison["base"] else other
    alike = next(each["nights_as_base"] for each in comparison["options"] if each["id"] == option)
    return f"95 %, {nights_of(comparison)}" + (f", {alike} of them alike in the air" if alike else "")

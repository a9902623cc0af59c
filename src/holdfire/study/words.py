"""A comparison in three sentences: what stops most, who is wrongly fired at, and what it costs.

Each follows from the figures: which option it names, whether it says more, fewer or neither, and every number in it.
Beside each stands the assumed number that turns it round, as far as that was tried.
"""

from __future__ import annotations

from typing import Any

from holdfire.study.flips import turned_by
from holdfire.study.phrases import between, interval, named, named_once, nights_of, percent, plain, under
from holdfire.study.reaction import reversals
from holdfire.study.versus import difference, figure, pair_of, ranked, there, titles_of, told_fewer
from holdfire.study.words_cost import costs
from holdfire.study.words_wrongful import most_endangering, wrongful

Json = dict[str, Any]


def sentences(comparison: Json, stress: Json | None = None) -> list[Json]:
    """Return three sentences on a comparison, each with `text` and `flips`; `stress` as `stress.read` returns it.

    Before them stands what the other side's reaction turns round, where an option was run with and without it.
    """
    titles = titles_of(comparison)
    return [
        {"text": named_once(titles, text), "flips": turned_by(comparison, stress, claims)}
        for text, claims in (
            *((each["text"], each["claims"]) for each in reversals(comparison)),
            (_stops(comparison) + _strays(comparison), {"stopped": pair_of(comparison)}),
            (wrongful(comparison), {"wrongful": most_endangering(comparison)}),
            costs(comparison),
        )
    ]


def _stops(comparison: Json) -> str:
    """Say which option stops most, and whether it can be told from the base, or the base from the next."""
    found, nights, titles = figure(comparison, "stopped"), nights_of(comparison), titles_of(comparison)
    one, other = pair_of(comparison)
    if one is None:
        return f"How many intruders are stopped could not be counted in any of {nights}."
    estimate = found[one]["estimate"]
    if all(option["estimate"]["none_seen"] for option in found.values()):
        bound = percent(estimate["share_below"])
        return (
            f"No intruder is stopped in {nights} under any option; some are in fewer than {bound} % of nights (95 %)."
        )
    if other is None:
        said = f"{named(titles, [one])} stops {interval(estimate)} {_noun(comparison)} a night"
        return f"{said} ({nights}); nothing is set beside it."
    if not any(option["differing"] for option in found.values()):
        mean = plain(estimate["value"])[0]
        return f"Every option stops the same in each of {nights}, {mean} {_noun(comparison)} a night on average."
    if comparison["nights"] < 2:
        return _in_one_night(comparison, one, other)
    return _apart(comparison, one, other)


def _strays(comparison: Json) -> str:
    """Say how many of those stopped were a friend's strays; empty where none was."""
    strays = _in_all(comparison, "stopped_strays")
    if not strays:
        return ""
    of = f" Of {_in_all(comparison, 'stopped'):.0f} stopped, all options together, {strays:.0f}"
    was = "was a friend's stray" if round(strays) == 1 else "were a friend's strays"
    return f"{of} {was}, not hostile: whether rightly engaged is the rule's to say, and it is not counted as wrongful."


def _in_all(comparison: Json, name: str) -> float:
    """Return what a figure comes to in all nights of all options; 0 where it does not apply."""
    if not there(comparison, name):
        return 0.0
    found = [each["estimate"] for each in figure(comparison, name).values()]
    return float(sum(each["value"] * each["n"] for each in found if each["value"] is not None))


def _noun(comparison: Json) -> str:
    """Return what is stopped: no intruders, where some of it were a friend's strays."""
    return "aircraft" if _in_all(comparison, "stopped_strays") else "intruders"


def _in_one_night(comparison: Json, one: str, other: str) -> str:
    found, titles = figure(comparison, "stopped"), titles_of(comparison)
    first, second = plain(*(found[each]["estimate"]["value"] for each in (one, other)))
    first, second = f"{named(titles, [one])} stopped {first}", f"{second} under {named(titles, [other])}"
    said = f"In the one night rehearsed {first} {_noun(comparison)}, against {second}"
    return f"{said}; one night cannot tell options apart."


def _apart(comparison: Json, one: str, other: str) -> str:
    titles, ends = titles_of(comparison), difference(comparison, "stopped", one, other)
    fewer = sorted(set(told_fewer(comparison, "stopped")) - {other})
    first, second = named(titles, [one]), named(titles, [other])
    nights = _nights_apart(comparison, one, other)
    rest = f" Fewer are stopped {_under_the_rest(titles, fewer, {one, other})}." if fewer else ""
    if ends["low"] is None:
        same = f"{first} and {second} stop the same in each of {nights_of(comparison)}"
        return f"{same}; no option is told to stop more.{rest}"
    said = between(ends["low"], ends["high"], f"more {_noun(comparison)} a night", "fewer")
    if ends["low"] <= 0:
        return f"{first} and {second} cannot be told apart: the first stops {said} ({nights}).{rest}"
    higher = ranked(comparison, "stopped")[0]
    doubt = "" if higher == one else f" {named(titles, [higher])} has a higher mean, but cannot be told from {second}."
    most = "most on average" if higher == one else "more"
    return f"{first} stops {most}: {said} than {second} ({nights}).{doubt}{rest}"


def _under_the_rest(titles: dict[str, str], options: list[str], said: set[str]) -> str:
    """Return under which options something is so, some having been named."""
    every = len(options) > 1 and said.union(options) == set(titles)
    return "under every other option" if every else under(titles, options)


def _nights_apart(comparison: Json, one: str, other: str) -> str:
    """Return the nights that the interval rests on, and in how many nothing at all went differently."""
    option = one if other == comparison["base"] else other
    alike = next(each["nights_as_base"] for each in comparison["options"] if each["id"] == option)
    return f"95 %, {nights_of(comparison)}" + (f", {alike} of them alike in everything" if alike else "")

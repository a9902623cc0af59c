"""What an answer comes to, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.study.phrases import named, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]


def sentences(made: Json) -> list[str]:
    """Return what survives: who is on the front, who is hardly ever worst, and what flips each conclusion."""
    titles = {option["id"]: option["title"] for option in made["options"]}
    out = [_front(made, titles)]
    if made["space"]:
        out += [_steady(made["space"], titles), *(each["text"] for each in made["space"]["discovered"])]
    return out


def _front(made: Json, titles: dict[str, str]) -> str:
    front = [row["option"] for row in made["tradeoff"] if row["front"]]
    of = ", ".join(each["label"] for each in made["objectives"])
    if len(front) == len(titles):
        return f"No option is beaten by another in everything that is held against it ({of}): each is a trade."
    beaten = [option for option in titles if option not in front]
    return (
        f"On average {named(titles, beaten)} {'is' if len(beaten) == 1 else 'are'} no better in anything and worse in "
        f"something than another option ({of}); what is left to choose from is {named(titles, front)}."
    )


def _steady(space: Json, titles: Mapping[str, str]) -> str:
    """Say which option is worst in nothing over most of the space, under the measure that is least kind to it."""
    by_measure = space["shares"]["never_worst"]
    least = {option: min(found[option]["value"] for found in by_measure.values()) for option in titles}
    option = max(least, key=lambda each: least[each])
    if least[option] == 0.0:
        return "Every option is worst in something throughout the space, under some measure of it."
    ends = [found[option] for found in by_measure.values()]
    low, high = percent(min(each["low"] for each in ends)), percent(max(each["high"] for each in ends))
    return (
        f"“{titles[option]}” is worst in nothing over {percent(least[option])} % of the space or more, under each of "
        f"{len(by_measure)} measures of it (with the noise of nights and points, {low} to {high} %)."
    )

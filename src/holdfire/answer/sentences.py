"""What an answer comes to, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.answer.beaten import CLEARLY, LEAST_NIGHTS, ON_AVERAGE
from holdfire.answer.discovery import said as said_of
from holdfire.answer.objectives import MADE_OF
from holdfire.study.phrases import named, percent, under
from holdfire.study.said import Kind, Number, Of, say

if TYPE_CHECKING:
    from holdfire.study.said import Said

Json = dict[str, Any]


def sentences(made: Json) -> list[str]:
    """Return what survives: who is on the front, who is hardly ever worst, and what flips each conclusion."""
    return [each.text for each in said(made)]


def said(made: Json) -> list[Said]:
    """Return the same with what each number is of."""
    titles = {option["id"]: option["title"] for option in made["options"]}
    out = [say("{}", _front(made, titles) + _came(made, titles))]
    if made["space"]:
        out += [_steady(made, titles), *(said_of(each, titles) for each in made["space"]["discovered"])]
    return out


def _came(made: Json, titles: dict[str, str]) -> str:
    """Say where not as many come as under the base, so that a count of what is stopped is another share."""
    base, said = named(titles, [made["base"]]), ""
    for how, share in (("more", "smaller"), ("fewer", "larger")):
        if options := made["came"][how]:
            come = f"{how.capitalize()} come {under(titles, options)} than under {base}"
            said += f" {come}: as many stopped are a {share} share."
    return said


def _front(made: Json, titles: dict[str, str]) -> str:
    nights = made["points"] * made["nights"]
    of = ", ".join(each["label"] for each in made["objectives"])
    if len(titles) == 1:
        return "One option was run: nothing is held against it."
    if nights < LEAST_NIGHTS:
        said = f"{nights} night{'s' if nights > 1 else ''} under each option"
        return (
            f"Too few nights to say which option is beaten by another ({of}): "
            f"{said}, where {LEAST_NIGHTS} are the least."
        )
    clearly, open_ = (
        [row["option"] for row in made["tradeoff"] if row["beaten"] == how] for how in (CLEARLY, ON_AVERAGE)
    )
    if not clearly and not open_:
        return (
            f"On average over {nights} nights no option is beaten by another in everything that is held against it "
            f"({of}): each is a trade."
        )
    doubt = (
        f" On average {named(titles, open_)} {_is(open_)} beaten too, but paired intervals of 95 % leave it open."
        if open_
        else ""
    )
    if not clearly:
        return f"Over {nights} nights no option is clearly beaten by another ({of}).{doubt}"
    left = [option for option in titles if option not in clearly]
    return (
        f"Over {nights} nights {named(titles, clearly)} {_is(clearly)} no better in anything and worse in something "
        f"than another option, by paired intervals of 95 % ({of}); what is left to choose from is "
        f"{named(titles, left)}.{doubt}"
    )


def _is(options: list[str]) -> str:
    return "is" if len(options) == 1 else "are"


def steadiest(made: Json) -> list[str]:
    """Return the options that are worst in nothing over the most of the space, under the measure least kind to each.

    Empty where each is worst in something throughout the space, under some measure.
    """
    by_measure = made["space"]["shares"]["never_worst"]
    least = {each["id"]: min(found[each["id"]]["value"] for found in by_measure.values()) for each in made["options"]}
    most = max(least.values())
    return [option for option, share in least.items() if share == most > 0.0]


def _steady(made: Json, titles: dict[str, str]) -> Said:
    """Say which options are worst in nothing over most of the space, under the measure that is least kind to it."""
    by_measure, options = made["space"]["shares"]["never_worst"], steadiest(made)
    if not options:
        return say("Every option is worst in something throughout the space, under some measure of it.")
    option = options[0]
    ends = [found[option] for found in by_measure.values()]
    figures = tuple(name for each in made["objectives"] for name in MADE_OF[each["name"]])
    of = Of(figures, (option,), kind=Kind.NEVER_WORST)
    shares = min(each["value"] for each in ends), min(each["low"] for each in ends), max(each["high"] for each in ends)
    share, low, high = (Number(percent(each), of) for each in shares)
    return say(
        "{} {} worst in nothing over {} % of the space or more, under each of {} measures of it (with the noise of "
        "nights and points, {} to {} %).",
        named(titles, options), _is(options), share, str(len(by_measure)), low, high,
    )  # fmt: skip

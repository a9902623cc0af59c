"""What a study's ladder comes to, in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from holdfire.study.ladder_signals import words as signalled
from holdfire.study.said import Kind, Number, Of, say, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.study.said import Said

    Json = dict[str, Any]

CAUTIONS: Final = (
    "Every range over what follows a night is of what nobody knows: no part of it is likelier than another.",
    "A share of that space is no probability.",
    "The order of rungs is this project's own; how far apart they lie means nothing.",
    "A step up is counted to the next rung; which step a side would take, the model does not say.",
    "What lies beyond the ladder is not told, and no chance of it is worked out.",
    "Nothing here says which option is better: that takes a rate at which rungs are weighed, which nobody knows.",
)


def sentences(made: Json) -> list[str]:
    """Return what can be said of each option against the base, and what it needs."""
    return [each.text for each in said(made)]


def said(made: Json) -> list[Said]:
    """Return the same with what each number is of."""
    return [text for option in made["options"] if option["against_base"] for text in _of(option, made["base"])]


def _of(option: Json, base: str) -> Iterator[Said]:
    name, found = option["id"], option["against_base"]["next_rung"]
    yield _moved(name, base, found, option["against_base"]["signals"])
    for even in option["against_base"]["break_even"]:
        text = _even(name, base, even)
        if text:
            yield text


def _moved(name: str, base: str, found: Json, heard: list[Json]) -> Said:
    if found["direction"] == "alike":
        alike = "In the nights rehearsed {} leaves the risk of the other side's next rung as {} has it, at every point."
        return say(alike, name, base)
    of = Of((), (name,), base, Kind.NEXT_RUNG)
    up, down = (Number(f"{100 * found[end]:.0f}", of) for end in ("higher_share", "lower_share"))
    low, high = (Number(_points(found[end]), of) for end in ("low", "high"))
    points = say("by {} to {} points", low, high)
    needs = " This needs a crewed loss to weigh more than an uncrewed one, which nobody knows."
    if found["direction"] == "open":
        shares = say("up in {} %, down in {} % of the space", up, down)
        text = say("{} moves the risk of the other side's next rung {} against {}: {}.", name, points, base, shares)
    else:
        below = "" if found["holds_below_1"] or found["needs_ratio_above_1"] else " Below a ratio of 1 that may turn."
        told = "{} {} the risk of the other side's next rung, {} against {}.{}"
        text = say(told, name, found["direction"], points, base, below)
    signals = together([signalled(each, found["direction"]) for each in heard], "")
    return say("{}{}{}", text, needs if found["needs_ratio_above_1"] else "", signals)


def _points(share: float) -> str:
    """Return a difference of shares in points, with sign: whole, or two figures of what is less than one."""
    points = 100 * share
    return f"{points:+.0f}" if points == 0.0 or abs(points) >= 0.95 else f"{points:+.2g}"


def _even(name: str, base: str, even: Json) -> Said | None:
    rate = even["outweighed_above_rate"]
    if not even["told"]:
        return None
    at = next(each for each in even["curve"] if each["rate"] == 10.0)
    of = Of((even["figure"],), (name,), base, Kind.BREAKS_EVEN)
    gained = _with_ends(even["gain"], "value", 1.0, replace(of, kind=Kind.DIFFERENCE))
    raised = _with_ends(at, "raise", 100.0, of)
    worse = say("it is worse than {} if it raises the risk of the next rung by more than {}", base, raised)
    outweighed = say("no raise outweighs that") if at["raise"] == 1.0 else worse
    told = "{} gains {} {} a night; where a rung outweighs 10 of them, {}."
    text = say(told, name, gained, even["gain_in"], outweighed)
    if rate is None:
        return text
    never = "{} Over this space it is never worse where a rung outweighs fewer than {}."
    return say(never, text, Number(f"{rate:.2g}", of))


def _with_ends(found: Json, middle: str, times: float, of: Of) -> Said:
    """Return a number of the nights with its interval of 95 %."""
    value, low, high = (Number(f"{times * found[end]:.2g}", of) for end in (middle, "low", "high"))
    return say("{}{} ({} to {}, 95 %)", value, " points" if times > 1.0 else "", low, high)

"""What a study's ladder comes to, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return [text for option in made["options"] if option["against_base"] for text in _of(option, made["base"])]


def _of(option: Json, base: str) -> Iterator[str]:
    name, found = option["id"], option["against_base"]["next_rung"]
    yield _moved(name, base, found)
    for even in option["against_base"]["break_even"]:
        text = _even(name, base, even)
        if text:
            yield text


def _moved(name: str, base: str, found: Json) -> str:
    if found["direction"] == "alike":
        return f"{name} leaves the risk of the other side's next rung as {base} has it, over the whole space."
    points = f"by {_points(found['low'])} to {_points(found['high'])} points"
    needs = " This needs a crewed loss to weigh more than an uncrewed one, which nobody knows."
    if found["direction"] == "open":
        shares = f"up in {100 * found['higher_share']:.0f} %, down in {100 * found['lower_share']:.0f} % of the space"
        text = f"{name} moves the risk of the other side's next rung {points} against {base}: {shares}."
    else:
        below = "" if found["holds_below_1"] or found["needs_ratio_above_1"] else " Below a ratio of 1 that may turn."
        text = f"{name} {found['direction']} the risk of the other side's next rung, {points} against {base}.{below}"
    return text + (needs if found["needs_ratio_above_1"] else "")


def _points(share: float) -> str:
    """Return a difference of shares in points, with sign: whole, or two figures of what is less than one."""
    points = 100 * share
    return f"{points:+.0f}" if points == 0.0 or abs(points) >= 0.95 else f"{points:+.2g}"


def _even(name: str, base: str, even: Json) -> str | None:
    gain, rate = even["gain"]["value"], even["outweighed_above_rate"]
    if not even["told"]:
        return None
    raised = next(each["raise"] for each in even["curve"] if each["rate"] == 10.0)
    worse = f"it is worse than {base} if it raises the risk of the next rung by more than {100 * raised:.2g} points"
    said = "no raise outweighs that" if raised == 1.0 else worse
    text = f"{name} gains {gain:.2g} {even['gain_in']} a night; where a rung outweighs 10 of them, {said}."
    if rate is None:
        return text
    return f"{text} Over this space it is never worse where a rung outweighs fewer than {rate:.2g}."

"""Which conclusions of an answer turn round once the other side reacts; said before anything else is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.answer.beaten import CLEARLY
from holdfire.answer.objectives import ALL
from holdfire.answer.sentences import steadiest
from holdfire.study.phrases import named

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def turned(alone: Json, reacted: Json) -> list[str]:
    """Return a sentence for each conclusion that the reaction turns round.

    Both are answers among the same options in the same order, without the other side's reaction and with it; what was
    run with it only comes last and turns nothing round.
    Conclusions are those that an answer states: which options another clearly beats, which is worst in nothing over
    most of the space, and which has the best mean over it of each thing. Who is best together with others is not
    turned round by one of them.
    """
    titles = {option["id"]: option["title"] for option in alone["options"]}
    same = {then["id"]: option["id"] for option, then in zip(alone["options"], reacted["options"], strict=False)}
    return [
        f"A conclusion reverses once the other side reacts: {each}" for each in _turned(alone, reacted, titles, same)
    ]


def _turned(alone: Json, reacted: Json, titles: dict[str, str], same: dict[str, str]) -> Iterator[str]:
    before, after = _beaten(alone), {same[each] for each in _beaten(reacted) if each in same}
    for now, said in (
        (after - before, "{} {} left to choose from if nobody adapts, and clearly beaten then."),
        (before - after, "{} {} clearly beaten if nobody adapts, and left to choose from then."),
    ):
        if now:
            listed = [each for each in titles if each in now]
            yield said.format(named(titles, listed), "is" if len(listed) == 1 else "are")
    if not (alone["space"] and reacted["space"]):
        return
    first, then = steadiest(alone), [same[each] for each in steadiest(reacted) if each in same]
    if first and then and not set(first) & set(then):
        yield (
            f"worst in nothing over the most of the space is {named(titles, first)} if nobody adapts, and "
            f"{named(titles, then)} then."
        )
    for objective in ALL:
        best = _best(alone, objective.name)
        later = [same[each] for each in _best(reacted, objective.name) if each in same]
        if best and later and not set(best) & set(later):
            alone_best = f"{named(titles, best)} {objective.best}"
            yield f"on average {alone_best} if nobody adapts, and then {named(titles, later)}."


def _beaten(made: Json) -> set[str]:
    return {row["option"] for row in made["tradeoff"] if row["beaten"] == CLEARLY}


def _best(made: Json, objective: str) -> list[str]:
    """Return the leader of an objective with those whose mean is the same; none where it is not asked, or all alike."""
    found = next((each for each in made["space"]["discovered"] if each["objective"] == objective), None)
    if found is None or found["alike"]:
        return []
    means = {row["option"]: row[objective]["value"] for row in made["tradeoff"]}
    return [option for option, mean in means.items() if mean == means[found["leader"]]]

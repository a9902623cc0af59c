"""Which conclusions of an answer turn round once the other side reacts; said before anything else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.answer.beaten import CLEARLY, beaters
from holdfire.answer.objectives import ALL
from holdfire.answer.sentences import steadiest
from holdfire.study.paired import mean_difference
from holdfire.study.phrases import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

Json = dict[str, Any]
_NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the losses (options, points) that it rests on, by objective; options are known by their places."""

    made: Json
    losses: Mapping[str, NDArray[np.float64]]

    @property
    def options(self) -> list[str]:
        """Ids, in order."""
        return [option["id"] for option in self.made["options"]]

    def beaters(self, place: int) -> list[int]:
        """Return the options that clearly beat one, where the answer says that it is clearly beaten."""
        said = self.made["tradeoff"][place]["beaten"] == CLEARLY
        return beaters(np.stack(list(self.losses.values())), place) if said else []

    def best(self, objective: str) -> int:
        """Return the option with the best mean of a thing; `_NOBODY` where that is not asked."""
        lost = self.losses.get(objective)
        return _NOBODY if lost is None else int(lost.mean(axis=-1).argmin())

    def better(self, objective: str, one: int, other: int) -> bool:
        """Whether a paired interval of 95 % says that one option is better in a thing than another."""
        low = mean_difference(self.losses[objective][one], self.losses[objective][other]).low
        return low is not None and low > 0.0

    def steadiest(self) -> int:
        """Return the option that is worst in nothing over the most of the space; `_NOBODY` where none is."""
        found = steadiest(self.made) if self.made["space"] else []
        return self.options.index(found[0]) if found else _NOBODY

    def steadier(self, one: int, other: int) -> bool:
        """Whether one is worst in nothing over more of the space than another: intervals apart, by each measure."""
        by_measure = self.made["space"]["shares"]["never_worst"].values()
        first, second = self.options[one], self.options[other]
        return all(found[first]["low"] > found[second]["high"] for found in by_measure)


def turned(alone: Answered, reacted: Answered) -> list[str]:
    """Return a sentence for each conclusion that the reaction turns round.

    Both are answers among the same options in the same order, without the other side's reaction and with it.
    Conclusions are those that an answer states: which options another clearly beats, which is worst in nothing over
    most of the space, and which has the best mean over it of each thing. Each turns round only where intervals tell
    the two options apart both times.
    """
    return [f"A conclusion reverses once the other side reacts: {each}" for each in _turned(alone, reacted)]


def _turned(alone: Answered, reacted: Answered) -> Iterator[str]:
    titles = {option["id"]: option["title"] for option in alone.made["options"]}
    called = [named(titles, [option]) for option in alone.options]
    for place, option in enumerate(called):
        before, after = alone.beaters(place), reacted.beaters(place)
        if after and not before and all(_held_out(alone, place, other) for other in after):
            yield f"{option} is left to choose from if nobody adapts, and clearly beaten then."
        if before and not after and all(_held_out(reacted, place, other) for other in before):
            yield f"{option} is clearly beaten if nobody adapts, and left to choose from then."
    first, then = alone.steadiest(), reacted.steadiest()
    if _others(first, then) and alone.steadier(first, then) and reacted.steadier(then, first):
        most = "worst in nothing over the most of the space"
        yield f"{most} is {called[first]} if nobody adapts, and {called[then]} then."
    for each in ALL:
        first, then = alone.best(each.name), reacted.best(each.name)
        if _others(first, then) and alone.better(each.name, first, then) and reacted.better(each.name, then, first):
            yield f"on average {called[first]} {each.best} if nobody adapts, and then {called[then]}."


def _held_out(answered: Answered, one: int, other: int) -> bool:
    """Whether intervals tell that one option is better than another in something."""
    return any(answered.better(objective, one, other) for objective in answered.losses)


def _others(first: int, then: int) -> bool:
    """Whether there are two, and they are not the same."""
    return first != then and _NOBODY not in (first, then)

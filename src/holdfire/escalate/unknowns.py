"""The box of what nobody knows of an exchange, and the points at which it is worked out.

Nothing in the box is likelier than anything else; a share of it is no probability. Chances and days are drawn evenly,
ratios evenly in their logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.seed import Kind, Stage, entity, stream, uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from holdfire.escalate.exchange_schema import ExchangeModel, RangeModel
    from holdfire.escalate.standing_schema import StandingModel

    Points = dict[str, NDArray[np.float64]]

RATIO: Final = "ratios.crewed_to_uncrewed"
CALM, HOT = 0, 1
"""Rows of the corner in which both sides climb least, and of that in which they climb most."""
_LOWERS: Final = ("down", "days")
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Unknown:
    """One unknown: its address, the range as it is given, and what it does where it is higher."""

    name: str
    given: RangeModel
    ratio: bool
    raises: bool

    @property
    def low(self) -> float:
        """The lower end."""
        return self.given.low

    @property
    def high(self) -> float:
        """The upper end."""
        return self.given.high


def signal(option: str) -> str:
    """Return the address of what an option signals."""
    return f"signals.{option}"


def unknowns(exchange: ExchangeModel, standing: Iterable[StandingModel] = ()) -> tuple[Unknown, ...]:
    """Return every unknown of an exchange, in the order of its file, and then what options signal that stand."""
    answers = (
        Unknown(f"{part}.{name}", value, part == "ratios", name not in _LOWERS)
        for part in ("other", "own", "ratios")
        for name, value in getattr(exchange, part)
    )
    signals = (Unknown(signal(each.named), each.signals, ratio=True, raises=True) for each in standing if each.signals)
    return (*answers, *signals)


def points(box: Sequence[Unknown], draws: int) -> Points:
    """Return for each unknown its value at every point.

    First the calm corner, then the hot one, then each unknown at either end with all others in their middle, then as
    many `draws` over the whole box, by numbers of this project's own (`seed`), always the same. That the two corners
    bound how high both sides climb is shown in `docs/reference/ladder.md`.
    """
    at = shares(box, draws)
    return {each.name: value_at(each, at[:, place]) for place, each in enumerate(box)}


def shares(box: Sequence[Unknown], draws: int) -> NDArray[np.float64]:
    """Return the same points as shares of each range (points, unknowns)."""
    first = 2 + 2 * len(box)
    at = np.full((first + draws, len(box)), 0.5)
    for place, each in enumerate(box):
        at[CALM, place], at[HOT, place] = (0.0, 1.0) if each.raises else (1.0, 0.0)
        at[2 + 2 * place, place], at[3 + 2 * place, place] = 0.0, 1.0
        who, by = entity(Kind.SCENARIO, 0, place), stream(Stage.ESCALATE)
        at[first:, place] = [uniform(_SEED, 0, draw, who, by, 0, 0) for draw in range(draws)]
    return at


def value_at(of: Unknown, share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what an unknown is at shares of its range."""
    low, high = (np.log(of.low), np.log(of.high)) if of.ratio else (of.low, of.high)
    at: NDArray[np.float64] = low * (1.0 - share) + high * share
    return np.exp(at) if of.ratio else at

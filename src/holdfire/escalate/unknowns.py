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
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.escalate.exchange_schema import ExchangeModel

    Points = dict[str, NDArray[np.float64]]

RATIO: Final = "ratios.crewed_to_uncrewed"
CALM, HOT = 0, 1
"""Rows of the corner in which both sides climb least, and of that in which they climb most."""
_LOWERS: Final = ("down", "days")
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Unknown:
    """One unknown: its address in the exchange, its range, and what it does where it is higher."""

    name: str
    low: float
    high: float
    ratio: bool
    raises: bool


def unknowns(exchange: ExchangeModel) -> tuple[Unknown, ...]:
    """Return every unknown of an exchange, in the order of its file."""
    return tuple(
        Unknown(f"{part}.{name}", value.low, value.high, part == "ratios", name not in _LOWERS)
        for part in ("other", "own", "ratios")
        for name, value in getattr(exchange, part)
    )


def points(box: Sequence[Unknown], draws: int) -> Points:
    """Return for each unknown its value at every point.

    First the calm corner, then the hot one, then each unknown at either end with all others in their middle, then as
    many `draws` over the whole box, by numbers of this project's own (`seed`), always the same. That the two corners
    bound how high both sides climb is shown in `docs/reference/ladder.md`.
    """
    first = 2 + 2 * len(box)
    shares = np.full((first + draws, len(box)), 0.5)
    for place, each in enumerate(box):
        shares[CALM, place], shares[HOT, place] = (0.0, 1.0) if each.raises else (1.0, 0.0)
        shares[2 + 2 * place, place], shares[3 + 2 * place, place] = 0.0, 1.0
        who, by = entity(Kind.SCENARIO, 0, place), stream(Stage.ESCALATE)
        shares[first:, place] = [uniform(_SEED, 0, draw, who, by, 0, 0) for draw in range(draws)]
    return {each.name: _between(each, shares[:, place]) for place, each in enumerate(box)}


def _between(of: Unknown, share: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = (np.log(of.low), np.log(of.high)) if of.ratio else (of.low, of.high)
    at: NDArray[np.float64] = low * (1.0 - share) + high * share
    return np.exp(at) if of.ratio else at

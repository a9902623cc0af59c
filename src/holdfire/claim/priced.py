"""A claim on cost at both ends of each price that it rests on: the same nights, paid for otherwise.

A price moves nothing in a night, so that none is rehearsed anew. What is drawn for a night moves from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from holdfire.claim.measure import cost_measured
from holdfire.respond.upkeep import UpkeepModel
from holdfire.scenario.option import with_option
from holdfire.study.figures import COLUMN
from holdfire.study.results import load
from holdfire.study.vary import Trial
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from holdfire.claim.measure import Asked, Measured
    from holdfire.study.results import Results

    Json = dict[str, Any]
    End = Literal["low", "high"]

USED: Final = "platforms/*.yaml: hour_cost_eur; weapons/*.yaml: cost_eur"
CLOSING: Final = "; closing.*_eur, closing.waits_eur_min"
"""And those of closed airports, where a scenario has some that close."""
_ENDS: Final[tuple[End, End]] = ("low", "high")
MIDDLE: Final = "in the middle of every range"


def priced(asked: Asked, folder: Path) -> Iterator[tuple[Trial, str, Measured]]:
    """Yield what a folder's nights say of a claim on cost with one price after another at both ends of its range.

    First what flying, firing and closing cost, all of it together; then each entry of `upkeep`, under all options that
    have it.
    """
    results = load(folder)
    kept = {option: _kept(results, option) for option in asked.options}
    closes = any(np.isfinite(results.figures[each][:, COLUMN["cost_closing_meur"]]).any() for each in kept)
    place = USED + CLOSING if closes else USED
    flight = ", a shot and a flight held up by a closed airport" if closes else " and a shot"
    used = Trial(
        place, "", MIDDLE, "at the low end of every range", "at the high end of every range", {}, {},
        f"what an hour's flying{flight} cost ({place})",
    )  # fmt: skip
    for end in _ENDS:
        yield used, end, cost_measured(asked, results, {each: _used(results, each, kept[each], end) for each in kept})
    for name, entry in {name: entry for each in kept.values() for name, entry in each.items()}.items():
        place, price = f"upkeep.{name}.eur_a_day", entry.eur_a_day
        middle = (price.low + price.high) / 2.0
        called = f"what it costs to have each {entry.what}, EUR a day ({place})"
        trial = Trial(place, "", number(middle), number(price.low), number(price.high), {}, {}, called)
        for end in _ENDS:
            more = entry.number * (getattr(price, end) - middle) / 1e6
            there = {each: np.full(results.manifest["replications"], more * (name in kept[each])) for each in kept}
            yield trial, end, cost_measured(asked, results, there)


def _kept(results: Results, option: str) -> dict[str, UpkeepModel]:
    """Return what an option has upkeep of, by name."""
    data = with_option(results.manifest["scenario"]["data"], option)
    return {each.id: each for each in map(UpkeepModel.model_validate, data.get("upkeep", []))}


def _used(results: Results, option: str, kept: dict[str, UpkeepModel], end: End) -> np.ndarray[Any, Any]:
    """Return by night how much more flying, firing and closing cost at an end of their ranges than as counted, M€."""
    figures = results.figures[option]
    moved = figures[:, COLUMN[f"cost_own_{end}_meur"]] - figures[:, COLUMN["cost_own_meur"]]
    prices = [(each.number, each.eur_a_day) for each in kept.values()]
    to_have = sum(n * (getattr(price, end) - (price.low + price.high) / 2.0) for n, price in prices) / 1e6
    return np.asarray(moved - to_have)

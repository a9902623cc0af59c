"""Trials of the made-up night, and what a record kept of its first nights beside the same nights rehearsed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from holdfire.study.vary import Trial
from support.fake_engine import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.study.engine import Recipe


def quiet(_what: str, _done: int, _of: int) -> None:
    pass


def trial(place: str = "luck", low: int = -9, high: int = 9, **more: Any) -> Trial:
    """A number that makes `radar-permitted` stop so many more at either end; `more` is for the engine."""
    at_low, at_high = (
        {**subject().data, **more, "more": {"radar-permitted": each}, "place": place} for each in (low, high)
    )
    return Trial(place, "why", "0", str(low), str(high), at_low, at_high)


def made_again(
    record: dict[str, Any],
    recipe: Recipe,
    trials: Sequence[Trial],
    nights: int = 2,
    ends: Sequence[str] = ("low", "high"),
) -> Iterator[str]:
    """Rehearse a record's first nights as run and at the ends of trials again; yield a line for each other figure.

    The options are those of the recipe, of which the record may have more.
    """
    first = record["stress"]["first"]
    yield from _otherwise("as run", first["as_run"], recipe, record["seed"], nights)
    for each in trials:
        for end in ends:
            data = {"low": each.at_low, "high": each.at_high}[end]
            at_end = replace(recipe, scenario=data)
            kept = first["tried"][each.place][end]
            yield from _otherwise(f"{each.place} at its {end} end", kept, at_end, record["seed"], nights)


def _otherwise(where: str, kept: dict[str, Any], recipe: Recipe, seed: int, nights: int) -> Iterator[str]:
    engine = recipe.build()
    for replication in range(nights):
        for night in engine.rehearse(seed, replication):
            for name, value in kept[night.option][replication].items():
                if night.figures[name] != value:
                    now = night.figures[name]
                    yield f"{where}, night {replication} under {night.option}: {name} is {now}, was {value}"

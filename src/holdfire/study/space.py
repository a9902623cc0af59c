"""The space of unknowns as a study: each point fixes every unknown, and has a few nights under all options.

A replication belongs to the point of its number divided by the nights of a point, so that a space is kept, stopped,
resumed, compared and traced as any study is. Options share the random numbers of a night; no two points share any.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from holdfire.errors import InputError
from holdfire.study import halton
from holdfire.study.engine import Recipe
from holdfire.study.unknowns import at_point, from_json, unknowns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.night import OptionNight
    from holdfire.messages.story import Story
    from holdfire.study.engine import Engine
    from holdfire.study.manifest import Manifest
    from holdfire.study.subject import Subject
    from holdfire.study.unknowns import Unknown

SECTION: Final = "explored"
"""Where a manifest's scenario says what is explored."""
_BUILDER: Final = "holdfire.study.space:engine_from"


@dataclass(frozen=True, slots=True)
class Space:
    """The unknowns that span a space, and the nights at each point."""

    unknowns: tuple[Unknown, ...]
    nights: int

    def points(self, first: int, stop: int, seed: int) -> NDArray[np.float64]:
        """Return points as shares of the ranges, an array (points, unknowns)."""
        return halton.points(first, stop, len(self.unknowns), seed)


def explored(subject: Subject, nights: int, places: Sequence[str] = ()) -> Subject:
    """Return the study of a subject's space of unknowns.

    Raises `InputError` for fewer than two nights a point, and where nothing is unknown; as `unknowns` does for places.
    """
    require_nights(nights)
    found = unknowns(dict(subject.data), places)
    if not found:
        message = f"{subject.id} assumes no range: there is no space of unknowns to explore"
        raise InputError(message)
    section = {"nights": nights, "builder": subject.builder, "unknowns": [each.as_json() for each in found]}
    return replace(subject, data={**subject.data, SECTION: section}, builder=_BUILDER)


def require_nights(nights: int) -> None:
    """Raise `InputError` for too few nights a point."""
    if nights < 2:
        message = f"{nights} nights a point are asked: ask for 2 or more, since one cannot tell noise from an unknown"
        raise InputError(message)


def space_of(manifest: Manifest) -> Space | None:
    """Return the space that a study explored; `None` where it is a study of a scenario as it stands."""
    given = manifest["scenario"]["data"].get(SECTION)
    return _space(given) if given else None


def made_by(manifest: Manifest) -> str:
    """Return the command that makes such a study, and continues it."""
    return "holdfire explore" if space_of(manifest) else "holdfire run"


def by_point(manifest: Manifest, nights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the nights of a study as they are, and of a space the mean of each whole point: its nights go together."""
    space = space_of(manifest)
    if not space:
        return nights
    points = len(nights) // space.nights
    return nights[: points * space.nights].reshape(points, space.nights).mean(axis=1)  # type: ignore[no-any-return]


def point_data(manifest: Manifest, point: int) -> dict[str, Any]:
    """Return the scenario as it is at a point of a study's space."""
    return _at(manifest["scenario"]["data"], manifest["seed"], point)


def _space(given: Mapping[str, Any]) -> Space:
    return Space(tuple(from_json(each) for each in given["unknowns"]), given["nights"])


def _at(data: Mapping[str, Any], seed: int, point: int) -> dict[str, Any]:
    space = _space(data[SECTION])
    bare = {name: value for name, value in data.items() if name != SECTION}
    return at_point(bare, space.unknowns, space.points(point, point + 1, seed)[0].tolist())


@dataclass(slots=True)
class Explorer:
    """An engine that builds the engine of each point when it comes there, and keeps the last."""

    data: Mapping[str, Any]
    options: tuple[str, ...]
    _last: tuple[tuple[int, int], Engine] | None = field(default=None, init=False)

    def rehearse(self, seed: int, replication: int) -> Sequence[OptionNight]:
        """Return one night for each option, in order, at the point that the replication belongs to."""
        return self._engine(seed, replication).rehearse(seed, replication)

    def trace(self, option: str, seed: int, replication: int, aircraft: int) -> Story:
        """Replay one replication at its point and tell the story of an aircraft."""
        return self._engine(seed, replication).trace(option, seed, replication, aircraft)

    def _engine(self, seed: int, replication: int) -> Engine:
        section = self.data[SECTION]
        at = seed, replication // section["nights"]
        if self._last is None or self._last[0] != at:
            self._last = at, Recipe(section["builder"], _at(self.data, *at), self.options).build()
        return self._last[1]


def engine_from(data: Mapping[str, Any], options: Sequence[str]) -> Explorer:
    """Return what rehearses the points of a space, compiled: the first point of seed 0 is built for that."""
    made = Explorer(data, tuple(options))
    Recipe(data[SECTION]["builder"], _at(data, 0, 0), made.options).build()
    return made

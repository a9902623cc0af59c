"""A night as it can be played: where everyone really was, where they were believed to be, and what happened.

Positions are whole units of `UNIT_M` in the flat frame, at steps of `STEP_S`. A series has no gaps: who vanishes and
comes back has two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.story import Story

STEP_S: Final = 10
"""Between two points, s."""
UNIT_M: Final = 50
UNKNOWN_H: Final = -20
"""A height, in units, that is not known; known ones are above it."""
IDENTITIES: Final = ("pending", "unknown-identity", "assumed-friend", "friend", "neutral", "suspect", "hostile")
"""The identities by which a film counts."""


class Series(NamedTuple):
    """Points one after another, from a step of the night on."""

    first: int
    points: NDArray[np.int16]  # (points, 3): east, north, height, in units


@dataclass(frozen=True, slots=True)
class FilmedTrack:
    """One unbroken stretch of a track: its number, and the place of the aircraft that it mostly followed, -1: none."""

    number: int
    of: int
    series: Series


class CitedSet(NamedTuple):
    """A rule set that a night's stories cite: its title and, by id, what each rule cited gives as its reason."""

    title: str
    because: dict[str, str]


@dataclass(frozen=True, slots=True)
class FilmedNight:
    """One option's night.

    Attributes
    ----------
    option, digest
        Its id, and the digest of everything that happened.
    steps
        Points of the whole night.
    aircraft
        `AIRCRAFT` records as they ended, by place in the truth; whoever else has a place means this one.
    titles, looks
        Of each aircraft's platform: its title, and what a right look takes it for.
    truth
        Stretches flown, each with the aircraft's place.
    tracks
        The picture.
    identities
        By track number: step and place in `IDENTITIES`, whenever it changed.
    events, texts
        `EVENT` records in the order of time, and what each says.
    ends
        By place, of who ended: when (s) and how.
    stories
        Of the aircraft that were asked for.
    cited
        By id, the rule sets that the stories cite.
    """

    option: str
    digest: str
    steps: int
    aircraft: np.ndarray[Any, np.dtype[np.void]]
    titles: tuple[str, ...]
    looks: tuple[str, ...]
    truth: tuple[tuple[int, Series], ...]
    tracks: tuple[FilmedTrack, ...]
    identities: dict[int, list[tuple[int, int]]]
    events: np.ndarray[Any, np.dtype[np.void]]
    texts: tuple[str, ...]
    ends: dict[int, tuple[float, str]]
    stories: tuple[Story, ...]
    cited: dict[str, CitedSet]

"""A film as the page reads it (`web/src/film.ts`): a header in JSON, then series of second differences, compressed."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import CapacityError
from holdfire.messages.aircraft import Part
from holdfire.messages.film import STEP_S, UNIT_M, Series
from holdfire.messages.response import What
from holdfire.messages.vocabulary import STATES
from holdfire.report.tell import story_data
from holdfire.study.naming import aircraft_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from holdfire.messages.film import FilmedNight

    Json = dict[str, Any]

_LEVEL: Final = 9
_INT16: Final = np.iinfo(np.int16)


def encode(replication: int, nights: Sequence[FilmedNight]) -> bytes:
    """Return one replication under every option, compressed with zlib."""
    pool, cast = _Pool(), _Cast()
    parts = [_Part(night, cast, pool) for night in nights]
    truth = set.intersection(*(set(part.truth) for part in parts))
    picture = set.intersection(*(set(part.picture) for part in parts))
    header = {
        "replication": replication,
        "step_s": STEP_S,
        "unit_m": UNIT_M,
        "steps": max(night.steps for night in nights),
        "options": [night.option for night in nights],
        "series": [{"first": first, "n": n} for first, n in pool.sizes],
        "aircraft": cast.members,
        "truth": sorted(truth),
        "picture": _tracks(picture),
        "own": [part.own(truth, picture) for part in parts],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    padding = b"\0" * (-(4 + len(text)) % 4)
    return zlib.compress(b"".join([struct.pack("<I", len(text)), text, padding, *pool.data]), _LEVEL)


class _Pool:
    """Series, each kept once."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, bytes], int] = {}
        self.sizes: list[tuple[int, int]] = []
        self.data: list[bytes] = []

    def place(self, series: Series, what: str) -> int:
        """Return the place of a series, after taking it in where it is new."""
        key = series.first, series.points.tobytes()
        if key not in self._places:
            self._places[key] = len(self.sizes)
            self.sizes.append((series.first, len(series.points)))
            self.data.append(b"".join(differences(column, what).tobytes() for column in series.points.T))
        return self._places[key]


class _Cast:
    """Aircraft, each once: under options with other means the same one can have another name."""

    def __init__(self) -> None:
        self._places: dict[Hashable, int] = {}
        self.members: list[Json] = []

    def place(self, night: FilmedNight, aircraft: int, name: str) -> int:
        """Return the place of an aircraft, after taking it in where it is new."""
        record = night.aircraft[aircraft]
        key = int(record["entity"]), name
        if key not in self._places:
            self._places[key] = len(self.members)
            self.members.append(
                {
                    "name": name,
                    "title": night.titles[aircraft],
                    "part": Part(int(record["part"])).name.lower(),
                    "look": night.looks[aircraft],
                    "state": STATES[record["state"]],
                }
            )
        return self._places[key]


class _Part:
    """One option's share of a film."""

    def __init__(self, night: FilmedNight, cast: _Cast, pool: _Pool) -> None:
        given, self._night = night.aircraft, night
        names = aircraft_names(given["part"], given["line"], given["ordinal"], np.arange(given.size))
        flew = sorted({place for place, _ in night.truth})
        self._cast = {place: cast.place(night, place, names[place]) for place in flew}
        self.truth = [(self._cast[place], pool.place(series, names[place])) for place, series in night.truth]
        self.picture = [
            (each.number, pool.place(each.series, f"track {each.number}"), self._cast.get(each.of, -1))
            for each in night.tracks
        ]

    def own(self, truth: set[tuple[int, int]], picture: set[tuple[int, int, int]]) -> Json:
        """Return what is not shared by all."""
        night = self._night
        return {
            "truth": sorted(set(self.truth) - truth),
            "picture": _tracks(set(self.picture) - picture),
            "identities": {
                str(number): [[step * STEP_S, identity] for step, identity in told]
                for number, told in night.identities.items()
            },
            "events": [self._event(event, text) for event, text in zip(night.events, night.texts, strict=True)],
            "stories": {
                str(self._cast[story.aircraft]): story_data(story)
                for story in night.stories
                if story.aircraft in self._cast
            },
            "rules": {name: each._asdict() for name, each in night.cited.items()},
            "ends": {str(self._cast[place]): list(end) for place, end in night.ends.items()},
        }

    def _event(self, event: np.void, text: str) -> Json:
        return {
            "t": float(event["time_s"]),
            "what": What(int(event["what"])).name.lower(),
            "text": text,
            "of": self._cast.get(int(event["aircraft"]), -1),
            "track": int(event["number"]),
            "by": self._cast.get(int(event["responder"]), -1),
        }


def _tracks(picture: set[tuple[int, int, int]]) -> list[Json]:
    return [{"number": number, "series": series, "of": of} for number, series, of in sorted(picture)]


def differences(values: NDArray[np.int16], what: str) -> NDArray[np.int16]:
    """Return [v0, v1 - v0, second differences ...]; raises `CapacityError` naming what leaps beyond 16 bits."""
    wide = values.astype(np.int64)
    out = wide.copy()
    out[1:] -= wide[:-1]
    out[2:] -= np.diff(wide)[:-1]
    if out.size and not _INT16.min <= out.min() <= out.max() <= _INT16.max:
        worst = int(np.abs(out).max())
        message = (
            f"{what} leaps by {worst} units of {UNIT_M} m in {STEP_S} s against its motion before: a film holds "
            f"{_INT16.max}, so leave this night out with --nights"
        )
        raise CapacityError(message)
    return out.astype("<i2")


def positions(stored: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return what `differences` was made from, by summing twice."""
    out = stored.astype(np.int64)
    out[1:] = np.cumsum(out[1:])
    return np.cumsum(out).astype(np.int16)

"""A film as its contract has it (web/src/film.ts), encoded independently of the package: a check of both."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

UNIT_M, STEP_S = 50, 10
HEIGHT_UNKNOWN = -400
UNKNOWN, FRIEND, NEUTRAL, HOSTILE = 1, 3, 4, 6
"""Places in IDENTITIES."""

TRAFFIC = (("Light aircraft", "general_aviation", 1500.0), ("Airliner", "airliner", 10500.0))

Points = npt.NDArray[np.int16]
"""Rows of east, north and height, in units."""
Json = dict[str, Any]


class Film:
    """A header in the making, and its series."""

    def __init__(self, replication: int, steps: int, options: tuple[str, ...]) -> None:
        self.series: list[Points] = []
        own = ("truth", "picture", "events"), ("identities", "stories", "rules", "ends")
        self.header: Json = {
            "replication": replication,
            "step_s": STEP_S,
            "unit_m": UNIT_M,
            "steps": steps,
            "options": list(options),
            **{name: [] for name in ("series", "aircraft", "truth", "picture")},
            "own": [{name: [] for name in own[0]} | {name: {} for name in own[1]} for _ in options],
        }

    def aircraft(self, name: str, title: str, part: str, look: str, state: str) -> int:
        """Add an aircraft and return its place."""
        added = {"name": name, "title": title, "part": part, "look": look, "state": state}
        self.header["aircraft"].append(added)
        return len(self.header["aircraft"]) - 1

    def truth(self, under: Json, aircraft: int, first: int, points: Points) -> None:
        """Add where an aircraft was, under one option or, in the header itself, under all."""
        under["truth"].append([aircraft, self._add(first, points)])

    def track(self, under: Json, number: int, aircraft: int, first: int, points: Points) -> None:
        """Add a track in the same way."""
        under["picture"].append({"number": number, "series": self._add(first, points), "of": aircraft})

    def numbers(self) -> list[int]:
        """Return all positions as the page has them once the film is read: of each series east, north, heights."""
        return [int(number) for points in self.series for number in np.ravel(points.T)]

    def _add(self, first: int, points: Points) -> int:
        self.header["series"].append({"first": first, "n": len(points)})
        self.series.append(points)
        return len(self.series) - 1


def encoded(film: Film) -> str:
    """Return the base64 text of a film."""
    header = json.dumps(film.header).encode()
    body = struct.pack("<I", len(header)) + header
    body += b"\0" * (-len(body) % 4)
    for points in film.series:
        for component in points.T.astype(np.int64):
            once = np.diff(component)
            body += np.concatenate([component[:1], once[:1], np.diff(once)]).astype("<i2").tobytes()
    return base64.b64encode(zlib.compress(body, 9)).decode()


def straight(start: tuple[float, float], end: tuple[float, float], height_m: float, points: int) -> Points:
    """Return so many points along a line between two places in km."""
    ends = np.array([start, end]) * 1000.0 / UNIT_M
    ground = np.rint(ends[0] + np.linspace(0.0, 1.0, points)[:, None] * (ends[1] - ends[0]))
    return np.column_stack([ground, np.full(points, round(height_m / UNIT_M))]).astype(np.int16)


def wobbling(points: Points, seed: int) -> Points:
    """Return what a tracker might make of a line: a little beside it, its height not known at first."""
    draws = np.random.Generator(np.random.Philox(seed))  # noqa: TID251
    seen = points + draws.integers(-6, 7, points.shape)
    seen[: len(seen) // 8, 2] = HEIGHT_UNKNOWN
    return seen.astype(np.int16)


def background(film: Film, number: int, steps: int) -> None:
    """Add so many airliners and light aircraft that all fly the whole night, and a neutral track of each."""
    draws = np.random.Generator(np.random.Philox(7))  # noqa: TID251
    for place in range(number):
        (x, y), (to_x, to_y) = draws.uniform(-300, 300, (2, 2))
        title, part, height_m = TRAFFIC[place % 5 > 0]
        aircraft = film.aircraft(f"A{place + 100:04}", title, part, "civil", "PL")
        points = straight((x, y), (to_x, to_y), height_m, steps)
        film.truth(film.header, aircraft, 0, points)
        film.track(film.header, 1000 + place, aircraft, 2, wobbling(points[2:], place))
        for own in film.header["own"]:
            own["identities"][str(1000 + place)] = [[20, UNKNOWN], [60, NEUTRAL]]

"""When and where people notice a light in one night: a Poisson process about one place, for as long as it lasts."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.chance import there
from holdfire.messages.notice import NOTICE
from holdfire.seed import Kind, Stage, entity, exponential, normal_pair, stream, uniform
from holdfire.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.world.lights_schema import LightModel
    from holdfire.world.schema import Range
    from holdfire.world.setting import Flat

MOST: Final = 500
"""Notices of one light in a night; further ones are left out."""
_LINES: Final = 1 << 12
_STREAM: Final = stream(Stage.WORLD)
_NUMBER, _FIRST, _LASTS, _RATE, _PLACE, _WAIT = 50, 51, 52, 53, 54, 60  # draws; from the last on one a notice


def notices(lights: Sequence[LightModel], chances: Records, frame: Flat, duration_s: float, key: Key) -> Records:
    """Return the `NOTICE` records of a night, in the order of time; `chances` as `messages.chance` makes them."""
    rows: list[tuple[float, float, float, int]] = []
    for line, (light, shines) in enumerate(zip(lights, there(chances, key), strict=True)):
        if not shines:
            continue
        name = zlib.crc32(light.id.encode()) % _LINES
        least = int(light.number.low)
        number = least + int(_share(key, name, 0, _NUMBER) * (light.number.high - least + 1))
        for ordinal in range(number):
            rows += [(*each, line) for each in _of_one(light, frame, key, (name, ordinal))]
    out = np.array(rows, NOTICE)
    out = out[out["time_s"] < duration_s]
    return out[np.argsort(out["time_s"], kind="stable")]


def _of_one(light: LightModel, frame: Flat, key: Key, own: tuple[int, int]) -> list[tuple[float, float, float]]:
    time_s = HOUR_S * _between(key, own, _FIRST, light.appears_h)
    end_s = time_s + HOUR_S * _between(key, own, _LASTS, light.lasts_h)
    per_s = _between(key, own, _RATE, light.reports_per_h) / HOUR_S
    x_m, y_m = frame.to_local(*light.at)
    east, north = normal_pair(*_name(key, own, _PLACE))
    place = x_m + light.spread_km * KM_M * east, y_m + light.spread_km * KM_M * north
    found: list[tuple[float, float, float]] = []
    while time_s < end_s and len(found) < MOST and per_s > 0.0:
        found.append((time_s, *place))
        time_s += exponential(*_name(key, own, _WAIT + len(found))) / per_s
    return found


def _between(key: Key, own: tuple[int, int], draw: int, ends: Range) -> float:
    return ends.low + (ends.high - ends.low) * _share(key, *own, draw)


def _share(key: Key, name: int, ordinal: int, draw: int) -> float:
    return uniform(*_name(key, (name, ordinal), draw))


def _name(key: Key, own: tuple[int, int], draw: int) -> tuple[int, int, int, int, int, int, int]:
    return key.seed, key.branch, 0, entity(Kind.AREA, *own), _STREAM, draw, key.replication

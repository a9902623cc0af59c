"""States of aircraft as tables: JSON as pandas writes it, and CSV as OpenSky does.

JSON has heights in feet and speeds in knots, as the aircraft sends them; OpenSky's CSV has metres and m/s, and says
apart when the position was received (`lastposupdate`), which is the time taken here.
"""

from __future__ import annotations

import csv
import json
import re
from functools import lru_cache
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, Final

from holdfire.feeds.intake import UNDATED_S
from holdfire.feeds.modes.frames import LATEST_S, loaded
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import Source
from holdfire.units import M_PER_FT, M_S_PER_KT, RAD_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfire.feeds.intake import Intake, Row

_OBJECT: Final = re.compile(rb"\{[^{}]*\}")
_MILLISECONDS: Final = 1e11  # a later time, in seconds, is in the year 5138
_YES: Final = ("true", "1")
_LOWEST_M, _HIGHEST_M = -1_000.0, 40_000.0
NAMES: Final = {
    "timestamp": ("timestamp", "lastposupdate", "time"), "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon"), "callsign": ("callsign",), "squawk": ("squawk",),
    "on_ground": ("onground", "on_ground"), "icao24": ("icao24", "icao"), "course": ("track", "heading"),
    "feet": ("altitude",), "metres": ("baroaltitude",), "knots": ("groundspeed",), "m/s": ("velocity",),
    "simulated": ("simulated",),
}  # fmt: skip
"""Columns by what they hold, the better first."""


def of_json(file: str, data: bytes, intake: Intake) -> list[Row]:
    """Return the rows of a list of objects; where the whole cannot be read, of each object that can."""
    said = loaded(data)
    if isinstance(said, list):
        return _rows(file, enumerate(said), intake, feet=True)
    intake.refuse(file, 0, data[-64:], "a table of JSON that is damaged", "what can be read is")
    return _rows(file, ((found.start(), loaded(found.group())) for found in _OBJECT.finditer(data)), intake, feet=True)


def of_csv(file: str, data: bytes, intake: Intake) -> list[Row]:
    """Return the rows of a table whose first line names its columns."""
    csv.field_size_limit(1 << 20)
    lines = data.decode("utf-8-sig", "replace").replace("\0", "").splitlines()
    return _rows(file, _lines(csv.DictReader(lines)), intake, feet=False)


def _lines(reader: csv.DictReader[str]) -> Iterator[tuple[int, Any]]:
    while True:
        try:
            yield reader.line_num, next(reader)
        except csv.Error:
            yield reader.line_num, None
        except StopIteration:
            return


def _rows(file: str, several: Iterable[tuple[int, Any]], intake: Intake, *, feet: bool) -> list[Row]:
    rows: list[Row] = []
    seen: set[Row] = set()
    bare = 0
    for place, said in several:
        if not isinstance(said, dict):
            intake.refuse(file, place, repr(said).encode()[:256], "state that is no object")
            continue
        lat_deg, lon_deg = _number(said, "latitude"), _number(said, "longitude")
        if lat_deg is None and lon_deg is None:
            bare += 1
            continue
        row = None if lat_deg is None or lon_deg is None else _row(said, lat_deg, lon_deg, feet=feet)
        if row is None:
            intake.refuse(file, place, json.dumps(said, default=str).encode(), "state that cannot be")
        elif (key := (*row[:3], row[7])) not in seen:
            seen.add(key)
            rows.append(row)
        else:
            intake.counts["states that repeat a position"] += 1
    intake.counts["states with a position"] += len(rows)
    intake.counts["states without a position"] += bare
    return rows


def _row(said: dict[str, Any], lat_deg: float, lon_deg: float, *, feet: bool) -> Row | None:
    time_s = _number(said, "timestamp")
    if time_s is None:
        return None
    time_s = time_s / 1000.0 if time_s > _MILLISECONDS else time_s
    if not (UNDATED_S <= time_s < LATEST_S and abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0):
        return None
    h_m = _scaled(said, "feet", M_PER_FT) if feet else _scaled(said, "metres", 1.0)
    speed = _scaled(said, "knots", M_S_PER_KT) if feet else _scaled(said, "m/s", 1.0)
    return (
        time_s, lat_deg, lon_deg, possible_height(h_m), speed,
        _scaled(said, "course", RAD_PER_DEG), nan, address_of(_text(said, "icao24")),
        code_of(_text(said, "squawk")), int(_text(said, "on_ground").lower() in _YES), int(Source.ADS_B),
        int(_text(said, "simulated").lower() in _YES),
        _text(said, "callsign").encode("ascii", "replace")[:8],
    )  # fmt: skip


def _number(said: dict[str, Any], name: str) -> float | None:
    for key in NAMES[name]:
        value = said.get(key)
        if value is not None and (number := as_number(value)) is not None:
            return number
    return None


def _scaled(said: dict[str, Any], name: str, unit: float) -> float:
    value = _number(said, name)
    return nan if value is None else value * unit


def _text(said: dict[str, Any], name: str) -> str:
    for key in NAMES[name]:
        value = said.get(key)
        if value is not None:
            return str(value).strip()
    return ""


def as_number(value: object) -> float | None:
    """Return a number, or the number in a text; None of anything else, and of what is not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def possible_height(h_m: float) -> float:
    """Return a height that an aircraft can report, NaN of any other (bounds assumed)."""
    return h_m if _LOWEST_M <= h_m <= _HIGHEST_M else nan


@lru_cache(4096)
def address_of(text: str) -> int:
    """Return a 24-bit address of six hexadecimal digits, 0 of anything else."""
    return int(text, 16) if re.fullmatch(r"[0-9a-fA-F]{6}", text) else 0


@lru_cache(4096)
def code_of(text: str) -> int:
    """Return a squawk of up to four octal digits (`"0001"`, and `"1.0"` as tables of numbers have it)."""
    digits = text.removesuffix(".0")
    return int(digits, 8) if re.fullmatch(r"[0-7]{1,4}", digits) else NO_CODE

"""Frames of Mode S as receivers write them: lines of JSON, lines of CSV, and Beast's binary.

A frame is 7 or 14 bytes (ICAO Annex 10, volume IV, 3.1.2.3). Beast puts each behind `0x1a`, a type, six bytes of a
12 MHz counter and one of signal strength, every further `0x1a` doubled (readsb's and dump1090's own description).
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.feeds.intake import Intake

_FRAME: Final = re.compile(r"(?:[0-9a-fA-F]{14}){1,2}\Z")
_ESCAPE: Final = 0x1A
_BEAST: Final = {0x31: 2, 0x32: 7, 0x33: 14}  # Mode A/C, short, long
_TICKS_PER_S: Final = 12_000_000
_GAP_S: Final = 3600.0
"""A step of a receiver's counter that is taken for a restart (assumed)."""
LATEST_S: Final = 4_102_444_800.0
"""Start of 2100: a later time is damage."""


class Frame(NamedTuple):
    """A frame in lower-case hexadecimal, when it was heard (POSIX seconds, or seconds since the first), and of what.

    Frames of Mode S have no bit for a simulation; lines of JSON may say `"simulated": true` beside them.
    """

    time_s: float
    content: str
    simulated: bool = False


def of_json(file: str, data: bytes, intake: Intake) -> Iterator[Frame]:
    """Yield the frames of lines of JSON with `timestamp` and `frame`, and `simulated` where they are."""
    at = 0
    for line in data.split(b"\n"):
        if line.strip():
            said = loaded(line)
            time_s, content = (said.get("timestamp"), said.get("frame")) if isinstance(said, dict) else (None, None)
            frame = frame_of(time_s, content)
            if frame is None:
                intake.refuse(file, at, line, "line without a frame and its time")
            else:
                yield frame._replace(simulated=said.get("simulated") is True)
        at += len(line) + 1


def of_csv(file: str, data: bytes, intake: Intake) -> Iterator[Frame]:
    """Yield the frames of lines that begin with a time, and have the frame among the next three fields."""
    at = 0
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if line.strip():
            fields = line.decode("ascii", "replace").replace('"', "").split(",")
            frame = next(filter(None, (frame_of(_number(fields[0]), field.strip()) for field in fields[1:4])), None)
            if frame is None:
                intake.refuse(file, at, line, "line without a frame and its time")
            else:
                yield frame
        at += len(line) + 1


def of_beast(file: str, data: bytes, intake: Intake) -> Iterator[Frame]:
    """Yield the frames of Beast's binary; Mode A/C replies are counted only."""
    at, last, elapsed_s = 0, None, 0.0
    while at < len(data):
        end = _end(data, at)
        content = data[at + 2 : end].replace(b"\x1a\x1a", b"\x1a")
        size = _BEAST.get(data[at + 1], 0) if end > at + 1 and data[at] == _ESCAPE else 0
        if not size or len(content) != 7 + size:
            intake.refuse(file, at, data[at:end], "bytes that are no frame of Beast")
        elif size == 2:
            intake.counts["Mode A/C replies"] += 1
        else:
            ticks = int.from_bytes(content[:6], "big")
            step_s = (ticks - last) / _TICKS_PER_S if last is not None else 0.0
            if abs(step_s) > _GAP_S:
                intake.jumped(file, 1)
                step_s = 0.0
            last, elapsed_s = ticks, elapsed_s + step_s
            yield Frame(elapsed_s, content[7:].hex())
        at = end


def _end(data: bytes, at: int) -> int:
    """Return where the frame at a place ends: at the next escape that is not doubled."""
    place = at + 2 if data[at] == _ESCAPE else at
    while (place := data.find(b"\x1a", place)) >= 0:
        if data[place + 1 : place + 2] != b"\x1a":
            return place
        place += 2
    return len(data)


def frame_of(time_s: object, content: object) -> Frame | None:
    """Return a frame where there is a time and seven or fourteen bytes of hexadecimal."""
    if isinstance(time_s, bool) or not isinstance(time_s, int | float) or not isinstance(content, str):
        return None
    if not (isfinite(time_s) and 0 <= time_s < LATEST_S and _FRAME.match(content)):
        return None
    return Frame(float(time_s), content.lower())


def loaded(text: bytes) -> Any:  # noqa: ANN401 -- JSON
    """Return what a text of JSON says, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

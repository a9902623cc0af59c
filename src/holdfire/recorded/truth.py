"""The truth that tracks are held against: positions that aircraft reported, or a table, sampled at the frames.

A table has the columns `time_s,id,lat,lon,alt_m`: seconds since 1970 UTC, or of the recording's first day; any name of
the aircraft; degrees on WGS 84; metres, empty where not known. It may be in gzip.
"""

from __future__ import annotations

import csv
import io
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.errors import InputError, UnreadableError
from holdfire.feeds.intake import Intake
from holdfire.feeds.plots import usable
from holdfire.feeds.read import GZIP, opened, read
from holdfire.geo.slant import to_frame
from holdfire.measure.frames import TRUE
from holdfire.messages.plot import NO_CODE
from holdfire.recorded.nothing import nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Quarantined, Recording

    Numbers = NDArray[np.float64]

HEADER: Final = "time_s,id,lat,lon,alt_m"
MOST_APART_S: Final = 30.0
"""Between reports further apart than this nobody knows where the aircraft was (assumed)."""
SPEED_OVER_S: Final = 4.0
"""Before and after, over which the true velocity is taken (assumed): reported places are rounded to some metres."""
_SINCE_1970_S: Final = 1e8
"""A time beyond this one, in 1973, is no second of a recording's day."""
_MARGIN: Final = 1.02
_HEAD: Final = 4096  # bytes by which a table is told


class Truth(NamedTuple):
    """Where aircraft were, by time; `time_s` counts from the recording's epoch."""

    aircraft: NDArray[np.int64]
    time_s: Numbers
    lat_deg: Numbers
    lon_deg: Numbers
    mode_a: NDArray[np.int64]
    address: NDArray[np.int64]
    notes: tuple[str, ...] = ()  # what whoever reads the figures must know of it, one sentence each


def read_truth(path: Path, epoch_s: float) -> Truth:
    """Read a table or a recording of positions.

    Raises `UnreadableError` or `InputError` where there is nothing to hold tracks against.
    """
    try:
        with path.open("rb") as file:
            begin = _unpacked(file.read(_HEAD))
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): name a table or a recording with positions"
        raise UnreadableError(message) from error
    if begin.decode("utf-8-sig", "replace").startswith(HEADER):
        return _table(path, _text(path), epoch_s)
    recording = read([path])
    _whole(path, recording.quarantined)
    return truth_of(recording, epoch_s, path.name)


def _unpacked(begin: bytes) -> bytes:
    """Return what the first bytes of a file hold, out of gzip where they are that."""
    if begin[:2] != GZIP:
        return begin
    try:
        return zlib.decompressobj(wbits=31).decompress(begin, _HEAD)
    except zlib.error:
        return b""


def _text(path: Path) -> str:
    intake = Intake()
    content = opened(path, intake)
    _whole(path, intake.quarantined)
    return content.decode("utf-8-sig", "replace")


def _whole(path: Path, quarantined: Iterable[Quarantined]) -> None:
    """Raise `InputError` where a packed file does not unpack to its end: nobody knows how much is lost."""
    for damage in quarantined:
        if damage.reason.startswith("gzip"):
            message = f"{path}: {damage.reason}: a truth is read whole or not at all, pack it again"
            raise InputError(message)


def truth_of(recording: Recording, epoch_s: float, name: str) -> Truth:
    """Take the positions that aircraft reported for the truth; `epoch_s` is that of what is held against it."""
    said = recording.position[(recording.position["address"] != 0) & (recording.position["on_ground"] == 0)]
    if not len(said):
        what = f"{name} has no positions that aircraft report in flight"
        raise nothing(what, recording, f"give ADS-B, or a table with the columns {HEADER}")
    shift_s = 0.0 if np.isnan(recording.epoch_s) or np.isnan(epoch_s) else recording.epoch_s - epoch_s
    why = [f"{kind} {count}" for kind, count in recording.counts.items() if kind.startswith("refused: ")]
    notes = (f"Of {name}, {', '.join(why)}: tracks of what was there may count as false.",) if why else ()
    return Truth(
        said["address"],
        said["time_s"] + shift_s,
        said["lat_deg"],
        said["lon_deg"],
        said["mode_a"],
        said["address"],
        notes,
    )


def _table(path: Path, text: str, epoch_s: float) -> Truth:
    rows, names = [], dict[str, int]()
    for number, row in _rows(path, text):
        try:
            when, lat, lon = float(row["time_s"]), float(row["lat"]), float(row["lon"])
        except (TypeError, ValueError):
            message = f"{path}:{number}: {list(row.values())!r} is no place: write {HEADER}, numbers but for the id"
            raise InputError(message) from None
        if not (-90 <= lat <= 90 and -180 <= lon <= 360 and np.isfinite(when)):
            message = f"{path}:{number}: {lat}, {lon} at {when} is not on Earth: write degrees, and seconds"
            raise InputError(message)
        rows.append((names.setdefault(row["id"], len(names)), when, lat, lon))
    if not rows:
        message = f"{path} has no row under its header: give one for each place of an aircraft"
        raise InputError(message)
    found = np.array(rows, np.float64)
    since_1970 = found[:, 1].min() > _SINCE_1970_S and not np.isnan(epoch_s)
    time_s = found[:, 1] - (epoch_s if since_1970 else 0.0)
    nobody = np.zeros(len(found), np.int64)
    return Truth(found[:, 0].astype(np.int64), time_s, found[:, 2], found[:, 3], nobody + NO_CODE, nobody)


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the rows under the header, each with its line."""
    table = csv.DictReader(io.StringIO(text))
    try:
        for row in table:
            yield table.line_num, row
    except csv.Error as error:
        message = f"{path}:{table.line_num + 1}: this is no row of a table ({error}): write {HEADER}, a place a line"
        raise InputError(message) from error


def sampled(truth: Truth, frame: Frame, times_s: Numbers) -> Records:
    """Return `TRUE` records of every aircraft in every frame between two of its reports."""
    x_m, y_m = to_frame(frame, truth.lat_deg, truth.lon_deg)
    parts = [np.zeros(0, TRUE)]
    for aircraft in np.unique(truth.aircraft):
        rows = np.flatnonzero(truth.aircraft == aircraft)
        rows = rows[np.argsort(truth.time_s[rows], kind="stable")]
        rows = rows[np.concatenate([[True], np.diff(truth.time_s[rows]) > 0])]
        if len(rows) > 1:
            parts.append(_one(truth, rows, np.stack([x_m[rows], y_m[rows]]), times_s))
    out = np.concatenate(parts)
    return out[np.argsort(out["time_s"], kind="stable")]


def _one(truth: Truth, rows: NDArray[np.int64], place_m: Numbers, times_s: Numbers) -> Records:
    said_s = truth.time_s[rows]
    after = np.searchsorted(said_s, times_s)
    inside = (after > 0) & (after < len(said_s))
    after, when_s = after[inside], times_s[inside]
    near = said_s[after] - said_s[after - 1] <= MOST_APART_S
    after, when_s = after[near], when_s[near]
    early_s, late_s = (np.clip(when_s + step_s, said_s[0], said_s[-1]) for step_s in (-SPEED_OVER_S, SPEED_OVER_S))
    out = np.zeros(len(after), TRUE)
    out["time_s"], out["aircraft"] = when_s, truth.aircraft[rows[0]]
    for name, along in (("x_m", place_m[0]), ("y_m", place_m[1])):
        out[name] = np.interp(when_s, said_s, along)
        moved = np.interp(late_s, said_s, along) - np.interp(early_s, said_s, along)
        out[f"v{name[0]}_m_s"] = moved / (late_s - early_s)
    out["mode_a"], out["address"] = truth.mode_a[rows[after]], truth.address[rows[after]]
    return out


def within_reach(true: Records, recording: Recording, frame: Frame) -> Records:
    """Keep what is within the greatest range at which some radar of the recording has a plot; all, where none has."""
    kept = np.zeros(len(true), np.bool_)
    polar = recording.polar[usable(recording.polar, recording.sites)]
    for place, site in enumerate(recording.sites):
        plots = polar[polar["sensor"] == place]
        if len(plots):
            x_m, y_m = to_frame(frame, np.array([site.lat_deg]), np.array([site.lon_deg]))
            reach_m = _MARGIN * float(plots["range_m"].max())
            kept |= np.hypot(true["x_m"] - x_m, true["y_m"] - y_m) <= reach_m
    return true[kept] if len(polar) else true

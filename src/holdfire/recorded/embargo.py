"""What may be tracked and exported: what is simulated, or was recorded at least a day ago, and nothing that is live."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

from holdfire.clock import format_utc
from holdfire.errors import InputError
from holdfire.feeds.asterix.write import EMBARGO_S
from holdfire.feeds.intake import FIRST_DAY, UNDATED
from holdfire.feeds.read import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from holdfire.clock import Clock
    from holdfire.messages.recording import Recording


def check_files(paths: Sequence[Path]) -> None:
    """Raise `InputError` where a path is no file: a folder, or a pipe, a device or a socket, which are live."""
    for path in paths:
        if path.is_dir():
            message = f"{path} is a folder: name the files in it"
            raise InputError(message)
        if path.exists() and not path.is_file():
            message = f"{path} is no file: only recordings are tracked here, nothing that is live"
            raise InputError(message)


def is_simulated(recording: Recording) -> bool:
    """Tell whether everything in a recording says that it is simulated."""
    parts = (recording.polar, recording.position, recording.system)
    return any(len(part) for part in parts) and all((part["simulated"] != 0).all() for part in parts)


def unstated(recording: Recording) -> tuple[str, ...]:
    """Return what is to be said where not every report says of itself whether it is simulated: one sentence each."""
    parts = (recording.polar, recording.position, recording.system)
    count, simulated = sum(map(len, parts)), sum(int((part["simulated"] != 0).sum()) for part in parts)
    said = []
    if 0 < simulated < count:
        said.append(f"{simulated} of {count} reports say that they are simulated; all are taken for recorded.")
    if simulated < count and UNSTATED in recording.counts:
        said.append("Mode S frames and tables that do not say `simulated` are taken for recorded.")
    return tuple(said)


def dated(recording: Recording, day_s: float | None) -> Recording:
    """Return a recording with the day that its owner states, where some file says none; where all do, it says that.

    Raises `InputError` where a file says another day.
    """
    if day_s is None:
        return recording
    stated = format_utc(day_s)[:10]
    if not isnan(recording.epoch_s) and recording.epoch_s != day_s:
        other, mend = format_utc(recording.epoch_s)[:10], "leave it out, or track files of one day together"
        message = f"--recorded says {stated}, and a file says {other}: {mend}"
        raise InputError(message)
    if not (recording.undated or isnan(recording.epoch_s)):
        return replace(recording, notes=(*recording.notes, "Every file says its day: --recorded changes nothing."))
    notes = (
        *(note for note in recording.notes if note not in {UNDATED, FIRST_DAY}),
        f"Times are those of {stated}, as --recorded says.",
    )
    return replace(recording, epoch_s=day_s, undated=False, notes=notes)


def check(recording: Recording, clock: Clock) -> None:
    """Raise `InputError` where a recording is neither simulated nor a day old."""
    if is_simulated(recording):
        return
    latest_s = last_s(recording)
    if latest_s is None:
        return
    if isnan(latest_s) or recording.undated:
        which = "no file says the day on which it was recorded" if isnan(latest_s) else "a file says no day of its own"
        mixed = "".join(f"; {note.removesuffix('.')}" for note in unstated(recording) if note[0].isdigit())
        message = f"{which}: state it, as --recorded 2024-05-01{mixed}"
        raise InputError(message)
    age_s = clock.now_s() - latest_s
    if age_s < EMBARGO_S:
        when = f"{format_utc(latest_s)}, {age_s / 3600:.1f} h ago"
        message = f"the recording ends at {when}: only what is simulated or 24 hours old is tracked and exported"
        raise InputError(message)


def last_s(recording: Recording) -> float | None:
    """Return when the last report was made, POSIX; NaN where the day is not known, None where there is none."""
    parts = [part for part in (recording.polar, recording.position, recording.system) if len(part)]
    return max(recording.epoch_s + float(part["time_s"].max()) for part in parts) if parts else None

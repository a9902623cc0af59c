"""Whether a truth and a recording have anything in common: of one without the other, every figure would be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.clock import format_utc
from holdfire.errors import InputError
from holdfire.geo.slant import to_frame
from holdfire.recorded.truth import MOST_APART_S, sampled, within_reach
from holdfire.recorded.write import geographic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Recording
    from holdfire.recorded.follow import Followed
    from holdfire.recorded.truth import Truth

    Numbers = NDArray[np.float64]

AROUND_M: Final = 100_000.0
"""Further from everything that was recorded an aircraft has nothing to do with it (assumed)."""
_WRITTEN_S: Final = 1e11
"""A time beyond, in the year 5138, is a mistake, and not written as a date."""
_TIMES: Final = "give the truth of the same hours, in seconds since 1970 UTC or of the recording's first day"
_DAY: Final = "the truth counts from 1970 and no file says its day: state it, as --recorded 2024-05-01"
_AREA: Final = "give the truth of the same area"


class Span(NamedTuple):
    """When and where something is."""

    time_s: Numbers
    lat_deg: Numbers
    lon_deg: Numbers


def in_common(at: Truth, recording: Recording, followed: Followed, name: str, *, everywhere: bool) -> Records:
    """Return `TRUE` records of the truth in the frames of a picture.

    Parameters
    ----------
    at, name
        The truth, and its name.
    recording, followed
        What was recorded, and the picture made of it.
    everywhere
        Aircraft count beyond the reach of all radars, too: reported positions were tracked.

    Raises `InputError` where truth and recording have no time, or no place, in common.
    """
    spans = Span(at.time_s, at.lat_deg, at.lon_deg), _recorded(recording, followed)
    first_s, last_s = followed.times_s[0], followed.times_s[-1]
    if at.time_s.max() < first_s or at.time_s.min() > last_s:
        far = np.isnan(recording.epoch_s) and at.time_s.min() - last_s > 365 * 86_400.0
        raise _apart(name, "time", spans, recording.epoch_s, _DAY if far else _TIMES)
    true = sampled(at, followed.frame, followed.times_s)
    if not len(true):
        fix = f"give a truth whose aircraft are reported at least every {MOST_APART_S:g} s in those hours"
        raise _apart(name, "flight", spans, recording.epoch_s, fix)
    within = true if everywhere else within_reach(true, recording, followed.frame)
    if not _around(within, spans[1], followed).any():
        raise _apart(name, "place", spans, recording.epoch_s, _AREA)
    return within


def _recorded(recording: Recording, followed: Followed) -> Span:
    system = recording.system
    lat_deg, lon_deg = geographic(followed.frame, followed.plot["x_m"], followed.plot["y_m"])
    places = np.concatenate([lat_deg, system["lat_deg"]]), np.concatenate([lon_deg, system["lon_deg"]])
    return Span(followed.times_s, *places)


def _around(true: Records, span: Span, followed: Followed) -> NDArray[np.bool_]:
    """Say what is within `AROUND_M` of the box of everything recorded."""
    x_m, y_m = to_frame(followed.frame, span.lat_deg, span.lon_deg)
    beside_m = np.maximum(x_m.min() - true["x_m"], true["x_m"] - x_m.max())
    beyond_m = np.maximum(y_m.min() - true["y_m"], true["y_m"] - y_m.max())
    near: NDArray[np.bool_] = np.maximum(beside_m, beyond_m) <= AROUND_M
    return near


def _apart(name: str, what: str, spans: tuple[Span, Span], epoch_s: float, fix: str) -> InputError:
    its, theirs = (_words(span, epoch_s) for span in spans)
    return InputError(
        f"{name} has no {what} in common with the recording: it spans {its}; the recording spans {theirs}; {fix}"
    )


def _words(span: Span, epoch_s: float) -> str:
    begin_s, end_s = float(span.time_s.min()), float(span.time_s.max())
    times = f"{begin_s:.0f} to {end_s:.0f} s"
    if max(abs(epoch_s + begin_s), abs(epoch_s + end_s)) < _WRITTEN_S:  # not where the day is unknown
        times = f"{format_utc(epoch_s + begin_s)} to {format_utc(epoch_s + end_s)}"
    places = (
        f"{word} {values.min():.2f} to {values.max():.2f}"
        for word, values in (("latitude", span.lat_deg), ("longitude", span.lon_deg))
    )
    return f"{times}, {' and '.join(places)}"

"""What became of an aircraft in one sentence and, if it was not engaged, the first step that was missing."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING, Final

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import What, Why
from holdfire.messages.score import CAUSES, how_engaged
from holdfire.messages.vocabulary import CLASSES
from holdfire.rehearsal.happened import REASONS
from holdfire.units import span_in_words

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.rehearsal.course import Course

CHAIN: Final = {
    "detected": "detected_s", "tracked": "tracked_s", "tasked": "tasked_s", "intercepted": "intercepted_s",
    "permitted": "permitted_s", "authorised": "authorised_s", "engaged": "engaged_s", "ended": "ended_s",
}  # fmt: skip
"""The steps from the first plot to the end, and the field of `score.SCORED` that has the time of each."""

_BECAME: Final = {
    Status.WAITING: "It never took off", Status.FLYING: "It was flying still when the night ended",
    Status.LANDED: "It landed", Status.LEFT: "It left the area", Status.FELL: "It fell by itself",
    Status.ARRIVED: "It reached what it was aimed at", Status.SHOT_DOWN: "It was shot down",
    Status.DISRUPTED: "It was brought down without a weapon",
}  # fmt: skip
_WRONGLY: Final = {
    "rule": "because a rule permitted it", "wrong-look": "because a look took it for something else",
    "wrong-aircraft": "by a crew that was beside another aircraft than the track's",
    "departure": "by a crew that fired without permission",
}  # fmt: skip
_LET_BE: Final = ("friend", "assumed-friend", "neutral")
_NOT_ESTABLISHED: Final = CLASSES.index("not-established")


def chain(row: np.void) -> tuple[tuple[str, float | None], ...]:
    """Return each step with its time, `None`: never."""
    times = ((step, float(row[name])) for step, name in CHAIN.items())
    return tuple((step, time_s if isfinite(time_s) else None) for step, time_s in times)


def verdict(row: np.void, events: Records, course: Course) -> str:
    """Return the sentence.

    Parameters
    ----------
    row
        Its `score.SCORED` record under the option, `status` as it ended.
    events
        Those about it.
    course
        What was noted as the night went on.
    """
    status = Status(int(row["status"]))
    became = _BECAME[status] + _after_entry(row)
    if status in {Status.SHOT_DOWN, Status.DISRUPTED}:
        return f"{became}{_wrongly(row)}."
    if row["part"] not in (Part.INTRUDER, Part.FRIENDLY_DRONE):
        return f"{became}: {_met(row)}."
    return f"{became}: {_missing(row, {What(int(each)) for each in events['what']}, events, course)}."


def _after_entry(row: np.void) -> str:
    crossed, ended = float(row["entered_s"]), float(row["ended_s"])
    if row["part"] == Part.INTRUDER and not isfinite(crossed):
        return " and never crossed the border"
    return f" {span_in_words(ended - crossed)} after crossing" if isfinite(crossed) and ended < inf else ""


def _wrongly(row: np.void) -> str:
    return f", wrongly: {_WRONGLY[CAUSES[row['cause']]]}" if row["cause"] >= 0 else ""


def _met(row: np.void) -> str:
    if how := how_engaged(row):
        return f"it was {how}{_wrongly(row)}, and not brought down"
    return "a fighter was beside it, and nobody fired"


def _missing(row: np.void, happened: set[What], events: Records, course: Course) -> str:
    """Say which step came first of those that were missing."""
    if not isfinite(row["detected_s"]):
        return "no sensor ever saw it"
    if not isfinite(row["tracked_s"]):
        return "sensors saw it, and no confirmed track came of it"
    if row["shots"] > 0:
        return f"the crew fired{_times(int(row['shots']))} and missed{_wrongly(row)}"
    if how_engaged(row):
        return _met(row)
    if What.FOUND not in happened:
        return _not_met(happened, course)
    return _not_fired_at(happened, events, course)


def _times(shots: int) -> str:
    return "" if shots == 1 else f" {shots} times"


def _not_met(happened: set[What], course: Course) -> str:
    if What.TASKED in happened:
        away = "" if course.away_s is None else f"; the fighter was {span_in_words(course.away_s)} away"
        return f"a fighter was sent, and did not find it in time{away}"
    if course.sendable == 0:
        return "it was tracked, and nobody was sent: to intercept it was never permitted"
    if course.nobody_free == course.sendable:
        return "it was tracked, and nobody was sent: no fighter was free"
    if course.identity in _LET_BE:
        return f"it was tracked, and nobody was sent: it was taken for {course.identity}"
    return "it was tracked, and nobody was sent: it was not suspect enough, or no fighter was free or had the fuel"


def _for_what(events: Records) -> str:
    """Return the reasons that crews had for holding, in the order in which they had them first."""
    values = dict.fromkeys(events[events["what"] == What.HELD]["value"].tolist())
    named = [REASONS[Why(int(value))] for value in values if value < 0]
    return f": {' and '.join(named)}" if named else ""


def _not_fired_at(happened: set[What], events: Records, course: Course) -> str:
    if What.HELD in happened:
        return f"force was granted, and the crew held fire{_for_what(events)}"
    if What.GRANTED in happened:
        again = f", and then withheld {course.lacking}" if course.lacking else ""
        return f"force was granted too late for the crew to fire{again}"
    if What.ASKED in happened:
        return "an authority was asked for force, and no consent came in time"
    looks = events[events["what"] == What.LOOKED]["value"]
    withheld = f"force was withheld {course.lacking}" if course.lacking else "nobody asked for force in time"
    if looks.size and (looks == _NOT_ESTABLISHED).all():
        return f"the crew looked and could not say what it was; {withheld}"
    return withheld if looks.size else f"a fighter found it and the crew had no look at it; {withheld}"

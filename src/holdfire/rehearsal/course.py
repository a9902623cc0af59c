"""What of one aircraft's night is noted while it goes on, since nothing that is kept at its end tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.response import Duty
from holdfire.messages.story import Entry
from holdfire.units import MINUTE_S, span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.loop import Night
    from holdfire.messages.layout import Records

SILENT_S: Final = 60.0
"""A gap between two plots that is told."""
_INTERCEPT: Final = ALL_ACTIONS.index(Action.INTERCEPT)


@dataclass(slots=True)
class Course:
    """Notes on one aircraft under one option.

    Attributes
    ----------
    sendable
        Cycles in which nobody was tasked and a responder could have been sent, by the ruling.
    nobody_free
        How many of those in which no responder was free.
    away_s
        How long the responder last tasked with it would have flown yet, as the crow flies; `None`: nobody was.
    identity
        As last assessed.
    lacking
        What force lacked when last ruled upon with a responder beside it, else when last ruled upon at all.
    beside
        Whether a responder was beside it then.
    """

    sendable: int = 0
    nobody_free: int = 0
    away_s: float | None = None
    identity: str = "pending"
    lacking: str = ""
    beside: bool = False

    def note_means(self, night: Night, option: int, row: int, free: bool) -> None:  # noqa: FBT001
        """Note who was, or could be, on the way."""
        contact = night.response.contacts[night.picture.slots[row]]
        tasked = contact["number"] == night.picture.numbers[row] and contact["responder"] >= 0
        if tasked:
            one = night.response.responders[contact["responder"]]
            track = night.picture.tracks.track[night.picture.slots[row]]
            metres = np.hypot(one["x_m"] - track["x_m"], one["y_m"] - track["y_m"])
            self.away_s = float(metres) / max(float(night.world.aircraft[one["aircraft"]]["speed_m_s"]), 100.0)
        elif int(night.rulings[option, row]["permitted"]) >> _INTERCEPT & 1:
            self.sendable += 1
            self.nobody_free += not free

    def note_force(self, lacking: str, beside: bool) -> None:  # noqa: FBT001
        """Note what force lacks; what it lacked with a responder beside says more than before or after."""
        if beside or not self.beside:
            self.lacking, self.beside = lacking, beside


def anyone_free(night: Night, patrols: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
    """Whether some responder could be sent: in the air without a task, or on alert; reliefs wait for their patrol."""
    duty = night.response.responders["duty"]
    return bool(((duty == Duty.PATROL) | ((duty == Duty.ALERT) & (patrols < 0))).any())


@dataclass(slots=True)
class PlotLog:
    """When plots of one aircraft went to tracks, and by which sensors: told as a first, a rate and silences."""

    titles: Sequence[str]
    fed_s: float = -1.0
    _first_s: float = -1.0
    _count: int = 0
    _bits: int = 0
    _rated: bool = False
    _hits: dict[int, int] = field(default_factory=dict)

    def look(self, tracks: Records, time_s: float) -> Iterator[Entry]:
        """Yield what is new, from the records of the tracks that took its plots last."""
        for track in tracks:
            number, hits = int(track["number"]), int(track["hits"])
            new = hits - self._hits.get(number, hits - 1)
            self._hits[number] = hits
            if new > 0 and track["fed_s"] > self.fed_s:
                yield from self._fed(track, float(track["fed_s"]), new)
        if not self._rated and self._first_s >= 0.0 and time_s - self._first_s >= MINUTE_S:
            self._rated = True
            yield Entry(time_s, "plots", f"in the first minute {self._count} plots, by {self._sensors()}")

    def _fed(self, track: np.void, fed_s: float, new: int) -> Iterator[Entry]:
        if self._first_s < 0.0:
            self._first_s = fed_s
            by = self.titles[int(track["last_sensor"])]
            yield Entry(fed_s, "plots", f"the first plot that a track took, by {by}")
        elif fed_s - self.fed_s >= SILENT_S:
            gone = span_in_words(fed_s - self.fed_s)
            yield Entry(self.fed_s, "plots", f"the last plot before a silence of {gone}")
            yield Entry(fed_s, "plots", f"a plot again, after {gone}")
        self.fed_s = fed_s
        if not self._rated:
            self._count += new
            self._bits |= int(track["sensors"])

    def _sensors(self) -> str:
        return ", ".join(dict.fromkeys(title for bit, title in enumerate(self.titles) if self._bits >> bit & 1))

    def end(self, ended_s: float) -> Iterator[Entry]:
        """Yield the silence in which its night ended, if it did."""
        if self.fed_s >= 0.0 and SILENT_S <= ended_s - self.fed_s < inf:
            yield Entry(self.fed_s, "plots", f"the last plot, {span_in_words(ended_s - self.fed_s)} before its end")

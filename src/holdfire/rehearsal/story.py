"""Aircraft's nights as they are replayed: what each did, which track it fed, the rulings on that track, what was done.

A ruling is told where something about it changes: what is permitted, on whose word, by which rule force is, or for
whose caveat it is not, the identity that is settled, and whether criteria for hostile intent or a hostile act hold.
Flips are sought for the first ruling on a track, wherever what is said of force changes, and with a crew beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.aircraft import Intent, Part, Status
from holdfire.messages.authority import ROLES
from holdfire.messages.response import Duty, What
from holdfire.messages.score import CAUSES, how_engaged
from holdfire.messages.story import Entry, Story
from holdfire.rehearsal.course import Course, PlotLog, anyone_free
from holdfire.rehearsal.explain import explain
from holdfire.rehearsal.happened import HIDDEN, in_words
from holdfire.rehearsal.informants import shown
from holdfire.rehearsal.traced import traced
from holdfire.rehearsal.verdict import chain, verdict
from holdfire.units import KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.rehearsal.flip import Flips
    from holdfire.rehearsal.replay import Replayed
    from holdfire.setting import Scene

_ENGAGE: Final = ALL_ACTIONS.index(Action.ENGAGE)


@dataclass(slots=True)
class _Tale:
    """What was told of one aircraft so far, and what was last said of each of its tracks."""

    log: PlotLog
    entries: list[Entry] = field(default_factory=list)
    course: Course = field(default_factory=Course)
    ruled: dict[int, _Said] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    explained_s: float = 0.0


class Teller:
    """Tells the stories of some aircraft under one option, cycle by cycle; `sensors` are titles by place."""

    def __init__(
        self, scene: Scene, option: int, aircraft: Iterable[int], sensors: Sequence[str], flips: Flips
    ) -> None:
        self._scene, self.option, self._flips = scene, option, flips
        self._tales = {int(place): _Tale(PlotLog(sensors)) for place in aircraft}
        self._places = np.array(sorted(self._tales), np.int64)
        self._patrols = scene.setting.means.units["patrol"]

    def cycle(self, night: Night, time_s: float) -> None:
        """Take in what is new after a cycle."""
        score, picture, tracks = night.score, night.picture, night.picture.tracks
        used = tracks.used[: tracks.counts[0]]
        fed = used[(score.owner_of[used] == tracks.track["number"][used]) & np.isin(score.owner[used], self._places)]
        for place in np.unique(score.owner[fed]):
            tale = self._tales[int(place)]
            tale.entries.extend(tale.log.look(tracks.track[fed[score.owner[fed] == place]], time_s))
        n = int(picture.counts[0])
        free = anyone_free(night, self._patrols)
        for row in np.flatnonzero(np.isin(picture.slots[:n], fed)).tolist():
            tale = self._tales[int(score.owner[picture.slots[row]])]
            tale.course.note_means(night, self.option, row, free)
            tale.entries.extend(self._news(tale, night, row, time_s))

    def _news(self, tale: _Tale, night: Night, row: int, time_s: float) -> Iterator[Entry]:
        number = int(night.picture.numbers[row])
        if number not in tale.numbers:
            tale.numbers.add(number)
            yield Entry(time_s, "track", f"it is track {number} of the picture")
        told = _said(night.rulings[self.option, row], night.assessments[self.option, row])
        before = tale.ruled.get(number)
        if told != before:
            tale.ruled[number] = told
            turns = before is None or told.force != before.force or _is_beside(night, row)
            tale.explained_s = time_s
            yield self._ruling(tale, night, row, time_s, turns=turns)
        elif time_s - tale.explained_s >= MINUTE_S and _is_beside(night, row):  # what it lacks may be another thing
            tale.explained_s = time_s
            tale.course.note_force(explain(self._scene, night, self.option, row).lacking, beside=True)
        yield from _order(night.orders[self.option, row], number, time_s)

    def _ruling(self, tale: _Tale, night: Night, row: int, time_s: float, *, turns: bool) -> Entry:
        """Return a ruling with its reasons and, where it is one on which force `turns`, what would have turned it."""
        found = explain(self._scene, night, self.option, row)
        intent, act = found.assessment.intent.truth.name.lower(), found.assessment.act.truth.name.lower()
        tale.course.identity = found.assessment.identity.settled
        tale.course.note_force(found.lacking, _is_beside(night, row))
        text = (
            f"track {night.picture.numbers[row]}: identity {tale.course.identity}; "
            f"hostile intent: {intent}; hostile act: {act}"
        )
        flips = self._flips.of(night, self.option, row, found.evidence, found.bound) if turns else ()
        return Entry(time_s, "ruling", text, found.permitted, found.withheld, shown(found.evidence), flips)

    def stories(self, ended: Replayed, option: str, replication: int, start: str) -> Iterator[Story]:
        """Yield the stories when the night is over."""
        causes = traced(self._scene, ended.night, ended.scored, self.option)
        for place, tale in self._tales.items():
            row, about = ended.scored[place], [each for each in ended.events if _about(each, place, tale.numbers)]
            mine = ended.events[ended.events["aircraft"] == place]
            facts = _facts(self._scene, ended.night, row, causes.get(place))
            entries = [*tale.entries, *map(_event, about), *tale.log.end(float(row["ended_s"]))]
            yield Story(
                option, replication, place, ended.digest, start, facts,
                tuple(sorted(entries, key=lambda entry: entry.time_s)), verdict(row, mine, tale.course), chain(row),
            )  # fmt: skip


class _Said(NamedTuple):
    """All about a ruling whose change is told: what is said of force, and what is said besides.

    What comes to be known, or no longer is, without changing any of it is not told: evidence flickers as it ages.
    """

    force: tuple[int, ...]
    besides: tuple[int, ...]


def _said(ruling: np.void, assessed: np.void) -> _Said:
    possible, permitted = int(assessed["identity"]), int(ruling["permitted"])
    settled = possible if possible & (possible - 1) == 0 else 0
    may = permitted >> _ENGAGE & 1
    by = int(ruling["rule"][_ENGAGE]) if may else -1
    force = may, by, ruling["authority"][_ENGAGE], ruling["caveat"][_ENGAGE], assessed["holds"]
    return _Said(tuple(map(int, force)), (permitted, *map(int, ruling["authority"]), settled))


def _is_beside(night: Night, row: int) -> bool:
    contact = night.response.contacts[night.picture.slots[row]]
    if contact["number"] != night.picture.numbers[row] or contact["responder"] < 0:
        return False
    return bool(night.response.responders[contact["responder"]]["duty"] == Duty.CONTACT)


def _order(order: Records, number: int, time_s: float) -> Iterator[Entry]:
    parts: list[str] = []
    if order["action"]:
        parts.append(ALL_ACTIONS[order["action"]])
    if order["ask"]:
        asked = " or ".join(role for place, role in enumerate(ROLES) if int(order["ask"]) >> place & 1)
        parts.append(f"ask {asked}")
    parts += ["fire"] * bool(order["fire"]) + ["let go"] * bool(order["drop"])
    if parts:
        yield Entry(time_s, "order", f"track {number}: {', '.join(parts)}")


def _about(event: np.void, aircraft: int, numbers: set[int]) -> bool:
    """Whether an event is about an aircraft, or about a track that it fed and no aircraft."""
    return bool(event["aircraft"] == aircraft or (event["aircraft"] < 0 and int(event["number"]) in numbers))


def _event(event: np.void) -> Entry:
    kind = "truth" if What(int(event["what"])) in HIDDEN else "event"
    return Entry(float(event["time_s"]), kind, in_words(event))


def _facts(scene: Scene, night: Night, row: np.void, cause: str | None) -> tuple[tuple[str, str], ...]:
    aircraft = night.world.aircraft[row["aircraft"]]
    facts = [
        ("what it is", scene.platforms[aircraft["platform"]].title),
        ("what for", Part(int(aircraft["part"])).name.lower().replace("_", " ")),
        ("what it means to do", Intent(int(aircraft["intent"])).name.lower()),
        ("warhead", "yes" if aircraft["payload"] else "no"),
        ("how it ended", Status(int(row["status"])).name.lower().replace("_", " ")),
    ]
    if isfinite(row["depth_m"]):
        facts.append(("deepest behind the border", f"{row['depth_m'] / KM_M:.0f} km"))
    if row["cause"] >= 0:
        facts.append((f"wrongly {how_engaged(row)}, by", CAUSES[row["cause"]]))
    if cause is not None:
        facts.append(("which is traced to", cause))
    return tuple(facts)

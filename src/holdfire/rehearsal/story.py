"""One aircraft's night, replayed: what it did, which track it fed, every ruling on that track, and what was done."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.loop import CYCLE, DT_S, advance
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.aircraft import Intent, Part, Status
from holdfire.messages.authority import ROLES
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES
from holdfire.messages.story import Entry, Story
from holdfire.messages.vocabulary import CLASSES
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.explain import explain
from holdfire.rehearsal.fork import refuse_overflow
from holdfire.rehearsal.told import all_events, digest
from holdfire.score.join import scored_under
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.setting import Scene

HAPPENED: Final = {
    What.SCRAMBLE: "fighters are ordered off", What.AIRBORNE: "a fighter is airborne",
    What.TASKED: "a fighter is sent to it", What.HAILED: "it is called on the radio",
    What.ANSWERED: "it answers", What.SILENT: "it does not answer", What.FOUND: "a fighter finds it",
    What.LOST_SIGHT: "the fighter loses sight of it", What.LOOKED: "the crew looks", What.WARNED: "it is warned",
    What.ASKED: "an authority is asked for force", What.GRANTED: "force is granted",
    What.HELD: "the crew could fire and holds", What.FIRED: "the crew fires", What.HIT: "hit",
    What.MISSED: "missed", What.STRAY: "the weapon goes astray", What.DEBRIS: "debris falls",
    What.DEPARTED: "the crew fires without permission", What.ESCORTED: "it is escorted",
    What.RETURNED: "the fighter returns", What.LANDED: "the fighter lands", What.FELL: "it falls by itself",
    What.ARRIVED: "it reaches what it was aimed at", What.LEFT: "it leaves the area",
    What.ENTERED: "it crosses the border", What.DROPPED: "the task is let go",
    What.DISRUPTED: "it is brought down without a weapon", What.INTERROGATED: "it is interrogated",
    What.RULED: "it is ruled upon",
}  # fmt: skip
_TRUTH: Final = {What.FELL, What.ARRIVED, What.LEFT, What.ENTERED}


def tell(scene: Scene, option: int, name: str, key: Key, aircraft: int, start: str) -> Story:
    """Replay a night under one option and tell the story of the aircraft at a place of the truth."""
    night, plans = begin(scene, key)
    options, entries = np.array([option], np.int64), list[Entry]()
    teller = _Teller(scene, option, aircraft)
    for tick in range(0, scene.ticks, CYCLE):
        end = min(tick + CYCLE, scene.ticks)
        advance(scene.setting, plans, night, options, key, tick, end, False)  # noqa: FBT003
        refuse_overflow(night, end)
        entries.extend(teller.cycle(night, tick * DT_S))
    scored = scored_under(night.score, option)
    scored["status"] = night.world.aircraft["status"]
    entries.extend(_events(all_events(scored, night.response.events[: night.response.counts[0]]), teller))
    entries.sort(key=lambda entry: entry.time_s)
    facts = _facts(scene, night, scored[aircraft])
    return Story(name, key.replication, aircraft, digest(night, scored), start, facts, tuple(entries))


class _Teller:
    """What was last told of one aircraft, so that only changes are."""

    def __init__(self, scene: Scene, option: int, aircraft: int) -> None:
        self._scene, self._option, self._aircraft = scene, option, aircraft
        self._ruled: dict[int, bytes] = {}
        self.numbers: set[int] = set()

    def cycle(self, night: Night, time_s: float) -> Iterator[Entry]:
        """Yield what is new after a cycle."""
        score, picture = night.score, night.picture
        n = int(picture.counts[0])
        mine = [
            row
            for row in range(n)
            if score.owner[picture.slots[row]] == self._aircraft
            and score.owner_of[picture.slots[row]] == picture.numbers[row]
        ]
        for row in mine:
            yield from self._track(night, row, time_s)
            yield from self._ruling(night, row, time_s)
            yield from _order(night.orders[self._option, row], int(picture.numbers[row]), time_s)

    def _track(self, night: Night, row: int, time_s: float) -> Iterator[Entry]:
        number = int(night.picture.numbers[row])
        if number not in self.numbers:
            self.numbers.add(number)
            yield Entry(time_s, "track", f"it is track {number} of the picture")

    def _ruling(self, night: Night, row: int, time_s: float) -> Iterator[Entry]:
        record, assessed = night.rulings[self._option, row], night.assessments[self._option, row]
        told = record["permitted"].tobytes() + record["authority"].tobytes() + assessed.tobytes()
        number = int(night.picture.numbers[row])
        if told == self._ruled.get(number):
            return
        self._ruled[number] = told
        found = explain(self._scene, night, self._option, row)
        intent, act = found.assessment.intent.truth.name.lower(), found.assessment.act.truth.name.lower()
        identity = found.assessment.identity.settled
        text = f"track {number}: identity {identity}; hostile intent: {intent}; hostile act: {act}"
        yield Entry(time_s, "ruling", text, found.permitted, found.withheld)


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


def _events(events: Records, teller: _Teller) -> Iterator[Entry]:
    """Yield the events about the aircraft, and those about a track that it fed and no aircraft."""
    for event in events:
        about = event["aircraft"] == teller._aircraft  # noqa: SLF001 -- of this file
        if about or (event["aircraft"] < 0 and event["number"] in teller.numbers):
            what = What(int(event["what"]))
            text = HAPPENED[what]
            if what is What.LOOKED:
                text += f": {CLASSES[int(event['value'])]}"
            if what in {What.DEBRIS, What.STRAY}:
                text += f": {event['value']:.3g} people expected harmed"
            yield Entry(float(event["time_s"]), "truth" if what in _TRUTH else "event", text)


def _facts(scene: Scene, night: Night, row: np.void) -> tuple[tuple[str, str], ...]:
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
        facts.append(("wrongly fired at, by", CAUSES[row["cause"]]))
    return tuple(facts)

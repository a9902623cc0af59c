"""An engine that rehearses nothing: figures by hash, so that spawned workers start at once."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.errors import CapacityError
from holdfire.messages.night import OptionNight
from holdfire.messages.response import EVENT, What
from holdfire.messages.score import FIGURES, SCORED
from holdfire.messages.story import Allowed, Denied, Entry, Story
from holdfire.study.subject import Assumption, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

STATES = [{"id": "PL", "guards": True, "ruleset": "visual-confirmation"}]
OPTIONS = {"as-was": "As it was", "radar-permitted": "Force on radar alone", "visual": "Force after a look"}


def build(scenario: Mapping[str, Any], options: Sequence[str]) -> FakeEngine:
    return FakeEngine(scenario, tuple(options))


_WRITTEN = [
    {"id": name, "title": title, **({"rules": {"PL": name}} if name == "radar-permitted" else {})}
    for name, title in OPTIONS.items()
]


def subject(**data: Any) -> Subject:
    """A subject whose engine is the one here; `data` is the scenario."""
    return Subject(
        id="fake-night",
        title="A night that never was",
        kind="hypothetical",
        text="id: fake-night\n",
        data={"id": "fake-night", "size": 3, "states": STATES, "options": _WRITTEN, **data},
        options=OPTIONS,
        library={"rulesets/visual.yaml": "0" * 64},
        bibliography=("A paper, 1934, [official]",),
        assumptions=(
            Assumption("looks.by_night", "0.05 taken for another class", ("wrongful_civil",)),
            Assumption("intruders.a.payload_share", "0.2"),
        ),
        names={"platform": ("gerbera", "a320")},
        builder="support.fake_engine:build",
    )


class FakeEngine:
    """Hashes of names in place of nights; `data` can make it slow, fail, or die at a replication."""

    def __init__(self, scenario: Mapping[str, Any], options: tuple[str, ...]) -> None:
        self.scenario = scenario
        self.options = options

    def rehearse(self, seed: int, replication: int) -> Sequence[OptionNight]:
        self._misbehave(replication)
        time.sleep(float(self.scenario.get("slow_s", 0.0)))
        return [self._night(seed, replication, place, option) for place, option in enumerate(self.options)]

    def _misbehave(self, replication: int) -> None:
        match self.scenario.get("fails", {}).get(str(replication)):
            case "raises":
                message = "no such thing"
                raise RuntimeError(message)
            case "full":
                message = "700 tracks are more than 600: raise the capacity"
                raise CapacityError(message)
            case "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            case "interrupts":
                raise KeyboardInterrupt
            case _:
                pass

    def _night(self, seed: int, replication: int, place: int, option: str) -> OptionNight:
        drones = 2 + below(self.scenario["size"], seed, replication)
        figures = {name: float(below(7, seed, replication, name)) for name in FIGURES}
        figures["stopped"] += below(3, seed, replication, "stopped", place) * (place > 0)
        figures["stopped"] += self.scenario.get("more", {}).get(option, 0)
        figures["border_to_track_min"] = nan if below(4, seed, replication, "late") == 0 else figures["detected"] + 0.5
        for name in FIGURES:
            if name.startswith(("wrongful", "people", "stray")):
                figures[name] = float(below(9, seed, replication, name, place) == 0) * (place > 0)
        aircraft = np.zeros(drones + 1, SCORED)
        aircraft["aircraft"] = np.arange(100, 101 + drones)
        aircraft["part"][drones:] = 1
        aircraft["platform"][drones:] = 1
        aircraft["cause"] = -1
        aircraft["ordinal"] = np.arange(drones + 1)[::-1]
        aircraft["left_s"] = aircraft["engaged_s"] = np.inf
        aircraft["engaged_s"][:2], aircraft["shots"][1] = 50.0, 2  # the first without a shot
        events = np.zeros(below(5, seed, replication, "events"), EVENT)
        events["what"] = What.ENTERED
        events["time_s"] = np.arange(len(events))
        digest = hashlib.sha256(repr((figures, drones)).encode()).hexdigest()
        return OptionNight(option, digest, figures, aircraft, events)

    def trace(self, option: str, seed: int, replication: int, aircraft: int) -> Story:
        night = self._night(seed, replication, self.options.index(option), option)
        return Story(
            option,
            replication,
            aircraft,
            night.digest,
            "2025-09-09T21:30:00Z",
            (("platform", "gerbera"), ("at the end", "fell")),
            (
                Entry(754.0, "track", "first plot by north-east"),
                Entry(
                    900.0,
                    "ruling",
                    "what is permitted changed",
                    (Allowed("engage", ("air-operations-commander",), ("radar-permitted: RP-2",)),),
                    (
                        Denied(
                            "warn", ("radar-permitted: RP-9",), ("radar-permitted: RP-1: airspace is own (unknown)",)
                        ),
                    ),
                ),
                Entry(25000.0, "event", "fell"),
            ),
        )


def below(n: int, *name: object) -> int:
    """A number from 0 to n - 1 by name."""
    return int(hashlib.sha256(repr(name).encode()).hexdigest()[:12], 16) % n


def content(folder: Path) -> dict[str, bytes]:
    """Every file of the results but times, which differ."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "timings.json"
    }

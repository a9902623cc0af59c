"""A scenario under its options, ready to be rehearsed: one replication after another, each by itself."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfire.catalogue import load_ladder
from holdfire.clock import format_utc
from holdfire.loop import DT_S
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.closed import with_closed_rung, with_closing, with_upkeep
from holdfire.rehearsal.film import filmed
from holdfire.rehearsal.flip import Flips
from holdfire.rehearsal.fork import rehearse
from holdfire.rehearsal.replay import replay
from holdfire.rehearsal.story import Teller
from holdfire.rehearsal.strays import foreign_lines, with_strays
from holdfire.rehearsal.told import told
from holdfire.rehearsal.warm import sense_and_respond, warm
from holdfire.scenario.option import with_option
from holdfire.scenario.schema import Scenario
from holdfire.seed import Key, check_replication, check_seed
from holdfire.setting import Scene, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.escalate.ladder import Ladder
    from holdfire.logic.checks import Raw
    from holdfire.messages.film import FilmedNight
    from holdfire.messages.night import OptionNight
    from holdfire.messages.story import Story
    from holdfire.respond.closing_schema import ClosingModel


@dataclass(frozen=True, slots=True)
class Family:
    """Options that differ in rule sets and the policy of closing only, and so share a night until a ruling differs."""

    scenario: Scenario
    scene: Scene
    ladder: Ladder
    options: tuple[int, ...]
    closings: tuple[ClosingModel | None, ...]
    """Of each option: it is worked out after the night, in which nothing follows from it."""
    foreign: tuple[int, ...]
    """Lines of intruders that are not the other side's."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a study runs; see `study.engine.Engine`."""

    options: tuple[str, ...]
    families: tuple[Family, ...]

    def rehearse(self, seed: int, replication: int) -> list[OptionNight]:
        """Return one night for each option, in order."""
        key = Key(check_seed(seed), 0, check_replication(replication))
        nights: dict[int, OptionNight] = {}
        for family in self.families:
            begun, plans = begin(family.scene, key)
            for alike, ended in rehearse(family.scene.setting, plans, begun, key, family.scene.ticks):
                for each in alike:
                    option = family.options[each]
                    night = told(family.scene, family.ladder, ended, each, self.options[option], family.foreign)
                    night = with_closing(night, family.closings[each], ended, family.scene, key)
                    night = with_strays(with_closed_rung(night, family.ladder), family.scenario, family.foreign)
                    nights[option] = with_upkeep(night, family.scenario.upkeep)
        return [nights[option] for option in range(len(self.options))]

    def trace(self, option: str, seed: int, replication: int, aircraft: int) -> Story:
        """Replay one replication under one option and tell the story of the aircraft at a place of the truth."""
        (night,) = self.film(seed, replication, {option: (aircraft,)})
        return night.stories[0]

    def film(self, seed: int, replication: int, told_of: Mapping[str, Sequence[int]]) -> list[FilmedNight]:
        """Replay one replication under some options, film it, and tell the stories of some aircraft of each.

        Returns the nights in the order of `told_of`, whose aircraft are places in the truth.
        """
        key = Key(check_seed(seed), 0, check_replication(replication))
        nights: dict[str, FilmedNight] = {}
        for family in self.families:
            every = {place: self.options[each] for place, each in enumerate(family.options)}
            asked = {place: name for place, name in every.items() if name in told_of}
            if asked:
                nights |= {night.option: night for night in _filmed(family, key, asked, told_of)}
        return [nights[option] for option in told_of]


def _filmed(
    family: Family, key: Key, asked: Mapping[int, str], told_of: Mapping[str, Sequence[int]]
) -> Iterator[FilmedNight]:
    scene, start = family.scene, format_utc(family.scenario.start.timestamp())
    sensors = [family.scenario.sensors[line].id for line in scene.setting.sensors.radar["line"]]
    flips = Flips(scene)
    tellers = {place: Teller(scene, place, told_of[name], sensors, flips) for place, name in asked.items()}
    for ended in replay(scene, key, tuple(asked), tellers):
        name = asked[ended.option]
        stories = tellers[ended.option].stories(ended, name, key.replication, start)
        yield filmed(scene, ended, name, list(stories))


def engine_from(data: Mapping[str, Any], options: Sequence[str]) -> Rehearsal:
    """Return what rehearses a checked scenario's data under these of its options, compiled."""
    families = families_of(data, options)
    warm(families[0].scene, {"data": data, "option": options[0]})
    return Rehearsal(tuple(options), families)


def compile_half() -> None:
    """Compile what senses and responds for another process, which says on standard input for what scene."""
    given = json.load(sys.stdin)
    sense_and_respond(families_of(given["data"], [given["option"]])[0].scene)


def families_of(data: Mapping[str, Any], options: Sequence[str]) -> tuple[Family, ...]:
    """Return options by what they share."""
    grouped: dict[str, list[int]] = {}
    seen = [with_option(dict(data), option) for option in options]
    for place, each in enumerate(seen):
        grouped.setdefault(json.dumps(_but_rules(each), sort_keys=True, default=str), []).append(place)
    families = []
    for members in grouped.values():
        scenario = Scenario.model_validate(seen[members[0]])
        rules = [{state["id"]: state["ruleset"] for state in seen[place]["states"]} for place in members]
        scene = prepare(scenario, rules, None, DT_S)
        closings = tuple(Scenario.model_validate(seen[place]).closing for place in members)
        ladder = load_ladder(scenario.ladder)
        foreign = foreign_lines(scenario, ladder)
        families.append(Family(scenario, scene, ladder, tuple(members), closings, foreign))
    return tuple(families)


def _but_rules(data: Raw) -> Raw:
    """Return what is left of a night without the states' rule sets, the policy of closing, and its options."""
    states = [{name: value for name, value in state.items() if name != "ruleset"} for state in data["states"]]
    closing = {name: value for name, value in (data.get("closing") or {}).items() if name != "policy"}
    return {**data, "states": states, "closing": closing, "options": None}

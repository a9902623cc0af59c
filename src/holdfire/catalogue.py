"""What ships and what users write: rule sets, situations and the like, found by id or path, read and checked.

A stage that reads one of its own files is imported only when that file is asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from holdfire.errors import ContentError, Finding, UnknownNameError, UnreadableError
from holdfire.findings import did_you_mean
from holdfire.logic.parse import parse
from holdfire.logic.situation import Situation, parse_situation
from holdfire.logic.variant import changed, expand
from holdfire.reader.document import Document, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.escalate.ladder import Ladder
    from holdfire.logic.case import Case
    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry
    from holdfire.logic.option_reaction import ReactionModel
    from holdfire.logic.property import Property
    from holdfire.logic.ruleset import RuleSet
    from holdfire.respond.weapons import WeaponModel
    from holdfire.sense.interference_entry import Disturbance
    from holdfire.sense.sensor import Sensor
    from holdfire.sense.terrain_entry import CoarseTerrain
    from holdfire.sense.weather_entry import Weather
    from holdfire.world.platform import Platform

    Made = TypeVar("Made")

LIBRARY = Path(__file__).parent / "library"
SELF_DEFENCE = "self-defence"
"""The base set that binds everywhere and that no other removes."""
EXPECTED = "expected"
"""On a shelf, the file of what comes out for all the others: no item of that shelf itself."""


def ids(shelf: str) -> list[str]:
    """Return the ids of all that ships on a shelf of the library, in order."""
    return sorted(path.stem for path in (LIBRARY / shelf).glob("*.yaml") if path.stem != EXPECTED)


def find(shelf: str, name: str, near: Path | None = None) -> tuple[Path, str]:
    """Return the file that an id or a path means, and what to call it in faults.

    A path is taken from the folder `near` if it is not absolute. Raises `UnknownNameError` for an id that
    nothing has.
    """
    if name in ids(shelf):
        return LIBRARY / shelf / f"{name}.yaml", f"{shelf}/{name}.yaml"
    path = Path(os.path.normpath((near or Path()) / name)) if name else Path(name)
    if name and (path.suffix in {".yaml", ".yml"} or len(Path(name).parts) > 1 or _is_file(path)):
        return path, str(path)
    known = ids(shelf)
    kind = {"rulesets": "rule set", "properties": "property"}.get(shelf, shelf.removesuffix("s"))
    there = f"there are {', '.join(known)}, or give a path ending in .yaml"
    message = f"no {kind} is called {name!r}{did_you_mean(name, known)} ({there})"
    raise UnknownNameError(message)


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no file can be called that
        return False


def load_ruleset(name: str, near: Path | None = None) -> RuleSet:
    """Return the rule set of an id or a path, its ancestors read and its changes applied.

    A path is taken from the folder `near` if it is not absolute. Raises `UnknownNameError`, `UnreadableError`, or
    `DocumentError` with every fault of the first faulty file.
    """
    document, whole, origin = _whole(name, near, ())
    extends = document.data.get("extends") if isinstance(document.data, dict) else None
    try:
        return parse(whole, extends=str(extends) if extends else None, origin=tuple(origin.items()))
    except ContentError as error:
        raise document.refuse(error.findings) from None


def load_situation(name: str, near: Path | None = None) -> Situation:
    """Return the situation of an id or a path; raises as `load_ruleset` does."""
    return _load("situations", name, near, parse_situation)


def load_case(name: str, near: Path | None = None) -> Case:
    """Return the historical case of an id or a path; raises as `load_ruleset` does."""
    from holdfire.logic.case import parse_case

    return _load("cases", name, near, parse_case)


def load_property(name: str, near: Path | None = None) -> Property:
    """Return the property of an id or a path; raises as `load_ruleset` does."""
    from holdfire.logic.property_schema import parse_property

    return _load("properties", name, near, parse_property)


def load_platform(name: str, near: Path | None = None) -> Platform:
    """Return the type of aircraft of an id or a path; raises as `load_ruleset` does."""
    from holdfire.world.platform import parse_platform

    return _load("platforms", name, near, parse_platform)


def load_sensor(name: str, near: Path | None = None) -> Sensor:
    """Return the type of sensor of an id or a path; raises as `load_ruleset` does."""
    from holdfire.sense.sensor import parse_sensor

    return _load("sensors", name, near, parse_sensor)


def load_weather(name: str, near: Path | None = None) -> Weather:
    """Return the sky of an id or a path; raises as `load_ruleset` does."""
    from holdfire.sense.weather_entry import parse_weather

    return _load("weather", name, near, parse_weather)


def load_interference(name: str, near: Path | None = None) -> Disturbance:
    """Return the interference of an id or a path; raises as `load_ruleset` does."""
    from holdfire.sense.interference_entry import parse_interference

    return _load("interference", name, near, parse_interference)


def load_terrain(name: str) -> CoarseTerrain:
    """Return the elevation model of an id; raises as `load_ruleset` does."""
    from holdfire.sense.terrain_entry import parse_terrain

    return _load("terrain", name, None, parse_terrain)


def load_weapon(name: str, near: Path | None = None) -> WeaponModel:
    """Return the class of weapon of an id or a path; raises as `load_ruleset` does."""
    from holdfire.respond.weapons import parse_weapon

    return _load("weapons", name, near, parse_weapon)


def load_ladder(name: str, near: Path | None = None) -> Ladder:
    """Return the ladder of escalation of an id or a path; raises as `load_ruleset` does."""
    from holdfire.escalate.ladder import parse_ladder

    return _load("ladders", name, near, parse_ladder)


def load_option(name: str) -> OptionEntry:
    """Return the option of the catalogue of an id; raises as `load_ruleset` does."""
    from holdfire.logic.option_entry import parse_option

    return _load("options", name, None, parse_option)


def load_reaction(name: str) -> ReactionModel:
    """Return how the other side may adapt, by an id; raises as `load_ruleset` does."""
    from holdfire.logic.option_reaction import parse_reaction

    return _load("reactions", name, None, parse_reaction)


def _load(shelf: str, name: str, near: Path | None, parse_: Callable[[object], Made]) -> Made:
    document = read(*find(shelf, name, near))
    try:
        return parse_(document.data)
    except ContentError as error:
        raise document.refuse(error.findings) from None


def _whole(name: str, near: Path | None, below: tuple[Path, ...]) -> tuple[Document, Raw, dict[str, str]]:
    """Return a file, the whole text it stands for, and for each inherited entry the set whose text it is."""
    path, called = find("rulesets", name, near)
    document = read(path, called)
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("extends"), str):
        return document, data, {}  # type: ignore[return-value]  # parse refuses what is no mapping
    extends = str(data["extends"])
    try:
        parent_path, _ = find("rulesets", extends, path.parent)
        if parent_path.absolute() in {path.absolute(), *below}:
            raise document.refuse([Finding(("extends",), f"{extends} extends this set in turn: break the circle")])
        parent_file, parent, origin = _whole(extends, path.parent, (*below, path.absolute()))
    except (UnknownNameError, UnreadableError) as error:
        raise document.refuse([Finding(("extends",), str(error))]) from None
    try:
        parse(parent)
    except ContentError as error:
        raise parent_file.refuse(error.findings) from None
    try:
        whole = expand(data, parent)
    except ContentError as error:
        raise document.refuse(error.findings) from None
    own = set(changed(data))
    kept = {
        entry["id"]: origin.get(entry["id"], str(parent["id"]))
        for section in ("intent", "act", "identity", "rules")
        for entry in whole.get(section, [])
        if entry["id"] not in own
    }
    return document, whole, kept

"""What a scenario names and does not hold: rule sets, platforms, sensors and so on.

All are found, and read where they are files, before a night begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfire.catalogue import (
    load_interference,
    load_ladder,
    load_platform,
    load_ruleset,
    load_sensor,
    load_weapon,
    load_weather,
)
from holdfire.errors import DocumentError, Finding, InputError
from holdfire.geo.airports import airport
from holdfire.logic.checks import mappings
from holdfire.logic.parse import check
from holdfire.sense.interference_entry import spelled_out
from holdfire.sense.interference_schema import InterferenceModel
from holdfire.sense.placing import misfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw


def _load_airport(code: str, _: Path | None) -> object:
    return airport(code)


_LOAD: dict[str, Callable[[str, Path | None], object]] = {
    "rulesets": load_ruleset,
    "platforms": load_platform,
    "sensors": load_sensor,
    "interference": load_interference,
    "weather": load_weather,
    "weapons": load_weapon,
    "ladders": load_ladder,
    "airports": _load_airport,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What has been looked up by name so far, each thing once; `near` is the folder from which paths are taken."""

    near: Path | None
    found: dict[tuple[str, str], Any] = field(default_factory=dict)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, shelf: str, name: object) -> Any:  # noqa: ANN401  # of any shelf
        """Return what a name means, or nothing where it is unusable."""
        key = shelf, str(name)
        if key not in self.found:
            self.found[key] = self._load(*key)
        return self.found[key]

    def _load(self, shelf: str, name: str) -> object:
        try:
            return _LOAD[shelf](name, self.near)
        except DocumentError as error:
            more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
            self.faults[shelf, name] = f"{name} cannot be used: {error.faults[0]}{more}"
        except InputError as error:
            self.faults[shelf, name] = str(error)
        return None


def unusable(data: Raw, named: Named) -> Iterator[Finding]:
    """Yield a finding for each name that leads nowhere, or to a file that is faulty, or to what is no such thing."""
    for loc, key, shelf, name in _all(data):
        if isinstance(name, str) and name.strip():
            found = named.get(shelf, name)
            if found is None:
                yield Finding((*loc, key), named.faults[shelf, name])
            elif shelf == "sensors" and found.stated.kind == "eyes":
                yield Finding((*loc, key), f"{name} are those of every crew and stand nowhere: leave them out")
            elif shelf == "sensors" and found.stated.kind in {"wind-turbines", "sea-echo"}:
                yield Finding((*loc, key), f"{name} is no sensor: leave it out, and write `wind_farms` or `sea`")
            elif shelf == "sensors" and (unfit := misfit(found.stated, data["sensors"][loc[1]])):
                yield Finding((*loc, unfit[0]), f"{name}: {unfit[1]}")
            elif shelf == "interference":
                whole = spelled_out(data["interference"][loc[1]], found)
                yield from (Finding((*loc, *each.loc), each.text) for each in check(InterferenceModel, whole))


def unseen_lights(data: Raw, named: Named) -> Iterator[Finding]:
    """Yield a finding for each light that is reported through a sensor which takes no reports."""
    models = {str(each.get("id")): each.get("model") for _, each in mappings(data.get("sensors"))}
    for index, light in mappings(data.get("lights")):
        model = models.get(str(light.get("seen_by")))
        found = named.get("sensors", model) if isinstance(model, str) else None
        if found is not None and found.stated.kind != "reports":
            text = f"{light['seen_by']} is {model}, which takes no reports: name a sensor of kind reports"
            yield Finding(("lights", index, "seen_by"), text)


def _all(data: Raw) -> Iterator[tuple[Location, str, str, object]]:
    """Yield where every name stands: the place of its mapping, the key; its shelf; and the name."""
    for loc, key, shelf, holder in _holders(data):
        yield loc, key, shelf, holder.get(key)
    conduct = data.get("conduct")
    for key in ("success_share", "stray_share"):
        shares = conduct.get(key) if isinstance(conduct, dict) else None
        for name in shares if isinstance(shares, dict) else ():
            yield ("conduct", key), str(name), "weapons", name


def _holders(data: Raw) -> Iterator[tuple[Location, str, str, Raw]]:
    """Yield the place of every mapping that names something, the field, its shelf, and the mapping."""
    yield (), "ladder", "ladders", data
    for section, key, shelf in (("chain", "ruleset", "rulesets"), ("night", "weather", "weather")):
        if isinstance(data.get(section), dict):
            yield (section,), key, shelf, data[section]
    for section, key, shelf in (
        ("states", "ruleset", "rulesets"),
        ("intruders", "platform", "platforms"),
        ("patrols", "platform", "platforms"),
        ("sensors", "model", "sensors"),
        ("interference", "model", "interference"),
        ("patrols", "weapon", "weapons"),
        ("bases", "airport", "airports"),
    ):
        for index, entry in mappings(data.get(section)):
            yield (section, index), key, shelf, entry
    yield from _aircraft(data)


def _aircraft(data: Raw) -> Iterator[tuple[Location, str, str, Raw]]:
    for index, base in mappings(data.get("bases")):
        for place, aircraft in mappings(base.get("aircraft")):
            for key in ("platform", "weapon"):
                yield ("bases", index, "aircraft", place), key, f"{key}s", aircraft
    background = data.get("background")
    for kind, traffic in background.items() if isinstance(background, dict) else ():
        if isinstance(traffic, dict):
            yield ("background", kind), "platform", "platforms", traffic

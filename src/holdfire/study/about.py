"""From the name of a scenario to the subject of a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from holdfire.catalogue import ids
from holdfire.scenario.assumed import numbers
from holdfire.scenario.load import load_scenario
from holdfire.scenario.terrain import terrain_caution
from holdfire.sources import Source, bibliography
from holdfire.study.library import anchored, assumed_in, cited, file_digest, files_named, library_digests, terrain_named
from holdfire.study.subject import Assumption, Subject, chosen, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from holdfire.scenario.load import Loaded
    from holdfire.scenario.schema import Scenario

_BEARS_ON: Final[dict[str, tuple[str, ...]]] = {
    "sensors/eyes.yaml: eye.mistakes.civil.wrong": ("wrongful_civil", "wrongful_wrong_look"),
    "sensors/eyes.yaml: eye.mistakes.own-or-allied-military.wrong": ("wrongful_friendly", "wrongful_wrong_look"),
    "sensors/eyes.yaml: camera.mistakes.civil.wrong": ("wrongful_civil", "wrongful_wrong_look"),
    "sensors/eyes.yaml: camera.mistakes.own-or-allied-military.wrong": ("wrongful_friendly", "wrongful_wrong_look"),
    "conduct.departures_per_contact_h": ("wrongful_departure",),
    "conduct.lost_sight_per_min": ("wrongful_wrong_aircraft",),
    "conduct.hold_share": ("held_by_crew",),
    "conduct.stray_km": ("stray_weapons", "people_harmed_weapon"),
    "conduct.debris_m2": ("people_harmed_debris",),
}
"""Figures that rest above all on what is assumed at a place; those assumptions come first, in this order."""
_RANK: Final = {place: rank for rank, place in enumerate(_BEARS_ON)}


def about(scenario: str, options: str | None = None) -> Subject:
    """Return the subject of a study of a scenario, by id or path, under options named as `a,b`, or under all.

    Raises as `load_scenario` does, and as `chosen` for options.
    """
    loaded = load_scenario(scenario)
    if beside := _beside(loaded, options):
        loaded = load_scenario(scenario, beside)
    titles = {option.id: option.title for option in loaded.scenario.options}
    taken = chosen(tuple(titles), options)
    nights = [
        loaded.under(name).model_dump(mode="json", exclude={"sources", "observed", "validation"}) for name in taken
    ]
    files = files_named(nights, loaded.folder)
    grounds = {**files, **terrain_named(nights, loaded.folder)}
    assumed = list(_assumed([loaded.scenario, *map(loaded.under, _longer(loaded.scenario, taken))]))
    assumed = [replace(each, bears_on=_BEARS_ON.get(each.place, ())) for each in (*assumed, *assumed_in(files))]
    assumed += _terrain({terrain_caution(loaded.under(name), loaded.folder) for name in taken})
    sources = [Source(**each.model_dump()) for name in taken for each in loaded.under(name).sources]
    return Subject(
        id=loaded.scenario.id,
        title=loaded.scenario.title,
        kind=loaded.scenario.kind,
        text=yaml.safe_dump(loaded.data, sort_keys=False, allow_unicode=True, width=120),
        data=anchored(loaded.data, loaded.folder),
        options={name: titles[name] for name in taken},
        library={**library_digests(), **{name: file_digest(path) for name, path in grounds.items()}},
        bibliography=tuple(bibliography([*sources, *cited(files)])),
        assumptions=tuple(sorted(assumed, key=lambda each: _RANK.get(each.place, len(_RANK)))),
        names={
            "platform": tuple(sorted({*ids("platforms"), *(name for night in nights for name in _platforms(night))}))
        },
    )


def _longer(scenario: Scenario, taken: Sequence[str]) -> list[str]:
    """Return the options taken that add entries, and so numbers of their own."""
    return [option.id for option in scenario.options if option.add and option.id in taken]


def _assumed(nights: Iterable[Scenario]) -> Iterator[Assumption]:
    """Yield every assumed number of some nights, each address once."""
    told: set[str] = set()
    for each in (each for night in nights for each in numbers(night) if each.assumed):
        if each.address not in told:
            told.add(each.address)
            yield Assumption(each.address, each.in_words())


def _beside(loaded: Loaded, options: str | None) -> list[str]:
    """Return the options asked for that are not the scenario's own, and so are of the catalogue."""
    own = [option.id for option in loaded.scenario.options]
    return [name for name in dict.fromkeys(listed(options) if options is not None else ()) if name not in own]


def _terrain(cautions: Iterable[str | None]) -> list[Assumption]:
    return [Assumption("terrain", each, ("detected", "tracked")) for each in cautions if each]


def _platforms(data: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON
    """Yield every platform that data name; with those that ship, in order, they are what records count by."""
    if isinstance(data, dict):
        if isinstance(data.get("platform"), str):
            yield data["platform"]
        data = list(data.values())
    for child in data if isinstance(data, list) else ():
        yield from _platforms(child)

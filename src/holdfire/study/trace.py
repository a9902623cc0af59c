"""One aircraft's story: the replication is replayed under one option, and held against the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import did_you_mean, one_of
from holdfire.study import manifest as manifests
from holdfire.study.results import load, places_of
from holdfire.study.subject import known_option

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.story import Story


@dataclass(frozen=True, slots=True)
class Told:
    """A story, whose it is by name, and whether the replay is the night of the results, bit for bit."""

    scenario: str
    seed: int
    aircraft: str
    story: Story
    same: bool


def trace(folder: Path, option: str, replication: int, aircraft: str) -> Told:
    """Replay one replication and tell the story of one aircraft.

    Raises `UnknownNameError` for an option or aircraft that the night does not have, `InputError` for a
    replication outside the study.
    """
    results = load(folder)
    manifest = results.manifest
    known_option(manifests.option_ids(manifest), option)
    if not 0 <= replication < manifest["replications"]:
        message = f"there is no replication {replication}: give 0 to {manifest['replications'] - 1}"
        raise InputError(message)
    places = places_of(folder, option, replication)
    name = aircraft.upper()
    named = next((known for known, place in places.items() if f"A{place:04}" == name), name)
    if named not in places:
        there = one_of(tuple(places), all_of=True) if places else "none"
        message = f"no aircraft of that night is called {aircraft!r}{did_you_mean(name, places)} (there are {there})"
        raise UnknownNameError(message)
    engine = manifests.recipe(manifest).build()
    story = engine.trace(option, manifest["seed"], replication, places[named])
    return Told(
        scenario=manifest["scenario"]["id"],
        seed=manifest["seed"],
        aircraft=named,
        story=story,
        same=story.digest == results.digests[option][replication],
    )

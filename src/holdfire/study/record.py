"""What was tried beforehand on a shipped scenario, for readers who try nothing themselves.

A record is what `holdfire stress` kept of a study, with what it was tried on: a change of the scenario or the library
makes it worthless, and it is left alone then. A change of the code need not, and is said.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from holdfire.catalogue import LIBRARY
from holdfire.errors import InputError
from holdfire.scenario.schema import Scenario
from holdfire.study import manifest as manifests
from holdfire.study import stress
from holdfire.study.library import files_named, night_digest
from holdfire.world.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.study.manifest import Manifest

    Json = dict[str, Any]

_BY_NAME: Final = ("interference/", "ladders/", "platforms/", "rulesets/", "sensors/", "weapons/", "weather/")
"""Shelves of which a night reads what its scenario names, or leaves to be named as usual, and nothing else."""
SHELF: Final = LIBRARY / "stress"
"""One record a scenario, `<id>.json`."""


def record_of(folder: Path) -> Json:
    """Return the record of what was tried on the study in a folder; raises `InputError` where nothing was."""
    manifest, tried = manifests.read(folder), stress.read(folder)
    if tried is None:
        message = f"nothing was tried on the results in {folder}: holdfire stress {folder}"
        raise InputError(message)
    made_by = {name: manifest[name] for name in ("seed", "versions", "platform")}
    options = list(manifests.option_ids(manifest))
    return {"document": "stress-record", **_grounds(manifest), "options": options, **made_by, "stress": tried}


def known(folder: Path, manifest: Manifest) -> Json | None:
    """Return what was tried on a study, by whoever has it or else beforehand; `None` where nothing was."""
    return stress.read(folder) or beforehand(manifest)


def beforehand(manifest: Manifest) -> Json | None:
    """Return what was tried before a study, of the options that it has, as `stress.read` does.

    Its `beforehand` says on which seed, by which version, and whether that was the code of now. `None` where there is
    no record, or one of another scenario, library or base, or of none of the options.
    """
    kept = _kept(manifest["scenario"]["id"])
    names = manifests.option_ids(manifest)
    if kept is None or not is_of(kept, manifest) or kept["options"][0] != names[0]:
        return None
    if not set(names[1:]) & set(kept["options"]):
        return None
    tried = [_narrowed(each, names) for each in kept["stress"]["tried"]]
    by = {
        "seed": kept["seed"],
        "version": kept["versions"]["holdfire"],
        "same_code": kept["versions"]["source"] == manifests.source_digest(),
    }
    return {**kept["stress"], "tried": tried, "beforehand": by}


def is_of(kept: Json, manifest: Manifest) -> bool:
    """Whether a record was made with a study's scenario and what it can read of the library."""
    return all(kept[name] == ground for name, ground in _grounds(manifest).items())


def _kept(scenario: str) -> Json | None:
    path = SHELF / f"{scenario}.json"
    record: Json | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return record


def _grounds(manifest: Manifest) -> Json:
    """Return what a trial rests on beside the code: the scenario, and the library but what only a name brings in."""
    scenario, library = manifest["scenario"], manifest.get("library") or {}
    named = files_named({**scenario["data"], "left_out": _left_out(scenario["data"])}, LIBRARY)
    read = {
        name: night_digest(name, digest)
        for name, digest in library.items()
        if name in named or not name.startswith(_BY_NAME)
    }
    return {
        "scenario": {name: scenario[name] for name in ("id", "sha256")},
        "library": manifests.digest(json.dumps(read, sort_keys=True)),
    }


def _left_out(data: Json) -> list[Any]:
    """Return what a scenario names by leaving it out; nothing where this version does not read it."""
    usual = [kind.platform for kind in KINDS]
    try:
        return [Scenario.model_validate(data).model_dump(mode="json"), *usual]
    except ValidationError:
        return usual


def _narrowed(each: Json, names: tuple[str, ...]) -> Json:
    """Return one place that was tried, of some options only."""

    def of(moved: Json) -> Json:
        return {option: found for option, found in moved.items() if option in names}

    return {**each, "options": of(each["options"]), "figures": {name: of(it) for name, it in each["figures"].items()}}

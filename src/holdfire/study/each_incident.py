"""Every scenario that ships and tells of something that happened, rehearsed as it is written and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from holdfire.catalogue import ids
from holdfire.scenario.blind import load_blind
from holdfire.scenario.load import load_scenario
from holdfire.scenario.own import AS_WRITTEN
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.blinded import blinded
from holdfire.study.files import write_whole
from holdfire.study.library import anchored
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.validate import changes_nothing
from holdfire.study.validate_all import incident

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.scenario.load import Loaded
    from holdfire.study.run import Tell

    Json = dict[str, Any]

SCENARIO: Final = "foretold.yaml"
"""In a scenario's folder: itself, with the options under which it is foretold."""


def with_outcomes() -> dict[str, str]:
    """Return every scenario that ships, and why it is not foretold; empty where it is."""
    return {name: _why_not(load_scenario(name)) for name in ids("scenarios")}


def _why_not(loaded: Loaded) -> str:
    scenario = loaded.scenario
    if not scenario.observed:
        return "it observes nothing"
    outcomes = [fact for fact in scenario.observed if fact.kind == "outcome"]
    if not outcomes:
        return "none of its facts is an outcome"
    public = [fact for fact in outcomes if fact.low is not None or fact.high is not None]
    if not public:
        return "no outcome of it is public"
    return "" if any(fact.figure for fact in public) else "no outcome of it names a figure of a run"


def as_was(loaded: Loaded) -> Json:
    """Return the option of a scenario that changes nothing, as it lists it, or one that does not."""
    listed = loaded.data.get("options", [])
    bare = {"id": AS_WRITTEN.id, "title": AS_WRITTEN.title}
    return next((dict(each) for each in listed if changes_nothing(each)), bare)


def foretold(name: str, folder: Path, replications: int, seed: int, workers: int, tell: Tell) -> Json:
    """Rehearse a scenario that ships, or add to what the folder holds of it, and hold it against what happened.

    Raises as `run_study` does.
    """
    loaded = load_scenario(name)
    option = as_was(loaded)
    data = anchored(loaded.data, loaded.folder) | {"options": [option]}
    made = blinded(data, option, load_blind(name))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SCENARIO
    text = yaml.safe_dump(data | {"options": list(made.options)}, sort_keys=False, allow_unicode=True, width=120)
    write_whole(path, text)
    results = folder / "results"
    there = (results / manifests.NAME).exists()
    request = Request(results, replications, seed, workers, resume=there, scenario=str(path))
    request.check()
    run_study(about(str(path)), request, tell)
    return incident(load(results), made)

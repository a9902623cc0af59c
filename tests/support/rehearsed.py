"""Short nights of the whole chain: the Polish night cut to an hour and a half, as it is or with more going on.

As a script it says what nights come to in a process of their own, or runs a study there, to be killed.
"""

from __future__ import annotations

import copy
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import yaml

from holdfire.loop import CYCLE, DT_S, advance
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.engine import engine_from
from holdfire.rehearsal.fork import refuse_overflow
from holdfire.scenario.load import load_scenario
from holdfire.seed import Key
from holdfire.study import manifest
from holdfire.study.about import about
from holdfire.study.run import Request, run_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfire.loop import Night
    from holdfire.messages.plan import Plans
    from holdfire.rehearsal.engine import Rehearsal
    from holdfire.setting import Scene

HOURS = 1.5
FIVE = ("as-was", "visual-confirmation", "radar-permitted", "perceived-danger", "attributed-violator")
"""Options that differ in rule sets and nothing else."""
OTHER_MEANS = "more-patrols"
MIXED = "mixed"
"""The option that `mixed` adds."""


def short(hours: float = HOURS) -> dict[str, Any]:
    """The Polish night, its intruders and patrols all within a few hours."""
    data = copy.deepcopy(load_scenario("poland-2025-09-10").data)
    data |= {"duration_h": hours, "observed": []}
    for group in (*data["intruders"], data["background"]["friendly_drones"]):
        group["appears_h"] = {"low": 0.0, "high": 0.4 * hours}
    for patrol in data["patrols"]:
        patrol |= {"from_h": 0.0, "until_h": hours}
    return data


def busy(hours: float = HOURS) -> dict[str, Any]:
    """The same by day, with authorities that answer and crews that find, look and fire, so that much happens."""
    data = short(hours)
    data["night"] |= {"darkness": "day", "cloud_cover": 0.0, "visibility_km": 60}
    data["conduct"] = {
        "hold_share": {"low": 0.0, "high": 0.3}, "search_min": {"low": 0.2, "high": 0.5},
        "shot_interval_s": {"low": 10, "high": 15}, "departures_per_contact_h": {"low": 0.5, "high": 1.0},
        "linger_min": {"low": 2, "high": 5},
    }  # fmt: skip
    for patrol in data["patrols"]:
        patrol["until_h"] = 0.7 * hours  # so that some land
    for role in (role for state in data["states"] for role in state.get("roles", ())):
        role |= {"available": 1.0, "answers_s": {"low": 5, "likely": 10, "high": 20}}
    for group in data["intruders"]:
        group |= {"failures_per_h": 0.1, "endurance_h": {"low": 1.0, "high": 3.0}}
    return data


def mixed(data: dict[str, Any]) -> dict[str, Any]:
    """Add an option under which Poland permits force on radar data, and the Netherlands only after a look."""
    rules = {"PL": "radar-permitted", "NL": "visual-confirmation"}
    return data | {"options": [*data["options"], {"id": MIXED, "title": "Two sets", "rules": rules}]}


class Begun(NamedTuple):
    """A night before its first tick, and all that it goes on with."""

    scene: Scene
    night: Night
    plans: Plans
    key: Key


def begun(engine: Rehearsal, seed: int = 1, replication: int = 0) -> Begun:
    """A night of the engine's first family."""
    scene, key = engine.families[0].scene, Key(seed, 0, replication)
    return Begun(scene, *begin(scene, key), key)


def on(run: Begun, option: int, since: int, until: int) -> None:
    """Go on under one option, as a night alone does."""
    advance(run.scene.setting, run.plans, run.night, np.array([option]), run.key, since, until, False)  # noqa: FBT003
    refuse_overflow(run.night, until)


def cycles(run: Begun, option: int, until: int | None = None) -> Iterator[float]:
    """Go through a night under one option; yield each decision's time, when the ticks up to the next one are over."""
    end = run.scene.ticks if until is None else until
    for tick in range(0, end, CYCLE):
        on(run, option, tick, min(tick + CYCLE, end))
        yield tick * DT_S


def believed(night: Night, option: int) -> dict[str, bytes]:
    """What is believed, ruled and ordered at the last decision: tracks, evidence, assessments, rulings, orders."""
    tracks, n = night.picture.tracks, int(night.picture.counts[0])
    of_rows = {"rows": night.picture.rows[:n], "slots": night.picture.slots[:n], "hosts": night.picture.hosts[:n]}
    made = {"assessments": night.assessments, "rulings": night.rulings, "orders": night.orders}
    parts = {"tracks": tracks.track[tracks.used[: tracks.counts[0]]], "counts": tracks.counts, **of_rows}
    return {name: part.tobytes() for name, part in (parts | {k: v[option, :n] for k, v in made.items()}).items()}


def story(run: Begun, option: int, until: int | None = None) -> list[dict[str, str]]:
    """What was believed, ruled and ordered at every decision of a night, as digests."""
    return [
        {name: hashlib.sha256(part).hexdigest()[:16] for name, part in believed(run.night, option).items()}
        for _ in cycles(run, option, until)
    ]


def digests(engine: Rehearsal, names: Iterable[tuple[int, int]]) -> dict[str, dict[str, str]]:
    """What nights came to under every option, by seed and replication."""
    return {
        f"{seed}/{replication}": {night.option: night.digest for night in engine.rehearse(seed, replication)}
        for seed, replication in names
    }


def leaves(tree: object) -> list[np.ndarray[Any, Any]]:
    """Every array of nested named tuples."""
    if isinstance(tree, np.ndarray):
        return [tree]
    return [leaf for branch in tree for leaf in leaves(branch)] if isinstance(tree, tuple) else []


def written(data: dict[str, Any], path: Path) -> Path:
    """Write a scenario to a file."""
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def study(folder: Path, scenario: Path, workers: int, replications: int, *, resume: bool = False) -> None:
    """Run a study of a scenario file, chunks of two replications."""
    request = Request(folder, replications, seed=3, workers=workers, resume=resume, chunk_size=2)
    run_study(about(str(scenario), "as-was,perceived-danger"), request)


def main() -> None:
    what, *rest = sys.argv[1:]
    if what == "digests":
        names = json.loads(rest[0])
        print(json.dumps(digests(engine_from(busy(), FIVE), [tuple(name) for name in names])))  # noqa: T201
    else:
        manifest.source_digest = lambda: "as it was"  # type: ignore[assignment]  # whatever is edited meanwhile
        folder, scenario, workers, replications, *resume = rest
        study(Path(folder), Path(scenario), int(workers), int(replications), resume=bool(resume))


if __name__ == "__main__":
    main()

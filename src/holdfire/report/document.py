"""Everything that the page shows but the films, as `web/src/report.ts` says."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

from holdfire import __version__
from holdfire.catalogue import ids
from holdfire.errors import HoldfireError
from holdfire.messages.caution import CAUTION
from holdfire.report.geography import map_data
from holdfire.report.ladder import ladder, prices
from holdfire.scenario.option import rule_sets
from holdfire.scenario.schema import Scenario
from holdfire.study import stress
from holdfire.study.compare import compare
from holdfire.study.manifest import option_ids
from holdfire.study.record import known
from holdfire.study.validate import as_written, validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.report.kept import Kept
    from holdfire.study.manifest import Manifest

    Json = dict[str, Any]

NOTICES: Final = (
    "Archetypes, not the rules in force of any state.",
    "Not for navigation or legal delimitation.",
    "Sensor places are made up; their number and kind are as public. Gaps shown in coverage are gaps of that lay-down.",
    CAUTION,
)


def document(kept: Kept) -> Json:
    """Return the report without its films, ready for JSON."""
    manifest = kept.manifest
    data = manifest["scenario"]["data"]
    problems = list(kept.problems)
    stressed = known(kept.folder, manifest)
    if stress.is_stale(kept.folder):
        problems.append("stress.json is damaged or of other results, and was left out: holdfire stress makes it anew.")
    compared = compare(kept.results, stress=stressed) if kept.results else {}
    compared.pop("assumptions", None)  # they stand by themselves, as the sentences do
    sentences = [
        {**each, "flips": each["flips"].replace("RESULTS", str(kept.folder))} for each in compared.pop("sentences", [])
    ]
    drawn = _of_scenario(data, problems)
    return {
        "holdfire": __version__,
        "state": kept.state,
        "problems": problems,
        "scenario": {
            **{name: manifest["scenario"][name] for name in ("id", "title", "kind")},
            "summary": str(data.get("summary", "")).strip(),
            "start": str(data.get("start", "")),
            "duration_s": 3600.0 * float(data.get("duration_h", 0.0)),
        },
        "seed": manifest["seed"],
        "nights": compared.get("nights", 0),
        "options": [{**option, "rules": rule_sets(data, option["id"])} for option in manifest["options"]],
        "notices": list(NOTICES),
        "sentences": sentences,
        "comparison": compared or None,
        "ladder": drawn.get("ladder"),
        "prices": drawn.get("prices", []),
        "assumptions": manifest["assumptions"],
        "stress": stressed and {name: value for name, value in stressed.items() if name != "first"},
        "validation": _validation(kept),
        "bibliography": manifest["bibliography"],
        "again": {
            "commands": list(_commands(manifest, stressed=stressed is not None and "beforehand" not in stressed)),
            "facts": [list(fact) for fact in _facts(manifest)],
        },
        "map": drawn.get("map"),
        "films": [],
    }


def _of_scenario(data: Json, problems: list[str]) -> Json:
    """Return what only a scenario that this version understands can tell."""
    try:
        scenario = Scenario.model_validate({name: value for name, value in data.items() if name != "observed"})
        return {"ladder": ladder(scenario), "prices": prices(scenario), "map": map_data(scenario)}
    except (HoldfireError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        problems.append(f"There is no map and no ladder: this version does not read the scenario ({reason}).")
        return {}


def _validation(kept: Kept) -> Json | None:
    """Return the validation of a scenario that happened, if it was run as it is written."""
    observed = kept.manifest["scenario"]["data"].get("observed")
    return validation(kept.results) if kept.results and observed and as_written(kept.manifest) else None


def _commands(manifest: Manifest, *, stressed: bool) -> Iterator[str]:
    named = manifest["scenario"]["id"]
    scenario = named if named in ids("scenarios") else "scenario.yaml"
    options = ",".join(option_ids(manifest))
    run = ["holdfire", "run", scenario, "--options", options, "--replications", str(manifest["replications"])]
    yield shlex.join([*run, "--seed", str(manifest["seed"]), "--out", "results"])
    if stressed:
        yield "holdfire stress results"
    yield "holdfire compare results"
    yield "holdfire report results"


def _facts(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield "scenario (SHA-256)", manifest["scenario"]["sha256"]
    for name, value in manifest.get("versions", {}).items():
        yield {"source": "code (SHA-256)"}.get(name, name), str(value)
    yield "platform", " ".join(str(value) for value in manifest.get("platform", {}).values())
    for name, value in manifest.get("library", {}).items():
        yield f"{name} (SHA-256)", str(value)

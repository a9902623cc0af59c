"""`holdfire validate`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from rich import box
from rich.table import Table

from holdfire.catalogue import ids
from holdfire.cli import validate_all
from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.cli.validate_words import observed, span
from holdfire.errors import InputError, StoppedError
from holdfire.scenario.load import load_scenario
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.space import space_of
from holdfire.study.validate import changes_nothing, validation
from holdfire.units import three

if TYPE_CHECKING:
    from rich.console import Console

REPLICATIONS, SEED = 100, 1


def validate_(  # noqa: PLR0913  # what the command line takes
    scenario: str | None = None,
    *,
    every: Annotated[
        bool, Parameter(name="--all", negative="", help="every incident, each left out of its forecast")
    ] = False,
    replications: Annotated[int, Parameter(help="nights of the scenario as it is written")] = REPLICATIONS,
    seed: Annotated[int, Parameter(help="of all random numbers")] = SEED,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    out: Annotated[Path | None, Parameter(help="folder that keeps the results, or that holds them; none")] = None,
    json: Json = False,
) -> int:
    """Hold a scenario against what really happened: each fact beside an interval of 80 %, scored where it may be.

    With --all every incident that ships is foretold without it: without the rule sets made since, and without every
    number fitted to it.

    Exit status 1 where some outcome lies outside of its interval; with --all where the bar is not met.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file; or folder of results, which are held against what happened as
        they stand.
    """
    if (scenario is None) != every:
        message = "name one scenario, or ask for --all that ship"
        raise InputError(message)
    with tempfile.TemporaryDirectory() as folder:
        kept, cores = out or Path(folder) / "results", workers or os.cpu_count() or 1
        try:
            if scenario is None:
                return _every(kept, replications, seed, cores, json=json)
            if scenario not in ids("scenarios") and (Path(scenario) / manifests.NAME).exists():
                made = _kept(Path(scenario), asked=(out, replications, seed) != (None, REPLICATIONS, SEED))
            else:
                made = _one(scenario, kept, replications, seed, cores)
        except StoppedError:
            if out:
                raise
            message = "stopped, and nothing is kept: name a folder with --out, and it can be continued"
            raise StoppedError(message) from None
    if json:
        print_json("validation", **made)
    else:
        show(console(), made)
    return 0 if made["inside"] == made["scored"] else 1


def _kept(folder: Path, *, asked: bool) -> dict[str, Any]:
    """Return what the results of a folder are held against; raises `InputError` where they cannot be."""
    if asked:
        message = f"{folder} holds results with their own nights and seed: leave out --replications, --seed and --out"
        raise InputError(message)
    results = load(folder)
    if space_of(results.manifest):
        message = f"{folder} holds a space, whose nights are not the scenario as it is written: name what run wrote"
        raise InputError(message)
    return validation(results)


def _one(scenario: str, kept: Path, replications: int, seed: int, workers: int) -> dict[str, Any]:
    option = _as_written(scenario)
    there = (kept / manifests.NAME).exists()
    request = Request(kept, replications, seed, workers, resume=there, scenario=scenario)
    request.check()
    subject = about(scenario, option)
    with progress() as tell:
        run_study(subject, request, tell)
    return validation(load(kept))


def _every(kept: Path, replications: int, seed: int, workers: int, *, json: bool) -> int:
    made = validate_all.validated(kept, replications, seed, workers)
    if json:
        print_json("validation-all", **made)
    else:
        validate_all.show(console(), made)
    return 0 if made["met"] else 1


def _as_written(scenario: str) -> str:
    """Return the option that changes nothing; raises `InputError` where there is none, or nothing was observed."""
    loaded = load_scenario(scenario).scenario
    if not loaded.observed:
        message = f"{loaded.id} says of nothing that it really happened: list it under `observed`"
        raise InputError(message)
    if not any(fact.figure for fact in loaded.observed):
        message = (
            f"no fact that {loaded.id} observes names a figure of a run: give one its `figure`, as figure: stopped"
        )
        raise InputError(message)
    for option in loaded.options:
        if changes_nothing(option.model_dump(exclude_defaults=True)):
            return option.id
    message = (
        f"every option of {loaded.id} changes something: add one that does not, as {{id: as-was, title: As it was}}"
    )
    raise InputError(message)


def show(out: Console, made: dict[str, Any]) -> None:
    """Print a validation: outcomes first, then what was given and fitted, and what was left out."""
    nights = plural(made["replications"], "night")
    head = f"{made['scenario']} as it is written, under {made['option']}{rules(made)}, {nights}, seed {made['seed']}"
    out.print(head, style="bold", markup=False)
    outcomes = [fact for fact in made["facts"] if fact["kind"] == "outcome"]
    others = [fact for fact in made["facts"] if fact["kind"] != "outcome"]
    if outcomes:
        out.print(_outcomes(outcomes))
    out.print(verdict(made), style="bold")
    if others:
        out.print()
        out.print(_others(others))
    for title, lines in (
        ("What each fact is", [_described(fact) for fact in made["facts"]]),
        ("Naive forecaster", [f"{fact['id']}: {fact['naive']['how']}" for fact in outcomes if fact["naive"]]),
        ("Fitted to this event", [f"{each['what']}, to: {each['to']}" for each in made["fitted"]]),
        ("Left out", made["left_out"]),
        ("Could not be left out", made["not_left_out"]),
        ("How to read it", [*made["reading"], _coverage(made)]),
    ):
        if lines:
            out.print(f"\n{title}", style="bold")
        for line in lines:
            out.print(f"- {line}", markup=False)


def _outcomes(facts: list[dict[str, Any]]) -> Table:
    made = _table("outcome", "observed", "foretold", "nights so", "inside", "score", "naive", "score")
    for fact in facts:
        naive = fact["naive"]
        made.add_row(
            fact["id"],
            observed(fact),
            _interval(fact),
            _nights(fact),
            {True: "yes", False: "NO", None: "-"}[fact["inside"]],
            "-" if fact["score"] is None else three(fact["score"]),
            span(naive["low"], naive["high"]) if naive else "none",
            three(naive["score"]) if naive and naive["score"] is not None else "-",
        )
    return made


def _others(facts: list[dict[str, Any]]) -> Table:
    made = _table("not scored", "kind", "observed", "in the model", "nights so", "agrees")
    for fact in facts:
        agrees = {True: "yes", False: "NO", None: "-"}[fact["agrees"]]
        made.add_row(fact["id"], fact["kind"], observed(fact), _interval(fact), _nights(fact), agrees)
    return made


def _table(*columns: str) -> Table:
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def _interval(fact: dict[str, Any]) -> str:
    found = fact["interval"]
    return span(found["low"], found["high"]) if found else "no night" if fact["figure"] else "-"


def _nights(fact: dict[str, Any]) -> str:
    """Return in how many nights the figure was as observed."""
    return "-" if fact["nights_as_observed"] is None else f"{fact['nights_as_observed']}/{fact['interval']['n']}"


def rules(made: dict[str, Any]) -> str:
    """Return in brackets which rule sets bind whom, ` (PL, NL: this-set; IT: that-set)`; empty where none are known."""
    bound: dict[str, list[str]] = {}
    for state, ruleset in made["rules"].items():
        bound.setdefault(ruleset, []).append(state)
    said = "; ".join(f"{', '.join(states)}: {ruleset}" for ruleset, states in bound.items())
    return f" ({said})" if said else ""


def verdict(made: dict[str, Any]) -> str:
    """Return in one sentence how many outcomes lie outside, and which."""
    outside = [fact["id"] for fact in made["facts"] if fact["inside"] is False]
    if not made["scored"]:
        why = "" if any(fact["kind"] == "outcome" for fact in made["facts"]) else ": no fact of it is an outcome"
        return f"No outcome could be scored{why}."
    if outside:
        among = plural(made["scored"], "outcome")
        return f"{len(outside)} of {among} lie outside: {', '.join(outside)}. The model fails there."
    return f"All {plural(made['scored'], 'outcome')} that can be scored lie inside."


def _described(fact: dict[str, Any]) -> str:
    said = f"{fact['id']}: {fact['what']} [{fact['grade']}: {'; '.join(fact['sources'])}]"
    return f"{said} {fact['note']}" if fact["note"] else said


def _coverage(made: dict[str, Any]) -> str:
    found = [fact["interval"] for fact in made["facts"] if fact["interval"]]
    covers = min((each["coverage"] for each in found), default=0.0)
    few = ", too few for 80 %: the widest there is" if covers < made["level"] - 1e-9 else ""
    covered = f"Each interval covers one more night of the model with {100 * covers:.0f} % or more{few}."
    return f"'nights so': nights in which it was as observed. {covered}"

"""`holdfire answer`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import Parameter

from holdfire.answer.answer import answer
from holdfire.answer.beaten import CLEARLY
from holdfire.answer.next_rung import next_rungs
from holdfire.cli.compare import between, plain
from holdfire.cli.output import Json, console, plural, print_json, table
from holdfire.errors import InputError
from holdfire.report.kept import keep
from holdfire.study.phrases import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table


_CLOSING: Final = {"closing": "closing, M€", "exposed": "exposed, min"}
"""Columns of the trade-off that only a scenario with airports that may close has."""


def answer_(
    results: Path,
    *,
    base: Annotated[str | None, Parameter(help="option that the others are compared with; the first")] = None,
    json: Json = False,
) -> int:
    """Say what survives ignorance: trade-off, front, regret, shares of the space, and which unknown flips what.

    Parameters
    ----------
    results
        Folder that `holdfire explore` wrote, finished or not; of one by `holdfire run`, the trade-off only.
    """
    kept = keep(results)
    if kept.results is None:
        message = " ".join(kept.problems)
        raise InputError(message)
    made = answer(kept.results, base)
    made["next_rung"] = next_rungs(results, kept.results, made["base"]) if kept.state == "finished" else []
    if json:
        print_json("answer", **made, problems=list(kept.problems))
        return 0
    out = console()
    for problem in kept.problems:
        out.print(problem, soft_wrap=True)
    show(out, made, results)
    return 0


def show(out: Console, made: dict[str, Any], results: Path) -> None:
    """Print an answer."""
    scenario = made["scenario"]
    out.print(f"{scenario['title']}  ({scenario['id']}, {scenario['kind']})", style="bold")
    space = made["space"]
    where = f"{plural(made['points'], 'point')} of the space of unknowns, " if made["explored"] else ""
    out.print(f"{where}{plural(made['nights'], 'night')}{' at each' if where else ''}, seed {made['seed']}")
    said = [*made["reversals"], *made["sentences"]]
    for place, sentence in enumerate(said, start=1):
        out.print(f"\n{place}. {sentence}")
    _tables(out, made)
    if made["reacted"]:
        out.print("\nOnce the other side reacts: each option with its reaction where that was run, else as it is.")
        for place, sentence in enumerate(made["reacted"]["sentences"], start=len(said) + 1):
            out.print(f"\n{place}. {sentence}")
        _tables(out, made["reacted"], " once the other side reacts")
    _next_rung(out, made)
    if space:
        out.print(f"Unknowns: {plural(len(space['unknowns']), 'place')}, each fixed at a point; all in the manifest.")
        for each in space["measures"]:
            out.print(f"{each['id']}: {each['label']}; rests on {each['effective_points']:.0f} points.")
        out.print(
            "In brackets: 95 %, points and nights drawn again. Few nights at a point blur shares towards evenness."
        )
    elif not made["explored"]:
        out.print(f"No unknown was moved: holdfire explore {scenario['id']} tells what survives them.", soft_wrap=True)
    else:
        out.print(f"Too few points for shares: holdfire explore … --out {results} --resume --points 64", soft_wrap=True)
    for line in made["cautions"]:
        out.print(line)


def _tables(out: Console, made: dict[str, Any], when: str = "") -> None:
    """Print the tables of options that are held against one another."""
    out.print(_tradeoff(made, when))
    out.print(_regret(made, when))
    if made["space"]:
        for drawn in _shares(made, when):
            out.print(drawn)


def _next_rung(out: Console, made: dict[str, Any]) -> None:
    """Print what turns on what options signal, which no night shows."""
    for each in made["next_rung"]:
        out.print(f"- {each['text']}", markup=False, soft_wrap=True)


def _front_words(row: dict[str, Any]) -> str:
    """Return whether an option is on the front; `not clear` where it is beaten on average only."""
    return {None: "yes", CLEARLY: "no"}.get(row["beaten"], "not clear")


def _tradeoff(made: dict[str, Any], when: str) -> Table:
    shown = [name for name in _CLOSING if name in made["tradeoff"][0]]
    extra = [_CLOSING[name] for name in shown]
    base, of = made["base"], "point" if made["explored"] else "night"
    counted = "met" if "met" in made["tradeoff"][0] else "stopped"
    columns = ("", counted, f"wronged, ratio to {base}", "cost, M€", *extra, "rung own/other", "front")
    drawn = table(*columns, title=f"\nTrade-off, a night{when}")
    for row in made["tradeoff"]:
        rungs = "/".join(plain(row["rungs"][side]["value"]) for side in ("own", "other"))
        rungs += f", stands on {row['standing']}" if row["standing"] else ""
        closed = [_mean(row[name], of) for name in shown]
        drawn.add_row(
            row["option"], _mean(row[counted], of), ratio_words(row["ratio"]), _mean(row["cost"], of), *closed, rungs,
            _front_words(row),
        )  # fmt: skip
    return drawn


def _mean(found: dict[str, Any], counted: str) -> str:
    """Return a mean with its interval, or the bound where none was seen at any point or in any night."""
    if found["none_seen"]:
        where = "at" if counted == "point" else "in"
        return f"none {where} {plural(found['n'], counted)}, so fewer than {percent(found['share_below'])} %"
    return between(found)


def ratio_words(ratio: dict[str, Any] | None) -> str:
    """Return a ratio of wrongful engagement, or its bound."""
    if ratio is None:
        return "1"
    for bound in ("below", "above"):
        if ratio[bound] is not None:
            return f"{bound} {plain(ratio[bound])}"
    return "none in either" if ratio["value"] is None else between(ratio)


def _regret(made: dict[str, Any], when: str) -> Table:
    names = [each["name"] for each in made["objectives"]]
    title = f"\nRegret{when}: how much worse than the best at the same point, largest (mean)"
    drawn = table("", *(each["label"] for each in made["objectives"]), title=title)
    for option in made["options"]:
        found = [made["regret"][name][option["id"]] for name in names]
        drawn.add_row(option["id"], *(f"{plain(each['max'])} ({plain(each['mean'])})" for each in found))
    return drawn


def _shares(made: dict[str, Any], when: str) -> Iterator[Table]:
    """Yield a table a question, an option a row, a measure of the space a column."""
    space = made["space"]
    for question, by_measure in space["shares"].items():
        if question.startswith("alone_"):
            continue
        drawn = table("", *by_measure, title=f"\nShare of the space{when}, %: {space['questions'][question]}")
        for option in made["options"]:
            parts = [found[option["id"]] for found in by_measure.values()]
            shown = (f"{percent(p['value'])} ({percent(p['low'])} to {percent(p['high'])})" for p in parts)
            drawn.add_row(option["id"], *shown)
        yield drawn

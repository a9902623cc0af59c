"""`holdfire validate --all`: every incident that ships, left out of its own forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.markup import escape
from rich.table import Table

from holdfire.cli.output import plural
from holdfire.cli.progress import progress
from holdfire.cli.validate_words import observed, span
from holdfire.study.each_incident import foretold, with_outcomes
from holdfire.study.validate_all import whole
from holdfire.units import three

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

_ANSWER: Final = {True: "yes", False: "NO", None: "-"}


def validated(folder: Path, replications: int, seed: int, workers: int) -> dict[str, Any]:
    """Rehearse every incident that ships, or continue what the folder holds, and hold all against what happened."""
    incidents, left = [], {}
    for name, why_not in with_outcomes().items():
        if why_not:
            left[name] = why_not
            continue
        with progress() as tell:
            incidents.append(foretold(name, folder / name, replications, seed, workers, tell))
    return whole(incidents, replications, seed) | {"without_outcomes": left}


def show(out: Console, made: dict[str, Any]) -> None:
    """Print all incidents: each fact without its incident, what was left out of each, and the bars."""
    nights = plural(made["replications"], "night")
    out.print(f"{plural(len(made['incidents']), 'incident')}, {nights} of each, seed {made['seed']}", style="bold")
    out.print(_facts(made["incidents"]))
    out.print(_left_out(made["incidents"]))
    for name, why in made["without_outcomes"].items():
        out.print(f"{name}: not foretold, since {why}", markup=False)
    for title, name in (("Without the incident: the bar", "left_out"), ("As written: no bar", "as_written")):
        out.print(f"\n{title}", style="bold")
        for line in lines(made[name]):
            out.print(f"- {line}", markup=False)
    out.print(f"\n{verdict(made)}", style="bold")
    out.print("\nHow to read it", style="bold")
    for line in made["reading"]:
        out.print(f"- {line}", markup=False)


def _facts(incidents: list[dict[str, Any]]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("outcome", "observed", "as written", "in", "without it", "in", "score", "naive", "score"):
        made.add_column(column, overflow="fold")
    for each in incidents:
        made.add_row(each["scenario"], style="bold")
        for row in rows(each):
            made.add_row(*row)
    return made


def rows(incident: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return what is shown of each scored outcome of an incident, as many columns as the table has."""
    out: list[tuple[str, ...]] = []
    for written, blind in zip(incident["as_written"], incident["left_out"], strict=True):
        if blind["inside"] is None:
            continue
        naive = blind["naive"]
        other = (span(naive["low"], naive["high"]), three(naive["score"])) if naive else ("none", "-")
        kept = written["interval"], blind["interval"]
        foretold_as, foretold_without = (span(found["low"], found["high"]) for found in kept)
        out.append(
            (
                str(blind["id"]), observed(blind), foretold_as, _ANSWER[written["inside"]], foretold_without,
                _ANSWER[blind["inside"]], three(blind["score"]), *other,
            )
        )  # fmt: skip
    return out


def _left_out(incidents: list[dict[str, Any]]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("incident", "what was left out of its forecast, or why nothing was, and what could not be"):
        made.add_column(column, overflow="fold")
    for each in incidents:
        made.add_row(each["scenario"], escape(left_out(each)))
    return made


def left_out(incident: dict[str, Any]) -> str:
    """Say what of an incident was left out of its forecast, and what could not be."""
    if incident["missing"]:
        return f"could not be left out, and is not counted: nothing stands instead of {', '.join(incident['missing'])}."
    said = []
    for state, name in incident["replaced"].items():
        said.append(f"{name} of {state}")
    parts = [f"left out {', '.join(said)}; instead {', '.join(incident['instead'])}"] if said else []
    if incident["kept"] and not said:
        parts.append(f"no rule set left out, since none rests on anything since: {', '.join(incident['kept'])}")
    if incident["restated"]:
        parts.append(f"stated anew: {', '.join(each['address'] for each in incident['restated'])}")
    if incident["stays"]:
        parts.append(f"not left out: {' '.join(incident['stays'])}".removesuffix("."))
    return ". ".join(parts) + "." if parts else "nothing in it was made from the incident but its inputs."


def lines(found: dict[str, Any]) -> list[str]:
    """Return what all outcomes come to, a line a measure."""
    if not found["n"]:
        return ["n = 0: there is nothing to hold it against."]
    low, high = found["allowed"]["low"], found["allowed"]["high"]
    chance = found["by_chance"]
    out = [
        f"n = {found['n']} outcomes, {found['inside']} inside the 80 % interval ({100 * found['share']:.0f} %); "
        f"a true 80 % gives {low} to {high} (95 %): {'within' if found['within'] else 'OUTSIDE'}",
        f"by the nights themselves, of as coarse facts, {chance['mean']:.1f} would lie inside "
        f"({chance['low']} to {chance['high']}, 95 %){_beyond(found)}",
    ]
    width = found["width"]
    if width["n"]:
        out.append(f"median width {width['median']:.2f} of the naive forecaster's, of {width['n']} outcomes")
    if not found["gain"]:
        return [*out, "no outcome has a naive forecaster"]
    mean, share = found["gain"], found["won_share"]
    within = f" ({mean['low']:+.2f} to {mean['high']:+.2f}, 95 %)" if mean["low"] is not None else ""
    doubt = ", which does not tell them apart" if mean["low"] is not None and mean["low"] <= 0 <= mean["high"] else ""
    out.append(
        f"interval score better than the naive forecaster's for {found['won']} of {found['naive']} outcomes, worse for "
        f"{found['lost']}" + (f" (better: {100 * (share['low'] or 0):.0f} to {100 * share['high']:.0f} % of those that "
        "differ, 95 %)" if share else "")
    )  # fmt: skip
    out.append(f"mean gain {mean['value']:+.2f}{within}{doubt}: {'better' if found['better'] else 'NOT better'}")
    return out


def _beyond(found: dict[str, Any]) -> str:
    """Say where the count is not what the nights themselves would give."""
    side = _side(found)
    return f": {found['inside']} are {'fewer' if side < 0 else 'more'}, which is no bar" if side else ""


def _side(found: dict[str, Any]) -> int:
    """Return -1 or +1 where fewer or more lie inside than the nights themselves would give; else 0."""
    return int(found["inside"] > found["by_chance"]["high"]) - int(found["inside"] < found["by_chance"]["low"])


def verdict(made: dict[str, Any]) -> str:
    """Say in one sentence whether the bar is met, what of it is not, and beside it what its own nights say of a count.

    The bar asks for as many inside as a true 80 % has. Facts so coarse that more of a true model's nights lie inside
    may meet it and still show a model that is too sure.
    """
    found, failed = made["left_out"], []
    if made["not_counted"]:
        failed.append(f"{', '.join(made['not_counted'])} could not be left out")
    if not found["within"]:
        failed.append("the share inside is not that of an 80 % interval")
    if not found["better"]:
        failed.append("the interval score is not better than the naive forecaster's")
    if failed:
        said = f"The bar is NOT MET: {'; '.join(failed)}"
    else:
        said = (
            "The bar is met: the share inside is that of an 80 % interval, and the interval score is better than the "
        )
        said += "naive forecaster's"
    if not (found["n"] and _side(found)):
        return f"{said}."
    sure = "surer of itself than it may be" if _side(found) < 0 else "less sure of itself than it might be"
    low, high = found["by_chance"]["low"], found["by_chance"]["high"]
    return (
        f"{said}; beside the bar, facts as coarse as these would lie inside {low} to {high} times by the nights "
        f"themselves, and {found['inside']} do, so that the model is {sure}."
    )

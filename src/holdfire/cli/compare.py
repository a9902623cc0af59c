"""`holdfire compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from rich import box
from rich.table import Table

from holdfire.cli.output import Json, console, plural, print_json
from holdfire.study.compare import compare
from holdfire.study.estimate import none_seen
from holdfire.study.figures import CAUSES
from holdfire.study.record import known
from holdfire.study.results import load
from holdfire.study.stress import is_stale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

_ASSUMED_SHOWN = 9
_GLANCE = {
    "entered": "entered", "tracked": "tracked", "intercepted": "met", "engaged": "engaged", "stopped": "stopped",
    "arrived": "arrived",
}  # fmt: skip
"""Figures of the first table, each with a heading short enough for a narrow terminal; `met` is by fighters."""


_NAME = 30
"""Letters of an option's name that fit beside the first table in 80 columns."""


def compare_(
    results: Path,
    *,
    base: Annotated[str | None, Parameter(help="option that the others are compared with; the first")] = None,
    json: Json = False,
) -> int:
    """Compare the options of a study: every figure with its interval, options by paired differences.

    Parameters
    ----------
    results
        Folder that `holdfire run` wrote.
    """
    kept = load(results)
    made = compare(kept, base, known(results, kept.manifest))
    if json:
        print_json("comparison", **made)
        return 0
    out = console()
    show(out, made, results)
    if is_stale(results):
        out.print(f"stress.json is of other results and was left out: holdfire stress {results}", soft_wrap=True)
    return 0


def show(out: Console, made: dict[str, Any], results: Path | None) -> None:
    """Print a comparison; `results` is the folder that it is kept in, if it is."""
    scenario, nights = made["scenario"], made["nights"]
    out.print(f"{scenario['title']}  ({scenario['id']}, {scenario['kind']})", style="bold")
    out.print(f"{plural(nights, 'night')} under each of {plural(len(made['options']), 'option')}, seed {made['seed']}")
    _sentences(out, made["sentences"], results)
    _assumed(out, made["assumptions"], results)
    out.print(_glance(made))
    for group in made["groups"]:
        if group["id"] == CAUSES:
            out.print(_causes(group["title"], group["figures"], made))
            continue
        for reading, draw in _TABLES.items():
            figures = [figure for figure in group["figures"] if figure["reading"] == reading]
            if figures:
                out.print(draw(group["title"], figures, made))
    for line in (*_legend(made), *made["cautions"]):
        out.print(line)


def _sentences(out: Console, sentences: list[dict[str, str]], results: Path | None) -> None:
    """Print the three sentences, and below each what turns it round."""
    for place, sentence in enumerate(sentences, start=1):
        out.print(f"\n{place}. {sentence['text']}", markup=False)
        flips = sentence["flips"].replace("RESULTS", str(results)) if results else sentence["flips"]
        out.print(f"   {flips}", style="dim", markup=False)


def _assumed(out: Console, assumptions: list[dict[str, Any]], results: Path | None) -> None:
    """Print what is assumed, beginning with what bears most on the conclusions, and where the rest is."""
    if not assumptions:
        return
    out.print(f"\nAssumed: {plural(len(assumptions), 'number')} that no public source gives", style="bold")
    for each in assumptions[:_ASSUMED_SHOWN]:
        out.print(f"  {each['place']}: {each['value']}")
    if len(assumptions) > _ASSUMED_SHOWN:
        where = results / "assumptions.json" if results else "what holdfire run keeps"
        out.print(f"  and {len(assumptions) - _ASSUMED_SHOWN} more in {where}")


def _glance(made: dict[str, Any]) -> Table:
    """Return means of the main counts, an option a row."""
    figures = {figure["name"]: figure["options"] for group in made["groups"] for figure in group["figures"]}
    table = _table(title="\nAt a glance")
    table.padding = 0
    table.add_column("mean a night", overflow="fold")
    for heading in _GLANCE.values():
        table.add_column(heading, no_wrap=True)
    for option in made["options"]:
        name = option["id"]
        # a long name is broken between its parts, and no heading or number is
        parts = name.replace("+", "+\n").replace("~", "\n~") if len(name) > _NAME else name
        table.add_row(parts, *(plain(figures[figure][name]["estimate"]["value"]) for figure in _GLANCE))
    return table


def _means(title: str, figures: list[dict[str, Any]], made: dict[str, Any]) -> Table:
    table = _table("", "a night", f"against {made['base']}", "pairing", title=title)
    return _filled(table, figures, made, _mean, _mean_against)


def _medians(title: str, figures: list[dict[str, Any]], made: dict[str, Any]) -> Table:
    table = _table("", "median night", "n", f"against {made['base']}", "n", title=title)
    return _filled(table, figures, made, _median, _median_against)


def _rare(title: str, figures: list[dict[str, Any]], made: dict[str, Any]) -> Table:
    table = _table("", "nights with any", f"ratio to {made['base']}", title=title)
    return _filled(table, figures, made, _share, _ratio)


def _causes(title: str, figures: list[dict[str, Any]], made: dict[str, Any]) -> Table:
    """Return every cause in one table, seen or not: in how many nights, and how many engagements or people in all."""
    table = _table("", "nights with any", "in all", f"ratio to {made['base']}", title=title)
    return _filled(table, figures, made, lambda found: [*_share(found), _in_all(found["total"])], _ratio)


def _in_all(total: float) -> str:
    return f"{total:.0f}" if total == round(total) else plain(total)


def _ranks(title: str, figures: list[dict[str, Any]], made: dict[str, Any]) -> Table:
    table = _table("", "median night", f"higher than {made['base']}", "lower", title=title)
    return _filled(table, figures, made, lambda found: _median(found)[:1], _shift)


_TABLES: dict[str, Callable[[str, list[dict[str, Any]], dict[str, Any]], Table]] = {
    "mean": _means,
    "median": _medians,
    "rare": _rare,
    "rank": _ranks,
}


def _table(*columns: str, title: str) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for position, column in enumerate(columns):
        made.add_column(column, no_wrap=position == 0, overflow="fold")
    return made


def _filled(
    table: Table,
    figures: list[dict[str, Any]],
    made: dict[str, Any],
    one: Callable[[dict[str, Any]], list[str]],
    two: Callable[[dict[str, Any]], list[str]],
) -> Table:
    """Give each figure its rows: one for all where every option is alike in every night, else one an option."""
    for figure in figures:
        label = figure["label"] + (f", {figure['unit']}" if figure["unit"] else "")
        found = figure["options"]
        if len(found) > 1 and not any(option["differing"] for option in found.values()):
            table.add_row(label, *one(found[made["base"]]), "all alike")
            continue
        table.add_row(label, style="bold")
        for name, option in found.items():
            alike = [] if option["against_base"] is None else ["alike"]
            against = two(option["against_base"]) if option["differing"] else alike
            table.add_row(f"  {name}", *one(option), *against)
    return table


def _mean(found: dict[str, Any]) -> list[str]:
    estimate = found["estimate"]
    return ["none seen" if estimate["none_seen"] else _plus_minus(estimate)]


def _mean_against(against: dict[str, Any]) -> list[str]:
    difference = against["difference"]
    return [_plus_minus(difference, "+"), _pairing(difference["variance_ratio"])]


def _median(found: dict[str, Any]) -> list[str]:
    return [between(found["estimate"]), str(found["estimate"]["n"])]


def _median_against(against: dict[str, Any]) -> list[str]:
    return [between(against["difference"], "+"), str(against["difference"]["n"])]


def _share(found: dict[str, Any]) -> list[str]:
    share = found["nights_with_any"]
    if share["k"] == 0:
        return [f"none in {share['n']}: below {_percent(share['high'])} %"]
    return [f"{share['k']} of {share['n']}: {_percent(share['low'])} to {_percent(share['high'])} %"]


def _ratio(against: dict[str, Any]) -> list[str]:
    ratio = against["ratio"]
    few = ", on few" if ratio["few"] else ""
    for bound in ("below", "above"):
        if ratio[bound] is not None:
            return [f"{bound} {plain(ratio[bound])}{few}"]
    return ["none in either" if ratio["value"] is None else between(ratio) + few]


def _shift(against: dict[str, Any]) -> list[str]:
    return [
        f"{share['k']} of {share['n']} nights" if share["k"] else f"none in {share['n']}"
        for share in (against["shift"]["higher"], against["shift"]["lower"])
    ]


def _legend(made: dict[str, Any]) -> Iterator[str]:
    nights, bound = made["nights"], _percent(none_seen(made["nights"], made["level"]))
    for option in made["options"]:
        if option["standing"]:
            yield f"{option['id']}: the option itself stands on rung {option['standing']} of our own side's."
    yield "Intervals are of 95 %: Student's for means (±), between order statistics for medians,"
    yield "Clopper and Pearson's for shares, log-delta for ratios; on few: fewer than 5 nights."
    yield f"none seen, alike: in none of {plural(nights, 'night')}, so in fewer than {bound} % of nights."
    yield "pairing: variance of the paired difference over an unpaired one's; below 1 it gained."
    for option in made["options"][1:]:
        yield f"{option['id']}: {option['nights_as_base']} of {nights} nights flew exactly as {made['base']}."


def _plus_minus(found: dict[str, Any], sign: str = "") -> str:
    value, low, high = found["value"], found["low"], found["high"]
    if value is None:
        return "no night"
    digits = _digits(value, low, high)
    if low is None:
        return f"{value:{sign}.{digits}f}"
    return f"{value:{sign}.{digits}f}" + (" every night" if low == high else f" ± {high - value:.{digits}f}")


def between(found: dict[str, Any], sign: str = "") -> str:
    """Return an estimate with its interval."""
    value, low, high = found["value"], found["low"], found["high"]
    if value is None:
        return "no night"
    digits = _digits(value, low, high)
    shown = f"{value:{sign}.{digits}f}"
    return shown if low is None else f"{shown} ({low:{sign}.{digits}f} to {high:{sign}.{digits}f})"


def _digits(value: float, low: float | None = None, high: float | None = None) -> int:
    """Return decimals that show three figures of the largest number, none where all are whole."""
    numbers = [value, *(end for end in (low, high) if end is not None)]
    if len(numbers) > 1 and all(number == round(number) for number in numbers):
        return 0
    size = max(map(abs, numbers))
    return next((digits for digits, least in ((0, 100.0), (1, 10.0), (2, 1.0)) if size >= least), 3)


def plain(value: float | None) -> str:
    """Return a number with the decimals that show three figures."""
    return "no night" if value is None else f"{value:.{_digits(value)}f}"


def _percent(share: float) -> str:
    return f"{100 * share:.{0 if share >= 0.1 else 1 if share >= 0.01 else 2}f}"


def _pairing(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"

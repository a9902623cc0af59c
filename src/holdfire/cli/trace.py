"""`holdfire trace`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from holdfire.cli.output import Json, console, print_json
from holdfire.clock import format_utc, parse_utc
from holdfire.messages.caution import CAUTION
from holdfire.report.tell import chain_data, flips_data, reasons
from holdfire.study.trace import Told, trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from holdfire.messages.story import Entry, Flip


def trace_(
    results: Path,
    *,
    option: Annotated[str, Parameter(help="id of the option")],
    replication: Annotated[int, Parameter(help="number of the replication, from 0")],
    aircraft: Annotated[str, Parameter(help="D01 ... intruders, F01 ... strays, A0123 any by its place")],
    json: Json = False,
) -> int:
    """Tell one aircraft's night, ruling by ruling, by replaying it.

    Parameters
    ----------
    results
        Folder that `holdfire run` wrote.
    """
    told = trace(results, option, replication, aircraft)
    if json:
        print_json("trace", **as_data(told))
        return 0
    show(console(), told)
    return 0


def as_data(told: Told) -> dict[str, Any]:
    """Return a story for JSON."""
    story = asdict(told.story)
    for entry, of in zip(story["entries"], told.story.entries, strict=True):
        entry["flips"] = flips_data(of.flips)
    return {
        "scenario": told.scenario,
        "seed": told.seed,
        "aircraft": told.aircraft,
        "place": story.pop("aircraft"),
        **story,
        "facts": {label: text for label, text in told.story.facts},  # noqa: C416  # of pairs, a mapping
        "chain": chain_data(told.story),
        "same_as_kept": told.same,
        "caution": CAUTION,
    }


def show(out: Console, told: Told) -> None:
    """Print a story as a timeline."""
    story = told.story
    out.print(f"{told.aircraft} in replication {story.replication} under {story.option}", style="bold")
    out.print(f"{told.scenario}, seed {told.seed}")
    for label, text in story.facts:
        out.print(f"  {label}: {text}")
    if story.verdict:
        out.print(story.verdict)
    if not told.same:
        out.print("This replay is not the night of the results: the code or the library has changed since.")
    out.print()
    begin_s, ruled = parse_utc(story.start), dict[str, object]()
    for entry in story.entries:
        _entry(out, entry, format_utc(begin_s + entry.time_s)[11:19], ruled)
    out.print(f"\nArchetypes, not the rules in force of any state. {CAUTION}")


def _entry(out: Console, entry: Entry, clock: str, ruled: dict[str, object]) -> None:
    """Print one entry; of a ruling what has changed since the last, which `ruled` holds by action."""
    said = " (as it really was)" if entry.kind == "truth" else ""
    _line(out, f"{clock}Z ", f"{entry.text}{said}")
    for allowed in entry.permitted:
        if not _is_news(ruled, allowed.action, (allowed.authorities, allowed.rules)):
            continue
        authorities = " or ".join(allowed.authorities) or "nobody"
        _line(out, " " * 12, f"{allowed.action} permitted, by authority of {authorities} ({', '.join(allowed.rules)})")
    for denied in entry.withheld:
        if not _is_news(ruled, denied.action, reasons(denied)):
            continue
        caveats = f" by {', '.join(denied.caveats)}" if denied.caveats else ""
        _line(out, " " * 12, f"{denied.action} withheld{caveats}")
        for rule in denied.forbidden_by:
            _line(out, " " * 14, f"forbidden: {rule}")
        for rule in denied.missing:
            _line(out, " " * 14, f"missing: {rule}")
    _flips(out, entry.flips, ruled)


def _flips(out: Console, flips: Sequence[Flip], ruled: dict[str, object]) -> None:
    told = [(flip, [(each.item, each.after) for each in flip.changes]) for flip in flips]
    if told and _is_news(ruled, "flips", [(flip.to, items) for flip, items in told]):
        for flip, _ in told:
            changes = " and ".join(f"{each.item} {each.after} (it was {each.before})" for each in flip.changes)
            _line(out, " " * 12, f"engage would be {flip.to} with {changes}")


def _is_news(ruled: dict[str, object], action: str, reasons: object) -> bool:
    news = ruled.get(action) != reasons
    ruled[action] = reasons
    return news


def _line(out: Console, head: str, text: str) -> None:
    """Print a line whose wrapped rest stands under its text."""
    grid = Table.grid(padding=0)
    grid.add_column(width=len(head), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(head, text)
    out.print(grid)

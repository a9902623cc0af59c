"""`holdfire coverage`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.output import Json, console, plural, print_json, table
from holdfire.cli.progress import progress
from holdfire.cli.sheet import Html
from holdfire.coverage.answer import HEIGHTS_M, UNTIL_S, WITHIN_S, Answer, Asked, answer, differences, told
from holdfire.coverage.border import CELL_M
from holdfire.coverage.intruder import TYPE, intruder
from holdfire.errors import InputError
from holdfire.scenario.load import load_scenario

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.scenario.load import Loaded


def coverage_(  # noqa: PLR0913  # what the command line takes
    scenario: str,
    *,
    heights: Annotated[str, Parameter(help="above the ground, m")] = ",".join(f"{each:g}" for each in HEIGHTS_M),
    rcs: Annotated[float | None, Parameter(help="radar cross section, m²; that of the platform")] = None,
    speed: Annotated[float | None, Parameter(help="m/s; the platform's cruise")] = None,
    platform: Annotated[str, Parameter(help="type of the intruder: an id, or a path")] = TYPE,
    below: Annotated[float, Parameter(help="chance of detection in a scan below which a cell is unwatched")] = 0.5,
    option: Annotated[
        str | None, Parameter(name=["--option", "--options"], help="ids, as a,b, the catalogue's too; the first")
    ] = None,
    facing: Annotated[str | None, Parameter(help="states on the other side, as RU,BY; by the scenario")] = None,
    passages: Annotated[int, Parameter(help="of one minute, in each cell")] = 60,
    entries: Annotated[int, Parameter(help="of those, followed for half an hour")] = 12,
    seed: Annotated[int, Parameter(help="of all random numbers")] = 1,
    html: Html = None,
    json: Json = False,
) -> int:
    """Say how much of a border is watched, at which heights, and how long an intruder stays unseen.

    Below 300 m the answer is *terrain unknown* unless the scenario brings a finer elevation model of its own.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file with one's own sensors.
    """
    asked = Asked(
        _numbers(heights), below, passages, entries, rcs, speed, platform,
        tuple(facing.split(",")) if facing else (), seed,
    )  # fmt: skip
    asked.check()
    loaded, named = _loaded(scenario, option)
    with progress() as tell:
        made = [answer(loaded.under(name), loaded.folder, asked, tell) for name in named]
    if html:
        _write(html, loaded, made[0], asked)
    if json:
        print_json("coverage", **_document(loaded, made, asked))
        return 0
    show(console(), loaded, made, asked)
    return 0


def _numbers(given: str) -> tuple[float, ...]:
    try:
        return tuple(float(each) for each in given.split(","))
    except ValueError:
        message = f"--heights {given}: give metres above the ground, as 300,1000"
        raise InputError(message) from None


def _loaded(scenario: str, options: str | None) -> tuple[Loaded, list[str]]:
    """Return a scenario with the options asked for, its own or the catalogue's, and their ids."""
    loaded = load_scenario(scenario)
    own = [each.id for each in loaded.scenario.options]
    named = [each.strip() for each in options.split(",") if each.strip()] if options else own[:1]
    also = [each for each in dict.fromkeys(named) if each not in own]
    return (load_scenario(scenario, also) if also else loaded), named


def _document(loaded: Loaded, made: list[Answer], asked: Asked) -> dict[str, Any]:
    enters = intruder(asked.platform, asked.rcs_m2, asked.speed_m_s, loaded.folder)
    return {
        "scenario": loaded.scenario.id,
        "intruder": {"rcs_m2": enters.rcs_m2, "speed_m_s": enters.speed_m_s, "said": enters.said},
        "faced": list(made[0].border.faced),
        "cell_km": CELL_M / 1000.0,
        "below": asked.below,
        "until_min": UNTIL_S / 60.0,
        "track_within_s": WITHIN_S,
        "options": [told(each, asked) for each in made],
        "differences": differences(made),
        "availability": availability(made[0]),
    }


def availability(made: Answer) -> dict[str, float]:
    """Return the share of the time in which each sensor works, by id, outages and hours on station counted."""
    shares: dict[str, float] = {}
    for place, name in enumerate(made.lay.names):
        carrier = int(made.lay.sensors.radar["carrier"][place])
        there = next((p.until_share - p.from_share for p in made.lay.patrols if carrier in p.places), 1.0)
        shares[name] = round(float(made.lay.available[place]) * there, 5)
    return shares


def show(out: Console, loaded: Loaded, made: list[Answer], asked: Asked) -> None:
    """Print the answer of every option."""
    out.print(f"{loaded.scenario.title}\n{_said(loaded, made[0], asked)}")
    for each in made:
        _show_one(out, told(each, asked), many=len(made) > 1)
    _compare(out, made)
    for line in (
        "scan: chance of a plot in one look of every sensor, outages allowed for",
        "track: chance of a confirmed track within a minute of the border, with its interval of 95 %",
        f"gaps: share of cells whose chance in a scan is below {asked.below:g}; runs: how long adjoining ones are",
        f"unseen: mean time from the border to a confirmed track, cut at {UNTIL_S // 60} min",
    ):
        out.print(line)
    out.print("Places of sensors that ship are made up, and so are the gaps. No gap's place is given.")


def _said(loaded: Loaded, made: Answer, asked: Asked) -> str:
    """Return what is looked at, and for what."""
    enters = intruder(asked.platform, asked.rcs_m2, asked.speed_m_s, loaded.folder)
    return (
        f"{plural(len(made.border.at_m), 'cell')} of 25 km, facing {', '.join(made.border.faced)}; an intruder of "
        f"{enters.rcs_m2:g} m² at {enters.speed_m_s:g} m/s ({enters.said})"
    )


def _show_one(out: Console, one: dict[str, Any], *, many: bool) -> None:
    if many:
        out.print(f"\n{one['option']}: {one['title']}", markup=False)
    for at in one["heights"]:
        if not at["known"]:
            out.print(
                f"\n{at['height_m']:g} m: terrain unknown (the coarse model says nothing so low; bring a finer one)"
            )
            continue
        made = table("state", "cells", "scan", "track in 1 min", "gaps", "runs, km", title=f"\n{at['height_m']:g} m")
        parts = {**at["states"], "all": at["all"]} if len(at["states"]) > 1 else at["states"]
        for name, part in parts.items():
            made.add_row(name, str(part["cells"]), f"{part['scan']:.2f}", _ranged(part["track_1min"], 2),
                         f"{part['unwatched_share']:.0%}", _runs(part["runs"]))  # fmt: skip
        out.print(made)
        out.print(f"unseen {_ranged(at['unseen_min'], 1)} min")
    out.print(f"\nscore: unseen for {_ranged(one['unseen_min'], 1)} min, over the heights known", style="bold")


def _ranged(of: dict[str, float | None] | None, digits: int) -> str:
    if of is None or of["value"] is None:
        return "not known"
    value = f"{of['value']:.{digits}f}"
    return (
        value
        if of["low"] is None or of["high"] is None
        else f"{value} ({of['low']:.{digits}f}-{of['high']:.{digits}f})"
    )


def _runs(runs: list[dict[str, float]]) -> str:
    return ", ".join(f"{each['km']:g}" + (f"x{each['count']}" if each["count"] > 1 else "") for each in runs) or "none"


def _compare(out: Console, made: list[Answer]) -> None:
    for each in differences(made):
        out.print(f"{each['option']} against {each['base']}: {_signed(each['unseen_min'])} min unseen", markup=False)


def _signed(of: dict[str, float | None]) -> str:
    ends = f" ({of['low']:+.2f} to {of['high']:+.2f})" if of["low"] is not None and of["high"] is not None else ""
    return f"{of['value']:+.2f}{ends}"


def _write(page: Path, loaded: Loaded, made: Answer, asked: Asked) -> None:
    from holdfire.report.coverage_page import coverage_page

    text = coverage_page(loaded.scenario, made, _document(loaded, [made], asked), _said(loaded, made, asked))
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{page} cannot be written ({error.strerror}): name another file"
        raise InputError(message) from None

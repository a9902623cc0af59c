"""`holdfire coverage`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.coverage_said import said, show
from holdfire.cli.output import Json, console, print_json
from holdfire.cli.progress import progress
from holdfire.cli.sheet import Html
from holdfire.coverage.answer import UNTIL_S, WITHIN_S, Answer, Asked, answer, differences, told
from holdfire.coverage.border import CELL_M
from holdfire.coverage.intruder import TYPE, intruder
from holdfire.coverage.propose import Proposal, added, propose, with_proposal
from holdfire.coverage.propose import told as proposed
from holdfire.errors import CapacityError, InputError
from holdfire.scenario.load import load_scenario
from holdfire.study.subject import listed

if TYPE_CHECKING:
    from holdfire.scenario.load import Loaded


def coverage_(  # noqa: PLR0913  # what the command line takes
    scenario: str,
    *,
    heights: Annotated[str, Parameter(help="above the ground, m")] = "100,300,1000,3000",
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
    place: Annotated[
        tuple[int, str] | None,
        Parameter(negative="", help="N orbits, radars, acoustic or exercise: cells where N more would help most"),
    ] = None,
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
    document = _document(loaded, made, asked)
    proposal = _propose(loaded, made, asked, place) if place else None
    if proposal:
        document["proposal"] = proposal[1]
    if html:
        _write(html, loaded, made[0], document, proposal[0] if proposal else None)
    if json:
        print_json("coverage", **document)
        return 0
    show(console(), document)
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
    named = list(listed(options)) if options is not None else own[:1]
    also = [each for each in dict.fromkeys(named) if each not in own]
    return (load_scenario(scenario, also) if also else loaded), named


def _document(loaded: Loaded, made: list[Answer], asked: Asked) -> dict[str, Any]:
    enters = intruder(asked.platform, asked.rcs_m2, asked.speed_m_s, loaded.folder)
    return {
        "scenario": loaded.scenario.id,
        "title": loaded.scenario.title,
        "intruder": {"rcs_m2": enters.rcs_m2, "speed_m_s": enters.speed_m_s, "said": enters.said},
        "faced": list(made[0].border.faced),
        "cells": len(made[0].border.at_m),
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


def _propose(
    loaded: Loaded, made: list[Answer], asked: Asked, place: tuple[int, str]
) -> tuple[Proposal, dict[str, Any]]:
    """Return cells for more, and what they add under every option and to the score of the first."""
    proposal = propose(loaded.under(made[0].option), loaded.folder, made[0], asked, *place)
    document = proposed(proposal)
    document["options"] = []
    for each in made:
        without, with_ = added(loaded.under(each.option), loaded.folder, each, asked, proposal)
        document["options"].append({"option": each.option, "seen_without": without, "seen_with": with_})
    better = with_proposal(loaded.under(made[0].option), proposal)
    try:
        after = answer(better, loaded.folder, asked._replace(minutes=asked.entries))
        document["unseen_min"] = differences([made[0], after])[0]["unseen_min"]
    except CapacityError as error:
        document["unseen_min"], document["why"] = None, str(error)
    return proposal, document


def _write(page: Path, loaded: Loaded, made: Answer, document: dict[str, Any], proposal: Proposal | None) -> None:
    from holdfire.report.coverage_page import coverage_page

    cells = proposal.cells if proposal else ()
    try:
        page.write_text(coverage_page(loaded.scenario, made, document, said(document), cells), encoding="utf-8")
    except OSError as error:
        message = f"{page} cannot be written ({error.strerror}): name another file"
        raise InputError(message) from None

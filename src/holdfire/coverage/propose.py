"""A proposal: in which cells N more of a kind would help most, what they add, and how near that is to the best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.coverage.border import CELL_M
from holdfire.coverage.candidates import Candidate, candidates, chances_of, watched, with_kits
from holdfire.coverage.exact import best
from holdfire.coverage.intruder import intruder
from holdfire.coverage.kits import KITS
from holdfire.coverage.place import GUARANTEE, Chances, greedy, value
from holdfire.errors import InputError
from holdfire.geo.frame import Frame
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from holdfire.coverage.answer import Answer, Asked
    from holdfire.scenario.schema import Scenario

    Json = dict[str, Any]

SMALL: Final = 40
"""Candidates of the small instance that is solved exactly: those that add most alone."""
SMALL_PLACES: Final = 300
MOST: Final = 20
"""Most to be placed."""


class Proposal(NamedTuple):
    """Cells, in the order in which they were chosen, and the share of border that a scan sees with so many of them."""

    kit: str
    cells: tuple[Candidate, ...]
    values: tuple[float, ...]
    small: Json | None
    """The small instance, solved exactly; nothing where no solver is installed."""


def propose(scenario: Scenario, near: Path | None, made: Answer, asked: Asked, number: int, kit: str) -> Proposal:
    """Return where so many more would help most, under the option of an answer.

    Raises `InputError` where fewer than one or more than `MOST` are to be placed, or no height is known.
    """
    if not 1 <= number <= MOST:
        message = f"{number} are to be placed: place 1 to {MOST}"
        raise InputError(message)
    squares, chances = _chances(scenario, near, made, asked, kit, None)
    chosen = greedy(chances, number)
    return Proposal(kit, tuple(squares[each] for each in chosen.chosen), chosen.values, _small(chances, number))


def added(scenario: Scenario, near: Path | None, made: Answer, asked: Asked, proposal: Proposal) -> tuple[float, float]:
    """Return the share of border that a scan sees under another option, without and with the cells proposed."""
    _, chances = _chances(scenario, near, made, asked, proposal.kit, proposal.cells)
    return value(chances, ()), value(chances, tuple(range(len(proposal.cells))))


def _chances(
    scenario: Scenario, near: Path | None, made: Answer, asked: Asked, kit: str, at: Sequence[Candidate] | None
) -> tuple[Sequence[Candidate], Chances]:
    heights = [each.height_m for each in made.heights if each.scan is not None]
    if not heights:
        message = "nothing is known at the heights asked: ask for 300 m or more, or bring a finer elevation model"
        raise InputError(message)
    area = scenario.area
    frame, half_m = (
        Frame(area.centre_lat_deg, area.centre_lon_deg),
        (area.half_width_km * KM_M, area.half_height_km * KM_M),
    )
    squares = at if at is not None else candidates(made.border, frame, half_m)
    enters = intruder(asked.platform, asked.rcs_m2, asked.speed_m_s, near)
    return squares, chances_of(scenario, near, watched(made.lay, made.border, enters, heights), kit, squares)


def _small(chances: Chances, number: int) -> Json | None:
    """Return greedy beside the best of a small instance."""
    few = np.sort(np.argsort(-(chances.each @ chances.unseen), kind="stable")[:SMALL])
    step = max(-(-chances.unseen.size // SMALL_PLACES), 1)
    small = Chances(chances.unseen[::step], chances.each[few][:, ::step])
    quick = greedy(small, number)
    try:
        found = best(small, number)
    except ImportError:
        return None
    most = found.bound - quick.values[0]
    return {
        "candidates": len(few),
        "places": int(small.unseen.size),
        "greedy_adds": quick.added,
        "best_adds": found.reached - quick.values[0],
        "none_adds_more_than": most,
        "greedy_share": quick.added / most if most > 0 else 1.0,
        "guaranteed": GUARANTEE,
    }


def told(proposal: Proposal) -> Json:
    """Return a proposal as JSON: cells of 25 km, counted east and north from the centre of the area."""
    return {
        "place": proposal.kit,
        "what": KITS[proposal.kit].title,
        "cell_km": CELL_M / KM_M,
        "cells": [
            {"state": each.state, "column": each.column, "row": each.row, "seen_with": with_}
            for each, with_ in zip(proposal.cells, proposal.values[1:], strict=True)
        ],
        "seen_without": proposal.values[0],
        "guaranteed": GUARANTEE,
        "small": proposal.small,
    }


def with_proposal(scenario: Scenario, proposal: Proposal) -> Scenario:
    """Return a scenario with what is proposed, beside its own sensors."""
    return with_kits(scenario, proposal.kit, proposal.cells)

"""Studies of three options whose figures are given, or drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np

from holdfire.messages.score import FIGURES
from holdfire.study.figures import COLUMN
from holdfire.study.results import Results
from support.draws import Draws

TITLES = {"was": "As it was", "look": "Only after a look", "radar": "On radar data"}


def study(nights: int = 40, options: tuple[str, ...] = ("was", "look", "radar"), **figures: Any) -> Results:
    """Nights of zeros, but for a figure's values by option."""
    arrays = {option: np.zeros((nights, len(FIGURES))) for option in options}
    for name, values in figures.items():
        for option, given in values.items():
            arrays[option][:, COLUMN[name]] = given
    manifest = {
        "scenario": {"id": "night", "title": "A night", "kind": "hypothetical", "sha256": "0", "data": _data(options)},
        "options": [{"id": option, "title": TITLES[option]} for option in options],
        "seed": 1,
        "replications": nights,
        "assumptions": [],
    }
    return Results(manifest, arrays, {option: [str(row.tobytes()) for row in rows] for option, rows in arrays.items()})


def _data(options: tuple[str, ...]) -> Any:
    rules = {"radar": {"rules": {"PL": "radar-permitted"}}}
    return {
        "states": [{"id": "PL", "guards": True, "ruleset": "visual-confirmation"}],
        "options": [{"id": option, "title": TITLES[option], **rules.get(option, {})} for option in options],
    }


def jagged(mean: float, spread: float, nights: int = 40) -> np.ndarray[Any, Any]:
    return mean + spread * np.where(np.arange(nights) % 2, 1.0, -1.0)


SOME = np.arange(40) % 8 == 0
MORE = np.arange(40) % 2 == 0


def drawn(name: int) -> Results:
    """A study at random: some figures alike, some never there, some far apart."""
    draws, nights = Draws(900 + name), 3 + 5 * name
    figures: dict[str, Any] = {}
    for figure in (
        "stopped",
        "wrongful_civil",
        "wrongful_friendly",
        "cost_own_meur",
        "peak_rung_own",
        "peak_rung_other",
    ):
        rare = figure.startswith("wrongful")
        same = draws.chance(0.2)
        figures[figure] = {}
        for option in TITLES:
            top = 1 + draws.below(6)
            values = np.array(
                [draws.below(top + 1) if not rare or draws.chance(0.2) else 0 for _ in range(nights)], float
            )
            figures[figure][option] = figures[figure].get("was", values) if same else values
    return study(nights, **figures)


STUDIES = [drawn(name) for name in range(12)]

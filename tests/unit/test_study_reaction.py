"""Conclusions that reverse once the other side adapts are said before anything else."""

from __future__ import annotations

from typing import Any

import numpy as np

from holdfire.messages.score import FIGURES
from holdfire.study.compare import compare
from holdfire.study.figures import COLUMN
from holdfire.study.reaction import pairs, reversals
from holdfire.study.results import Results

TITLES = {"was": "As it was", "more": "More fighters", "more~reaction": "More fighters; the other side adapts"}
JAGGED = np.where(np.arange(40) % 2, 0.5, -0.5)


def compared(**figures: Any) -> dict[str, Any]:
    """A comparison of nights of zeros, but for a figure's values by option."""
    arrays = {option: np.zeros((40, len(FIGURES))) for option in TITLES}
    for name, values in figures.items():
        for option, given in values.items():
            arrays[option][:, COLUMN[name]] = given
    manifest = {
        "scenario": {"id": "night", "title": "A night", "kind": "hypothetical", "sha256": "0", "data": {}},
        "options": [{"id": option, "title": title} for option, title in TITLES.items()],
        "seed": 1,
        "replications": 40,
        "assumptions": [],
    }
    digests = {option: [str(row.tobytes()) for row in rows] for option, rows in arrays.items()}
    return compare(Results(manifest, arrays, digests))


def test_a_conclusion_that_reverses_is_said_first() -> None:
    made = compared(stopped={"was": 3 + JAGGED, "more": 5, "more~reaction": 1})
    assert pairs(made) == [("more", "more~reaction")]
    first = made["sentences"][0]["text"]
    assert first.startswith("A conclusion reverses under “More fighters”: it stops more intruders than “As it was” if")
    assert "stops fewer intruders than" in first
    assert len(made["sentences"]) == 4


def test_a_reaction_under_a_name_of_its_own_is_held_beside_what_it_adapts_to() -> None:
    made = compared()
    ids = {"mine": "more-patrols", "theirs": "more-patrols~reaction", "other": "other"}
    made["options"] = [{"id": "was"}, *({"id": name, "stands_for": means} for name, means in ids.items())]
    assert pairs(made) == [("mine", "theirs")]


def test_a_conclusion_that_is_lost_is_said_so() -> None:
    made = compared(cost_own_meur={"was": 3, "more": 5 + JAGGED, "more~reaction": 3 + 4 * JAGGED})
    (told,) = reversals(made)
    assert told["text"].startswith(
        "A conclusion does not outlast the reaction under “More fighters”: that it costs more"
    )
    assert told["claims"] == {"cost_own_meur": ["more~reaction"]}


def test_what_outlasts_the_reaction_needs_no_word() -> None:
    made = compared(stopped={"was": 1 + JAGGED, "more": 5, "more~reaction": 3})
    assert reversals(made) == []
    assert len(made["sentences"]) == 3


def test_a_reversal_says_where_more_come() -> None:
    came = {"was": 20 + JAGGED, "more": 20 + JAGGED, "more~reaction": 29}
    made = compared(entered=came, stopped={"was": 3 + JAGGED, "more": 1, "more~reaction": 5})
    assert made["sentences"][0]["text"].endswith("once the other side does, of more that come.")
    lost = compared(entered=came, stopped={"was": 3 + JAGGED, "more": 5, "more~reaction": 3 + 4 * JAGGED})
    assert "once the other side adapts, of more that come." in lost["sentences"][0]["text"]

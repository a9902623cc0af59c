"""The ladder of a real study rests on what its tables keep of each night."""

from __future__ import annotations

import numpy as np

from holdfire.catalogue import load_ladder
from holdfire.study.figures import COLUMN
from holdfire.study.ladder import ladder_of
from holdfire.study.ladder_nights import nights_after
from holdfire.study.results import load
from holdfire.study.standing import standing_of
from support.short_study import LOOK, RADAR, short_study


def test_openings_stand_where_the_figures_say() -> None:
    folder = short_study().folder
    kept, ladder = load(folder), load_ladder("air-incidents")
    rungs = [0, *(rung.rung for rung in ladder.of("own"))]
    for option, left in nights_after(folder, kept, ladder).items():
        standing = max((rung.rung for rung in standing_of(ladder, kept.manifest, option)), default=0)
        stood = [rungs[each.opening.own] for each in left]
        assert stood == np.maximum(kept.figures[option][:, COLUMN["peak_rung_own"]], standing).tolist()
        shot = [each.opening.lost == "uncrewed" for each in left]
        assert shot == (kept.figures[option][:, COLUMN["stopped"]] > 0).tolist()


def test_options_that_part_are_told_apart() -> None:
    made = ladder_of(short_study().folder, LOOK)
    look, radar = made["options"]
    assert (look["id"], radar["id"]) == (LOOK, RADAR)
    assert radar["against_base"]["next_rung"]["direction"] == "open"
    assert radar["against_base"]["break_even"][0]["gain"]["value"] > 0

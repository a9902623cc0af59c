"""A space whose nights are made up: a number called `luck` makes one option stop more, others do nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.study.space import SECTION
from support.fake_engine import subject

if TYPE_CHECKING:
    from holdfire.study.subject import Subject

BUILDER = "holdfire.study.space:engine_from"


def space(nights: int = 2, idle: int = 3, low: float = -12, high: float = 8, **data: object) -> Subject:
    """Return its subject: `radar-permitted` stops `luck` more, from `low` to `high`."""
    numbers = [[["more", "radar-permitted"], low, high, False]]
    unknowns = [{"place": "luck", "called": "how lucky radar is", "numbers": numbers, "logarithmic": False}]
    unknowns += [
        {"place": f"idle-{n}", "called": "", "numbers": [[["idle", str(n)], 0, 1, False]], "logarithmic": False}
        for n in range(idle)
    ]
    made = subject(**data)
    section = {"nights": nights, "builder": made.builder, "unknowns": unknowns}
    return replace(made, data={**made.data, "idle": {}, SECTION: section}, builder=BUILDER)

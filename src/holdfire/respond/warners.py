"""From the section `warnings` to records: who may call, and which part of the area is within their reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.geo.borders import states, territory
from holdfire.geo.grid import Grid
from holdfire.geo.ground import covered, window
from holdfire.respond.means import WARNER, Warners
from holdfire.seed import Kind, entity
from holdfire.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.respond.warning_schema import WarningModel

CELL_M: Final = 2_000.0
"""Side of a cell, as of `Ground`: no border is known better."""
NOBODY_CALLS: Final = Warners(np.zeros(0, WARNER), 0.0, 0.0, CELL_M, np.zeros((0, 1, 1), np.bool_))
_LINE: Final = 4095
"""In names of authorities, behind every state that a scenario can list."""
_LETTERS: Final = 26
_FACTORS: Final = {
    "told_share": ("told_share", 1.0), "delay_min": ("delay_s", MINUTE_S),
    "false_per_day": ("false_per_s", 1 / (24 * HOUR_S)),
    "least_min": ("least_s", MINUTE_S), "lapses_min": ("lapses_s", MINUTE_S), "hour_eur": ("hour_eur", 1.0),
}  # fmt: skip
"""Of each field of `WarningModel` that is a range, the record's, and the factor to its unit."""


def state_number(code: str) -> int:
    """Return the number of a state by the two letters of its code: it stays, whoever else is listed."""
    first, second = (ord(letter) - ord("A") for letter in code)
    return first * _LETTERS + second


def state_of(number: int) -> str:
    """Return the code of a state by its number."""
    first, second = divmod(number, _LETTERS)
    return chr(ord("A") + first) + chr(ord("A") + second)


def warners_for(warnings: Sequence[WarningModel], frame: Frame, half_m: tuple[float, float]) -> Warners:
    """Return who may call over an area of half so wide and half so high about a frame's centre."""
    if not warnings:
        return NOBODY_CALLS
    grid = Grid.over(*half_m, CELL_M)
    near = np.stack([within_reach(each.state, each.reach_km * KM_M, frame, grid) for each in warnings])
    return Warners(records_of(warnings), grid.x0_m, grid.y0_m, grid.cell_m, near)


def within_reach(code: str, reach_m: float, frame: Frame, grid: Grid) -> NDArray[np.bool_]:
    """Return for each cell [ny, nx] whether it lies in a state's airspace, or so near to it."""
    known = [code] if code in states() else []
    return covered(territory(known, window(frame, grid, reach_m)).values(), grid, frame, reach_m)


def records_of(warnings: Sequence[WarningModel]) -> Records:
    """Return one `WARNER` for each neighbour, in SI units."""
    out = np.zeros(len(warnings), WARNER)
    for record, warning in zip(out, warnings, strict=True):
        record["number"] = state_number(warning.state)
        record["entity"] = entity(Kind.AUTHORITY, _LINE, int(record["number"]))
        for name, (field, factor) in _FACTORS.items():
            value = getattr(warning, name)
            record[field] = value.low * factor, value.high * factor
    return out

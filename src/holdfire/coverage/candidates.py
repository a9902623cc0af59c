"""Cells in which a kit may stand, and what a scan would see of the border with one there.

Candidates are squares of a grid of 25 km behind the border, on the land of the states that guard it; only squares are
ever told, and each kit is looked at from the middle of its square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from holdfire.coverage.border import CELL_M, flat_area
from holdfire.coverage.kits import KITS, Place, entries
from holdfire.coverage.laydown import lay_down
from holdfire.coverage.place import Chances
from holdfire.coverage.seen import targets, unseen_chance
from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import not_allowed
from holdfire.geo.borders import land
from holdfire.geo.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.coverage.border import Border
    from holdfire.coverage.intruder import Intruder
    from holdfire.coverage.laydown import LayDown
    from holdfire.messages.layout import Records
    from holdfire.scenario.schema import Scenario

    Numbers = NDArray[np.float64]

_INTO_M: Final = (0.5 * CELL_M, 1.5 * CELL_M, 2.5 * CELL_M)
MOST: Final = 240
"""Candidates; where the border is longer they are thinned out evenly."""
_AT_ONCE: Final = 12


class Candidate(NamedTuple):
    """A square of the grid: its column and row, counted from the centre of the area, and the state it lies in."""

    column: int
    row: int
    state: str


def candidates(border: Border, frame: Frame, half_m: tuple[float, float]) -> list[Candidate]:
    """Return the squares behind a border, in its order; raises `InputError` where there are none."""
    lands = {code: flat_area(found, frame) for code, found in land(border.codes).items()}
    for each in lands.values():
        shapely.prepare(each)
    found: dict[tuple[int, int], str] = {}
    for at, inward in zip(border.at_m, border.inward, strict=True):
        for into_m in _INTO_M:
            column, row = (int(each) for each in np.floor((at + inward * into_m) / CELL_M))
            middle = shapely.Point((column + 0.5) * CELL_M, (row + 0.5) * CELL_M)
            inside = max(abs(middle.x) - half_m[0], abs(middle.y) - half_m[1]) < -CELL_M / 2
            state = next((code for code, area in lands.items() if shapely.contains(area, middle)), None)
            if state and inside:
                found.setdefault((column, row), state)
    if not found:
        message = "no cell behind the border lies on land in the area: widen the area"
        raise InputError(message)
    every = [Candidate(column, row, state) for (column, row), state in found.items()]
    step = max(len(every) / MOST, 1.0)
    return [every[int(each * step)] for each in range(int(len(every) / step))]


def chances_of(scenario: Scenario, near: Path | None, watched: Watched, kit: str, at: Sequence[Candidate]) -> Chances:
    """Return what a scan misses without, and what a kit in each candidate square would see, at all heights.

    Raises `UnknownNameError` for no such kit.
    """
    if kit not in KITS:
        raise UnknownNameError(not_allowed("kind to place", kit, sorted(KITS)))
    rows = []
    for begin in range(0, len(at), _AT_ONCE):
        group = at[begin : begin + _AT_ONCE]
        more = lay_down(with_kits(scenario, kit, group, only=True), near)
        rows += [watched.seen_by(_alone(more, each)) for each in range(len(group))]
    return Chances(1.0 - watched.seen_by(watched.lay), np.array(rows))


class Watched(NamedTuple):
    """The intruder at every place of the border and every height, and who watches already."""

    lay: LayDown
    intruder: Intruder
    points: tuple[Records, ...]

    def seen_by(self, lay: LayDown) -> Numbers:
        """Return the chance that some sensors see it, at all heights one after another."""
        return np.concatenate([1.0 - unseen_chance(lay, each, self.intruder) for each in self.points])


def watched(lay: LayDown, border: Border, intruder: Intruder, heights_m: Sequence[float]) -> Watched:
    """Return the intruder at the places of a border and at these heights."""
    return Watched(lay, intruder, tuple(targets(lay, border, intruder, height_m) for height_m in heights_m))


def with_kits(scenario: Scenario, kit: str, group: Sequence[Candidate], *, only: bool = False) -> Scenario:
    """Return a scenario with the kits of some squares, beside its own sensors or instead of them."""
    frame = Frame(scenario.area.centre_lat_deg, scenario.area.centre_lon_deg)
    sensors, patrols = ([], []) if only else ([*scenario.sensors], [*scenario.patrols])
    for each, square in enumerate(group):
        west, south = square.column * CELL_M, square.row * CELL_M
        corners = [
            list(frame.to_geographic(west + east * CELL_M, south + north * CELL_M))
            for east, north in ((0, 0), (1, 0), (1, 1), (0, 1))
        ]
        middle = list(frame.to_geographic(west + CELL_M / 2, south + CELL_M / 2))
        made = entries(KITS[kit], Place(f"c{each}", middle, corners), scenario.duration_h)
        sensors += made[0]
        patrols += made[1]
    return scenario.model_copy(update={"sensors": sensors, "patrols": patrols})


def _alone(lay: LayDown, each: int) -> LayDown:
    """Return the kit of one square."""
    mine = np.array([name.startswith(f"c{each}-") for name in lay.names])
    carriers = set(lay.sensors.radar["carrier"][mine].tolist())
    patrols = tuple(patrol for patrol in lay.patrols if carriers & set(patrol.places))
    return lay._replace(available=np.where(mine, lay.available, 0.0), patrols=patrols)

"""What is wrong with neighbours who call, beyond what each entry says by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from holdfire.errors import Finding
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.logic.checks import in_words, mappings
from holdfire.respond.warners import CELL_M, within_reach
from holdfire.respond.warning_schema import WarningModel
from holdfire.units import KM_M
from holdfire.world.schema import AreaModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw


def unheard(data: Raw) -> Iterator[Finding]:
    """Yield a finding for each neighbour who guards here itself, calls twice, or has nothing of the area in reach."""
    guards = {state.get("id") for _, state in mappings(data.get("states")) if state.get("guards") is True}
    first: dict[object, Location] = {}
    for index, entry in mappings(data.get("warnings")):
        state, loc = entry.get("state"), ("warnings", index, "state")
        if state in guards:
            yield Finding(loc, f"{state} guards its airspace here, and does not call itself: name a neighbour")
        elif state in first:
            yield Finding(loc, f"{state} calls already ({in_words(first[state])}): write one entry for each neighbour")
        else:
            first[state] = ("warnings", index)
            yield from _out_of_reach(data, entry, loc)


def _out_of_reach(data: Raw, entry: Raw, loc: Location) -> Iterator[Finding]:
    try:
        area, warning = AreaModel.model_validate(data.get("area")), WarningModel.model_validate(entry)
    except ValidationError:  # told by the schema
        return
    frame = Frame(area.centre_lat_deg, area.centre_lon_deg)
    grid = Grid.over(area.half_width_km * KM_M, area.half_height_km * KM_M, CELL_M)
    if not within_reach(warning.state, warning.reach_km * KM_M, frame, grid).any():
        text = f"nothing of the area is within reach_km {warning.reach_km:g} of {warning.state}"
        yield Finding(loc, f"{text}: name a neighbour who borders on it, or widen the area")

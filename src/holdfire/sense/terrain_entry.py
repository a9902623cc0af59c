"""The coarse elevation model from the library: where its heights come from, and from where on they hide anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from holdfire.geo.terrain import Coarse
from holdfire.logic.schema import Text  # noqa: TC001  # pydantic reads it
from holdfire.sense.entry import Entry, parse_entry
from holdfire.sense.stated import Quantity, Stated

if TYPE_CHECKING:
    from pathlib import Path

COARSE = "coarse"
"""The id on the shelf of terrain, and what scenarios write."""

Length = Annotated[float, Field(gt=0, le=20_000)]


class CoarseModel(Stated):
    """An elevation model that ships, and how far to trust it."""

    kind: Literal["elevation"]
    file: Text = Field(description="its path in the library")
    licence: Text = Field(description="of its heights")
    cell_arcmin: Quantity[Annotated[float, Field(gt=0, le=60)]] = Field(description="side of a cell, minutes of arc")
    step_m: Quantity[Length] = Field(description="between one height and the next that it can say")
    above_m: Quantity[Length] = Field(description="height over the ground from which on it hides aircraft")
    coarser_than_m: Quantity[Length] = Field(
        description="a user's own model with greater cells counts as no better than this one"
    )


CoarseTerrain = Entry[CoarseModel]


def parse_terrain(data: object) -> CoarseTerrain:
    """Return the elevation model that a file describes; raises `ContentError` with every finding."""
    return parse_entry(data, {"elevation": CoarseModel}, "an elevation model is a mapping: begin with `id: coarse`")


def coarse_of(entry: CoarseTerrain, library: Path) -> Coarse:
    """Return it as the ground is worked out from it; its file lies in the library."""
    stated = entry.stated
    return Coarse(library / stated.file, stated.above_m.value, stated.coarser_than_m.value)

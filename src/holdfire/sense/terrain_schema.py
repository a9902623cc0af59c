"""The scenario's `terrain`: none, the coarse model that ships, or a file of the user's own."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Discriminator, Field, Tag, field_validator

from holdfire.logic.schema import Text
from holdfire.logic.when_schema import STRICT

ENDINGS: Final = (".tif", ".tiff")


class TerrainModel(BaseModel):
    """An elevation model of one's own."""

    model_config = STRICT
    file: Text = Field(description="path of a GeoTIFF from the scenario's folder: heights in metres above the sea")
    source: Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]

    @field_validator("file")
    @classmethod
    def _ends_so(cls, given: str) -> str:
        if not given.endswith(ENDINGS):
            message = f"{given} does not end in .tif or .tiff: give a GeoTIFF"
            raise ValueError(message)
        return given


def _which(given: object) -> str:
    return "file" if isinstance(given, dict | TerrainModel) else "terrain"


# The tags stand in what people are told.
TerrainSection = Annotated[
    Annotated[Literal["none", "coarse"], Tag("terrain")] | Annotated[TerrainModel, Tag("file")], Discriminator(_which)
]

"""The section `interference` of a scenario."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.sense.patch import PatchModel, Place

Km = Annotated[float, Field(ge=-500, le=500)]
Reach = Annotated[float, Field(gt=0, le=1000)]
Antenna = Annotated[float, Field(gt=0, le=20_000)]
Lost = Annotated[float, Field(gt=0, le=1)]
Number = Annotated[int, Field(ge=1, le=100)]
Speed = Annotated[float, Field(gt=0, le=1000)]
Height = Annotated[float, Field(ge=0, le=20_000)]

_FIELDS = {
    "jammed": ("lost",),
    "displaced": ("east_km", "north_km"),
    "ghosts": ("number", "from", "to", "speed_m_s", "height_m"),
}
TRANSMITTER = ("at", "antenna_m", "reach_km")
"""What is said instead of an area."""


class InterferenceModel(BaseModel):
    """Broadcasts (ADS-B) that are lost, that are off, or that no aircraft sends; secondary radar is not touched.

    What is jammed or displaced is so in an area, or as far from a transmitter as its radio horizon and its reach.
    """

    model_config = STRICT
    id: Slug
    kind: Literal["jammed", "displaced", "ghosts"] | None = Field(
        None,
        description="satellite navigation lost; a wrong position sent in good faith; broadcasts without an aircraft",
    )
    from_h: Annotated[float, Field(ge=0, le=48)] = Field(0.0, description="when it begins, in hours since the start")
    until_h: Annotated[float, Field(gt=0, le=48)] = Field(description="when it ends")
    area: PatchModel | None = Field(None, description="where, of what is jammed or displaced")
    lost: Lost | None = Field(None, description="jammed: share of positions that are not sent")
    east_km: Km | None = Field(None, description="displaced: by so much to the east")
    north_km: Km | None = Field(None, description="displaced: by so much to the north")
    number: Number | None = Field(None, description="ghosts: how many, a minute apart")
    from_: Place | None = Field(None, alias="from", description="ghosts: where they claim to appear")
    to: Place | None = Field(None, description="ghosts: to where they claim to fly")
    speed_m_s: Speed | None = Field(None, description="ghosts: how fast")
    height_m: Height | None = Field(None, description="ghosts: how high")
    source: list[str] = Field([], description="ids of the sources that say so")
    model: Text | None = Field(
        None, description="instead of kind: an id on the shelf of interference, or a path; what stands here counts more"
    )
    at: Place | None = Field(None, description="instead of an area: where a transmitter stands, in the area or beyond")
    antenna_m: Antenna | None = Field(None, description="how high its antenna is, above mean sea level")
    reach_km: Reach | None = Field(None, description="how far it reaches at most, however high one flies")

    @model_validator(mode="after")
    def _of_its_kind(self) -> InterferenceModel:
        if self.from_h >= self.until_h:
            message = f"from_h {self.from_h:g} is not before until_h {self.until_h:g}: swap or change them"
            raise ValueError(message)
        if (self.kind is None) == (self.model is None):
            message = "write kind (jammed, displaced or ghosts), or a model, which is of a kind, and not both"
            raise ValueError(message)
        if self.kind is not None:
            _whole(self.kind, set(self.model_dump(by_alias=True, exclude_none=True)))
        return self


def _whole(kind: str, given: set[str]) -> None:
    """Raise `ValueError` for what is missing of a kind, or does not go with it."""
    spread = () if kind == "ghosts" else TRANSMITTER if "area" not in given and given & set(TRANSMITTER) else ("area",)
    own = {*_FIELDS[kind], *spread}
    lacks = [name for name in (*spread, *_FIELDS[kind]) if name not in given]
    if lacks:
        instead = f", or {', '.join(TRANSMITTER)}" if "area" in lacks else ""
        message = f"{', '.join(lacks)} missing: say it of what is {kind}{instead}"
        raise ValueError(message)
    beside = sorted(({name for each in _FIELDS.values() for name in each} | {"area", *TRANSMITTER}) & given - own)
    if beside:
        over = " in an area" if "area" in own and set(beside) <= set(TRANSMITTER) else ""
        message = f"{', '.join(beside)} does not go with {kind}{over}: leave it out"
        raise ValueError(message)

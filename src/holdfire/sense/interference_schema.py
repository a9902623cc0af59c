"""The section `interference` of a scenario."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT
from holdfire.sense.patch import PatchModel, Place

_Km = Annotated[float, Field(ge=-500, le=500)]
_FIELDS = {
    "jammed": ("area", "lost"),
    "displaced": ("area", "east_km", "north_km"),
    "ghosts": ("number", "from", "to", "speed_m_s", "height_m"),
}


class InterferenceModel(BaseModel):
    """Broadcasts (ADS-B) that are lost, that are off, or that no aircraft sends; secondary radar is not touched."""

    model_config = STRICT
    id: Slug
    kind: Literal["jammed", "displaced", "ghosts"] = Field(
        description="satellite navigation lost; a wrong position sent in good faith; broadcasts without an aircraft"
    )
    from_h: Annotated[float, Field(ge=0, le=48)] = Field(0.0, description="when it begins, in hours since the start")
    until_h: Annotated[float, Field(gt=0, le=48)] = Field(description="when it ends")
    area: PatchModel | None = Field(None, description="where, of what is jammed or displaced")
    lost: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="jammed: share of positions that are not sent"
    )
    east_km: _Km | None = Field(None, description="displaced: by so much to the east")
    north_km: _Km | None = Field(None, description="displaced: by so much to the north")
    number: Annotated[int, Field(ge=1, le=100)] | None = Field(None, description="ghosts: how many, a minute apart")
    from_: Place | None = Field(None, alias="from", description="ghosts: where they claim to appear")
    to: Place | None = Field(None, description="ghosts: to where they claim to fly")
    speed_m_s: Annotated[float, Field(gt=0, le=1000)] | None = Field(None, description="ghosts: how fast")
    height_m: Annotated[float, Field(ge=0, le=20_000)] | None = Field(None, description="ghosts: how high")
    source: list[str] = Field([], description="ids of the sources that say so")

    @model_validator(mode="after")
    def _of_its_kind(self) -> InterferenceModel:
        if self.from_h >= self.until_h:
            message = f"from_h {self.from_h:g} is not before until_h {self.until_h:g}: swap or change them"
            raise ValueError(message)
        given = self.model_dump(by_alias=True, exclude_none=True)
        lacks = [name for name in _FIELDS[self.kind] if name not in given]
        if lacks:
            message = f"{', '.join(lacks)} missing: say it of what is {self.kind}"
            raise ValueError(message)
        others = {name for kind in _FIELDS.values() for name in kind} - set(_FIELDS[self.kind])
        beside = sorted(others & set(given))
        if beside:
            message = f"{', '.join(beside)} does not go with {self.kind}: leave it out"
            raise ValueError(message)
        return self

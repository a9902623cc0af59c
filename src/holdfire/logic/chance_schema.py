"""What is there in a share of nights only: the fields that a group of aircraft and a light have for it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug


class ChanceModel(BaseModel):
    """How often something is there, by itself or as one of several of which there is one at most."""

    chance: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None, description="share of nights in which it is there; left out: every night"
    )
    one_of: Slug | None = Field(
        None, description="name of alternatives, groups or lights, of which one at most is there in a night"
    )

    @model_validator(mode="after")
    def _alternatives_have_chances(self) -> Self:
        if self.one_of is not None and self.chance is None:
            message = f"it is one of the alternatives {self.one_of!r}: say its chance, a share of nights"
            raise ValueError(message)
        return self

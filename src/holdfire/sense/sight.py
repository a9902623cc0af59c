"""The schema of `eyes`: how well crews see and what they take things for, by eye and by camera."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import CLASSES
from holdfire.sense.stated import Cited, Length, Quantity, Share, Stated

Cycle = Annotated[float, Field(gt=0, le=100)]
ClassName = Literal[CLASSES]  # type: ignore[valid-type]  # made from the vocabulary


class MistakeModel(BaseModel):
    """How often one class, once recognised as something, is taken for another, and for which."""

    model_config = STRICT
    wrong: Quantity[Annotated[float, Field(ge=0, le=0.5)]] = Field(description="chance that it is another's")
    taken_for: Annotated[dict[ClassName, Annotated[float, Field(gt=0)]], Field(min_length=1)] = Field(
        description="by what share for which, on any scale"
    )
    source: Cited = Field(description="ids of the sources of the shares")


class InstrumentModel(BaseModel):
    """An eye or a camera: the angle of one cycle (a dark and a light line) that it can tell apart."""

    model_config = STRICT
    day_mrad: Quantity[Cycle] = Field(description="by day")
    twilight_mrad: Quantity[Cycle] = Field(description="in twilight")
    night_mrad: Quantity[Cycle] = Field(description="by night")
    mistakes: dict[ClassName, MistakeModel] = Field(description="by what it really is; others are never mistaken")


class SightModel(Stated):
    """How crews look at what they are beside."""

    kind: Literal["eyes"]
    period_s: Quantity[Annotated[float, Field(ge=1, le=600)]] = Field(description="between two looks")
    contact_m: Quantity[Length] = Field(description="distance at which they fly beside it")
    cloud_depth_m: Quantity[Length] = Field(description="from the base of cloud to its top")
    cycles_to_see: Quantity[Cycle] = Field(description="cycles over its size at which half see it")
    cycles_to_recognise: Quantity[Cycle] = Field(description="at which half can say what class it is")
    cycles_to_identify: Quantity[Cycle] = Field(description="at which half can say what it carries")
    contrast_left: Quantity[Share] = Field(description="contrast left at the distance of visibility")
    eye: InstrumentModel
    camera: InstrumentModel

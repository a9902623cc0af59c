"""The schema of a camera: a stabilised imager for thermal and visible light, on a mast or carried."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.logic.when_schema import STRICT
from holdfire.sense.sight import ClassName, Cycle, MistakeModel
from holdfire.sense.stated import Angle, Error, Length, Quantity, Share, Working


class ChannelModel(BaseModel):
    """One band: the angle of one cycle (a dark and a light line) that it tells apart where the air takes nothing."""

    model_config = STRICT
    day_mrad: Quantity[Cycle] = Field(description="by day")
    twilight_mrad: Quantity[Cycle] = Field(description="in twilight")
    night_mrad: Quantity[Cycle] = Field(description="by night")
    contrast: Quantity[Annotated[float, Field(gt=1, le=1e5)]] = Field(
        description="an aircraft's contrast with what is behind it, over the least that shows"
    )


class ImagerModel(Working):
    """A stabilised camera that is turned from one aircraft to the next."""

    kind: Literal["imager"]
    dwell_s: Quantity[Annotated[float, Field(ge=1, le=60)]] = Field(description="for one aircraft, turning included")
    sector_deg: Quantity[Angle] = Field(description="half the width that it covers about ahead; 180: all round")
    elevation_max_deg: Quantity[Annotated[float, Field(gt=0, lt=90)]] = Field(description="how far up it looks")
    infrared: ChannelModel
    visible: ChannelModel
    contrast_left: Quantity[Share] = Field(description="contrast left at the distance of visibility")
    infrared_share: Quantity[Share] = Field(description="of the haze's extinction of light, that of infrared")
    infrared_per_km: Quantity[Annotated[float, Field(ge=0, le=2)]] = Field(
        description="what clean air takes of infrared besides: exponent for each km"
    )
    cycles_to_detect: Quantity[Cycle] = Field(description="cycles over its size at which half are detected")
    cycles_to_recognise: Quantity[Cycle] = Field(description="at which half can be told what class they are")
    cycles_to_identify: Quantity[Cycle] = Field(description="at which half can be told what they carry")
    azimuth_sd_deg: Quantity[Error] = Field(description="error of azimuth")
    azimuth_bias_sd_deg: Quantity[Annotated[float, Field(ge=0, le=2)]] = Field(
        description="spread of the night's own bias of azimuth"
    )
    elevation_sd_deg: Quantity[Error] = Field(description="error of elevation")
    laser_km: Quantity[Length] = Field(description="within which its laser finds the range")
    laser_sd_m: Quantity[Length] = Field(description="error of that range")
    passive_share: Quantity[Annotated[float, Field(gt=0, le=1)]] = Field(
        description="error of the range beyond it, as a share of the range"
    )
    detects: Quantity[Share] = Field(description="chance of a plot each period_s, as a tracker is told")
    mistakes: dict[ClassName, MistakeModel] = Field(description="by what it really is; others are never mistaken")

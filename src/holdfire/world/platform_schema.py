"""The schema of a platform file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT, Number
from holdfire.messages.vocabulary import CLASSES, ITEM


class QuantityModel(BaseModel):
    """A number with the id of its source: `{value: 44, source: maker}`, or with `low` and `high`, or these alone."""

    model_config = STRICT
    value: Number | None = Field(None, description="what is used; the middle of low and high by default")
    low: Number | None = Field(None, description="lower end of what the source, or the assumption, allows")
    high: Number | None = Field(None, description="upper end")
    source: Slug = Field(description="id of the source that says so; the grade is the source's")

    @model_validator(mode="after")
    def _ordered(self) -> QuantityModel:
        if (self.low is None) != (self.high is None) or (self.low is None and self.value is None):
            message = "give value, or low and high, or all three"
            raise ValueError(message)
        low, high = self.ends()
        if not low <= self.middle() <= high:
            message = f"{low:g}, {self.middle():g}, {high:g} are out of order: low, value, high must rise"
            raise ValueError(message)
        return self

    def middle(self) -> float:
        """Return what is used."""
        if self.value is not None:
            return self.value
        return (float(self.low or 0.0) + float(self.high or 0.0)) / 2

    def ends(self) -> tuple[float, float]:
        """Return the range, which is the value twice where no range is given."""
        if self.low is None or self.high is None:
            return self.middle(), self.middle()
        return self.low, self.high


def _within(least: float, most: float) -> AfterValidator:
    def bounded(given: QuantityModel) -> QuantityModel:
        low, high = given.ends()
        if not least <= low <= high <= most:
            message = f"{low if low < least else high:g} is outside {least:g} to {most:g}"
            raise ValueError(message)
        return given

    return AfterValidator(bounded)


_Speed = Annotated[QuantityModel, _within(1.0, 1200.0)]
_Rcs = Annotated[QuantityModel, _within(1e-5, 1000.0)]


class PlatformModel(BaseModel):
    """A type of aircraft as public sources describe it."""

    model_config = STRICT
    id: Slug
    title: Text
    description: Text
    look: Literal[CLASSES] = Field(description="what a right look takes it for")  # type: ignore[valid-type]
    load: Literal[ITEM["visual_load"].values] = Field(description="what a right look sees it carry")  # type: ignore[valid-type]
    crewed: bool
    people: Annotated[int, Field(ge=0, le=900)] = Field(description="people aboard, usually")
    speed_min_m_s: Annotated[QuantityModel, _within(0.0, 1200.0)] = Field(
        description="slowest sustained flight, m/s; 0: it can hover"
    )
    speed_max_m_s: _Speed = Field(description="m/s")
    cruise_m_s: _Speed = Field(description="usual speed, m/s")
    accel_m_s2: Annotated[QuantityModel, _within(0.05, 20.0)] = Field(description="along its path, either way")
    turn_g: Annotated[QuantityModel, _within(1.01, 9.0)] = Field(description="most load factor in a sustained turn")
    climb_max_m_s: Annotated[QuantityModel, _within(0.1, 350.0)] = Field(description="most rate of climb")
    descent_max_m_s: Annotated[QuantityModel, _within(0.1, 350.0)] = Field(description="most rate of descent")
    height_max_m: Annotated[QuantityModel, _within(50.0, 30_000.0)] = Field(description="ceiling above mean sea level")
    cruise_height_m: Annotated[QuantityModel, _within(10.0, 30_000.0)] = Field(
        description="usual height above mean sea level"
    )
    endurance_h: Annotated[QuantityModel, _within(0.05, 60.0)] = Field(description="flying time without refuelling")
    rcs_s_m2: _Rcs = Field(description="mean radar cross section in S band, m²")
    rcs_l_m2: _Rcs = Field(description="in L band")
    rcs_x_m2: _Rcs = Field(description="in X band")
    size_m: Annotated[QuantityModel, _within(0.1, 100.0)] = Field(description="largest dimension")
    mass_kg: Annotated[QuantityModel, _within(0.1, 700_000.0)] = Field(description="at take-off")
    cost_eur: Annotated[QuantityModel, _within(1.0, 1e10)] = Field(description="to replace it")
    hour_cost_eur: Annotated[QuantityModel, _within(1.0, 1e6)] | None = Field(
        None, description="of an hour's flying; for crewed aircraft"
    )
    sources: Annotated[list[SourceModel], Field(min_length=1)]
    noise_db: Annotated[QuantityModel, _within(30.0, 200.0)] | None = Field(
        None, description="sound level at 1 m, A-weighted, dB re 20 µPa, alike all round; none: silent"
    )
    emits_mw: Annotated[QuantityModel, _within(0.01, 1e7)] | None = Field(
        None, description="what its control, telemetry or video link radiates, mW; none: nothing that is searched for"
    )
    emits_ghz: Annotated[QuantityModel, _within(0.01, 40.0)] | None = Field(None, description="on which frequency")


NUMBERS: Final = tuple(
    name for name, field in PlatformModel.model_fields.items() if "QuantityModel" in str(field.annotation)
)
"""The fields that hold a `QuantityModel`."""

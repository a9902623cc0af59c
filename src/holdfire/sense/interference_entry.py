"""Interference from the library: what is publicly known of jamming, spoofing and false broadcasts, with ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Literal

from pydantic import Field, model_validator

from holdfire.sense.entry import Entry, parse_entry, quantities
from holdfire.sense.interference_schema import (
    TRANSMITTER,
    Antenna,
    Height,
    InterferenceModel,
    Km,
    Lost,
    Number,
    Reach,
    Speed,
)
from holdfire.sense.stated import Quantity, Stated, Value

if TYPE_CHECKING:
    from holdfire.logic.checks import Raw


class Ranged(Quantity[Value], Generic[Value]):
    """A number, and the range in which public sources or the assumption leave it."""

    low: Value = Field(description="lower end of what the sources, or the assumption, allow")
    high: Value = Field(description="upper end")

    @model_validator(mode="after")
    def _ordered(self) -> Ranged[Value]:
        if not self.low <= self.value <= self.high:  # type: ignore[operator]  # all are numbers
            message = f"{self.low:g}, {self.value:g}, {self.high:g} are out of order: low, value, high must rise"
            raise ValueError(message)
        return self


class TransmitterModel(Stated):
    """What holds of whoever sends, wherever a scenario puts it."""

    antenna_m: Ranged[Antenna] = Field(description="how high its antenna is, above mean sea level")
    reach_km: Ranged[Reach] = Field(description="how far it reaches at most, however high one flies")


class JammedModel(TransmitterModel):
    """Satellite navigation that is lost."""

    kind: Literal["jammed"]
    lost: Ranged[Lost] = Field(description="share of positions that are not sent, or say that they are worthless")


class DisplacedModel(TransmitterModel):
    """A wrong position, sent in good faith."""

    kind: Literal["displaced"]
    east_km: Ranged[Km] = Field(description="by so much to the east")
    north_km: Ranged[Km] = Field(description="by so much to the north")


class GhostsModel(Stated):
    """Broadcasts without an aircraft."""

    kind: Literal["ghosts"]
    number: Ranged[Number] = Field(description="how many, a minute apart")
    speed_m_s: Ranged[Speed] = Field(description="how fast they claim to fly")
    height_m: Ranged[Height] = Field(description="how high they claim to fly")


Model = JammedModel | DisplacedModel | GhostsModel
MODELS: Final[dict[str, type[Model]]] = {"jammed": JammedModel, "displaced": DisplacedModel, "ghosts": GhostsModel}
Disturbance = Entry[Model]


def parse_interference(data: object) -> Disturbance:
    """Return the interference that a file describes; raises `ContentError` with every finding."""
    return parse_entry(data, MODELS, "interference is a mapping: begin with `id: my-jamming`")


def spelled_out(line: Raw, entry: Disturbance) -> Raw:
    """Return a scenario's line as if it said itself what the model that it names states; what it says stays."""
    stated: dict[str, Any] = {name: quantity.value for name, quantity in quantities(entry.stated)}
    if "area" in line:  # instead of what is around a transmitter
        stated = {name: value for name, value in stated.items() if name not in TRANSMITTER}
    said = {name: value for name, value in line.items() if name != "model"}
    return {"kind": entry.stated.kind, **stated, **said}


def looked_up(line: InterferenceModel, entry: Disturbance) -> InterferenceModel:
    """Return a sound line with what its model states."""
    data = line.model_dump(by_alias=True, exclude_unset=True)
    return InterferenceModel.model_validate(spelled_out(data, entry))

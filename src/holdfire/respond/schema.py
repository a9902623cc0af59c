"""The sections of a scenario that the response owns: `states`, `chain`, `bases`, `patrols` (and `conduct`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from holdfire.findings import shown
from holdfire.logic.schema import RoleName, Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import STATES
from holdfire.respond.values import Value, within

Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]
Loads = Annotated[int, Field(ge=0, le=20)]


def _place(given: object) -> list[float]:
    pair = given if isinstance(given, list) and len(given) == 2 else []
    if not pair or any(type(value) not in {int, float} for value in pair):
        message = f"{shown(given)} is no place: write [latitude, longitude] in degrees, as [51.9, 22.6]"
        raise ValueError(message)
    if not (-85 <= pair[0] <= 85 and -180 <= pair[1] <= 180):
        message = f"{shown(given)} is no place: latitude lies in -85 to 85, longitude in -180 to 180"
        raise ValueError(message)
    return [float(value) for value in pair]


Place = Annotated[list[float], BeforeValidator(_place)]


class AnswerModel(BaseModel):
    """How long an authority takes to answer: a triangular distribution."""

    model_config = STRICT
    low: float = Field(ge=0, le=86_400, allow_inf_nan=False, description="shortest, s")
    likely: float = Field(ge=0, le=86_400, allow_inf_nan=False, description="most likely, s")
    high: float = Field(ge=0, le=86_400, allow_inf_nan=False, description="longest, s")

    @model_validator(mode="after")
    def _ordered(self) -> AnswerModel:
        if not self.low <= self.likely <= self.high:
            message = f"{self.low:g}, {self.likely:g}, {self.high:g} are out of order: low, likely, high must rise"
            raise ValueError(message)
        return self


class RoleModel(BaseModel):
    """One who may be asked for force, and how fast the answer comes. A role that nobody fills never answers."""

    model_config = STRICT
    role: RoleName = Field(description="as rule sets name it")
    available: float = Field(ge=0, le=1, description="share of the time in which it can be reached")
    answers_s: AnswerModel = Field(description="time to its answer, s")
    grants: float = Field(1.0, ge=0, le=1, description="share of what a rule permits that it grants")
    source: Cited


class StateModel(BaseModel):
    """A state that guards its airspace, or whose crews fly."""

    model_config = STRICT
    id: Literal[STATES] = Field(description="ISO 3166-1")  # type: ignore[valid-type]
    guards: bool = Field(description="whether its airspace is what is guarded")
    ruleset: Text = Field(description="id or path of the rule set that binds over its land, or its crews")
    alert: Literal["peace", "heightened", "crisis"] = Field("peace", description="declared level")
    roles: list[RoleModel] = Field([], description="who may be asked")
    source: Cited

    @model_validator(mode="after")
    def _each_role_once(self) -> StateModel:
        names = [entry.role.value for entry in self.roles]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"{', '.join(twice)} stands twice: keep one"
            raise ValueError(message)
        return self


class ChainModel(BaseModel):
    """A chain of command over all crews, and its rule set if it has one."""

    model_config = STRICT
    ruleset: Text | None = Field(None, description="id or path of its rule set; it binds beside the states'")
    roles: list[RoleModel] = Field([], description="who may be asked where a state names nobody for the role")


class AlertModel(BaseModel):
    """Aircraft on alert, each a responder by itself."""

    model_config = STRICT
    platform: Slug = Field(description="id of a platform")
    crew: str = Field(description="id of the state whose crews fly")
    number: int = Field(ge=1, le=200, description="aircraft on alert")
    readiness_min: Annotated[Value, within(0.0, 720.0)] = Field(
        description="from order to airborne, min; one for each aircraft"
    )
    weapon: Slug = Field("radar-missile", description="id of a weapon")
    missiles: Loads = Field(2, description="of them on each aircraft")
    gun_bursts: Loads = Field(3, description="bursts of its gun; 0: none")
    jams: bool = Field(default=False, description="it can bring uncrewed aircraft down without a weapon")
    waits_at: Place | None = Field(None, description="where it waits once in the air; its base by default")


class BaseOfAircraft(BaseModel):
    """An air base."""

    model_config = STRICT
    id: Slug = Field(description="its name here")
    airport: str = Field(pattern=r"^[A-Z][A-Z0-9]{3}$", description="code as of ICAO, as EPLK; LR80 is Fetești")
    aircraft: list[AlertModel] = Field([], description="what stands on alert")
    source: Cited


class OrbitModel(BaseModel):
    """Where a patrol circles."""

    model_config = STRICT
    at: Place = Field(description="[latitude, longitude], degrees")
    radius_km: float = Field(10.0, ge=1, le=200, description="of the circle")


class PatrolModel(BaseModel):
    """Aircraft in the air from one hour to another, and those that relieve them."""

    model_config = STRICT
    id: Slug = Field(description="its name here")
    part: Literal["fighter", "early-warning", "tanker", "surveillance"] = Field(
        "fighter", description="what it is there for"
    )
    platform: Slug = Field(description="id of a platform")
    crew: str = Field(description="id of the state whose crews fly")
    number: int = Field(ge=1, le=200, description="aircraft on station together")
    relief: int = Field(0, ge=0, le=200, description="further aircraft on the ground that relieve them")
    orbit: OrbitModel
    height_m: float = Field(ge=50, le=20_000, description="above mean sea level")
    from_h: float = Field(0.0, ge=0, le=48, description="on station from, hours since the start")
    until_h: float = Field(ge=0, le=72, description="on station until, hours since the start")
    base: Slug = Field(description="id of the base to which they return")
    weapon: Slug = Field("heat-missile", description="id of a weapon")
    missiles: Loads = Field(2, description="of them on each aircraft")
    gun_bursts: Loads = Field(0, description="bursts of its gun; 0: none")
    jams: bool = Field(default=False, description="it can bring uncrewed aircraft down without a weapon")
    readiness_min: Annotated[Value, within(0.0, 720.0)] = Field(
        Value(low=10.0, high=20.0), description="of the relief, from order to airborne, min (assumed)"
    )
    source: Cited
    reach_km: Annotated[float, Field(gt=0, le=200)] | None = Field(
        None, description="of a unit on the ground, which stands where its orbit is: how far from there it acts"
    )

    @model_validator(mode="after")
    def _ordered(self) -> PatrolModel:
        if self.until_h <= self.from_h:
            message = f"until_h is {self.until_h:g}: it must be more than from_h, {self.from_h:g}"
            raise ValueError(message)
        return self

"""The sections of a scenario that the world owns: `area`, `start`, `duration_h`, `intruders`, `background`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from holdfire.findings import shown
from holdfire.logic.chance_schema import ChanceModel
from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT, Number
from holdfire.messages.vocabulary import STATES


class Range(BaseModel):
    """From `low` to `high`, each value as likely as another; a bare number is both."""

    model_config = STRICT
    low: Number = Field(description="least")
    high: Number = Field(description="most")

    @model_validator(mode="before")
    @classmethod
    def _widen(cls, given: object) -> object:
        return {"low": given, "high": given} if type(given) in {int, float} else given

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.low > self.high:
            message = f"low is {self.low:g} and high is {self.high:g}: low must be at most high"
            raise ValueError(message)
        return self


def _within(least: float, most: float) -> AfterValidator:
    def bounded(given: Range) -> Range:
        for value in (given.low, given.high):
            if not least <= value <= most:
                message = f"{value:g} is outside {least:g} to {most:g}: give a value between"
                raise ValueError(message)
        return given

    return AfterValidator(bounded)


def _whole(given: Range) -> Range:
    if given.low % 1 or given.high % 1:
        message = f"{given.low:g} to {given.high:g}: aircraft are counted in whole numbers"
        raise ValueError(message)
    return given


def _place(given: object) -> list[float]:
    pair = given if isinstance(given, list) and len(given) == 2 else []
    if not pair or any(type(value) not in {int, float} for value in pair):
        message = f"{shown(given)} is no place: write [latitude, longitude] in degrees, as [51.9, 22.6]"
        raise ValueError(message)
    lat, lon = pair
    if not (-85 <= lat <= 85 and -180 <= lon <= 180):
        message = f"{shown(given)} is no place: latitude lies in -85 to 85, longitude in -180 to 180"
        raise ValueError(message)
    return [float(lat), float(lon)]


def _instant(given: object) -> datetime:
    try:
        made = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        made = None
    if made is None or made.utcoffset() is None:
        message = f'{shown(given)} is no moment: write it in UTC and quotation marks, as "2025-09-09T21:30:00Z"'
        raise ValueError(message)
    return made.astimezone(UTC)


Place = Annotated[list[float], BeforeValidator(_place)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
"""The scenario's `start`."""
DurationH = Annotated[float, Field(gt=0, le=48, allow_inf_nan=False)]
"""The scenario's `duration_h`."""
Share = Annotated[Range, _within(0.0, 1.0)]
Height = Annotated[Range, _within(0.0, 30_000.0)]
Speed = Annotated[Range, _within(1.0, 1200.0)]
Hours = Annotated[Range, _within(0.0, 48.0)]
Count = Annotated[Range, _within(0.0, 2000.0), AfterValidator(_whole)]
Rate = Annotated[Range, _within(0.0, 60.0)]
Endurance = Annotated[Range, _within(0.01, 60.0)]
AtOnce = Annotated[Range, _within(0.0, 2000.0)]
Direction = Annotated[Range, _within(0.0, 720.0)]
WindSpeed = Annotated[Range, _within(0.0, 120.0)]
State = Literal[STATES]  # type: ignore[valid-type]
Sources = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class AreaModel(BaseModel):
    """The rectangle in which everything happens, north up about its centre."""

    model_config = STRICT
    centre_lat_deg: float = Field(ge=-80, le=80, allow_inf_nan=False, description="north positive")
    centre_lon_deg: float = Field(ge=-180, le=180, allow_inf_nan=False, description="east positive")
    half_width_km: float = Field(ge=10, le=1600, description="from the centre to the eastern edge")
    half_height_km: float = Field(ge=10, le=1600, description="from the centre to the northern edge")


class LineModel(BaseModel):
    """A line on which aircraft appear, anywhere alike."""

    model_config = STRICT
    from_: Place = Field(alias="from", description="[latitude, longitude], degrees")
    to: Place = Field(description="[latitude, longitude], degrees; may be the same place")


class RoutePointModel(BaseModel):
    """A point that a group flies by, displaced anew for each aircraft."""

    model_config = STRICT
    at: Place = Field(description="[latitude, longitude], degrees")
    spread_km: float = Field(0.0, ge=0, le=500, description="standard deviation of the displacement, east and north")


class GroupModel(ChanceModel):
    """Aircraft of one type that set out on one line for one end."""

    model_config = STRICT
    platform: Slug = Field(description="id of a platform")
    state: State = Field(description="whose they are (ISO 3166-1)")
    number: Count = Field(description="how many in a night")
    origin: LineModel = Field(description="where they appear")
    route: Annotated[list[RoutePointModel], Field(min_length=1, max_length=20)] = Field(
        [], description="where they fly; of what drifts, the wind says it"
    )
    height_m: Height = Field(description="above mean sea level, one for each aircraft; of what drifts, where it floats")
    speed_m_s: Speed | None = Field(
        None, description="over ground, one for each aircraft; of what drifts, the wind says it"
    )
    drifts: bool = Field(
        default=False, description="it is let go where it appears, climbs as its platform can, and goes with the wind"
    )
    appears_h: Hours = Field(description="when, in hours since the start")
    failures_per_h: Rate = Field(Range(low=0, high=0), description="rate of falling by itself")
    endurance_h: Endurance | None = Field(None, description="flying time; that of its platform by default")
    arrival: Literal["fall", "strike", "leave", "hold"] = Field(
        "fall", description="what it does behind its last point; hold: it circles there, or hovers if it can"
    )
    transponder: Literal["off", "civil", "military"] = Field("off", description="what its transponder does")
    radio: bool = Field(default=False, description="it hears and answers calls")
    source: Sources

    @model_validator(mode="after")
    def _flies_or_drifts(self) -> Self:
        given = {"route": bool(self.route), "speed_m_s": self.speed_m_s is not None}
        wrong = [name for name, there in given.items() if there == self.drifts]
        if wrong and self.drifts:
            message = f"it drifts, so the wind says where it goes and how fast: leave out {' and '.join(wrong)}"
            raise ValueError(message)
        if wrong:
            message = f"{' and '.join(map(repr, wrong))} missing: say where it flies and how fast, or `drifts: true`"
            raise ValueError(message)
        return self


class IntruderModel(GroupModel):
    """A group of intruders."""

    id: Slug
    accompanies: Slug | None = Field(
        None,
        description="id of a group with a `chance`: it may come in that one's nights alone, and has no chance itself",
    )
    payload_share: Share = Field(Range(low=0, high=0), description="share that carries a warhead")
    intent: Literal["none", "transit", "probe", "attack"] = Field(
        description="what they really mean to do: told in a trace; what they do follows from `arrival`"
    )


class StrayModel(GroupModel):
    """Drones of a friendly neighbour that stray over the border."""

    platform: Slug = Field("an-196", description="id of a platform")
    state: State = Field("UA", description="whose they are (ISO 3166-1)")


class BalloonModel(GroupModel):
    """Balloons that mean nothing, as those of a weather service."""

    platform: Slug = Field("weather-balloon", description="id of a platform")
    state: State = Field("none", description="whose they are (ISO 3166-1)")
    drifts: Literal[True] = Field(default=True, description="as every balloon")


class BirdsModel(BaseModel):
    """Flocks of birds on the move: echoes that no transponder goes with."""

    model_config = STRICT
    at_once: AtOnce = Field(description="mean number of flocks over the area at any moment")
    toward_deg: Annotated[float, Field(ge=0, lt=360)] | None = Field(
        None, description="where they go, clockwise from north, give or take 30 degrees; left out: anywhere"
    )
    platform: Slug = Field("waterfowl", description="id of a platform, which says how high and how fast they fly")
    source: Sources


class TrafficModel(BaseModel):
    """Civil traffic of one kind."""

    model_config = STRICT
    at_once: AtOnce = Field(description="mean number over the area at any moment")
    silent_share: Share = Field(Range(low=0, high=0), description="share without a working transponder")
    no_radio_share: Share = Field(Range(low=0, high=0), description="share that neither hears nor answers")
    plan_share: Share | None = Field(None, description="share with a filed plan (assumed by kind by default)")
    platform: Slug | None = Field(None, description="id of a platform (usual for the kind by default)")
    state: State = Field("none", description="whose they are (ISO 3166-1)")
    source: Sources


class ClosedModel(BaseModel):
    """Airspace that no civil flight crosses."""

    model_config = STRICT
    corners: Annotated[list[Place], Field(min_length=3, max_length=100)] = Field(description="[latitude, longitude]")
    source: Sources


class BackgroundModel(BaseModel):
    """All that flies besides; a kind that is left out does not fly."""

    model_config = STRICT
    airliners: TrafficModel | None = Field(None, description="between the airports, on flight levels")
    cargo: TrafficModel | None = Field(None, description="freighters, as airliners")
    general_aviation: TrafficModel | None = Field(None, description="light aircraft, between any two places")
    gliders: TrafficModel | None = Field(None, description="wandering about")
    medical_helicopters: TrafficModel | None = Field(None, description="low, from hospital to hospital")
    friendly_drones: StrayModel | None = Field(None, description="strays of a neighbour")
    birds: BirdsModel | None = Field(None, description="flocks on the move")
    balloons: BalloonModel | None = Field(None, description="balloons that drift by")
    unmatched_plan_share: Share = Field(
        Range(low=0.03, high=0.08), description="share of filed plans that are flown far off in time or place (assumed)"
    )
    closed_airspace: list[ClosedModel] = Field([], description="where no civil flight goes")

"""The schema of a scenario file, each section from the stage that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from holdfire.identify.schema import PriorsModel, SiteModel
from holdfire.logic.schema import Text
from holdfire.respond.closing_schema import ClosingModel
from holdfire.respond.conduct_schema import ConductModel
from holdfire.respond.schema import BaseOfAircraft, ChainModel, PatrolModel, StateModel
from holdfire.respond.upkeep import UpkeepModel
from holdfire.respond.warning_schema import WarningModel
from holdfire.scenario.observed import LeftOutModel, ObservedModel
from holdfire.scenario.own import AS_WRITTEN, Head, OptionModel
from holdfire.sense.interference_schema import InterferenceModel
from holdfire.sense.schema import NightModel, SensorModel
from holdfire.sense.seas import RoughSeaModel
from holdfire.sense.terrain_schema import TerrainSection
from holdfire.sense.turbines import WindFarmModel
from holdfire.world.lights_schema import LightModel
from holdfire.world.schema import AreaModel, BackgroundModel, DurationH, Instant, IntruderModel, TrafficModel
from holdfire.world.wind import WindModel

if TYPE_CHECKING:
    from holdfire.logic.chance_schema import ChanceModel


class Scenario(Head, BaseModel):
    """One night: where, who flies, who watches, who may act, in which ways it could have been done, and what was."""

    area: AreaModel = Field(description="where")
    start: Instant = Field(description="when it begins, in UTC")
    duration_h: DurationH = Field(description="how long it lasts")
    night: NightModel = Field(description="light and weather")
    terrain: TerrainSection = Field(
        "none", description="what hides aircraft from sensors that stand; none: Earth is smooth, at the sea's height"
    )
    states: Annotated[list[StateModel], Field(min_length=1)] = Field(
        description="whose airspace it is, and whose crews"
    )
    chain: ChainModel = Field(ChainModel(), description="a chain of command over all crews, if it binds by itself")
    intruders: list[IntruderModel] = Field([], description="groups of intruders")
    background: BackgroundModel = Field(BackgroundModel(), description="all that flies besides")
    lights: list[LightModel] = Field([], description="what people take for an aircraft where none is")
    wind: WindModel | None = Field(None, description="what balloons drift with")
    sensors: Annotated[list[SensorModel], Field(min_length=1)] = Field(description="who watches")
    wind_farms: list[WindFarmModel] = Field([], description="rotors that disturb the radars that see them")
    sea: RoughSeaModel | None = Field(None, description="how rough the sea is; left out: it does not echo")
    sites: list[SiteModel] = Field([], description="what is protected")
    priors: PriorsModel = Field(PriorsModel(), description="what is believed before anything is known")
    bases: list[BaseOfAircraft] = Field([], description="where aircraft stand on alert")
    patrols: list[PatrolModel] = Field([], description="aircraft in the air from one hour to another")
    warnings: list[WarningModel] = Field([], description="neighbours who call when something may come over")
    conduct: ConductModel = Field(ConductModel(), description="how crews search, hold, fire and err")
    closing: ClosingModel | None = Field(None, description="when airports stop traffic; left out: it is not worked out")
    upkeep: list[UpkeepModel] = Field([], description="what it costs to have what watches or stands ready")
    ladder: Text = Field("air-incidents", description="the ladder of escalation: an id, or a path from the file")
    options: Annotated[list[OptionModel], Field(min_length=1)] = Field(
        [AS_WRITTEN], description="the ways that are compared; the first is what the others are compared with"
    )
    observed: list[ObservedModel] = Field([], description="what really happened, if it did")
    interference: list[InterferenceModel] = Field([], description="what is done to broadcasts (ADS-B)")
    validation: LeftOutModel = Field(LeftOutModel(), description="what a validation against it leaves out")

    def intruders_number(self) -> tuple[int, int]:
        """Return the least and the most intruders that a night can have."""
        ends = [
            (0 if each.chance is not None or each.accompanies else int(each.number.low), int(each.number.high))
            for each in self.intruders
        ]
        return sum(low for low, _ in ends), sum(high for _, high in ends)

    def chances(self) -> list[tuple[str, float | None, str | None]]:
        """Return name, chance and alternatives of each group, in the order of the world's groups, then of each light.

        Where every night has them all, nothing is listed of the groups.
        """
        strays, balloons = self.background.friendly_drones, self.background.balloons
        groups: list[tuple[str, ChanceModel]] = [(each.id, each) for each in self.intruders]
        groups += [("friendly-drones", strays)] if strays else []
        groups += [("balloons", balloons)] if balloons else []
        if all(each.chance is None for _, each in groups):
            groups = []
        groups += [(each.id, each) for each in self.lights]
        return [(name, each.chance, each.one_of) for name, each in groups]

    def accompanying(self) -> dict[str, str]:
        """Return which group of intruders each comes with that has no chance of its own."""
        return {each.id: each.accompanies for each in self.intruders if each.accompanies}

    def own_number(self) -> int:
        """Return how many aircraft are our own: on alert, on patrol, and their relief."""
        alert = sum(aircraft.number for base in self.bases for aircraft in base.aircraft)
        return alert + sum(patrol.number + patrol.relief for patrol in self.patrols)

    def others_number(self) -> float:
        """Return the mean number of civil aircraft over the area at any moment, at the middle of their ranges."""
        kinds = (getattr(self.background, name) for name in type(self.background).model_fields)
        return sum((kind.at_once.low + kind.at_once.high) / 2 for kind in kinds if isinstance(kind, TrafficModel))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a scenario file, for editors."""
    made = Scenario.model_json_schema()
    for name in ("Range", "Value"):  # a bare number is both ends
        made["$defs"][name] = {"anyOf": [{"type": "number"}, made["$defs"][name]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}

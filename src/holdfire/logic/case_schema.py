"""The schema of a case: an incident as its decision maker met it, moment by moment, and what a sound set gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field

from holdfire.logic.schema import ActionName, Day, Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from pydantic import BaseModel as EvidenceModel

    ItemName = str
else:
    from holdfire.logic.situation import EvidenceModel

    ItemName = Literal[tuple(ITEM)]

Second = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class MomentModel(BaseModel):
    """What changed, became known or was lost at one second of the timeline."""

    model_config = STRICT
    at_s: Second = Field(description="seconds from the beginning of the case")
    says: Text = Field(description="one sentence for people")
    known: EvidenceModel | None = Field(None, description="items that become known, or are known anew")
    lost: list[ItemName] = Field([], description="items that are no longer known")
    source: Cited


class ExpectedModel(BaseModel):
    """What a sound set gives, and on what that must rest."""

    model_config = STRICT
    hold: ActionName | None = Field(None, description="the action that must be withheld")
    permit: ActionName | None = Field(None, description="the action that must be permitted")
    from_s: Second | None = Field(None, description="from this second (the first decision, unless said)")
    until_s: Second | None = Field(None, description="until this second (the last decision, unless said)")
    rests_on: Annotated[list[ItemName], Field(min_length=1)] = Field(
        description="items of evidence; the answer counts only if it rests on one of them"
    )
    and_on: list[Annotated[list[ItemName], Field(min_length=1)]] = Field(
        [], description="further lists of items; the answer counts only if it also rests on one of each"
    )
    because: Text
    source: Cited


class ThenModel(BaseModel):
    """What was done on the day, and what came of it; no rule sees it."""

    model_config = STRICT
    did: Text
    came_of_it: Text
    inaction_cost_lives: bool = Field(default=False, description="people died of it that nobody acted")
    source: Cited


class CaseModel(BaseModel):
    """An incident as evidence over time, with what a sound set gives, what was there, and what was done."""

    model_config = STRICT
    id: Slug
    title: Text
    date: Day
    hypothetical: bool = Field(default=False, description="it never happened")
    decider: Text = Field(description="who had to decide, and in what position")
    where: Literal[ITEM["airspace"].values] = Field(  # type: ignore[valid-type]
        description="whose airspace the aircraft was in, from the decision maker's view"
    )
    timeline: Annotated[list[MomentModel], Field(min_length=1)]
    decides_at_s: Annotated[list[Second], Field(min_length=1)]
    expects: Annotated[list[ExpectedModel], Field(min_length=1)]
    really: Text = Field(description="what was there; no rule sees it")
    then: ThenModel
    sources: Annotated[list[SourceModel], Field(min_length=1)]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a case file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseModel.model_json_schema()}

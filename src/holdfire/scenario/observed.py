"""The sections of a scenario that say what really happened, and what a validation against it leaves out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.score import FIGURES
from holdfire.sources import Grade

Number = Annotated[float, Field(allow_inf_nan=False)]
Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class ObservedKind(StrEnum):
    """What an observed figure is to the scenario. Only outcomes score."""

    INPUT = "input"
    """The scenario was given it."""
    CALIBRATED = "calibrated"
    """An assumed number was chosen so that it comes out."""
    OUTCOME = "outcome"
    """Nothing was fitted to it: the scenario can be wrong about it."""


class CaseModel(BaseModel):
    """Earlier incidents of one kind that a naive forecaster may know of."""

    model_config = STRICT
    what: Text = Field(description="where and when")
    of: int = Field(ge=1, description="how many there were")
    share: int = Field(ge=0, description="to how many of them it happened")
    grade: Annotated[Grade, Field(strict=False)] = Field(description="how well that is attested")
    source: Cited


class NaiveModel(BaseModel):
    """What somebody without a model would have foretold, from what was public before: an interval, or a share."""

    model_config = STRICT
    how: Text = Field(description="in one sentence, what it rests on")
    low: Number | None = Field(None, description="least that is foretold, where it is an interval")
    high: Number | None = Field(None, description="most that is foretold, where it is an interval")
    times: Slug | None = Field(None, description="the observed input that the share of `cases` is taken of")
    cases: list[CaseModel] = Field([], description="earlier incidents, without this one, where it is a share")
    grade: Annotated[Grade, Field(strict=False)] = Field(description="how well it is attested")
    source: Cited

    @model_validator(mode="after")
    def _interval_or_share(self) -> NaiveModel:
        low, high, share = self.low, self.high, self.times is not None and bool(self.cases)
        unset = self.times is None and not self.cases
        interval = unset and low is not None and high is not None and low <= high
        if not interval and not (share and low is None and high is None):
            message = "a naive forecast is an interval (low, high), or a share (times, cases): write one of the two"
            raise ValueError(message)
        return self


class ObservedModel(BaseModel):
    """One figure of what really happened, or of what nobody published."""

    model_config = STRICT
    id: Slug = Field(description="its name")
    what: Text = Field(description="what was counted or measured, with its unit")
    figure: Literal[FIGURES] | None = Field(None, description="the figure of a run that it stands beside")  # type: ignore[valid-type]
    low: Number | None = Field(None, description="least that a source gives; without `high` either: none is public")
    high: Number | None = Field(None, description="most that a source gives; left out: none gives a most")
    tolerance: Annotated[Number, Field(ge=0)] = Field(0.0, description="how far beyond them still counts as agreement")
    kind: Annotated[ObservedKind, Field(strict=False)] = Field(description="only an outcome scores")
    fitted: list[Text] = Field([], description="of a calibrated one: the numbers that were chosen so that it comes out")
    naive: NaiveModel | None = Field(None, description="of an outcome: what somebody without a model would foretell")
    note: Text | None = Field(None, description="what a reader must know to weigh it")
    grade: Annotated[Grade, Field(strict=False)] = Field(description="how well it is attested")
    source: Cited


class LeftOutModel(BaseModel):
    """What a validation knows of the incident beyond its inputs, and what it does not."""

    model_config = STRICT
    left_out: list[Text] = Field([], description="what was kept out of the model, or of the naive forecaster")
    not_left_out: list[Text] = Field([], description="what could not be: known of the incident, and in the model")

"""How two sides answer each other after a night: every chance a range, with its source or the note that it is assumed.

What a field means is what the model does with it; `docs/reference/ladder.md` has the whole.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, model_validator

from holdfire.escalate.traits_schema import Graded
from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT, Number
from holdfire.sources import Grade


class RangeModel(BaseModel):
    """A number that nobody knows, between two that it is taken to lie between."""

    model_config = STRICT
    low: Number
    high: Number
    grade: Graded = Grade.ASSUMED
    source: Annotated[list[str], Field(min_length=1)]
    because: Text

    @model_validator(mode="after")
    def _ordered(self) -> RangeModel:
        if self.low > self.high:
            message = f"low is {self.low:g} and high is {self.high:g}: low must be at most high"
            raise ValueError(message)
        return self


def within(least: float, most: float) -> AfterValidator:
    """Return the check that both ends of a range lie between two bounds, these included."""

    def bounded(given: RangeModel) -> RangeModel:
        for value in (given.low, given.high):
            if not least <= value <= most:
                message = f"{value:g} is outside {least:g} to {most:g}"
                raise ValueError(message)
        return given

    return AfterValidator(bounded)


def with_one(why: str) -> AfterValidator:
    """Return the check that a range has 1 in it, and the reason that its author is told."""

    def open_to_both(given: RangeModel) -> RangeModel:
        if not given.low <= 1.0 <= given.high:
            message = f"{given.low:g} to {given.high:g} leaves out 1: {why}, so widen it to include 1"
            raise ValueError(message)
        return given

    return AfterValidator(open_to_both)


def _two_letters(given: str) -> str:
    if len(given) != 2 or not given.isascii() or not given.isupper():
        message = f"{given} is no code of a state: write its two letters of ISO 3166-1, as RU"
        raise ValueError(message)
    return given


State = Annotated[str, AfterValidator(_two_letters)]
Chance = Annotated[RangeModel, within(0.0, 1.0)]
Ratio = Annotated[RangeModel, within(0.01, 100.0)]
Days = Annotated[RangeModel, within(1.0, 365.0)]


class OtherAnswersModel(BaseModel):
    """The other side's answer, by what it lost."""

    model_config = STRICT
    up_nothing_lost: Chance = Field(description="chance of a step up in one answer, where it lost nothing")
    up_uncrewed_lost: Chance = Field(description="the same, where it lost aircraft without people")
    down: Chance = Field(description="chance of a step down where it takes none up")
    days: Days = Field(description="mean days until it answers")


class OwnAnswersModel(BaseModel):
    """Our own side's answer, by what came."""

    model_config = STRICT
    up_uncrewed_entered: Chance = Field(description="chance of a step up in one answer, where only uncrewed entered")
    up_crewed_entered: Chance = Field(description="the same, where a crewed aircraft entered")
    up_struck: Chance = Field(description="the same, where a site was hit")
    down: Chance = Field(description="chance of a step down where it takes none up")
    days: Days = Field(description="mean days until it answers")


class RatiosModel(BaseModel):
    """What multiplies a chance of a step up."""

    model_config = STRICT
    crewed_to_uncrewed: Annotated[
        Ratio, with_one("nobody knows that a crewed loss is answered otherwise than an uncrewed one")
    ] = Field(description="loss of a crewed aircraft")
    elsewhere_to_own: Ratio = Field(description="loss elsewhere than over the guarded states")
    unattributed_to_attributed: Annotated[Ratio, within(0.01, 1.0)] = Field(description="nothing to show whose it was")
    after_step_up: Annotated[Ratio, within(1.0, 100.0)] = Field(description="answer to a step up, over one to none")
    after_step_down: Annotated[Ratio, within(0.01, 1.0)] = Field(description="answer to a step down, over one to none")


class BeyondModel(BaseModel):
    """From which rung of each side on the ladder no longer tells rungs apart."""

    model_config = STRICT
    own: Slug
    other: Slug


class ExchangeModel(BaseModel):
    """An exchange of answers after a night."""

    model_config = STRICT
    horizon_days: int = Field(ge=1, le=365, description="days that are looked ahead")
    answers_at_most: int = Field(ge=1, le=12, description="answers of both sides together")
    beyond: BeyondModel
    other_states: Annotated[list[State], Field(min_length=1)] | None = Field(
        None, description="whose aircraft are the other side's (ISO 3166-1); unsaid: every intruder's"
    )
    other: OtherAnswersModel
    own: OwnAnswersModel
    ratios: RatiosModel

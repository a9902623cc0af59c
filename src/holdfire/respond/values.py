"""Numbers of a scenario with their bounds, their source and their grade."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, model_validator

from holdfire.logic.when_schema import STRICT, Number
from holdfire.sources import Grade


class Value(BaseModel):
    """From `low` to `high`, drawn once a night, each as likely as another.

    A bare number is both. Without a source it is this project's own, and assumed.
    """

    model_config = STRICT
    low: Number = Field(description="least")
    high: Number = Field(description="most")
    source: list[str] = Field([], description="ids of the sources that say so; none: assumed")
    grade: Annotated[Grade, Field(strict=False)] = Field(Grade.ASSUMED, description="how well it is attested")

    @model_validator(mode="before")
    @classmethod
    def _widen(cls, given: object) -> object:
        return {"low": given, "high": given} if type(given) in {int, float} else given

    @model_validator(mode="after")
    def _ordered(self) -> Value:
        if self.low > self.high:
            message = f"low is {self.low:g} and high is {self.high:g}: low must be at most high"
            raise ValueError(message)
        if self.grade is not Grade.ASSUMED and not self.source:
            message = f"grade is {self.grade.value!r} and no source says so: name one, or leave grade out"
            raise ValueError(message)
        return self


def within(least: float, most: float) -> AfterValidator:
    """Return the check that both ends of a `Value` lie between two bounds, these included."""

    def bounded(given: Value) -> Value:
        for value in (given.low, given.high):
            if not least <= value <= most:
                message = f"{value:g} is outside {least:g} to {most:g}"
                raise ValueError(message)
        return given

    return AfterValidator(bounded)


Share = Annotated[Value, within(0.0, 1.0)]


def assumed(low: float, high: float, meaning: str) -> Any:  # noqa: ANN401  # a field of any type
    """Return a field whose default is this project's own range, grade `assumed`."""
    return Field(Value(low=low, high=high), description=meaning)

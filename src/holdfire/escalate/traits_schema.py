"""What a rung is like: whether it can be taken back, who sees it, whose consent it needs, and what it costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Text
from holdfire.logic.when_schema import STRICT, Number
from holdfire.sources import Grade

Graded = Annotated[Grade, Field(strict=False)]
Reversible = Literal["yes", "partly", "no"]
Visible = Literal["public", "diplomatic", "covert"]
Consent = Literal["none", "crew-state", "host", "government", "parliament", "council", "union", "leadership"]
CONSENTS: dict[str, str] = {
    "none": "nobody's beyond those who act",
    "crew-state": "the state whose crew acts",
    "host": "the state overflown",
    "government": "the state's government",
    "parliament": "the state's parliament",
    "council": "the council of 32 allies",
    "union": "the council of the European Union",
    "leadership": "the other side's leadership",
}
"""Whose consent a rung may need, in words."""


class CostModel(BaseModel):
    """What a rung costs who takes it, beside the flights and weapons that are counted night by night."""

    model_config = STRICT
    low: Number = Field(ge=0.0, description="least, million EUR")
    high: Number = Field(ge=0.0, description="most, million EUR")
    unit: Literal["M€ once", "M€ a day"]
    grade: Graded = Field(description="how well it is attested")
    source: list[str] = Field([], description="ids of the sources that say so; none: assumed")

    @model_validator(mode="after")
    def _sound(self) -> CostModel:
        if self.low > self.high:
            message = f"low is {self.low:g} and high is {self.high:g}: low must be at most high"
            raise ValueError(message)
        if self.grade is not Grade.ASSUMED and not self.source:
            message = f"grade is {self.grade.value!r} and no source says so: name one, or write assumed"
            raise ValueError(message)
        return self


class TraitsModel(BaseModel):
    """The fields of a rung that no night reads; a ladder may leave them out."""

    model_config = STRICT
    reversible: Reversible | None = Field(None, description="whether it can be taken back")
    visible: Visible | None = Field(None, description="who sees it")
    consent: Annotated[list[Consent], Field(min_length=1)] | None = Field(
        None, description="whose it needs: all of them"
    )
    cost: CostModel | None = None
    judged: Graded | None = Field(None, description="how well reversible, visible and consent are attested")

    @model_validator(mode="after")
    def _together(self) -> TraitsModel:
        said = [name for name in ("reversible", "visible", "consent") if getattr(self, name) is not None]
        if said and self.judged is None:
            message = f"{said[0]} stands without judged: say how well it is attested, as judged: assumed"
            raise ValueError(message)
        if self.consent and "none" in self.consent and len(self.consent) > 1:
            message = f"consent is {', '.join(self.consent)}: none stands by itself"
            raise ValueError(message)
        return self


class GroupModel(BaseModel):
    """Neighbouring rungs under one heading, where a ladder of theory names no single ones."""

    model_config = STRICT
    first: int = Field(ge=1, le=44)
    last: int = Field(ge=1, le=44)
    title: Text
    source: Annotated[list[str], Field(min_length=1)]

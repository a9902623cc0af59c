"""The scenario's `sites` and `priors`: what is protected, and what is believed before anything is known.

The numbers that stand as defaults are this project's own (grade `assumed`): they say how often a clue is found
with aircraft that carry nobody and with those that carry people, and nothing was measured. A scenario that has
better ones writes them, with their sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import CLASSES, STATES
from holdfire.sources import Grade

Share = Annotated[float, Field(gt=0, lt=1)]
if TYPE_CHECKING:
    StateCode = str
    ClassName = str
else:
    StateCode = Literal[STATES[:-1]]
    ClassName = Literal[CLASSES[:-1]]


class SiteModel(BaseModel):
    """A protected site: a disc on the map."""

    model_config = STRICT
    id: Slug
    title: Text = Field(description="what people call it")
    lat_deg: float = Field(ge=-90, le=90, description="latitude of its centre, WGS 84")
    lon_deg: float = Field(ge=-180, le=180, description="longitude of its centre, WGS 84")
    radius_km: float = Field(gt=0, le=100, description="how far it reaches")
    kind: Literal["airbase", "power", "city", "terminal"] = Field(description="what it is")
    zone: Literal["restricted", "prohibited"] | None = Field(
        None, description="the airspace above is published as restricted or prohibited"
    )
    source: list[Slug] = Field(min_length=1, description="ids of the sources that say so")


class _Stated(BaseModel):
    """A number that says how well it is attested."""

    model_config = STRICT
    grade: Annotated[Grade, Field(strict=False)] = Field(Grade.ASSUMED, description="how well it is attested")
    source: list[Slug] = Field([], description="ids of the sources that say so; none where it is assumed")

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.grade is not Grade.ASSUMED and not self.source:
            message = f"a number graded {self.grade} needs a source: name it, or grade it assumed"
            raise ValueError(message)
        return self


class ClueModel(_Stated):
    """How often something is found with aircraft that carry nobody, and with those that carry people."""

    uncrewed: Share = Field(description="its share among aircraft that carry nobody")
    crewed: Share = Field(description="its share among aircraft that carry people")

    @property
    def factor(self) -> float:
        """What it does to the odds that nobody is aboard."""
        return self.uncrewed / self.crewed


class BandModel(ClueModel):
    """A clue that is a band of speeds or heights, from where the last one ends."""

    below: float | None = Field(None, gt=0, le=40_000, description="where it ends, m/s or m; the last has no end")


class OriginModel(ClueModel):
    """The clue that it crossed from a state from which no crewed civil traffic comes at that hour."""

    states: list[StateCode] = Field([], description="those states")


class RiskModel(_Stated):
    """What falls on people below when a modelled engagement happens, before anything is known of the aircraft."""

    debris_small_m2: float = Field(
        100.0, ge=0, le=1e5, description="area in which debris of something uncrewed harms whoever is there"
    )
    debris_slow_m2: float = Field(
        300.0, ge=0, le=1e5, description="the same for what is slow, and so no more than a light aircraft or helicopter"
    )
    slow_m_s: float = Field(80.0, gt=0, le=200, description="slow is what is below this")
    debris_other_m2: float = Field(2000.0, ge=0, le=1e6, description="the same for anything else")
    debris_spread_m: float = Field(1000.0, ge=0, le=2e4, description="how far debris falls from where it should")
    drag: float = Field(0.5, ge=0, le=1, description="share of the throw without air that debris flies on")
    stray_share: float = Field(
        0.2, ge=0, le=1, description="weapons that come down whole, of those fired: half of the two fifths that miss"
    )
    stray_m2: float = Field(500.0, ge=0, le=1e5, description="area in which a stray weapon harms whoever is there")
    stray_reach_m: float = Field(8000.0, ge=0, le=5e4, description="how far from the aircraft a stray weapon falls")
    density_sd_share: float = Field(
        0.5, ge=0, le=5, description="standard deviation of people per area, as a share of it"
    )


def _clue(uncrewed: float, crewed: float) -> ClueModel:
    return ClueModel(uncrewed=uncrewed, crewed=crewed)


def _bands(*rows: tuple[float | None, float, float]) -> list[BandModel]:
    return [BandModel(below=below, uncrewed=uncrewed, crewed=crewed) for below, uncrewed, crewed in rows]


_SPEEDS = _bands((25, 0.10, 0.03), (55, 0.75, 0.15), (80, 0.08, 0.17), (150, 0.03, 0.15), (None, 0.04, 0.50))
_HEIGHTS = _bands((1500, 0.70, 0.20), (3000, 0.20, 0.15), (6000, 0.07, 0.15), (None, 0.03, 0.50))
_LOOKS = {
    "civil": _clue(0.03, 0.60),
    "own-or-allied-military": _clue(0.02, 0.20),
    "foreign-military": _clue(0.02, 0.10),
    "one-way-attack-type": _clue(0.60, 0.01),
    "other-uncrewed": _clue(0.30, 0.01),
    "balloon": _clue(0.20, 0.01),
    "bird": _clue(0.20, 0.01),
}


class PriorsModel(_Stated):
    """What is believed of an aircraft about which nothing is known, and what each clue does to it."""

    uncrewed: float = Field(
        0.10, gt=0.05, lt=0.95, description="share of uncrewed aircraft among unknown ones; no value settles it alone"
    )
    confidence: float = Field(0.95, ge=0.95, lt=1, description="how sure it must be for occupancy to be known")
    silent: ClueModel = Field(_clue(0.97, 0.05), description="three interrogations in a row without an answer")
    answered: ClueModel = Field(_clue(0.01, 0.90), description="its transponder answered, now or earlier")
    friend: ClueModel = Field(_clue(0.02, 0.20), description="it answered an IFF interrogation as a friend")
    matched: ClueModel = Field(_clue(0.01, 0.70), description="a filed plan fits it")
    unmatched: ClueModel = Field(_clue(0.98, 0.30), description="no filed plan fits it")
    answering: ClueModel = Field(_clue(0.005, 0.85), description="somebody answers on the radio")
    unheard: ClueModel = Field(_clue(0.99, 0.15), description="it was called, and nobody answers")
    origin: OriginModel = Field(OriginModel(uncrewed=0.60, crewed=0.04), description="it crossed from a closed sky")
    speeds_m_s: list[BandModel] = Field(_SPEEDS, min_length=1, max_length=16, description="bands of speed")
    heights_m: list[BandModel] = Field(_HEIGHTS, min_length=1, max_length=16, description="bands of height")
    looks: dict[ClassName, ClueModel] = Field(_LOOKS, description="what a look took it for, rightly or wrongly")
    risk: RiskModel = Field(RiskModel(), description="people below")
    suspects_spoofing: bool = Field(
        default=False,
        description="whether an address only broadcast is suspected where radars see nothing",
    )

    @model_validator(mode="after")
    def _banded(self) -> Self:
        for name, bands in (("speeds_m_s", self.speeds_m_s), ("heights_m", self.heights_m)):
            ends = [band.below for band in bands]
            bounds = [end for end in ends[:-1] if end is not None]
            if ends[-1] is not None or len(bounds) != len(ends) - 1 or sorted(set(bounds)) != bounds:
                message = f"{name}: give rising `below` in all bands but the last, which has no end"
                raise ValueError(message)
            for side in ("uncrewed", "crewed"):
                total = sum(getattr(band, side) for band in bands)
                if abs(total - 1) > 1e-6:
                    message = f"{name}: the shares of {side} aircraft sum to {total:g}: make it 1"
                    raise ValueError(message)
        return self

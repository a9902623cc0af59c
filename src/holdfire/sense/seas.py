"""The section `sea` of a scenario, and how much of the sea's echo comes through radars, as records."""

from __future__ import annotations

from math import log10, pi, radians
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, Field

from holdfire.logic.when_schema import STRICT
from holdfire.sense.layout import BANDS
from holdfire.sense.stated import Cited, Quantity, Stated

if TYPE_CHECKING:
    from holdfire.geo.sea import Water
    from holdfire.sense.layout import Sensors

SEA: Final = "sea-echo"
"""The id on the shelf of sensors."""
_LIGHT_M_S: Final = 299_792_458.0  # exact (SI)


class CellModel(BaseModel):
    """The cell that a radar of one band takes the sea's echo from, and what its filter leaves of it."""

    model_config = STRICT
    polarisation: Literal["horizontal", "vertical"] = Field(description="of what is sent and received")
    beam_deg: Quantity[Annotated[float, Field(gt=0, le=20)]] = Field(description="width of the beam, both ways")
    range_cell_m: Quantity[Annotated[float, Field(gt=0, le=2000)]] = Field(description="length of a cell")
    rejection_db: Quantity[Annotated[float, Field(ge=0, le=80)]] = Field(
        description="by how much the filter weakens the echo of a sea that moves"
    )


class SeaModel(Stated):
    """How radars take the sea's echo."""

    kind: Literal["sea-echo"]
    bands: Annotated[dict[Literal["S", "L", "X"], CellModel], Field(min_length=len(BANDS))] = Field(
        description="for radars of each band"
    )


class RoughSeaModel(BaseModel):
    """How rough the sea is, the same all over the area and all night."""

    model_config = STRICT
    state: Annotated[float, Field(ge=0, le=6)] = Field(description="sea state, as Nathanson's tables count it")
    source: Cited = Field(description="ids of the sources that say so")


def with_sea(sensors: Sensors, stated: object, water: Water, state: float) -> Sensors:
    """Return sensors over a sea; writes into their `RADAR` records.

    A cell at range r has the area r b c, with the beam's width b and the length c of a cell (M. I. Skolnik,
    *Introduction to Radar Systems*, 3rd edition, 2001, section 7.2, at small angles of grazing).
    """
    if not isinstance(stated, SeaModel):
        message = f"{SEA} on the shelf of sensors describes no sea"
        raise TypeError(message)
    for radar in sensors.radar:
        if radar["snr_m2"] <= 0.0:
            continue
        cell = stated.bands[BANDS[radar["band"]]]
        radar["log_ghz"] = log10(radar["wave_per_m"] * _LIGHT_M_S / (2e9 * pi))
        radar["sea_vertical"] = cell.polarisation == "vertical"
        radar["sea_m"] = radians(cell.beam_deg.value) * cell.range_cell_m.value
        radar["sea_m"] *= 10 ** (-cell.rejection_db.value / 10)
    return sensors._replace(water=water, sea_state=float(state))

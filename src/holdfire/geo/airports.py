"""Airports by ICAO code, from the package airportsdata (MIT), whose rows volunteers keep: grade `several outlets`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import airportsdata

from holdfire.errors import UnknownNameError
from holdfire.findings import did_you_mean
from holdfire.units import M_PER_FT

if TYPE_CHECKING:
    from holdfire.geo.borders import Window


class Airport(NamedTuple):
    """An airport or air base.

    `iata` is empty where it has no such code, `country` is ISO 3166-1, `elevation_m` above mean sea level.
    """

    icao: str
    iata: str
    name: str
    lat_deg: float
    lon_deg: float
    elevation_m: float
    country: str


def airport(icao: str) -> Airport:
    """Return the airport with an ICAO code; raises `UnknownNameError` for one that nothing has."""
    found = _by_icao().get(icao)
    if found is None:
        message = f"no airport has the ICAO code {icao!r}{did_you_mean(icao, _by_icao())}"
        raise UnknownNameError(message)
    return found


def airports(window: Window) -> list[Airport]:
    """Return the airports in a part of the globe, in the order of their ICAO codes."""
    return [found for _, found in sorted(_by_icao().items()) if window.holds(found.lat_deg, found.lon_deg)]


@cache
def _by_icao() -> dict[str, Airport]:
    return {
        icao: Airport(
            icao, row["iata"], row["name"], row["lat"], row["lon"], row["elevation"] * M_PER_FT, row["country"]
        )
        for icao, row in airportsdata.load("ICAO").items()
    }

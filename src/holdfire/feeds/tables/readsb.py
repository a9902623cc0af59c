"""Traces of readsb and tar1090: one aircraft's day, as readsb's `README-json.md` describes it."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, Final

from holdfire.feeds.accuracy import sigma_of_nacp
from holdfire.feeds.modes.frames import LATEST_S, loaded
from holdfire.feeds.tables.states import address_of, as_number, code_of
from holdfire.messages.recording import Source
from holdfire.units import M_PER_FT, M_S_PER_KT, RAD_PER_DEG

if TYPE_CHECKING:
    from holdfire.feeds.intake import Intake, Row

_SOURCES: Final = {"adsb": Source.ADS_B, "adsr": Source.ADS_B, "mlat": Source.MLAT, "tisb": Source.TIS_B}
_DELAY, _LAT, _LON, _HEIGHT, _SPEED, _TRACK, _DETAILS, _TYPE = 0, 1, 2, 3, 4, 5, 8, 9


def of_trace(file: str, data: bytes, intake: Intake) -> list[Row]:
    """Return the rows of a trace; none of one that is damaged."""
    said = loaded(data)
    begun_s = as_number(said.get("timestamp")) if isinstance(said, dict) else None
    trace = said.get("trace") if isinstance(said, dict) else None
    if begun_s is None or not isinstance(trace, list):
        intake.refuse(file, 0, data, "a trace that is damaged")
        return []
    address = address_of(str(said.get("icao", "")))  # one that begins with ~ is none of ICAO's
    rows, details = [], dict[str, Any]()
    for place, point in enumerate(trace):
        if isinstance(point, list) and len(point) > _DETAILS and isinstance(point[_DETAILS], dict):
            details = point[_DETAILS]
        row = _row(point, begun_s, address, details) if isinstance(point, list) else None
        if row is None:
            intake.refuse(file, place, repr(point).encode(), "point of a trace that cannot be")
        else:
            rows.append(row)
    intake.counts["points of traces"] += len(rows)
    return rows


def _row(point: list[Any], begun_s: float, address: int, details: dict[str, Any]) -> Row | None:
    said = [*point, *[None] * 10][:10]
    delay_s, lat_deg, lon_deg = (as_number(said[place]) for place in (_DELAY, _LAT, _LON))
    if delay_s is None or lat_deg is None or lon_deg is None or not 0.0 <= begun_s + delay_s < LATEST_S:
        return None
    if not (abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0):
        return None
    nacp = as_number(details.get("nac_p"))
    heard = str(said[_TYPE] or "").split("_")[0]
    return (
        begun_s + delay_s, lat_deg, lon_deg,
        _scaled(said[_HEIGHT], M_PER_FT), _scaled(said[_SPEED], M_S_PER_KT), _scaled(said[_TRACK], RAD_PER_DEG),
        sigma_of_nacp(int(nacp)) if nacp is not None and heard == "adsb" else nan,
        address, code_of(str(details.get("squawk", ""))), int(said[_HEIGHT] == "ground"),
        int(_SOURCES.get(heard, Source.OTHER)), 0,
        str(details.get("flight", "")).strip().encode("ascii", "replace")[:8],
    )  # fmt: skip


def _scaled(value: object, unit: float) -> float:
    number = None if isinstance(value, str) else as_number(value)
    return nan if number is None else number * unit

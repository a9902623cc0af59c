"""Tracks as files: a table (Parquet), a map (GeoJSON) and surveillance data (CAT062). Each says what it is of."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.clock import format_utc
from holdfire.errors import InputError
from holdfire.feeds.asterix.write import write_cat062
from holdfire.geo.slant import to_frame
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import SYSTEM_TRACK, Site
from holdfire.messages.track import Stand
from holdfire.study.collect import connect
from holdfire.study.files import replacing, write_whole
from holdfire.units import RAD_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.clock import Clock
    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.recorded.fuse import Fused

    Numbers = NDArray[np.float64]
    Places = tuple[Numbers, Numbers]

PARQUET: Final = "tracks.parquet"
GEOJSON: Final = "tracks.geojson"
CAT062: Final = "tracks.cat062"
SITES: Final = tuple(
    Site("holdfire", 0, sic, float("nan"), float("nan"), float("nan"), None, position_known=False) for sic in range(256)
)
"""SAC 0: no system that EUROCONTROL or a state has given a number to. A SIC has the numbers of 65,536 tracks."""
_M_PER_DEG: Final = 111_200.0
_STEPS: Final = 12
_BY: Final = {1: "own", 2: "system", 3: "own and system"}


def write(folder: Path, fused: Fused, frame: Frame, epoch_s: float, clock: Clock, *, simulated: bool) -> list[str]:
    """Write all three files; return their names.

    Raises `InputError` where the folder cannot be written, DuckDB is missing, or what is tracked is neither simulated
    nor a day old.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        places = geographic(frame, fused.history["x_m"], fused.history["y_m"])
        write_cat062(system_tracks(fused.history, places, simulated=simulated), SITES, epoch_s, folder / CAT062, clock)
        _table(folder / PARQUET, fused, places, epoch_s, simulated=simulated)
        made = _map(fused.history, places, epoch_s, simulated=simulated)
        write_whole(folder / GEOJSON, json.dumps(made, allow_nan=False) + "\n")
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror}): name another folder with --out"
        raise InputError(message) from error
    return [PARQUET, GEOJSON, CAT062]


def geographic(frame: Frame, x_m: Numbers, y_m: Numbers) -> Places:
    """Return latitude and longitude, deg, of points, as `Frame.to_geographic` does but of many at once.

    What is missing in the frame is added, as on a sphere, until nothing is: each time a few hundredths are left.
    """
    lat_deg = frame.lat_deg + y_m / _M_PER_DEG
    lon_deg = frame.lon_deg + x_m / _M_PER_DEG / np.cos(lat_deg * RAD_PER_DEG)
    for _ in range(_STEPS):
        there_x_m, there_y_m = to_frame(frame, lat_deg, lon_deg)
        lat_deg = lat_deg + (y_m - there_y_m) / _M_PER_DEG
        lon_deg = lon_deg + (x_m - there_x_m) / _M_PER_DEG / np.cos(lat_deg * RAD_PER_DEG)
    return lat_deg, lon_deg


def system_tracks(history: Records, places: Places, *, simulated: bool) -> Records:
    """Return snapshots as `SYSTEM_TRACK` records; a number is split into the 16 bits of CAT062 and a SIC above them.

    Raises `InputError` of a number beyond the last SIC: two tracks would be one.
    """
    highest = int(history["number"].max(initial=0))
    if highest >> 16 >= len(SITES):
        most = len(SITES) << 16
        message = f"track number {highest} does not fit CAT062, {most - 1} does: track a shorter recording"
        raise InputError(message)
    out = np.zeros(len(history), SYSTEM_TRACK)
    for name in ("time_s", "vx_m_s", "vy_m_s", "h_m", "vh_m_s", "mode_a", "address"):
        out[name] = history[name]
    out["sensor"], out["number"] = history["number"] >> 16, history["number"] & 0xFFFF
    out["simulated"], out["confirmed"] = int(simulated), 1
    out["lat_deg"], out["lon_deg"] = places
    out["sigma_m"] = np.sqrt(np.maximum(history["p"][:, 0], history["p"][:, 4]))
    out["coasted"] = history["stand"] == Stand.COASTED
    last = {int(number): row for row, number in enumerate(history["number"])}
    out["ended"][list(last.values())] = 1
    return out


def _table(path: Path, fused: Fused, places: Places, epoch_s: float, *, simulated: bool) -> None:
    history = fused.history
    columns: dict[str, NDArray[Any]] = {
        "time_s": history["time_s"],
        "posix_s": history["time_s"] + epoch_s,
        "track": history["number"],
        "lat_deg": places[0],
        "lon_deg": places[1],
        "vx_m_s": history["vx_m_s"],
        "vy_m_s": history["vy_m_s"],
        "height_m": history["h_m"],
        "climb_m_s": history["vh_m_s"],
        "sigma_m": np.sqrt(np.maximum(history["p"][:, 0], history["p"][:, 4])),
        "coasted": history["stand"] == Stand.COASTED,
        "code": history["mode_a"],
        "icao": history["address"],
        "made": fused.by,
    }
    when, height, climb, east, north = (
        f"case when isnan({name}) then null else {name} end as {name}"
        for name in ("posix_s", "height_m", "climb_m_s", "vx_m_s", "vy_m_s")
    )
    makers = " ".join(f"when {bits} then '{text}'" for bits, text in _BY.items())
    connection = connect()
    with contextlib.closing(connection), _told(path), replacing(path) as part:
        connection.register("given", columns)
        connection.execute(
            f"copy (select time_s, {when}, {height}, {climb}, track, lat_deg, lon_deg, "  # noqa: S608  # names are ours
            f"{east}, {north}, sigma_m, coasted, "
            f"case when code = {NO_CODE} then null else lpad(to_base(code, 8), 4, '0') end as squawk, "
            "case when icao = 0 then null else lower(lpad(to_base(icao, 16), 6, '0')) end as address, "
            f"case made {makers} end as made_by, '{_origin(simulated=simulated)}' as origin from given) "
            f"to '{str(part).replace(chr(39), chr(39) * 2)}' (format parquet)"
        )


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn DuckDB's error, as of a full disk, into one of ours."""
    from duckdb import Error

    try:
        yield
    except Error as error:
        why = str(error).partition("\n")[0]
        message = f"{path} cannot be written ({why}): free some space, or name another folder with --out"
        raise InputError(message) from None


def _map(history: Records, places: Places, epoch_s: float, *, simulated: bool) -> dict[str, Any]:
    features = []
    for number in np.unique(history["number"]):
        rows = np.flatnonzero(history["number"] == number)
        points = [[round(float(places[1][row]), 6), round(float(places[0][row]), 6)] for row in rows]
        line, point = {"type": "LineString", "coordinates": points}, {"type": "Point", "coordinates": points[0]}
        codes = sorted({f"{code:04o}" for code in history["mode_a"][rows].tolist() if code != NO_CODE})
        named = sorted({f"{address:06x}" for address in history["address"][rows].tolist() if address})
        features.append(
            {
                "type": "Feature",
                "geometry": line if len(rows) > 1 else point,
                "properties": {
                    "track": int(number), "origin": _origin(simulated=simulated), "squawks": codes, "addresses": named,
                    "from": _when(epoch_s, float(history["time_s"][rows[0]])),
                    "until": _when(epoch_s, float(history["time_s"][rows[-1]])),
                },
            }
        )  # fmt: skip
    return {"type": "FeatureCollection", "origin": _origin(simulated=simulated), "features": features}


def _when(epoch_s: float, time_s: float) -> str | None:
    return None if np.isnan(epoch_s) else format_utc(epoch_s + time_s)


def _origin(*, simulated: bool) -> str:
    return "simulated" if simulated else "recorded"

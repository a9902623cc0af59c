"""Make src/holdfire/library/recordings: a made-up scene as two radars, a system and a receiver would have recorded it.

Eight aircraft over the open ocean, six minutes across midnight; who they are stands in `SCENE`. Bit for bit the same
each time: what is random is named by the seed, and files in gzip carry no time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from math import cos, nan, sin, tau
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.clock import SimulatedClock, parse_utc
from holdfire.feeds.asterix.write import blocks, cat065, write_cat062
from holdfire.feeds.asterix.write_radars import pcap, radar_blocks
from holdfire.feeds.modes import write as frames
from holdfire.geo.frame import Frame
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POSITION, SYSTEM_TRACK, Site
from holdfire.seed import Stage, normal_pair, stream
from holdfire.study.radars import Radar, plots_of

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

OUT: Final = Path(__file__).parents[1] / "src" / "holdfire" / "library" / "recordings"
SEED: Final = 6
EPOCH_S: Final = parse_utc("2025-03-01T00:00:00Z")
BEGIN_S, END_S = 86_400.0 - 180.0, 86_400.0 + 180.0
CENTRE: Final = Frame(45.0, -20.0)
"""In the open Atlantic, where nobody's radar stands."""
TRACK_SD_M: Final = 30.0


class Flown(NamedTuple):
    """An aircraft: where it is as the scene begins (km east and north of the centre), and how it flies."""

    address: int  # 0: no Mode S
    mode_a: int
    callsign: str
    east_km: float
    north_km: float
    heading_deg: float
    speed_m_s: float
    h_m: float
    climb_m_s: float = 0.0
    turn_deg_s: float = 0.0


SCENE: Final = (
    Flown(0x4CA001, 0o1001, "MADE01", -60.0, -40.0, 70.0, 235.0, 10_668.0),
    Flown(0x4CA002, 0o1002, "MADE02", 70.0, 50.0, 250.0, 240.0, 11_277.6),
    Flown(0x4CA003, 0o2001, "MADE03", -10.0, 60.0, 180.0, 150.0, 3_048.0, climb_m_s=9.0),
    Flown(0x4CA004, 0o2001, "MADE04", 20.0, -70.0, 0.0, 130.0, 4_572.0, climb_m_s=-6.0),  # the same squawk
    Flown(0x4CA005, 0o1005, "MADE05", 30.0, 10.0, 320.0, 120.0, 2_438.4, turn_deg_s=1.5),
    Flown(0x4CA006, 0o7600, "MADE06", -30.0, 20.0, 95.0, 60.0, 914.4),
    Flown(0x4CA007, NO_CODE, "MADE07", 5.0, -15.0, 40.0, 1.0, 304.8),  # hovers
    Flown(0x4CA008, 0o7700, "MADE08", -45.0, -10.0, 15.0, 200.0, 8_229.6, climb_m_s=-15.0),
)
RADARS: Final = (
    Radar(Site("radar 2/11", 2, 11, 45.0, -20.0, 120.0, 4.0, position_known=True)),
    Radar(
        Site("radar 2/12", 2, 12, 44.6, -19.1, 60.0, 6.0, position_known=True), mode_s=False, false_per_turn=0.5,
    ),
)  # fmt: skip
SYSTEM: Final = Site("system 2/99", 2, 99, nan, nan, nan, None, position_known=False)


def truth(step_s: float) -> Records:
    """Return where everybody is, every so many seconds."""
    rows = []
    for flown in SCENE:
        x_m, y_m, heading = flown.east_km * 1000.0, flown.north_km * 1000.0, flown.heading_deg * tau / 360.0
        for time_s in np.arange(BEGIN_S, END_S, step_s).tolist():
            lat_deg, lon_deg = CENTRE.to_geographic(x_m, y_m)
            h_m = flown.h_m + flown.climb_m_s * (time_s - BEGIN_S)
            rows.append((
                time_s, lat_deg, lon_deg, h_m, flown.speed_m_s, heading % tau, nan, flown.address, flown.mode_a, 0, 0,
                1, flown.callsign.encode(),
            ))  # fmt: skip
            turned = flown.turn_deg_s * step_s * tau / 360.0
            middle = heading + turned / 2.0  # along the chord of the arc
            x_m += flown.speed_m_s * step_s * sin(middle)
            y_m += flown.speed_m_s * step_s * cos(middle)
            heading += turned
    return np.array(rows, POSITION)


def system(known: Records) -> Records:
    """Return a system's tracks of everybody, each off by its noise."""
    tracks = np.zeros(len(known), SYSTEM_TRACK)
    numbers = {flown.address: number for number, flown in enumerate(SCENE, 1)}
    climbs = {flown.address: flown.climb_m_s for flown in SCENE}
    for track, one in zip(tracks, known, strict=True):
        noise = normal_pair(SEED, 0, int(one["time_s"]), int(one["address"]), stream(Stage.STUDY, 99), 0, 0)
        x_m, y_m = CENTRE.to_local(float(one["lat_deg"]), float(one["lon_deg"]))
        track["lat_deg"], track["lon_deg"] = CENTRE.to_geographic(
            x_m + TRACK_SD_M * noise[0], y_m + TRACK_SD_M * noise[1]
        )
        track["vx_m_s"], track["vy_m_s"] = (
            one["ground_m_s"] * sin(one["heading_rad"]), one["ground_m_s"] * cos(one["heading_rad"]),
        )  # fmt: skip
        track["number"], track["vh_m_s"] = numbers[int(one["address"])], climbs[int(one["address"])]
        for name in ("time_s", "h_m", "mode_a", "address"):
            track[name] = one[name]
    tracks["sigma_m"], tracks["confirmed"], tracks["simulated"] = TRACK_SD_M, 1, 1
    return tracks[np.lexsort((tracks["number"], tracks["time_s"]))]


def heard(known: Records) -> str:
    """Return what a receiver hears of everybody with Mode S: positions in turn even and odd, and who it is."""
    lines = []
    for number, one in enumerate(known):
        address, time_s = int(one["address"]), EPOCH_S + float(one["time_s"]) + 0.01 * (number % 7)
        where = float(one["lat_deg"]), float(one["lon_deg"]), float(one["h_m"])
        said = [frames.position(address, *where, odd=int(one["time_s"]) % 2 == 1)]
        if int(one["time_s"]) % 10 == 0:
            said.append(frames.identification(address, one["callsign"].decode()))
            said += [frames.squawk(address, int(one["mode_a"]))] if one["mode_a"] >= 0 else []
        lines += [(time_s + 0.001 * place, frame) for place, frame in enumerate(said)]
    return "".join(
        json.dumps({"timestamp": round(at, 6), "frame": frame, "simulated": True}) + "\n" for at, frame in sorted(lines)
    )


def table(known: Records) -> str:
    """Return positions as a table that `feeds` reads."""
    rows = ["time,icao24,lat,lon,velocity,heading,callsign,onground,squawk,baroaltitude,simulated"]
    for one in known:
        code = "" if one["mode_a"] < 0 else f"{one['mode_a']:04o}"
        rows.append(
            f"{EPOCH_S + one['time_s']:.0f},{one['address']:06x},{one['lat_deg']:.7f},{one['lon_deg']:.7f},"
            f"{one['ground_m_s']:.1f},{one['heading_rad'] * 360.0 / tau:.3f},{one['callsign'].decode()},False,{code},"
            f"{one['h_m']:.1f},True"
        )
    return "\n".join(rows) + "\n"


def make(out: Path) -> None:
    """Write every file into a folder, and what each is beside them."""
    out.mkdir(parents=True, exist_ok=True)
    every_second, every_fifth = truth(1.0), truth(5.0)
    plotted = plots_of(every_second, EPOCH_S, RADARS, SEED)
    sites = [radar.site for radar in RADARS]
    listed = list(radar_blocks(plotted.recording.polar, sites, BEGIN_S, END_S))
    _write(out / "radars.ast", b"".join(block for _, block in listed))
    _write(out / "radars.pcap.gz", gzip.compress(pcap(listed, EPOCH_S, groups=2), 9, mtime=0))
    write_cat062(system(every_fifth), [SYSTEM], EPOCH_S, out / "system.ast", SimulatedClock(EPOCH_S))
    batches = [cat065(SYSTEM, time_s) for time_s in np.arange(BEGIN_S, END_S, 5.0).tolist()]
    _write(out / "system.ast", (out / "system.ast").read_bytes() + b"".join(blocks(65, batches)))
    _write(out / "frames.jsonl.gz", gzip.compress(heard(every_second).encode(), 9, mtime=0))
    _write(out / "truth.csv.gz", gzip.compress(table(every_second).encode(), 9, mtime=0))
    origin = [f"{plotted.addresses[one]:06x}" if one >= 0 else "" for one in plotted.origin.tolist()]
    _write(out / "origin.txt", ("\n".join(origin) + "\n").encode())
    _write(out / "sources.yaml", _sources(out).encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


ABOUT: Final = {
    "radars.ast": "CAT034 and CAT048 blocks of two simulated radars; the second has no Mode S, and false plots",
    "radars.pcap.gz": "the same blocks as UDP datagrams, each heard twice",
    "system.ast": "CAT062 blocks of a simulated system that sees everybody, 30 m off; CAT065 ends of batches",
    "frames.jsonl.gz": "Mode S frames: positions each second, call signs and squawks every ten",
    "truth.csv.gz": "where everybody is, each second",
    "origin.txt": "of each plot of the radars, in the order of time, the address of its aircraft; empty: of none",
}


def _sources(out: Path) -> str:
    rows = "".join(
        f'{name}:\n  what: "{what}"\n  made_by: scripts/recordings.py, from a made-up scene; seed {SEED}\n'
        f"  licence: Apache-2.0\n  sha256: {hashlib.sha256((out / name).read_bytes()).hexdigest()}\n"
        for name, what in ABOUT.items()
    )
    return f"# Simulated: every report says so. Nobody of these aircraft or radars exists.\n{rows}"


if __name__ == "__main__":
    make(OUT)

"""What stated radars would have made of aircraft whose positions are known: plots with their truth beside them.

Real traffic, or a made scene, becomes a recording of radars that are simulated and say so. Tracker and metrics can
then be held against truth on a real sky. An aircraft flies straight between two of its reports; where they are more
than `LONGEST_GAP_S` apart it is not there. Random numbers are named by the aircraft's address.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, nan, sqrt, tan, tau
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.geo.horizon import EFFECTIVE_RADIUS_M
from holdfire.geo.slant import sighted, to_earth_centred
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Recording, Site
from holdfire.seed import Stage, check_seed, normal_pair, stream, uniform
from holdfire.units import M_PER_FT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

LONGEST_GAP_S: Final = 30.0
_CONE: Final = tan(45.0 / 360.0 * tau)
_STEP_M, _COARSE_STEP_M = 25 * M_PER_FT, 100 * M_PER_FT  # Mode S and Mode C, ICAO Annex 10, volume IV, 3.1.2.6.5.4
_FOUND, _MEASURED, _FALSE_WHERE, _FALSE = 0, 1, 2, 3  # draws


@dataclass(frozen=True, slots=True)
class Radar:
    """A rotating radar, as stated. Every default is `assumed`, of an en-route Mode S radar's order.

    `detects` is the chance of a reply in each turn, `primary` that of a primary echo with it; `false_per_turn` the
    mean count of primary plots of nothing, anywhere within reach. Bias and offset are for registration to find.
    """

    site: Site
    reach_m: float = 370_400.0
    range_sd_m: float = 50.0
    azimuth_sd_rad: float = 0.0012
    detects: float = 0.97
    primary: float = 0.8
    mode_s: bool = True
    false_per_turn: float = 0.0
    range_bias_m: float = 0.0
    azimuth_bias_rad: float = 0.0
    time_offset_s: float = 0.0


class Plotted(NamedTuple):
    """A simulated recording; the place in `addresses` of the aircraft of each plot, -1 of none; and who they are."""

    recording: Recording
    origin: NDArray[np.int64]
    addresses: NDArray[np.int64]


def plots_of(positions: Records, epoch_s: float, radars: Sequence[Radar], seed: int) -> Plotted:
    """Return what radars make of `POSITION` records; reports without address or height, and on ground, are left out.

    `sensor` of a plot is the place of its radar. Two runs with one seed are alike.
    """
    check_seed(seed)
    flying = positions[(positions["address"] > 0) & (positions["on_ground"] == 0) & np.isfinite(positions["h_m"])]
    addresses = np.unique(flying["address"])
    parts, origins = [np.zeros(0, POLAR)], [np.zeros(0, np.int64)]
    for place, address in enumerate(addresses.tolist()):
        path = flying[flying["address"] == address]
        path = path[np.unique(path["time_s"], return_index=True)[1]]
        for number, radar in enumerate(radars):
            parts.append(_turns(path, radar, number, seed))
            origins.append(np.full(len(parts[-1]), place, np.int64))
    if len(flying):
        first_s, last_s = float(flying["time_s"].min()), float(flying["time_s"].max())
        for number, radar in enumerate(radars):
            parts.append(_false(radar, number, first_s, last_s, seed))
            origins.append(np.full(len(parts[-1]), -1, np.int64))
    polar, origin = np.concatenate(parts), np.concatenate(origins)
    order = np.lexsort((polar["sensor"], polar["time_s"]))
    sites = tuple(radar.site for radar in radars)
    note = "Simulated radars looked at reported positions."
    recording = Recording(
        epoch_s,
        sites,
        polar[order],
        np.zeros(0, POSITION),
        np.zeros(0, SYSTEM_TRACK),
        {"plots": len(polar)},
        (),
        (note,),
    )
    return Plotted(recording, origin[order], addresses)


def _turns(path: Records, radar: Radar, number: int, seed: int) -> Records:
    """Return the plots of one aircraft by one radar, one at most a turn."""
    turns, at_s, after = _met(path, radar)
    if not len(at_s):
        return np.zeros(0, POLAR)
    range_m, azimuth_rad, elevation = _seen(path, at_s, radar)
    h_m = np.interp(at_s, path["time_s"], path["h_m"])
    horizon_m = sqrt(2.0 * EFFECTIVE_RADIUS_M * max(radar.site.h_m, 0.0)) + np.sqrt(
        2.0 * EFFECTIVE_RADIUS_M * np.maximum(h_m, 0.0)
    )
    covered = (range_m <= radar.reach_m) & (range_m < horizon_m) & (np.tan(elevation) < _CONE)
    last = path[after - 1]
    rows = [
        _plot(radar, number, seed, int(turn), each, float(t), (float(r), float(a), float(h)))
        for turn, each, t, r, a, h in zip(
            turns[covered], last[covered], at_s[covered], range_m[covered], azimuth_rad[covered], h_m[covered],
            strict=True,
        )
    ]  # fmt: skip
    return np.array([row for row in rows if row is not None], POLAR)


def _met(path: Records, radar: Radar) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    """Return when the beam meets an aircraft: number of the turn, time, and place of the first report after it.

    The beam points north at whole multiples of its period. The bearing is taken on through north, so that an aircraft
    that crosses it is met once a turn all the same.
    """
    period_s, known = radar.site.period_s or 4.0, path["time_s"]
    bearing = np.unwrap(_seen(path, known, radar)[1]) / tau
    turns = np.arange(np.floor(known[0] / period_s - bearing.max()), np.ceil(known[-1] / period_s - bearing.min()) + 1)
    at_s = (turns + bearing.mean()) * period_s
    for _ in range(8):
        at_s = (turns + np.interp(at_s, known, bearing)) * period_s
    after = np.clip(np.searchsorted(known, at_s), min(1, len(known) - 1), len(known) - 1)
    there = (at_s >= known[0]) & (at_s <= known[-1]) & (known[after] - known[after - 1] <= LONGEST_GAP_S)
    there &= len(known) > 1
    return turns[there], at_s[there], after[there]


def _seen(path: Records, at_s: Numbers, radar: Radar) -> tuple[Numbers, Numbers, Numbers]:
    """Return range, azimuth and elevation of an aircraft at some times."""
    point_m = to_earth_centred(path["lat_deg"], path["lon_deg"], path["h_m"])
    flown_m = np.stack([np.interp(at_s, path["time_s"], point_m[:, axis]) for axis in range(3)], axis=-1)
    site = radar.site
    lat_deg, lon_deg, h_m = (np.full_like(at_s, value) for value in (site.lat_deg, site.lon_deg, site.h_m))
    return sighted((lat_deg, lon_deg, h_m), flown_m)


def _plot(  # noqa: PLR0913 -- what was really there
    radar: Radar,
    number: int,
    seed: int,
    turn: int,
    last: np.void,
    at_s: float,
    seen: tuple[float, float, float],
) -> tuple[float, ...] | None:
    range_m, azimuth, h_m = seen
    name = seed, 0, turn, int(last["address"])
    source = stream(Stage.STUDY, number)
    if uniform(*name, source, _FOUND, 0) >= radar.detects:
        return None
    along, across = normal_pair(*name, source, _MEASURED, 0)
    echo = uniform(*name, source, _FALSE_WHERE, 0) < radar.primary
    step_m = _STEP_M if radar.mode_s else _COARSE_STEP_M
    return (
        number, at_s + radar.time_offset_s, max(range_m + radar.range_bias_m + radar.range_sd_m * along, 1.0),
        (azimuth + radar.azimuth_bias_rad + radar.azimuth_sd_rad * across) % tau, round(h_m / step_m) * step_m,
        int(last["mode_a"]), int(last["address"]) if radar.mode_s else 0, 3 if echo else 2, 0, 0, nan, nan, -1, 1,
    )  # fmt: skip


def _false(radar: Radar, number: int, first_s: float, last_s: float, seed: int) -> Records:
    """Return primary plots of nothing, even over the area within reach, `false_per_turn` of them in the mean."""
    period_s = radar.site.period_s or 4.0
    source, rows = stream(Stage.STUDY, number), []
    for turn in range(int(first_s / period_s), int(last_s / period_s) + 1):
        least, count = np.exp(-radar.false_per_turn), 0  # a Poisson count, by the product of uniforms (Knuth)
        product = uniform(seed, 0, turn, 0, source, _FALSE, 0)
        while product > least:
            count += 1
            product *= uniform(seed, 0, turn, count, source, _FALSE, 0)
        for each in range(count):
            one, other = (uniform(seed, 0, turn, each, source, _FALSE + draw, 0) for draw in (1, 2))
            rows.append((
                number, (turn + other) * period_s + radar.time_offset_s, hypot(sqrt(one) * radar.reach_m, 1.0),
                other * tau, nan, NO_CODE, 0, 1, 0, 0, nan, nan, -1, 1,
            ))  # fmt: skip
    return np.array(rows, POLAR)

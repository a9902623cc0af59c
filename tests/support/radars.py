"""Made-up radars that look at made-up flights, with what they are out by: for tests of registration and tracking."""

from __future__ import annotations

from itertools import pairwise
from math import pi
from typing import TYPE_CHECKING

import numpy as np

from holdfire.geo.slant import sighted, to_earth_centred
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, POSITION, Recording, Site
from support.draws import uniforms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

RANGE_SD_M, AZIMUTH_SD_RAD = 60.0, 1.4e-3
EPOCH_S = 1_600_000_000.0 // 86400 * 86400
START_S = 36_000.0


def normals(name: int, shape: tuple[int, ...]) -> Numbers:
    first, second = 1.0 - uniforms(name, shape), uniforms(name + 1, shape)
    out: Numbers = np.sqrt(-2 * np.log(first)) * np.cos(2 * pi * second)
    return out


def site(name: str, lat_deg: float, lon_deg: float, sic: int = 1, *, known: bool = True) -> Site:
    return Site(name, 1, sic, lat_deg, lon_deg, 100.0, 4.0, known)


def flights(count: int, times_s: Numbers, name: int) -> tuple[Numbers, Numbers, Numbers]:
    """Latitude, longitude and height (aircraft, times): straight flights of 180 to 260 m/s around 50 N, 10 E."""
    start = uniforms(name, (count, 2)) - 0.5
    course = 2 * pi * uniforms(name + 1, (count, 1))
    speed = 180.0 + 80.0 * uniforms(name + 2, (count, 1))
    lat = 50.0 + 1.6 * start[:, :1] + speed * np.cos(course) * times_s / 111_200.0
    lon = 10.0 + 2.4 * start[:, 1:] + speed * np.sin(course) * times_s / 111_200.0 / np.cos(50 * pi / 180)
    return lat, lon, np.broadcast_to(3000.0 + 9000.0 * uniforms(name + 3, (count, 1)), lat.shape)


def recorded(
    sites: Sequence[Site],
    biases: Sequence[tuple[float, float, float]],
    name: int,
    *,
    count: int = 30,
    duration_s: float = 300.0,
    positions: bool = True,
) -> Recording:
    """Each radar sees each flight every 4 s, out by (m, rad, s); each flight tells its place every second."""
    polar = [_plots(place, site, biases[place], name, count, duration_s) for place, site in enumerate(sites)]
    joined = np.concatenate([np.zeros(0, POLAR), *polar])
    said = _positions(name, count, duration_s) if positions else np.zeros(0, POSITION)
    order = np.argsort(joined["time_s"], kind="stable")
    return Recording(EPOCH_S, tuple(sites), joined[order], said, np.zeros(0, POSITION))


def _plots(place: int, at: Site, bias: tuple[float, float, float], name: int, count: int, duration_s: float) -> Records:
    looks = int(duration_s // 4)
    when = np.arange(looks)[None, :] * 4.0 + 4.0 * uniforms(name + 50 + place, (count, 1))
    lat, lon, h = flights(count, when, name)
    point = to_earth_centred(lat.ravel(), lon.ravel(), h.ravel())
    lat_deg, lon_deg, h_m = (np.array([each]) for each in (at.lat_deg, at.lon_deg, at.h_m))
    range_m, azimuth, _ = sighted((lat_deg, lon_deg, h_m), point)
    out = np.zeros(point.shape[0], POLAR)
    noise = normals(name + 100 + 10 * place, (2, len(out)))
    out["sensor"], out["h_m"], out["kinds"], out["track_no"] = place, h.ravel(), 3, -1
    out["time_s"] = START_S + when.ravel() + bias[2]
    out["range_m"] = range_m + bias[0] + RANGE_SD_M * noise[0]
    out["azimuth_rad"] = (azimuth + bias[1] + AZIMUTH_SD_RAD * noise[1]) % (2 * pi)
    out["address"] = np.repeat(0x400000 + np.arange(count), looks)
    out["mode_a"] = np.repeat(0o2100 + np.arange(count), looks)
    out["ground_m_s"] = out["heading_rad"] = np.nan
    return out


def _positions(name: int, count: int, duration_s: float) -> Records:
    when = np.broadcast_to(np.arange(-2.0, duration_s + 8.0), (count, int(duration_s) + 10))
    lat, lon, h = flights(count, when, name)
    out = np.zeros(when.size, POSITION)
    out["time_s"], out["lat_deg"], out["lon_deg"], out["h_m"] = (
        START_S + when.ravel(),
        lat.ravel(),
        lon.ravel(),
        h.ravel(),
    )
    out["address"] = np.repeat(0x400000 + np.arange(count), when.shape[1])
    out["mode_a"], out["sigma_m"], out["ground_m_s"], out["heading_rad"] = NO_CODE, 10.0, np.nan, np.nan
    return out[np.argsort(out["time_s"], kind="stable")]


def _plots_in(recording: bytearray) -> Iterator[int]:
    """Give where each record of CAT048 has its source, in blocks of one record as `radars.ast` has them."""
    at = 0
    while at < len(recording):
        if recording[at] == 48:
            fields = at + 3
            while recording[fields] & 1:
                fields += 1
            yield fields + 1
        at += int.from_bytes(recording[at + 1 : at + 3], "big")


def turned(recording: bytes, degrees: float, sic: int = 11) -> bytes:
    """Return the blocks with every azimuth of one radar turned (I048/040, after source, time and type)."""
    out = bytearray(recording)
    for at in _plots_in(out):
        if out[at + 1] == sic:
            azimuth = int.from_bytes(out[at + 8 : at + 10], "big") + round(degrees / 360 * 65_536)
            out[at + 8 : at + 10] = (azimuth & 0xFFFF).to_bytes(2, "big")
    return bytes(out)


def as_if_real(recording: bytes) -> bytes:
    """Return the blocks without the bit that says that they are simulated (I048/020)."""
    out = bytearray(recording)
    for at in _plots_in(out):
        out[at + 5] &= ~0x10
    return bytes(out)


def ahead(recording: bytes, nth: int, by_s: int) -> bytes:
    """Return the blocks with the time of the n-th plot (I048/140, after the source) moved on."""
    out = bytearray(recording)
    at = list(_plots_in(out))[nth]
    of_day = (int.from_bytes(out[at + 2 : at + 5], "big") + 128 * by_s) % (86_400 * 128)
    out[at + 2 : at + 5] = of_day.to_bytes(3, "big")
    return bytes(out)


def delayed(recording: bytes, nth: int, by: int) -> bytes:
    """Return the blocks with the n-th plot moved behind so many of the plots that follow it."""
    edges, at = list[int](), 0
    while at < len(recording):
        edges.append(at)
        at += int.from_bytes(recording[at + 1 : at + 3], "big")
    blocks = [recording[a:b] for a, b in pairwise([*edges, at])]
    plots = [place for place, block in enumerate(blocks) if block[0] == 48]
    blocks.insert(plots[nth + by], blocks.pop(plots[nth]))
    return b"".join(blocks)

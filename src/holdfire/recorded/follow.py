"""From a recording to tracks: registration, plots in one frame, and the tracker that also serves the simulation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.errors import InputError
from holdfire.feeds.plots import Accuracy, polar_to_plots, usable
from holdfire.geo.frame import Frame
from holdfire.geo.slant import from_earth_centred, to_earth_centred, to_frame
from holdfire.measure.innovations import average_nis
from holdfire.messages.plot import PLOT, SENSOR_AS_TRACKED
from holdfire.recorded.nothing import nothing
from holdfire.recorded.reports import APART_S, measurements
from holdfire.recorded.resume import resumed
from holdfire.register.registration import Registration, corrected, register
from holdfire.track.recording import track_all
from holdfire.track.room import MOST_SENSORS
from holdfire.track.tuning import Tuning
from holdfire.units import HOUR_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.measure.interval import Ratio
    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Recording

POSITION_SD_M: Final = 50.0
"""Of a position whose aircraft does not say how good it is (assumed)."""
TICK_S: Final = 1.0
"""The tracker takes plots in steps of so many seconds."""
LONGEST_S: Final = 48 * HOUR_S
"""A recording that spans more is of several days that were not meant together (assumed)."""
HEIGHT_SD_M: Final = 40.0
"""Of a reported height against other reported heights: altimeters, and steps of 25 ft (assumed, as for radars)."""
PERIOD_S: Final = 5.0
"""Of a sensor that nobody says the period of, and that saw nothing twice (assumed)."""
DETECTS: Final = 0.9
"""Chance of a plot per look (assumed; recordings do not say)."""
CLUTTER_PER_M2: Final = 1e-11
"""False plots per look (assumed: three within 300 km; the tracker learns the rest from the plots themselves)."""
BROADCAST_DETECTS: Final = 0.3
"""The same of positions that aircraft report of themselves, which come when they come (assumed)."""
BROADCAST_CLUTTER_PER_M2: Final = 1e-13
"""The same of positions that aircraft report of themselves (assumed)."""
TUNING: Final = Tuning(sigma_most_m=8_000.0)
"""So uncertain is where one is that reported once, half a minute before; some report no more often (assumed)."""
_SECONDARY: Final = 2
BROADCAST: Final = "ADS-B"
"""The name of the sensor that stands for all positions that aircraft reported of themselves."""


class Followed(NamedTuple):
    """An air picture over time, and how it came about."""

    registration: Registration
    frame: Frame
    plot: Records  # PLOT, by time: those of radars, and reported positions
    sensors: tuple[str, ...]  # names, by the plots' `sensor`
    times_s: NDArray[np.float64]  # of the snapshots
    history: Records  # SNAPSHOT
    fed: NDArray[np.int64]  # the number of the track that took each plot, 0: none
    nis: Ratio  # average squared innovation, 2 where all covariances are right
    unplaced: int  # plots of radars that nobody says the place of, or of test transponders


def follow(recording: Recording, every_s: float, tuning: Tuning | None = None, *, positions: bool = True) -> Followed:
    """Register and track a recording.

    Parameters
    ----------
    recording
        What was read.
    every_s
        Time between snapshots.
    tuning
        Settings of the tracker; those of recordings, `TUNING`, where none are given.
    positions
        Track the positions that aircraft reported of themselves as well. They serve registration in either case.

    Raises `InputError` where there is nothing to track.
    """
    registration = register(recording)
    polar = corrected(recording.polar, registration)
    frame = area(recording)
    plots = polar_to_plots(polar, recording.sites, frame, accuracies(registration))
    unplaced = len(polar) - int(usable(polar, recording.sites).sum())
    sensors = tuple(site.name for site in recording.sites)
    if positions and len(recording.position):
        plots = np.concatenate([plots, broadcast(recording, frame)])
        sensors = (*sensors, BROADCAST)
    seeing = np.unique(plots["sensor"])  # damage makes up radars, which nobody can place
    if len(seeing) > MOST_SENSORS:
        message = f"{len(seeing)} sensors have plots: the tracker tells {MOST_SENSORS} apart; track fewer files"
        raise InputError(message)
    plots = plots[np.argsort(plots["time_s"], kind="stable")]
    said_s = np.concatenate([plots["time_s"], recording.system["time_s"]])
    if not len(said_s):
        raise nothing("no plot of a placed radar, no position in flight and no system track can be tracked", recording)
    times_s = frames_s(said_s, every_s)
    nis = np.empty(len(plots))
    taken, known = plots.copy(), stated(plots, recording, len(sensors))[seeing]
    taken["sensor"] = np.searchsorted(seeing, plots["sensor"])
    history, fed = track_all(taken, known, tuning or TUNING, TICK_S, times_s, learns=True, nis=nis)
    found = average_nis(nis, fed)
    history, fed = resumed(history, fed, plots)
    return Followed(registration, frame, plots, sensors, times_s, history, fed, found, unplaced)


def accuracies(registration: Registration) -> list[Accuracy]:
    """Return how good each radar's plots are: as registration found, or as a radar of its kind usually is."""
    usual = Accuracy()
    return [
        replace(
            usual,
            range_sd_m=bias.range_sd_m or usual.range_sd_m,
            azimuth_sd_rad=bias.azimuth_sd_rad or usual.azimuth_sd_rad,
        )
        for bias in registration.biases
    ]


def area(recording: Recording) -> Frame:
    """Return a frame about the middle of all radars, or else of everything that has a place."""
    sites = np.array([(site.lat_deg, site.lon_deg) for site in recording.sites if site.position_known]).reshape(-1, 2)
    parts = (recording.position, recording.system)
    places = sites if len(sites) else np.concatenate([np.stack([p["lat_deg"], p["lon_deg"]], axis=1) for p in parts])
    if not len(places):
        raise nothing("nothing in the recording says where on Earth it is", recording)
    middle_m = np.median(to_earth_centred(places[:, 0], places[:, 1], np.zeros(len(places))), axis=0)
    lat_deg, lon_deg, _ = from_earth_centred(middle_m)
    return Frame(float(lat_deg), float(lon_deg))


def frames_s(time_s: NDArray[np.float64], every_s: float) -> NDArray[np.float64]:
    """Return multiples of `every_s` from the first report to the last."""
    if np.ptp(time_s) > LONGEST_S:
        days = np.ptp(time_s) / HOUR_S / 24
        message = f"the recording spans {days:.1f} days, and two are the most: track files of one day together"
        raise InputError(message)
    first, last = np.ceil(time_s.min() / every_s), np.floor(time_s.max() / every_s)
    return every_s * np.arange(first, max(last, first) + 1)


def broadcast(recording: Recording, frame: Frame) -> Records:
    """Return reported positions of aircraft in flight as plots of one more sensor."""
    said = measurements(recording.position[recording.position["on_ground"] == 0])
    out = np.zeros(len(said), PLOT)
    out["x_m"], out["y_m"] = to_frame(frame, said["lat_deg"], said["lon_deg"])
    out["var_x_m2"] = out["var_y_m2"] = np.where(np.isfinite(said["sigma_m"]), said["sigma_m"], POSITION_SD_M) ** 2
    out["h_m"], out["var_h_m2"] = said["h_m"], np.where(np.isfinite(said["h_m"]), HEIGHT_SD_M**2, np.nan)
    out["sensor"], out["kinds"], out["time_s"] = len(recording.sites), _SECONDARY, said["time_s"]
    out["mode_a"], out["address"] = said["mode_a"], said["address"]
    out["visual_class"] = out["visual_load"] = -1
    return out


def stated(plots: Records, recording: Recording, count: int) -> Records:
    """Return what is stated of each sensor: its period as it says or as it looks, and the rest as assumed."""
    out = np.zeros(count, SENSOR_AS_TRACKED)
    out["detects"], out["clutter_per_m2"], out["period_s"] = DETECTS, CLUTTER_PER_M2, PERIOD_S
    for place in range(count):
        rows = plots[plots["sensor"] == place]
        said = recording.sites[place].period_s if place < len(recording.sites) else None
        found = said or _period_s(rows)
        if found is not None:
            out["period_s"][place] = found
        out["kinds"][place] = np.bitwise_or.reduce(rows["kinds"]) if len(rows) else 0
    own = out[len(recording.sites) :]  # who reports of himself has no period: two reports of one are `APART_S` apart
    own["clutter_per_m2"], own["detects"], own["period_s"] = BROADCAST_CLUTTER_PER_M2, BROADCAST_DETECTS, APART_S
    return out


def _period_s(rows: Records) -> float | None:
    """Return the median time between two reports of one aircraft; None where nothing was seen twice."""
    named = rows[rows["address"] != 0]
    order = np.lexsort((named["time_s"], named["address"]))
    time_s, address = named["time_s"][order], named["address"][order]
    apart_s = np.diff(time_s)[(np.diff(address) == 0) & (np.diff(time_s) > 0.1)]
    return float(np.median(apart_s)) if len(apart_s) else None

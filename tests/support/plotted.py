"""Plots of made-up flights, for the tests of the tracker."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.messages.plot import NO_CODE, PLOT, SENSOR_AS_TRACKED, plots_for
from holdfire.messages.track import Stand
from holdfire.track.tracker import track, tracks_for
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import uniforms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


def normals(name: int, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Standard normals under one name."""
    pairs = uniforms(name, (*shape, 2))
    return np.asarray(np.sqrt(-2 * np.log(1 - pairs[..., 0])) * np.cos(2 * math.pi * pairs[..., 1]))


def radars(*periods_s: float, detects: float = 0.9, clutter_per_m2: float = 1e-11) -> Records:
    """What is stated of some radars."""
    out = np.zeros(len(periods_s), SENSOR_AS_TRACKED)
    out["period_s"], out["detects"], out["clutter_per_m2"], out["kinds"] = periods_s, detects, clutter_per_m2, 1
    return out


def seen(time_s: float, places: Any, sigma_m: float = 100.0, **other: Any) -> Records:
    """Plots at places, one a row; of sensor 0, a radar without heights, unless said otherwise."""
    at = np.atleast_2d(np.asarray(places, np.float64))
    out = np.zeros(len(at), PLOT)
    out["visual_class"] = out["visual_load"] = -1
    out["time_s"], out["kinds"], out["mode_a"], out["h_m"] = time_s, 1, NO_CODE, math.nan
    out["x_m"], out["y_m"] = at.T
    out["var_x_m2"] = out["var_y_m2"] = sigma_m**2
    for name, value in other.items():
        out[name] = value
    return out


@dataclass
class Picture:
    """A tracker with its sensors, and the plots last handed to it."""

    stated: Records
    tuning: Tuning = field(default_factory=Tuning)
    capacity: int = 400
    most_plots: int = 400

    def __post_init__(self) -> None:
        self.tracks = tracks_for(self.capacity, self.stated.size, self.most_plots)
        self.plots = plots_for(self.most_plots)
        self.settings = tuning_record(self.tuning)

    def take(self, time_s: float, *batches: Records, origin: Sequence[int] = ()) -> NDArray[np.int64]:
        """Take the plots of a tick; return the number of the track that each went to."""
        plots = np.concatenate([np.zeros(0, PLOT), *batches])
        self.plots.plot[: plots.size] = plots
        self.plots.origin[: len(origin)] = origin
        self.plots.counts[0] = plots.size
        track(self.tracks, self.plots, self.stated, self.settings, float(time_s))
        return np.asarray(self.tracks.track["number"][self.plots.fed[: plots.size]])

    @property
    def count(self) -> int:
        return int(self.tracks.counts[0])

    @property
    def used(self) -> Records:
        """The tracks in use."""
        return self.tracks.track[self.tracks.used[: max(self.count, 0)]]

    @property
    def confirmed(self) -> Records:
        return self.used[self.used["stand"] >= Stand.CONFIRMED]

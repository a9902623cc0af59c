"""Polar plots of a recording become plots in the frame of the area, each with its covariance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.geo.slant import placed, to_frame
from holdfire.messages.plot import NO_CODE, PLOT
from holdfire.messages.recording import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Site

_SECONDARY: Final = 2
_BAD_CODE: Final = int(Doubt.CODE_NOT_VALIDATED | Doubt.CODE_GARBLED)
_BAD_HEIGHT: Final = int(Doubt.HEIGHT_NOT_VALIDATED | Doubt.HEIGHT_GARBLED)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Standard deviations of a radar's plots. Every default is `assumed`, of a Mode S en-route radar's order.

    EUROCONTROL's standard for en-route radars asks for 70 m and 0.08 degrees of secondary plots (SUR.ET1.ST01.1000,
    1997, section 6.4).

    Attributes
    ----------
    range_sd_m, azimuth_sd_rad
        Of the measurement.
    height_sd_m
        Of a reported height against other reported heights: altimeters, and steps of 25 ft.
    pressure_sd_m
        Of a pressure height against the geometric one, which the slant range is solved with.
    assumed_h_m, assumed_h_sd_m
        Mean and standard deviation of the height of an aircraft that reported none.
    """

    range_sd_m: float = 70.0
    azimuth_sd_rad: float = 0.0014
    height_sd_m: float = 40.0
    pressure_sd_m: float = 200.0
    assumed_h_m: float = 6000.0
    assumed_h_sd_m: float = 3500.0


def usable(polar: Records, sites: Sequence[Site]) -> NDArray[np.bool_]:
    """Say of each plot whether it can be placed: its site is known, and it is of no test transponder."""
    known = np.array([site.position_known for site in sites], bool)
    kept: NDArray[np.bool_] = (polar["doubtful"] & int(Doubt.TEST) == 0) & (polar["range_m"] > 0.0)
    kept &= known[polar["sensor"]]
    return kept


def polar_to_plots(
    polar: Records, sites: Sequence[Site], frame: Frame, accuracy: Accuracy | Sequence[Accuracy]
) -> Records:
    """Return `PLOT` records of the polar plots that are `usable`, in their order.

    The slant range is solved with the height reported. Where there is none, or one that the radar itself doubts, the
    assumed one is taken, no more than fits beneath the slant range, and the covariance along the line of sight carries
    its uncertainty: it grows with the steepness of the line. A doubted code is left out. `accuracy` is one for all
    sites, or one a site.
    """
    kept = polar[usable(polar, sites)]
    places = kept["sensor"]
    several = [accuracy] * len(sites) if isinstance(accuracy, Accuracy) else list(accuracy)
    sd_r, sd_a, sd_h, sd_p, mean_h, spread_h = (
        np.array([getattr(one, name) for one in several])[places] for name in Accuracy.__dataclass_fields__
    )
    lat_deg, lon_deg, site_m = (
        np.array([getattr(one, name) for one in sites])[places] for name in ("lat_deg", "lon_deg", "h_m")
    )
    known = np.isfinite(kept["h_m"]) & (kept["doubtful"] & _BAD_HEIGHT == 0)
    range_m = kept["range_m"]
    guess_m = np.minimum(mean_h, site_m + 0.6 * range_m)
    h_m = np.where(known, kept["h_m"], guess_m)
    var_h = np.where(known, sd_p, np.minimum(spread_h, 0.35 * range_m)) ** 2
    end = placed((lat_deg, lon_deg, site_m), range_m, kept["azimuth_rad"], h_m)
    out = np.zeros(len(kept), PLOT)
    out["x_m"], out["y_m"] = to_frame(frame, end.lat_deg, end.lon_deg)
    _spread(out, kept, frame, (lat_deg, lon_deg), end.sin_climb, (sd_r**2, sd_a**2, var_h))
    out["h_m"] = np.where(known, kept["h_m"], np.nan)
    out["var_h_m2"] = np.where(known, sd_h**2, np.nan)
    out["sensor"], out["kinds"], out["iff"], out["time_s"] = places, kept["kinds"], kept["iff"], kept["time_s"]
    out["asked"] = (kept["kinds"] & _SECONDARY) // _SECONDARY
    out["mode_a"] = np.where(kept["doubtful"] & _BAD_CODE, NO_CODE, kept["mode_a"])
    out["address"] = kept["address"]
    out["visual_class"] = out["visual_load"] = -1
    return out


def _spread(
    out: Records,
    kept: Records,
    frame: Frame,
    site: tuple[NDArray[np.float64], NDArray[np.float64]],
    sin_climb: NDArray[np.float64],
    variances: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Write the covariance of x and y: of range and height along the line from the radar, of azimuth across it."""
    east, north = to_frame(frame, *site)
    ux, uy = out["x_m"] - east, out["y_m"] - north
    flat_m = np.maximum(np.hypot(ux, uy), 1.0)
    ux, uy = ux / flat_m, uy / flat_m
    cosine = np.sqrt(1.0 - sin_climb**2)
    along = (variances[0] + sin_climb**2 * variances[2]) / cosine**2
    across = (kept["range_m"] * cosine) ** 2 * variances[1]
    out["var_x_m2"] = ux * ux * along + uy * uy * across
    out["var_y_m2"] = uy * uy * along + ux * ux * across
    out["cov_xy_m2"] = ux * uy * (along - across)

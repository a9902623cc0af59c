"""What a tracker assumes about aircraft and sensors beyond what is stated of the sensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.sources import Constant, Grade, Source

if TYPE_CHECKING:
    from holdfire.messages.layout import Records


class Tuning(NamedTuple):
    """The numbers of the tracker, each explained by `assumed`; kernels take them as a `TUNING` record."""

    noise_m2_s3: float = 1.5
    unseen_m2_s3: float = 1.0
    turn_m_s2: float = 8.0
    turn_most_rad_s: float = 0.09
    turn_noise_m2_s3: float = 100.0
    turn_share: float = 0.08
    hover_share: float = 0.2
    hover_lasts_s: float = 10.0
    hover_noise_m2_s3: float = 5.0
    hover_most_m_s: float = 40.0
    mode_lasts_s: float = 15.0
    steady_least: float = 0.8
    manoeuvre_noise_m2_s3: float = 2000.0
    manoeuvre_log_chance: float = -4.6
    height_noise_m2_s3: float = 0.02
    climb_noise_m2_s3: float = 4.0
    climb_share: float = 0.1
    climb_lasts_s: float = 20.0
    first_speed_m_s: float = 200.0
    first_climb_m_s: float = 10.0
    gate: float = 25.0
    gate_height: float = 25.0
    near_m: float = 2_500.0
    reach_m: float = 10_000.0
    heights_m: float = 12_000.0
    new_per_m2: float = 1e-12
    clutter_cell_m: float = 20_000.0
    clutter_prior: float = 2.0
    clutter_lasts_s: float = 600.0
    most_detects: float = 0.9
    soft: int = 0
    soft_gain: float = 4.0
    soft_least: float = 1e-6
    soft_events: int = 1000
    squawk_same: float = 4.0
    squawk_other: float = -4.0
    address_same: float = 10.0
    address_other: float = -7.0
    confirm_hits: int = 3
    confirm_looks: int = 5
    confirm_addressed: int = 2
    confirm_score: float = 4.0
    most_score: float = 12.0
    covers_looks: float = 9.0
    lone_misses: int = 2
    look_least_s: float = 4.0
    late_share: float = 0.3
    drop_score: float = 20.0
    coast_most_s: float = 60.0
    sigma_most_m: float = 3000.0
    height_lasts_s: float = 120.0
    agree_within_s: float = 30.0
    agree_gate: float = 9.2
    merge_every_s: int = 10
    merge_after_s: float = 5.0
    merge_gate: float = 9.2
    merge_sigma_m: float = 1500.0


TUNING: Final = np.dtype(
    [(name, np.int64 if isinstance(value, int) else np.float64) for name, value in Tuning()._asdict().items()]
)


def tuning_record(tuning: Tuning | None = None) -> Records:
    """Return the settings as one `TUNING` record, as `track` takes them; the tracker's own where none are given."""
    return np.array([tuple(tuning or Tuning())], TUNING)


_OURS: Final = Source(
    "tracker-tuning",
    "Settings of the tracker, chosen by us within the ranges of its literature",
    Grade.ASSUMED,
    note="Bar-Shalom, Li and Kirubarajan 2001; Blackman and Popoli 1999",
)

_MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "noise_m2_s3": (
        "m²/s³",
        "white noise of acceleration expected in steady flight: 4 m/s of speed in 10 s, to follow gentle turns",
    ),
    "unseen_m2_s3": (
        "m²/s³",
        "the same since the last plot, in what is written: a turn may have begun; by made-up skies of other seeds than "
        "the benchmark's, as shares and time of modes",
    ),
    "turn_m_s2": ("m/s²", "acceleration across the path in a turn: 39 degrees of bank"),
    "turn_most_rad_s": ("rad/s", "no turn is faster, as of what flies slowly: 5 degrees a second"),
    "turn_noise_m2_s3": ("m²/s³", "white noise of acceleration in a turn, as turns are tighter and wider"),
    "turn_share": ("", "share of time spent turning to either side"),
    "hover_share": ("", "share of time that what flies slowly hovers or drifts"),
    "hover_lasts_s": ("s", "time in which a hovering one forgets its velocity"),
    "hover_noise_m2_s3": ("m²/s³", "white noise of acceleration while hovering: 5 m/s of speed in equilibrium"),
    "hover_most_m_s": ("m/s", "what flies faster does not hover"),
    "mode_lasts_s": (
        "s",
        "mean time until the mode of motion is drawn anew: a turn by 30 degrees at 2 degrees a second",
    ),
    "steady_least": (
        "",
        "chance of steady flight above which it takes nothing from other modes and a covariance is written as its own",
    ),
    "manoeuvre_noise_m2_s3": ("m²/s³", "the same while manoeuvring: 140 m/s in 10 s, half of a turn at 3 g"),
    "manoeuvre_log_chance": (
        "",
        "log of the chance that one which no mode of motion follows began since the last plot: one in a hundred",
    ),
    "height_noise_m2_s3": ("m²/s³", "white noise of vertical acceleration, level or at one rate: 0.45 m/s in 10 s"),
    "climb_noise_m2_s3": ("m²/s³", "the same while the rate of climb changes: 6 m/s, 1,200 ft/min, in 10 s"),
    "climb_share": ("", "share of time in which the rate of climb changes"),
    "climb_lasts_s": ("s", "mean time until whether it changes is drawn anew"),
    "first_speed_m_s": ("m/s", "deviation of each component of velocity before a second plot"),
    "first_climb_m_s": ("m/s", "deviation of the rate of climb before a second height"),
    "gate": (
        "",
        "most squared deviation of position, 2 degrees of freedom: keeps 99.9996 %, as turns must stay within",
    ),
    "gate_height": ("", "most squared deviation of height: 5 deviations, as heights carry offsets"),
    "near_m": ("m", "a track whose next plot is certain to be nearer is searched for in the finer hash"),
    "reach_m": ("m", "no plot further from a predicted position is thought of"),
    "heights_m": ("m", "a false plot's height is as likely anywhere in this band"),
    "new_per_m2": ("1/m²", "density of first plots of aircraft not yet tracked, per look"),
    "clutter_cell_m": ("m", "side of a cell of a clutter map"),
    "clutter_prior": ("", "what is stated of clutter counts like so many plots"),
    "clutter_lasts_s": ("s", "what was seen of clutter counts half after one to two of these"),
    "most_detects": ("", "a stated chance of a plot above this is not believed"),
    "soft": ("", "1: plots are shared out by chance (JPDA); 0: each goes to one track (global nearest neighbour)"),
    "soft_gain": ("", "shared out, a plot may be a track's that loses no more log-likelihood by it"),
    "soft_least": ("", "shared out, events that weigh less than this part of what was found are left out"),
    "soft_events": ("", "most events that are enumerated for one cluster"),
    "squawk_same": ("", "log-likelihood ratio of the same squawk; several aircraft may share one"),
    "squawk_other": ("", "log-likelihood ratio of another squawk: changed or garbled in one of fifty"),
    "address_same": ("", "log-likelihood ratio of the same 24-bit address, as not every address is unique"),
    "address_other": ("", "log-likelihood ratio of another address: garbled in one of a thousand"),
    "confirm_hits": ("", "plots that confirm a track, M of N"),
    "confirm_looks": ("", "looks in which they must fall, N of M of N"),
    "confirm_addressed": ("", "plots that confirm it where they carry the same address"),
    "confirm_score": ("", "least score of a confirmed track: fifty to one that there is one"),
    "most_score": ("", "ceiling of the score: one aircraft in 160,000 vanishes between two plots"),
    "covers_looks": ("", "looks missed in a row after which a sensor is taken not to cover a track"),
    "lone_misses": ("", "looks missed at which a track of one plot is given up"),
    "look_least_s": ("s", "looks that follow faster than this are missed as one, as another sensor may still see"),
    "late_share": ("", "part of a period by which a plot may be late before it counts as missed"),
    "drop_score": ("", "fall of the score from its best at which a track is dropped: nine looks missed at 0.9"),
    "coast_most_s": ("s", "longest time without a plot"),
    "sigma_most_m": ("m", "a track whose position is less certain is dropped"),
    "height_lasts_s": ("s", "a height not measured for so long is no longer known"),
    "agree_within_s": ("s", "two sensors that feed a track within this time may agree on it"),
    "agree_gate": ("", "most squared deviation at which they do: 99 %, 2 degrees of freedom"),
    "merge_every_s": ("s", "how often duplicates are looked for"),
    "merge_after_s": ("s", "a track is no duplicate before it has been confirmed for so long"),
    "merge_gate": ("", "most squared deviation of position, and of velocity, between duplicates: 99 %"),
    "merge_sigma_m": ("m", "tracks less certain of their positions are not compared"),
}


def assumed() -> dict[str, tuple[Constant, str]]:
    """Return every number of the tuning, with unit and source, and what it means."""
    return {
        name: (Constant(float(value), _MEANINGS[name][0], _OURS), _MEANINGS[name][1])
        for name, value in Tuning()._asdict().items()
    }

"""All figures of one picture, each with its interval and with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.measure.consistency import chi_square_mean_bounds, errors, squared, straight
from holdfire.measure.frames import frame_slices, picture, points
from holdfire.measure.gospa import ALPHA, CUT_OFF_M, POWER, gospa
from holdfire.measure.interval import Ratio, ratio
from holdfire.measure.siap import by_aircraft, by_frame
from holdfire.measure.surveillance import CORRELATED, LARGE_M, LONG_GAP, surveillance
from holdfire.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from holdfire.measure.frames import Picture
    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

BLOCK_S: Final = 60.0
"""Length of the blocks of time that are drawn anew (assumed: longer than a turn, and than a track's coasting)."""
_POSITION, _STATE = 2, 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, what it is in, what it counts, its value and interval, and what was drawn anew for it."""

    group: str
    name: str
    unit: str
    meaning: str
    found: Ratio
    over: str
    expected: tuple[float, float] | None = None
    """Where the figure would lie, with 95 %, if the tracker's covariances were right."""


class Measured(NamedTuple):
    """All figures, and what they rest on."""

    figures: tuple[Figure, ...]
    aircraft: int
    tracks: int
    frames: int
    cut_off_m: float
    power: float
    alpha: float


def measure(
    times_s: Numbers, true: Records, held: Records, cut_off_m: float = CUT_OFF_M, power: float = POWER
) -> Measured:
    """Hold tracks against the truth.

    Parameters
    ----------
    times_s
        Times of the frames, rising and evenly spaced.
    true, held
        `TRUE` and `HELD` records at those times; tentative tracks left out.
    cut_off_m, power
        c and p of GOSPA and OSPA; c is also how far from an aircraft a track is still on it.
    """
    made = picture(times_s, true, held, cut_off_m)
    parts = (_gospa(made, power), _siap(made), _continuity(made), _consistency(made), _surveillance(made))
    return Measured(
        tuple(figure for part in parts for figure in part), len(np.unique(true["aircraft"])),
        len(np.unique(held["number"])), len(times_s), cut_off_m, power, ALPHA,
    )  # fmt: skip


def _step_s(made: Picture) -> float:
    return float(np.diff(made.times_s).mean()) if len(made.times_s) > 1 else 0.0


def _over_time(made: Picture) -> Callable[..., Ratio]:
    """Return how to take a ratio of sums over frames, by blocks of time."""
    block = ((made.times_s - made.times_s[:1]) // BLOCK_S).astype(np.int64)

    def of(counted: Numbers, among: Numbers, shown: Callable[[Numbers], Numbers] | None = None) -> Ratio:
        return ratio(np.bincount(block, counted), np.bincount(block, among), shown)

    return of


def _over_aircraft(made: Picture, rows: NDArray[np.int64]) -> Callable[..., Ratio]:
    """Return how to take a ratio of sums over the true rows `rows`, by aircraft."""
    _, of_all = np.unique(made.true["aircraft"], return_inverse=True)
    of, n = of_all[rows], int(of_all.max(initial=-1)) + 1

    def take(counted: Numbers, among: Numbers, shown: Callable[[Numbers], Numbers] | None = None) -> Ratio:
        return ratio(np.bincount(of, counted, n), np.bincount(of, among, n), shown)

    return take


def _gospa(made: Picture, power: float) -> Iterator[Figure]:
    found = [gospa(points(made.true[a]), points(made.held[b]), made.cut_off_m, power) for a, b in frame_slices(made)]
    column = partial(_column, found)
    over, ones = _over_time(made), np.ones(len(found))
    figure = partial(Figure, "GOSPA", over="time")
    edge = made.cut_off_m**power / ALPHA
    aircraft = column("matched") + column("missed")
    yield figure("GOSPA", "m", "mean over frames of the whole metric", over(column("gospa_m"), ones))
    root = partial(_root, power=power)
    yield figure(
        "GOSPA an aircraft", "m", "its p-th power by aircraft: what one aircraft costs on average",
        over(column("gospa_m") ** power, aircraft, root),
    )  # fmt: skip
    for name, part in (
        ("localisation", column("localisation")),
        ("missed", edge * column("missed")),
        ("false", edge * column("false")),
    ):  # fmt: skip
        meaning = f"part of it from {name}, the p-th root; the p-th powers of the three add up"
        yield figure(f"{name} part", "m", meaning, over(part, aircraft, root))
    yield figure("missed aircraft", "", "aircraft without a track in a frame", over(column("missed"), ones))
    yield figure("false tracks", "", "tracks without an aircraft in a frame", over(column("false"), ones))
    yield figure("OSPA", "m", "mean over frames of the optimal sub-pattern assignment", over(column("ospa_m"), ones))


def _column(rows: Sequence[object], name: str) -> Numbers:
    return np.array([getattr(row, name) for row in rows], np.float64)


def _root(value: Numbers, power: float) -> Numbers:
    rooted: Numbers = value ** (1 / power)
    return rooted


def _siap(made: Picture) -> Iterator[Figure]:
    counts = by_frame(made)
    rows = np.flatnonzero(made.on >= 0)
    off_m = np.hypot(*(points(made.held[rows]) - points(made.true[made.on[rows]])).T)
    time, aircraft = _over_time(made), _over_aircraft(made, made.on[rows])
    figure = partial(Figure, "SIAP")
    yield figure(
        "completeness", "", "share of aircraft with a track, 1 is best", time(counts.tracked, counts.aircraft), "time"
    )
    yield figure(
        "ambiguity", "", "tracks on one tracked aircraft, 1 is best", time(counts.assigned, counts.tracked), "time"
    )
    yield figure(
        "spuriousness", "", "share of tracks on no aircraft, 0 is best",
        time(counts.tracks - counts.assigned, counts.tracks), "time",
    )  # fmt: skip
    yield figure(
        "positional accuracy", "m", "mean distance of a track from its aircraft", aircraft(off_m, np.ones(len(rows))),
        "aircraft",
    )  # fmt: skip


def _continuity(made: Picture) -> Iterator[Figure]:
    each = by_aircraft(made)
    hours = each.tracked * _step_s(made) / HOUR_S
    figure = partial(Figure, over="aircraft")
    yield figure(
        "SIAP", "rate of track number changes", "1/h", "tracks that an aircraft needs beyond one, per hour tracked",
        ratio(np.maximum(each.needed - 1, 0), hours),
    )  # fmt: skip
    yield figure(
        "SIAP", "longest track segment", "", "longest stretch under one number, as a share of the aircraft's time",
        ratio(each.longest, each.present),
    )  # fmt: skip
    yield figure(
        "continuity", "ID switches", "1/h", "how often an aircraft's track becomes another one, per hour tracked",
        ratio(each.switches, hours),
    )  # fmt: skip
    met = each.waited >= 0
    yield figure(
        "continuity", "initiation delay", "s", "mean time from an aircraft's first frame to its first track",
        ratio(np.where(met, each.waited, 0) * _step_s(made), met),
    )  # fmt: skip
    yield figure(
        "continuity", "never tracked", "", "share of aircraft that no track was ever on",
        ratio(~met, np.ones(len(met))),
    )  # fmt: skip


def _consistency(made: Picture) -> Iterator[Figure]:
    rows, off = errors(made)
    on_straight = straight(made)[made.only[rows]]
    for name, which in (("straight flight", on_straight), ("all", np.ones(len(rows), np.bool_))):
        for dimension, part in ((_POSITION, [0, 1, 4]), (_STATE, list(range(10)))):
            kind = "position" if dimension == _POSITION else "state"
            value = squared(off[:, :dimension], made.held["p"][rows][:, part])
            known = which & np.isfinite(value)
            found = _over_aircraft(made, made.only[rows[known]])(value[known], np.ones(int(known.sum())))
            yield Figure(
                "consistency", f"average NEES of {kind}, {name}", "",
                f"mean squared error in its own covariance; {dimension} is right", found, "aircraft",
                chi_square_mean_bounds(dimension, found.blocks) if found.blocks else None,
            )  # fmt: skip


def _surveillance(made: Picture) -> Iterator[Figure]:
    judged = surveillance(made)
    rows, off = errors(made)
    every = _over_aircraft(made, np.arange(len(made.true)))
    matched = _over_aircraft(made, made.only[rows])
    figure = partial(Figure, "ESASSP", over="aircraft")
    ones = np.ones(len(made.true))
    yield figure(
        "probability of update", "", "share of intervals in which its track is updated",
        every(judged.updated, ones),
    )  # fmt: skip
    yield figure(
        "missed positions in long gaps", "", f"share of intervals within {LONG_GAP} or more missed in a row",
        every(judged.in_long_gap, ones),
    )  # fmt: skip
    yield figure(
        "horizontal position RMS error", "m", "of the track on each aircraft, along both axes together",
        matched((off[:, :2] ** 2).sum(axis=1), np.ones(len(rows)), np.sqrt),
    )  # fmt: skip
    yield figure(
        "correlated position errors", "",
        f"share of updated positions within {CORRELATED} or more errors above {LARGE_M:.0f} m in a row",
        every(judged.in_correlated, judged.updated),
    )  # fmt: skip
    yield figure(
        "incorrect identity", "", "share of named positions under another's address, or else squawk",
        every(judged.wrong_identity, judged.named),
    )  # fmt: skip
    speed = np.hypot(made.held["vx_m_s"][rows], made.held["vy_m_s"][rows])
    true = made.true[made.only[rows]]
    amiss = (speed - np.hypot(true["vx_m_s"], true["vy_m_s"])) ** 2
    known = np.isfinite(amiss)
    yield figure(
        "horizontal velocity RMS error", "m/s", "of the speed over ground",
        matched(np.where(known, amiss, 0.0), known, np.sqrt),
    )  # fmt: skip

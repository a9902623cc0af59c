"""The tracker on crowded skies beside Stone Soup 1.9: plots a CPU second, GOSPA on the same frames, and consistency.

Ours takes each whole recording in one compiled call. Stone Soup runs in its own environment (HOLDFIRE_STONESOUP names
its Python) under ../shared/bench/bench_stonesoup.py, tuned to be fast and good; where either is absent its figures are
null, with the reason. GOSPA has c = 1 km, p = 2, alpha = 2. The hard and the soft association also meet in twelve skies
of crossings. Prints a table, says of each bar whether it is met, not met or not measured, and ends with one JSON
object, which always has every name. `--check` exits 1 where a bar is not met. `--quick` leaves Stone Soup and L out;
`--peer-minutes` gives Stone Soup more time on L, of which it can finish the first frames alone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from crowded_sky import AZIMUTH_SD, DETECTS, PERIOD_S, RADARS_M, RANGE_SD_M, REACH_M, Sky, crossing, sky
from holdfire.track.assign import assign
from holdfire.track.recording import track_all
from holdfire.track.room import COLUMN, PAIR, PAIRS, ROW
from holdfire.track.tuning import Tuning
from night import FROZEN, family_of, solo
from track_bars import LEFT_OUT, NAMES, OF_PEER, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

CUT_M, EVERY_S, SETTLED_S, STRAIGHT_S, ROUNDS, APART_M = 1000.0, 10, 30, 20, 7, 500.0
NIGHTS = 10  # of which the median is told; the first one before may compile
SKIES, STUDENT = 12, 2.201
"""Skies of crossings, and Student's t for a 95 % interval of so many."""
PEER: Final = Path(__file__).parents[2] / "shared" / "bench" / "bench_stonesoup.py"
PYTHON: Final = os.environ.get("HOLDFIRE_STONESOUP", "")
PEER_CPU_S: Final = {"S": 600, "M": 400, "L": 700}
"""CPU seconds that Stone Soup has for each size: to the end of S, and as far as it comes of the others."""


class Frame(NamedTuple):
    """One time: the metric, its counts, and which estimate each aircraft in the air was matched to, -1: none."""

    gospa_km: float
    true: int
    held: int
    matched: int
    near: int
    of: NDArray[np.int64]


def frame(true: NDArray[np.float64], held: NDArray[np.float64]) -> Frame:
    """Match estimates to the truth, places in metres, and return what GOSPA is made of."""
    squared = ((true[:, None] - held[None]) ** 2).sum(axis=2) if len(true) and len(held) else np.zeros((len(true), 0))
    rows, pairs = np.zeros(len(true), ROW), np.zeros(len(true) * PAIRS, PAIR)
    columns = np.zeros(max(len(held), 1), COLUMN)
    columns["owner"] = -1
    for row in np.flatnonzero((squared < CUT_M**2).any(axis=1)):
        near = np.flatnonzero(squared[row] < CUT_M**2)
        near = near[np.argsort(squared[row, near], kind="stable")][:PAIRS]
        rows[row]["pairs"], first = near.size, row * PAIRS
        pairs["column"][first : first + near.size] = near
        pairs["gain"][first : first + near.size] = CUT_M**2 - squared[row, near]
    assign(len(true), rows, pairs, columns)
    of = rows["taken"].copy()
    gained = CUT_M**2 - squared[np.flatnonzero(of >= 0), of[of >= 0]]
    total = 0.5 * CUT_M**2 * (len(true) + len(held)) - gained.sum()
    near_any = int((squared < CUT_M**2).any(axis=0).sum())
    return Frame(max(total, 0.0) ** 0.5 / 1e3, len(true), len(held), int((of >= 0).sum()), near_any, of)


def frames(
    truth: NDArray[np.float64], times: Sequence[int], held: Sequence[NDArray[np.float64]], from_s: int = SETTLED_S
) -> list[Frame]:
    """Return the frames of these times, but for those in which trackers settle."""
    found = []
    for time_s, estimates in zip(times, held, strict=True):
        if time_s >= from_s:
            place = truth[:, time_s, :2]
            found.append(frame(place[~np.isnan(place[:, 0])], estimates))
    return found


def summed(found: Sequence[Frame], name: str) -> dict[str, float]:
    """Return the means that are held against the peer's."""
    return {
        f"gospa_{name}": statistics.fmean(one.gospa_km for one in found),
        f"ambiguity_{name}": statistics.fmean(one.near / max(one.matched, 1) for one in found),
        f"spuriousness_{name}": statistics.fmean((one.held - one.near) / max(one.held, 1) for one in found),
    }


def tracked(
    made: Sky, tuning: Tuning | None = None, *, learns: bool = False
) -> tuple[Records, NDArray[np.int64], list[int]]:
    """Return what was believed more likely than not, who took each plot, and the times."""
    times = list(range(EVERY_S, made.truth.shape[1], EVERY_S))
    history, fed = track_all(made.plot, made.stated, tuning, 1.0, np.array(times, np.float64), learns=learns)
    return history[history["existence"] >= 0.5], fed, times


def rates(sizes: str, tuning: Tuning | None = None) -> dict[str, list[float]]:
    """Return plots a CPU second of each size, in rounds of one of each, as a machine is not as fast all the time."""
    skies, found = {size: sky(size) for size in sizes}, {size: list[float]() for size in sizes}
    for turn in range(1 + ROUNDS):
        for size, made in skies.items():
            times = np.arange(EVERY_S, made.truth.shape[1], EVERY_S, dtype=np.float64)
            begin = time.process_time()
            track_all(made.plot, made.stated, tuning, 1.0, times)
            if turn > 0:  # the first may compile
                found[size].append(made.plot.size / (time.process_time() - begin))
    return found


def places(history: Records, times: Sequence[int]) -> list[NDArray[np.float64]]:
    """Return the places held at each of these times."""
    xy = np.stack([history["x_m"], history["y_m"]], axis=1)
    return [xy[history["time_s"] == time_s] for time_s in times]


def squared(off: NDArray[np.float64], p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared statistical distance for each row of deviations, by Cholesky's decomposition."""
    rest, left, total = p.copy(), off.copy(), np.zeros(len(off))
    for i in range(off.shape[1]):
        ratio = rest[:, i:, i] / rest[:, i, i, None]
        total += left[:, i] ** 2 / rest[:, i, i]
        left[:, i:] -= ratio * left[:, i, None]
        rest[:, i:, i:] -= ratio[:, :, None] * rest[:, i, None, i:]
    return total


def nees(made: Sky, history: Records, fed: NDArray[np.int64], times: Sequence[int]) -> tuple[float, float, float]:
    """Return the average squared error over its dimension: of pure straight flights, of their places alone, of others.

    Pure is what took no plot of another for 20 s.
    """
    straight, place, other, upper = [], [], [], np.triu_indices(4)
    for time_s in times:
        if time_s < SETTLED_S:
            continue
        held, state = history[history["time_s"] == time_s], made.truth[:, time_s]
        flies = np.flatnonzero(~np.isnan(state[:, 0]))
        of = frame(state[flies, :2], np.stack([held["x_m"], held["y_m"]], axis=1)).of
        who, held = flies[of >= 0], held[of[of >= 0]]
        error = np.stack([held[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")], axis=1) - state[who]
        p = np.zeros((len(held), 4, 4))
        p[:, upper[0], upper[1]] = p[:, upper[1], upper[0]] = held["p"]
        past = made.truth[who, time_s - STRAIGHT_S : time_s + 1, 2:]
        steady = np.abs(np.diff(past, axis=1)).max(axis=(1, 2)) < 1e-6  # false where it did not fly yet
        begin, end = np.searchsorted(made.plot["time_s"], [time_s - STRAIGHT_S, time_s])
        number, origin = fed[begin:end], made.origin[begin:end]
        pure = [bool((origin[number == mine] == one).all()) for mine, one in zip(held["number"], who, strict=True)]
        values, chosen = squared(error, p) / 4.0, steady & np.array(pure)
        straight.extend(values[chosen])
        place.extend((squared(error[:, :2], p[:, :2, :2]) / 2.0)[chosen])
        other.extend(values[~chosen])
    return statistics.fmean(straight), statistics.fmean(place), statistics.fmean(other)


def switches(made: Sky, history: Records, times: Sequence[int]) -> int:
    """Count how often an aircraft was matched to another track than before, where no other flies near.

    Of two that cross, the nearer estimate may be the other's by chance: which is whose can be told once they are apart.
    """
    last, count = np.full(len(made.truth), -1), 0
    for time_s, held in zip(times, places(history, times), strict=True):
        number, place = history["number"][history["time_s"] == time_s], made.truth[:, time_s, :2]
        flies = np.flatnonzero(~np.isnan(place[:, 0]))
        of = frame(place[flies], held).of
        apart = np.hypot(*(place[flies][:, None] - place[flies]).transpose(2, 0, 1)) + np.diag(
            np.full(len(flies), np.inf)
        )
        known = (of >= 0) & (apart.min(axis=1) > APART_M)
        who, now = flies[known], number[of[known]]
        count += int(((last[who] >= 0) & (last[who] != now)).sum())
        last[who] = now
    return count


def stonesoup(size: str, made: Sky, cpu_s: float) -> tuple[float, list[int], list[NDArray[np.float64]]] | str:
    """Return Stone Soup's plots a CPU second, and the times and places of its frames; or why it was not measured."""
    if cpu_s <= 0.0:
        return "Stone Soup was given no time"
    if not PEER.exists() or not PYTHON:
        return (
            f"{PEER.name} is absent" if not PEER.exists() else "HOLDFIRE_STONESOUP names no Python with stonesoup 1.9"
        )
    with tempfile.TemporaryDirectory() as folder:
        file, seconds = Path(folder) / f"scen_{size}.npz", made.truth.shape[1] - 1
        facts = np.array([REACH_M / 1e3, RANGE_SD_M / 1e3, AZIMUTH_SD, DETECTS, PERIOD_S, made.clutter, seconds])
        np.savez(
            file, truth=made.truth / 1e3, t=made.plot["time_s"], radar=made.plot["sensor"].astype(np.int32),
            rng=made.polar[:, 0] / 1e3, az=made.polar[:, 1], radars=RADARS_M / 1e3, params=facts,
        )  # fmt: skip
        command = [PYTHON, str(PEER), size, "--wall", str(cpu_s), "--dump", "held.npz"]
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(command, cwd=folder, env=os.environ | alone, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"Stone Soup failed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}"
        held = np.load(Path(folder) / "held.npz", allow_pickle=True)
        places_m = [1e3 * np.asarray(one, np.float64).reshape(-1, 2) for one in held["est"]]
        times = [int(one) for one in held["t"]]
        rate = float(json.loads(done.stdout)["det_per_cpu_s"])
        return (rate, times, places_m) if times else "Stone Soup finished no frame in its time"


def one_size(size: str, rate: float, peer_s: float | None) -> dict[str, Any]:
    """Return the figures of one size, by name; Stone Soup's too where it is asked for, with its CPU seconds."""
    made = sky(size)
    history, fed, times = tracked(made)
    held = places(history, times)
    found: dict[str, Any] = {f"detections_per_cpu_s_{size}": rate}
    found |= summed(frames(made.truth, times, held), size)
    names = f"nees_straight_{size}", f"nees_place_straight_{size}", f"nees_other_{size}"
    found |= dict(zip(names, nees(made, history, fed, times), strict=True))
    history, _, times_learnt = tracked(made, learns=True)
    learnt = summed(frames(made.truth, times_learnt, places(history, times_learnt)), size)
    found |= {f"learning_{name}": value for name, value in learnt.items()}
    if peer_s is None:
        return found
    other = stonesoup(size, made, peer_s)
    if isinstance(other, str):
        return found | dict.fromkeys([f"{name}_{size}" for name in OF_PEER], other)
    shared = [index for index, time_s in enumerate(times) if time_s in other[1]]
    from_s = SETTLED_S if max(other[1]) >= SETTLED_S else 0  # of L it hardly finishes the first frames
    own = summed(frames(made.truth, [times[i] for i in shared], [held[i] for i in shared], from_s), size)
    theirs = summed(frames(made.truth, other[1], other[2], from_s), size)
    found |= {f"stonesoup_{name}": value for name, value in theirs.items()}
    found |= {f"stonesoup_frames_{size}": len([t for t in other[1] if t >= from_s])}
    found |= {f"stonesoup_last_frame_s_{size}": max(other[1])}
    for name in ("ambiguity", "spuriousness"):
        found[f"{name}_over_peer_{size}"] = own[f"{name}_{size}"] - theirs[f"{name}_{size}"]
    found[f"gospa_ratio_{size}"] = own[f"gospa_{size}"] / theirs[f"gospa_{size}"]
    found[f"stonesoup_ratio_{size}"] = rate / other[0]
    return found


def crossings(soft: Tuning) -> dict[str, float]:
    """Return the mean switches a sky of both associations, and by how many the soft one makes fewer, with 95 %."""
    counts = np.empty((SKIES, 2))
    for run in range(SKIES):
        made = crossing(7000 + 10 * run, 300.0)
        for place, tuning in enumerate((Tuning(), soft)):
            history, _, times = tracked(made, tuning)
            counts[run, place] = switches(made, history, times)
    fewer = counts[:, 0] - counts[:, 1]
    half = STUDENT * fewer.std(ddof=1) / SKIES**0.5
    hard_mean, soft_mean = counts.mean(axis=0)
    return {
        "switches_hard": hard_mean, "switches_soft": soft_mean,
        "switches_fewer": fewer.mean(), "switches_fewer_low": fewer.mean() - half,
    }  # fmt: skip


def measure(*, quick: bool, peer_l_s: float) -> dict[str, Any]:
    """Return everything that this file measures, by name; in words why something was not."""
    found: dict[str, Any] = dict.fromkeys(NAMES, LEFT_OUT)
    found |= {"load": os.getloadavg()[0], "gospa_c_km": CUT_M / 1e3, "gospa_p": 2, "gospa_alpha": 2}
    family = family_of(FROZEN, 1)
    found["benchmark_night_s"] = statistics.median([solo(family, each)[0] for each in range(1 + NIGHTS)][1:])
    sizes, soft = "SM" if quick else "SML", Tuning(soft=1)
    speeds = rates(sizes)
    print(f"a night took {found['benchmark_night_s']:.2f} s; the tracker comes next", file=sys.stderr, flush=True)
    for size in sizes:
        peer_s = None if quick else (PEER_CPU_S | {"L": peer_l_s})[size]
        found |= one_size(size, statistics.median(speeds[size]), peer_s)
    found["soft_detections_per_cpu_s_S"] = statistics.median(rates("S", soft)["S"])
    history, _, times = tracked(sky("S"), soft)
    found |= {f"soft_{k}": v for k, v in summed(frames(sky("S").truth, times, places(history, times)), "S").items()}
    found |= crossings(soft)
    if not quick:
        found["growth_S_to_L"] = statistics.median(np.divide(speeds["S"], speeds["L"]))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out Stone Soup and L")
    parser.add_argument("--check", action="store_true", help="exit 1 where a bar is not met")
    most = PEER_CPU_S["L"] / 60
    parser.add_argument("--peer-minutes", type=float, default=most, help=f"CPU time of Stone Soup on L, {most:.0f}")
    given = parser.parse_args(arguments)
    lines, passed = told(measure(quick=given.quick, peer_l_s=60.0 * given.peer_minutes))
    print("\n".join(lines))
    return 0 if passed or not given.check else 1


if __name__ == "__main__":
    sys.exit(main())

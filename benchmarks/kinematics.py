"""Aircraft-seconds a CPU second of the world's kinematics at 300 aircraft, beside BlueSky's in the same run.

Ours fly by waypoints, with a turn, a climb and a change of speed at each; BlueSky's (1.1.1, from PyPI, in an
environment of its own below the user's cache) cruise straight on. Both take steps of one second. Prints a table
and, as its last line, one JSON object; what cannot be measured is null there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import AIRCRAFT, PLATFORM, WAYPOINT, Arrival, Part, World
from holdfire.world.move import move

if TYPE_CHECKING:
    from numpy.typing import NDArray

AIRCRAFT_COUNT = 300
LEGS = 60
PASSES = 10
HALF_M = 300_000.0
PEER = "bluesky-simulator==1.1.1"
PEER_SCRIPT = Path(__file__).with_name("bluesky_peer.py")


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    quick = parser.parse_args().quick
    rates = ours(600 if quick else 1800)
    peer = theirs(300 if quick else 1200, 15.0 if quick else 120.0, 20.0 if quick else 300.0)
    rates += ours(600 if quick else 1800)
    own, other = statistics.median(rates), statistics.median(peer) if peer else None
    result = {
        "aircraft_s_per_cpu_s": round(own),
        "aircraft_s_per_cpu_s_worst": round(min(rates)),
        "ns_per_aircraft_s": round(1e9 / own, 1),
        "bluesky_aircraft_s_per_cpu_s": round(other) if other else None,
        "bluesky_ratio": round(own / other, 1) if other else None,
        "aircraft": AIRCRAFT_COUNT,
        "load": os.getloadavg()[0],
    }
    print(f"{'aircraft-seconds a CPU second, ours (median)':48}{result['aircraft_s_per_cpu_s']:>14,}")
    print(f"{'  the slowest of the passes':48}{result['aircraft_s_per_cpu_s_worst']:>14,}")
    if other:
        print(f"{'aircraft-seconds a CPU second, BlueSky (median)':48}{other:>14,.0f}")
        print(f"{'ours over BlueSky':48}{own / other:>14.1f}")
    print(json.dumps(result))


def ours(ticks: int) -> list[float]:
    """Return aircraft-seconds a CPU second of each pass; compilation is not counted."""
    rates = []
    for _ in range(PASSES):
        world = sky()
        move(world, 0, 1.0, HALF_M, HALF_M)
        begin, flown = time.process_time(), 0
        for tick in range(1, ticks):
            move(world, tick, 1.0, HALF_M, HALF_M)
            flown += int(world.counts[0])
        rates.append(flown / (time.process_time() - begin))
    return rates


def spread(count: int, low: float, high: float, step: int) -> NDArray[np.float64]:
    """Return numbers evenly spread over a range, in no order: multiples of an irrational step, wrapped."""
    shares = np.arange(1, count + 1) * step**0.5 % 1.0
    return np.array(low + (high - low) * shares, np.float64)


def sky() -> World:
    """Return aircraft that fly back and forth over the area for hours."""
    aircraft, waypoints = np.zeros(AIRCRAFT_COUNT, AIRCRAFT), np.zeros(AIRCRAFT_COUNT * LEGS, WAYPOINT)
    platforms = np.zeros(1, PLATFORM)
    platforms["speed_min_m_s"], platforms["speed_max_m_s"], platforms["accel_m_s2"] = 60.0, 250.0, 0.6
    platforms["turn_g"], platforms["height_max_m"] = 1.15, 12_500.0
    platforms["climb_max_m_s"], platforms["descent_max_m_s"] = 12.0, 15.0
    aircraft["part"], aircraft["arrival"], aircraft["fails_s"] = Part.AIRLINER, Arrival.HOLD, np.inf
    aircraft["leg"] = np.arange(AIRCRAFT_COUNT) * LEGS
    aircraft["leg_end"] = aircraft["leg"] + LEGS
    aircraft["x_m"], aircraft["y_m"] = spread(AIRCRAFT_COUNT, -2e5, 2e5, 2), spread(AIRCRAFT_COUNT, -2e5, 2e5, 3)
    aircraft["h_m"], aircraft["speed_m_s"] = 9000.0, 220.0
    for name, low, high, step in (
        ("x_m", -2e5, 2e5, 5), ("y_m", -2e5, 2e5, 7), ("h_m", 7e3, 12e3, 11), ("speed_m_s", 200.0, 240.0, 13)
    ):  # fmt: skip
        waypoints[name] = spread(len(waypoints), low, high, step)
    places = np.arange(AIRCRAFT_COUNT, dtype=np.int64)
    return World(aircraft, waypoints, platforms, np.zeros_like(places), places, np.zeros(2, np.int64))


def theirs(steps: int, install_s: float, run_s: float) -> list[float] | None:
    """Return BlueSky's rates, or None with the reason on standard error."""
    python = peer_python(install_s)
    if python is None:
        return None
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    command = [str(python), str(PEER_SCRIPT), str(AIRCRAFT_COUNT), str(PASSES), str(steps // PASSES)]
    done = run(command, run_s, alone)
    if done is None:
        return None
    found = json.loads(done.splitlines()[-1])
    if (found["aircraft"], round(found["step_s"], 6)) != (AIRCRAFT_COUNT, 1.0):
        print(f"BlueSky was not measured: it flew {found}", file=sys.stderr)
        return None
    return [float(rate) for rate in found["rates"]]


def peer_python(limit_s: float) -> Path | None:
    """Return a Python that has BlueSky, made in the user's cache where it is not there yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "holdfire" / "peers" / PEER.replace("==", "-")
    python, stamp = home / "bin" / "python", home / "installed"
    if stamp.exists():
        return python
    if shutil.which("uv"):
        steps = [
            ["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(home)],
            ["uv", "pip", "install", "--quiet", "--python", str(python), PEER],
        ]
    else:
        steps = [
            [sys.executable, "-m", "venv", "--clear", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER],
        ]
    if any(run(step, limit_s) is None for step in steps):
        return None
    stamp.touch()
    return python


def run(command: list[str], limit_s: float, environment: dict[str, str] | None = None) -> str | None:
    """Return what a command prints, or None with the reason on standard error."""
    try:
        done = subprocess.run(
            command, capture_output=True, check=True, text=True, timeout=limit_s, env=os.environ | (environment or {})
        )
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or str(error)
        print(f"BlueSky was not measured: {str(told).strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return done.stdout


if __name__ == "__main__":
    main()

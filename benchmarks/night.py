"""The whole chain: seconds a night, reports a CPU second, what options cost, two cores, memory and compilation.

`benchmark-night` is frozen: 300 aircraft at a time, 20 drones, 7 radars, 7 hours. The peer, BlueSky, flies as many
aircraft in the same run. Prints a table and, as its last line, one JSON object; what was not measured is null.
`--quick` measures one night of each and leaves out two cores, compilation and the peer.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import kinematics
from holdfire.loop import DT_S, advance
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.copies import copied
from holdfire.rehearsal.engine import Family, engine_from
from holdfire.rehearsal.fork import alike, rehearse
from holdfire.rehearsal.told import told
from holdfire.scenario.load import load_scenario
from holdfire.seed import Key
from holdfire.study.about import about
from holdfire.study.run import Request, run_study
from holdfire.world.generate import generate
from holdfire.world.move import move

if TYPE_CHECKING:
    from holdfire.loop import Night

SEED = 1
FROZEN, POLAND = "benchmark-night", "poland-2025-09-10"
RULE_ONLY = 5
Segment = tuple[int, int, tuple[int, ...]]
"""First tick, one behind the last, and the options that shared them."""


def family_of(name: str, options: int) -> Family:
    """Return a scenario under its first options, compiled."""
    loaded = load_scenario(name)
    made = engine_from(loaded.data, [option.id for option in loaded.scenario.options[:options]])
    return made.families[0]


def solo(family: Family, replication: int) -> tuple[float, Night]:
    """Return the CPU seconds of one replication under the first option, all included, and its night."""
    start = time.process_time()
    key = Key(SEED, 0, replication)
    night, plans = begin(family.scene, key)
    (_, ended), *_ = rehearse(family.scene.setting, plans, night, key, family.scene.ticks)
    told(family.scene, family.ladder, ended, 0, "solo")
    return time.process_time() - start, ended


def kinematics_alone(family: Family, replication: int) -> float:
    """Return the CPU seconds of moving the same aircraft for the same night, and nothing else."""
    scene = family.scene
    world, _ = generate(scene.plan, Key(SEED, 0, replication))
    start = time.process_time()
    for tick in range(scene.ticks):
        move(world, tick, DT_S, scene.setting.half_width_m, scene.setting.half_height_m)
    return time.process_time() - start


def together(family: Family, replication: int) -> tuple[float, list[Segment]]:
    """Return the CPU seconds of all options in one run, and which of them shared which ticks."""
    start = time.process_time()
    key, scene, segments = Key(SEED, 0, replication), family.scene, []
    night, plans = begin(scene, key)
    waiting = [(night, tuple(range(night.orders.shape[0])), 0, False)]
    while waiting:  # as `rehearse` does, taking notes
        state, options, first, decided = waiting.pop()
        reached = advance(scene.setting, plans, state, np.array(options), key, first, scene.ticks, decided)
        segments.append((first, reached, options))
        if reached == scene.ticks:
            for option in options:
                told(scene, family.ladder, state, option, str(option))
            continue
        parts = alike(state, options)
        copies = [copied(state) for _ in parts[1:]]
        waiting.extend((copy, part, reached, True) for copy, part in zip([*copies, state], parts[::-1], strict=True))
    return time.process_time() - start, segments


def apart(name: str, replication: int, segments: list[Segment]) -> float:
    """Return the CPU seconds of the same ticks, each run for one option by itself: shared prefix and distinct tails."""
    loaded, total = load_scenario(name), 0.0
    for option in sorted({options[0] for _, _, options in segments}):
        family = engine_from(loaded.data, [loaded.scenario.options[option].id]).families[0]
        marks = sorted({tick for first, end, _ in segments for tick in (first, end)})
        key, spent = Key(SEED, 0, replication), {}
        start = time.process_time()
        night, plans = begin(family.scene, key)
        for first, end in pairwise(marks):
            advance(family.scene.setting, plans, night, np.zeros(1, np.int64), key, first, end, False)  # noqa: FBT003
            now = time.process_time()
            spent[first], start = now - start, now
        mine = [(first, end) for first, end, options in segments if options[0] == option]
        total += sum(seconds for mark, seconds in spent.items() if any(a <= mark < b for a, b in mine))
    return total


def study_s(workers: int, replications: int) -> float:
    """Return the wall seconds of a study's chunks under one option, as its own timings have them."""
    subject = about(POLAND, "as-was")
    with tempfile.TemporaryDirectory() as folder:
        request = Request(Path(folder) / "results", replications, SEED, workers)
        marks: dict[str, float] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what == "rehearsing":
                if done >= 1:
                    marks.setdefault("begin", time.perf_counter())
                if done == of:
                    marks["end"] = time.perf_counter()

        run_study(subject, request, tell)
    return marks["end"] - marks["begin"]


def start_s() -> dict[str, float | None]:
    """Return the wall seconds of a fresh process to its first replication: with nothing compiled, then with all."""
    code = (
        "from holdfire.rehearsal.engine import engine_from; from holdfire.scenario.load import load_scenario; "
        f"engine_from(load_scenario({POLAND!r}).data, ['as-was'])"
    )
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found: dict[str, float | None] = {"first_compile_s": None, "second_start_s": None}
    with tempfile.TemporaryDirectory() as cache:
        for name in found:
            start = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", code], env=env | {"XDG_CACHE_HOME": cache}, check=False)
            found[name] = time.perf_counter() - start if done.returncode == 0 else None
    return found


def measure(*, quick: bool) -> dict[str, Any]:
    """Return everything that this file measures, by name."""
    loads = [os.getloadavg()[0]]
    frozen, poland = family_of(FROZEN, 1), family_of(POLAND, 1)
    nights = [solo(frozen, replication) for replication in range(1 if quick else 5)]
    moving = [kinematics_alone(frozen, replication) for replication in range(1 if quick else 3)]
    polish = [solo(poland, replication)[0] for replication in range(1 if quick else 5)]
    ended = nights[0][1]
    plots, reports, flown = (*map(int, ended.plots.counts[1:]), int(ended.score.counts[3]))
    seconds = statistics.median(one[0] for one in nights)
    shared, segments = together(family_of(FROZEN, RULE_ONLY), 0)
    separate = apart(FROZEN, 0, segments)
    found: dict[str, Any] = {
        "seconds_at_300": seconds,
        "reports": reports,
        "plots": plots,
        "aircraft_seconds": flown,
        "aircraft_at_once": flown / frozen.scene.ticks,
        "reports_per_cpu_s": reports / (nights[0][0] - statistics.median(moving)),
        "chain_aircraft_s_per_cpu_s": flown / nights[0][0],
        "seconds_per_replication": statistics.median(polish),
        "seconds_together": shared,
        "seconds_prefix_and_tails": separate,
        "options_overhead": shared / separate,
        "forks": len(segments),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if not quick:
        found |= beside_the_peer(found) | cores() | start_s()
    return found | {"load": loads[0]}


def beside_the_peer(found: dict[str, Any]) -> dict[str, float | None]:
    """Return the ratios to BlueSky, in kinematics alone and of the whole chain."""
    peer = kinematics.theirs(600, 120.0, 300.0)
    own = statistics.median(kinematics.ours(1200))
    if not peer:
        return {"bluesky_ratio": None, "bluesky_chain_ratio": None}
    other = statistics.median(peer)
    return {"bluesky_ratio": own / other, "bluesky_chain_ratio": found["chain_aircraft_s_per_cpu_s"] / other}


def cores() -> dict[str, float]:
    """Return how much faster two workers are than one, and the most memory that one of them took."""
    one, two = study_s(1, 40), study_s(2, 40)
    return {
        "two_core_speedup": one / two,
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    found = measure(quick=parser.parse_args().quick)
    for name, value in found.items():
        print(f"{name:28}{value:>16,.2f}" if isinstance(value, float) else f"{name:28}{value or 0:>16,}")
    print(json.dumps({name: round(v, 4) if isinstance(v, float) else v for name, v in found.items()}))


if __name__ == "__main__":
    main()

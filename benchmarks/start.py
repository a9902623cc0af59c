"""What a start costs: the help text, the first compilation, and every start after it.

Prints a table for people and, as its last line, one JSON object for machines. `--quick` measures the
compilation and the second start once each, in place of three times.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

HELP_RUNS = 7
LIMIT_S = 600.0
QUICK_LIMIT_S = 40.0  # for everything; with the process that is stopped at the limit, under 50 s


class Deadline:
    """What is left of the time for the whole benchmark."""

    def __init__(self, limit_s: float) -> None:
        self._end_s = time.perf_counter() + limit_s

    def left_s(self) -> float:
        """Return the seconds left, never below a tenth."""
        return max(0.1, self._end_s - time.perf_counter())


def run(command: list[str], deadline: Deadline, **environment: str) -> tuple[float, float, str] | None:
    """Run a command: wall seconds, CPU seconds (user and system) and output; None where it fails or is late."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            text=True,
            timeout=deadline.left_s(),
            env=os.environ | environment,
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"not measured: {error}", file=sys.stderr)
        return None
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout


def help_cpu_s(deadline: Deadline) -> float | None:
    """CPU seconds of `holdfire --help`, median; None where there is no such command."""
    command = Path(sys.executable).with_name("holdfire")
    seconds = []
    for _ in range(HELP_RUNS):
        done = run([str(command), "--help"], deadline)
        if done is None:
            return None
        seconds.append(done[1])
    return statistics.median(seconds)


def compile_s(deadline: Deadline) -> tuple[float, float, dict[str, int]] | None:
    """Wall seconds of a fresh process that warms up with its cache empty, then full; signatures by kernel."""
    command = [sys.executable, str(Path(__file__).with_name("warm.py"))]
    with tempfile.TemporaryDirectory() as cache:
        first = run(command, deadline, XDG_CACHE_HOME=cache)
        second = run(command, deadline, XDG_CACHE_HOME=cache)
    if first is None or second is None:
        return None
    return first[0], second[0], json.loads(first[2])["signatures"]


def measure(*, quick: bool) -> dict[str, object]:
    """Everything this file measures, by name; None for what could not be measured."""
    deadline = Deadline(QUICK_LIMIT_S if quick else LIMIT_S)
    helped = help_cpu_s(deadline)
    compiled = [one for one in (compile_s(deadline) for _ in range(1 if quick else 3)) if one]
    signatures = compiled[0][2] if compiled else {}
    for name in [name for name, count in signatures.items() if not count]:
        print(f"not compiled: {name}; have benchmarks/warm.py call it", file=sys.stderr)
    return {
        "help_cpu_s": helped,
        "first_compile_s": statistics.median(one[0] for one in compiled) if compiled else None,
        "second_start_s": statistics.median(one[1] for one in compiled) if compiled else None,
        "kernels": len(signatures),
        "kernels_compiled": sum(1 for count in signatures.values() if count),
    }


def surroundings() -> dict[str, object]:
    """Where it was measured, and how busy that machine was."""
    packages = {name: version(name) for name in ("holdfire", "numba", "llvmlite", "numpy")}
    return {
        "load_1_5_15_min": os.getloadavg(),
        "cpus": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **packages,
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    before = surroundings()  # the load that the benchmark met, not the one that it makes
    results = measure(quick=parser.parse_args().quick)
    for name, value in (before | results).items():
        print(f"{name:16}  {f'{value:.3f}' if isinstance(value, float) else value}")
    print(json.dumps(results | before))


if __name__ == "__main__":
    main()

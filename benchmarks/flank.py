"""Seconds that `holdfire coverage` takes for the whole eastern flank at four heights, as a person waits for it.

The command is started as from a shell, once before so that everything is compiled. Prints a table and, as its last
line, one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time

SCENARIO = "eastern-flank"
HEIGHTS = "100,300,1000,3000"
BUDGET_S = 60.0


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    asked("--passages", "6", "--entries", "6")  # compiles
    begin, used_s = time.perf_counter(), cpu_s()
    made = json.loads(asked())
    coverage_s = time.perf_counter() - begin
    cells = made["options"][0]["heights"][-1]["all"]["cells"]
    result = {
        "coverage_s": round(coverage_s, 1),
        "coverage_cpu_s": round(cpu_s() - used_s, 1),
        "cells": cells,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "load": os.getloadavg()[0],
    }
    print(f"{'the flank at four heights, s':40}{coverage_s:>10.1f}  (at most {BUDGET_S:g})")
    print(f"{'  of one processor, s':40}{result['coverage_cpu_s']:>10.1f}")
    print(f"{'  cells of 25 km':40}{cells:>10}")
    print(json.dumps(result))


def asked(*more: str) -> bytes:
    """Return what the command prints as JSON."""
    command = [sys.executable, "-m", "holdfire", "coverage", SCENARIO, "--json", "--heights", HEIGHTS, *more]
    return subprocess.run(command, check=True, capture_output=True).stdout


def cpu_s() -> float:
    """Return the processor time that commands took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

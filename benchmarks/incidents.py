"""One night of each incident that ships: CPU seconds of one replication on one core, as it is written.

A first night of each is run before anything is measured, so that all is compiled and read. Prints a table, the slowest
and its bar and, as its last line, one JSON object. `--quick` measures one night of each.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time

from holdfire.catalogue import ids
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.load import load_scenario
from holdfire.scenario.own import ScenarioKind
from holdfire.study.each_incident import as_was

SEED = 1
NIGHTS = 3
BAR_S = 3.0


def incidents() -> list[str]:
    """Return the scenarios that ship and are about something that happened."""
    return [name for name in ids("scenarios") if load_scenario(name).scenario.kind is ScenarioKind.INCIDENT]


def night_s(name: str, nights: int) -> float:
    """Return the median CPU seconds of one replication under the option that changes nothing."""
    loaded = load_scenario(name)
    option = as_was(loaded)
    engine = engine_from({**loaded.data, "options": [option]}, [option["id"]])
    engine.rehearse(SEED, 0)
    taken = []
    for replication in range(nights):
        begun = time.process_time()
        engine.rehearse(SEED, replication)
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure one night of each")
    nights = 1 if parser.parse_args().quick else NIGHTS
    load = os.getloadavg()[0]
    found = {name: night_s(name, nights) for name in incidents()}
    for name, seconds in found.items():
        print(f"{name:28}{seconds:>8.2f} s")
    slowest = max(found, key=lambda name: found[name])
    said = "within" if found[slowest] <= BAR_S else "BEYOND"
    print(f"slowest: {slowest}, {found[slowest]:.2f} s, {said} the bar of {BAR_S:g} s")
    body = {"slowest_incident_s": round(found[slowest], 4), "slowest_incident": slowest, "bar_s": BAR_S}
    print(json.dumps(body | {"seconds": {name: round(s, 4) for name, s in found.items()}, "load": load}))


if __name__ == "__main__":
    main()

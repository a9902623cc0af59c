"""Rulings a second on one core, for a set of thirty rules; one ruling is all actions on one aircraft.

From the record of evidence: the criteria are assessed and the rules applied, nothing is kept between passes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np

from holdfire.assess.criteria import assess
from holdfire.assess.table import assess_rows, criteria_table
from holdfire.logic.conditions import Held
from holdfire.logic.kernels import observe
from holdfire.logic.table import atoms, bits_for, plan
from holdfire.messages.layout import ASSESSMENT, RULING, evidence_of
from holdfire.rules.ruling import rule
from holdfire.rules.table import rule_rows, rule_table
from thirty_rules import sky, thirty_rules

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

TRACKS = 2000


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    passes = 300 if parser.parse_args().quick else 2000
    ruleset, rows = thirty_rules(), sky(TRACKS)
    made = plan(ruleset)
    laid = atoms(made)
    criteria, rules = criteria_table(ruleset, made), rule_table(ruleset, made, laid.assessed)
    found = bits_for(TRACKS, made.words)
    held = np.full((TRACKS, len(ruleset.timers()), 2), 60.0)
    assessments, rulings = np.zeros(TRACKS, ASSESSMENT), np.zeros(TRACKS, RULING)

    def once() -> None:
        observe(laid, rows, held, found)
        assess_rows(criteria, found, assessments)
        rule_rows(rules, found, assessments, rulings)

    once()
    rates = []
    for _ in range(10):
        begin = time.process_time()
        for _ in range(passes // 10):
            once()
        rates.append(passes // 10 * TRACKS / (time.process_time() - begin))

    interpreted = interpreted_per_s(ruleset, rows[:200])
    result = {
        "rulings_per_s": round(statistics.median(rates)),
        "rulings_per_s_worst": round(min(rates)),
        "interpreted_per_s": round(interpreted),
        "rules": len(ruleset.rules),
        "criteria": len(ruleset.criteria),
        "atoms": len(made.bits),
        "tracks": TRACKS,
        "engaging_share": round(float((rulings["permitted"] >> 10 & 1).mean()), 4),
        "load": os.getloadavg()[0],
    }
    print(f"{'rulings a CPU second, compiled (median of 10)':48}{result['rulings_per_s']:>14,}")
    print(f"{'  the slowest of the 10':48}{result['rulings_per_s_worst']:>14,}")
    print(f"{'rulings a CPU second, interpreter':48}{result['interpreted_per_s']:>14,}")
    print(f"{'rules, criteria, distinct conditions':48}{ruleset_size(result):>14}")
    print(json.dumps(result))


def interpreted_per_s(ruleset: RuleSet, rows: Records) -> float:
    """Return the rulings a CPU second of the interpreter."""
    timers = {timer: Held(60.0, 60.0) for timer in ruleset.timers()}
    evidence = [evidence_of(row) for row in rows]
    begin = time.process_time()
    for each in evidence:
        rule(ruleset, each, assess(ruleset, each, timers), timers)
    return len(evidence) / (time.process_time() - begin)


def ruleset_size(result: dict[str, float]) -> str:
    """Return the size of the set in one cell."""
    return f"{result['rules']}, {result['criteria']}, {result['atoms']}"


if __name__ == "__main__":
    main()

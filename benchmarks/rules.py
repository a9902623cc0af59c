"""The language of rules at speed: rulings, proofs, differences and history, each with the bound it should keep.

A ruling is all actions on one aircraft, from the record of evidence: the criteria are assessed and the rules applied to
a set of thirty rules. Zen-engine stands beside it on a table of twenty rows (`zen_peer`). Times are CPU seconds of this
process. Prints a table and, as its last line, one JSON object; what was not measured is null.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import zen_peer
from holdfire.assess.criteria import assess
from holdfire.assess.table import assess_rows, criteria_table
from holdfire.catalogue import ids, load_case, load_property, load_ruleset, load_situation
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


AT_LEAST = {"rulings_per_s": 5e6, "zen_single_ratio": 100.0, "zen_batch_ratio": 1000.0}
AT_MOST = {"prove_all_s": 5.0, "prove_one_s": 0.3, "diff_s": 5.0, "history_s": 3.0,
           "prove_one_worst_s": 0.3, "margin_moment_worst_s": 1.0}  # fmt: skip
PROVED = "radar-permitted"


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    passes = 300 if parser.parse_args().quick else 2000
    load = os.getloadavg()[0]
    measured: dict[str, float | None] = {**rulings(passes)}
    for measure in (zen_peer.measure, proofs, differences, against_history, margins):
        measured |= measure()
    for name, value in measured.items():
        print(f"{name:28}{'not measured' if value is None else f'{value:,.4g}':>16}{verdict(name, value)}")
    rounded = {name: None if value is None else round(value, 4) for name, value in measured.items()}
    print(json.dumps({**rounded, "load": load}))


def verdict(name: str, value: float | None) -> str:
    """Return whether a figure keeps its bound, where it has one."""
    if value is None or name not in AT_LEAST | AT_MOST:
        return ""
    met = value >= AT_LEAST[name] if name in AT_LEAST else value <= AT_MOST[name]
    bound = f"at least {AT_LEAST[name]:,g}" if name in AT_LEAST else f"at most {AT_MOST[name]:g}"
    return f"   {'met' if met else 'not met'} ({bound})"


def rulings(passes: int) -> dict[str, float]:
    """Return the rulings a CPU second of the compiled reading and of the interpreter, and what they rule on."""
    ruleset, rows = thirty_rules(), sky(TRACKS)
    made = plan(ruleset)
    laid = atoms(made)
    criteria, rules = criteria_table(ruleset, made), rule_table(ruleset, made, laid.assessed)
    found = bits_for(TRACKS, made.words)
    held = np.full((TRACKS, len(ruleset.timers()), 2), 60.0)
    assessed, ruled = np.zeros(TRACKS, ASSESSMENT), np.zeros(TRACKS, RULING)

    def once() -> None:
        observe(laid, rows, held, found)
        assess_rows(criteria, found, assessed)
        rule_rows(rules, found, assessed, ruled)

    once()
    rates = []
    for _ in range(10):
        begin = time.process_time()
        for _ in range(passes // 10):
            once()
        rates.append(passes // 10 * TRACKS / (time.process_time() - begin))
    return {
        "rulings_per_s": statistics.median(rates),
        "rulings_per_s_worst": min(rates),
        "interpreted_per_s": interpreted_per_s(ruleset, rows[:200]),
        "rules": len(ruleset.rules),
        "criteria": len(ruleset.criteria),
        "atoms": len(made.bits),
        "tracks": TRACKS,
        "engaging_share": float((ruled["permitted"] >> 10 & 1).mean()),
    }


def interpreted_per_s(ruleset: RuleSet, rows: Records) -> float:
    """Return the rulings a CPU second of the interpreter."""
    timers = {timer: Held(60.0, 60.0) for timer in ruleset.timers()}
    evidence = [evidence_of(row) for row in rows]
    begin = time.process_time()
    for each in evidence:
        rule(ruleset, each, assess(ruleset, each, timers), timers)
    return len(evidence) / (time.process_time() - begin)


def proofs() -> dict[str, float | None]:
    """Return the CPU seconds of proving or refuting every property of one set, and of one property."""
    from holdfire.examine.encoded import Encoded
    from holdfire.examine.prove import prove

    ruleset = load_ruleset(PROVED)
    every = [load_property(name) for name in ids("properties")]
    begin = time.process_time()
    encoded = Encoded(ruleset)
    seconds = []
    for each in every:
        start = time.process_time()
        prove(encoded, each)
        seconds.append(time.process_time() - start)
    return {"prove_all_s": time.process_time() - begin, "prove_one_s": statistics.median(seconds),
            "prove_one_worst_s": max(seconds), "properties": len(every)}  # fmt: skip


def differences() -> dict[str, float | None]:
    """Return the CPU seconds of comparing two sets of thirty rules: the same seventeen behind two archetypes."""
    from holdfire.examine.diff import diff

    first = thirty_rules()
    other = load_ruleset("radar-permitted")
    second = replace(other, id="another-thirty", rules=(*other.rules, *first.rules[len(other.rules) :]))
    assert len(second.rules) == len(first.rules)  # noqa: S101
    begin = time.process_time()
    found = diff(first, second)
    return {"diff_s": time.process_time() - begin, "diff_regions": len(found)}


def against_history() -> dict[str, float | None]:
    """Return the CPU seconds of trying every shipped set on every shipped case."""
    from holdfire.examine.history import history

    sets = [load_ruleset(name) for name in ids("rulesets")]
    cases = [load_case(name) for name in ids("cases")]
    begin = time.process_time()
    rows = history(sets, cases)
    return {"history_s": time.process_time() - begin, "history_cells": sum(len(row.cells) for row in rows)}


def margins() -> dict[str, float | None]:
    """Return the CPU seconds of a margin of one moment: the median and the worst of every set on every situation."""
    from holdfire.examine.costs import load_costs
    from holdfire.examine.margin import margin, question

    seconds = []
    for name in ids("rulesets"):
        asked = question(load_ruleset(name), load_costs("usual"))
        for situation in map(load_situation, ids("situations")):
            begin = time.process_time()
            margin(asked, situation, limit=3)
            seconds.append(time.process_time() - begin)
    return {"margin_moment_s": statistics.median(seconds), "margin_moment_worst_s": max(seconds)}


if __name__ == "__main__":
    main()

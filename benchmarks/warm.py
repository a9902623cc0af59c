"""Compile every kernel, or load it from its cache: what a first and a second start have to wait for.

As a script it prints one JSON object: seconds to import the package, seconds to call every kernel once, and
the count of signatures by kernel.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import time

import holdfire


def import_all() -> None:
    """Import every module of the package, so that every kernel is made."""
    for module in pkgutil.walk_packages(holdfire.__path__, "holdfire."):
        if not module.name.endswith(".__main__"):  # which would run
            importlib.import_module(module.name)


def warm_up() -> None:
    """Call every kernel once, with the types that it is given in a run."""
    _seed()
    _rules()
    _night()


def _night() -> None:
    from holdfire.rehearsal.engine import engine_from
    from holdfire.scenario.load import load_scenario

    loaded = load_scenario("poland-2025-09-10")
    option = loaded.scenario.options[0].id
    engine = engine_from(loaded.data | {"duration_h": 1.1}, [option])
    engine.rehearse(0, 0)
    engine.trace(option, 0, 0, 0)


def _rules() -> None:
    import numpy as np

    from holdfire.assess.table import assess_rows, criteria_table
    from holdfire.catalogue import load_ruleset, load_situation
    from holdfire.logic.kernels import advance_timers, observe
    from holdfire.logic.table import atoms, bits_for, plan
    from holdfire.messages.layout import ASSESSMENT, RULING, evidence_records
    from holdfire.rules.compose_table import compose_rows, composition
    from holdfire.rules.table import rule_rows, rule_table

    ruleset = load_ruleset("attributed-violator")  # which asks how long
    made = plan(ruleset)
    laid, found, held = atoms(made), bits_for(1, made.words), np.zeros((1, len(made.timers), 2))
    rows = evidence_records([load_situation("gerbera-after-look").evidence])
    assessments, rulings = np.zeros(1, ASSESSMENT), np.zeros((1, 1), RULING)
    advance_timers(laid, np.zeros(1, np.int64), rows, held, 1.0)
    observe(laid, rows, held, found)
    assess_rows(criteria_table(ruleset, made), found, assessments)
    rule_rows(rule_table(ruleset, made, laid.assessed), found, assessments, rulings[0])
    compose_rows(composition([ruleset], None), rulings, np.zeros(1, RULING))


def _seed() -> None:
    from holdfire import seed

    name = (1, 0, 0, seed.entity(seed.Kind.SCENARIO, 0, 0), seed.stream(seed.Stage.WORLD), 0, 0)
    for draw in (seed.block, seed.uniform, seed.normal_pair, seed.normal, seed.exponential):
        draw(*name)
    seed.below(*name, 6)


def _measure() -> dict[str, object]:
    start = time.perf_counter()
    import_all()
    imported = time.perf_counter()
    warm_up()
    warm = time.perf_counter()

    from holdfire.compiled import kernels, signature_count

    counts = {f"{made.__module__}.{made.__qualname__}": signature_count(made) for made in kernels()}
    return {"import_s": imported - start, "warm_s": warm - imported, "signatures": counts}


if __name__ == "__main__":
    print(json.dumps(_measure()))

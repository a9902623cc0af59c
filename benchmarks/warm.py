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

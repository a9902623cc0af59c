"""Kernels: the cache follows every source that is reached, and nothing else moves."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, assert_type, cast

import numba
import numpy as np
import pytest

from holdfire.compiled import fetch, kernel, kernels, signature_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

JIT_IS_OFF = bool(vars(numba.config)["DISABLE_JIT"])

CALLEE = "from holdfire.compiled import kernel\n@kernel\ndef inner(x):\n    return {factor} * x\n"
CALLER = "from holdfire.compiled import kernel\n{imports}\n@kernel\ndef outer(x):\n    return {call}(x) + 1\n"
USE = "from holdfire.compiled import kernel\nfrom {package}.callee import inner\n"

# By the way in which the caller comes by the callee: what the caller imports, what it calls, further files.
# {{factor}} is what is edited.
WAYS: dict[str, tuple[str, str, dict[str, str]]] = {
    "name": ("from {package}.callee import inner", "inner", {}),
    "module": ("from {package} import callee", "callee.inner", {}),
    "dotted": ("import {package}.callee", "{package}.callee.inner", {}),
    "alias": ("import {package}.callee as other", "other.inner", {}),
    "relative": ("from .callee import inner", "inner", {}),
    "star": ("from {package}.callee import *", "inner", {}),
    "function": (
        "def find():\n    from {package}.callee import inner\n    return inner\ninner = find()",
        "inner",
        {},
    ),
    "two-steps": (
        "from {package}.middle import middle",
        "middle",
        {"middle.py": USE + "@kernel\ndef middle(x):\n    return inner(x)\n"},
    ),
    "package-init": (
        "from {package} import below",
        "below.inner",
        {"below/__init__.py": "from {package}.callee import inner\n"},
    ),
    "parent-init": (
        "from {package}.below.leaf import leaf",
        "leaf",
        {
            "below/__init__.py": "from {package}.callee import inner\n",
            "below/leaf.py": "import sys\nleaf = sys.modules['{package}.below'].inner\n",
        },
    ),
    "held-package": (
        "import importlib\nimportlib.import_module('{package}.below.leaf')\nfrom {package} import below",
        "below.leaf.inner",
        {"below/__init__.py": "", "below/leaf.py": "from ..callee import inner\n"},
    ),
    "not-reached": (
        "from {package}.other import inner",
        "inner",
        {"other.py": CALLEE.replace("{factor}", "2")},
    ),
}

RUN = """
import importlib, json, sys
results = {}
for package in sys.argv[1:]:
    outer = importlib.import_module(package + ".caller").outer
    results[package] = outer(10), sum(outer.stats.cache_hits.values())
print(json.dumps(results))
"""


def package_of(way: str) -> str:
    return "scratch_" + way.replace("-", "_")


def write(root: Path, way: str, factor: int) -> None:
    package = package_of(way)
    imports, call, further = WAYS[way]
    caller = CALLER.replace("{imports}", imports).replace("{call}", call)
    for path, text in {"__init__.py": "", "caller.py": caller, "callee.py": CALLEE, **further}.items():
        file = root / package / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{package}", package).replace("{factor}", str(factor)))


def python(root: Path, *arguments: str, **environment: str) -> str:
    """Run a fresh process in which packages of `root` can be imported, and give what it prints."""
    # No bytecode files: they are compared by whole seconds, and the edits here can be closer together.
    surroundings = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    command = [sys.executable, "-W", "error", *arguments]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, cwd=root, check=False)  # noqa: S603 -- our own interpreter
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[int]]]:
    """Result and cache hits of every way: first run, second run, run after the callee's edit."""
    root = tmp_path_factory.mktemp("runs")
    packages = [package_of(way) for way in WAYS]
    answers = []
    for factor in (2, 2, 3):
        for way in WAYS:
            write(root, way, factor)
        answers.append(json.loads(python(root, "-c", RUN, *packages, XDG_CACHE_HOME=str(root / "cache"))))
    return answers


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing is cached")
@pytest.mark.parametrize("way", [way for way in WAYS if way != "not-reached"])
def test_an_edited_callee_is_compiled_again(runs: list[dict[str, list[int]]], way: str) -> None:
    first, second, edited = (run[package_of(way)] for run in runs)
    assert first == [21, 0]
    assert second == [21, 1]
    assert edited == [31, 0]


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing is cached")
def test_an_edit_out_of_reach_leaves_the_cache_in_use(runs: list[dict[str, list[int]]]) -> None:
    assert [run[package_of("not-reached")] for run in runs] == [[21, 0], [21, 1], [21, 1]]


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing is cached")
def test_without_a_directory_to_write_it_compiles_without_a_cache(tmp_path: Path) -> None:
    write(tmp_path, "name", 2)
    file = tmp_path / "a file, where a directory is wanted"  # nobody can write below it, not even root
    file.touch()
    for _ in range(2):
        printed = python(tmp_path, "-c", RUN, package_of("name"), XDG_CACHE_HOME=str(file))
        assert json.loads(printed) == {package_of("name"): [21, 0]}
    assert not list(tmp_path.rglob("*.nb?"))  # nor did numba find itself another place


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing is cached")
def test_a_relative_cache_home_counts_as_unset(tmp_path: Path) -> None:
    write(tmp_path, "name", 2)
    home = tmp_path / "home"
    python(tmp_path, "-c", RUN, package_of("name"), XDG_CACHE_HOME="relative", HOME=str(home))
    assert list((home / ".cache" / "holdfire" / "kernels").rglob("*.nbc"))
    assert not (tmp_path / "relative").exists()


def test_with_compilation_off_a_kernel_is_the_function(tmp_path: Path) -> None:
    script = (
        "from holdfire.compiled import kernel, kernels, signature_count\n"
        "def plain(x): return x\n"
        "assert kernel(plain) is plain\n"
        "assert kernels() == (plain,)\n"
        "assert signature_count(plain) == 0\n"
    )
    python(tmp_path, "-c", script, NUMBA_DISABLE_JIT="1", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


WIDE = np.dtype([("first", np.float64), ("more", np.float64, (24,))])  # 200 bytes


@kernel
def fetch_all(wide: NDArray[np.void], words: NDArray[np.float64], across: NDArray[np.float64]) -> float:
    """Fetch elements that are there and elements that are not."""
    fetch(wide, 1)
    fetch(words, -1_000_000_000)
    fetch(across[:, 1], 1_000_000_000)
    return words[0]  # type: ignore[no-any-return]


@pytest.mark.compiled
def test_fetching_changes_nothing_and_reaches_everywhere() -> None:
    wide, words, across = np.ones(3, WIDE), np.arange(3.0) + 1.0, np.ones((2, 3))
    assert fetch_all(wide, words, across) == 1.0
    assert (wide == np.ones(3, WIDE)).all()
    assert words.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing is compiled")
def test_every_line_of_an_element_is_asked_for() -> None:
    anew: Any = numba.njit(cast("Any", fetch_all).py_func)  # noqa: TID251 -- what comes from a cache has lost its text
    anew(np.ones(3, WIDE), np.ones(3), np.ones((2, 3)))
    code = "".join(anew.inspect_llvm().values())
    # Of 200 bytes each 64th and the last, and one of each word.
    assert code.count("call void @llvm.prefetch") == 5 + 1 + 1


def halve(x: float) -> float:
    """Half of it."""
    return x / 2.0


def test_the_static_type_is_kept() -> None:
    made = kernel(halve)
    if TYPE_CHECKING:
        made("a text")  # type: ignore[arg-type]
    as_stated: Callable[[float], float] = made
    assert_type(made(3.0), float)
    assert as_stated(3.0) == 1.5
    assert made.__name__ == "halve"
    assert made.__doc__ == "Half of it."


def test_making_a_kernel_leaves_the_settings_of_numba_as_they_were() -> None:
    settings = vars(numba.config)
    before = settings["CACHE_DIR"], settings["CACHE_LOCATOR_CLASSES"]
    kernel(halve)
    assert (settings["CACHE_DIR"], settings["CACHE_LOCATOR_CLASSES"]) == before


def test_kernels_are_listed_by_name() -> None:
    made = kernel(halve)
    names = [f"{one.__module__}.{one.__qualname__}" for one in kernels()]
    assert made in kernels()
    assert names == sorted(set(names))


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing has a signature")
def test_signatures_are_counted() -> None:
    made = kernel(halve)
    assert signature_count(made) == 0
    made(1.0)
    made(2.0)
    assert signature_count(made) == 1
    made(1)
    assert signature_count(made) == 2
    assert signature_count(halve) == 0


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="Python raises where numpy and a kernel give an infinity")
def test_division_by_zero_gives_infinity() -> None:
    @kernel
    def inverse(x: float) -> float:
        return 1.0 / x

    assert inverse(0.0) == math.inf


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="Python does nothing else")
def test_floating_point_is_strict() -> None:
    @kernel
    def rounded_away(x: float) -> float:
        return (x + 1e16) - 1e16  # fast mathematics gives x

    @kernel
    def differs_from_itself(x: float) -> bool:
        return x != x  # fast mathematics takes NaN for impossible

    assert rounded_away(1.0) == 0.0
    assert differs_from_itself(math.nan)

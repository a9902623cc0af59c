"""Kernels keep to one signature each, and to what gives the same result on every processor."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import pytest

import holdfire

if TYPE_CHECKING:
    from collections.abc import Iterator

JIT_IS_OFF = bool(vars(numba.config)["DISABLE_JIT"])
PACKAGE = Path(holdfire.__file__).parent
WARM = Path(__file__).parents[2] / "benchmarks" / "warm.py"

BANNED_NAMES = {"njit", "jit", "vectorize", "guvectorize", "fastmath", "prange"}
BANNED_ATTRIBUTES = BANNED_NAMES | {"dot", "linalg"}


def compiled_anew(tmp_path: Path) -> str:
    """Return what is told of kernels that were compiled into an empty cache: that of the tests, or else a new one.

    A cache that is full would hide the signatures of kernels that only other kernels call.
    """
    if told := os.environ.get("HOLDFIRE_COMPILED"):
        return Path(told).read_text("utf-8")
    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-W", "error", str(WARM)],
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing has a signature")
def test_no_kernel_has_more_than_one_signature(tmp_path: Path) -> None:
    signatures: dict[str, int] = json.loads(compiled_anew(tmp_path))["signatures"]
    assert {name: count for name, count in signatures.items() if count > 1} == {}
    drawing = {name: count for name, count in signatures.items() if name.startswith("holdfire.seed.")}
    assert drawing
    assert set(drawing.values()) == {1}


def words(node: ast.AST) -> Iterator[str]:
    """Names that a node of a syntax tree uses: not those in comments, nor in texts."""
    match node:
        case ast.Name(id=name):
            yield from {name} & BANNED_NAMES
        case ast.Attribute(attr=name):
            yield from {name} & BANNED_ATTRIBUTES
        case ast.keyword(arg=str(name)):
            yield from {name} & BANNED_NAMES
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            module = getattr(node, "module", None) or ""
            imported = {part for name in names for part in f"{module}.{name.name}".split(".")}
            yield from imported & BANNED_ATTRIBUTES
        case _:
            pass


def is_kernel(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        ast.unparse(decorator).rpartition(".")[2] == "kernel" for decorator in node.decorator_list
    )


def breaches(source: str) -> list[str]:
    tree = ast.parse(source)
    found = [f"{node.lineno}: {word}" for node in ast.walk(tree) for word in words(node) if hasattr(node, "lineno")]
    products = {
        f"{node.lineno}: @"
        for function in filter(is_kernel, ast.walk(tree))
        for node in ast.walk(function)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult)
    }
    return sorted([*found, *products])


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_kernels_are_made_in_one_place_and_do_without_a_blas(file: Path) -> None:
    if file != PACKAGE / "compiled.py":
        assert breaches(file.read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from numba import njit",
        "import numba; f = numba.njit(g)",
        "from numba import prange as r",
        "f = kernel(g, fastmath=True)",
        "c = np.dot(a, b)",
        "c = a.dot(b)",
        "c = np.linalg.norm(a)",
        "import numpy.linalg as la",
        "from numpy import dot",
        "@kernel\ndef f(a, b):\n    return a @ b",
    ],
)
def test_a_breach_is_seen(line: str) -> None:
    assert breaches(line)


@pytest.mark.parametrize("line", ["# njit is banned", '"""Never fastmath."""', "dot = 1.0", "@kernel\ndef f(): pass"])
def test_what_is_no_breach_passes(line: str) -> None:
    assert not breaches(line)


NUMBERS = re.compile(
    r"None|int|float|bool|np\.uint64|np\.int64|tuple\[(int|float|bool|np\.uint64|tuple\[[a-z, .]*\]|, |\.)+\]"
)


def made() -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Every kernel of the package: its file, its syntax tree, and whether it may make arrays."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                if isinstance(mark, ast.Name) and mark.id in ("kernel", "allocating"):
                    yield file.name, node, mark.id  # type: ignore[misc]


def test_what_gives_part_of_an_array_is_called_by_kernels_that_count_no_references() -> None:
    giving = {
        node.name for _, node, mark in made()
        if mark == "kernel" and node.returns is not None and not NUMBERS.fullmatch(ast.unparse(node.returns))
    }  # fmt: skip
    assert giving
    uncounted = {node.name for _, node, mark in made() if mark == "kernel"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name not in uncounted:
                called = {c.func.id for c in ast.walk(node) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)}
                assert not called & giving, f"{file.name}: {node.name}"

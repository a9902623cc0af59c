"""Help comes at once: nothing heavy is imported for it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("numpy", "numba", "pydantic", "yaml", "duckdb", "holdfire.logic", "holdfire.catalogue")
PROGRAM = """
import json, sys
from holdfire.cli.main import run
status = run(sys.argv[1:])
print(json.dumps([status, [name for name in sys.modules]]))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["rules", "--help"], ["--version"], []])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0
    assert not set(HEAVY) & set(modules)


def test_reading_rules_compiles_nothing() -> None:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM, "rules", "list"], capture_output=True, text=True, check=True
    )
    _, modules = json.loads(ran.stdout.splitlines()[-1])
    assert "numba" not in modules

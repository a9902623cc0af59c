"""Whoever decides opens nothing: no file, no socket, no code made at run time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import holdfire

ROOT = Path(holdfire.__file__).parent
DECIDERS = [path for stage in ("assess", "rules", "logic", "messages") for path in (ROOT / stage).rglob("*.py")]
BANNED = {"open", "input", "eval", "exec", "compile", "__import__", "print"}


@pytest.mark.parametrize("path", DECIDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_decider_opens_anything(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & BANNED


def test_files_stay_short() -> None:
    for path in ROOT.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 400, path

"""What every test starts from: a terminal of 80 columns without colours, and kernels cached apart."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from holdfire.rehearsal.engine import Rehearsal

REWRITE = os.environ.get("HOLDFIRE_REWRITE_GOLDEN") == "1"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give tables the same width everywhere."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def rewrite() -> bool:
    """Whether golden files are to be written anew (HOLDFIRE_REWRITE_GOLDEN=1)."""
    return REWRITE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of whole nights: without compilation a night takes hours."""
    for item in items:
        if Path(__file__).parent / "night" in item.path.parents:
            item.add_marker(pytest.mark.compiled)


@pytest.fixture(scope="session")
def engine() -> Rehearsal:
    """A busy night under five options; the first engine compiles the loop, or loads what was compiled."""
    from holdfire.rehearsal.engine import engine_from
    from support import rehearsed

    return engine_from(rehearsed.busy(), rehearsed.FIVE)


@pytest.fixture(scope="session")
def mixed() -> Rehearsal:
    """A busy night under those five, and one under which crews are bound by another set than their host."""
    from holdfire.rehearsal.engine import engine_from
    from support import rehearsed

    return engine_from(rehearsed.mixed(rehearsed.busy()), (rehearsed.MIXED, *rehearsed.FIVE))

"""What every test starts from: a terminal of 80 columns without colours, and kernels cached apart."""

from __future__ import annotations

import os

import pytest

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

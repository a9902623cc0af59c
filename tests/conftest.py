"""What every test starts from: a terminal of 80 columns without colours, and kernels cached apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

REWRITE = os.environ.get("HOLDFIRE_REWRITE_GOLDEN") == "1"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give tables the same width everywhere."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    yield


@pytest.fixture
def rewrite() -> bool:
    """Whether golden files are to be written anew (HOLDFIRE_REWRITE_GOLDEN=1)."""
    return REWRITE

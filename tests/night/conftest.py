"""Engines that the tests of whole nights share: the first compiles the loop, or loads what was compiled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from holdfire.rehearsal.engine import engine_from
from support import rehearsed

if TYPE_CHECKING:
    from holdfire.rehearsal.engine import Rehearsal


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here: without compilation a night takes hours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.compiled)


@pytest.fixture(scope="session")
def engine() -> Rehearsal:
    """A busy night under five options."""
    return engine_from(rehearsed.busy(), rehearsed.FIVE)


@pytest.fixture(scope="session")
def mixed() -> Rehearsal:
    """A busy night under those five, and one under which crews are bound by another set than their host."""
    return engine_from(rehearsed.mixed(rehearsed.busy()), (rehearsed.MIXED, *rehearsed.FIVE))

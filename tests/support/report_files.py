"""The reports that the browser opens: one by hand, and one of a real study. Each entry returns a page's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from support import report_document, short_study

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS: Final[dict[str, Callable[[], str]]] = {"by-hand": report_document.small, "real": short_study.page}
MARKS: Final[dict[str, Any]] = {"real": pytest.mark.compiled}
"""A real night takes hours without compilation."""

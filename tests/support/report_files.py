"""The reports that the browser opens: one by hand, and whichever are added here. Each entry returns a page's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from support import report_document

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS: Final[dict[str, Callable[[], str]]] = {"by-hand": report_document.small}

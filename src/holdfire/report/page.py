"""The page itself: the built shell, with the report and its films put in."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfire.errors import CapacityError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELL: Final = Path(__file__).with_name("page.html")
BUDGET_MB: Final = 15.0
"""Most that a page may hold: what mail and browsers still take without complaint (assumed)."""
_TITLE, _DATA = "<!--holdfire:title-->", "<!--holdfire:data-->"


def shell(path: Path = SHELL) -> str:
    """Return the built page; raises `InputError` where it was not built."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = f"{path} is not there: build the page (see web/README.md), or install holdfire from a wheel"
        raise InputError(message) from None
    for mark in (_TITLE, _DATA):
        if text.count(mark) != 1:
            message = f"{path} has {text.count(mark)} times {mark}: it must have it once, so build the page anew"
            raise InputError(message)
    return text


def page(text: str, report: Mapping[str, Any], films: Mapping[str, bytes]) -> bytes:
    """Return the page with a report and its films, by the ids of their elements."""
    title = f"{report['scenario']['title']}: holdfire report"
    scripts = [f'<script type="application/json" id="report">{_json(report)}</script>']
    scripts += [
        f'<script type="application/octet-stream" id="{name}">{base64.b64encode(data).decode()}</script>'
        for name, data in films.items()
    ]
    before, after = text.split(_DATA)
    return "".join([before.replace(_TITLE, html.escape(title)), "\n".join(scripts), after]).encode()


def _json(report: Mapping[str, Any]) -> str:
    made = json.dumps(report, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return made.replace("<", "\\u003c")


def film_mb(film: bytes) -> float:
    """Return what a film takes on the page."""
    return 4 * -(-len(film) // 3) / 1e6


def refuse_too_big(made: bytes) -> None:
    """Raise `CapacityError` for a page above the budget."""
    if len(made) > BUDGET_MB * 1e6:
        message = (
            f"the report would take {len(made) / 1e6:.1f} MB and may take {BUDGET_MB:g}: "
            "name fewer nights to be played, as --nights 0"
        )
        raise CapacityError(message)

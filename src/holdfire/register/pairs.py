"""Which plots can be compared with what: the same aircraft, seen at about the same time by somebody else.

Aircraft are told by their Mode S address; where a plot has none, by a squawk that only one address has. A reference is
a pair of reports of one other source, shortly before and after the plot, and where the aircraft was between them is
taken from a straight line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Site

    Places = NDArray[np.int64]
    Numbers = NDArray[np.float64]

MOST_APART_S: Final = 15.0
"""Reports further apart than this are no reference (assumed): a turn of 3 degrees a second bends the path between
them by about 300 m; what bends is weighed down as an outlier."""
MOST_PAIRS: Final = 4000
"""Of each radar, shared among its sources and evenly spread over time: what more would narrow is no bias (assumed)."""
SHARED_CODES: Final = (0o0000, 0o1000, 0o2000, 0o7000, 0o7500, 0o7600, 0o7700)
"""Squawks that do not tell aircraft apart: conspicuity and emergency codes (ICAO Annex 10, volume IV, 2.1.4)."""
AWAY: Final = 3
"""Reports further on from which speed is taken (assumed: 10 to 30 s of flight)."""
BROADCAST: Final = -1
"""The source that is no radar: positions that aircraft reported of themselves."""


_BAD: Final = int(Doubt.HEIGHT_NOT_VALIDATED | Doubt.HEIGHT_GARBLED | Doubt.TEST)


class Reports(NamedTuple):
    """Every report that can be compared, those of radars and those of aircraft, in one order."""

    source: Places  # place among the sites, BROADCAST: the aircraft itself
    aircraft: Places
    time_s: Numbers
    range_m: Numbers  # of a plot
    azimuth_rad: Numbers
    h_m: Numbers
    lat_deg: Numbers  # of a position
    lon_deg: Numbers


class Pairs(NamedTuple):
    """Plots and their references, as places among the reports."""

    plot: Places
    before: Places
    after: Places
    early: Places  # a few reports before and after these two: how fast the aircraft flies must not come from the very
    late: Places  # reports whose errors are compared, or the error of a clock would seem smaller than it is


def reports(polar: Records, position: Records, sites: Sequence[Site]) -> Reports:
    """Return what has a height, and an aircraft that is told from others; of sites whose place is known."""
    known = np.array([site.position_known for site in sites], np.bool_)
    aircraft = _aircraft(polar, position)
    usable = (aircraft > 0) & np.isfinite(polar["h_m"]) & (polar["range_m"] > 0) & (polar["doubtful"] & _BAD == 0)
    usable &= known[polar["sensor"]] if len(sites) else False
    airborne = (position["address"] != 0) & np.isfinite(position["h_m"]) & (position["on_ground"] == 0)
    plots, places = polar[usable], position[airborne]
    no_plot, no_place = np.full(len(places), np.nan), np.full(len(plots), np.nan)
    return Reports(
        np.concatenate([plots["sensor"], np.full(len(places), BROADCAST)]),
        np.concatenate([aircraft[usable], places["address"]]),
        np.concatenate([plots["time_s"], places["time_s"]]),
        np.concatenate([plots["range_m"], no_plot]),
        np.concatenate([plots["azimuth_rad"], no_plot]),
        np.concatenate([plots["h_m"], places["h_m"]]),
        np.concatenate([no_place, places["lat_deg"]]),
        np.concatenate([no_place, places["lon_deg"]]),
    )


def only(told: Reports, places: Places) -> Reports:
    """Return the reports at some places."""
    return told._replace(**{name: column[places] for name, column in told._asdict().items()})


def _aircraft(polar: Records, position: Records) -> Places:
    """Return the address of each plot, its own or that of its squawk's only bearer; 0: not told."""
    own = polar["address"].astype(np.int64)
    codes = np.concatenate([polar["mode_a"], position["mode_a"]])
    bearers = np.concatenate([own, position["address"]])
    told = (codes != NO_CODE) & (bearers != 0) & ~np.isin(codes, SHARED_CODES)
    by_code: dict[int, set[int]] = {}
    for code, bearer in np.unique(np.stack([codes[told], bearers[told]]), axis=1).T.tolist():
        by_code.setdefault(code, set()).add(bearer)
    only = {code: min(bearer) for code, bearer in by_code.items() if len(bearer) == 1}
    return np.where(own != 0, own, [only.get(code, 0) for code in polar["mode_a"].tolist()])


def pair_up(told: Reports) -> Pairs:
    """Return every plot with every source that saw the same aircraft shortly before and after it.

    Two radars without a reference are compared both ways round. A radar whose aircraft report themselves is compared
    with them, and with other radars only where they are not.
    """
    anchored = _anchored(told)
    sources = np.unique(told.source).tolist()
    found = [
        spread(_between(told, sensor, source), MOST_PAIRS // (1 if sensor in anchored else len(sources)))
        for sensor in sources
        for source in sources
        if sensor not in (BROADCAST, source) and (source == BROADCAST or sensor not in anchored)
    ]
    if not found:
        nothing = np.zeros(0, np.int64)
        return Pairs(nothing, nothing, nothing, nothing, nothing)
    return Pairs(*(np.concatenate(part) for part in zip(*found, strict=True)))


FEWEST_ANCHORS: Final = 200
"""Pairs with self-reported positions from which on a radar needs no other radar (assumed)."""


def _anchored(told: Reports) -> set[int]:
    sensors = np.unique(told.source[told.source != BROADCAST]).tolist()
    return {sensor for sensor in sensors if len(_between(told, sensor, BROADCAST).plot) >= FEWEST_ANCHORS}


def _between(told: Reports, sensor: int, source: int) -> Pairs:
    """Return the plots of a sensor that lie between two reports of a source on the same aircraft."""
    # One key for aircraft and time, so that one sorted search finds the neighbours of all plots.
    first = float(told.time_s.min(initial=0.0))
    span = float(told.time_s.max(initial=0.0)) - first + 10 * MOST_APART_S
    _, whose = np.unique(told.aircraft, return_inverse=True)
    key = whose * span + told.time_s - first
    plot, by = np.flatnonzero(told.source == sensor), np.flatnonzero(told.source == source)
    by = by[np.argsort(key[by], kind="stable")]
    after = np.searchsorted(key[by], key[plot])
    inside = (after > 0) & (after < len(by))
    plot, after = plot[inside], after[inside]
    found = Pairs(
        plot, by[after - 1], by[after],
        _further(told, by, after - 1, after - 1 - np.arange(1, AWAY + 1)[:, None]),
        _further(told, by, after, after + np.arange(1, AWAY + 1)[:, None]),
    )  # fmt: skip
    apart_s = told.time_s[found.after] - told.time_s[found.before]
    same = (told.aircraft[found.before] == told.aircraft[plot]) & (told.aircraft[found.after] == told.aircraft[plot])
    kept = np.flatnonzero(same & (apart_s > 0) & (apart_s <= MOST_APART_S))
    kept = kept[np.argsort(told.time_s[plot[kept]], kind="stable")]
    return Pairs(*(column[kept] for column in found))


def spread(pairs: Pairs, most: int) -> Pairs:
    """Return at most so many pairs, evenly spread."""
    if len(pairs.plot) <= most:
        return pairs
    kept = np.linspace(0, len(pairs.plot) - 1, most).astype(np.int64)
    return Pairs(*(column[kept] for column in pairs))


def _further(told: Reports, by: Places, near: Places, steps: Places) -> Places:
    """Return the furthest report in `steps` (steps, pairs) of the same aircraft, and not long before or after."""
    out = near
    for step in steps:
        at = np.clip(step, 0, len(by) - 1)
        same = (told.aircraft[by[at]] == told.aircraft[by[near]]) & (step == at)
        same &= np.abs(told.time_s[by[at]] - told.time_s[by[near]]) <= AWAY * MOST_APART_S / 2
        out = np.where(same, at, out)
    return by[out]

"""Whether a filed plan fits a track."""

from __future__ import annotations

from math import hypot, sqrt
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.identify.view import KEYS
from holdfire.messages.plot import NO_CODE

if TYPE_CHECKING:
    import numpy as np

    from holdfire.identify.view import Memory
    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans

_OUT, _MAYBE, _FITS = 0, 1, 2
_MATCHED, _UNMATCHED = 0, 1
_LONG_M2 = 1e8  # of shorter legs a speed says little
_SPREAD_S = 2.5  # searches of tracks that began together drift apart by so much, so that no call pays for all


@kernel
def fit(begin: int, end: int, point: Records, motion: np.void, bounds: np.void, time_s: float) -> int:
    """Return whether a track is where the points of a plan from `begin` to before `end` say: 0 not, 1 perhaps, 2 it is.

    The plan may be early or late by `window_s`, off its route by `corridor_m` and off its height by
    `plan_height_m`. A track without a height can only perhaps fit.
    """
    window = bounds["window_s"]
    x, y, h = motion["x_m"], motion["y_m"], motion["h_m"]
    reach = bounds["corridor_m"] + 2.0 * motion["sigma_m"]
    found = _OUT
    for leg in range(begin, end - 1):
        start, stop = point[leg], point[leg + 1]
        lasts = stop["time_s"] - start["time_s"]
        since = time_s - start["time_s"]
        if since < -window or since > lasts + window:
            continue
        ax, ay, bx, by = start["x_m"], start["y_m"], stop["x_m"], stop["y_m"]
        if x < min(ax, bx) - reach or x > max(ax, bx) + reach or y < min(ay, by) - reach or y > max(ay, by) + reach:
            continue
        dx, dy = bx - ax, by - ay
        length2 = dx * dx + dy * dy
        fastest_m_s = motion["speed_m_s"] + 2.0 * motion["speed_sd_m_s"]
        if length2 > _LONG_M2 and fastest_m_s * lasts < 0.5 * sqrt(length2):
            continue  # it cannot be half as fast as was filed
        least = max((since - window) / lasts, 0.0) if lasts > 0.0 else 0.0
        most = min((since + window) / lasts, 1.0) if lasts > 0.0 else 1.0
        nearest = ((x - ax) * dx + (y - ay) * dy) / length2 if length2 > 0.0 else 0.0
        part = min(max(nearest, least), most)
        off = hypot(x - ax - part * dx, y - ay - part * dy)
        if off > reach:
            continue
        high = abs(h - start["h_m"] - part * (stop["h_m"] - start["h_m"])) - bounds["plan_height_m"]
        if off <= bounds["corridor_m"] and high <= 0.0:
            return _FITS
        if not high > 2.0 * motion["h_sd_m"]:  # a height that is NaN is not out either
            found = _MAYBE
    return found


@kernel
def search(  # noqa: C901, PLR0912, PLR0913, PLR0915
    plans: Plans,
    memory: Memory,
    track: np.void,
    motion: np.void,
    bounds: np.void,
    kept: np.void,
    time_s: float,
) -> None:
    """Look for a plan, and remember what came of it and when to look again.

    A plan fits by its address or squawk if the track is also about where it says, and else by position alone, if
    no other address or squawk contradicts. No plan fits if every one is out. Else, and for a track whose plan fits
    by identity but not by position, it is not known: delays and diversions are no intrusion. What once fitted by
    identity is never called unmatched again: the last fit ages until it is not known.
    """
    kept["due_s"] = time_s + bounds["search_s"] + _SPREAD_S * (track["hits"] % 4)
    plan, point, domestic = plans.plan, plans.point, memory.domestic
    address, squawk = track["address"], track["mode_a"]
    steady = time_s - track["squawk_since_s"] >= bounds["conflict_s"]
    coded = _discrete(squawk)
    by_address, by_squawk = -1, -1
    if kept["by_identity"] == 1 and not (address != 0 and plan[kept["plan"]]["address"] != address):
        by_address = kept["plan"]
    elif address != 0 or coded:
        each, fits = memory.head[address & KEYS - 1] if address != 0 else -1, False
        while each >= 0 and not fits:
            if plan[each]["address"] == address:
                fits = fit(plan[each]["leg"], plan[each]["leg_end"], point, motion, bounds, time_s) != _OUT
                if fits or by_address < 0:  # one aircraft may fly twice a night
                    by_address = each
            each = memory.after[each, 0]
        each = memory.head[KEYS + (squawk & KEYS - 1)] if coded and by_address < 0 else -1
        while each >= 0 and by_squawk < 0:
            begin, end = plan[each]["leg"], plan[each]["leg_end"]
            if plan[each]["mode_a"] == squawk and fit(begin, end, point, motion, bounds, time_s) != _OUT:
                by_squawk = each
            each = memory.after[each, 1]
    named = by_address if by_address >= 0 else by_squawk
    kept["conflict"] = 0
    if named >= 0:
        filed_address, filed_squawk = plan[named]["address"], plan[named]["mode_a"]
        other_squawk = coded and steady and filed_squawk != NO_CODE and filed_squawk != squawk
        other_address = address != 0 and filed_address != 0 and filed_address != address
        kept["conflict"] = 1 if other_squawk or other_address else 0
        if kept["conflict"] == 0:
            if fit(plan[named]["leg"], plan[named]["leg_end"], point, motion, bounds, time_s) != _OUT:
                kept["plan"], kept["by_identity"], kept["fits"], kept["fits_s"] = named, 1, _MATCHED, time_s
                kept["domestic"] = domestic[named]
            elif kept["by_identity"] == 0:
                kept["plan"], kept["fits"] = -1, -1
            return
    if kept["by_identity"] == 1:
        return
    kept["due_s"] += bounds["search_s"]  # whoever has no name is sought among all plans: half as often
    best, which, x, y = _OUT, -1, motion["x_m"], motion["y_m"]
    reach = bounds["corridor_m"] + 2.0 * motion["sigma_m"]
    for place in range(int(memory.current_s[0])):
        box = memory.boxes[place]
        another = (address != 0) & (box["address"] != 0) & (box["address"] != address)
        across = (box["west_m"] - reach <= x) & (x <= box["east_m"] + reach)
        up = (box["south_m"] - reach <= y) & (y <= box["north_m"] + reach)
        if another | (not (across & up)):  # one branch: which of them a plan fails cannot be foreseen
            continue
        found = fit(box["leg"], box["leg_end"], point, motion, bounds, time_s)
        if found > best:
            best, which = found, box["plan"]
        if best == _FITS:
            break
    kept["fits_s"], kept["plan"] = time_s, which if best == _FITS else -1
    kept["fits"] = _MATCHED if best == _FITS else _UNMATCHED if best == _OUT else -1
    kept["domestic"] = domestic[which] if best == _FITS else -1


@kernel
def _discrete(squawk: int) -> bool:
    """Whether a squawk is given to one flight: not to all of visual flights, nor an emergency (ICAO Doc 4444, 8.5)."""
    common = squawk == 0o7000 or squawk == 0o2000 or squawk == 0o1000 or squawk == 0o1200
    emergency = squawk == 0o7500 or squawk == 0o7600 or squawk == 0o7700
    return squawk != NO_CODE and not common and not emergency

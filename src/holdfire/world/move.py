"""How aircraft move: a point that turns, climbs and speeds up within the bounds of its type.

Turns are level and coordinated: rate g sqrt(n² - 1) / v, radius v² / (g sqrt(n² - 1)) under a load factor n
(J. D. Anderson, Aircraft Performance and Design, 1999, 6.2). Rates of climb are taken at once. There is no wind.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import sine_cosine
from holdfire.messages.aircraft import Arrival, Part, Status
from holdfire.world.draws import wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World

MARGIN_M = 10_000.0
"""How far outside the area an aircraft that flies away from it has left."""
_G = 9.80665  # m/s², standard gravity (3rd CGPM, 1901)
_RATE_ONE = math.radians(3.0)  # rad/s: the turn that civil holdings are laid out for (ICAO Doc 8168)
_NEAR_S = 60.0  # time to a waypoint below which its passing is looked at
_ASIDE_M = 0.5  # an aircraft this near to its course is on it
_STRAIGHT_M = 0.499  # and this near stays so: rounding moves it by less than a micrometre in a night
_SPARE_TICKS = 2  # by which steady flight ends before anything may happen, whatever rounding does
_BRAKES_PER_S = 0.2  # of its distance, the speed at which one that can hover comes to its last point (assumed)
_CREEP_M_S = 0.1  # slower than any that moves: what is divided by where one hovers
_TURN = 2.0 * math.pi
_FLYING, _LANDED, _LEFT = int(Status.FLYING), int(Status.LANDED), int(Status.LEFT)
_FELL, _ARRIVED = int(Status.FELL), int(Status.ARRIVED)
_LAND, _LEAVE, _FALL, _HOLD = int(Arrival.LAND), int(Arrival.LEAVE), int(Arrival.FALL), int(Arrival.HOLD)
_START = wide(0)
_FIRST_OWN, _LAST_OWN, _SURVEILLANCE = int(Part.FIGHTER), int(Part.TANKER), int(Part.SURVEILLANCE)


@kernel
def move(  # noqa: C901, PLR0912, PLR0915
    world: World, tick: int, dt_s: float, half_width_m: float, half_height_m: float
) -> None:
    """Bring every aircraft to where it is at time `tick` dt_s, and let those appear that are due.

    Own aircraft, which stand first, are in the air as soon as whoever responds has set them flying. One
    whose status is no longer that of flying stays in `active` until the next call.
    """
    aircraft, waypoints, platforms, active, order, counts = world
    now_s = tick * dt_s
    out_x_m, out_y_m = half_width_m + MARGIN_M, half_height_m + MARGIN_M
    place, k = _START, _START
    while place < aircraft.size and _is_own(aircraft[place]):
        while k < counts[0] and active[k] < place:
            k += 1
        if aircraft[place]["status"] == _FLYING and (k == counts[0] or active[k] != place):
            _insert(active, counts, place)
        place += 1
    kept = 0
    for k in range(counts[0]):
        place = active[k]
        record = aircraft[place]
        if record["status"] == _FLYING:
            if record["steady"] > 0:
                record["steady"] -= 1
                if record["climb_m_s"] != 0.0:
                    point, (east, north) = waypoints[record["leg"]], _ahead(record)
                    ahead = (point["x_m"] - record["x_m"]) * east + (point["y_m"] - record["y_m"]) * north
                    _climb(record, point, platforms[record["platform"]], ahead, record["speed_m_s"], dt_s)
                record["x_m"] += record["step_x_m"]
                record["y_m"] += record["step_y_m"]
            elif now_s >= record["fails_s"]:
                record["status"] = _FELL
            else:
                leg, last = record["leg"], record["leg_end"] - 1
                if leg <= last:
                    then = waypoints[min(leg + 1, last)]
                    east, north, stride = _steer(record, waypoints[leg], then, platforms[record["platform"]], dt_s)
                else:
                    east, north, stride = _straight(record, dt_s)
                if record["status"] == _FLYING:
                    record["x_m"] += stride * east
                    record["y_m"] += stride * north
                    if _has_left(record, east, north, out_x_m, out_y_m):
                        record["status"] = _LEFT
                    elif record["steady"] > 0:
                        record["step_x_m"], record["step_y_m"] = stride * east, stride * north
                        record["steady"] = _steady(record, out_x_m, out_y_m, (record["fails_s"] - now_s) / dt_s)
        if record["status"] == _FLYING:
            active[kept] = place
            kept += 1
    counts[0] = kept
    while counts[1] < order.size and aircraft[order[counts[1]]]["spawn_s"] <= now_s:
        aircraft[order[counts[1]]]["status"] = _FLYING
        _insert(active, counts, order[counts[1]])
        counts[1] += 1


@kernel
def _insert(active: NDArray[np.int64], counts: NDArray[np.int64], place: int) -> None:
    """Put a place among those flying, in rising order."""
    k = counts[0]
    while k > 0 and active[k - 1] > place:
        active[k] = active[k - 1]
        k -= 1
    active[k] = place
    counts[0] += 1


@kernel
def _steer(
    record: np.void, point: np.void, then: np.void, platform: np.void, dt_s: float
) -> tuple[float, float, float]:
    """Turn, climb and speed up towards a waypoint; return the direction and length of the step.

    Where it is on course, that is a straight line; in a turn it is the chord of its arc, 2 R sin(a / 2) for a turn
    by a, to the fourth order.
    """
    heading, speed, leg = record["heading_rad"], record["speed_m_s"], record["leg"]
    east, north = _ahead(record)
    dx, dy = point["x_m"] - record["x_m"], point["y_m"] - record["y_m"]
    ahead, aside = dx * east + dy * north, dx * north - dy * east
    mean_m_s, turn = speed, 0.0
    wanted_m_s = min(max(point["speed_m_s"], platform["speed_min_m_s"]), platform["speed_max_m_s"])
    wanted_m_s = min(wanted_m_s, _BRAKES_PER_S * math.hypot(dx, dy)) if _hovers(record, platform) else wanted_m_s
    if wanted_m_s != speed:
        most = platform["accel_m_s2"] * dt_s
        speed += min(max(wanted_m_s - speed, -most), most)
        mean_m_s = 0.5 * (mean_m_s + speed)
    near_m, far_m2 = _NEAR_S * speed, dx * dx + dy * dy
    if far_m2 < near_m * near_m:
        turn = _near(record, point, then, platform, ahead, aside, dt_s)
    elif ahead <= 0.0 or abs(aside) > _ASIDE_M:
        turn = math.atan2(aside, ahead)
    if turn != 0.0:
        most = _G * math.sqrt(platform["turn_g"] * platform["turn_g"] - 1.0) / max(speed, _CREEP_M_S) * dt_s
        turn = min(max(turn, -most), most)
        east, north = sine_cosine(heading + 0.5 * turn)
        heading += turn
        record["heading_rad"] = heading + (_TURN if heading < 0.0 else -_TURN if heading >= _TURN else 0.0)
    record["speed_m_s"] = speed
    _climb(record, point, platform, ahead, speed, dt_s)
    if turn == 0.0 and abs(aside) < _STRAIGHT_M and leg == record["leg"] and wanted_m_s == mean_m_s and speed > 0.0:
        record["steady"] = _until_near(record, platform, math.sqrt(far_m2), dt_s)
    return east, north, mean_m_s * dt_s * (1.0 - turn * turn / 24.0)


@kernel
def _climb(record: np.void, point: np.void, platform: np.void, ahead: float, speed: float, dt_s: float) -> None:
    """Climb or descend evenly until the waypoint; own aircraft climb as they can."""
    gap, climb = min(max(point["h_m"], 0.0), platform["height_max_m"]) - record["h_m"], 0.0
    if gap != 0.0:
        even = gap < 0.0 or not _is_own(record)
        climb = gap / max(ahead / max(speed, _CREEP_M_S) if even else 0.0, dt_s)
        climb = min(max(climb, -platform["descent_max_m_s"]), platform["climb_max_m_s"])
        record["h_m"] += climb * dt_s
    record["climb_m_s"] = climb


@kernel
def _until_near(record: np.void, platform: np.void, far_m: float, dt_s: float) -> int:
    """Return for how many ticks an aircraft that is on course at its speed comes to nothing that turns it.

    None for own aircraft, whose waypoints are moved, and for what brakes in order to hover.
    """
    speed, last = record["speed_m_s"], record["leg"] >= record["leg_end"] - 1
    if _is_own(record) or _hovers(record, platform):
        return 0
    near_m = _NEAR_S * speed  # where it begins to circle; other waypoints are passed at most a radius before
    if not (last and record["arrival"] == _HOLD):
        radius = speed * speed / (_G * math.sqrt(platform["turn_g"] * platform["turn_g"] - 1.0))
        near_m = min(near_m, radius + speed * dt_s)
    return max(int((far_m - near_m) / (speed * dt_s)) - _SPARE_TICKS, 0)


@kernel
def _steady(record: np.void, out_x_m: float, out_y_m: float, fails_ticks: float) -> int:
    """Return for how many ticks a step may be repeated that brings it near no waypoint: it neither fails nor leaves."""
    ticks = min(float(record["steady"]), fails_ticks - _SPARE_TICKS)
    for at, step, out in ((record["x_m"], record["step_x_m"], out_x_m), (record["y_m"], record["step_y_m"], out_y_m)):
        if step != 0.0:
            ticks = min(ticks, (out - (at if step > 0.0 else -at)) / abs(step) - _SPARE_TICKS)
    return int(max(ticks, 0.0))


@kernel
def _ahead(record: np.void) -> tuple[float, float]:
    """Return the direction of its heading east and north, found anew where it has turned."""
    unfound = record["faced_east"] == 0.0 and record["faced_north"] == 0.0
    if unfound or record["heading_rad"] != record["faced_rad"]:
        record["faced_rad"] = record["heading_rad"]
        record["faced_east"], record["faced_north"] = sine_cosine(record["heading_rad"])
    return record["faced_east"], record["faced_north"]


@kernel
def _is_own(record: np.void) -> bool:
    """Whether it is one of ours."""
    return bool(_FIRST_OWN <= record["part"] <= _LAST_OWN or record["part"] == _SURVEILLANCE)


@kernel
def _hovers(record: np.void, platform: np.void) -> bool:
    """Whether it is to stand still at its last point, as only a type can whose slowest flight is none."""
    last = record["leg"] == record["leg_end"] - 1
    return bool(last and record["arrival"] == _HOLD and platform["speed_min_m_s"] == 0.0)


@kernel
def _straight(record: np.void, dt_s: float) -> tuple[float, float, float]:
    """Return the direction and length of the step of an aircraft that has no waypoint left."""
    record["climb_m_s"] = 0.0
    east, north = _ahead(record)
    return east, north, record["speed_m_s"] * dt_s


@kernel
def _has_left(record: np.void, east: float, north: float, out_x_m: float, out_y_m: float) -> bool:
    """Whether it is outside the area and flies away from it; own aircraft come back."""
    x, y = record["x_m"], record["y_m"]
    gone = (abs(x) > out_x_m and x * east > 0.0) or (abs(y) > out_y_m and y * north > 0.0)
    return bool(gone and not _is_own(record))


@kernel
def _near(  # noqa: PLR0913
    record: np.void, point: np.void, then: np.void, platform: np.void, ahead: float, aside: float, dt_s: float
) -> float:
    """Pass a waypoint that is near, or circle it; return the turn that is wanted.

    It is passed where the turn to the next leg has to begin, R tan(a / 2) before it for a turn by a (fly-by;
    at most R), or abeam within two radii, so that nobody circles about a point inside his turn.
    Circles follow the vector field of D. R. Nelson, D. B. Barber, T. W. McLain and R. W. Beard, "Vector field
    path following for miniature air vehicles", IEEE Transactions on Robotics 23, 2007,
    doi 10.1109/TRO.2007.898976, clockwise at rate one.
    """
    leg, last, speed = record["leg"], record["leg_end"] - 1, record["speed_m_s"]
    radius = speed * speed / (_G * math.sqrt(platform["turn_g"] * platform["turn_g"] - 1.0))
    away = math.hypot(ahead, aside)
    if _hovers(record, platform):  # it keeps its heading where it stands
        return math.atan2(aside, ahead) if away > _ASIDE_M else 0.0
    if leg == last and record["arrival"] == _HOLD:
        circle = max(speed / _RATE_ONE, 1.2 * radius)
        # Bearing from its centre, relative to the heading, and a quarter turn on; more where it is outside.
        wanted = math.atan2(-aside, -ahead) + 0.5 * math.pi + math.atan(2.0 * (away - circle) / circle)
        return math.atan2(math.sin(wanted), math.cos(wanted))
    before = 0.0
    if leg < last:
        ex, ey = then["x_m"] - point["x_m"], then["y_m"] - point["y_m"]
        east, north = _ahead(record)
        change = abs(math.atan2(ex * north - ey * east, ex * east + ey * north))
        before = radius * math.tan(0.5 * min(change, 0.5 * math.pi))
    if ahead <= before + 0.5 * speed * dt_s and away <= before + 2.0 * radius + speed * dt_s:
        record["leg"] = leg + 1
        if leg == last:
            _arrive(record)
        return 0.0
    return math.atan2(aside, ahead) if ahead <= 0.0 or abs(aside) > _ASIDE_M else 0.0


@kernel
def _arrive(record: np.void) -> None:
    arrival = record["arrival"]
    if arrival == _LAND:
        record["status"] = _LANDED
    elif arrival != _LEAVE:  # nobody comes here who holds
        record["status"] = _FELL if arrival == _FALL else _ARRIVED

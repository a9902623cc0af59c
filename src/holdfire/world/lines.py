"""Groups of a scenario as records: intruders first, then strays of a neighbour."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.aircraft import AIRCRAFT, Arrival, Intent, Part, Transponder
from holdfire.seed import Kind, entity
from holdfire.units import HOUR_S, KM_M
from holdfire.world.drift import most_legs
from holdfire.world.layout import GROUP, POINT_OF_ROUTE
from holdfire.world.schema import BalloonModel, IntruderModel
from holdfire.world.setting import ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.errors import Finding, Location
    from holdfire.messages.layout import Records
    from holdfire.world.schema import GroupModel, StrayModel
    from holdfire.world.setting import Setting

_LINES = 1 << 12  # of a name


def faults_of(group: GroupModel, loc: Location, setting: Setting) -> Iterator[Finding]:
    """Yield what is wrong with a group in its setting."""
    unknown = list(setting.unknown_platform(loc, group.platform))
    yield from unknown or setting.unfit(loc, group)
    yield from setting.too_far((*loc, "origin", "from"), group.origin.from_)
    yield from setting.too_far((*loc, "origin", "to"), group.origin.to)
    for k, point in enumerate(group.route):
        yield from setting.too_far((*loc, "route", k, "at"), point.at)


def names_of(ids: Sequence[str]) -> list[int]:
    """Return a line number for each id, made from it, so that it is the same whatever other lines there are.

    Of two ids that make the same number (a chance of one in 4,096) the later one takes the next that is free.
    """
    taken: list[int] = []
    for each in ids:
        name = zlib.crc32(each.encode()) % _LINES
        while name in taken:
            name = (name + 1) % _LINES
        taken.append(name)
    return taken


def group_records(
    intruders: Sequence[IntruderModel],
    strays: StrayModel | None,
    setting: Setting,
    balloons: BalloonModel | None = None,
) -> tuple[Records, Records, Records]:
    """Return a pattern and a `GROUP` for each line of intruders, strays and balloons, and their `POINT_OF_ROUTE`s."""
    groups: list[GroupModel] = [*intruders, *([strays] if strays else []), *([balloons] if balloons else [])]
    patterns, records = np.zeros(len(groups), AIRCRAFT), np.zeros(len(groups), GROUP)
    route = np.zeros(sum(legs_of(group) for group in groups), POINT_OF_ROUTE)
    names = names_of([group.id for group in intruders])
    leg = 0
    for k, group in enumerate(groups):
        patterns[k] = setting.pattern(group.platform, group.state)
        if isinstance(group, IntruderModel):
            _name(patterns[k], Kind.SCENARIO, names[k], Part.INTRUDER, k)
            patterns[k]["intent"] = Intent[group.intent.upper()]
            records[k]["payload_share"] = ends(group.payload_share)
        elif isinstance(group, BalloonModel):
            _name(patterns[k], Kind.BACKGROUND, Part.BALLOON, Part.BALLOON, Part.BALLOON)
        else:
            _name(patterns[k], Kind.BACKGROUND, Part.FRIENDLY_DRONE, Part.FRIENDLY_DRONE, Part.FRIENDLY_DRONE)
            patterns[k]["intent"] = Intent.TRANSIT
        patterns[k]["arrival"] = Arrival[group.arrival.upper()]
        patterns[k]["transponder"], patterns[k]["radio"] = Transponder[group.transponder.upper()], group.radio
        _fill(records[k], group, setting)
        records[k]["leg"], records[k]["leg_end"] = leg, leg + legs_of(group)
        for at, point in enumerate(group.route, start=leg):
            route[at] = (*setting.point(point.at), point.spread_km * KM_M)
        leg += legs_of(group)
    return patterns, records, route


def legs_of(group: GroupModel) -> int:
    """Return for how many waypoints of one aircraft of a group there must be room."""
    return most_legs(group.height_m.high) if group.drifts else len(group.route)


def _name(pattern: np.void, kind: Kind, name: int, part: Part, line: int) -> None:
    pattern["entity"], pattern["part"], pattern["line"] = entity(kind, name, 0), part, line


def _fill(record: np.void, group: GroupModel, setting: Setting) -> None:
    endurance_h = group.endurance_h or setting.platforms[group.platform].endurance_h
    record["count_low"], record["count_high"] = ends(group.number)
    record["from_x_m"], record["from_y_m"] = setting.point(group.origin.from_)
    record["to_x_m"], record["to_y_m"] = setting.point(group.origin.to)
    record["height_m"], record["drifts"] = ends(group.height_m), group.drifts
    record["speed_m_s"] = ends(group.speed_m_s) if group.speed_m_s else 0.0
    record["appears_s"] = ends(group.appears_h, HOUR_S)
    record["endurance_s"] = ends(endurance_h, HOUR_S)
    record["failures_per_s"] = ends(group.failures_per_h, 1 / HOUR_S)

"""From the sections of a scenario to what all replications of its night have in common."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.errors import ContentError, Finding
from holdfire.messages.aircraft import AIRCRAFT, Transponder
from holdfire.seed import Key, Kind, entity
from holdfire.world.flight import COLUMNS, STATIONS, stays
from holdfire.world.kinds import KINDS, TrafficKind
from holdfire.world.layout import SOURCE, WorldPlan
from holdfire.world.lines import faults_of, group_records
from holdfire.world.nature import flocks, toward
from holdfire.world.paths import between_airports, between_places
from holdfire.world.platform import platform_records
from holdfire.world.setting import ends, setting_of
from holdfire.world.wind import wind_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.messages.layout import Records
    from holdfire.world.paths import Points
    from holdfire.world.platform import Platform
    from holdfire.world.schema import AreaModel, BackgroundModel, IntruderModel, TrafficModel
    from holdfire.world.setting import Airport, Flat, Setting
    from holdfire.world.wind import WindModel

_SAMPLE: Final = 4000  # flights that mean and longest stay are taken from: the mean within about 1 %
_SIGMAS: Final = 6.0
"""A Poisson number of mean m exceeds m + 6 sqrt(m) + 20 with a chance below 1e-8 (Chernoff's bound)."""
_MOST: Final = 60_000  # flights of one kind in a night: ordinals have 16 bits

_Kinds = list[tuple[TrafficKind, "TrafficModel"]]


def prepare_world(  # noqa: PLR0913 -- the sections of a scenario, and all that they refer to
    area: AreaModel,
    intruders: Sequence[IntruderModel],
    background: BackgroundModel,
    platforms: Mapping[str, Platform],
    frame: Flat,
    airports: Sequence[Airport],
    duration_s: float,
    own: tuple[Records, Records],
    wind: WindModel | None = None,
) -> WorldPlan:
    """Return what is common to all replications.

    Platforms' records have the order of `platforms`, which own aircraft's `platform` counts in; `own` are
    own aircraft and their waypoints. Raises `ContentError` with every finding, at places from the top of the
    scenario.
    """
    setting = setting_of(area, platforms, frame, duration_s)
    kinds = [(kind, model) for kind in KINDS if (model := getattr(background, kind.field)) is not None]
    kinds += [flocks(background.birds)] if background.birds else []
    findings = list(_faults(intruders, background, kinds, setting))
    if findings:
        raise ContentError(findings)
    closed = [np.array([setting.point(corner) for corner in each.corners]) for each in background.closed_airspace]
    fields = np.array([setting.point((airport.lat_deg, airport.lon_deg)) for airport in airports]).reshape(-1, 2)
    patterns, sources, paths = _sources(kinds, setting, fields, closed)
    sources["unmatched_share"] = ends(background.unmatched_plan_share)
    findings = [*_without_paths(kinds, sources), *_too_many(kinds, sources, setting)]
    if findings:
        raise ContentError(findings)
    of_groups, groups, route = group_records(intruders, background.friendly_drones, setting, background.balloons)
    return WorldPlan(
        duration_s=setting.duration_s,
        sizes=_sizes(groups, sources, own, setting.duration_s),
        platforms=platform_records(list(platforms.values())),
        own_aircraft=own[0],
        own_waypoints=own[1],
        patterns=np.concatenate([of_groups, patterns]),
        groups=groups,
        route=route,
        sources=sources,
        paths=paths,
        wind=wind_records(wind),
    )


def _faults(
    intruders: Sequence[IntruderModel], background: BackgroundModel, kinds: _Kinds, setting: Setting
) -> Iterator[Finding]:
    ids = [group.id for group in intruders]
    for k, group in enumerate(intruders):
        if group.id in ids[:k]:
            yield Finding(("intruders", k, "id"), f"id {group.id!r} stands twice: rename one")
        yield from faults_of(group, ("intruders", k), setting)
    if background.friendly_drones:
        yield from faults_of(background.friendly_drones, ("background", "friendly_drones"), setting)
    if background.balloons:
        yield from faults_of(background.balloons, ("background", "balloons"), setting)
    for kind, model in kinds:
        yield from setting.unknown_platform(("background", kind.field), model.platform or kind.platform)


def _sources(kinds: _Kinds, setting: Setting, fields: Points, closed: list[Points]) -> tuple[Records, Records, Records]:
    """Return a pattern and a `SOURCE` for each kind, and all their paths."""
    patterns, sources, begin = np.zeros(len(kinds), AIRCRAFT), np.zeros(len(kinds), SOURCE), 0
    air = between_airports(fields, setting.half_m, closed)
    shelves = [air[:0]]
    for k, (kind, model) in enumerate(kinds):
        name = model.platform or kind.platform
        patterns[k] = setting.pattern(name, model.state)
        _fill(patterns[k], sources[k], kind, model)
        _perform(sources[k], kind, setting.platforms[name])
        shelves.append(toward(between_places(kind.length_m, setting.half_m, closed), kind) if kind.length_m else air)
        sources[k]["path"], sources[k]["path_end"] = begin, begin + len(shelves[-1])
        begin += len(shelves[-1])
    paths = np.concatenate(shelves)
    stay_s, scratch = np.zeros(_SAMPLE), np.zeros((STATIONS, COLUMNS))
    for k, source in enumerate(sources):
        if source["path"] < source["path_end"]:
            stays(sources, k, paths, int(patterns[k]["entity"]), Key(0, 0, 0), scratch, stay_s)
            source["stay_s"], source["reach_s"] = stay_s.mean(), 1.1 * stay_s.max()
    return patterns, sources, paths


def _fill(pattern: np.void, source: np.void, kind: TrafficKind, model: TrafficModel) -> None:
    pattern["entity"], pattern["line"], pattern["part"] = entity(Kind.BACKGROUND, kind.part, 0), kind.part, kind.part
    pattern["transponder"], pattern["radio"] = Transponder.CIVIL, 1
    source["at_once"], source["silent_share"] = ends(model.at_once), ends(model.silent_share)
    source["no_radio_share"] = ends(model.no_radio_share)
    source["plan_share"] = ends(model.plan_share) if model.plan_share is not None else kind.plan_share


def _perform(source: np.void, kind: TrafficKind, platform: Platform) -> None:
    steepest = min(platform.climb_max_m_s.value, platform.descent_max_m_s.value) / platform.cruise_m_s.high
    source["gradient"] = min(kind.gradient, steepest)
    source["speed_m_s"], source["height_m"] = ends(platform.cruise_m_s), ends(platform.cruise_height_m)
    source["slowest_m_s"] = platform.speed_min_m_s.value
    source["bends"], source["bend"] = kind.bends, kind.bend
    source["levels"], source["fitted"] = kind.levels, kind.fitted


def _without_paths(kinds: _Kinds, sources: Records) -> Iterator[Finding]:
    for (kind, model), source in zip(kinds, sources, strict=True):
        if model.at_once.high > 0 and source["path"] == source["path_end"]:
            text = (
                f"no way of {kind.field} leads over the area: give airports, open airspace, or leave {kind.field} out"
            )
            yield Finding(("background", kind.field), text)


def _too_many(kinds: _Kinds, sources: Records, setting: Setting) -> Iterator[Finding]:
    for (kind, model), source in zip(kinds, sources, strict=True):
        flights = _flights(source, setting.duration_s)
        if flights > _MOST:
            text = f"at_once is {model.at_once.high:g}: that makes {flights} flights, {_MOST} are the most; lower it"
            yield Finding(("background", kind.field, "at_once"), text)


def _flights(source: np.void, duration_s: float) -> int:
    """Return room enough for the flights that one source draws."""
    if source["at_once"][1] <= 0 or source["stay_s"] <= 0:
        return 0
    mean: float = source["at_once"][1] / source["stay_s"] * (duration_s + source["reach_s"])
    return ceil(mean + _SIGMAS * sqrt(mean)) + 20


def _sizes(groups: Records, sources: Records, own: tuple[Records, Records], duration_s: float) -> np.ndarray:
    """Return room for (aircraft, waypoints, plans, points of plans)."""
    flights = sum(_flights(source, duration_s) for source in sources)
    counts = groups["count_high"]
    legs = int((counts * (groups["leg_end"] - groups["leg"])).sum())
    stations = sum(_flights(source, duration_s) * (int(source["bends"]) + 4) for source in sources)
    aircraft = own[0].size + int(counts.sum()) + flights
    return np.array([aircraft, own[1].size + legs + stations, flights, stations], np.int64)

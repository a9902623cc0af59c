"""How the other side adapts to an option, as changes of a scenario's intruders: ranges that begin at not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from holdfire.catalogue import load_platform
from holdfire.geo.allies import ALLIES
from holdfire.scenario.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_reaction import OthersModel, ReactionModel, Way
    from holdfire.world.platform import Platform

Json = dict[str, Any]
_LOWEST_M = 50.0
NOT_THE_OTHER_SIDE: Final = ALLIES | {"UA", "none"}
"""Whose aircraft stray, or belong to nobody in particular: they adapt to nothing."""


@dataclass(slots=True)
class _Group:
    """One group of intruders while it adapts: its entry, its type, what is set of it, and who flies besides."""

    entry: Json
    platform: Platform
    number: tuple[int, int]
    set: Json = field(default_factory=dict)
    beside: list[Json] = field(default_factory=list)

    @property
    def steers(self) -> bool:
        """Whether it flies a course, at more than a hover."""
        return not self.entry.get("drifts", False) and self.platform.speed_min_m_s.value > 0

    def so_many(self, share: float) -> int:
        """Return a share of the most that come, at least one."""
        return max(1, round(share * self.number[1]))


def reacts(data: Raw, given: ReactionModel, ways: Sequence[Way]) -> Change:
    """Return how the intruders of a scenario adapt in some ways; nothing where none of them fits any group."""
    out = Change()
    added: list[Json] = []
    for entry in data.get("intruders", []):
        if entry["intent"] == "none" or entry["state"] in NOT_THE_OTHER_SIDE:
            continue
        number = entry["number"]
        ends = (number["low"], number["high"]) if isinstance(number, dict) else (number, number)
        group = _Group(entry, load_platform(entry["platform"]), (int(ends[0]), int(ends[1])))
        for way in ways:
            _WAYS[way](group, given)
        if group.number != ends:
            group.set["number"] = {"low": group.number[0], "high": group.number[1]}
        out.set.update({f"intruders.{entry['id']}.{name}": value for name, value in group.set.items()})
        added += group.beside
    if added:
        out.add["intruders"] = added
    return out


def _more(group: _Group, given: ReactionModel) -> None:
    low, high = group.number
    group.number = low, max(high + 1, round(high * given.more.up_to))


def _decoys(group: _Group, given: ReactionModel) -> None:
    if group.platform.crewed:
        return
    other = group.steers and given.decoys.platform is not None
    made = _flown_by(group, str(given.decoys.platform)) if other else dict(group.entry)
    made |= {"payload_share": 0.0, "intent": "none"}
    _beside(group, "decoys", given.decoys, made)


def _other_routes(group: _Group, given: ReactionModel) -> None:
    if not group.steers:
        return
    wider = given.other_routes.spread_km
    group.set["route"] = [{**each, "spread_km": each.get("spread_km", 0.0) + wider} for each in group.entry["route"]]
    low, high = _ends(group.entry["height_m"])
    group.set["height_m"] = {"low": min(max(low * given.other_routes.lower, _LOWEST_M), low), "high": high}


def _civil_squawks(group: _Group, given: ReactionModel) -> None:
    if group.steers and group.entry.get("transponder", "off") != "civil":
        _instead(group, "squawking", given.civil_squawks, {**group.entry, "transponder": "civil"})


def _crewed(group: _Group, given: ReactionModel) -> None:
    if group.steers and not group.platform.crewed:
        made = _flown_by(group, str(given.crewed.platform))
        _instead(group, "crewed", given.crewed, {**made, "arrival": "leave", "payload_share": 0.0, "radio": True})


def _escorts(group: _Group, given: ReactionModel) -> None:
    if not group.steers:
        return
    own = group.entry["platform"] if group.platform.crewed else str(given.escorts.platform)
    made = _flown_by(group, own)
    (lat, lon), first = group.entry["origin"]["from"], group.entry["route"][0]
    there = [(lat + first["at"][0]) / 2, (lon + first["at"][1]) / 2]
    made |= {"route": [{**first, "at": there}, {"at": [lat, lon]}], "arrival": "leave", "payload_share": 0.0}
    _beside(group, "escorts", given.escorts, {**made, "intent": "none"})


_WAYS: dict[Way, Callable[[_Group, ReactionModel], None]] = {
    "more": _more,
    "decoys": _decoys,
    "other-routes": _other_routes,
    "civil-squawks": _civil_squawks,
    "crewed": _crewed,
    "escorts": _escorts,
}


def _flown_by(group: _Group, platform: str) -> Json:
    """Return the group flown by another type, as fast and as high as that is used to, until it has left or fallen."""
    known = load_platform(platform)
    made = {key: value for key, value in group.entry.items() if key not in ("endurance_h", "failures_per_h")}
    speed, height = known.cruise_m_s, known.cruise_height_m
    return {
        **made,
        "platform": platform,
        "speed_m_s": {"low": speed.low, "high": speed.high},
        "height_m": {"low": height.low, "high": height.high},
    }


def _beside(group: _Group, called: str, given: OthersModel, made: Json) -> None:
    """Add none to so many others beside a group."""
    most = group.so_many(given.up_to)
    name = f"{group.entry['id']}-{called}"
    made = {key: value for key, value in made.items() if key != "one_of"}  # its own chance, beside the alternatives
    group.beside.append({**made, "id": name, "number": {"low": 0, "high": most}, "source": list(given.source)})


def _instead(group: _Group, called: str, given: OthersModel, made: Json) -> None:
    """Add none to so many others, and as many fewer of the group at its least, so that the mean stays."""
    low, high = group.number
    most = group.so_many(given.up_to)
    _beside(group, called, given, made)
    group.number = max(low - most, 0), high


def _ends(given: Any) -> tuple[float, float]:  # noqa: ANN401  # a number or a range
    return (given["low"], given["high"]) if isinstance(given, dict) else (given, given)

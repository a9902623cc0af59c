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
_ALWAYS: Final = ""
"""No reason against a way."""


@dataclass(slots=True)
class _Group:
    """One group of intruders while it adapts: its entry, its type, what is set of it, and who flies besides.

    `instead` is who may fly in the place of some of it: what they are called, how many at most, and their entry.
    """

    entry: Json
    platform: Platform
    number: tuple[int, int]
    set: Json = field(default_factory=dict)
    beside: list[Json] = field(default_factory=list)
    instead: list[tuple[str, int, Json]] = field(default_factory=list)

    @property
    def no_course(self) -> str:
        """Why it flies no course that another could be set instead of; nothing where it does."""
        if self.entry.get("drifts", False):
            return "what comes goes with the wind"
        return _ALWAYS if self.platform.speed_min_m_s.value > 0 else "what comes can hover, and flies as no aeroplane"

    @property
    def no_swap(self) -> str:
        """Why nobody can be known to fly instead of one of it; nothing where somebody can."""
        if "chance" in self.entry or "accompanies" in self.entry:
            rare = "what comes is there in some nights only, and who flies instead could not come in just those"
            return self.no_course or rare
        return self.no_course or ("" if self.number[0] else "perhaps nobody comes")

    def so_many(self, share: float) -> int:
        """Return a share of the most that come, at least one."""
        return max(1, round(share * self.number[1]))


def reacts(data: Raw, given: ReactionModel, ways: Sequence[Way]) -> tuple[Change, list[str]]:
    """Return how the intruders of a scenario adapt in some ways, and why some of them do not adapt in some way."""
    out, reasons = Change(), dict[str, None]()
    added: list[Json] = []
    for entry in data.get("intruders", []):
        if entry["state"] in NOT_THE_OTHER_SIDE:
            reasons[_whose(entry["state"])] = None
            continue
        number = entry["number"]
        ends = (number["low"], number["high"]) if isinstance(number, dict) else (number, number)
        group = _Group(entry, load_platform(entry["platform"]), (int(ends[0]), int(ends[1])))
        reasons |= dict.fromkeys(filter(None, (_WAYS[way](group, given) for way in ways)))
        _split(group)
        if group.number != ends:
            group.set["number"] = {"low": group.number[0], "high": group.number[1]}
        out.set.update({f"intruders.{entry['id']}.{name}": value for name, value in group.set.items()})
        added += group.beside
    if added:
        out.add["intruders"] = added
    return out, list(reasons)


def _whose(state: str) -> str:
    if state == "none":
        return "what came belongs to nobody in particular"
    return "what came was a friend's stray and not sent by the other side"


def _more(group: _Group, given: ReactionModel) -> str:
    low, high = group.number
    group.number = low, max(high + 1, round(high * given.more.up_to))
    return _ALWAYS


def _decoys(group: _Group, given: ReactionModel) -> str:
    if group.platform.crewed:
        return "what comes has people aboard, and decoys have none"
    other = not group.no_course and given.decoys.platform is not None
    made = _flown_by(group.entry, str(given.decoys.platform)) if other else dict(group.entry)
    made |= {"payload_share": 0.0, "intent": "none"}
    _beside(group, "decoys", given.decoys, made)
    return _ALWAYS


def _other_routes(group: _Group, given: ReactionModel) -> str:
    if group.no_course:
        return group.no_course
    wider = given.other_routes.spread_km
    group.set["route"] = [{**each, "spread_km": each.get("spread_km", 0.0) + wider} for each in group.entry["route"]]
    low, high = _ends(group.entry["height_m"])
    group.set["height_m"] = {"low": min(max(low * given.other_routes.lower, _LOWEST_M), low), "high": high}
    return _ALWAYS


def _civil_squawks(group: _Group, given: ReactionModel) -> str:
    if group.entry.get("transponder", "off") == "civil":
        return "what comes answers as civil traffic already"
    return _instead(group, "squawking", given.civil_squawks, {**group.entry, "transponder": "civil"})


def _crewed(group: _Group, given: ReactionModel) -> str:
    if group.platform.crewed:
        return "what comes has people aboard already"
    made = {"arrival": "leave", "payload_share": 0.0, "radio": True}
    return _instead(group, "crewed", given.crewed, {**_flown_by(group.entry, str(given.crewed.platform)), **made})


def _escorts(group: _Group, given: ReactionModel) -> str:
    if group.no_course:
        return group.no_course
    own = group.entry["platform"] if group.platform.crewed else str(given.escorts.platform)
    made = _flown_by(group.entry, own)
    (lat, lon), first = group.entry["origin"]["from"], group.entry["route"][0]
    there = [(lat + first["at"][0]) / 2, (lon + first["at"][1]) / 2]
    made |= {"route": [{**first, "at": there}, {"at": [lat, lon]}], "arrival": "leave", "payload_share": 0.0}
    _beside(group, "escorts", given.escorts, {**made, "intent": "none"})
    return _ALWAYS


_WAYS: dict[Way, Callable[[_Group, ReactionModel], str]] = {
    "more": _more,
    "decoys": _decoys,
    "other-routes": _other_routes,
    "civil-squawks": _civil_squawks,
    "crewed": _crewed,
    "escorts": _escorts,
}


def _flown_by(entry: Json, platform: str) -> Json:
    """Return a group flown by another type, as fast and as high as that is used to, until it has left or fallen."""
    known = load_platform(platform)
    made = {key: value for key, value in entry.items() if key not in ("endurance_h", "failures_per_h")}
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
    if "chance" in made or "accompanies" in made:  # in the nights in which the group is there, and in no others
        with_ = made.get("accompanies", group.entry["id"])
        made = {key: value for key, value in made.items() if key not in ("chance", "one_of")} | {"accompanies": with_}
    group.beside.append({**made, "id": name, "number": {"low": 0, "high": most}, "source": list(given.source)})


def _instead(group: _Group, called: str, given: OthersModel, made: Json) -> str:
    """Let none to so many others fly in the place of as many of the group that surely come."""
    if not group.no_swap:
        made = {**made, "source": list(given.source)}
        group.instead.append((called, min(group.so_many(given.up_to), group.number[0]), made))
    return group.no_swap


def _split(group: _Group) -> None:
    """Write each of a group in whose place another may fly as alternatives, one of which is there in every night.

    So as many come as before, night by night: the draw of alternatives says which, and never how many.
    """
    places = max((most for _, most, _ in group.instead), default=0)
    name = group.entry["id"]
    for place in range(1, places + 1):
        others = [(called, made) for called, most, made in group.instead if place <= most]
        same = {**group.entry, **group.set, "source": others[0][1]["source"]}
        group.beside += [
            {
                **made, "id": f"{name}-{called}-{place}", "number": 1, "chance": 1 / (1 + len(others)),
                "one_of": f"{name}-{place}",
            }
            for called, made in (("unchanged", same), *others)
        ]  # fmt: skip
    group.number = group.number[0] - places, group.number[1] - places


def _ends(given: Any) -> tuple[float, float]:  # noqa: ANN401  # a number or a range
    return (given["low"], given["high"]) if isinstance(given, dict) else (given, given)

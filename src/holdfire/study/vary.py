"""Which assumed numbers are tried at both ends of a range, and the scenario as it then is.

A place is an address of the scenario in which `*` stands for any one part: all numbers that it leads to move together.
The ends are those of the range that the scenario draws from; of a single number its half and its double, themselves
assumed, and of a share no more than 1. A chance in the library is reached by what a scenario says instead of it.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from holdfire.catalogue import ids, load_weapon
from holdfire.errors import ContentError, InputError, UnknownNameError
from holdfire.findings import did_you_mean
from holdfire.respond.weapons import GUN
from holdfire.scenario.address import locate, put
from holdfire.scenario.assumed import numbers
from holdfire.scenario.option import with_option
from holdfire.scenario.schema import Scenario
from holdfire.study.called import called
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

    Ends = tuple[Location, str, object, object]
    """Where a number stands; in words what it is as run; and what stands there at the low and the high end."""

WEAPONS: Final = "weapons/*.yaml: success_share"
BEARING: Final[dict[str, str]] = {
    "night.misidentification_factor": "stands for every chance of sensors/eyes.yaml that a look is wrong",
    "conduct.departures_per_contact_h": "all who are fired at against the rule",
    "conduct.lost_sight_per_min": "all who are fired at beside another aircraft",
    "conduct.hold_share": "how many crews may fire and do not",
    "conduct.stray_km": "where a weapon gone astray falls",
    "conduct.debris_m2": "whom debris harms",
    WEAPONS: "what a shot brings down",
    "states.*.roles.*.answers_s": "how long whoever is asked for force takes to answer",
    "bases.*.aircraft.*.readiness_min": "how soon alert fighters are in the air",
    "intruders.*.failures_per_h": "how many fall by themselves before anyone is there",
    "intruders.*.endurance_h": "how long each can be met at all",
    "intruders.*.payload_share": "how many carry a warhead",
}
"""What is tried unless places are named: first what the comparison prints first, since wrongful engagement rests on it;
then what decides whether a fighter can be there in time, with consent, and hit; and the reason of each."""
_SHARE: Final = re.compile(r"(^|[._])(share|available|grants|cover)$")


@dataclass(frozen=True, slots=True)
class Trial:
    """One place at both ends: in words what it is as run and at each, and the scenario's data at each."""

    place: str
    why: str
    as_run: str
    low: str
    high: str
    at_low: Raw
    at_high: Raw
    called: str = ""
    """What stands there, for a sentence; its address where nothing is said."""


def trials(data: Raw, asked: Sequence[str] = ()) -> list[Trial]:
    """Return what is tried on a scenario: the places asked for, else those of `BEARING` that it has.

    Raises `UnknownNameError` for a place that leads to no number, `InputError` for one that has no such ends.
    """
    if not asked:
        return [made for place in BEARING if (made := _trial(data, place))]
    return [_asked(data, place) for place in dict.fromkeys(map(_instead, asked))]


def _instead(place: str) -> str:
    """Return the place that stands for a chance of the library."""
    if re.fullmatch(r"sensors/eyes\.yaml: .*\.mistakes\..*", place):
        return "night.misidentification_factor"
    return place


def _asked(data: Raw, place: str) -> Trial:
    made = _trial(data, place)
    if made is None:
        known = [*BEARING, *(each.address for each in numbers(Scenario.model_validate(data)))]
        hint = did_you_mean(place, known) or ": write its address, as conduct.hold_share, with * for any part"
        message = f"no number of the scenario stands at {place!r}{hint}"
        raise UnknownNameError(message)
    return made


def _trial(data: Raw, place: str) -> Trial | None:
    """Return a place at both ends, or `None` where no number stands there."""
    found = ends(data, place)
    if not found:
        return None
    lows, highs = data, data
    for loc, _, low, high in found:
        lows, highs = put(lows, loc, low), put(highs, loc, high)
    for changed in (lows, highs):
        _require_sound(place, changed)
    as_run, low, high = (listed(each) for each in zip(*(each[1:] for each in found), strict=True))
    return Trial(place, BEARING.get(place, ""), as_run, low, high, lows, highs, called(place))


def ends(data: Raw, place: str) -> list[Ends]:
    """Return every number that a place leads to, at both its ends; none where it leads nowhere."""
    return list(_of_weapons(data, place) if ": " in place else _of_scenario(data, place))


def _of_scenario(data: Raw, place: str) -> Iterator[Ends]:
    pattern = re.compile(re.escape(place).replace(r"\*", "[^.]+"))
    for each in numbers(Scenario.model_validate(data)):
        if pattern.fullmatch(each.address):
            loc = locate(Scenario, data, each.address)
            low, high = (each.low, each.high) if each.drawn else half_and_double(each.address, each.low)
            likely = _has_likely(data, loc)
            yield loc, each.in_words(), _shaped(low, likely=likely), _shaped(high, likely=likely)


def _of_weapons(data: Raw, place: str) -> Iterator[Ends]:
    """Yield the ends of a share of the library's weapons, as far as the scenario does not say it itself."""
    file, _, share = place.partition(": ")
    if share not in {"success_share", "stray_share"}:
        return
    given = data.get("conduct", {}).get(share, {})
    for name in _armed_with(data):
        if name not in given and file in {f"weapons/{name}.yaml", "weapons/*.yaml"}:
            value = getattr(load_weapon(name), share)
            ends = (value.low, value.high) if value.low < value.high else half_and_double(share, value.low)
            yield ("conduct", share, name), in_words(value.low, value.high), *ends


def _armed_with(data: Raw) -> list[str]:
    """Return the shipped weapons that the scenario's fighters carry, as it is written or under an option."""
    carried = set()
    for night in _nights(data):
        armed = [(each.weapon, each.missiles, each.gun_bursts) for base in night.bases for each in base.aircraft]
        armed += [(each.weapon, each.missiles, each.gun_bursts) for each in night.patrols]
        carried |= {weapon for weapon, missiles, _ in armed if missiles} | {GUN for _, _, bursts in armed if bursts}
    return sorted(carried & set(ids("weapons")))


def _nights(data: Raw) -> Iterator[Scenario]:
    """Yield the scenario as it is written, and under each option that adds or changes who may be armed."""
    yield Scenario.model_validate(data)
    for option in data.get("options") or ():
        changed = {address.partition(".")[0] for part in ("add", "set") for address in option.get(part) or {}}
        if changed & {"bases", "patrols"}:
            with contextlib.suppress(ContentError):  # nobody is there any longer whom it would change
                yield Scenario.model_validate(with_option(dict(data), option["id"]))


def half_and_double(address: str, value: float) -> tuple[float, float]:
    """Return half and double of a single number, whole where it is, and of a share no more than 1."""
    high = min(value * 2, 1.0) if _SHARE.search(address) else value * 2
    return (max(1, value // 2), high) if isinstance(value, int) else (value / 2, high)


def _has_likely(data: Raw, loc: Location) -> bool:
    """Whether a triangular distribution stands at a place, of which nothing is left but one value."""
    here: Any = data
    for part in loc:
        here = here[int(part)] if isinstance(here, list) else here.get(part, {})
    return isinstance(here, dict) and "likely" in here


def _shaped(value: float, *, likely: bool) -> object:
    whole = int(value) if float(value).is_integer() else value
    return {"low": whole, "likely": whole, "high": whole} if likely else whole


def _require_sound(place: str, changed: Raw) -> None:
    """Raise `InputError` where a value cannot stand there."""
    try:
        Scenario.model_validate(changed)
    except ValidationError as error:
        message = f"{place} cannot be tried at both ends ({error.errors()[0]['msg']}): give it a range in the scenario"
        raise InputError(message) from None


def listed(values: tuple[object, ...]) -> str:
    """Return the distinct values of all numbers of a place."""
    texts = [each if isinstance(each, str) else number(_value(each)) for each in values]
    return ", ".join(dict.fromkeys(texts))


def _value(each: Any) -> float:  # noqa: ANN401  # a number, or a distribution of one value
    return float(each["low"] if isinstance(each, dict) else each)


def in_words(low: float, high: float) -> str:
    """Return a range, or the number that it is."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"

"""What nobody knows of a night: the places whose numbers are assumed, each with the range that it may lie in.

First those of `vary.BEARING`, then every other assumed range of conduct, roles, readiness and civil silence. What
differs from aircraft to aircraft by nature (height, speed, number, hour) is left to chance: it is drawn, not unknown.
A place is one unknown: all numbers that it leads to stand at the same share of their ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import did_you_mean
from holdfire.scenario.address import put
from holdfire.scenario.assumed import numbers
from holdfire.scenario.schema import Scenario
from holdfire.study.called import CALLED
from holdfire.study.vary import BEARING, ends
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.logic.checks import Raw

    Json = dict[str, Any]

_SECTIONS: Final = ("states", "intruders", "background", "bases", "patrols", "conduct")
_BY_NATURE: Final = ("appears_h", "height_m", "speed_m_s", "number", "at_once")
"""Fields whose range says how aircraft and nights differ, and not what nobody knows."""
_NAMED: Final = {"intruders": (1,), "bases": (1, 3), "patrols": (1,), "states": (1, 3), "background": (1,)}
"""Which parts of an address are names of entries, by its section."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """One unknown: its place, what it is in words, and each of its numbers as (where, low, high, likely).

    `logarithmic` says that the range is a half and a double of one number, which lies in the middle of its logarithms.
    """

    place: str
    called: str
    numbers: tuple[tuple[tuple[str | int, ...], float, float, bool], ...]
    logarithmic: bool

    def at(self, share: float) -> list[float]:
        """Return what its numbers are at a share of their ranges, from 0 at the low end to 1."""
        return [self._between(low, high, share) for _, low, high, _ in self.numbers]

    def _between(self, low: float, high: float, share: float) -> float:
        if self.logarithmic and low > 0:
            return exp(log(low) + share * (log(high) - log(low)))
        return low + share * (high - low)

    def words(self, share: float) -> str:
        """Return a share of the range for people: the number itself where there is one, else the share."""
        values = {f"{each:.3g}" for each in self.at(share)}
        return number(float(values.pop())) if len(values) == 1 else f"{100 * share:.0f} % of the way up its ranges"

    def as_json(self) -> Json:
        """Return it for a manifest."""
        return {
            "place": self.place,
            "called": self.called,
            "numbers": [[list(loc), low, high, likely] for loc, low, high, likely in self.numbers],
            "logarithmic": self.logarithmic,
        }


def from_json(given: Json) -> Unknown:
    """Return an unknown that a manifest holds."""
    found = tuple((tuple(loc), low, high, likely) for loc, low, high, likely in given["numbers"])
    return Unknown(given["place"], given["called"], found, given["logarithmic"])


def unknowns(data: Raw, asked: Sequence[str] = ()) -> tuple[Unknown, ...]:
    """Return the unknowns of a scenario: the places asked for, else all that it has.

    Raises `UnknownNameError` for a place that leads to no number, `InputError` for one that has no range.
    """
    places = list(dict.fromkeys(asked)) or [*BEARING, *_others(data)]
    found = [(place, _unknown(data, place)) for place in places]
    for place, each in found:
        if each is None and asked:
            message = f"no number with a range stands at {place!r}{did_you_mean(place, [*BEARING, *_others(data)])}"
            raise UnknownNameError(message)
    made = tuple(each for _, each in found if each is not None)
    for unknown in made:
        _require_sound(data, unknown)
    return made


def at_point(data: Raw, known: Sequence[Unknown], shares: Sequence[float]) -> Raw:
    """Return a scenario in which every unknown stands at its share of its range."""
    for unknown, share in zip(known, shares, strict=True):
        for (loc, _, _, likely), value in zip(unknown.numbers, unknown.at(share), strict=True):
            data = put(data, loc, {"low": value, "likely": value, "high": value} if likely else value)
    return data


def _others(data: Raw) -> Iterator[str]:
    """Yield the places of other assumed ranges, names of entries replaced by `*`, each once."""
    scenario = Scenario.model_validate(data)
    covered = {loc for place in BEARING for loc, *_ in ends(data, place)}
    seen = set[str]()
    for each in numbers(scenario):
        section, *rest = each.address.split(".")
        if section not in _SECTIONS or not (each.assumed and each.drawn) or rest[-1] in _BY_NATURE:
            continue
        place = _pattern(each.address)
        if place not in seen and not covered.intersection(loc for loc, *_ in ends(data, place)):
            seen.add(place)
            yield place


def _pattern(address: str) -> str:
    parts = address.split(".")
    named = _NAMED.get(parts[0], ())
    return ".".join("*" if place in named and place < len(parts) - 1 else part for place, part in enumerate(parts))


def _unknown(data: Raw, place: str) -> Unknown | None:
    """Return what stands at a place, or `None` where nothing does, or nothing that has a range."""
    found = [(loc, _plain(low), _plain(high), isinstance(low, dict)) for loc, _, low, high in ends(data, place)]
    wide = tuple(each for each in found if each[1] < each[2])
    single = all(" to " not in words for _, words, _, _ in ends(data, place))
    return Unknown(place, CALLED.get(place, ""), wide, single) if wide else None


def _plain(value: object) -> float:
    return float(value["low"] if isinstance(value, dict) else value)  # type: ignore[arg-type]  # what `vary.ends` gives


def _require_sound(data: Raw, unknown: Unknown) -> None:
    """Raise `InputError` where a value within the range cannot stand there."""
    for share in (0.0, 0.37, 1.0):
        try:
            Scenario.model_validate(at_point(data, [unknown], [share]))
        except ValidationError as error:
            message = f"{unknown.place} cannot be fixed within its range ({error.errors()[0]['msg']}): leave it out"
            raise InputError(message) from None

"""What a rule may ask: every item of evidence with its kind, values, unit, meaning and longest useful age.

An item is known, with value, source and age, or it is unknown. *Nobody looked* is unknown and is never a
value. What is older than the item's `max_age_s` is unknown too; the ages are this project's own (grade
`assumed`), and a rule may demand a fresher one. The standard identities are those of STANAG 1241; codes 7500,
7600 and 7700 those of ICAO Annex 10, volume IV, 2.1.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holdfire.units import Unit


class Kind(Enum):
    """What sort of value an item has, and so which tests fit it."""

    CHOICE = "one of its values"
    FLAG = "true or false"
    SET = "any of its values together"
    NUMBER = "a number with a standard deviation"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a rule may ask about an aircraft.

    `values` names the values of a choice or the members of a set, in code order; `unit` is that of a number.
    `kinematic` items come from measurement and say whether they are verified (two sensors agree, or the
    registration was checked lately), since a bias is not in a standard deviation.
    """

    name: str
    kind: Kind
    meaning: str
    max_age_s: float
    values: tuple[str, ...] = ()
    unit: Unit = ""
    kinematic: bool = False


_TRACK_AGE_S: Final = 30.0
_RECORD_AGE_S: Final = inf

KINDS_OF_SENSOR: Final = ("radar", "iff-ssr", "eo-ir", "eye", "acoustic", "rf", "report")
CLASSES: Final = (
    "civil", "own-or-allied-military", "foreign-military", "one-way-attack-type", "other-uncrewed", "balloon",
    "bird", "not-established",
)  # fmt: skip
STATES: Final = (
    "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "BY", "CA", "CH", "CY", "CZ", "DE", "DK", "DZ", "EE", "EG", "ES",
    "FI", "FR", "GB", "GE", "GR", "HR", "HU", "IE", "IL", "IQ", "IR", "IS", "IT", "JO", "LB", "LT", "LU", "LV",
    "LY", "MA", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SA", "SE", "SI", "SK", "SY",
    "TN", "TR", "UA", "US", "XK", "none",
)  # fmt: skip
ACTIONS: Final = (
    "observe", "interrogate", "hail", "intercept", "identify", "escort", "warn", "warn-by-fire", "divert",
    "disrupt", "engage",
)  # fmt: skip


def _choice(name: str, values: tuple[str, ...], age_s: float, meaning: str, *, kinematic: bool = False) -> Item:
    return Item(name, Kind.CHOICE, meaning, age_s, values, kinematic=kinematic)


def _flag(name: str, age_s: float, meaning: str) -> Item:
    return Item(name, Kind.FLAG, meaning, age_s, ("false", "true"))


def _set(name: str, values: tuple[str, ...], age_s: float, meaning: str) -> Item:
    return Item(name, Kind.SET, meaning, age_s, values)


def _number(name: str, unit: Unit, age_s: float, meaning: str, *, kinematic: bool = True) -> Item:
    return Item(name, Kind.NUMBER, meaning, age_s, unit=unit, kinematic=kinematic)


ITEMS: Final[tuple[Item, ...]] = (
    _choice(
        "airspace", ("own", "allied", "international", "foreign"), _TRACK_AGE_S,
        "whose airspace the aircraft is in; unknown within the border's own uncertainty", kinematic=True,
    ),
    _choice(
        "direction", ("inbound", "parallel", "outbound"), _TRACK_AGE_S,
        "course against the border, known at 95 % confidence", kinematic=True,
    ),
    _choice("origin", STATES, _RECORD_AGE_S, "state it crossed from (ISO 3166-1; XK Kosovo; none: it did not cross)"),
    _choice(
        "zone", ("none", "restricted", "prohibited"), _TRACK_AGE_S,
        "published restricted or prohibited area that it is in", kinematic=True,
    ),
    _choice("occupancy", ("crewed", "uncrewed"), 300.0, "whether people are aboard, known at 95 % confidence"),
    _choice("status", ("civil", "state"), 600.0, "civil or state aircraft (Chicago Convention, article 3)"),
    _flag("hijack_suspected", 600.0, "someone with reason to know suspects unlawful interference"),
    _choice(
        "transponder",
        ("civil", "military", "7500", "7600", "7700", "silent", "inconsistent", "spoof-suspected"), _TRACK_AGE_S,
        "what the transponder says; silent only inside verified coverage for three scans",
    ),
    _choice("iff", ("friendly", "no-reply", "unresolved"), 60.0, "answer to an IFF interrogation; it has no foe"),
    _choice("flight_plan", ("matched", "unmatched"), 300.0, "whether a filed plan fits the track"),
    _choice("airway", ("on", "off"), _TRACK_AGE_S, "whether it follows a published route", kinematic=True),
    _choice("radio", ("answering", "silent"), 300.0, "whether it answers calls; silent only when called"),
    _choice("visual_class", CLASSES, 600.0, "what the latest look, by eye or camera, took it for; can be wrong"),
    _choice(
        "visual_load", ("none-seen", "air-to-air", "air-to-surface", "by-type", "not-established"), 600.0,
        "what the latest look saw it carry; by-type: the type itself is a weapon",
    ),
    _choice(
        "friends", ("none", "located", "unlocated"), 60.0,
        "own and friendly aircraft within 5 km of it: none, all of known position, or one whose position is not known",
    ),
    _choice(
        "harm_of_not_acting", ("not-greater", "greater"), 60.0,
        "whether more people are expected to be harmed where nobody acts than by acting here and now",
    ),
    _flag("complying", 60.0, "whether it does what it was told"),
    _choice(
        "attack", ("none-seen", "on-responder", "on-protected"), 10.0,
        "an attack under way, seen by someone: fire, a weapon released, a dive on people",
    ),
    _choice("alert", ("peace", "heightened", "crisis"), _RECORD_AGE_S, "declared level; all below armed conflict"),
    _set("independent_kinds", KINDS_OF_SENSOR, 30.0, "kinds of sensor (not boxes) that saw it in the last 30 s"),
    _set(
        "position_kinds", KINDS_OF_SENSOR, 30.0,
        "kinds of sensor that measured where it is in the last 30 s; neither a look from a cockpit nor a call does",
    ),
    _set(
        "class_kinds", KINDS_OF_SENSOR, 30.0,
        "kinds of sensor that told what it is in the last 30 s, by looks and answers that agree with the latest look",
    ),
    _set("warned", ("hailed", "signalled", "warned-by-fire"), _RECORD_AGE_S, "how it was warned so far"),
    _set(
        "seen_as", CLASSES, _RECORD_AGE_S,
        "every class that a look has given it since the track began; losing sight takes nothing away",
    ),
    _set("done", ACTIONS, _RECORD_AGE_S, "actions already carried out on it; what `after` asks"),
    _number("depth_m", "m", _TRACK_AGE_S, "distance past the border; negative before it"),
    _number("inside_s", "s", _TRACK_AGE_S, "time since it entered"),
    _number("speed_m_s", "m/s", _TRACK_AGE_S, "speed over ground"),
    _number("altitude_m", "m", _TRACK_AGE_S, "height above mean sea level"),
    _number("climb_m_s", "m/s", _TRACK_AGE_S, "rate of climb; negative descending"),
    _number("cpa_m", "m", _TRACK_AGE_S, "closest point of approach to a protected site on its present course"),
    _number("time_to_cpa_s", "s", _TRACK_AGE_S, "time to that point; negative once past"),
    _number("position_sigma_m", "m", _TRACK_AGE_S, "the track's own standard deviation of position", kinematic=False),
    _number("warned_s", "s", _RECORD_AGE_S, "time since the first warning", kinematic=False),
    _number("people_at_risk", "people", 60.0, "expected people harmed by acting here and now", kinematic=False),
    _number("people_at_risk_debris", "people", 60.0, "the part of it from falling debris", kinematic=False),
    _number("people_at_risk_weapon", "people", 60.0, "the part of it from a weapon gone astray", kinematic=False),
)  # fmt: skip

ITEM: Final = {item.name: item for item in ITEMS}
INDEX: Final = {item.name: index for index, item in enumerate(ITEMS)}

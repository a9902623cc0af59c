"""How long airports were closed in a night, which flights that concerned, what it cost, and what stayed exposed.

Worked out after the night from what was noted in it by the minute. It changes nothing in the night: airliners fly as
if nothing were closed, and their reports and tracks are as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.lookout import Lookout, lookout_for
from holdfire.seed import Kind, Stage, entity, stream, uniform
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from holdfire.respond.closing_schema import AirportModel, ClosingModel
    from holdfire.respond.values import Value
    from holdfire.seed import Key

_STREAM: Final = stream(Stage.RESPOND)
_ENTITY: Final = entity(Kind.AREA, 0, 0)
_FIRST: Final = 200  # draw of the first number; one each
_OF_ALL: Final = (
    "decides_min", "least_min", "landing_share", "diverted_share", "cancelled_share", "diverted_eur", "cancelled_eur",
    "waits_eur_min",
)  # fmt: skip


class Closed(NamedTuple):
    """What came of closing: minutes of all airports together, flights and the people aboard, rounded, and the cost.

    The cost is at the prices drawn for the night, and with all of them at the low and at the high end of their ranges.
    `exposed` counts the minutes, of all airports together, in which traffic ran while an uncrewed aircraft truly was
    near. No chance of a collision is made of them: nobody publishes one.
    """

    minutes: float
    diverted: float
    cancelled: float
    passengers: float
    eur: float
    low_eur: float
    high_eur: float
    exposed: float


def lookout_of(closing: ClosingModel | None, places: Sequence[tuple[float, float]], duration_s: float) -> Lookout:
    """Return what is watched in a night; `places` are the airports' in metres of the area's frame."""
    if closing is None:
        return lookout_for(np.zeros((0, 5)), 0, 0, duration_s)
    sizes = [
        (each.radius_km * KM_M, (each.traffic_km or each.radius_km) * KM_M, each.traffic_below_m)
        for each in closing.airports
    ]
    discs = np.array([(*place, *size) for place, size in zip(places, sizes, strict=True)])
    harmless = sum(1 << CLASSES.index(name) for name in set(closing.harmless))
    return lookout_for(discs, closing.kinds, harmless, duration_s)


def closed_in(closing: ClosingModel, lookout: Lookout, start: datetime, minutes: int, key: Key) -> Closed:
    """Return what closing came to in a night of so many minutes; only `exposed` rests on the truth."""
    drawn = {name: _drawn(getattr(closing, name), place, key) for place, name in enumerate(_OF_ALL)}
    ends = [
        {name: getattr(getattr(closing, name), end) for name in ("diverted_eur", "cancelled_eur", "waits_eur_min")}
        for end in ("low", "high")
    ]
    total = Closed(*[0.0] * len(Closed._fields))
    for place, airport in enumerate(closing.airports):
        signs = signs_of(closing, lookout.noted[place, :minutes])
        shut = closed_while(signs, closing.policy == "always", drawn["decides_min"], drawn["least_min"])
        local_h = (start.hour + start.minute / 60 + airport.hours_ahead + np.arange(minutes + 1) / 60) % 24
        flights, aboard = _traffic(airport, local_h[:-1], (place, key))
        found = _concerned(shut, flights, aboard, _quiet(airport, local_h), drawn, ends)
        open_to = lookout.really[place, :minutes] & ~shut & (flights > 0.0)
        found = found._replace(exposed=float(open_to.sum()))
        total = Closed(*(one + other for one, other in zip(total, found, strict=True)))
    return total


def signs_of(closing: ClosingModel, noted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return in which minutes there is a reason to close, by the policy."""
    tracked: NDArray[np.bool_] = noted[:, 1] > 0
    if closing.policy == "on-confirmed":
        return tracked
    if closing.policy == "on-report":
        lately = np.convolve(noted[:, 0], np.ones(closing.within_min, np.int64))[: len(noted)]
        return tracked | ((noted[:, 0] > 0) & (lately >= closing.reports))
    return np.zeros(len(noted), np.bool_)


def closed_while(
    signs: NDArray[np.bool_],
    always: bool,  # noqa: FBT001
    decides_min: float,
    least_min: float,
) -> NDArray[np.bool_]:
    """Return in which minutes it is closed: from a sign, when that was decided, until long enough after the last."""
    shut = np.full(signs.size, always)
    for minute in np.flatnonzero(signs):
        first = minute + round(decides_min)
        shut[first : first + max(round(least_min), 1)] = True
    return shut


def _traffic(
    airport: AirportModel, local_h: NDArray[np.float64], own: tuple[int, Key]
) -> tuple[NDArray[np.float64], float]:
    """Return the flights of each minute of the night, by its local hour, and the passengers on each."""
    place, key = own
    first = 100 * (place + 1)
    flights = np.zeros(local_h.size)
    for each, hours in enumerate(airport.movements):
        flights[(local_h >= hours.from_h) & (local_h < hours.until_h)] = _drawn(hours.per_h, first + each, key) / 60
    return flights, _drawn(airport.passengers, first + 99, key)


def _quiet(airport: AirportModel, local_h: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return at which local hours a flight that has waited may no longer go."""
    first, last = airport.quiet_from_h, airport.quiet_until_h
    if first is None or last is None:
        return np.zeros(local_h.size, np.bool_)
    return (local_h - first) % 24 < (last - first) % 24


def _concerned(
    shut: NDArray[np.bool_], flights: NDArray[np.float64], aboard: float, quiet: NDArray[np.bool_],
    drawn: dict[str, float], ends: Sequence[dict[str, float]],
) -> Closed:  # fmt: skip
    """Return what a closure does to the flights of each minute; those that could only go in quiet hours never do."""
    hit, waits_min = flights * shut, _until_open(shut)
    opens = np.minimum(np.arange(shut.size) + waits_min.astype(np.int64), shut.size)
    landing, leaving = hit * drawn["landing_share"], hit * (1.0 - drawn["landing_share"])
    elsewhere = landing * np.where(quiet[opens], 1.0, drawn["diverted_share"])
    never = leaving * np.where(quiet[opens], 1.0, drawn["cancelled_share"])
    waiting, diverted, cancelled = hit - elsewhere - never, elsewhere.sum(), never.sum()
    waited_min = (waiting * waits_min).sum()
    eur, low, high = (
        float(diverted * at["diverted_eur"] + cancelled * at["cancelled_eur"] + waited_min * at["waits_eur_min"])
        for at in (drawn, *ends)
    )
    aboard_all = hit.sum() * aboard
    return Closed(float(shut.sum()), round(diverted), round(cancelled), round(aboard_all), eur, low, high, 0.0)


def _until_open(shut: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how many minutes each minute is before the next in which it is open, or the end of the night."""
    left, out = 0.0, np.zeros(shut.size)
    for minute in range(shut.size - 1, -1, -1):
        left = left + 1.0 if shut[minute] else 0.0
        out[minute] = left
    return out


def _drawn(value: Value, place: int, key: Key) -> float:
    share = uniform(key.seed, key.branch, 0, _ENTITY, _STREAM, _FIRST + place, key.replication)
    return value.low + (value.high - value.low) * share

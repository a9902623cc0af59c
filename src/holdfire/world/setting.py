"""What the sections of a scenario refer to: types of aircraft, the flat frame, how large and how long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from holdfire.errors import Finding
from holdfire.findings import not_allowed
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.messages.vocabulary import STATES
from holdfire.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from holdfire.errors import Location
    from holdfire.world.platform import Platform, Quantity
    from holdfire.world.schema import AreaModel, GroupModel, Range

_BEYOND_M: Final = 500 * KM_M


class Flat(Protocol):
    """The flat frame of the area, as `geo` has it."""

    def to_local(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Return metres east and north of the centre."""


class Airport(Protocol):
    """An airport that flights begin and end at."""

    @property
    def icao(self) -> str:
        """Its location indicator."""

    @property
    def lat_deg(self) -> float:
        """Degrees, north positive."""

    @property
    def lon_deg(self) -> float:
        """Degrees, east positive."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sections of a scenario refer to."""

    platforms: Mapping[str, Platform]
    frame: Flat
    half_m: NDArray[np.float64]
    duration_s: float

    def pattern(self, platform: str, state: str) -> np.void:
        """Return the `AIRCRAFT` record of a platform that has no name, no plan, and nothing that fails."""
        record = np.zeros(1, AIRCRAFT)[0]
        known = self.platforms[platform]
        record["platform"], record["state"] = list(self.platforms).index(platform), STATES.index(state)
        record["crewed"], record["people"], record["plan"] = known.crewed, known.people, -1
        for name in ("fails_s", "transponder_fails_s", "radio_fails_s"):
            record[name] = np.inf
        return record  # type: ignore[no-any-return]

    def point(self, place: Sequence[float]) -> NDArray[np.float64]:
        """Return where a latitude and longitude lie in the frame, m."""
        return np.array(self.frame.to_local(place[0], place[1]), np.float64)

    def unknown_platform(self, loc: Location, platform: str) -> Iterator[Finding]:
        """Yield a finding where no platform has the id."""
        if platform not in self.platforms:
            yield Finding((*loc, "platform"), not_allowed("platform", platform, sorted(self.platforms)))

    def too_far(self, loc: Location, place: Sequence[float]) -> Iterator[Finding]:
        """Yield a finding where a place is so far off that latitude and longitude were likely swapped."""
        outside = float(np.max(np.abs(self.point(place)) - self.half_m))
        if not outside <= _BEYOND_M:
            text = f"{place} lies {outside / KM_M:.0f} km outside the area: it may be {_BEYOND_M / KM_M:.0f} km at most"
            yield Finding(loc, f"{text}; is it [latitude, longitude]?")

    def unfit(self, loc: Location, group: GroupModel) -> Iterator[Finding]:
        """Yield what a group asks of its platform that this cannot do, and when it would never appear."""
        platform = self.platforms[group.platform]
        slowest, fastest, ceiling = platform.speed_min_m_s, platform.speed_max_m_s, platform.height_max_m
        for name, given, least, most in (
            ("speed_m_s", group.speed_m_s or platform.speed_min_m_s, slowest.value, fastest.value),
            ("height_m", group.height_m, 0.0, ceiling.value),
        ):
            if not least <= given.low <= given.high <= most:
                wrong = given.low if given.low < least else given.high
                text = f"{name} is {wrong:g}: {group.platform} flies between {least:g} and {most:g}"
                yield Finding((*loc, name), text)
        if group.appears_h.low * HOUR_S >= self.duration_s:
            text = f"appears_h is {group.appears_h.low:g}: the night ends after {self.duration_s / HOUR_S:g} h"
            yield Finding((*loc, "appears_h"), text)


def setting_of(area: AreaModel, platforms: Mapping[str, Platform], frame: Flat, duration_s: float) -> Setting:
    """Return the setting of an area."""
    half_m = np.array([area.half_width_km, area.half_height_km]) * KM_M
    return Setting(platforms, frame, half_m, float(duration_s))


def ends(given: Range | Quantity, factor: float = 1.0) -> tuple[float, float]:
    """Return both ends of a range in another unit."""
    return given.low * factor, given.high * factor

"""Sun, Moon and their light against published values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from holdfire.sense.almanac import altitude_deg, illuminated, moon_at, phase_deg, sun_at
from holdfire.sense.light import moonlight_lx, sunlight_lx


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def elongation_deg(when: datetime) -> float:
    """The Moon's longitude less the Sun's, in -180 to 180."""
    return (moon_at(when).longitude_deg - sun_at(when).longitude_deg + 180) % 360 - 180


def test_the_worked_examples_of_meeus() -> None:
    # Astronomical Algorithms: example 25.a (1992 October 13), 47.a and 48.a (1992 April 12), all at 0h.
    assert sun_at(at("1992-10-13T00:00")).longitude_deg == pytest.approx(199.90895, abs=0.001)
    moon = moon_at(at("1992-04-12T00:00"))
    assert moon.longitude_deg == pytest.approx(133.162655, abs=0.1)
    assert moon.latitude_deg == pytest.approx(-3.229126, abs=0.1)
    assert moon.distance_km == pytest.approx(368_409.7, rel=0.003)
    assert phase_deg(at("1992-04-12T00:00")) == pytest.approx(69.0756, abs=0.15)
    assert illuminated(at("1992-04-12T00:00")) == pytest.approx(0.6786, abs=0.002)


@pytest.mark.parametrize(
    "full", ["2025-09-07T18:09", "2025-03-14T06:55", "2018-07-27T20:20", "2019-01-21T05:16"]
)  # each with a total eclipse of the Moon
def test_full_moons_are_when_almanacs_say(full: str) -> None:
    when = at(full)
    assert abs(abs(elongation_deg(when)) - 180) < 0.15  # the Moon gains 0.5 degrees an hour: 20 minutes
    assert illuminated(when) > 0.999
    assert abs(moon_at(when).latitude_deg) < 0.5  # so near to the ecliptic that the Earth's shadow takes all of it


@pytest.mark.parametrize("new", ["2025-09-21T19:54", "2026-08-12T17:37", "2017-08-21T18:30", "1999-08-11T11:08"])
def test_new_moons_are_when_almanacs_say(new: str) -> None:
    # The last three are total eclipses of the Sun.
    assert abs(elongation_deg(at(new))) < 0.15
    assert illuminated(at(new)) < 0.001


@pytest.mark.parametrize(
    ("when", "longitude_deg"),
    [("2025-03-20T09:01", 0.0), ("2025-06-21T02:42", 90.0), ("2025-09-22T18:19", 180.0), ("2025-12-21T15:03", 270.0)],
)
def test_equinoxes_and_solstices_are_when_almanacs_say(when: str, longitude_deg: float) -> None:
    off_deg = (sun_at(at(when)).longitude_deg - longitude_deg + 180) % 360 - 180
    assert off_deg == pytest.approx(0.0, abs=0.01)  # as exact as Meeus says that it is


def test_the_noon_sun_stands_as_high_as_latitude_and_season_say() -> None:
    day = at("2025-06-21T11:30")
    highest = max(altitude_deg(sun_at(each), each, 51.4769, 0.0) for each in minutes(day, 60))
    assert highest == pytest.approx(90 - 51.4769 + 23.436, abs=0.01)
    lowest = min(altitude_deg(sun_at(each), each, 51.4769, 0.0) for each in minutes(day + timedelta(hours=12), 60))
    assert lowest == pytest.approx(51.4769 + 23.436 - 90, abs=0.01)  # no astronomical night in London at midsummer


def minutes(begin: datetime, count: int) -> list[datetime]:
    return [begin + timedelta(minutes=each) for each in range(count)]


def test_the_equation_of_time_is_as_published() -> None:
    # Early in November a sundial is fast by 16.4 minutes, in mid-February slow by 14.2 (Astronomical Almanac).
    for date, noon in (("2025-11-03T11:30", -16.4), ("2025-02-11T12:00", 14.2)):
        begin = at(date)
        best = max(minutes(begin, 30), key=lambda each: altitude_deg(sun_at(each), each, 20.0, 0.0))
        after_noon = (best - begin.replace(hour=12, minute=0)).total_seconds() / 60
        assert after_noon == pytest.approx(noon, abs=1.0)


@pytest.mark.parametrize(
    ("high_deg", "lx", "tolerance"),
    [(90.0, 129_000, 0.03), (-0.8, 450, 0.05), (-6.0, 3.4, 0.03), (-12.0, 0.008, 0.05), (-18.0, 6.5e-4, 0.05)],
)
def test_sunlight_is_as_published(high_deg: float, lx: float, tolerance: float) -> None:
    # USNO Circular 171: the ends of civil, nautical and astronomical twilight without the Moon
    assert sunlight_lx(high_deg) == pytest.approx(lx, rel=tolerance)


def test_moonlight_is_as_published() -> None:
    # A full Moon overhead gives 0.27 lx (circular 171; at most 0.32 by Kyba, Mohar and Posch, 2017), a half Moon
    # about a tenth of it, one below the horizon nothing.
    assert moonlight_lx(90.0, 0.0) == pytest.approx(0.27, abs=0.01)
    assert 1 / 12 < moonlight_lx(90.0, 90.0) / moonlight_lx(90.0, 0.0) < 1 / 8
    assert moonlight_lx(30.0, 0.0) == pytest.approx(0.1, rel=0.2)
    assert moonlight_lx(-1.0, 0.0) == 0.0


@pytest.mark.parametrize("edge_deg", [20.0, 5.0, -0.8, -5.0, -12.0])
def test_the_pieces_of_the_curve_meet(edge_deg: float) -> None:
    above, below = sunlight_lx(edge_deg), sunlight_lx(edge_deg - 1e-9)
    assert above == pytest.approx(below, rel=0.02)
    if edge_deg in {20.0, 5.0}:
        assert moonlight_lx(edge_deg, 0.0) == pytest.approx(moonlight_lx(edge_deg - 1e-9, 0.0), rel=0.02)

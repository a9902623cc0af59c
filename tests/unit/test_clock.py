"""Time as an argument."""

from __future__ import annotations

import math
import time

import pytest

from holdfire.clock import Clock, SimulatedClock, WallClock, format_utc, parse_utc
from holdfire.errors import InputError


def read(clock: Clock) -> float:
    return clock.now_s()


def test_the_wall_clock_is_that_of_the_machine() -> None:
    before = time.time_ns() / 1e9
    now = read(WallClock())
    assert before <= now <= time.time_ns() / 1e9


def test_a_simulated_clock_stands_until_it_is_advanced() -> None:
    clock = SimulatedClock(100.0)
    assert read(clock) == read(clock) == 100.0
    clock.advance(0.0)
    assert read(clock) == 100.0
    clock.advance(2.5)
    assert read(clock) == 102.5


@pytest.mark.parametrize("by_s", [-1e-9, -5.0, math.nan, -math.inf])
def test_a_simulated_clock_never_goes_back(by_s: float) -> None:
    clock = SimulatedClock(100.0)
    with pytest.raises(InputError, match=f"a clock cannot be advanced by {by_s} s: give 0 or more"):
        clock.advance(by_s)
    assert read(clock) == 100.0


@pytest.mark.parametrize(
    ("text", "time_s"),
    [
        ("1970-01-01T00:00:00Z", 0.0),
        ("2025-09-09T21:30:00Z", 1757453400.0),
        ("2025-09-09T23:30:00+02:00", 1757453400.0),
        ("2025-09-09T21:30:00.250Z", 1757453400.25),
        ("1969-12-31T23:59:59Z", -1.0),
    ],
)
def test_an_instant_is_read(text: str, time_s: float) -> None:
    assert parse_utc(text) == time_s


@pytest.mark.parametrize("text", ["", "now", "2025-13-01T00:00:00Z", "21:30", "2025-09-09T25:00:00Z"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no instant: write it as 2025-09-09T21:30:00Z"):
        parse_utc(text)


@pytest.mark.parametrize("text", ["2025-09-09T21:30:00", "2025-09-09"])
def test_an_instant_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"'{text}' names no time zone: end it with Z for UTC"):
        parse_utc(text)


@pytest.mark.parametrize(
    ("time_s", "text"),
    [(0.0, "1970-01-01T00:00:00Z"), (1757453400.999, "2025-09-09T21:30:00Z"), (-0.5, "1969-12-31T23:59:59Z")],
)
def test_an_instant_is_written_rounded_down(time_s: float, text: str) -> None:
    assert format_utc(time_s) == text


@pytest.mark.parametrize("time_s", [0.0, 1.0, 951_782_400.0, 1757453400.0, 4_102_444_800.0, -86_400.0])
def test_whole_seconds_come_back(time_s: float) -> None:
    assert parse_utc(format_utc(time_s)) == time_s

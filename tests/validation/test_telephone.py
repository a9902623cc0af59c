"""Reports by residents against what is publicly known of them, and against the theory of waiting times."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from holdfire.messages.vocabulary import CLASSES
from holdfire.sense.telephone import noticing
from support.listening import loud, network
from support.sensed import ring, sky, watch


def share_reported(people_per_km2: float, minutes: int, hour: int, darkness: str, height_m: float = 200.0) -> float:
    """Share of Gerans over such country that somebody has reported within some minutes."""
    made = network(
        "public-reports", people=people_per_km2, darkness=darkness, start=datetime(2026, 5, 7, hour, tzinfo=UTC)
    )
    world = loud(sky(300, **ring(300, 30e3), h_m=height_m), 120.0)
    world.platforms["look"], world.platforms["size_m"] = CLASSES.index("one-way-attack-type"), 3.5
    return np.unique(watch(made, world, 60 * minutes).origin).size / 300


def test_a_town_reports_a_drone_by_night_and_open_country_hardly_does() -> None:
    # Latvia, 7 May 2026, about 03:30: residents of a town of some 27,000 called; Estonia, 24 August 2025: one that
    # came down in open country was found a day later.
    assert share_reported(1500.0, 45, 0, "night") > 0.5
    assert share_reported(5.0, 45, 0, "night") < 0.1


def test_a_town_reports_it_sooner_by_day() -> None:
    # Lithuania, 28 July 2025: residents saw it at about 200 m.
    assert share_reported(1500.0, 15, 10, "day") > share_reported(1500.0, 15, 0, "night")


def test_the_wait_for_a_report_is_that_of_a_race_of_a_poisson_event_and_a_lognormal_delay() -> None:
    made = network("public-reports", people=500.0, darkness="night", start=datetime(2026, 5, 7, 0, tzinfo=UTC))
    made.fields.row["familiar"] = 1.0
    world = loud(sky(1000, **ring(1000, 30e3), h_m=200.0), 130.0)
    plot, origin, _ = watch(made, world, 3600)
    first_s = np.array([plot["time_s"][origin == each].min(initial=math.inf) for each in range(1000)])
    fields = made.fields
    means = [noticing(fields, fields.row[0], each, world.platforms[0]) for each in world.aircraft[:50]]
    rate = float(np.mean(means)) * 0.06 * fields.row["calls"][0] / 60
    grid = np.arange(1.0, 3600.0)
    delay = fields.row["delay_s"][0], fields.row["delay_spread"][0]
    density = np.exp(-0.5 * (np.log(grid / delay[0]) / delay[1]) ** 2) / (grid * delay[1] * math.sqrt(2 * math.pi))
    for minutes in (10, 30, 55):
        left_s = 60 * minutes - grid
        expected = float(np.sum(density * np.where(left_s > 0, 1 - np.exp(-rate * left_s), 0)))
        assert np.mean(first_s <= 60 * minutes) == pytest.approx(expected, abs=0.06)

"""Figures of a night made by hand: who left, where they came down, and how long fighters took."""

from __future__ import annotations

from math import inf, isnan
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import EVENT, RESPONDER, What
from holdfire.messages.score import FIGURES, SCORED
from holdfire.score.figures import figures
from holdfire.score.finds import ONE_PLACE_M, localities
from holdfire.score.scrambles import airborne_to_contact_min, alert_to_airborne_min

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.messages.layout import Records


def intruders(*ends: tuple[Status, float]) -> Records:
    """Intruders that entered, with how each ended and when it left again, 20 km apart."""
    rows = np.zeros(len(ends), SCORED)
    rows["part"], rows["cause"] = Part.INTRUDER, -1
    for name in SCORED.names or ():
        if name.endswith("_s"):
            rows[name] = inf
    rows["entered_s"], rows["depth_m"] = 100.0, 5000.0
    rows["status"] = [end for end, _ in ends]
    rows["left_s"] = [left_s for _, left_s in ends]
    rows["ended_x_m"] = 20_000.0 * np.arange(len(ends))
    return rows


def events(*told: tuple[float, What, int] | tuple[float, What, int, float]) -> Records:
    """Events as time (min), what, responder, and a value."""
    rows = np.zeros(len(told), EVENT)
    for row, (time_min, what, responder, *value) in zip(rows, told, strict=True):
        row["time_s"], row["what"], row["responder"], row["value"] = 60 * time_min, what, responder, sum(value)
    return rows


def night(rows: Records, told: Records) -> dict[str, float]:
    return figures(rows, told, np.zeros(1, RESPONDER), np.zeros(4, np.int64))


def test_who_flew_back_over_the_border_has_left_wherever_it_fell_then() -> None:
    rows = intruders(
        (Status.FELL, inf), (Status.FELL, 500.0), (Status.FLYING, 500.0), (Status.FLYING, inf), (Status.LEFT, inf),
        (Status.SHOT_DOWN, 500.0), (Status.ARRIVED, inf),
    )  # fmt: skip
    found = night(rows, events())
    assert {name: found[name] for name in ("entered", "stopped", "missed", "left", "fell", "arrived")} == {
        "entered": 7, "stopped": 1, "missed": 6, "left": 3, "fell": 1, "arrived": 1,
    }  # fmt: skip
    assert set(found) == set(FIGURES)


def test_places_are_those_where_something_came_down_on_this_side() -> None:
    ends = (
        (Status.FELL, inf),
        (Status.SHOT_DOWN, inf),
        (Status.FELL, 9.0),
        (Status.FLYING, inf),
        (Status.ARRIVED, inf),
    )
    assert night(intruders(*ends), events())["localities"] == 3
    assert night(intruders(), events())["localities"] == 0


@pytest.mark.parametrize(
    ("gaps", "places"),
    [
        ((0.0, 0.0, 0.0), 1),
        ((0.9, 0.9, 0.9), 1),  # a chain, longer than one place
        ((0.9, 1.1, 0.9), 2),
        ((1.1, 1.1, 1.1), 4),
    ],
)
def test_finds_that_a_chain_joins_are_one_place(gaps: Sequence[float], places: int) -> None:
    rows = intruders(*[(Status.FELL, inf)] * (len(gaps) + 1))
    rows["ended_x_m"] = np.cumsum([0.0, *gaps]) * ONE_PLACE_M
    for order in (slice(None), slice(None, None, -1), [2, 0, 3, 1]):
        assert localities(rows[order]) == places
    rows["ended_y_m"], rows["ended_x_m"] = rows["ended_x_m"].copy(), 7.0
    assert localities(rows) == places


def test_times_of_a_sortie_run_from_the_order_on_which_it_took_off() -> None:
    told = events(
        (1, What.SCRAMBLE, 0), (3, What.DROPPED, 0),  # called off on the ground
        (10, What.SCRAMBLE, 0), (20, What.AIRBORNE, 0), (32, What.FOUND, 0), (40, What.FOUND, 0), (70, What.LANDED, 0),
        (90, What.SCRAMBLE, 0), (94, What.AIRBORNE, 0),
        (5, What.AIRBORNE, 1), (6, What.FOUND, 1),  # the relief of a patrol: nobody alerted it
        (50, What.SCRAMBLE, 2),
    )  # fmt: skip
    told = told[np.argsort(told["time_s"], kind="stable")]
    assert alert_to_airborne_min(told) == pytest.approx((10 + 4) / 2)
    assert airborne_to_contact_min(told) == pytest.approx(12)


def test_nobody_ordered_off_has_no_times() -> None:
    assert isnan(alert_to_airborne_min(events()))
    assert isnan(airborne_to_contact_min(events((1, What.SCRAMBLE, 0), (9, What.AIRBORNE, 0))))
    relief = events((1, What.SCRAMBLE, 0), (2, What.DROPPED, 0), (9, What.AIRBORNE, 0), (12, What.FOUND, 0))
    assert isnan(alert_to_airborne_min(relief))


def test_what_falls_on_water_falls_on_nobody() -> None:
    told = events((1, What.DEBRIS, 0, 0.01), (2, What.DEBRIS, 0, 0.0), (3, What.STRAY, 0, 0.2), (4, What.FOUND, 0, 1.0))
    assert night(intruders(), told)["debris_on_populated"] == 2

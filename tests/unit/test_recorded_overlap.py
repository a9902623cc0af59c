"""A truth that has nothing in common with a recording is refused in one line, not counted as no aircraft."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from holdfire.errors import InputError
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, Recording
from holdfire.recorded.follow import Followed, follow
from holdfire.recorded.overlap import in_common
from holdfire.recorded.truth import Truth
from support.radars import EPOCH_S, START_S, recorded, site


@cache
def scene(*, plots: bool = True) -> tuple[Recording, Followed]:
    """Six aircraft that a radar saw, or that said where they were, for a minute."""
    alpha = site("alpha", 50.0, 8.8)
    made = recorded([alpha], [(0.0, 0.0, 0.0)], 500, count=6, duration_s=60.0, positions=not plots)
    made = made if plots else replace(made, polar=np.zeros(0, POLAR))
    return made, follow(made, 5.0)


def flown(begin_s: float, lat_deg: float, apart_s: float = 10.0) -> Truth:
    """One aircraft of the truth, ten times."""
    time_s, ones = begin_s + apart_s * np.arange(10.0), np.ones(10, np.int64)
    return Truth(ones, time_s, np.full(10, lat_deg), np.full(10, 10.0), NO_CODE * ones, 0 * ones)


@pytest.mark.parametrize("plots", [True, False])
def test_what_has_time_and_place_in_common_is_the_truth(*, plots: bool) -> None:
    made, followed = scene(plots=plots)
    true = in_common(flown(START_S, 50.2), made, followed, "truth.csv", everywhere=not plots)
    assert len(true) == len(followed.times_s[(followed.times_s > START_S) & (followed.times_s <= START_S + 90.0)])


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (
            flown(START_S + 7200.0, 50.2),
            r"no time in common .*: it spans .*T12:00:00Z to .*T12:01:30Z, latitude 50\.20",
        ),
        (flown(1e15, 50.2), r"no time in common .*: it spans 1000000000000000 to .* s, latitude"),
        (flown(START_S, 20.0), r"no place in common .* latitude 20\.00 to 20\.00 .*; the recording spans .* same area"),
        (flown(START_S, 50.2, 40.0), "no flight in common .* at least every 30 s in those hours"),
    ],
)
@pytest.mark.parametrize("plots", [True, False])
def test_what_has_nothing_in_common_is_refused(at: Truth, says: str, *, plots: bool) -> None:
    made, followed = scene(plots=plots)
    with pytest.raises(InputError, match=says):
        in_common(at, made, followed, "truth.csv", everywhere=not plots)


def test_a_truth_with_a_day_asks_for_that_of_the_recording() -> None:
    made, followed = scene()
    undated = replace(made, epoch_s=float("nan"))
    with pytest.raises(
        InputError, match="the truth counts from 1970 and no file says its day: state it, as --recorded"
    ):
        in_common(flown(EPOCH_S + START_S, 50.2), undated, followed, "truth.csv", everywhere=False)

"""The turret against the ranges that are commonly given for such cameras."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.messages.aircraft import Transponder
from holdfire.messages.vocabulary import ITEM
from holdfire.sense.imager import finest_rad
from support.sensed import ring, sky
from support.watched import camera, seen

SIZE_M, VISIBILITY_KM = 3.0, 23.0  # of the clear standard atmosphere (LOWTRAN)
COUNT, LOOKS = 200, 5
NOT_SURE = ITEM["visual_load"].values.index("not-established")


def shares(range_m: float, **night: object) -> tuple[float, float, float]:
    """Of aircraft of 3 m at a range, the shares that a look detects, recognises and identifies."""
    made = camera(night={"darkness": "night", "clouds": [], "visibility_km": VISIBILITY_KM} | night)
    world = sky(COUNT, **ring(COUNT, range_m), h_m=500.0, transponder=Transponder.OFF)
    world.platforms["size_m"] = SIZE_M
    plot = seen(made, world, LOOKS)
    recognised = plot["visual_class"] >= 0
    identified = recognised & (plot["visual_load"] != NOT_SURE)
    looks = COUNT * LOOKS
    return plot.size / looks, int(recognised.sum()) / looks, int(identified.sum()) / looks


@pytest.mark.parametrize(
    ("task", "least_km", "most_km"),
    [(0, 20.0, 30.0), (1, 8.0, 12.0), (2, 3.0, 6.0)],
    ids=["detect", "recognise", "identify"],
)
def test_something_of_3_m_is_seen_as_far_as_is_commonly_given(task: int, least_km: float, most_km: float) -> None:
    # Detection 20 to 30 km, recognition 8 to 12, identification 3 to 6, in good air, for half of the looks.
    assert shares(least_km * 1000)[task] > 0.5
    assert shares(most_km * 1000)[task] < 0.5


def test_without_air_range_goes_with_size_and_with_it_more_slowly() -> None:
    # Johnson's criteria: as many cycles over twice the size at twice the range. Beer and Lambert: not through air.
    assert finest_rad(empty_air(), 40e3) == finest_rad(empty_air(), 10e3)
    through = camera(night={"darkness": "night", "visibility_km": VISIBILITY_KM}).imagers[0]
    haze_per_m = 0.2 * 3.0 / (VISIBILITY_KM * 1e3) + 0.05e-3  # contrast 5 % at the visibility, ln 20 = 3.0
    for range_m in (5e3, 25e3):
        left = 1 - haze_per_m * range_m / np.log(300)
        assert finest_rad(through, range_m) == pytest.approx(0.08e-3 / left, rel=1e-3)


def empty_air() -> np.void:
    one: np.void = camera().imagers[0]
    one["fades_per_m"] = 0.0
    return one


def test_in_fog_no_camera_sees() -> None:
    assert shares(8e3, visibility_km=0.2)[0] == 0.0

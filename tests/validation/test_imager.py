"""The turret held to the ranges commonly given for such cameras, and the pod to the physics computed by hand.

The infrared angles were chosen so that those ranges come out: that they do is calibration and no validation. What is
validated is how range goes with size, air and task.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.catalogue import load_platform
from holdfire.messages.aircraft import Transponder
from holdfire.messages.vocabulary import ITEM
from holdfire.sense.imager import finest_rad, in_field
from holdfire.sense.prepare import scanner_for
from support.sensed import KEY, ring, sky
from support.watched import camera, seen

SIZE_M, VISIBILITY_KM = 3.0, 23.0  # of the clear standard atmosphere (LOWTRAN)
COUNT, LOOKS = 200, 5
NOT_SURE = ITEM["visual_load"].values.index("not-established")


def shares(
    range_m: float, model: str = "eo-ir-turret", size_m: float = SIZE_M, **night: object
) -> tuple[float, float, float]:
    """Of aircraft of a size at a range, the shares that a look detects, recognises and identifies."""
    made = camera(model, night={"darkness": "night", "clouds": [], "visibility_km": VISIBILITY_KM} | night)
    world = sky(COUNT, **ring(COUNT, range_m), h_m=500.0, transponder=Transponder.OFF)
    world.platforms["size_m"] = size_m
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
    # Detection 20 to 30 km, recognition 8 to 12, identification 3 to 6, in good air, for half of the looks: calibrated.
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


@pytest.mark.parametrize(
    ("task", "cycles", "range_km"),
    [(0, 1.0, 22.1), (1, 4.0, 7.1), (2, 6.4, 4.6)],
    ids=["detect", "recognise", "identify"],
)
def test_a_pod_sees_a_gerbera_where_it_fills_the_cycles_that_are_needed(
    task: int, cycles: float, range_km: float
) -> None:
    # Cycles over a size s at a range R: s (1 - f R) / (c R); half need n of them, which is at R = s / (n c + s f).
    # c = 0.08 mrad; f as above: ln 20 at the visibility, a fifth of it in infrared, 0.05 for each km, over ln 300.
    size_m = load_platform("gerbera").size_m.value
    fades_per_m = (0.2 * math.log(20) / (VISIBILITY_KM * 1e3) + 0.05e-3) / math.log(300)
    half_m = size_m / (cycles * 0.08e-3 + size_m * fades_per_m)
    assert half_m == pytest.approx(range_km * 1e3, rel=0.01)
    assert shares(0.9 * half_m, "fighter-pod", size_m)[task] > 0.5
    assert shares(1.1 * half_m, "fighter-pod", size_m)[task] < 0.5


@pytest.mark.parametrize(
    ("aside_deg", "up_deg", "there"), [(0, 0, True), (115, 0, True), (125, 0, False), (0, 18, True), (0, 22, False)]
)
def test_a_pod_looks_forward_and_not_through_its_wing(aside_deg: float, up_deg: float, *, there: bool) -> None:
    made, aside, up = camera("fighter-pod"), math.radians(aside_deg), math.radians(up_deg)
    world = sky(1, x_m=5e3 * math.sin(aside), y_m=5e3 * math.cos(aside), h_m=35.0 + 5e3 * math.tan(up))
    assert in_field(made.radar[0], scanner_for(made, 1, KEY).stand[0], world.aircraft[0]) is there

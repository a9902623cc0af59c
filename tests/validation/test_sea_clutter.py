"""The sea's echo against published values, and what it does to a radar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.geo.frame import Frame
from holdfire.geo.horizon import horizon_m
from holdfire.geo.sea import Water, is_sea, water
from holdfire.messages.aircraft import Transponder
from holdfire.sense.sea import reflectivity_db
from holdfire.sense.seas import SEA, with_sea
from support.sensed import LIBRARY, Watched, mast, ring, sky, watch

if TYPE_CHECKING:
    from holdfire.sense.layout import Sensors

STATED = LIBRARY[SEA].stated
ALL_SEA = Water(-500e3, -500e3, 1e6, np.ones((1, 1), np.bool_))


def sigma(polarisation: str, ghz: float, state: float, grazing_deg: float) -> float:
    return reflectivity_db(int(polarisation == "V"), math.log10(ghz), float(state), math.radians(grazing_deg))


def test_what_another_program_prints() -> None:
    # The documentation of `seareflectivity` (MathWorks, R2021a), whose model this is: sea state 2, 30 GHz, 10 degrees
    assert 10 ** (sigma("H", 30.0, 2, 10.0) / 10) == pytest.approx(2.1555e-4, rel=1e-4)


# F. E. Nathanson, Radar Design Principles, 2nd edition, 1991, as the NRL report takes its tables: dB, sea states 1 to 5
# in rows, 1.25, 3.0 and 9.3 GHz in columns; nan: not given
NAN = math.nan
NATHANSON: dict[tuple[str, float], list[list[float]]] = {
    ("H", 0.3): [[NAN, -74, -66], [NAN, -66, -56], [-68, -60, -46], [NAN, -55, -42], [-64, -52, -39]],
    ("V", 0.3): [[-78, -64, -58], [-73, -62, -52], [-70, -58, -45], [-65, -57, -43], [-64, -52, -39]],
    ("H", 1.0): [[-73, -66, -51], [-65, -55, -46], [-60, -48, -40], [-56, -45, -36], [-50, -42, -34]],
    ("V", 1.0): [[-65, -56, -50], [-58, -53, -44], [-54, -48, -39], [-45, -42, -37], [-43, -38, -33]],
    ("H", 3.0): [[-62, -59, -50], [-59, -53, -43], [-55, -46, -39], [-48, -41, -35], [-46, -40, -33]],
    ("V", 3.0): [[-53, -52, -45], [-50, -49, -41], [-43, -43, -38], [-38, -38, -35], [-38, -35, -33]],
    ("H", 10.0): [[-56, NAN, -51], [-53, -51, -43], [-48, -46, -37], [-45, -40, -34], [-43, -38, -30]],
    ("V", 10.0): [[-39, -40, -42], [-37, -38, -36], [-34, -34, -32], [-31, -31, -29], [-30, -28, -25]],
}


@pytest.mark.parametrize("polarisation", ["H", "V"])
def test_it_lies_as_near_to_nathanson_s_tables_as_the_report_says(polarisation: str) -> None:
    # Tables 2 and 3 of the report: mean absolute deviations of 2.2 to 2.6 dB over all bands, states and angles
    off = [
        sigma(polarisation, ghz, state, grazing) - given
        for (which, grazing), rows in NATHANSON.items()
        if which == polarisation
        for state, row in enumerate(rows, start=1)
        for ghz, given in zip((1.25, 3.0, 9.3), row, strict=True)
    ]
    assert np.nanmean(np.abs(off)) < 2.6
    assert abs(np.nanmean(off)) < 1.5
    assert np.nanmax(np.abs(off)) < 9.0


def test_a_spot_value_of_others() -> None:
    # What the package phased-array-systems 0.8.0 checks itself by: 9.3 GHz, sea state 3, one degree, horizontal
    assert sigma("H", 9.3, 3, 1.0) == pytest.approx(-43.8, abs=0.05)


@pytest.mark.parametrize("ghz", [1.3, 3.0, 9.4])
def test_it_grows_with_sea_and_angle_and_is_weaker_horizontally_at_low_angles(ghz: float) -> None:
    for polarisation in "HV":
        by_state = [sigma(polarisation, ghz, state, 0.5) for state in range(7)]
        by_angle = [sigma(polarisation, ghz, 3, grazing) for grazing in (0.1, 0.3, 1.0, 3.0, 10.0)]
        assert by_state == sorted(by_state)
        assert by_angle == sorted(by_angle)
    assert sigma("H", ghz, 3, 0.3) < sigma("V", ghz, 3, 0.3)


def test_angles_are_kept_within_the_model() -> None:
    assert sigma("H", 3.0, 3, -1.0) == pytest.approx(sigma("H", 3.0, 3, 0.1))
    assert sigma("H", 3.0, 3, 89.0) == pytest.approx(sigma("H", 3.0, 3, 60.0))


def share_seen(state: float | None, range_m: float, rcs_m2: float, **numbers: float) -> float:
    made: Sensors = mast("short-range-radar", mast_m=60.0, roughness_m=1e6, **numbers)
    if state is not None:
        made = with_sea(made, STATED, ALL_SEA, state)
    return outbound(made, range_m, rcs_m2).plot.size / (300 * 19)


def outbound(made: Sensors, range_m: float, rcs_m2: float) -> Watched:
    world = sky(300, **ring(300, range_m), h_m=80.0, transponder=Transponder.OFF, speed_m_s=15.0)
    world.aircraft["heading_rad"] = np.arctan2(world.aircraft["x_m"], world.aircraft["y_m"])
    world.platforms["rcs_x_m2"] = rcs_m2
    return watch(made, world, 20)


def test_a_rough_sea_hides_what_a_smooth_one_shows() -> None:
    shares = [share_seen(state, 4_000.0, 0.01) for state in (0, 2, 4, 6)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < shares[0] - 0.1


def test_detection_falls_as_the_radar_equation_says() -> None:
    range_m, state, rcs_m2 = 4_000.0, 6.0, 0.01
    made = with_sea(mast("short-range-radar", mast_m=60.0), STATED, ALL_SEA, state)
    radar = made.radar[0]
    grazing = math.atan(60.0 / range_m) - range_m / (2 * 6_371_000 * 4 / 3)
    area_m2 = range_m * math.radians(2.0) * 30.0
    clutter_m2 = 10 ** (sigma("H", 9.4, state, math.degrees(grazing)) / 10) * area_m2 * 10**-3.0
    per_m2 = radar["snr_m2"] / range_m**4
    expected = math.exp(radar["ln_pfa"] / (1 + per_m2 * rcs_m2 / (1 + per_m2 * clutter_m2)))
    assert share_seen(state, range_m, rcs_m2) == pytest.approx(expected, abs=0.04)


def test_beyond_the_sea_s_horizon_and_over_land_it_changes_nothing() -> None:
    plain = mast("long-range-3d", mast_m=20.0, clutter_m=0.0)
    rough = with_sea(mast("long-range-3d", mast_m=20.0, clutter_m=0.0), STATED, ALL_SEA, 6.0)
    dry = with_sea(mast("long-range-3d", mast_m=20.0), STATED, ALL_SEA._replace(open=np.zeros((1, 1), np.bool_)), 6.0)
    far_m = horizon_m(20.0, 0.0) + 20e3
    world = sky(60, **ring(60, far_m), h_m=1_500.0, transponder=Transponder.OFF, speed_m_s=60.0)
    assert np.array_equal(watch(plain, world, 40).plot, watch(rough, world, 40).plot)
    near = sky(60, **ring(60, 15e3), h_m=100.0, transponder=Transponder.OFF, speed_m_s=60.0)
    assert np.array_equal(watch(mast("long-range-3d", mast_m=20.0), near, 40).plot, watch(dry, near, 40).plot)


def test_the_sea_is_where_no_land_is() -> None:
    frame = Frame(57.0, 20.0)  # between Gotland and Latvia
    here = water(frame, 300e3, 200e3)
    for lat, lon, sea in ((57.0, 20.0, True), (56.95, 24.1, False), (57.6, 18.6, False), (55.2, 18.5, True)):
        assert is_sea(here, *frame.to_local(lat, lon)) is sea
    assert 0.3 < here.open.mean() < 0.7

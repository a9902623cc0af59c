"""Reports that come irregularly, are held, or stop for a while are one track of one aircraft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Recording
from holdfire.recorded.follow import follow
from holdfire.recorded.reports import fresh, with_heights
from support.draws import uniforms
from support.radars import EPOCH_S, START_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.recorded.follow import Followed

SPEED_M_S = 220.0


def reported(times_s: NDArray[np.float64], address: int = 0x400001, lat_deg: float = 50.0) -> Records:
    """Positions of one that flies north at `SPEED_M_S`, at times since the start."""
    said = np.zeros(times_s.size, POSITION)
    said["time_s"], said["address"], said["mode_a"] = START_S + times_s, address, NO_CODE
    said["lat_deg"], said["lon_deg"] = lat_deg + SPEED_M_S * times_s / 111_230.0, 10.0
    said["h_m"], said["sigma_m"], said["ground_m_s"], said["simulated"] = 9000.0, 30.0, SPEED_M_S, 1
    return said


def followed(*said: Records) -> Followed:
    joined = np.concatenate(said)
    joined = joined[np.argsort(joined["time_s"], kind="stable")]
    return follow(Recording(EPOCH_S, (), np.zeros(0, POLAR), joined, np.zeros(0, SYSTEM_TRACK)), 5.0)


def numbers(made: Followed) -> list[int]:
    """Return the numbers shown; no number twice in a frame."""
    shown = np.stack([made.history["time_s"], made.history["number"]])
    assert np.unique(shown, axis=1).shape == shown.shape
    return [int(number) for number in np.unique(made.history["number"])]


def test_a_place_that_a_table_repeats_is_no_measurement() -> None:
    """Held for 30 s at a time, as tables do until the next position comes."""
    said = reported(np.arange(400.0))
    said["lat_deg"] = said["lat_deg"][np.arange(400) // 30 * 30]
    assert fresh(said)["time_s"].tolist() == (START_S + np.arange(0.0, 400.0, 30.0)).tolist()
    said["ground_m_s"] = np.nan  # it does not say that it moves, nor that it stands
    assert len(fresh(said)) == 14
    said["ground_m_s"] = 0.0
    assert len(fresh(said)) == 400


def test_a_place_is_held_by_the_address_that_said_it() -> None:
    """Two under one address, of which one is held, one after the other; and who says no address."""
    said = reported(np.arange(8.0))
    said["lat_deg"][::2] = 51.0
    assert fresh(said)["time_s"].tolist() == (START_S + np.array([0.0, 1.0, 3.0, 5.0, 7.0])).tolist()
    said["address"] = 0
    assert len(fresh(said)) == 8


def test_held_positions_are_one_track() -> None:
    said = reported(np.arange(600.0))
    said["lat_deg"] = said["lat_deg"][np.arange(600) // 12 * 12]
    assert numbers(followed(said)) == [1]


def test_a_height_that_those_beside_it_deny_is_not_known() -> None:
    said = reported(np.arange(0.0, 300.0, 10.0))
    said["h_m"][[7, 20]] = 12_800.0, 100.0
    assert np.flatnonzero(np.isnan(with_heights(said)["h_m"])).tolist() == [7, 20]
    assert numbers(followed(said)) == [1]


@pytest.mark.parametrize("second", [0x400001, 0x400002])
def test_heights_of_two_aircraft_stay_known(second: int) -> None:
    """Under one address or two; and a steep climb is no wrong height."""
    one, other = reported(np.arange(100.0)), reported(np.arange(0.5, 100.0), second, 52.0)
    other["h_m"] = 1000.0
    one["h_m"] += np.minimum(80.0 * np.arange(100.0), 3000.0)
    both = np.concatenate([one, other])
    assert np.isfinite(with_heights(both[np.argsort(both["time_s"])])["h_m"]).all()


def test_a_gap_of_minutes_is_coasted_under_one_number() -> None:
    said = reported(np.arange(600.0))
    gone = (said["time_s"] > START_S + 100.0) & (said["time_s"] < START_S + 340.0)
    made = followed(said[~gone])
    assert numbers(made) == [1]
    assert set(made.fed.tolist()) == {1}


def test_what_comes_back_elsewhere_or_much_later_is_another() -> None:
    for after_s, off_deg in ((340.0, 0.5), (1000.0, 0.0)):
        late = np.arange(after_s, after_s + 200.0)
        late_said = reported(late, lat_deg=50.0 + off_deg)
        assert len(numbers(followed(reported(np.arange(100.0)), late_said))) == 2


def test_another_address_does_not_resume_a_track() -> None:
    late = reported(np.arange(340.0, 500.0), 0x400002)
    assert len(numbers(followed(reported(np.arange(100.0)), late))) == 2


def test_each_of_two_under_one_address_resumes_its_own() -> None:
    parts = [reported(np.arange(a, b), lat_deg=lat) for a, b in ((0.0, 100.0), (300.0, 400.0)) for lat in (50.0, 52.0)]
    made = followed(*parts)
    assert len(numbers(made)) == 2
    for number in numbers(made):
        north_m = made.plot["y_m"][made.fed == number]
        assert np.abs(np.diff(north_m)).max() < 60e3  # of the two, 222 km apart, each keeps to itself


def test_a_number_resumed_twice_is_the_first() -> None:
    parts = [reported(np.arange(a, a + 100.0)) for a in (0.0, 300.0, 600.0)]
    assert numbers(followed(*parts)) == [1]


@pytest.mark.parametrize("apart_s", [2.1 + 25.0 * uniforms(771, (200,)) ** 3, np.full(60, 20.0)])
@pytest.mark.parametrize("address", [0x400001, 0])
def test_reports_that_come_irregularly_or_seldom_are_one_track(apart_s: NDArray[np.float64], address: int) -> None:
    """From 2 to 27 s, mostly soon after one another, or each 20 s; with an address or none."""
    said = reported(np.cumsum(apart_s), address)
    made = followed(said)
    assert set(made.fed.tolist()) == {1}
    assert numbers(made) == [1]
    assert made.history["time_s"].min() < said["time_s"][3]

"""Registration finds what radars were made to be out by, says how sure it is, and what cannot be told."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from holdfire.messages.recording import POLAR, SYSTEM_TRACK, Recording
from holdfire.register.registration import corrected, register
from holdfire.register.solve import inverted
from support.draws import uniforms
from support.radars import recorded, site

ALPHA, BRAVO = site("alpha", 50.0, 8.8), site("bravo", 50.6, 11.2, 2)
PLANTED = [(120.0, 0.004, 0.3), (-80.0, -0.003, -0.1)]
STRAIGHT = [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]


def test_the_inverse_of_a_matrix() -> None:
    half = uniforms(9, (7, 7))
    matrix = half @ half.T + np.eye(7)
    assert np.abs(inverted(matrix) @ matrix - np.eye(7)).max() < 1e-9


def test_planted_biases_are_found_by_what_aircraft_say_of_themselves() -> None:
    for planted, bias in zip(PLANTED, register(recorded([ALPHA, BRAVO], PLANTED, 2000)).biases, strict=True):
        estimates = (bias.range_m, bias.azimuth_rad, bias.time_s)
        assert bias.against == ("ADS-B",)
        for true, found, fine in zip(planted, estimates, (10.0, 3e-4, 0.05), strict=True):
            assert found is not None
            assert found.told
            assert abs(found.value - true) < min(4 * found.sd, fine)


def test_two_radars_without_a_reference_tell_all_but_the_time_of_day() -> None:
    """Range and azimuth of each; of their clocks the difference, 0.4 s, and nothing more, which is said."""
    made = register(recorded([ALPHA, BRAVO], PLANTED, 3000, positions=False))
    first, second = made.biases
    assert first.range_m is not None
    assert first.range_m.value == pytest.approx(120.0, abs=5 * first.range_m.sd)
    assert first.time_s is not None
    assert second.time_s is not None
    assert (first.time_s.told, first.time_s.shared, second.time_s.shared) == (False, True, True)
    assert first.time_s.value - second.time_s.value == pytest.approx(0.4, abs=0.08)
    assert [line for line in made.notes if line.startswith("alpha less bravo in time: 0.")]


def test_a_radar_that_nobody_else_checks_is_said_to_be_unknown() -> None:
    alone = register(recorded([ALPHA], [(300.0, 0.1, 1.0)], 4000, positions=False))
    assert alone.biases[0].range_m is None
    assert alone.notes == ("alpha: not registered, nothing saw its aircraft at the same time: its bias cannot be told",)
    nowhere = register(recorded([site("alpha", 50.0, 8.8, known=False)], STRAIGHT[:1], 4000))
    assert nowhere.notes == ("alpha: not registered, nobody says where it stands: its bias cannot be told",)


@pytest.mark.parametrize("positions", [True, False])
def test_a_radar_turned_by_107_degrees_is_found_and_shouted(positions: bool) -> None:
    """The radar of the unit that shot down PS752 was out by so much; see the case `ps752` and its sources."""
    turned = 107 * pi / 180
    made = register(recorded([ALPHA, BRAVO], [(0.0, 0.0, 0.0), (0.0, turned, 0.0)], 5000, positions=positions))
    found = made.biases[1].azimuth_rad
    assert found is not None
    assert found.value == pytest.approx(turned, abs=1e-3)
    assert len(made.alarms) == 1
    assert made.alarms[0].startswith("BRAVO IS MISALIGNED: its azimuth is out by +107.0 degrees")


def test_among_three_radars_the_turned_one_is_found_by_the_two_others() -> None:
    """Most of what is compared is not far off, so that each radar must be judged by its own pairs."""
    sites = [ALPHA, BRAVO, site("charlie", 49.4, 10.3, 3)]
    biases = [(0.0, 0.0, 0.0), (0.0, -107 * pi / 180, 0.0), (0.0, 0.0, 0.0)]
    made = register(recorded(sites, biases, 5500, positions=False, count=12, duration_s=120.0))
    assert [alarm.split(":")[0] for alarm in made.alarms] == ["BRAVO IS MISALIGNED"]
    turned = made.biases[1].azimuth_rad
    assert turned is not None
    assert turned.value == pytest.approx(-107 * pi / 180, abs=2e-3)


def test_radars_in_order_raise_no_alarm() -> None:
    assert register(recorded([ALPHA, BRAVO], STRAIGHT, 6000)).alarms == ()


def test_biases_are_removed() -> None:
    """What is left is less than the deviations of the estimates, but for the noise, which is the same."""
    crooked = recorded([ALPHA, BRAVO], PLANTED, 7000)
    true = recorded([ALPHA, BRAVO], STRAIGHT, 7000)
    freed = corrected(crooked.polar, register(crooked))
    assert (np.diff(freed["time_s"]) >= 0).all()
    order = [np.lexsort((each["time_s"], each["address"], each["sensor"])) for each in (freed, true.polar)]
    for name, fine in (("range_m", 8.0), ("azimuth_rad", 2e-4), ("time_s", 0.05)):
        assert np.abs(freed[name][order[0]] - true.polar[name][order[1]]).max() < fine


def test_a_plot_of_another_aircraft_under_the_same_address_moves_nothing() -> None:
    """One in twenty plots is somewhere else altogether."""
    crooked = recorded([ALPHA, BRAVO], PLANTED, 8000)
    elsewhere = uniforms(8001, crooked.polar.shape) < 0.05
    crooked.polar["range_m"][elsewhere] = 5e3 + 2e5 * uniforms(8002, (int(elsewhere.sum()),))
    bias = register(crooked).biases[0]
    assert bias.range_m is not None
    assert bias.range_m.value == pytest.approx(120.0, abs=10.0)
    assert 0.03 < bias.outliers / bias.pairs < 0.07


def test_aircraft_without_an_address_are_told_by_a_squawk_of_their_own() -> None:
    """Not by 7000, which anybody may set."""
    coded = recorded([ALPHA, BRAVO], PLANTED, 9000)
    coded.position["mode_a"] = 0o2100 + coded.position["address"] - 0x400000
    coded.polar["address"][coded.polar["sensor"] == 0] = 0
    bias = register(coded).biases[0]
    assert bias.range_m is not None
    assert bias.range_m.value == pytest.approx(120.0, abs=10.0)
    for records in (coded.polar, coded.position):
        records["mode_a"] = 0o7000
    assert register(coded).biases[0].range_m is None


def test_a_recording_without_plots() -> None:
    positions = recorded([ALPHA], STRAIGHT[:1], 1).position
    made = register(Recording(0.0, (), np.zeros(0, POLAR), positions, np.zeros(0, SYSTEM_TRACK)))
    assert (made.biases, made.notes, made.alarms) == ((), (), ())

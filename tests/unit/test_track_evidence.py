"""Squawk, address and height as evidence: each weight decides where places do not, and none of them is a key."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.messages.plot import NO_CODE
from holdfire.track.tuning import Tuning
from support.plotted import Picture, radars, seen

EAST = np.array([200.0, 0.0])
NEXT_M = 400.0  # between two that fly side by side
SAME, OTHER = 0o1000, 0o2000
ONE, ANOTHER = 0x48ABCD, 0x3C0001


def taken_by(first: dict[str, int], second: dict[str, int], plot: dict[str, int], **tuning: float) -> int:
    """Number of the track, the first's 1 or the second's 2, that takes a plot a little nearer to the second."""
    picture = Picture(radars(4.0))
    codes: dict[str, Any] = {name: [each.get(name, empty) for each in (first, second)] for name, empty in EMPTY.items()}
    for look in range(6):
        at_s = 4.0 * look
        numbers = picture.take(at_s, seen(at_s, EAST * at_s + np.array([[0, 0], [0, NEXT_M]]), **codes))
        assert numbers.tolist() == [1, 2]
    for name, weight in tuning.items():  # of the last look alone
        picture.settings[name] = weight
    (number,) = picture.take(24.0, seen(24.0, EAST * 24 + (0, 0.53 * NEXT_M), **plot))
    return int(number)


EMPTY: dict[str, int] = {"mode_a": NO_CODE, "address": 0, "asked": 0}
CODES: list[tuple[str, str, dict[str, int], dict[str, int], dict[str, int]]] = [
    ("a squawk agrees", "squawk_same", {"mode_a": SAME}, {}, {"mode_a": SAME}),
    ("a squawk disagrees", "squawk_other", {}, {"mode_a": OTHER}, {"mode_a": SAME}),
    ("an address agrees", "address_same", {"address": ONE}, {}, {"address": ONE}),
    ("an address disagrees", "address_other", {}, {"address": ANOTHER}, {"address": ONE}),
    ("one that answered does not", "squawk_other", {}, {"mode_a": SAME, "asked": 1}, {"asked": 1}),
    ("one that never answered does", "address_other", {}, {"asked": 1}, {"asked": 1, "mode_a": SAME}),
]


@pytest.mark.parametrize(("name", "first", "second", "plot"), [row[1:] for row in CODES], ids=[row[0] for row in CODES])
def test_a_code_decides_where_places_hardly_do(
    name: str, first: dict[str, int], second: dict[str, int], plot: dict[str, int]
) -> None:
    """And without its weight, or with its sign turned, the nearer track has it."""
    assert taken_by(first, second, plot) == 1
    assert taken_by(first, second, plot, **{name: 0.0}) == 2
    assert taken_by(first, second, plot, **{name: -getattr(Tuning(), name)}) == 2


@pytest.mark.parametrize("code", [{"mode_a": SAME}, {"address": ONE}, {"mode_a": SAME, "address": ONE}])
def test_a_code_that_is_absent_says_nothing(code: dict[str, int]) -> None:
    """Of the plot, or of the track: neither same nor other, so that the nearer one has it."""
    assert taken_by(code, {}, {}) == 2
    assert taken_by({}, code, {}) == 2
    assert taken_by({}, {}, code) == 2


def test_an_address_outweighs_a_squawk() -> None:
    """Which several may share, and which is garbled more often."""
    first, second = {"mode_a": OTHER, "address": ONE}, {"mode_a": SAME, "address": ANOTHER}
    assert taken_by(first, second, {"mode_a": SAME, "address": ONE}) == 1


def flown(picture: Picture, looks: range, places: Any, **codes: Any) -> list[list[int]]:
    """Numbers of the tracks that take the plots of each look."""
    out = []
    for look in looks:
        at_s = 4.0 * look
        out.append(picture.take(at_s, seen(at_s, EAST * at_s + np.array(places), **codes)).tolist())
    return out


def test_wrong_codes_do_not_part_a_track_from_its_aircraft() -> None:
    picture = Picture(radars(4.0))
    flown(picture, range(6), [[0, 0]], mode_a=SAME, address=ONE)
    assert flown(picture, range(6, 9), [[0, 0]], mode_a=OTHER, address=ANOTHER) == [[1]] * 3
    assert flown(picture, range(9, 12), [[0, 0]], mode_a=SAME, address=ONE) == [[1]] * 3


def test_two_aircraft_with_the_same_codes_stay_two() -> None:
    """Far apart and side by side; where one is not seen, the other's codes do not fetch its plot."""
    for apart_m in (50e3, 2e3, NEXT_M):
        picture = Picture(radars(4.0))
        flown(picture, range(8), [[0, 0], [0, apart_m]], mode_a=SAME, address=ONE)
        assert flown(picture, range(8, 20), [[0, 0], [0, apart_m]], mode_a=SAME, address=ONE) == [[1, 2]] * 12
    picture = Picture(radars(4.0))
    flown(picture, range(8), [[0, 0], [0, 50e3]], mode_a=SAME, address=ONE)
    assert flown(picture, range(8, 10), [[0, 50e3]], mode_a=SAME, address=ONE) == [[2]] * 2


def at_height(off: float, **tuning: float) -> int:
    """Number of the track that takes a plot `off` deviations above a level track of number 1."""
    picture = Picture(radars(4.0), Tuning(**tuning))  # type: ignore[arg-type]
    settled = picture.settings[0]
    flown(picture, range(12), [[0, 0]], h_m=3000.0, var_h_m2=900.0)
    (track,) = picture.used
    p = track["p_h"]
    variance = p[0] + 4.0 * (2.0 * p[1] + 4.0 * p[2]) + settled["climb_noise_m2_s3"] * 4.0**3 / 3.0 + 900.0
    h_m = track["h_m"] + 4.0 * track["vh_m_s"] + off * np.sqrt(variance)
    return flown(picture, range(12, 13), [[0, 0]], h_m=h_m, var_h_m2=900.0)[0][0]


def test_a_height_beyond_the_gate_is_of_another_aircraft() -> None:
    edge = Tuning().gate_height ** 0.5
    assert at_height(0.95 * edge) == at_height(-0.95 * edge) == 1
    assert at_height(1.05 * edge) == at_height(-1.05 * edge) == 2
    assert at_height(1.05 * edge, gate_height=1e9) == 1  # a good place would outweigh it
    assert at_height(0.95 * edge, gate_height=0.0) == 2


def test_a_height_that_is_absent_is_in_every_gate() -> None:
    picture = Picture(radars(4.0))
    flown(picture, range(6), [[0, 0]], h_m=3000.0, var_h_m2=900.0)
    assert flown(picture, range(6, 8), [[0, 0]]) == [[1], [1]]


@pytest.mark.parametrize(("gate_height", "tracks"), [(Tuning().gate_height, 2), (1e9, 1)])
def test_one_above_the_other_is_no_duplicate(gate_height: float, tracks: int) -> None:
    """Each seen by a radar of its own; were heights no evidence, one would become the other."""
    picture = Picture(radars(10.0, 10.0), Tuning(squawk_other=-100.0, gate_height=gate_height))
    for look in range(9):
        at_s, sensor = 5.0 * look, look % 2
        h_m = 3000.0 + 1500.0 * sensor
        picture.take(at_s, seen(at_s, EAST * at_s, sensor=sensor, mode_a=sensor, h_m=h_m, var_h_m2=900.0))
    assert len(picture.confirmed) == tracks

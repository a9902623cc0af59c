"""What the tracker remembers of plots, and what must not matter to it."""

from __future__ import annotations

import ast
from math import cos, inf, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import holdfire.track
from holdfire.errors import CapacityError
from holdfire.messages.track import Stand
from holdfire.track.tuning import Tuning, assumed
from support.draws import uniforms
from support.plotted import Picture, normals, radars, seen

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

EAST = np.array([200.0, 0.0])


def flown(picture: Picture, looks: int, step_s: float = 4.0, begin: int = 0, **other: Any) -> None:
    """One aircraft flies east, seen at every look."""
    for look in range(begin, begin + looks):
        time_s = look * step_s
        picture.take(time_s, seen(time_s, EAST * time_s, **other))


def test_three_plots_of_five_looks_confirm() -> None:
    picture = Picture(radars(4.0))
    flown(picture, 2)
    assert picture.used["stand"].tolist() == [Stand.TENTATIVE]
    flown(picture, 1, begin=2)
    (track,) = picture.used
    assert (track["stand"], track["number"], track["hits"], track["history"]) == (Stand.CONFIRMED, 1, 3, 0b111)
    assert (track["born_s"], track["fed_s"], track["confirmed_s"], track["time_s"]) == (0, 8, 8, 8)
    assert (track["x_m"], track["vx_m_s"]) == pytest.approx((1600, 200), rel=0.1)
    assert picture.tracks.counts.tolist() == [1, 1, 1, 1, 0]


def test_two_plots_of_one_address_confirm() -> None:
    picture = Picture(radars(4.0))
    flown(picture, 2, address=0x48ABCD)
    assert picture.used["stand"].tolist() == [Stand.CONFIRMED]


def test_one_plot_is_given_up() -> None:
    picture = Picture(radars(4.0))
    picture.take(0.0, seen(0.0, (0, 0)))
    for time_s in range(1, 11):  # due at 5.2 and 9.2 s
        picture.take(time_s)
    assert picture.count == 0
    assert picture.tracks.counts.tolist() == [0, 1, 1, 0, 1]


def test_codes_and_kinds_are_remembered() -> None:
    picture = Picture(radars(4.0))
    flown(picture, 3, mode_a=0o1000, address=0x48ABCD, asked=1, iff=1, kinds=3)
    flown(picture, 2, begin=3, asked=1, iff=2)
    (track,) = picture.used
    assert (track["iff"], track["iff_s"]) == (1, 8)  # one reply lost is no answer of another kind
    flown(picture, 2, begin=5, mode_a=0o7600, asked=1)
    (track,) = picture.used
    assert (track["mode_a"], track["mode_a_s"], track["squawk_since_s"]) == (0o7600, 24, 20)
    assert (track["address"], track["iff"], track["iff_s"]) == (0x48ABCD, 1, 8)
    assert track["unanswered"] == 0
    assert track["kind_s"].tolist()[:3] == [24, 8, -inf]
    flown(picture, 2, begin=7, asked=1)
    assert picture.used["unanswered"].tolist() == [2]
    flown(picture, 8, begin=7, mode_a=0o7600, asked=1, iff=2)
    (track,) = picture.used
    assert track["iff"] == 2


def test_another_squawk_does_not_part_a_track_from_its_aircraft() -> None:
    picture = Picture(radars(4.0))
    flown(picture, 8, mode_a=0o1000, address=1)
    flown(picture, 8, begin=8, mode_a=0o7500, address=2)
    assert picture.used["number"].tolist() == [1]


def test_two_sensors_agree_or_not() -> None:
    picture = Picture(radars(4.0, 4.0))
    flown(picture, 5)
    assert picture.used["two_sensors_s"].tolist() == [-inf]
    picture.take(17.0, seen(17.0, EAST * 17, sensor=1))
    assert picture.used["two_sensors_s"].tolist() == [17]
    assert picture.used["sensors"].tolist() == [0b11]
    flown(picture, 5, begin=5)
    since_s = picture.used["two_sensors_s"][0]
    picture.take(37.0, seen(37.0, EAST * 37 + (0, 450), sensor=1))  # within the gate, but no agreement
    assert picture.used["fed_s"].tolist() == [37]
    assert picture.used["two_sensors_s"].tolist() == [since_s]


def test_heights_are_filtered_and_forgotten() -> None:
    picture = Picture(radars(4.0))
    for look in range(20):
        time_s = 4.0 * look
        picture.take(time_s, seen(time_s, EAST * time_s, h_m=3000 + 5 * time_s, var_h_m2=900.0))
    (track,) = picture.used
    assert (track["h_m"], track["vh_m_s"]) == pytest.approx((3380, 5), rel=0.02)
    assert track["height_s"] == 76
    flown(picture, 40, begin=20)
    assert np.isnan(picture.used["h_m"]).all()


def test_a_track_takes_one_plot_of_a_look() -> None:
    picture = Picture(radars(4.0))
    flown(picture, 6)
    numbers = picture.take(21.0, seen(21.0, EAST * 21 + (0, 50)))  # of the look in which it was fed already
    assert numbers.tolist() == [2]
    assert picture.used["hits"].tolist() == [6, 1]


def test_a_plot_a_little_older_than_its_track_is_carried_forward() -> None:
    picture = Picture(radars(4.0, 4.0))
    flown(picture, 10)
    before = picture.used[0].copy()
    picture.take(36.0, seen(35.5, EAST * 35.5, sensor=1))
    after = picture.used[0]
    assert (after["hits"], after["time_s"], after["fed_s"]) == (11, 36, 36)
    assert after["x_m"] == pytest.approx(before["x_m"], abs=5)
    assert after["p"][0] < before["p"][0]


def test_duplicates_become_the_older() -> None:
    picture = Picture(radars(10.0, 10.0), Tuning(squawk_other=-100.0))  # which keeps the sensors' tracks apart
    for look in range(6):
        at_s, sensor = 5.0 * look, look % 2
        picture.take(at_s, seen(at_s, EAST * at_s + (0, 50 * sensor), sensor=sensor, mode_a=sensor))
    assert picture.confirmed["number"].tolist() == [1, 2]
    numbers = picture.take(30.0, seen(30.0, EAST * 30, mode_a=1))
    assert numbers.tolist() == [1]
    (track,) = picture.used
    assert (track["number"], track["born_s"], track["sensors"], track["hits"]) == (1, 0, 0b11, 7)
    assert picture.plots.fed[0] == picture.tracks.used[0]


def test_a_track_newer_than_the_tick_is_looked_for_where_it_was() -> None:
    picture = Picture(radars(4.0, 4.0))
    flown(picture, 11)
    numbers = picture.take(20.0, seen(20.0, EAST * 20, sensor=1))
    assert numbers.tolist() == [1]
    (track,) = picture.used
    assert (track["time_s"], track["x_m"]) == pytest.approx((40.0, 8000.0), abs=60.0)
    assert (track["p"][[0, 4, 7, 9]] > 0.0).all()


def test_what_was_merged_and_parts_becomes_two() -> None:
    """Two sensors' tracks of a pair seen as one are merged; where one sensor then sees two, the second begins anew."""
    picture = Picture(radars(10.0, 10.0), Tuning(squawk_other=-100.0))
    for look in range(6):
        at_s, sensor = 5.0 * look, look % 2
        picture.take(at_s, seen(at_s, EAST * at_s + (0, 50 * sensor), sensor=sensor, mode_a=sensor))
    picture.take(30.0, seen(30.0, EAST * 30))
    assert picture.confirmed["number"].tolist() == [1]
    for look in range(4, 15):
        at_s = 10.0 * look
        picture.take(at_s, seen(at_s, EAST * at_s + np.array([[0, 0], [0, 20 * (at_s - 30)]])))
    one, other = picture.confirmed
    assert (one["number"], other["number"] > 2) == (1, True)
    assert (one["y_m"], other["y_m"]) == pytest.approx((0, 2200), abs=150)


def test_a_pair_in_formation_stays_two() -> None:
    picture = Picture(radars(4.0, 4.0))
    for look in range(30):
        at_s = 4.0 * look
        where = EAST * at_s + np.array([[0, 0], [0, 400]])
        picture.take(at_s, seen(at_s, where), seen(at_s, where, sensor=1))
    assert len(picture.confirmed) == 2


def night(name: int, looks: int = 15) -> list[Records]:
    """Plots of eight aircraft and some clutter by two radars, 5 s apart."""
    start, heading = 60e3 * uniforms(name, (8, 2)) - 30e3, 6.28 * uniforms(name + 1, (8,))
    velocity = 180 * np.stack([np.sin(heading), np.cos(heading)], axis=1)
    ticks = []
    for look in range(looks):
        time_s = 5.0 * look
        parts = []
        for sensor in range(2):
            off = 100 * normals(name + 10 + 2 * look + sensor, (8, 2))
            clutter = 60e3 * uniforms(name + 100 + 2 * look + sensor, (4, 2)) - 30e3
            places = np.concatenate([start + velocity * time_s + off, clutter])
            parts.append(seen(time_s, places, sensor=sensor))
        ticks.append(np.concatenate(parts))
    return ticks


def followed(ticks: list[Records], origin: int = 0, tuning: Tuning | None = None) -> tuple[list[np.ndarray], Picture]:
    picture = Picture(radars(5.0, 5.0), tuning or Tuning())
    return [picture.take(plots["time_s"][0], plots, origin=[origin] * len(plots)) for plots in ticks], picture


def test_the_order_of_plots_is_irrelevant() -> None:
    ticks = night(930)
    orders = [np.argsort(uniforms(990 + i, (len(plots),))) for i, plots in enumerate(ticks)]
    numbers, picture = followed(ticks)
    shuffled, other = followed([plots[order] for plots, order in zip(ticks, orders, strict=True)])
    for plain, mixed, order in zip(numbers, shuffled, orders, strict=True):
        assert plain[order].tolist() == mixed.tolist()
    assert picture.used.tobytes() == other.used.tobytes()


def test_truth_beside_the_plots_changes_nothing() -> None:
    ticks = night(930)
    _, one = followed(ticks, origin=-1)
    _, other = followed(ticks, origin=77)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one.tracks, other.tracks, strict=True))


def turned(plots: Records, angle: float, shift: tuple[float, float]) -> Records:
    out = plots.copy()
    c, s = cos(angle), sin(angle)
    out["x_m"] = c * plots["x_m"] - s * plots["y_m"] + shift[0]
    out["y_m"] = s * plots["x_m"] + c * plots["y_m"] + shift[1]
    return out


@pytest.mark.parametrize("angle", [0.0, 1.0, 2.6])
def test_rotation_and_translation_leave_the_association_alone(angle: float) -> None:
    ticks = night(930)
    stated_only = Tuning(clutter_prior=1e12)  # what is learned of clutter has cells, which do not turn along
    numbers, picture = followed(ticks, tuning=stated_only)
    others, _ = followed([turned(plots, angle, (81_234.5, -4_321.0)) for plots in ticks], tuning=stated_only)
    # Tracks born together are numbered by place, so the numbers may differ, the parting into tracks may not.
    pairs = set(zip(np.concatenate(numbers).tolist(), np.concatenate(others).tolist(), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    assert len(picture.confirmed) >= 8


def test_no_number_is_given_twice_and_places_rise() -> None:
    born: dict[int, float] = {}
    picture = Picture(radars(5.0, 5.0))
    for plots in night(940, looks=30):
        picture.take(plots["time_s"][0], plots)
        for number, born_s in zip(picture.used["number"], picture.used["born_s"], strict=True):
            assert born.setdefault(int(number), float(born_s)) == born_s
        places = picture.tracks.used[: picture.count]
        assert (np.diff(places) > 0).all()
        assert (np.flatnonzero(picture.tracks.track["stand"]) == places).all()
        assert (picture.tracks.track["number"] > 0).sum() == picture.count
    assert picture.tracks.counts[0] == picture.tracks.counts[2] - picture.tracks.counts[4]


def test_a_full_array_says_so() -> None:
    picture = Picture(radars(4.0), capacity=3)
    picture.take(0.0, seen(0.0, [(50e3 * i, 0) for i in range(4)]))
    assert picture.count == -1


def test_tracks_made_for_other_sensors_are_refused() -> None:
    picture = Picture(radars(4.0))
    picture.stated = radars(4.0, 4.0)
    with pytest.raises(ValueError, match="other sensors"):
        picture.take(0.0)


def test_more_sensors_than_bits_are_refused() -> None:
    with pytest.raises(CapacityError, match="63 sensors"):
        Picture(radars(*[4.0] * 63))


def test_every_setting_is_explained_and_has_a_source() -> None:
    assert list(assumed()) == list(Tuning._fields)
    assert all(meaning and constant.source.cite() for constant, meaning in assumed().values())


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("file", sorted(Path(holdfire.track.__file__).parent.glob("*.py")), ids=lambda f: f.name)
def test_the_tracker_knows_no_truth(file: Path) -> None:
    allowed = (
        "compiled",
        "elementary",
        "errors",
        "messages.layout",
        "messages.plot",
        "messages.track",
        "sources",
        "track",
    )
    reached = [name for name in imports(file) if name.startswith("holdfire")]
    assert [name for name in reached if not name.startswith(tuple(f"holdfire.{part}" for part in allowed))] == []
    assert "origin" not in {
        node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)
    }

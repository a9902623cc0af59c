"""Tracks of several sources fused, and what is written of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.clock import SimulatedClock
from holdfire.errors import InputError
from holdfire.geo.frame import Frame
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import SYSTEM_TRACK
from holdfire.messages.track import SNAPSHOT, Stand
from holdfire.recorded.fuse import fuse, intersected, inverses
from holdfire.recorded.write import geographic, system_tracks, write
from support.draws import uniforms
from support.radars import EPOCH_S

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.layout import Records

DAY_S = 86_400.0
FRAME = Frame(50.0, 10.0)
NOW = SimulatedClock(EPOCH_S + 10 * DAY_S)


def states(*rows: tuple[float, int, float, float]) -> Records:
    """Own tracks (time, number, x, variance) that stand still."""
    out = np.zeros(len(rows), SNAPSHOT)
    out["stand"], out["mode_a"], out["h_m"] = Stand.CONFIRMED, NO_CODE, np.nan
    for record, (time_s, number, x_m, variance) in zip(out, rows, strict=True):
        record["time_s"], record["number"], record["x_m"] = time_s, number, x_m
        record["p"][[0, 4]], record["p"][[7, 9]] = variance, 100.0
    return out


def of_a_system(*rows: tuple[float, int, float]) -> Records:
    """A system's tracks (time, number, x) that stand still, of 50 m."""
    out = np.zeros(len(rows), SYSTEM_TRACK)
    out["mode_a"], out["sigma_m"], out["h_m"], out["vh_m_s"] = NO_CODE, 50.0, np.nan, np.nan
    for record, (time_s, number, x_m) in zip(out, rows, strict=True):
        record["time_s"], record["number"] = time_s, number
        record["lat_deg"], record["lon_deg"] = FRAME.to_geographic(x_m, 0.0)
    return out


def test_a_systems_track_is_fused_or_stays_alone() -> None:
    own = states((10.0, 7, 0.0, 10_000.0), (15.0, 7, 0.0, 10_000.0))
    made = fuse(own, of_a_system((9.0, 3, 300.0), (9.0, 4, 50e3), (14.0, 3, 300.0)), FRAME, np.array([10.0, 15.0]))
    assert made.by.tolist() == [3, 2, 3, 2]
    assert made.history["number"].tolist() == [7, 9, 7, 9]
    # The system's 50 m, a second older, are better than our 100 m in every direction: they are taken.
    assert made.history["x_m"][0] == pytest.approx(300.0)
    assert made.history["p"][0, 0] < 10_000.0
    assert own["x_m"][0] == 0.0


def test_a_speed_that_a_system_does_not_state_stays_unknown(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    theirs = of_a_system((9.0, 3, 300.0), (9.0, 4, 50e3))
    theirs["vx_m_s"] = theirs["vy_m_s"] = np.nan
    made = fuse(states((10.0, 7, 0.0, 10_000.0)), theirs, FRAME, np.array([10.0]))
    assert made.by.tolist() == [3, 2]
    assert np.isfinite(made.history["vx_m_s"]).tolist() == [True, False]
    assert np.isfinite(made.history["x_m"]).all()
    assert np.isfinite(made.history["p"]).all()
    table = tmp_path / write(tmp_path, made, FRAME, EPOCH_S, NOW, simulated=True)[0]
    with duckdb.connect() as own:
        rows = own.sql(f"select vx_m_s, vy_m_s from '{table}' order by track").fetchall()  # noqa: S608
    assert rows[1] == (None, None)
    assert rows[0][0] is not None


def test_a_track_keeps_the_number_under_which_it_was_first_shown() -> None:
    """A system's alone at first, then fused with our own, then alone again."""
    own = states((15.0, 7, 0.0, 10_000.0), (20.0, 7, 0.0, 10_000.0))
    theirs = of_a_system(*[(time_s, 3, 100.0) for time_s in (10.0, 15.0, 20.0, 25.0)])
    made = fuse(own, theirs, FRAME, np.arange(10.0, 30.0, 5.0))
    assert made.by.tolist() == [2, 3, 3, 2]
    assert made.history["number"].tolist() == [8, 8, 8, 8]


def test_tracks_that_part_have_two_numbers() -> None:
    own = states((10.0, 7, 0.0, 10_000.0), (15.0, 7, 0.0, 10_000.0))
    made = fuse(own, of_a_system((10.0, 3, 100.0), (15.0, 3, 9000.0)), FRAME, np.array([10.0, 15.0]))
    assert made.by.tolist() == [3, 1, 2]
    assert made.history["number"].tolist() == [7, 7, 8]


def test_a_system_that_is_silent_is_forgotten_and_one_that_says_so_ended() -> None:
    times_s = np.array([10.0, 20.0, 30.0])
    silent = fuse(states(), of_a_system((9.0, 3, 300.0)), FRAME, times_s)
    assert silent.history["time_s"].tolist() == [10.0, 20.0]
    ended = of_a_system((9.0, 3, 300.0), (12.0, 3, 300.0))
    ended["ended"][1] = 1
    assert fuse(states(), ended, FRAME, times_s).history["time_s"].tolist() == [10.0]


def test_two_addresses_are_two_aircraft() -> None:
    own, other = states((10.0, 7, 0.0, 10_000.0)), of_a_system((10.0, 3, 10.0))
    own["address"], other["address"] = 0xA, 0xB
    assert fuse(own, other, FRAME, np.array([10.0])).by.tolist() == [1, 2]


def test_covariance_intersection_is_consistent_whatever_goes_together() -> None:
    """Errors that are one and the same, not independent: what is stated still covers, where a product would not."""
    first = states(*[(0.0, row, 0.0, 2500.0) for row in range(400)])
    second = first.copy()
    error_m = 50.0 * (12**0.5) * (uniforms(77, (400,)) - 0.5)
    first["x_m"] = second["x_m"] = error_m
    made = intersected(first, second)
    assert (made["x_m"] ** 2 / made["p"][:, 0]).mean() == pytest.approx(1.0, abs=0.1)
    assert np.allclose(inverses(np.array([np.diag([1.0, 2.0, 4.0, 8.0])])), np.diag([1.0, 0.5, 0.25, 0.125]))


def test_places_are_those_of_the_frame() -> None:
    x_m, y_m = (8e5 * (uniforms(name, (40,)) - 0.5) for name in (31, 32))
    for frame in (FRAME, Frame(69.0, 179.5), Frame(-33.0, -70.0)):
        lat_deg, lon_deg = geographic(frame, x_m, y_m)
        true_lat, true_lon = frame.to_geographic(x_m, y_m)
        assert np.abs(lat_deg - true_lat).max() < 1e-6  # a tenth of a metre
        assert np.abs((lon_deg - true_lon + 180) % 360 - 180).max() < 1e-6


def test_three_files_say_the_same_and_of_what(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    from holdfire.feeds.read import read

    made = fuse(states((10.0, 7, 0.0, 400.0), (15.0, 7, 500.0, 400.0)), of_a_system(), FRAME, np.array([10.0, 15.0]))
    made.history["mode_a"], made.history["address"] = 0o0021, 0x00ABCD
    for simulated, origin in ((True, "simulated"), (False, "recorded")):
        names = write(tmp_path / origin, made, FRAME, EPOCH_S, NOW, simulated=simulated)
        table, chart, blocks = (tmp_path / origin / name for name in names)
        with duckdb.connect() as own:  # the module's own connection may hold another test's unread rows
            rows = own.sql(f"select posix_s, squawk, address, height_m, origin, made_by from '{table}'").fetchall()  # noqa: S608
        assert rows[0] == (EPOCH_S + 10.0, "0021", "00abcd", None, origin, "own")
        features = json.loads(chart.read_text())["features"]
        assert [each["properties"]["origin"] for each in features] == [origin]
        assert features[0]["geometry"]["coordinates"][0] == [10.0, 50.0]
        again = read([blocks]).system
        assert again["simulated"].tolist() == [int(simulated)] * 2
        assert again["ended"].tolist() == [0, 1]
        assert again["mode_a"].tolist() == [0o0021] * 2


def test_more_tracks_than_cat062_has_numbers_for_keep_theirs(tmp_path: Path) -> None:
    """One track for each of 16 bits and more: none has the source and number of another."""
    pytest.importorskip("duckdb")
    from holdfire.feeds.read import read

    numbers = np.array([1, 65_535, 65_536, 65_537, 131_073, (1 << 24) - 1])
    made = fuse(
        states(*[(10.0, int(number), 0.0, 400.0) for number in numbers]), of_a_system(), FRAME, np.array([10.0])
    )
    names = write(tmp_path, made, FRAME, EPOCH_S, NOW, simulated=True)
    again = read([tmp_path / names[2]])
    sic = np.array([site.sic for site in again.sites])[again.system["sensor"]]
    assert sorted((sic * 65_536 + again.system["number"]).tolist()) == numbers.tolist()
    many = states(*[(10.0, number, 0.0, 400.0) for number in range(1, 70_001)])
    out = system_tracks(many, (np.full(70_000, 50.0), np.full(70_000, 10.0)), simulated=True)
    assert len(np.unique(np.stack([out["sensor"], out["number"]]), axis=1).T) == 70_000
    made.history["number"][-1] = 1 << 24
    with pytest.raises(InputError, match="track number 16777216 does not fit CAT062, 16777215 does"):
        write(tmp_path / "more", made, FRAME, EPOCH_S, NOW, simulated=True)


def test_young_tracks_are_not_written(tmp_path: Path) -> None:
    made = fuse(states((10.0, 7, 0.0, 400.0)), of_a_system(), FRAME, np.array([10.0]))
    with pytest.raises(InputError, match="no simulation"):
        write(tmp_path, made, FRAME, EPOCH_S, SimulatedClock(EPOCH_S + 3600), simulated=False)
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.setattr("holdfire.recorded.write.NO_CODE", "no number")  # DuckDB will not have it
    made = fuse(states((10.0, 7, 0.0, 400.0)), of_a_system(), FRAME, np.array([10.0]))
    made.history["mode_a"] = 0o1000
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path, made, FRAME, EPOCH_S, NOW, simulated=True)
    assert not (tmp_path / "tracks.parquet").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    made = fuse(states((10.0, 7, 0.0, 400.0)), of_a_system(), FRAME, np.array([10.0]))
    with pytest.raises(InputError, match="name another folder with --out"):
        write(tmp_path / "file", made, FRAME, EPOCH_S, NOW, simulated=False)

"""From recordings to tracks, files and truth: each step on small recordings of made-up radars."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.clock import SimulatedClock
from holdfire.errors import InputError, UnreadableError
from holdfire.feeds.intake import Intake
from holdfire.geo.frame import Frame
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Quarantined, Recording
from holdfire.recorded.embargo import check, check_files, dated, is_simulated
from holdfire.recorded.follow import area, follow
from holdfire.recorded.reports import thinned
from holdfire.recorded.truth import HEADER, read_truth, sampled, within_reach
from support.radars import EPOCH_S, START_S, recorded, site

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

DAY_S = 86_400.0
FRAME = Frame(50.0, 10.0)
ALPHA, BRAVO = site("alpha", 50.0, 8.8), site("bravo", 50.6, 11.2, 2)
NONE = [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]
NOW = SimulatedClock(EPOCH_S + 10 * DAY_S)


def small() -> Recording:
    return recorded([ALPHA, BRAVO], NONE, 500, count=6, duration_s=60.0)


def test_what_is_a_day_old_or_simulated_passes() -> None:
    old = small()
    last_s = EPOCH_S + max(old.polar["time_s"].max(), old.position["time_s"].max())
    check(old, SimulatedClock(last_s + DAY_S))
    with pytest.raises(InputError, match=r"23\.0 h ago: only what is simulated or 24 hours old"):
        check(old, SimulatedClock(last_s + DAY_S - 3600))
    with pytest.raises(InputError, match=r"-1\.0 h ago"):
        check(old, SimulatedClock(last_s - 3600))
    for part in (old.polar, old.position):
        part["simulated"] = 1
    assert is_simulated(old)
    check(old, SimulatedClock(last_s))
    old.polar["simulated"][0] = 0
    assert not is_simulated(old)
    count = len(old.polar) + len(old.position)
    with pytest.raises(
        InputError, match=f"--recorded 2024-05-01; {count - 1} of {count} reports say that they are sim"
    ):
        check(replace(old, epoch_s=float("nan")), SimulatedClock(last_s))


def test_a_recording_without_a_day_needs_its_owners_word() -> None:
    undated = replace(small(), epoch_s=float("nan"))
    with pytest.raises(InputError, match="state it, as --recorded 2024-05-01"):
        check(undated, NOW)
    check(dated(undated, EPOCH_S), NOW)
    with pytest.raises(InputError, match="24 hours old"):
        check(dated(undated, NOW.time_s), NOW)


def test_a_day_stated_beside_files_that_say_theirs_is_not_passed_over() -> None:
    """What a file says is not to be changed: another day is refused, and the same one is said to be no news."""
    with pytest.raises(InputError, match=r"--recorded says 1970-01-01, and a file says 20..-..-..: leave it out"):
        dated(small(), 0.0)
    told = dated(small(), EPOCH_S)
    assert told.epoch_s == EPOCH_S
    assert told.notes[-1] == "Every file says its day: --recorded changes nothing."
    assert dated(small(), None).notes == small().notes
    unsaid = dated(replace(small(), epoch_s=float("nan")), EPOCH_S)
    assert unsaid.notes == (*small().notes, "Times are those of 2020-09-13, as --recorded says.")


def test_a_file_without_a_day_needs_its_owners_word_beside_one_that_has_it() -> None:
    mixed = replace(small(), undated=True)
    with pytest.raises(InputError, match="a file says no day of its own: state it, as --recorded 2024-05-01"):
        check(mixed, NOW)
    check(dated(mixed, EPOCH_S), NOW)
    with pytest.raises(InputError, match="track files of one day together"):
        dated(mixed, EPOCH_S + 86_400.0)


def test_nothing_live_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "live")
    with pytest.raises(InputError, match="nothing that is live"):
        check_files([tmp_path / "live"])
    check_files([tmp_path / "absent"])  # reading says what is wrong with it


def test_six_aircraft_are_six_tracks() -> None:
    """By two radars, biased and freed of it; whether positions are tracked as well or not."""
    crooked = recorded([ALPHA, BRAVO], [(300.0, 0.01, 0.2), (0.0, -0.01, 0.0)], 500, count=6, duration_s=120.0)
    for positions in (True, False):
        made = follow(crooked, 5.0, positions=positions)
        assert len(np.unique(made.history["number"])) == 6
        assert made.sensors == ("alpha", "bravo", *(["ADS-B"] if positions else []))
        taken = np.unique(np.stack([made.fed, made.plot["address"]])[:, made.fed > 0], axis=1)
        assert taken.shape[1] == 6  # no track has two aircraft, and no aircraft two tracks


def test_plots_of_a_radar_that_stands_nobody_knows_where_are_counted() -> None:
    lost = recorded([ALPHA, replace(BRAVO, position_known=False)], NONE, 500, count=3, duration_s=40.0)
    assert follow(lost, 5.0).unplaced == int((lost.polar["sensor"] == 1).sum())


def test_nothing_to_track_is_said() -> None:
    empty = Recording(EPOCH_S, (), np.zeros(0, POLAR), np.zeros(0, POSITION), np.zeros(0, SYSTEM_TRACK))
    with pytest.raises(InputError, match="says where on Earth it is"):
        follow(empty, 5.0)
    with pytest.raises(InputError, match="no system track can be tracked"):
        follow(replace(empty, sites=(ALPHA,)), 5.0)


def test_where_nothing_comes_of_a_file_what_was_refused_is_said_and_why() -> None:
    counts = {"CAT062 blocks": 40, "files": 1, "refused: malformed block": 3, "refused: record that cannot be": 400}
    bad = (
        Quarantined("old.ast", 0, b"", "malformed block: CAT062: a spare field is set"),
        Quarantined("old.ast", 90, b"", "record that cannot be: CAT062: time of day 90000 s is past 86400"),
    )
    none = (np.zeros(0, POLAR), np.zeros(0, POSITION), np.zeros(0, SYSTEM_TRACK))
    nonsense = Recording(EPOCH_S, (), *none, counts, bad)
    with pytest.raises(InputError) as raised:
        follow(nonsense, 5.0)
    assert str(raised.value) == (
        "nothing in the recording says where on Earth it is (read: CAT062 blocks 40; "
        "refused: record that cannot be 400, the first in old.ast at 90: CAT062: time of day 90000 s is past 86400, "
        "malformed block 3, the first in old.ast at 0: CAT062: a spare field is set): "
        "name one with CAT048 and CAT034, CAT062 or CAT021 of an edition that is read, Mode S frames or a table"
    )
    lost = recorded([replace(ALPHA, position_known=False)], NONE[:1], 500, count=3, duration_s=40.0)
    bare = replace(lost, position=none[1], counts={"CAT048 records": 9})
    with pytest.raises(
        InputError, match=r"read: CAT048 records 9; refused: nothing\): add a file that places its radars"
    ):
        follow(bare, 5.0)


def test_files_of_other_days_are_not_tracked_as_one_recording() -> None:
    long = small()
    long.position["time_s"][-1] += 40 * DAY_S
    with pytest.raises(InputError, match=r"spans 40\.0 days, and two are the most"):
        follow(long, 5.0)


def test_an_area_may_lie_across_the_date_line() -> None:
    sites = tuple(replace(ALPHA, lon_deg=lon) for lon in (179.0, -179.0))
    frame = area(replace(small(), sites=sites))
    assert abs(frame.lon_deg) == pytest.approx(180.0)
    assert frame.lat_deg == pytest.approx(50.0, abs=0.05)


def test_positions_are_thinned_by_aircraft() -> None:
    said = np.zeros(6, POSITION)
    said["time_s"], said["address"] = [0.0, 0.5, 1.0, 1.9, 2.0, 2.1], [1, 2, 1, 0, 1, 0]
    assert thinned(said)["time_s"].tolist() == [0.0, 0.5, 1.9, 2.0, 2.1]


def test_two_aircraft_under_one_address_are_both_kept() -> None:
    said = np.zeros(8, POSITION)
    said["time_s"], said["address"] = np.arange(8) * 0.5, 1
    said["lat_deg"][1::2] = 0.5  # 55 km apart
    assert thinned(said)["time_s"].tolist() == [0.0, 0.5, 2.0, 2.5]


def reported(times_s: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> Records:
    """Return positions of one address, each with its height."""
    said = np.zeros(times_s.size, POSITION)
    said["time_s"], said["lat_deg"], said["lon_deg"], said["address"], said["mode_a"] = times_s, lat_deg, 10.0, 1, -1
    said["h_m"], said["sigma_m"], said["simulated"] = 9000.0, 30.0, 1
    return said


def test_two_aircraft_under_one_address_are_two_tracks() -> None:
    times_s = START_S + np.repeat(np.arange(90.0), 2)
    said = reported(times_s, np.tile([50.0, 51.0], 90) + np.repeat(np.arange(90.0), 2) * 0.002)
    followed = follow(Recording(EPOCH_S, (), np.zeros(0, POLAR), said, np.zeros(0, SYSTEM_TRACK)), 10.0)
    late = followed.history[followed.history["time_s"] > START_S + 30.0]
    assert set(np.unique(late["time_s"], return_counts=True)[1].tolist()) == {2}
    assert len(np.unique(late["number"])) == 2


def test_a_report_years_off_is_put_aside_and_the_rest_is_read() -> None:
    times_s = EPOCH_S + START_S + np.arange(60.0)
    times_s[30] += 2 * 365 * 86_400.0
    intake = Intake(dated=True)
    intake.position = [tuple(row) for row in reported(times_s, np.full(60, 50.0)).tolist()]
    made = intake.recording()
    assert (len(made.position), made.epoch_s, made.counts["refused: time"]) == (59, EPOCH_S, 1)
    assert made.quarantined[0].reason == "time: +730.0 days from the others"
    intake.position[:10] = [(float(row[0]) + 1e8, *row[1:]) for row in intake.position[:10]]
    assert len(intake.recording().position) == 60  # too many to be mistakes: whoever tracks them is told the span


def test_a_table_of_truth(tmp_path: Path) -> None:
    """Seconds since 1970 or of the recording's day; between two reports a straight line, and nothing across a gap."""
    path = tmp_path / "truth.csv"
    rows = [(0, "N1", 50.0, 10.0), (10, "N1", 50.0, 10.1), (100, "N1", 50.0, 11.0), (0, "glider", 51.0, 10.0)]
    for epoch_s in (EPOCH_S, 0.0):
        lines = [f"{epoch_s + START_S + t:.1f},{name},{lat},{lon}," for t, name, lat, lon in rows]
        path.write_text("\n".join([HEADER, *lines]) + "\n")
        true = sampled(read_truth(path, EPOCH_S), FRAME, START_S + np.arange(0.0, 105.0, 5.0))
        assert (true["time_s"] - START_S).tolist() == [5.0, 10.0]
        assert true["x_m"] == pytest.approx(FRAME.to_local(np.full(2, 50.0), np.array([10.05, 10.1]))[0], abs=1.0)
        assert true["mode_a"].tolist() == [NO_CODE, NO_CODE]


def test_a_table_of_truth_may_be_in_gzip(tmp_path: Path) -> None:
    rows = [f"{START_S + t},N{t % 7},50.0,10.0,\n" for t in range(4000)]
    text = "".join([HEADER, "\n", *rows])
    plain, packed, short, damaged = (tmp_path / name for name in ("a.csv", "a.csv.gz", "b.csv.gz", "c.csv.gz"))
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    for one, other in zip(read_truth(plain, EPOCH_S), read_truth(packed, EPOCH_S), strict=True):
        np.testing.assert_array_equal(one, other)
    short.write_bytes(packed.read_bytes()[: packed.stat().st_size // 2])
    with pytest.raises(
        InputError, match=r"b\.csv\.gz: gzip ends early: a truth is read whole or not at all, pack it again"
    ):
        read_truth(short, EPOCH_S)
    damaged.write_bytes(packed.read_bytes()[:20] + bytes(100))
    with pytest.raises(InputError, match=r"c\.csv\.gz: gzip is damaged.*: a truth is read whole or not at all"):
        read_truth(damaged, EPOCH_S)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEADER}\n0,{'N' * 2_000_000},50,10,\n", r":2: this is no row of a table \(field larger"),
        (f"{HEADER}\n1,a,ten,10,\n", r"truth.csv:2: \['1', 'a', 'ten', '10', ''\] is no place"),
        (f"{HEADER}\n1,a\n", "truth.csv:2: .* is no place"),
        (f"{HEADER}\n1,a,95,10,\n", "truth.csv:2: 95.0, 10.0 at 1.0 is not on Earth"),
        (f"{HEADER}\n", "has no row under its header"),
        ("a,b\n1,2\n", "has no positions that aircraft report"),
    ],
)
def test_bad_tables_are_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=says):
        read_truth(path, EPOCH_S)


def test_a_recording_as_truth_is_whole_or_says_what_is_not_read(tmp_path: Path) -> None:
    """One in gzip that ends early is none; of one with a row that is no place, the figures say so."""
    rows = [f"{EPOCH_S + t:.0f},4ca001,50.{t:03},10.0,200,0,ME,False,1001,9000\n" for t in range(900)]
    table = "time,icao24,lat,lon,velocity,heading,callsign,onground,squawk,baroaltitude\n" + "".join(rows)
    whole, short, bad = (tmp_path / name for name in ("whole.csv.gz", "short.csv.gz", "bad.csv"))
    whole.write_bytes(gzip.compress(table.encode()))
    true = read_truth(whole, EPOCH_S)
    assert (len(true.time_s), true.notes) == (900, ())
    short.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(InputError, match=r"short\.csv\.gz: gzip ends early: a truth is read whole or not at all"):
        read_truth(short, EPOCH_S)
    bad.write_text(table.replace("50.004", "fifty"))
    true = read_truth(bad, EPOCH_S)
    assert len(true.time_s) == 899
    (note,) = true.notes
    assert note.startswith("Of bad.csv, refused: ")
    assert note.endswith(" 1: tracks of what was there may count as false.")
    two = tmp_path / "two.csv.gz"
    two.write_bytes(gzip.compress(table[:20_000].encode()) + b"\x20" + gzip.compress(table[20_000:].encode())[1:])
    with pytest.raises(
        InputError, match=r"two\.csv\.gz: gzip is damaged: what follows is no gzip: a truth is read whole"
    ):
        read_truth(two, EPOCH_S)
    whole.write_bytes(whole.read_bytes() + bytes(512))
    assert len(read_truth(whole, EPOCH_S).time_s) == 900


def test_radars_that_damage_makes_up_do_not_count() -> None:
    """Seventy of no place, of one plot each: what is tracked is the same, by number, squawk and place."""
    whole = small()
    made_up = np.repeat(whole.polar[-1:], 70)
    made_up["sensor"] = 2 + np.arange(70)
    nowhere = tuple(replace(whole.sites[0], name=f"{n}", position_known=False) for n in range(70))
    both = replace(whole, sites=(*whole.sites, *nowhere), polar=np.concatenate([whole.polar, made_up]))
    expected, found = follow(whole, 5.0), follow(both, 5.0)
    np.testing.assert_array_equal(found.history, expected.history)
    assert found.unplaced == expected.unplaced + 70
    crowd = replace(both, sites=tuple(replace(one, position_known=True) for one in both.sites))
    with pytest.raises(InputError, match="73 sensors have plots: the tracker tells 62 apart; track fewer files"):
        follow(crowd, 5.0)


def test_an_absent_truth_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_truth(tmp_path / "none.csv", EPOCH_S)


def test_truth_beyond_every_radar_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    rows = [f"{START_S + t},{name},{lat},8.8,\n" for name, lat in (("near", 50.1), ("far", 58.0)) for t in (0, 20)]
    path.write_text(f"{HEADER}\n" + "".join(rows))
    true = sampled(read_truth(path, EPOCH_S), FRAME, np.array([START_S + 5.0]))
    assert len(true) == 2
    assert within_reach(true, small(), FRAME)["aircraft"].tolist() == [0]

"""`holdfire track` from the command line: what it prints, what it writes, and what it refuses in one line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.cli.main import run
from holdfire.clock import WallClock, format_utc

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")
pytest.importorskip("duckdb", reason="DuckDB is not installed: it comes with the extra study")


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    assert run(["track", *arguments, "--json"]) == status
    return json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_scene_that_ships_is_tracked(capsys: pytest.CaptureFixture[str]) -> None:
    """Eight aircraft, two radars, truth from a table; the figures are those of a scene without trouble."""
    made = told(capsys, "radars.ast", "frames.jsonl.gz", "--truth", "frames.jsonl.gz")
    assert (made["document"], made["origin"], made["tracks"]["tracks"]) == ("track", "simulated", 8)
    figures = {figure["name"]: figure for figure in made["measured"]["figures"]}
    assert figures["completeness"]["value"] > 0.97
    assert figures["ambiguity"]["value"] == pytest.approx(1.0, abs=0.01)
    assert figures["spuriousness"]["value"] < 0.02
    assert figures["ID switches"]["value"] == 0.0
    assert 20 < figures["horizontal position RMS error"]["value"] < 100
    assert figures["GOSPA"]["low"] < figures["GOSPA"]["value"] < figures["GOSPA"]["high"]
    assert (made["measured"]["c_m"], made["measured"]["p"], made["measured"]["alpha"]) == (1000.0, 2.0, 2.0)
    assert made["tracks"]["address_purity"]["value"] == 1.0
    assert [radar["azimuth_rad"]["told"] for radar in made["registration"]["radars"]] == [True, True]
    assert made["registration"]["alarms"] == []


def test_files_and_page_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["track", "system.ast", "--out", "picture", "--html", "page.html"]) == 0
    shown = capsys.readouterr().out
    assert "a system's alone: 8" in shown
    assert "simulated, and each says so" in shown
    assert sorted(path.name for path in (tmp_path / "picture").iterdir()) == [
        "tracks.cat062", "tracks.geojson", "tracks.parquet",
    ]  # fmt: skip
    assert "<!doctype html>" in (tmp_path / "page.html").read_text()


def test_own_tracks_are_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    """What is written as CAT062 is a recording like any other."""
    assert run(["track", "radars.ast", "--out", "picture"]) == 0
    capsys.readouterr()
    again = told(capsys, "picture/tracks.cat062")
    assert (again["origin"], again["tracks"]["tracks"]) == ("simulated", 8)


def test_a_turned_radar_is_shouted_and_is_status_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The radars that ship, with the azimuths of the first turned by 107 degrees in its own bytes."""
    from holdfire.feeds.read import read
    from holdfire.recorded.shipped import SHELF
    from support.radars import turned

    (tmp_path / "turned.ast").write_bytes(turned((SHELF / "radars.ast").read_bytes(), 107.0))
    assert len(read([tmp_path / "turned.ast"]).polar) == len(read([SHELF / "radars.ast"]).polar)
    assert run(["track", "turned.ast", "frames.jsonl.gz"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("WARNING: RADAR 2/11 IS MISALIGNED: its azimuth is out by +107.0 degrees")
    assert "8 tracks in" in "\n".join(lines)  # freed of it, they are where they were


MORNING_S = 1_578_469_530.0
"""07:45:30 on a day of 2020: a minute that ends here has the full minute, a frame, in its middle."""


def one_aircraft(path: Path, last_s: float) -> None:
    """Positions of one aircraft in the minute that ends then."""
    times = last_s - np.arange(60.0)[::-1]
    rows = [f"{t:.0f},4ca001,50.{n:03},10.0,200,0,ME,False,1001,9000" for n, t in enumerate(times)]
    path.write_text(
        "\n".join(["time,icao24,lat,lon,velocity,heading,callsign,onground,squawk,baroaltitude", *rows, ""])
    )


@pytest.mark.parametrize("age_s", [10.0, 86_000.0])
def test_what_is_younger_than_a_day_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], age_s: float
) -> None:
    one_aircraft(tmp_path / "young.csv", WallClock().now_s() - age_s)
    assert run(["track", "young.csv", "--out", "picture"]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "only what is simulated or 24 hours old is tracked and exported" in said.err
    assert not (tmp_path / "picture").exists()


def test_what_is_older_than_a_day_is_tracked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one_aircraft(tmp_path / "old.csv", WallClock().now_s() - 87_000.0)
    made = told(capsys, "old.csv")
    assert (made["tracks"]["tracks"], made["origin"]) == (1, "recorded")
    assert "Mode S frames and tables that do not say `simulated` are taken for recorded." in made["read"]["notes"]


def test_simulated_plots_beside_positions_that_do_not_say_so_are_taken_for_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import gzip

    from holdfire.recorded.shipped import SHELF

    lines = gzip.decompress((SHELF / "frames.jsonl.gz").read_bytes()).replace(b', "simulated": true', b"")
    (tmp_path / "silent.jsonl").write_bytes(lines)
    made = told(capsys, "radars.ast", "silent.jsonl")
    assert made["origin"] == "recorded"
    assert "1172 of 4044 reports say that they are simulated; all are taken for recorded." in made["read"]["notes"]


def test_the_association_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    scene = ("radars.ast", "frames.jsonl.gz", "--truth", "truth.csv.gz")
    hard, soft = told(capsys, *scene), told(capsys, *scene, "--association", "soft")
    assert (hard["association"], soft["association"]) == ("hard", "soft")
    values = [[figure["value"] for figure in one["measured"]["figures"]] for one in (hard, soft)]
    assert values[0] != values[1]
    assert values[1] == pytest.approx(values[0], rel=0.01)  # eight aircraft far apart: hardly a plot to share
    assert run(["track", "radars.ast", "--association", "soft"]) == 0
    assert "shared out by chance (soft association)" in capsys.readouterr().out


def test_late_plots_are_waited_for_as_long_as_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One plot is moved behind thirty of its file: without a bound it is put in its place, within 1 s it is lost."""
    from holdfire.recorded.late import LATE
    from holdfire.recorded.shipped import SHELF
    from support.radars import ahead, delayed

    (tmp_path / "late.ast").write_bytes(delayed((SHELF / "radars.ast").read_bytes(), 400, 30))
    within = told(capsys, "radars.ast", "--delay", "1")
    assert (within["delay_s"], within["read"]["polar"], within["read"]["counts"][LATE]) == (1.0, 1172, 0)
    waited, lost = told(capsys, "late.ast"), told(capsys, "late.ast", "--delay", "1")
    assert (waited["delay_s"], waited["read"]["polar"], waited["tracks"]) == (None, 1172, within["tracks"])
    assert (lost["read"]["polar"], lost["read"]["counts"][LATE]) == (1171, 1)
    (tmp_path / "ahead.ast").write_bytes(ahead((SHELF / "radars.ast").read_bytes(), 400, 3600))
    wrong = told(capsys, "ahead.ast", "--delay", "1")  # one time that is an hour ahead makes no other late
    assert (wrong["read"]["polar"], wrong["read"]["counts"][LATE]) == (1172, 0)
    again = told(capsys, "late.ast", "radars.ast", "--delay", "1")  # a file is late against itself alone
    assert again["read"]["counts"][LATE] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "no recording is named"),
        (["none.pcap"], "none.pcap cannot be read"),
        (["radars.ast", "--truth", "none.csv"], "none.csv cannot be read"),
        (["radars.ast", "--truth", "radars.ast"], "has no positions that aircraft report"),
        (
            ["frames.jsonl.gz", "--truth", "frames.jsonl.gz"],
            "is the truth, so its positions are not tracked, and no file",
        ),
        (["radars.ast", "--every", "0"], "a state every 0 s is asked: ask for 0.5 to 60 s"),
        (["radars.ast", "--delay", "-1"], "a delay of -1 s is asked: ask for 0 to 600 s"),
        (["radars.ast", "--delay", "nan"], "a delay of nan s is asked: ask for 0 to 600 s"),
        (["radars.ast", "--recorded", "yesterday"], "'yesterday' is no day: write it as 2024-05-01"),
        (["radars.ast", "--truth", "far.csv"], "far.csv has no time in common with the recording: it spans 0 to 5 s"),
        (
            ["noise.bin"],
            "noise.bin holds no plot, position or track (read: nothing; refused: bytes that are no block 1,",
        ),
        (
            ["truth.csv.gz", "--truth", "truth.csv.gz"],
            "truth.csv.gz is the truth, so its positions are not tracked",
        ),
        (["empty"], "empty holds no plot, position or track (read: nothing; refused: nothing): name one with"),
        (["a" * 300], "cannot be read (File name too long): name a recording"),
        (["radras.ast"], "radras.ast is not there: did you mean 'radars.ast'?"),
        (["radars.ast", "--truth", "noize.bin"], "noize.bin is not there: did you mean 'noise.bin'?"),
        (["."], ". is a folder: name the files in it"),
        (["pipe"], "nothing that is live"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "far.csv").write_text("time_s,id,lat,lon,alt_m\n0,a,45,-20,\n5,a,45,-20,\n")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    assert run(["track", *arguments]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert says in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--asociation", "soft"], "Unknown option: --asociation. Did you mean --association?"),
        (["--association", "sotf"], 'Choose from: "hard", "soft". Did you mean "soft"?'),
        (["--every", "soon"], 'Invalid value for --every: unable to convert "soon" into float.'),
    ],
)
def test_a_wrong_option_names_the_help_of_this_command(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert run(["track", "radars.ast", *arguments]) == 2
    said = capsys.readouterr().err.splitlines()
    assert says in said[0]
    assert said[1:] == ["Try: holdfire track --help"]


def test_one_of_each_is_said_as_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    one_aircraft(tmp_path / "one.csv", MORNING_S)
    (tmp_path / "truth.csv").write_text((tmp_path / "one.csv").read_text() + "\n")  # the same file is not tracked
    assert run(["track", "one.csv", "--every", "60", "--truth", "truth.csv"]) == 0
    shown = capsys.readouterr().out
    assert "1 track in 1 frame\n" in shown
    assert "1 aircraft, 1 track, 1 frame\n" in shown
    assert all(word in shown for word in ("too few: 1 minute ", "too few: 1 aircraft "))


def test_a_stated_day_is_said_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The radars say no day, the frames do."""
    stated = told(capsys, "radars.ast", "--recorded", "2020-01-08")
    assert stated["read"]["notes"] == ["Times are those of 2020-01-08, as --recorded says."]
    without = told(capsys, "radars.ast")
    assert without["read"]["notes"] == ["No file says its day: times are seconds of a day that is not known."]
    known = told(capsys, "truth.csv.gz", "--recorded", "2025-03-01")
    assert "Every file says its day: --recorded changes nothing." in known["read"]["notes"]
    assert run(["track", "truth.csv.gz", "--recorded", "2020-01-08"]) == 2
    assert "--recorded says 2020-01-08, and a file says 2025-03-01: leave it out" in capsys.readouterr().err


def test_a_day_in_the_future_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Real plots without a day: their owner may say it, and may not say one that has not passed."""
    from holdfire.recorded.shipped import SHELF
    from support.radars import as_if_real

    (tmp_path / "real.ast").write_bytes(as_if_real((SHELF / "radars.ast").read_bytes()))
    assert run(["track", "real.ast"]) == 2
    assert "no file says the day" in capsys.readouterr().err
    assert run(["track", "real.ast", "--recorded", format_utc(WallClock().now_s())[:10]]) == 2
    assert "24 hours old" in capsys.readouterr().err
    assert told(capsys, "real.ast", "--recorded", "2020-01-08")["origin"] == "recorded"

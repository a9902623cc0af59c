"""Tables read back, compared and traced; and the commands that do it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest
from rich.console import Console

from holdfire.cli import run as run_command
from holdfire.cli.compare import compare_, show
from holdfire.cli.run import run_
from holdfire.cli.trace import trace_
from holdfire.errors import InputError, UnknownNameError, UnreadableError
from holdfire.messages.score import FIGURES
from holdfire.study.compare import compare
from holdfire.study.figures import GROUPS, TABLE
from holdfire.study.naming import aircraft_names
from holdfire.study.results import load, places_of
from holdfire.study.run import Request, run_study
from support.fake_engine import FakeEngine, subject

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("it's here") / "results"
    run_study(subject(), Request(made, 40, seed=3, workers=1))
    return made


def test_every_figure_has_words_and_a_group() -> None:
    assert sorted(figure.name for figure in TABLE) == sorted(FIGURES)
    assert {figure.group for figure in TABLE} == set(GROUPS)


def test_tables_hold_what_the_engine_told(folder: Path) -> None:
    engine = FakeEngine(subject().data, tuple(subject().options))
    results = load(folder)
    for replication in (0, 17, 39):
        for night in engine.rehearse(3, replication):
            assert results.digests[night.option][replication] == night.digest
            kept = dict(zip(FIGURES, results.figures[night.option][replication], strict=True))
            assert kept == pytest.approx(dict(night.figures), nan_ok=True)
            rows = duckdb.execute(
                "SELECT name, aircraft, part, platform, cause, left_s FROM read_parquet(?) "
                "WHERE option = ? AND replication = ?",
                [str(folder / "aircraft.parquet"), night.option, replication],
            ).fetchall()
            assert [row[1] for row in rows] == night.aircraft["aircraft"].tolist()
            assert rows[-1][2:] == ("airliner", "a320", "none", np.inf)
            assert rows[0][2:4] == ("intruder", "gerbera")
    counted = duckdb.execute(
        "SELECT count(*), min(what) FROM read_parquet(?)", [str(folder / "events.parquet")]
    ).fetchone()
    assert counted is not None
    assert counted[0] > 0
    assert counted[1] == "entered"


def test_beside_the_tables_stands_what_checks_them(folder: Path) -> None:
    assert (folder / "scenario.yaml").read_text() == "id: fake-night\n"
    assert json.loads((folder / "bibliography.json").read_text()) == ["A paper, 1934, [official]"]
    assert json.loads((folder / "assumptions.json").read_text())[0]["place"] == "looks.by_night"


def test_intruders_are_named_by_line_and_ordinal() -> None:
    part, line = np.array([1, 0, 0, 0]), np.array([0, 1, 0, 1])
    assert aircraft_names(part, line, np.array([0, 1, 5, 0]), np.array([7, 8, 9, 12345])) == [
        "A0007",
        "D03",
        "D01",
        "D02",
    ]


def test_the_comparison_has_every_figure_of_every_option(folder: Path) -> None:
    made = compare(load(folder))
    figures = {figure["name"]: figure for group in made["groups"] for figure in group["figures"]}
    assert set(figures) == set(FIGURES)
    assert made["base"] == "as-was"
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    entered = figures["entered"]["options"]["visual"]
    assert entered["differing"] == 0
    assert entered["against_base"]["difference"]["share_below"] == pytest.approx(1 - 0.05 ** (1 / 40))
    stopped = figures["stopped"]["options"]
    assert stopped["as-was"]["against_base"] is None
    assert stopped["visual"]["against_base"]["difference"]["low"] > 0
    assert stopped["visual"]["against_base"]["difference"]["variance_ratio"] < 0.5
    civil = figures["wrongful_civil"]["options"]
    assert civil["as-was"]["nights_with_any"]["low"] is None
    assert civil["visual"]["against_base"]["ratio"]["above"] is not None
    assert figures["border_to_track_min"]["options"]["as-was"]["estimate"]["n"] < 40


def test_another_base_turns_differences_round(folder: Path) -> None:
    forth, back = compare(load(folder)), compare(load(folder), "visual")
    assert [option["id"] for option in back["options"]] == ["visual", "as-was", "radar-permitted"]

    def difference(made: dict[str, Any], option: str) -> float:
        stopped = next(each for group in made["groups"] for each in group["figures"] if each["name"] == "stopped")
        return float(stopped["options"][option]["against_base"]["difference"]["value"])

    assert difference(forth, "visual") == -difference(back, "as-was")
    with pytest.raises(UnknownNameError, match="did you mean 'visual'"):
        compare(load(folder), "visuaal")


def test_the_comparison_is_readable_at_80_columns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_(folder) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    lines = [line.rstrip() for line in printed.splitlines()]
    assert lines[1] == "40 nights under each of 3 options, seed 3"
    assert lines.index("Assumed: 2 numbers that no public source gives") < lines.index("At a glance")
    for said in ("none in 40: below 7.2 %", "all alike", "not the rules in force", "ratio to as-was"):
        assert said in printed


def test_no_heading_or_number_of_the_first_table_is_broken_at_80_columns(folder: Path) -> None:
    made = compare(load(folder))
    long = "armed-surveillance-drones+unarmed-surveillance-drones~reaction"
    renamed = json.loads(json.dumps(made).replace('"visual"', f'"{long}"'))
    page = io.StringIO()
    show(Console(width=80, file=page), renamed, None)
    printed = "\n".join(line.rstrip() for line in page.getvalue().splitlines())
    table = printed.partition("At a glance")[2].partition("\n\n")[2].partition("\n\n")[0]
    heading, _, *rows = (line.split() for line in table.splitlines())
    assert heading == ["mean", "a", "night", "entered", "tracked", "met", "engaged", "stopped", "arrived"]
    assert [row[0] for row in rows if len(row) == 1] == ["unarmed-surveillance-drones", "~reaction"]
    assert all(len(row) in {1, 7} for row in rows)


def test_the_comparison_is_one_json_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_(folder, json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["document"] == "comparison"
    assert document["nights"] == 40


def test_results_that_are_not_finished_or_damaged_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text((folder / "manifest.json").read_text())
    with pytest.raises(InputError, match="is not finished"):
        load(tmp_path)
    (tmp_path / "nights.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableError, match="cannot be read"):
        load(tmp_path)
    text = json.loads((folder / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**text, "replications": 50}))
    (tmp_path / "nights.parquet").write_bytes((folder / "nights.parquet").read_bytes())
    with pytest.raises(InputError, match="lacks nights of option 'as-was'"):
        load(tmp_path)


def test_a_story_is_told_and_held_against_the_results(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trace_(folder, option="visual", replication=17, aircraft="d01") == 0
    printed = capsys.readouterr().out
    assert "D01 in replication 17 under visual" in printed
    assert "21:45:00Z what is permitted changed" in printed
    assert "engage permitted, by authority of air-operations-commander" in printed
    assert "missing: radar-permitted: RP-1: airspace is own (unknown)" in printed
    assert "This replay is not the night" not in printed
    place = places_of(folder, "visual", 17)["D01"]
    assert trace_(folder, option="visual", replication=17, aircraft=f"A{place:04}", json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["aircraft"], document["place"], document["same_as_kept"]) == ("D01", place, True)
    assert document["entries"][1]["permitted"][0]["action"] == "engage"


@pytest.mark.parametrize(
    ("option", "replication", "aircraft", "said"),
    [
        ("visuaal", 0, "D01", "did you mean 'visual'"),
        ("visual", 40, "D01", "give 0 to 39"),
        ("visual", -1, "D01", "give 0 to 39"),
        ("visual", 0, "D77", "no aircraft of that night is called 'D77'"),
    ],
)
def test_who_was_not_there_has_no_story(folder: Path, option: str, replication: int, aircraft: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        trace_(folder, option=option, replication=replication, aircraft=aircraft)


def test_run_begins_and_continues_with_what_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def about(_scenario: str, options: str | None) -> Any:
        asked.append(options)
        return subject()

    monkeypatch.setattr(run_command, "about", about)
    assert run_("night", replications=3, seed=9, workers=1, out=tmp_path) == 0
    assert "fake-night: 3 replications under each of 3 options" in capsys.readouterr().out
    assert run_("night", replications=5, workers=1, out=tmp_path, resume=True, json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["seed"], document["replications"]) == ("run", 9, 5)
    assert asked == [None, "as-was,radar-permitted,visual"]

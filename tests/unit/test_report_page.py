"""The report of a study whose nights no engine can film: whole, unfinished, damaged; its page and its bounds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest

from holdfire.cli.main import run as command
from holdfire.cli.report import can_show
from holdfire.errors import CapacityError, InputError, UnreadableError
from holdfire.messages.score import FIGURES
from holdfire.report import page as pages
from holdfire.report.kept import Fate, keep
from holdfire.report.nights import Choice, chosen, named
from holdfire.report.write import write
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from support.fake_engine import subject
from support.recomputed import assert_follows, student

if TYPE_CHECKING:
    from pathlib import Path

SHELL = "<html><title><!--holdfire:title--></title><body>\n<!--holdfire:data-->\n</body></html>"


@pytest.fixture(autouse=True)
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "shell", lambda: SHELL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "results"
    run_study(subject(), Request(made, 20, seed=3, workers=1))
    return made


def report_in(path: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="report">(.*?)</script>', path.read_text(), re.DOTALL)
    assert found
    read = json.loads(found[1])
    assert isinstance(read, dict)
    return read


def test_every_mean_on_the_page_is_that_of_the_table(folder: Path, tmp_path: Path) -> None:
    write(folder, tmp_path / "page.html")
    report = report_in(tmp_path / "page.html")
    assert report["state"] == "finished"
    figures = {each["name"]: each for group in report["comparison"]["groups"] for each in group["figures"]}
    assert set(figures) == set(FIGURES)
    rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(folder / "nights.parquet")]).fetchnumpy()
    for name, figure in figures.items():
        for option in report["options"]:
            sample = np.ma.filled(np.ma.asarray(rows[name][rows["option"] == option["id"]], np.float64), np.nan)
            told = figure["options"][option["id"]]
            if figure["reading"] == "mean":
                assert told["estimate"]["value"] == pytest.approx(sample.mean())
            elif figure["reading"] == "rare":
                assert told["nights_with_any"]["k"] == np.count_nonzero(sample)
                assert told["total"] == pytest.approx(sample.sum())
            else:
                assert told["estimate"]["value"] == pytest.approx(np.nanmedian(sample))


def test_every_number_of_the_comparison_on_the_page_follows_from_the_table(folder: Path, tmp_path: Path) -> None:
    assert student(19) == pytest.approx(2.093024054)  # from tables
    write(folder, tmp_path / "page.html")
    seen = assert_follows(report_in(tmp_path / "page.html")["comparison"], folder)
    assert set(seen) == {"mean", "median", "rare", "rank"}


def test_a_number_that_does_not_follow_is_found(folder: Path, tmp_path: Path) -> None:
    write(folder, tmp_path / "page.html")
    made = report_in(tmp_path / "page.html")["comparison"]
    of = {each["name"]: each["options"]["visual"] for group in made["groups"] for each in group["figures"]}
    for told, field in (
        (of["border_to_track_min"]["estimate"], "low"),
        (of["stopped"]["against_base"]["difference"], "high"),
        (of["wrongful_civil"]["against_base"]["ratio"], "above"),
        (of["peak_rung_own"]["against_base"]["shift"]["higher"], "high"),
        (of["entered"]["against_base"]["difference"], "share_below"),
    ):
        kept, told[field] = told[field], told[field] * 1.001
        with pytest.raises(AssertionError, match=field):
            assert_follows(made, folder)
        told[field] = kept


def test_what_was_not_tried_names_the_folder(folder: Path, tmp_path: Path) -> None:
    write(folder, tmp_path / "report.html")
    told = [each["flips"] for each in report_in(tmp_path / "report.html")["sentences"]]
    assert any(f"holdfire stress {folder}" in each for each in told)
    assert not any("RESULTS" in each for each in told)


def test_the_same_results_give_the_same_page(folder: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write(folder, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_nothing_in_a_report_ends_its_script(folder: Path, tmp_path: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scenario"]["title"] = "</script><b>&"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    write(folder, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text()
    assert text.count("</script>") == 1
    assert "<title>&lt;/script&gt;&lt;b&gt;&amp;: holdfire report</title>" in text
    assert report_in(tmp_path / "page.html")["scenario"]["title"] == "</script><b>&"


def test_an_engine_that_films_nothing_leaves_a_page_that_says_so(folder: Path, tmp_path: Path) -> None:
    written = write(folder, tmp_path / "page.html")
    assert written.nights == ()
    assert any("cannot be played: this engine films nothing" in problem for problem in written.problems)


def test_a_stopped_study_shows_the_nights_up_to_the_first_gap(folder: Path, tmp_path: Path) -> None:
    whole = load(folder)
    for name in ("nights", "aircraft", "events"):
        (folder / f"{name}.parquet").unlink()
    (folder / "chunks" / "00001.npz").unlink()
    kept = keep(folder)
    assert kept.state == "unfinished"
    assert kept.results is not None
    for option, figures in kept.results.figures.items():
        assert np.array_equal(figures, whole.figures[option][:10], equal_nan=True)
        assert kept.results.digests[option] == whole.digests[option][:10]
    write(folder, tmp_path / "page.html")
    report = report_in(tmp_path / "page.html")
    assert report["nights"] == report["comparison"]["nights"] == 10
    assert any("holdfire run … --resume" in problem for problem in report["problems"])
    assert any(problem.startswith("10 of 20 nights") for problem in report["problems"])


def test_fates_are_the_same_from_chunks_as_from_tables(folder: Path) -> None:
    whole = keep(folder).fates
    assert {fate.engaged for fate in whole} == {"fired at", "disrupted", ""}
    (folder / "nights.parquet").unlink()
    assert sorted(keep(folder).fates) == sorted(whole)


@pytest.mark.parametrize("name", ["nights.parquet", "aircraft.parquet"])
def test_a_damaged_table_is_told_and_chunks_are_shown(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).write_bytes(b"PAR1")
    write(folder, tmp_path / "page.html")
    report = report_in(tmp_path / "page.html")
    assert report["state"] == "broken"
    assert f"{name} cannot be read" in report["problems"][0]
    assert report["comparison"]["nights"] == 20


def test_a_damaged_chunk_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "events.parquet").unlink()
    (folder / "nights.parquet").unlink()
    (folder / "chunks" / "00000.npz").write_bytes(b"no")
    write(folder, tmp_path / "page.html")
    report = report_in(tmp_path / "page.html")
    assert report["state"] == "broken"
    assert report["comparison"] is None
    assert any("00000.npz is damaged: nights 0 to 9 are lost" in problem for problem in report["problems"])
    assert any("there is nothing to compare yet" in problem for problem in report["problems"])


def test_what_is_no_study_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableError, match="holds no results"):
        write(tmp_path, tmp_path / "page.html")
    (tmp_path / "manifest.json").write_text('{"document": "manifest"}')
    with pytest.raises(InputError, match=r"manifest.json lacks scenario, .*: name the folder"):
        write(tmp_path, tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()
    assert command(["report", str(tmp_path), "--out", str(tmp_path / "page.html")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_page_above_the_budget_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "BUDGET_MB", 0.001)
    with pytest.raises(CapacityError, match=r"would take 0\.\d MB and may take 0\.001: name fewer nights .*--nights 0"):
        write(folder, tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_a_shell_that_was_not_built_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(InputError, match="is not there: build the page"):
        pages.shell(tmp_path / "page.html")
    (tmp_path / "page.html").write_text(SHELL.replace("<!--holdfire:data-->", ""))
    with pytest.raises(InputError, match="has 0 times <!--holdfire:data-->"):
        pages.shell(tmp_path / "page.html")


def fate(option: str, replication: int, name: str, status: str, cause: str = "") -> Fate:
    engaged = "disrupted" if status == "disrupted" else "fired at" if cause else ""
    return Fate(option, replication, name, 0, name.startswith("D"), status, cause, engaged)


def test_nights_are_chosen_by_what_differs(folder: Path) -> None:
    results = load(folder)
    fates = [
        fate("as-was", 2, "D01", "fell"), fate("visual", 2, "D01", "shot_down"), fate("as-was", 2, "D02", "fell"),
        fate("as-was", 5, "D01", "fell"), fate("visual", 5, "D01", "shot_down"),
        fate("visual", 7, "A0300", "landed", "wrong-look"), fate("as-was", 4, "A0300", "landed", "rule"),
    ]  # fmt: skip
    why = chosen(results, fates)
    assert list(why)[:2] == [2, 4]
    most = "the night over which most options part: intruders brought to another end under some of them only: 1"
    assert why[2].startswith(most)
    assert why[4] == "a night in which somebody was wrongly fired at: A0300 under as-was (rule)"
    stopped = np.sort(results.figures["as-was"][:, FIGURES.index("stopped")])
    median = next(text for text in why.values() if "the median night" in text)
    assert median.endswith(f": {stopped[9]:g}")
    assert len(chosen(results, [])) == 1


def test_a_drone_disrupted_under_one_option_alone_parts_two_and_was_not_fired_at(folder: Path) -> None:
    fates = [
        fate("as-was", 2, "D01", "fell"), fate("visual", 2, "D01", "arrived"),
        fate("as-was", 5, "D01", "disrupted"), fate("visual", 5, "D01", "fell"),
        fate("as-was", 6, "F01", "disrupted", "rule"), fate("visual", 6, "F01", "fell"),
    ]  # fmt: skip
    why = chosen(load(folder), fates)
    assert list(why)[:2] == [5, 6]
    assert why[5].startswith("the night over which most options part: intruders engaged under some of them only: 1")
    assert why[6].startswith("a night in which somebody was wrongly disrupted: F01 under as-was (rule)")


def test_nights_are_chosen_until_every_pair_of_options_that_parts_is_shown(folder: Path) -> None:
    shot = {(3, "D01"): "ab", (4, "D01"): "abc", (4, "D02"): "abc", (6, "D07"): "b", (8, "D02"): "b"}
    fates = [
        Fate(option, night, name, 0, True, "fell", "", "fired at" if option in by else "")  # noqa: FBT003
        for (night, name), by in shot.items()
        for option in "abcd"
    ]
    why = chosen(load(folder), fates)
    assert list(why)[:3] == [3, 4, 6]  # 3 tells a and b from c and d; then 4, with two intruders, c from d; 6 a from b
    assert why[3] == "the night over which most options part: intruders engaged under some of them only: 1"
    assert why[4].startswith("another night over which options part")
    assert 8 not in why  # it shows no pair that 6 did not


def test_the_night_that_parts_two_options_asked_for_is_chosen_first(folder: Path) -> None:
    shot = {(3, "D01"): "ab", (4, "D01"): "abc", (4, "D02"): "abc", (6, "D07"): "b", (8, "D02"): "b", (8, "D03"): "b"}
    fates = [
        Fate(option, night, name, 0, True, "fell", "", "fired at" if option in by else "")  # noqa: FBT003
        for (night, name), by in shot.items()
        for option in "abcd"
    ]
    why = chosen(load(folder), fates, ("a", "b"))
    assert next(iter(why)) == 8  # two intruders; which of all pairs it parts most does not matter
    assert why[8] == "intruders engaged under b and not under a: 2"
    assert list(why)[1] == 4  # then what covers most of the other pairs, and those that night 8 parts are covered
    assert next(iter(chosen(load(folder), fates, ("b", "a")))) == 8  # no night the other way round
    assert chosen(load(folder), fates, ("a", "nobody")) == chosen(load(folder), fates)
    alike = [each._replace(engaged="") for each in fates]
    assert chosen(load(folder), alike, ("a", "b")) == chosen(load(folder), alike)


def test_a_page_films_the_night_of_the_two_options_asked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engaged = {(2, "D01"): ("as-was", "visual"), (2, "D02"): ("visual",), (9, "D01"): ("radar-permitted",)}
    fates = tuple(
        Fate(option, night, name, 0, True, "fell", "", "fired at" if option in by else "")  # noqa: FBT003
        for (night, name), by in engaged.items()
        for option in ("as-was", "radar-permitted", "visual")
    )
    kept, filmed = replace(keep(folder), fates=fates), list[int]()
    monkeypatch.setattr("holdfire.report.write.keep", lambda _folder: kept)

    def film(_manifest: Any, told_of: dict[int, Any], *_: Any) -> tuple[()]:
        filmed.extend(told_of)
        return ()

    monkeypatch.setattr("holdfire.report.write.films", film)
    for first in (None, ("visual", "radar-permitted")):
        write(folder, tmp_path / "page.html", choice=Choice(1, first))
    assert filmed == [2, 9]


def test_nights_are_named_as_numbers() -> None:
    assert named("0, 3,7", 8) == [0, 3, 7]
    for text, words in (("8", "'8': give numbers from 0 to 7"), ("x", "'x'"), ("1,1", "names a night twice")):
        with pytest.raises(InputError, match=words):
            named(text, 8)


def test_the_command_prints_one_document(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.html"
    assert command(["report", str(folder), "--out", str(out), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["path"], document["nights"]) == ("report", str(out), [])
    assert document["mb"] == round(out.stat().st_size / 1e6, 2)
    assert command(["report", str(folder), "--out", str(out), "--nights", "0,99", "--no-open"]) == 2
    assert "--nights names '99'" in capsys.readouterr().err
    nowhere = tmp_path / "nowhere" / "page.html"
    assert command(["report", str(folder), "--out", str(nowhere), "--no-open"]) == 2
    assert f"{nowhere} cannot be written" in capsys.readouterr().err
    assert command(["report", str(folder), "--out", str(out), "--workers", "0", "--no-open"]) == 2
    assert "0 workers are asked" in capsys.readouterr().err


def test_a_browser_opens_only_where_one_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not can_show()
    monkeypatch.setenv("DISPLAY", ":0")
    assert can_show()
    monkeypatch.setenv("CI", "true")
    assert not can_show()

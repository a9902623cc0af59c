"""The brief: it holds the numbers of the study, each a link to its row; on paper it takes two sheets."""

from __future__ import annotations

import html
import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from holdfire.cli.main import run
from holdfire.errors import InputError
from holdfire.report.brief import pdf as paper
from holdfire.report.brief.write import made_of, write
from holdfire.study.explore import explore
from holdfire.study.figures import COLUMN
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.said import Of
from support.fake_engine import subject
from support.made_space import space
from support.tried import quiet


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("brief")
    run_study(subject(idle={}), Request(root / "results", 24, seed=3, workers=1))
    explore(space(), Request(root / "space", 80, 3, 1, chunk_size=2), quiet)
    return root / "results", root / "space"


@pytest.fixture(scope="module")
def page(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("page") / "brief.html"
    write(made_of(*folders), out)
    return out.read_text("utf-8")


def test_every_number_leads_to_its_row_and_back(page: str) -> None:
    shown = re.findall(r'<a class="n" id="r(\d+)" href="#n(\d+)" data-n="\d+" title="[^"]*">([^<]*)</a>', page)
    assert len(shown) > 30
    assert all(one == other for one, other, _ in shown)
    rows = dict(re.findall(r'<tr id="n(\d+)"><td><a href="#r\d+">\d+</a></td><td>([^<]*)</td>', page))
    assert rows == {place: text for place, _, text in shown}


def test_it_says_what_stays_exposed_and_what_an_option_itself_stands_on(page: str) -> None:
    assert "<th>traffic exposed, min</th>" in page
    assert "The risk of a collision is not modelled beyond the minutes" in page
    row = next(each for each in re.findall(r"<tr>.*?</tr>", page) if "<td><code>radar-permitted</code></td>" in each)
    assert re.search(r'; itself on <a class="n"[^>]*>9</a>', row)


def test_every_cause_stands_in_one_table_of_the_appendix(page: str) -> None:
    (table,) = (each for each in re.findall(r"<table>.*?</table>", page) if "<td>a wrong look</td>" in each)
    for cause in ("reply or look", "a missing or wrong reply", "a departure from the rule", "debris: expected harmed"):
        assert len(re.findall(rf"{cause}</td>(<td>.*? of 24: .*?</td>){{3}}</tr>", table)) == 1


def test_the_rows_name_nights_that_are_nearest_and_farthest(page: str, folders: tuple[Path, Path]) -> None:
    stopped = load(folders[0]).figures["visual"][:, COLUMN["stopped"]]
    away = np.abs(stopped - stopped.mean())
    row = next(each for each in re.findall(r"<tr id=.*?</tr>", page) if "<td>stopped: visual</td>" in each)
    traced = [int(each) for each in re.findall(r"--option visual --replication (\d+)", html.unescape(row))]
    assert traced == [int(away.argmin()), int(away.argmax())]
    assert f"holdfire compare {folders[0]}" in html.unescape(row)


def test_it_holds_the_means_of_the_study(page: str, folders: tuple[Path, Path]) -> None:
    results = load(folders[0])
    text = re.sub(r"<[^>]+>", " ", html.unescape(page))
    for option in ("visual", "radar-permitted"):
        for name in ("stopped", "cost_own_meur"):
            mean = results.figures[option][:, COLUMN[name]].mean()
            assert re.search(rf"(?<!\d){mean:.1f}\d?(?!\d)", text), (option, name, mean)


def test_it_says_what_it_is_and_what_it_does_not_do(page: str) -> None:
    for text in (
        "archetype, not the rules in force",
        "analysis and rehearsal",
        "holdfire analyses and rehearses; it controls nothing.",
        "None of them is a probability.",
        "Which assumed number would turn this round was not tried",
        "A paper, 1934, [official]",
        "looks.by_night: 0.05 taken for another class",
        "how lucky radar is (luck) is",
    ):
        assert text in html.unescape(page), text


def test_it_stands_alone(page: str) -> None:
    class Checked(HTMLParser):
        asked: list[str] = []  # noqa: RUF012  # of one page

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in {"script", "link", "img", "iframe"}
            self.asked += [value or "" for name, value in attrs if name in {"src", "href"}]

    checked = Checked()
    checked.feed(page)
    assert all(each.startswith("#") for each in checked.asked)
    assert {each[1:] for each in checked.asked} <= set(re.findall(r'id="([^"]+)"', page))


def test_nothing_counted_has_no_night(folders: tuple[Path, Path]) -> None:
    of, made = Of(("stopped",), ("visual",)), made_of(folders[0], None)
    made.ledger.number("1", replace(made.compared(of), by_night=np.full(3, np.nan)))
    assert made.ledger.entries[0].nearest() is None
    assert made.ledger.entries[0].farthest() is None


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (1, None, "holds a space: give it as --space"),
        (0, 0, "holds results of holdfire run, not a space"),
    ],
)
def test_folders_that_do_not_fit_are_refused(
    folders: tuple[Path, Path], one: int, other: int | None, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        made_of(folders[one], None if other is None else folders[other])


def test_a_space_of_another_scenario_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    run_study(subject(), Request(tmp_path / "other", 4, seed=3, workers=1))
    with pytest.raises(InputError, match="are of different scenarios: explore the one that was run"):
        made_of(tmp_path / "other", folders[1])


def test_without_a_browser_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert paper.browser() is None


@pytest.mark.skipif(paper.browser() is None, reason="no browser to print with")
def test_it_takes_two_sheets_of_paper(folders: tuple[Path, Path], tmp_path: Path) -> None:
    out, made = tmp_path / "brief.html", made_of(*folders)
    command = paper.browser()
    assert command is not None
    sheets = paper.fitted(command, tmp_path / "brief.pdf", out, lambda size: write(made, out, size_pt=size))
    assert 1 <= sheets <= paper.SHEETS
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_bad_input_is_one_message_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = tmp_path / "nowhere"
    asked = ["brief", "poland-2025-09-10", "--out", str(tmp_path / "b.html")]
    assert run([*asked, "--results", str(nowhere)]) == 2
    assert capsys.readouterr().err.startswith(f"{nowhere} holds no results")
    assert run(["brief", "poland-2025-09-10", "--out", str(nowhere / "b.html")]) == 2
    assert capsys.readouterr().err == (
        f"{nowhere / 'b.html'} cannot be written ({nowhere} is no folder): name another file with --out\n"
    )
    assert run(["answer", str(nowhere)]) == 2
    assert "holds no results" in capsys.readouterr().err


def test_few_points_are_said_to_be_too_few(folders: tuple[Path, Path], tmp_path: Path) -> None:
    explore(space(), Request(tmp_path / "few", 8, 3, 1, chunk_size=2), quiet)
    write(made_of(folders[0], tmp_path / "few"), tmp_path / "brief.html")
    told = html.unescape((tmp_path / "brief.html").read_text("utf-8"))
    assert "4 points of the unknowns" in told
    assert "Too few points of the unknowns for shares of the space" in told
    assert "4, where 8 are the least" in told
    assert "No space of unknowns was explored" not in told


def test_our_options_stand_apart_from_the_other_sides_reaction(tmp_path: Path) -> None:
    options = {"as-was": "As it was", "radar": "On radar", "radar~reaction": "On radar, the other side adapts"}
    run_study(replace(subject(idle={}), options=options), Request(tmp_path / "results", 24, seed=3, workers=1))
    explore(replace(space(), options=options), Request(tmp_path / "space", 24, 3, 1, chunk_size=2), quiet)
    write(made_of(tmp_path / "results", tmp_path / "space"), tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text("utf-8")
    tables = [
        re.findall(r"<td><code>([^<]*)</code></td>", each)
        for each in re.findall(r"<table>.*?</table>", page)
        if "on the front" in each
    ]
    assert tables == [["as-was", "radar"], ["as-was", "radar~reaction"]]
    assert "Once the other side reacts; an option whose reaction was not run stands as it is:" in page


def test_traces_of_the_study_and_of_the_space_answer(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    traces = set(re.findall(r"<code>holdfire (trace .*?)</code>", html.unescape(page)))
    assert {Path(shlex.split(each)[1]).name for each in traces} == {"results", "space"}
    for each in traces:
        assert run(shlex.split(each)) == 0, capsys.readouterr().err


@pytest.mark.compiled
def test_every_trace_in_a_brief_of_an_airport_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is called D01 in most of its nights: whoever was looked for there is a bird or a rescue helicopter."""
    asked = ["denmark-2025-09-22", "--options", "as-was", "--out", str(tmp_path / "results"), "--workers", "1"]
    assert run(["run", *asked, "--replications", "2"]) == 0
    write(made_of(tmp_path / "results", None), tmp_path / "brief.html")
    page = html.unescape((tmp_path / "brief.html").read_text("utf-8"))
    traces = set(re.findall(r"<code>holdfire (trace .*?)</code>", page))
    assert traces
    assert {shlex.split(each)[-1] for each in traces} != {"D01"}
    for each in traces:
        assert run(shlex.split(each)) == 0, capsys.readouterr().err
    rows = re.findall(r"<tr id=.*?</tr>", page)
    assert any("with nobody in it that it is about" in each for each in rows)
    assert all("holdfire trace" in each or "with nobody" in each or "nothing was counted" in each for each in rows)

"""The demo compares, writes a page, and says nothing of the folder that it throws away."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from holdfire.cli import demo
from holdfire.cli.main import run
from holdfire.errors import StoppedError
from holdfire.report.write import Written
from holdfire.study.run import Request, run_study
from support.fake_engine import subject

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it rehearse hashes in place of nights, in this process."""
    monkeypatch.setattr(demo, "about", lambda _scenario, _options: subject())
    monkeypatch.setattr(demo, "AT_MOST", 5)
    monkeypatch.setattr("os.cpu_count", lambda: 1)


def test_it_writes_a_page_and_opens_it_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few(monkeypatch)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("holdfire.cli.report.can_show", lambda: True)
    out = tmp_path / "page.html"
    assert run(["demo", "--out", str(out), "--no-open"]) == 0
    assert opened == []
    assert run(["demo", "--out", str(out)]) == 0
    assert opened == [out.as_uri()]
    assert re.search(r"page.html: \d\.\d MB, 0 nights to be played", capsys.readouterr().out.replace("\n", ""))


def test_it_asks_for_the_night_that_the_readme_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch)
    asked: dict[str, Any] = {}

    def write(*_: Any, **given: Any) -> Written:
        asked.update(given)
        return Written(0.0, (), ())

    monkeypatch.setattr(demo, "write", write)
    assert run(["demo", "--out", str(tmp_path / "page.html"), "--no-open"]) == 0
    assert asked["choice"].first == ("visual-confirmation", "radar-permitted")
    assert set(asked["choice"].first) < set(demo.OPTIONS.split(","))


def test_as_json_it_prints_the_comparison_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few(monkeypatch)
    assert run(["demo", "--out", str(tmp_path / "page.html"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nights"] == 5
    assert not (tmp_path / "page.html").exists()


def test_stopped_it_names_no_folder_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few(monkeypatch)

    def stopped(_subject: Any, request: Request, _tell: Any) -> None:
        run_study(subject(fails={"0": "interrupts"}), request)

    monkeypatch.setattr(demo, "run_study", stopped)
    assert run(["demo"]) == StoppedError.exit_status
    assert capsys.readouterr().err == (
        "stopped, and nothing is kept; to keep what is rehearsed: holdfire run poland-2025-09-10 --out results/\n"
    )

"""The documentation is true: its blocks run, its tables are current, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from holdfire.cli.main import run
from holdfire.examine.matrix import markdown, matrix

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUNNING = [page for page in PAGES if "```console" in page.read_text()]
BLOCK = re.compile(r"```(\S+)(?: file=(\S+))?\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", RUNNING, ids=lambda page: page.name)
def test_every_block_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rewrite: bool
) -> None:
    monkeypatch.chdir(tmp_path)

    def renew(block: re.Match[str]) -> str:
        kind, name, text = block.groups()
        if name:
            (tmp_path / name).write_text(text)
        if kind != "console":
            return block.group(0)
        command = text.splitlines()[0]
        run(shlex.split(command.removeprefix("$ holdfire ")))
        shown = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
        return f"```console\n{command}\n{shown}\n```"

    renewed = BLOCK.sub(renew, page.read_text())
    if rewrite:
        page.write_text(renewed)
    assert page.read_text() == renewed


def test_the_readme_shows_the_table_as_it_is(rewrite: bool) -> None:
    page = ROOT / "README.md"
    head, _, rest = page.read_text().partition("<!-- table -->\n")
    _, _, tail = rest.partition("\n<!-- end of table -->")
    renewed = f"{head}<!-- table -->\n{markdown(matrix())}\n<!-- end of table -->{tail}"
    if rewrite:
        page.write_text(renewed)
    assert page.read_text() == renewed


def test_the_reference_of_evidence_is_current() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert reference.PAGE.read_text() == reference.page(), "run scripts/reference.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in link:
            assert (page.parent / link).exists(), link


def test_every_command_of_the_readme_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    for name in re.findall(r"^holdfire (rules \w+)", (ROOT / "README.md").read_text(), re.MULTILINE):
        assert run([*name.split(), "--help"]) == 0
    capsys.readouterr()

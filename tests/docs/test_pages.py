"""The documentation is true: its blocks run, its tables are current, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cyclopts import MissingArgumentError

from holdfire.cli.main import build, run
from holdfire.cli.validate_words import observed
from holdfire.examine.matrix import markdown, matrix
from holdfire.scenario.load import load_scenario
from holdfire.study.vary import BEARING

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUNNING = [page for page in PAGES if "```console" in page.read_text()]
CLOCK = re.compile(r" in \d+ s$")  # the only thing shown that differs from run to run
SOLVING = {"check", "diff", "seams", "prove", "margin", "verify-certificate"}
BLOCK = re.compile(r"```(\S+)(?: file=(\S+))?\n(.*?)```", re.DOTALL)


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def through(seen: str, lines: list[str]) -> list[str]:
    """Do what `grep -E 'x|y'` and `sed -n '/from/,/to/p'` do, where a page shows a part only."""
    match shlex.split(seen):
        case []:
            return lines
        case ["grep", "-E", pattern]:
            return [line for line in lines if re.search(pattern, line)]
        case ["sed", "-n", asked]:
            begin, end = asked.removeprefix("/").removesuffix("/p").split("/,/")
            kept, on = list[str](), False
            for line in lines:
                shown = on or begin in line
                kept += [line] * shown
                on = shown and end not in line
            return kept
        case _ as other:
            message = f"the tests cannot do {other}"
            raise AssertionError(message)


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command; one that asks a solver in a process of its own, as it shows other states after other questions."""
    if arguments[:1] == ["rules"] and arguments[1] in SOLVING:
        asked = [sys.executable, "-m", "holdfire", *arguments]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    run(arguments)
    return capsys.readouterr().out


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
        line, _, seen = command.partition(" | ")
        out = printed(shlex.split(line.removeprefix("$ holdfire ")), capsys)
        shown = "\n".join(through(seen, [CLOCK.sub(" in 6 s", line) for line in lines_of(out)]))
        assert shown, f"nothing is shown by: {command}"
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


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_reference_of_evidence_is_current() -> None:
    reference = script("reference")
    assert reference.PAGE.read_text() == reference.page(), "run scripts/reference.py"


def test_the_references_of_aircraft_and_sensors_are_current() -> None:
    for path, page in script("reference_library").PAGES.items():
        assert path.read_text(encoding="utf-8") == page(), "run scripts/reference_library.py"


def test_the_page_on_results_lists_what_is_tried(rewrite: bool) -> None:
    page = ROOT / "docs" / "reference" / "results.md"
    head, _, rest = page.read_text(encoding="utf-8").partition("<!-- bearing -->\n")
    rows = "\n".join(f"| `{place}` | {why} |" for place, why in BEARING.items())
    renewed = f"{head}<!-- bearing -->\n{rows}\n<!-- end of bearing -->{rest.partition('<!-- end of bearing -->')[2]}"
    if rewrite:
        page.write_text(renewed, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == renewed


def test_the_page_on_validation_shows_every_fact_of_the_night() -> None:
    """What was foretold takes minutes to rehearse; what it is held against must be the scenario's."""
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    facts = load_scenario("poland-2025-09-10").scenario.observed
    rows = dict(re.findall(r"^\| ([^|]+) \| (.*) \|$", page.partition("<!-- end of tables -->")[0], re.MULTILINE))
    listed = [name for name in rows if name not in {"outcome", "not scored"}]
    assert sorted(listed) == sorted(each.what for each in facts)
    for each in facts:
        seen = observed({"observed": each.model_dump()})
        first = [seen] if each.kind == "outcome" else [each.kind, seen]
        assert rows[each.what].split(" | ")[: len(first)] == first, "run scripts/reference_validation.py"
    assert script("reference_validation").of_the_nights() in page, "nights moved: run scripts/reference_validation.py"


def test_the_page_on_the_tracker_shows_the_run_that_is_kept() -> None:
    """What is measured takes a quarter of an hour; its names and bars must be the benchmark's."""
    reference = script("reference_track")
    kept = json.loads(reference.KEPT.read_text(encoding="utf-8"))
    assert [name for name in kept if name != "not_measured"] == list(reference.NAMES)
    assert reference.tables(kept) in reference.PAGE.read_text(encoding="utf-8"), "run scripts/reference_track.py"
    assert "**not met**" in reference.tables(kept | {"gospa_ratio_L": 0.9})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in link:
            assert (page.parent / link).exists(), link


def parsed(line: str) -> None:
    """Raise where a command line names no command of ours, or an option that it does not have."""
    command, _, _ = build().parse_args(shlex.split(line, comments=True)[1:], exit_on_error=False, print_error=False)
    assert command.__module__.startswith("holdfire.cli."), f"no such command: {line}"


def test_every_command_of_the_readme_is_whole() -> None:
    fences = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    lines = [line for fence in fences for line in fence.splitlines() if line.startswith("holdfire ")]
    assert len(lines) > 10
    for line in lines:
        parsed(line)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_named_in_a_sentence_is_there(page: Path) -> None:
    for line in re.findall(r"`(holdfire [^`\n]+)`", page.read_text()):
        with suppress(MissingArgumentError):  # a sentence may leave out what every reader adds
            parsed(line)


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text()
    for name in (
        *(ROOT / "src" / "holdfire" / "cli").glob("*/*.py"),
        *(ROOT / "src" / "holdfire" / "cli").glob("*.py"),
    ):
        words = name.relative_to(ROOT / "src" / "holdfire" / "cli").with_suffix("").parts
        if f"def {name.stem}_(" in name.read_text(encoding="utf-8"):
            assert f"holdfire {' '.join(words)}".replace("_", "-") in text or f"make {words[-1]}" in text, words


SIGNS = {"ArrowLeft": "←", "ArrowRight": "→", "-": "\N{MINUS SIGN}", "Escape": "Esc", "=": "="}


def test_every_key_of_the_page_is_in_its_help_and_in_the_reference() -> None:
    code = (ROOT / "web" / "src" / "night" / "keys.ts").read_text()
    helped = re.findall(r'^  \["(.+?)", ["`]', code, re.MULTILINE)
    page = (ROOT / "docs" / "reference" / "report.md").read_text()
    table = re.findall(
        r"^\| (.+?) \| (.+?) \|$", page.partition("| key | does |")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert [keys for keys, _ in table] == helped
    acts = code.partition("const acts")[2].partition("};")[0]
    acted = re.findall(r'^    "?([^\s":]+)"?: ', acts, re.MULTILINE)
    assert len(acted) >= 12
    documented = " ".join(f"{keys} {does}" for keys, does in table)
    assert [key for key in acted if SIGNS.get(key, key) not in documented] == []

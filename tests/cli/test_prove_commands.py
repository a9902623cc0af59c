"""`rules prove` and `rules verify-certificate`: what they print, write and refuse, and their exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from holdfire.cli.main import run
from holdfire.examine import expected as expecting
from holdfire.examine.expected import Expectation
from holdfire.examine.prove import Result
from holdfire.messages.caution import CAUTION

GOLDEN = Path(__file__).parents[1] / "golden" / "commands"
NEVER = "engage: {transponder: civil, flight_plan: matched}"

COMMANDS: dict[str, tuple[list[str], int]] = {
    "prove-help": (["prove", "--help"], 0),
    "prove-kept": (["prove", "visual-confirmation", "--property", "leaving"], 0),
    "prove-broken": (["prove", "perceived-danger", "--property", "motion-alone"], 1),
    "prove-broken-json": (["prove", "perceived-danger", "--property", "motion-alone", "--json"], 1),
    "prove-two": (["prove", "self-defence", "--property", "people-below", "--property", "two-kinds"], 1),
    "prove-pair": (["prove", "radar-permitted", "--property", "losing-evidence"], 1),
    "prove-never": (["prove", "visual-confirmation", "--never", NEVER], 1),
    "prove-without": (["prove", "self-defence", "--property", "leaving", "--without", "clocks"], 0),
    "prove-computed": (["prove", "harmonised-strict", "--property", "necessity"], 1),
    "prove-expect": (["prove", "visual-confirmation", "--expect"], 0),
}


def rules(*arguments: str) -> int:
    return run(["rules", *arguments])


def compare(text: str, name: str, *, rewrite: bool) -> None:
    lines = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if rewrite:
        golden.write_text(lines)
    assert lines == golden.read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_output_is_as_recorded(name: str, capsys: pytest.CaptureFixture[str], rewrite: bool) -> None:
    arguments, status = COMMANDS[name]
    assert rules(*arguments) == status
    printed = capsys.readouterr()
    assert printed.err == ""
    compare(printed.out, name, rewrite=rewrite)
    if "--help" not in arguments:
        assert CAUTION in printed.out


def test_a_certificate_is_written_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rewrite: bool
) -> None:
    file = tmp_path / "proof.json"
    asked = ["prove", "visual-confirmation", "--property", "sight-lost", "--certificate", str(file)]
    assert rules(*asked) == 0
    capsys.readouterr()
    assert rules("verify-certificate", str(file)) == 0
    compare(capsys.readouterr().out, "verify-certificate", rewrite=rewrite)
    made = json.loads(file.read_text())
    made["ruleset_sha256"] = "0" * 64
    file.write_text(json.dumps(made))
    assert rules("verify-certificate", str(file), "--json") == 1
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [each["what"] for each in checks if not each["good"]] == ["the rule set"]


def test_a_certificate_is_of_a_set_that_may_have_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, moved, file = tmp_path / "mine.yaml", tmp_path / "moved.yaml", tmp_path / "proof.json"
    mine.write_text(
        "id: mine\ntitle: Mine\nkind: proposal\nsummary: No engaging.\nextends: visual-confirmation\nremove: [VC-2]\n"
    )
    assert rules("prove", str(mine), "--never", "warn: {airspace: foreign}", "--certificate", str(file)) == 0
    assert rules("verify-certificate", str(file)) == 0
    mine.rename(moved)
    capsys.readouterr()
    assert rules("verify-certificate", str(file)) == 2
    assert rules("verify-certificate", str(file), "--ruleset", str(moved)) == 0


@pytest.mark.parametrize("name", ["harmonised-strict", "harmonised-host:poland-2025"])
def test_a_computed_set_is_proved_certified_and_explained(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof, case = tmp_path / "proof.json", tmp_path / "case.yaml"
    assert rules("prove", name, "--property", "friend-asked", "--certificate", str(proof)) == 0
    assert rules("verify-certificate", str(proof)) == 0
    assert rules("verify-certificate", str(proof), "--ruleset", "poland-2025") == 1
    assert rules("prove", name, "--property", "two-kinds", "--save-case", str(case)) == 1
    capsys.readouterr()
    assert rules("explain", name, "--case", str(case), "--json") == 0
    assert json.loads(capsys.readouterr().out)["actions"]["engage"]["ruling"] == "permitted"


def test_a_property_of_ones_own_is_proved_and_certified(tmp_path: Path) -> None:
    mine, file = tmp_path / "mine.yaml", tmp_path / "proof.json"
    mine.write_text(
        "id: mine\ntitle: Mine\nsentence: None abroad.\nkind: safety\nself_defence: excluded\n"
        "sources: [{id: own, title: Own, grade: assumed}]\n"
        "situations: [{actions: [engage], when: {airspace: foreign}}]\n"
    )
    both = ("--property", str(mine), "--property", "leaving")
    assert rules("prove", "visual-confirmation", *both, "--certificate", str(file)) == 0
    assert [each["property"] for each in json.loads(file.read_text())["proofs"]] == [str(mine), "leaving"]
    assert rules("verify-certificate", str(file)) == 0
    mine.write_text(mine.read_text().replace("foreign", "own"))
    assert rules("verify-certificate", str(file)) == 1


def test_a_certificate_that_proves_nothing_is_not_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "proof.json"
    assert rules("prove", "perceived-danger", "--property", "motion-alone", "--certificate", str(file)) == 1
    assert json.loads(file.read_text())["proofs"] == []
    capsys.readouterr()
    assert rules("verify-certificate", str(file)) == 1
    assert "NOT GOOD: it holds no proof" in capsys.readouterr().out


def test_a_case_is_saved_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    assert rules("prove", "perceived-danger", "--property", "motion-alone", "--save-case", str(file)) == 1
    capsys.readouterr()
    assert rules("explain", "perceived-danger", "--case", str(file), "--json") == 0
    capsys.readouterr()
    assert rules("history", "perceived-danger", "--case", str(file)) == 1
    assert "wrongful permission" in capsys.readouterr().out
    assert rules("explain", "perceived-danger", "--case", str(file), "--json") == 0
    engage = json.loads(capsys.readouterr().out)["actions"]["engage"]
    assert (engage["ruling"], [each["rule"] for each in engage["rules"]]) == ("permitted", ["PD-1"])


def test_it_fails_only_where_another_answer_was_expected(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["prove", "perceived-danger", "--property", "motion-alone", "--expect"]
    assert rules(*asked) == 0
    want = {"perceived-danger": {"motion-alone": Expectation(Result.PROVED, "It was thought so.")}}
    monkeypatch.setattr("holdfire.cli.rules.prove.expected", lambda: want)
    assert rules(*asked) == 1
    assert "NOT AS EXPECTED" in capsys.readouterr().out
    assert expecting.expected() != want


def test_a_page_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert rules("prove", "perceived-danger", "--property", "motion-alone", "--html", str(page)) == 1
    assert CAUTION in page.read_text()


UNUSABLE: dict[str, tuple[list[str], str]] = {
    "no such property": (["prove", "self-defence", "--property", "leavin"], "did you mean 'leaving'?"),
    "no such consistency": (["prove", "self-defence", "--without", "clock"], "did you mean 'clocks'?"),
    "a property twice": (
        ["prove", "self-defence", "--property", "leaving", "--property", "leaving"], "'leaving' is given twice",
    ),
    "both": (["prove", "self-defence", "--property", "leaving", "--never", NEVER], "give one of them"),
    "no such action": (["prove", "self-defence", "--never", "engaje: {}"], "--never:1:1: field 'engaje'"),
    "no such value": (["prove", "self-defence", "--never", "engage: {iff: freindly}"], "--never:1:10: iff 'freindly'"),
    "no YAML": (["prove", "self-defence", "--never", "engage: {iff"], "--never:1:9"),
    "nothing fits": (
        ["prove", "self-defence", "--never", "engage: {speed_m_s: {at_most: -1}}"], "no evidence can be as",
    ),
    "many cases": (["prove", "self-defence", "--save-case", "case.yaml"], "writes one case"),
    "no case": (["prove", "self-defence", "--property", "leaving", "--save-case", "c.yaml"], "no case to save"),
    "no folder": (
        ["prove", "self-defence", "--property", "leaving", "--certificate", "no/where.json"], "cannot be written",
    ),
    "nothing expected": (["prove", "self-defence", "--never", "engage: {}", "--expect"], "leave --expect out"),
    "no certificate": (["verify-certificate", "nowhere.json"], "nowhere.json: cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_input_is_status_2_and_one_message(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, words = UNUSABLE[name]
    assert rules(*arguments) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_certificate_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "proof.json"
    for text, words in (("{", "is no JSON"), ("[]", "is a JSON object"), ("{}", "'proofs' is missing")):
        file.write_text(text)
        assert rules("verify-certificate", str(file)) == 2
        assert words in capsys.readouterr().err


WITHOUT_SOLVER = """
import sys
sys.modules["z3"] = None
from holdfire.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "arguments",
    [["prove", "self-defence"], ["diff", "a", "b"], ["seams", "a", "b"], ["verify-certificate", "proof.json"]],
)
def test_without_a_solver_one_line_names_the_extra(arguments: list[str]) -> None:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WITHOUT_SOLVER, "rules", *arguments], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'holdfire[verify]'" in ran.stderr
    assert ran.stderr.count("\n") == 1


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    rules(*arguments, "--json")
    return dict(json.loads(capsys.readouterr().out))


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    made = document(capsys, "prove", "self-defence", "--expect", "--without", "clocks")
    assert made["document"] == "rules-prove"
    assert "clocks" not in [each["id"] for each in made["consistencies"]]
    assert all(each["expected"]["result"] == each["result"] for each in made["results"])
    broken = [each for each in made["results"] if each["result"] == "refuted"]
    assert all(each["counterexample"]["permitted"] and each["counterexample"]["evidence"] for each in broken)

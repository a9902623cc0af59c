"""Every command of rules on every set and every case that ships: each answers, and none fails."""

from __future__ import annotations

import json

import pytest

from holdfire.catalogue import SELF_DEFENCE, ids, load_case
from holdfire.cli.main import run
from holdfire.examine.computed import HOST, NATIONAL, STRICT
from holdfire.logic.timeline import moments

COMPUTED = [STRICT, *(f"{HOST}:{name}" for name in NATIONAL)]
SETS = [*ids("rulesets"), *COMPUTED]
BINDING = [name for name in SETS if name != SELF_DEFENCE]
"""Self-defence stands beside every set, and so is no host."""
CASES = ids("cases")


def answers(capsys: pytest.CaptureFixture[str], *arguments: str, status: tuple[int, ...] = (0,)) -> None:
    assert run(["rules", *arguments, "--json"]) in status, arguments
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out)["document"] == f"rules-{arguments[0]}"


@pytest.mark.parametrize("name", SETS)
def test_every_set(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "show", name)
    answers(capsys, "explain", name, "--evidence", "gerbera-after-look")
    answers(capsys, "prove", name, "--never", "engage: {visual_class: civil}", status=(0, 1))
    answers(capsys, "check", name, "--scenario", "poland-2025-09-10")
    answers(capsys, "diff", name, "visual-confirmation", "--action", "divert")


@pytest.mark.parametrize("name", BINDING)
def test_every_set_that_binds_a_crew(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "compose", "--over", name, "--crew", "radar-permitted", "--chain", "air-policing")
    answers(capsys, "seams", name, "visual-confirmation", "--crew-a", "radar-permitted", "--action", "divert")


def test_every_set_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "list")
    answers(capsys, "matrix")
    answers(capsys, "history", *SETS, status=(0, 1))


@pytest.mark.parametrize("case", CASES)
def test_every_case(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "explain", STRICT, "--case", case)
    answers(capsys, "history", "any-violator", "--case", case, status=(0, 1))
    answers(capsys, "inject", case, "--answers", ",".join("hold" for _ in moments(load_case(case))))


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_proofs_and_margins_of_every_set(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "prove", name, "--expect")
    answers(capsys, "margin", name, "--evidence", "gerbera-radar-only")
    answers(capsys, "history", name, "--expect")


@pytest.mark.parametrize("name", COMPUTED)
def test_differences_from_every_computed_set(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "diff", "radar-permitted", name, "--action", "engage")


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_differences_of_every_set(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "diff", name, "visual-confirmation")
    answers(capsys, "diff", STRICT, name)


@pytest.mark.long
@pytest.mark.parametrize("name", BINDING)
def test_seams_of_every_set(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "seams", name, "visual-confirmation", "--action", "engage")
    answers(capsys, "seams", name, name, "--crew-b", STRICT, "--chain-b", "air-policing", "--action", "engage")


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_the_margin_of_every_case(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers(capsys, "margin", "perceived-danger", "--case", case)

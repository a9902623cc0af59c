"""Cases at the terminal: what is asked, what mistyping does, how one leaves, and what each exit status means."""

from __future__ import annotations

import json
from io import StringIO
from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING

import pytest

from holdfire.cli.main import run
from holdfire.examine.computed import that_ship

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(StringIO):
    """Somebody who types these lines and then nothing more."""

    def isatty(self) -> bool:
        return True


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))


def test_the_truth_comes_after_the_last_ruling(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types(monkeypatch, "hold", "HOLD ", "engage")
    assert run(["rules", "inject", "poland-2025"]) == 0
    out = capsys.readouterr().out
    assert out.count("Your ruling (hold, or an action)?") == 3
    assert out.index("Your ruling") < out.index("60 s in. The pilots see what it is") < out.index("Gerbera drones")
    assert "Gerbera" not in out[: out.rindex("Your ruling")]


def test_what_is_mistyped_is_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    types(monkeypatch, "egnage", "", "engage")
    assert run(["rules", "inject", "mh17"]) == 0
    out = capsys.readouterr().out
    assert out.count("Your ruling") == 3
    assert "did you mean 'engage'?" in out


@pytest.mark.parametrize("lines", [[], ["hold"]])
def test_whoever_leaves_early_is_told_nothing(
    lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types(monkeypatch, *lines)
    assert run(["rules", "inject", "kal007"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("Ended; nothing is revealed.\n")
    assert "Korean" not in out
    assert "airliner" not in out


def test_so_is_whoever_interrupts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    types(monkeypatch)
    monkeypatch.setattr("builtins.input", interrupted)
    assert run(["rules", "inject", "mh17"]) == 0
    assert capsys.readouterr().out.endswith("Ended; nothing is revealed.\n")


@pytest.mark.parametrize("more", [["--json"], ["--answers", "hold"]])
def test_nobody_is_asked_who_gave_answers_or_wants_json(
    more: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types(monkeypatch)
    assert run(["rules", "inject", "mh17", *more]) == 0
    assert "Your ruling" not in capsys.readouterr().out


def test_a_page_stands_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["history", "visual-confirmation", "--case", "mh17"], ["inject", "mh17"]):
        page = tmp_path / "page.html"
        assert run(["rules", *command, "--html", str(page)]) == 0
        assert page.read_text().startswith("<!doctype html>")
        assert "does not show that the evidence is right" in page.read_text()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["visual-confirmation"], 0),
        (["visual-confirmation", "--expect"], 0),
        (["perceived-danger"], 1),
        (["perceived-danger", "--expect"], 0),
        (["perceived-dangr"], 2),
        ([], 1),
        (["--expect"], 0),
    ],
)
def test_the_exit_status_of_history(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "history", *arguments, "--json"]) == status
    document = json.loads(capsys.readouterr().out)
    assert document["document"] == ("error" if status == 2 else "rules-history")


def test_what_differs_from_what_is_expected_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfire.examine import history

    shelf = tmp_path / "cases"
    shelf.mkdir()
    (shelf / "expected.yaml").write_text("mh17:\n  visual-confirmation: wrongful hold\n")
    monkeypatch.setattr(history, "LIBRARY", tmp_path)
    assert run(["rules", "history", "visual-confirmation", "--case", "mh17", "--expect"]) == 1
    assert "mh17, visual-confirmation: expected wrongful hold, found right" in capsys.readouterr().out


def test_a_faulty_case_shows_every_fault_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "id: mine\ntitle: Mine\ndate: 2024-02-29\ndecider: I\nwhere: own\nreally: A kite\ndecides_at_s: [0]\n"
        "timeline:\n  - {at_s: 0, says: It is there., known: {iff: {value: foe, source: iff-ssr}}, source: [own]}\n"
        "expects:\n  - hold: fire\n    rests_on: [iff]\n    because: So.\n    source: [own]\n"
        "then: {did: Nothing., came_of_it: Nothing., source: [own]}\nsources: [{id: own, title: Own, grade: assumed}]\n"
    )
    assert run(["rules", "history", "visual-confirmation", "--case", str(file)]) == 2
    errors = capsys.readouterr().err
    assert f"{file}:9:49: iff: value 'foe' is not one of friendly" in errors
    assert f"{file}:11:5: hold 'fire' is not one of observe" in errors


def test_more_sets_than_letters_are_still_told_apart() -> None:
    from holdfire.cli.rules.history import _letter

    assert [_letter(column) for column in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


def test_history_of_all_that_ship_shows_every_set_in_eighty_characters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run(["rules", "history", "--case", "mh17"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
    heads = [(before, line.split()[1:]) for before, line in pairwise(lines) if line.split()[:1] == ["case"]]
    every = [*ascii_lowercase[: len(that_ship())]]
    assert [letter for _, letters in heads for letter in letters] == every
    assert [each.split()[0] for said, _ in heads for each in said.split(", ")] == every
    assert [each.split()[1] for said, _ in heads for each in said.split(", ")] == [*that_ship()]


@pytest.mark.parametrize(
    ("sets", "case", "said"),
    [
        (("any-violator", "visual-confirmation"), ("mh17",), "These sets differ on 1 of 1 case."),
        (
            ("air-policing", "visual-confirmation"),
            ("languedoc-2023", "estonia-2026", "tower-22", "mh17"),
            "These sets differ on 2 of 4 cases; only as if in own airspace on languedoc-2023.",
        ),
        (
            ("air-policing", "visual-confirmation"),
            ("languedoc-2023", "estonia-2026", "mh17"),
            "These sets differ on 2 of 3 cases; only as if in own airspace on languedoc-2023; all score alike on mh17.",
        ),
    ],
)
def test_history_says_which_cases_tell_sets_apart(
    sets: tuple[str, ...], case: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["rules", "history", *sets, *(word for each in case for word in ("--case", each))])
    assert said in capsys.readouterr().out
    run(["rules", "history", sets[0], "--case", case[0]])
    assert "These sets differ" not in capsys.readouterr().out

"""`holdfire scenario`: what each command prints, what it prints as JSON, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from holdfire.cli.main import run
from support.nights import TEXT, changed


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ran(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> tuple[str, str]:
    assert run(["scenario", *arguments]) == status
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return printed.out, printed.err


def test_list_shows_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = ran(capsys, "list")
    assert "poland-2025-09-10" in out
    assert "benchmark-night" in out
    assert "attributed-violator" in out


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(ran(capsys, "list", "--json")[0])
    assert document["document"] == "scenario-list"
    poland = next(each for each in document["scenarios"] if each["id"] == "poland-2025-09-10")
    assert poland["kind"] == "incident"
    assert [option["rule_only"] for option in poland["options"]] == [True] * 5 + [False] * 2


def test_new_writes_a_night_that_checks_clean(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = ran(capsys, "new", "second-night")
    assert out == "second-night.yaml is written; check it with: holdfire scenario check second-night.yaml\n"
    assert Path("second-night.yaml").read_text(encoding="utf-8") == TEXT.replace("id: my-night", "id: second-night")
    out, _ = ran(capsys, "check", "second-night.yaml")
    assert out.splitlines()[:4] == [
        "second-night.yaml: good",
        "  2 intruders, 2 aircraft of our own, about 9 others at any moment",
        "  3 sensors",
        "  3 options, 2 of them by rule sets alone",
    ]


def test_new_overwrites_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my-night.yaml").write_text("mine", encoding="utf-8")
    _, err = ran(capsys, "new", "my-night", status=2)
    assert err == "my-night.yaml is there already, and nothing is overwritten: take another name, or move it away\n"
    assert Path("my-night.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("My night", "a scenario cannot be called 'My night': write small letters, digits and single hyphens"),
        ("poland-2025-09-10", "poland-2025-09-10 is a scenario that ships: take another name"),
        ("nowhere/my-night", "nowhere/my-night.yaml cannot be written (No such file or directory): check the folder"),
        ("no\0.yaml", "a scenario cannot be called"),
    ],
)
def test_new_refuses_what_cannot_be(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, err = ran(capsys, "new", name, status=2)
    assert words in err
    assert list(Path().iterdir()) == []


def test_new_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(ran(capsys, "new", "a-night", "--json")[0])
    assert (document["document"], document["id"], document["path"]) == ("scenario-new", "a-night", "a-night.yaml")


def test_check_tells_every_error_at_once_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    faults = ("platform: gerbera", "platform: gerberra"), ("mast_m: 15", "mast_m: -40"), ("rules: {PL:", "rules: {LT:")
    Path("my-night.yaml").write_text(changed(*faults), encoding="utf-8")
    out, _ = ran(capsys, "check", "my-night.yaml", status=2)
    lines = out.splitlines()
    assert lines[0].startswith("my-night.yaml:31:5: no platform is called 'gerberra': did you mean 'gerbera'?")
    assert lines[1] == "my-night.yaml:52:71: mast_m is -40: it must be more than 0"
    assert lines[2] == "my-night.yaml:71:63: 'LT' is not among the states: there is PL"
    assert lines[3] == "my-night.yaml: 3 errors; nothing was loaded"


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my-night.yaml").write_text(changed(("mast_m: 15", "mast_m: -40")), encoding="utf-8")
    out, _ = ran(capsys, "check", "benchmark-night", "my-night.yaml", "--json", status=2)
    good, bad = json.loads(out)["results"]
    assert (good["good"], good["intruders"], good["sensors"], good["rule_only"]) == (True, [20, 20], 8, 5)
    assert good["assumed"] > 100
    assert (bad["good"], bad["faults"][0]["line"], bad["faults"][0]["column"]) == (False, 52, 71)


def test_check_wants_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = ran(capsys, "check", status=2)
    assert err == "nothing to check: name a file, as in `holdfire scenario check my-night.yaml`\n"


@pytest.mark.parametrize(("name", "words"), [("nowhere.yaml", "cannot be read"), ("polnd", "no scenario is called")])
def test_check_of_what_is_not_there(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = ran(capsys, "check", name, status=2)
    assert words in out


def test_schema_is_a_json_schema_that_the_small_night_fits(capsys: pytest.CaptureFixture[str]) -> None:
    from support.nights import night

    schema = json.loads(ran(capsys, "schema")[0])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(night())) == []
    assert list(jsonschema.Draft202012Validator(schema).iter_errors({**night(), "sensors": []}))

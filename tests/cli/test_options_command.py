"""`holdfire options`: what the catalogue has, and what each would change in a scenario."""

from __future__ import annotations

import json

import pytest

from holdfire.catalogue import ids
from holdfire.cli.main import run
from holdfire.reader.document import parse
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario

NIGHT = "poland-2025-09-10"


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["options"]
    assert [each["id"] for each in listed] == ids("options")
    assert run(["options"]) == 0
    assert "aerostats" in capsys.readouterr().out


def test_a_scenario_says_which_make_sense_and_why_others_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", NIGHT, "--json"]) == 0
    told = {each["id"]: each for each in json.loads(capsys.readouterr().out)["options"]}
    assert told["visual"]["changes"] == ["PL, NL: visual-confirmation"]
    assert told["more-patrols"]["changes"] == ["patrols.cap-east.number: 4", "patrols.cap-south.number: 4"]
    assert told["aerostats"]["changes"] == ["sensors: 4 more", "to have: 60,000 to 320,000 euros a day"]
    assert told["close-airspace"]["why_not"].startswith("no airport here closes")
    assert run(["options", NIGHT]) == 0
    assert "makes no sense" in capsys.readouterr().out


def test_what_a_scenario_has_already_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", "estonia-2025-09-19"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[told.index("visual: Force only after a look") + 1] == "    as it is already"
    assert run(["options", "estonia-2025-09-19", "--show", "radar+visual"]) == 0
    assert "visual stand, not those of radar" in capsys.readouterr().out


def test_what_is_shown_is_what_a_study_would_run(capsys: pytest.CaptureFixture[str]) -> None:
    name = "radar+acoustic-network~reaction"
    assert run(["options", NIGHT, "--show", name]) == 0
    shown = capsys.readouterr().out
    assert "&id" not in shown
    assert parse(shown.encode(), name).data == expanded(load_scenario(NIGHT).data, name)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--show", "visual"], "name one"),
        ([NIGHT, "--show", "close-airspace"], "close-airspace makes no sense in poland-2025-09-10"),
        ([NIGHT, "--show", "aerostat"], "did you mean 'aerostats'"),
        ([NIGHT, "--show", "more-patrols+exercise-remote-after+shorter-readiness"], "both set bases.lask"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", *arguments]) == 2
    assert text in capsys.readouterr().err

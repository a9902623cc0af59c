"""Assumed numbers at both ends of their ranges: what is varied, what it moves, what is kept, and how it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.cli import stress as command
from holdfire.cli.compare import compare_
from holdfire.cli.main import run
from holdfire.errors import InputError, StoppedError, UnknownNameError
from holdfire.scenario.load import load_scenario
from holdfire.scenario.schema import Scenario
from holdfire.study.called import CALLED, called
from holdfire.study.compare import compare
from holdfire.study.figures import COLUMN
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.stress import Asked, is_stale, read, stress
from holdfire.study.vary import BEARING, Trial, trials
from support.fake_engine import subject
from support.nights import TEXT
from support.tried import quiet, trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "results"
    run_study(subject(), Request(made, 12, seed=3, workers=1, chunk_size=4))
    return made


def test_a_number_that_turns_an_answer_round_is_found_at_the_end_where_it_does(folder: Path) -> None:
    made = stress(Asked(folder, 12), [trial()], quiet)
    (tried,) = made["tried"]
    moved = tried["options"]["radar-permitted"]
    assert tried["options"] == tried["figures"]["stopped"]
    assert (moved["flips"], moved["turns_at"]) == (True, ["low"])
    assert moved["as_run"]["low"] > 0
    assert moved["low"]["value"] == pytest.approx(moved["as_run"]["value"] - 9)
    assert moved["high"]["value"] == pytest.approx(moved["as_run"]["value"] + 9)
    assert not tried["options"]["visual"]["flips"]
    assert "as-was" not in tried["options"]
    assert (made["base"], made["nights"], made["figure"], made["label"]) == (
        "as-was",
        12,
        "stopped",
        "stopped, mean a night",
    )


def test_the_same_nights_are_rehearsed_so_that_nothing_else_moves(folder: Path) -> None:
    made = stress(Asked(folder, 8), [trial(low=0, high=0)], quiet)
    for moved in made["tried"][0]["figures"].values():
        for option in moved.values():
            assert option["as_run"] == option["low"] == option["high"]
            assert not option["flips"]
    results = load(folder)
    stopped = (results.figures["visual"] - results.figures["as-was"])[:8, COLUMN["stopped"]]
    assert made["tried"][0]["options"]["visual"]["as_run"]["value"] == pytest.approx(stopped.mean())


def test_rungs_are_counted_by_nights_and_wrongs_by_share(folder: Path) -> None:
    figures = stress(Asked(folder, 12), [trial()], quiet)["tried"][0]["figures"]
    kept = load(folder).figures
    wrong = {name: kept[name][:, [COLUMN["wrongful_civil"], COLUMN["wrongful_friendly"]]].any(axis=1) for name in kept}
    expected = wrong["visual"].mean() - wrong["as-was"].mean()
    assert figures["wrongful"]["visual"]["as_run"]["value"] == pytest.approx(expected)
    rung = np.sign((kept["visual"] - kept["as-was"])[:, COLUMN["peak_rung_own"]])
    assert figures["peak_rung_own"]["visual"]["as_run"]["value"] == pytest.approx(rung.mean())


def test_what_was_tried_is_kept_and_only_what_is_missing_is_tried(folder: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(_what: str, done: int, of: int) -> None:
        told.append((done, of))

    assert read(folder) is None
    stress(Asked(folder, 8), [trial("a")], tell)
    assert told[-1] == (16, 16)
    assert not (folder / "stress").exists()
    told.clear()
    made = stress(Asked(folder, 8), [trial("a"), trial("b", 0, 1)], tell)
    assert [each["place"] for each in made["tried"]] == ["a", "b"]
    assert told[-1] == (16, 16)
    assert read(folder) == made
    assert [each["place"] for each in stress(Asked(folder), [], quiet)["tried"]] == ["a", "b"]
    other = stress(Asked(folder, 6), [trial("b")], quiet)
    assert [each["place"] for each in other["tried"]] == ["b"]  # of other nights nothing is kept


def test_an_interrupt_keeps_what_is_finished_and_goes_on_there(folder: Path) -> None:
    bad = trial("b", fails={"6": "interrupts"})
    with pytest.raises(StoppedError, match=r"4 of 12 replications are kept .*continue with: holdfire stress"):
        stress(Asked(folder, 12), [trial("a"), bad], quiet)
    kept = read(folder)
    assert kept is not None
    assert [each["place"] for each in kept["tried"]] == ["a"]
    assert len(list((folder / "stress").rglob("*.npz"))) == 1
    assert len(stress(Asked(folder, 12), [trial("a"), trial("b")], quiet)["tried"]) == 2


def test_any_number_of_workers_says_the_same(folder: Path) -> None:
    one = stress(Asked(folder, 12, workers=1), [trial()], quiet)
    (folder / "stress.json").unlink()
    assert stress(Asked(folder, 12, workers=2), [trial()], quiet) == one


def test_what_was_tried_on_other_results_is_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stress(Asked(folder, 8), [trial()], quiet)
    run_study(subject(), Request(folder, 24, seed=3, workers=1, chunk_size=4, resume=True))
    assert not is_stale(folder)  # more nights change nothing of the first
    kept = json.loads((folder / "stress.json").read_text())
    (folder / "stress.json").write_text(json.dumps({**kept, "manifest": "0"}))
    assert is_stale(folder)
    assert read(folder) is None
    compare_(folder)
    assert "stress.json is of other results and was left out: holdfire stress" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "said"), [("versions", "holdfire's own code differs"), ("library", "rulesets/self-defence.yaml differs")]
)
def test_results_of_another_version_are_refused(folder: Path, field: str, said: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    changed = {"versions": {**manifest["versions"], "source": "0"}, "library": {"rulesets/self-defence.yaml": "0"}}
    (folder / "manifest.json").write_text(json.dumps({**manifest, field: changed[field]}))
    with pytest.raises(InputError, match=said):
        stress(Asked(folder), [trial()], quiet)


def test_the_sentences_say_what_turns_them_round(folder: Path) -> None:
    results = load(folder)
    untried = "Which assumed number would turn this round was not tried: holdfire stress RESULTS."
    rests = " It rests first of all on looks.by_night (0.05 taken for another class)."
    assert {each["flips"] for each in compare(results)["sentences"]} == {untried, untried + rests}
    made = compare(results, None, stress(Asked(folder, 12), [trial(), trial("b", 0, 1)], quiet))["sentences"]
    assert made[0]["flips"] == "Turns round if luck is -9 instead of 0 (seen in 12 nights)."
    assert made[2]["flips"] == (
        "None of the 2 assumed numbers tried at both ends of its range turns cost, our own rung or the other side's "
        "rung round in 12 nights; none moves any of them at all."
    )
    other = compare(results, "visual", read(folder))["sentences"]
    assert other[0]["flips"] == "Which assumed number would turn this round was tried against as-was only."


def test_nothing_turns_round_that_says_what_the_comparison_says(folder: Path) -> None:
    """Fewer nights were tried than compared: what they could not tell apart as run, and can at an end, is no turn."""
    results = load(folder)
    found = stress(Asked(folder, 12), [trial(low=20, high=30)], quiet)
    for end in ("low", "high", "value"):
        found["tried"][0]["figures"]["stopped"]["radar-permitted"]["as_run"][end] = None
    assert compare(results, None, found)["sentences"][0]["flips"].startswith("The one assumed number")
    for name, value in (("low", -3.0), ("high", -1.0)):
        found["tried"][0]["figures"]["stopped"]["radar-permitted"]["high"][name] = value
    assert compare(results, None, found)["sentences"][0]["flips"].startswith("Turns round if luck is 30 instead of 0")


def test_what_turns_nothing_round_but_moves_it_is_said(folder: Path) -> None:
    results = load(folder)
    made = compare(results, None, stress(Asked(folder, 12), [trial(low=20, high=30)], quiet))
    texts = [each["flips"] for each in made["sentences"]]
    assert texts[0] == (
        "The one assumed number that was tried at both ends of its range does not turn it round in 12 nights; "
        "luck moves it most (the difference from +21 to +31)."
    )
    assert texts[2].endswith("and does not move any of them at all.")


def test_the_command_prints_what_it_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def tried(_data: object, places: tuple[str, ...], _options: tuple[str, ...]) -> list[Trial]:
        asked.append(places)
        return [trial()]

    monkeypatch.setattr(command, "trials", tried)
    line = ["stress", str(folder), "--nights", "8", "--workers", "1"]
    assert run([*line, "--assumption", "a", "--assumption", "b"]) == 0
    assert asked == [("a", "b")]
    out = " ".join(capsys.readouterr().out.split())
    assert "1 place at both ends, 8 nights each, against as-was" in out
    assert "luck: 0; tried at -9 and at 9 turns round: stopped of radar-permitted" in out
    assert "stopped moves most: radar-permitted, from" in out
    assert run([*line, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["tried"][0]["place"]) == ("stress", "luck")
    assert run(["stress", str(folder), "--nights", "1"]) == 2
    assert "ask for 2 or more" in capsys.readouterr().err


def test_one_option_has_nothing_to_be_tried_on(tmp_path: Path) -> None:
    alone = replace(subject(), options={"as-was": "As it was"})
    run_study(alone, Request(tmp_path, 4, seed=3, workers=1))
    with pytest.raises(InputError, match="one option only"):
        stress(Asked(tmp_path), [trial()], quiet)


POLAND = load_scenario("poland-2025-09-10").data


def value(data: Any, *place: Any) -> Any:
    for part in place:
        data = (
            next(each for each in data if each.get("id", each.get("role", each.get("platform"))) == part)
            if isinstance(data, list)
            else data[part]
        )
    return data


def test_what_bears_most_is_tried_first_and_all_of_it_is_sound() -> None:
    found = trials(POLAND)
    assert [each.place for each in found] == list(BEARING)
    for each in found:
        for changed in (each.at_low, each.at_high):
            assert changed != POLAND
            Scenario.model_validate(changed)


def test_a_range_is_tried_at_its_own_ends_and_a_family_moves_together() -> None:
    (found,) = trials(POLAND, ["intruders.*.failures_per_h"])
    assert (found.as_run, found.low, found.high) == ("0.3 to 0.9, 0.2 to 0.8", "0.3, 0.2", "0.9, 0.8")
    assert value(found.at_low, "intruders", "strike-drones", "failures_per_h") == 0.2
    assert value(found.at_high, "intruders", "from-belarus", "failures_per_h") == 0.9
    assert value(POLAND, "intruders", "from-belarus", "failures_per_h") == {"low": 0.3, "high": 0.9}


def test_a_single_number_is_halved_and_doubled_and_a_share_stays_one() -> None:
    given = trials(
        POLAND, ["night.misidentification_factor", "states.PL.roles.national-authority.available", "conduct.shots_most"]
    )
    assert [(each.low, each.high) for each in given] == [("0.5", "2"), ("0.45", "1"), ("1", "4")]


def test_authorities_answer_at_once_at_an_end() -> None:
    (found,) = trials(POLAND, ["states.PL.roles.national-authority.answers_s"])
    role = value(found.at_high, "states", "PL", "roles", "national-authority")
    assert role["answers_s"] == {"low": 1800, "likely": 1800, "high": 1800}


def test_chances_of_the_library_are_reached_by_what_a_scenario_says_instead() -> None:
    (weapon,) = trials(POLAND, ["weapons/heat-missile.yaml: success_share"])
    assert value(weapon.at_low, "conduct", "success_share") == {"heat-missile": 0.4}
    (eyes,) = trials(POLAND, ["sensors/eyes.yaml: eye.mistakes.civil.wrong"])
    assert eyes.place == "night.misidentification_factor"


def test_a_place_is_said_in_words_with_its_address() -> None:
    assert set(CALLED) == set(BEARING)
    (share,) = trials(POLAND, ["conduct.hold_share"])
    assert share.called == "the share of crews that may fire and do not (conduct.hold_share)"
    assert called("conduct.linger_min") == (
        "conduct.linger_min (time that one from alert stays up without a task, min)"
    )
    assert called("bases.lask.aircraft.f-16c.number") == "bases.lask.aircraft.f-16c.number (aircraft on alert)"
    assert called("weapons/gun.yaml: success_share") == "weapons/gun.yaml: success_share"


def test_numbers_that_moved_together_are_said_by_their_ends_and_three_are_named(folder: Path) -> None:
    found = stress(Asked(folder, 12), [trial(name) for name in "abcde"], quiet)
    for each in found["tried"]:
        each |= {"as_run": "1 to 2, 3 to 4", "called": f"how {each['place']} is"}
    assert compare(load(folder), None, found)["sentences"][0]["flips"] == (
        "Turns round if how a is is at the low end of every range, or if how b is is at the low end of every range, "
        "or if how c is is at the low end of every range, "
        "or if another number that was tried is at an end of its range (seen in 12 nights)."
    )


def test_where_nothing_was_told_a_difference_shows(folder: Path) -> None:
    results, found = load(folder), stress(Asked(folder, 12), [trial(high=0)], quiet)
    results.figures["radar-permitted"][:] = results.figures["visual"][:] = results.figures["as-was"]
    first = compare(results, None, found)["sentences"][0]
    assert first["flips"].startswith("A difference shows if luck is -9 or 0 instead of 0")


@pytest.mark.parametrize(
    "place",
    [
        "conduct.search_kn",
        "weapons/heat-missile.yaml: cost_eur",
        "weapons/railgun.yaml: success_share",
        "platforms/gerbera.yaml: accel_m_s2",
    ],
)
def test_a_place_where_no_number_stands_is_refused(place: str) -> None:
    with pytest.raises(UnknownNameError, match="no number of the scenario stands at"):
        trials(POLAND, [place])


def test_what_cannot_be_doubled_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be tried at both ends"):
        trials({**POLAND, "duration_h": 40}, ["duration_h"])


def test_a_small_night_is_tried_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "my-night.yaml"
    path.write_text(TEXT)
    places = [each.place for each in trials(load_scenario(str(path)).data)]
    assert places[0] == "night.misidentification_factor"
    assert set(places) <= set(BEARING)

"""What was tried beforehand: which studies a record is used for, what is said of it, and when it is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.catalogue import LIBRARY, ids
from holdfire.cli import demo
from holdfire.cli.compare import compare_
from holdfire.cli.main import run
from holdfire.errors import InputError
from holdfire.report.document import document
from holdfire.report.kept import keep
from holdfire.study import library, record
from holdfire.study import manifest as manifests
from holdfire.study.compare import compare
from holdfire.study.flips import turned_by
from holdfire.study.record import beforehand, known, record_of
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.stress import FIRST, Asked, read, stress
from support.fake_engine import OPTIONS, subject
from support.tried import made_again, quiet, trial

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.study.subject import Subject


def ran(folder: Path, about: Subject, nights: int = 12, seed: int = 3) -> dict[str, Any]:
    run_study(about, Request(folder, nights, seed=seed, workers=1, chunk_size=4))
    return manifests.read(folder)


def only(*options: str) -> Subject:
    return replace(subject(), options={name: OPTIONS.get(name, name) for name in options})


def kept_with(shelf: Path, **other: Any) -> None:
    path = shelf / "fake-night.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **other}))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf with a record of two options of the made-up night, over 12 nights of seed 3."""
    folder = tmp_path / "tried"
    ran(folder, only("as-was", "radar-permitted"))
    stress(Asked(folder, 12), [trial()], quiet)
    made = tmp_path / "shelf"
    made.mkdir()
    (made / "fake-night.json").write_text(json.dumps(record_of(folder)))
    monkeypatch.setattr(record, "SHELF", made)
    return made


@pytest.mark.usefixtures("shelf")
def test_a_study_of_its_own_nights_and_seed_is_told_what_was_tried(tmp_path: Path) -> None:
    manifest = ran(tmp_path / "own", subject(), 20, seed=5)
    tried = beforehand(manifest)
    assert tried is not None
    assert tried["beforehand"] == {"seed": 3, "version": manifest["versions"]["holdfire"], "same_code": True}
    sentences = compare(load(tmp_path / "own"), stress=tried)["sentences"]
    assert sentences[0]["flips"] == (
        "Turns round if luck is -9 instead of 0 (seen in 12 nights of seed 3, rehearsed beforehand)."
    )


@pytest.mark.usefixtures("shelf")
def test_what_one_has_tried_oneself_is_told_instead(tmp_path: Path) -> None:
    manifest = ran(tmp_path / "own", subject())
    assert known(tmp_path / "own", manifest) == beforehand(manifest)
    stress(Asked(tmp_path / "own", 8), [trial("other")], quiet)
    assert known(tmp_path / "own", manifest) == read(tmp_path / "own")


def test_the_comparison_decides_the_side_and_the_record_the_ends(shelf: Path, tmp_path: Path) -> None:
    fewer = replace(only("as-was", "radar-permitted"), data=subject(more={"radar-permitted": -9}).data)
    manifest = ran(tmp_path / "own", fewer, 20)
    kept_with(shelf, scenario={name: manifest["scenario"][name] for name in ("id", "sha256")})
    first = compare(load(tmp_path / "own"), "as-was", beforehand(manifest))["sentences"][0]
    assert first["flips"].startswith("Turns round if luck is 9 instead of 0 ")


def test_other_code_is_said(shelf: Path, tmp_path: Path) -> None:
    manifest = ran(tmp_path / "own", subject())
    kept_with(shelf, versions={**manifest["versions"], "source": "0", "holdfire": "0.0.9"})
    first = compare(load(tmp_path / "own"), stress=beforehand(manifest))["sentences"][0]
    assert "(seen in 12 nights of seed 3, rehearsed beforehand with holdfire 0.0.9)" in first["flips"]


@pytest.mark.usefixtures("shelf")
def test_an_option_that_was_not_tried_is_said(tmp_path: Path) -> None:
    manifest = ran(tmp_path / "own", subject())
    comparison, tried = compare(load(tmp_path / "own")), beforehand(manifest)
    assert "visual" not in str(tried)
    assert turned_by(comparison, tried, {"stopped": ("visual", "as-was")}).text == (
        "Which assumed number would turn this round was not tried under “Force after a look”: holdfire stress RESULTS."
    )
    both = turned_by(comparison, tried, {"stopped": ("visual", "radar-permitted")}).text
    assert both.startswith("Turns round if luck is -9")
    assert both.endswith("beforehand). It was not tried under “Force after a look”.")


@pytest.mark.parametrize("of", [{"scenario": {"id": "fake-night", "sha256": "0"}}, {"library": "0"}])
def test_of_another_scenario_or_library_it_is_left_alone(shelf: Path, tmp_path: Path, of: dict[str, Any]) -> None:
    manifest = ran(tmp_path / "own", subject())
    assert beforehand(manifest)
    kept_with(shelf, **of)
    assert beforehand(manifest) is None


def test_of_another_base_or_of_none_of_the_options_it_is_left_alone(shelf: Path, tmp_path: Path) -> None:
    assert beforehand(ran(tmp_path / "base", only("radar-permitted", "as-was"))) is None
    assert beforehand(ran(tmp_path / "none", only("as-was", "visual"))) is None
    (shelf / "fake-night.json").unlink()
    assert beforehand(manifests.read(tmp_path / "base")) is None


@pytest.mark.usefixtures("shelf")
def test_the_page_has_it_and_names_no_command_that_nobody_ran(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(tmp_path / "own", subject())
    made = document(keep(tmp_path / "own"))
    assert made["stress"]["beforehand"]["seed"] == 3
    assert list(made["stress"]["tried"][0]["options"]) == ["radar-permitted"]
    assert not any("stress" in line for line in made["again"]["commands"])
    assert "rehearsed beforehand" in made["sentences"][0]["flips"]
    compare_(tmp_path / "own")
    assert made["sentences"][0]["flips"] in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("shelf")
def test_the_demo_says_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(demo, "about", lambda _scenario, _options: subject())
    monkeypatch.setattr(demo, "AT_MOST", 5)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert run(["demo", "--json"]) == 0
    assert "12 nights of seed 3, rehearsed beforehand" in str(json.loads(capsys.readouterr().out)["sentences"])


def test_its_first_nights_are_those_of_the_study(tmp_path: Path) -> None:
    folder = tmp_path / "tried"
    ran(folder, subject())
    stress(Asked(folder, 8), [trial()], quiet)
    first = record_of(folder)["stress"]["first"]
    assert {len(nights) for nights in first["as_run"].values()} == {FIRST}
    night, low = first["as_run"]["radar-permitted"][0], first["tried"]["luck"]["low"]["radar-permitted"][0]
    assert low == {**night, "stopped": night["stopped"] - 9}


def test_nights_that_come_out_otherwise_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "tried"
    ran(folder, subject())
    stress(Asked(folder, 8), [trial()], quiet)
    made = record_of(folder)
    recipe = manifests.recipe(manifests.read(folder))
    assert list(made_again(made, recipe, [trial()])) == []
    made["stress"]["first"]["tried"]["luck"]["low"]["visual"][1]["stopped"] += 1.0
    (line,) = made_again(made, recipe, [trial()])
    assert line.startswith("luck at its low end, night 1 under visual: stopped is ")


def test_a_study_on_which_nothing_was_tried_has_no_record(tmp_path: Path) -> None:
    ran(tmp_path / "tried", subject())
    with pytest.raises(InputError, match="nothing was tried"):
        record_of(tmp_path / "tried")


def test_a_record_is_of_a_scenario_that_ships() -> None:
    assert {path.stem for path in record.SHELF.glob("*")} <= set(ids("scenarios"))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("signals: {low: 0.5, high: 2,", "signals: {low: 0.25, high: 4,", True),
        ("up_struck: {low: 0.2,", "up_struck: {low: 0.3,", True),
        ("other_states: [RU, BY]", "other_states: [RU]", False),
        ("value_at_least: 4,", "value_at_least: 3,", False),
    ],
)
def test_of_a_ladder_a_record_rests_on_what_a_night_reads(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, same: bool
) -> None:
    name = "ladders/air-incidents.yaml"
    shipped = LIBRARY / name
    before = library.night_digest(name, library.file_digest(shipped))
    text = shipped.read_text(encoding="utf-8")
    assert old in text
    monkeypatch.setattr(library, "LIBRARY", tmp_path)
    (tmp_path / "ladders").mkdir()
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    assert (library.night_digest(name, library.file_digest(tmp_path / name)) == before) is same
    assert library.night_digest(name, "0") == "0", "of other results than what ships"

"""Scenarios: read and checked, and the two that ship as they were meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from holdfire import catalogue
from holdfire.catalogue import LIBRARY, ids, load_platform, load_ruleset
from holdfire.errors import ContentError, DocumentError, UnknownNameError
from holdfire.messages.score import FIGURES
from holdfire.reader.document import read
from holdfire.scenario.load import load_scenario, parse_scenario
from holdfire.scenario.schema import json_schema
from support.nights import changed, night, small_library

every_scenario = pytest.mark.parametrize("name", ids("scenarios"))


def test_the_shelf_holds_nothing_but_scenarios() -> None:
    assert {path.name for path in (LIBRARY / "scenarios").iterdir()} == {f"{name}.yaml" for name in ids("scenarios")}


@every_scenario
def test_what_ships_is_sound_and_goes_by_the_name_of_its_file(name: str) -> None:
    assert load_scenario(name).scenario.id == name


@every_scenario
def test_every_source_is_cited(name: str) -> None:
    text = (LIBRARY / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    for source in load_scenario(name).scenario.sources:
        assert text.count(source.id) > 1, source.id


@every_scenario
def test_what_ships_fits_the_schema_for_editors(name: str) -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    data = read(LIBRARY / "scenarios" / f"{name}.yaml").data
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


def test_the_polish_night_has_the_numbers_that_were_published() -> None:
    made = load_scenario("poland-2025-09-10").scenario
    assert made.intruders_number() == (19, 23)
    assert sum(sensor.model == "long-range-3d" for sensor in made.sensors) == 6
    assert [option.id for option in made.options if option.rule_only] == [
        "as-was", "visual-confirmation", "radar-permitted", "perceived-danger", "attributed-violator",
    ]  # fmt: skip
    facts = {fact.id: fact for fact in made.observed}
    assert (facts["shot-down"].low, facts["shot-down"].high, facts["shot-down"].kind) == (3, 4, "outcome")
    assert facts["entered"].kind == "input"
    assert facts["stray"].high is None
    assert all(fact.figure in FIGURES for fact in made.observed if fact.kind != "input")


@every_scenario
def test_the_place_of_every_sensor_that_ships_is_made_up(name: str) -> None:
    """Number and kind are as public; places are not put to use."""
    made = load_scenario(name).scenario
    assumed = {source.id for source in made.sources if source.grade == "assumed"}
    assert all(assumed & set(sensor.source) for sensor in made.sensors)


def test_the_frozen_night_is_as_large_as_it_says() -> None:
    made = load_scenario("benchmark-night").scenario
    patrols = sum(patrol.number for patrol in made.patrols)
    assert made.intruders_number() == (20, 20)
    assert made.others_number() + patrols + 20 == 300
    assert sum(sensor.model == "medium-range-3d" for sensor in made.sensors) == 7
    assert made.duration_h == 7
    assert len(made.options) == 5
    assert all(option.rule_only for option in made.options)


@pytest.mark.parametrize("data", [None, [], "night", 5])
def test_a_scenario_is_a_mapping(data: Any) -> None:
    with pytest.raises(ContentError, match="a scenario is a mapping: begin with"):
        parse_scenario(data)


def test_a_night_without_options_has_one_that_is_the_file() -> None:
    data = night()
    del data["options"]
    assert [option.id for option in parse_scenario(data).options] == ["as-written"]


def test_broken_data_raise_nothing_but_findings() -> None:
    """Whatever a section is, what is wrong is told; nothing else is raised."""
    wrongs: list[Any] = [
        None,
        5,
        "x",
        [],
        {},
        [5],
        [{}],
        [None],
        {"x": 5},
        [{"id": 5}],
        [{"id": "x", "route": 5}],
        True,
    ]
    for section in night():
        for wrong in wrongs:
            try:
                parse_scenario({**night(), section: wrong})
            except ContentError as error:
                assert error.findings  # noqa: PT017


def test_rule_sets_are_taken_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nkind: proposal\nsummary: Mine.\nextends: visual-confirmation\n"
    )
    file = tmp_path / "here" / "my-night.yaml"
    file.write_text(changed(("rules: {PL: radar-permitted}", "rules: {PL: mine.yaml}")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load_scenario("here/my-night.yaml")
    assert loaded.folder == Path("here")
    assert loaded.under("radar-permitted").states[0].ruleset == "mine.yaml"
    assert load_ruleset("mine.yaml", loaded.folder).id == "mine"


def test_an_unknown_scenario_is_told_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="no scenario is called 'poland'"):
        load_scenario("poland")


def test_a_faulty_platform_is_told_with_its_own_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LIBRARY", small_library(tmp_path / "library"))
    platform = tmp_path / "library" / "platforms" / "gerbera.yaml"
    platform.write_text(platform.read_text(encoding="utf-8").replace("crewed: false", "crewed: 5"), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"platforms/gerbera\.yaml:8:1: crewed is 5"):
        load_platform("gerbera")
    with pytest.raises(ContentError, match=r"gerbera cannot be used: platforms/gerbera\.yaml:8:1: crewed"):
        parse_scenario(night())

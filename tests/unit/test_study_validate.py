"""A scenario held against what happened: what is scored, what is not, and failures printed as failures."""

from __future__ import annotations

import json
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.catalogue import LIBRARY
from holdfire.cli import validate as command
from holdfire.cli.main import run
from holdfire.errors import InputError, UnknownNameError
from holdfire.messages.score import FIGURES
from holdfire.reader.document import read
from holdfire.respond.weapons import parse_weapon
from holdfire.scenario.load import load_scenario
from holdfire.scenario.observed import ObservedModel
from holdfire.study.figures import COLUMN
from holdfire.study.results import Results
from holdfire.study.special import beta_quantile
from holdfire.study.validate import as_written, validation
from support.fake_engine import subject

if TYPE_CHECKING:
    from pathlib import Path

WEAPONS = LIBRARY / "weapons"
SOURCES = [{"id": "paper", "title": "A paper", "date": "2025-09", "grade": "official"}, {"id": "own", "title": "Mine"}]


def fact(**more: Any) -> dict[str, Any]:
    given = {"id": "shot", "what": "shot down", "figure": "stopped", "low": 3, "high": 4, "kind": "outcome"}
    return {**given, "grade": "official", "source": ["paper"], **more}


ENTERED = fact(id="entered", figure="entered", low=19, high=23, kind="input")


def results(*observed: dict[str, Any], figures: dict[str, Any] | None = None, **data: Any) -> Results:
    """Nights 0 to 99 in which every figure is the night's number, but those given."""
    nights = np.tile(np.arange(100.0)[:, None], len(FIGURES))
    for name, values in (figures or {}).items():
        nights[:, COLUMN[name]] = values
    scenario = {"sources": SOURCES, "options": [{"id": "other", "set": {"x": 1}}, {"id": "as-was"}], **data}
    return Results(
        {
            "scenario": {"id": "night", "data": {**scenario, "observed": list(observed)}},
            "options": [{"id": "other"}, {"id": "as-was"}],
            "replications": 100,
            "seed": 1,
        },
        {"other": nights + 1000, "as-was": nights},
        {},
    )


def only(made: dict[str, Any]) -> dict[str, Any]:
    (found,) = made["facts"]
    return dict(found)


def test_an_outcome_stands_beside_the_nights_as_written() -> None:
    made = validation(results(fact(low=95, high=96)))
    assert (made["scenario"], made["option"], made["replications"], made["level"]) == ("night", "as-was", 100, 0.8)
    found = only(made)
    assert found["interval"] == {
        "low": 9.0,
        "high": 90.0,
        "median": 49.5,
        "n": 100,
        "coverage": pytest.approx(81 / 101),
    }
    assert (found["inside"], found["agrees"], found["score"]) == (False, False, pytest.approx(81 + 50))
    assert found["sources"] == ["A paper (2025-09)"]
    assert (made["inside"], made["scored"]) == (0, 1)


@pytest.mark.parametrize(
    ("given", "inside", "score"),
    [
        ({"low": 90, "high": 96}, True, 81),
        ({"low": 91, "high": 96}, False, 91),
        ({"low": 91, "high": 96, "tolerance": 1.5}, True, 81),
        ({"low": 91, "high": None}, False, 91),
        ({"low": 3, "high": None}, True, 81),
        ({"low": 0, "high": 8.5}, False, 86),
    ],
)
def test_ranges_tolerances_and_open_ends(given: dict[str, Any], inside: bool, score: float) -> None:
    found = only(validation(results(fact(**given))))
    assert (found["inside"], found["score"]) == (inside, pytest.approx(score))


def test_it_names_the_rule_sets_that_bind_under_the_option() -> None:
    states = [{"id": "PL", "ruleset": "pre-delegated"}, {"id": "IT", "ruleset": "visual"}, {"id": "NL", "ruleset": "x"}]
    options = [{"id": "other", "title": "Other", "rules": {"PL": "visual"}}, {"id": "as-was", "title": "As it was"}]
    kept = results(fact(), states=states, options=options, chain={"ruleset": "pre-delegated"})
    made = validation(kept)
    assert made["rules"] == {"PL": "pre-delegated", "IT": "visual", "NL": "x", "chain": "pre-delegated"}
    assert command.rules(made) == " (PL, chain: pre-delegated; IT: visual; NL: x)"
    assert validation(kept, "other")["rules"]["PL"] == "visual"
    assert command.rules(validation(results(fact()))) == ""


def test_only_outcomes_score_but_all_are_listed() -> None:
    made = validation(
        results(ENTERED, fact(kind="calibrated", low=200, fitted=["a.b"]), fact(id="hours", figure=None, kind="input"))
    )
    assert [each["inside"] for each in made["facts"]] == [None, None, None]
    assert [each["agrees"] for each in made["facts"]] == [True, False, None]
    assert [each["score"] for each in made["facts"]] == [None, None, None]
    assert made["facts"][2]["interval"] is None
    assert made["fitted"] == [{"what": "a.b", "to": "shot down"}]
    assert (made["inside"], made["scored"]) == (0, 0)


def test_nights_without_the_figure_are_left_out_and_counted() -> None:
    values = np.where(np.arange(100) < 50, nan, np.arange(100.0))
    assert only(validation(results(fact(), figures={"stopped": values})))["interval"]["n"] == 50
    found = only(validation(results(fact(), figures={"stopped": np.full(100, nan)})))
    assert (found["interval"], found["inside"], found["score"]) == (None, None, None)
    assert found["note"] == "Not scored: there was nothing to count in any night."


@pytest.mark.parametrize(("reach", "close"), [(10, True), (6, True), (2, False), (40, False)])
def test_so_few_nights_that_another_seed_may_answer_otherwise_say_so(reach: int, close: bool) -> None:
    values = np.where(np.arange(100) < reach, 3.0, 1.0)
    found = only(validation(results(fact(low=3, high=4), figures={"stopped": values})))
    assert ("Too close to tell from so few nights" in found["note"]) == close
    assert (f"{reach} of 100 nights reach it" in found["note"]) == close


def test_what_nobody_published_is_not_scored_and_says_so() -> None:
    naive = {"how": "By readiness.", "low": 0, "high": 15, "grade": "official", "source": ["own"]}
    found = only(validation(results(fact(low=None, high=None, note="Secret.", naive=naive))))
    assert found["note"] == "Secret. Not scored: no public figure."
    assert (found["inside"], found["agrees"], found["score"]) == (None, None, None)
    assert (found["naive"]["low"], found["naive"]["high"], found["naive"]["score"]) == (0, 15, None)
    assert found["naive"]["sources"] == ["Mine"]


def test_the_naive_forecaster_is_scored_on_the_same_fact() -> None:
    cases = [{"of": 4, "share": 0}, {"of": 2, "share": 0}]
    share = {"how": "As before.", "times": "entered", "cases": cases, "grade": "estimate", "source": ["paper"]}
    interval = {"how": "Always.", "low": 0, "high": 1, "grade": "estimate", "source": ["paper"]}
    made = validation(results(ENTERED, fact(naive=share), fact(naive=interval)))
    naive = made["facts"][1]["naive"]
    assert (naive["low"], naive["inside"], naive["score"]) == (0, True, naive["high"])
    assert naive["how"] == "As before. It was 0 of 6."
    assert made["facts"][2]["naive"]["score"] == pytest.approx(1 + 10 * 2)
    assert made["facts"][2]["naive"]["inside"] is False


def test_any_option_can_be_asked_and_none_that_was_not_run() -> None:
    assert only(validation(results(fact()), "other"))["interval"]["low"] == 1009
    with pytest.raises(UnknownNameError, match="did you mean 'other'"):
        validation(results(fact()), "othr")
    changed = results(fact(), options=[{"id": "other", "set": {"x": 1}}, {"id": "as-was", "rules": {"PL": "x"}}])
    assert as_written(changed.manifest) is None
    with pytest.raises(InputError, match="run one that changes nothing"):
        validation(changed)
    with pytest.raises(InputError, match="list it under `observed`"):
        validation(results())


def test_a_scenario_without_options_is_run_as_written() -> None:
    made = results(fact())
    del made.manifest["scenario"]["data"]["options"]
    assert as_written({**made.manifest, "options": [{"id": "as-written"}]}) == "as-written"


def test_it_is_json() -> None:
    made = validation(results(ENTERED, fact(low=None, high=None, note="Secret."), fact(high=None)))
    assert json.loads(json.dumps(made, allow_nan=False)) == made


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """`holdfire validate` on an engine that rehearses nothing; what is observed can be added to."""
    observed: list[dict[str, Any]] = []
    data = {
        "sources": SOURCES,
        "observed": observed,
        "validation": {"left_out": ["Luck."], "not_left_out": ["The rules."]},
        "states": [{"id": "PL", "ruleset": "pre-delegated-uncrewed"}],
    }
    monkeypatch.setattr(command, "about", lambda *_: subject(options=[{"id": "as-was", "title": "As it was"}], **data))
    monkeypatch.setattr(command, "_as_written", lambda _: "as-was")
    return observed


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_the_command_prints_a_failure_as_one_and_leaves_with_status_1(
    fake: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fake += [fact(low=40, high=41), fact(id="gone", low=0), fact(id="fit", kind="calibrated", fitted=["a.b"], low=90)]
    asked = ["validate", "night", "--replications", "12", "--workers", "1", "--out", str(tmp_path / "kept")]
    assert run(asked) == 1
    out = printed(capsys)
    assert out.startswith("fake-night as it is written, under as-was (PL: pre-delegated-uncrewed), 12 nights, seed 1")
    assert "1 of 2 outcomes lie outside: shot. The model fails there." in out
    for said in ("Luck.", "The rules.", "a.b, to: shot down", "covers one more night of the model with 85 % or more"):
        assert said in out
    assert run([*asked, "--json"]) == 1  # from what is kept, with nothing rehearsed again
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["inside"], document["scored"]) == ("validation", 1, 2)
    assert {"id", "kind", "observed", "sources", "interval", "inside", "score"} <= set(document["facts"][0])
    assert run(["validate", str(tmp_path / "kept"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == document


def test_the_command_leaves_with_status_0_where_all_lie_inside(
    fake: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    fake += [fact(low=0, high=50), fact(id="dark", low=None, high=None, note="Secret.")]
    assert run(["validate", "night", "--replications", "3", "--workers", "1"]) == 0
    out = printed(capsys)
    assert "All 1 outcome that can be scored lie inside." in out
    assert "dark not public" in out
    assert "too few for 80 %: the widest there is" in out


def test_a_stop_says_what_is_kept(
    fake: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fake += [fact()]
    broken = replace(subject(observed=fake), builder="support.fake_engine:nothing")
    monkeypatch.setattr(command, "about", lambda *_: broken)
    assert run(["validate", "night"]) == 3
    assert "nothing is kept: name a folder with --out" in capsys.readouterr().err
    assert run(["validate", "night", "--out", str(tmp_path)]) == 3
    assert "continue with: holdfire run night" in capsys.readouterr().err


def test_a_night_without_facts_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "benchmark-night"]) == 2
    assert "list it under `observed`" in capsys.readouterr().err


def test_facts_without_a_figure_are_refused_before_a_night_is_rehearsed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = load_scenario("poland-2025-09-10")
    bare = [ObservedModel.model_validate(fact(figure=None))]
    changed = replace(loaded, scenario=loaded.scenario.model_copy(update={"observed": bare}))
    monkeypatch.setattr(command, "load_scenario", lambda _: changed)
    assert run(["validate", "poland-2025-09-10"]) == 2
    assert "no fact that poland-2025-09-10 observes names a figure of a run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ENTERED, "No outcome could be scored: no fact of it is an outcome."),
        (fact(low=None, high=None), "No outcome could be scored."),
    ],
)
def test_why_nothing_could_be_scored(given: dict[str, Any], said: str) -> None:
    assert command.verdict(validation(results(given))) == said


def test_what_the_polish_night_scores_was_not_fitted() -> None:
    facts = {each.id: each for each in load_scenario("poland-2025-09-10").scenario.observed}
    assert {name for name, each in facts.items() if each.kind == "outcome"} == {
        "stray", "shot-down", "localities", "populated", "debris", "weapons", "civil", "take-off", "contact",
    }  # fmt: skip
    for name in ("stray", "shot-down"):
        naive = facts[name].naive
        assert naive is not None
        assert sum(case.of for case in naive.cases) == 6


@pytest.mark.parametrize("name", ["radar-missile", "heat-missile"])
def test_how_often_a_missile_strays_is_counted_from_before_the_polish_night(name: str) -> None:
    weapon = parse_weapon(read(WEAPONS / f"{name}.yaml").data)
    dates = {source.id: source.date for source in weapon.sources}
    share = weapon.stray_share
    assert [dates[cited] for cited in share.source] == ["2018-08", "2023-02-14", None]
    known, of = 1, 2  # of those that hit nothing, how many are known to have come down
    assert share.low == pytest.approx(beta_quantile(0.1, known + 0.5, of - known + 0.5), abs=0.005)
    assert share.high == pytest.approx(beta_quantile(0.9, known + 0.5, of - known + 0.5), abs=0.005)


@pytest.mark.parametrize(
    "naive", [{}, {"low": 1}, {"low": 2, "high": 1}, {"times": "entered"}, {"low": 1, "high": 2, "times": "x"}]
)
def test_a_naive_forecast_is_an_interval_or_a_share(naive: dict[str, Any]) -> None:
    given = fact(naive={"how": "So.", "grade": "assumed", "source": ["own"], **naive})
    with pytest.raises(ValueError, match="write one of the two"):
        ObservedModel.model_validate(given)

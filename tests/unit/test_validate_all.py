"""All incidents together: what counts, when the bar is met, and that a failure is printed as one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.cli import validate_all as shown
from holdfire.cli.main import run
from holdfire.messages.score import FIGURES
from holdfire.scenario.load import load_scenario
from holdfire.study import each_incident
from holdfire.study.blinded import Blinded
from holdfire.study.results import Results
from holdfire.study.validate import facts_of
from holdfire.study.validate_all import incident, tally, whole
from support.fake_engine import subject

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = [{"id": "paper", "title": "A paper", "grade": "official"}]
NAIVE = {"how": "Always.", "low": 0, "high": 20, "grade": "estimate", "source": ["paper"]}
BLIND = Blinded((), ("as-was",), {}, {}, (), (), (), ())


def fact(**more: Any) -> dict[str, Any]:
    given = {"id": "shot", "what": "shot down", "figure": "stopped", "low": 3, "high": 3, "kind": "outcome"}
    return {**given, "grade": "official", "source": ["paper"], **more}


def facts(*observed: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of nights in which every figure is 0 in 8, 1 to 7 in 12 each, and 9 in 8: foretold is 1 to 7."""
    figures = np.tile(np.repeat((0.0, *range(1, 8), 9.0), (8, *[12] * 7, 8))[:, None], len(FIGURES))
    return facts_of({"sources": SOURCES, "observed": list(observed)}, figures)


def test_only_outcomes_with_a_figure_and_a_value_count() -> None:
    found = tally({"a": [each for each in facts(fact(), fact(low=30, high=30)) if each["inside"] is not None]})
    assert (found["n"], found["inside"], found["share"]) == (2, 1, 0.5)
    every = facts(fact(kind="input"), fact(figure=None), fact(low=None, high=None), fact(naive=NAIVE))
    made = {"scenario": "a", "left_out": every, "as_written": every, "missing": []}
    assert whole([made], 100, 1)["left_out"]["n"] == 1


def test_too_many_inside_fail_as_too_few_do() -> None:
    inside, outside = fact(naive=NAIVE), fact(low=30, high=30, naive=NAIVE)
    for hits, within in ((40, False), (32, True), (20, False)):
        made = tally({"a": facts(*[inside] * hits, *[outside] * (40 - hits))})
        assert (made["allowed"], made["within"]) == ({"low": 27, "high": 37}, within)


def test_widths_and_scores_stand_beside_the_naive_forecasters() -> None:
    point = NAIVE | {"low": 3, "high": 3}
    made = tally({"a": facts(fact(naive=NAIVE), fact(naive=point)), "b": facts(fact())})
    assert made["width"] == {"n": 1, "median": pytest.approx(6 / 20)}  # 1 to 7, where the naive one says 0 to 20
    assert (made["naive"], made["won"], made["lost"]) == (2, 1, 1)
    assert made["gain"]["value"] == pytest.approx(((20 - 6) / (20 + 6 + 1) - 6 / (6 + 1)) / 2)
    assert made["better"] is False
    assert tally({"b": facts(fact())})["gain"] is None


def test_scores_nearer_than_the_fact_can_tell_are_neither_better_nor_worse() -> None:
    near = fact(figure="people_harmed_debris", low=0, high=0, tolerance=0.5, naive=NAIVE | {"low": 0, "high": 10.5})
    made = tally({"a": facts(near)})
    assert (made["won"], made["lost"], made["won_share"]) == (0, 0, None)
    assert made["gain"]["value"] == pytest.approx((10.5 - 11) / (10.5 + 11 + 1))  # it is counted, and weighs little


def test_how_often_so_coarse_a_fact_lies_inside_by_itself() -> None:
    (one,) = facts(fact(low=9, high=9))
    assert one["chance"] == pytest.approx(0.84)
    (wide,) = facts(fact(low=3, high=5))
    assert wide["chance"] == pytest.approx(0.92)  # 0 would be seen as -1 to 1, and 9 as 8 to 10
    (open_,) = facts(fact(low=1, high=None))
    assert open_["chance"] == pytest.approx(0.92)
    (most,) = facts(fact(low=None, high=8))
    assert most["chance"] == pytest.approx(0.92)
    assert facts(fact(kind="input"))[0]["chance"] is None
    assert facts(fact(low=None, high=None))[0]["chance"] is None


def results(**options: float) -> Results:
    data = {"sources": SOURCES, "observed": [fact(low=5, high=5)], "validation": {"not_left_out": ["Luck."]}}
    figures = {name: np.full((10, len(FIGURES)), value) for name, value in options.items()}
    return Results({"scenario": {"id": "night", "data": data}}, figures, {})


def test_the_forecast_is_of_all_members_together() -> None:
    made = replace(BLIND, options=({"id": "was"},), members=("one", "two"), replaced={"PL": "x"}, missing=("y",))
    found = incident(results(was=5.0, one=2.0, two=8.0), made)
    assert found["as_written"][0]["interval"]["low"] == found["as_written"][0]["interval"]["high"] == 5.0
    blind = found["left_out"][0]["interval"]
    assert (blind["low"], blind["high"], blind["n"]) == (2.0, 8.0, 20)
    assert (found["replaced"], found["missing"], found["not_left_out"]) == ({"PL": "x"}, ["y"], ["Luck."])


def test_what_could_not_be_left_out_does_not_count_and_fails_the_bar() -> None:
    good = facts(*[fact(naive=NAIVE)] * 4)
    one = {"scenario": "a", "as_written": good, "left_out": good, "missing": []}
    assert whole([one], 100, 1)["met"] is True
    both = whole([one, one | {"scenario": "b", "missing": ["x.y"]}], 100, 1)
    assert (both["met"], both["not_counted"], both["left_out"]["n"], both["as_written"]["n"]) == (False, ["b"], 4, 8)
    assert "b could not be left out" in shown.verdict(both)
    assert whole([], 100, 1)["met"] is False


@pytest.mark.parametrize(("inside", "side"), [(43, "surer of itself than it may be"), (48, ""), (51, "less sure of")])
@pytest.mark.parametrize("met", [True, False])
def test_one_sentence_says_the_bar_and_beside_it_how_sure_the_model_is(inside: int, side: str, *, met: bool) -> None:
    found = {
        "n": 51,
        "inside": inside,
        "within": met,
        "better": True,
        "by_chance": {"mean": 48.6, "low": 46, "high": 50},
    }
    said = shown.verdict({"left_out": found, "not_counted": []})
    assert said.startswith("The bar is met: " if met else "The bar is NOT MET: the share inside is not")
    assert said.count(". ") == 0
    assert ("beside the bar" in said) == bool(side)
    assert side in said
    if side:
        assert f"inside 46 to 50 times by the nights themselves, and {inside} do" in said


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The Polish night alone, on an engine that rehearses nothing, with these facts."""
    observed = [fact(low=0, high=50, naive=NAIVE | {"high": 90})] * 4
    loaded = load_scenario("poland-2025-09-10")

    def about(path: str) -> Any:
        options = load_scenario(path).data["options"]
        made = subject(**loaded.data | {"observed": observed, "options": options, "sources": SOURCES})
        return replace(made, id="poland-2025-09-10", options={each["id"]: each["title"] for each in options})

    monkeypatch.setattr(each_incident, "about", about)
    monkeypatch.setattr(each_incident, "ids", lambda _: ["benchmark-night", "poland-2025-09-10"])
    return observed


def test_the_command_tells_each_incident_and_the_bar(
    fake: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ["validate", "--all", "--replications", "12", "--workers", "1", "--out", str(tmp_path)]
    assert run(asked) == 0
    out = " ".join(capsys.readouterr().out.split())
    for said in (
        "The bar is met: the share inside is that of an 80 % interval",
        "benchmark-night: not foretold, since it observes nothing", "n = 4 outcomes, 4 inside",
        "left out pre-delegated-uncrewed of PL", "conduct.hold_share", "a true 80 % gives 1 to 4 (95 %): within",
    ):  # fmt: skip
        assert said in out
    chunk = tmp_path / "poland-2025-09-10" / "results" / "chunks" / "00000.npz"
    written = chunk.stat().st_mtime_ns
    fake[0] = fact(low=90, high=91, naive=NAIVE)
    assert run([*asked, "--json"]) == 2  # what is kept was begun with other facts
    fake[0] = fake[1]
    assert run([*asked, "--json"]) == 0
    assert chunk.stat().st_mtime_ns == written  # from what is kept, with nothing rehearsed again


def test_a_bar_that_is_not_met_is_printed_and_leaves_with_status_1(
    fake: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    fake[:] = [fact(low=500, high=500, naive=NAIVE | {"low": 499, "high": 501})] * 4
    assert run(["validate", "--all", "--replications", "9", "--workers", "1", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["met"]) == ("validation-all", False)
    assert (document["left_out"]["inside"], document["left_out"]["better"]) == (0, False)
    assert document["without_outcomes"] == {"benchmark-night": "it observes nothing"}
    said = shown.verdict(document)
    assert said.startswith("The bar is NOT MET: ")
    assert "not that of an 80 % interval" in said
    assert "not better than the naive forecaster's" in said


@pytest.mark.parametrize("asked", [["validate"], ["validate", "poland-2025-09-10", "--all"]])
def test_one_scenario_is_named_or_all_are_asked_for(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(asked) == 2
    assert "name one scenario, or ask for --all" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("observed", "why"),
    [
        ([fact(kind="input")], "none of its facts is an outcome"),
        ([fact(low=None, high=None, note="Secret.")], "no outcome of it is public"),
        ([fact(figure=None)], "no outcome of it names a figure of a run"),
    ],
)
def test_a_scenario_that_cannot_be_foretold_says_why(
    observed: list[dict[str, Any]], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfire.scenario.observed import ObservedModel

    loaded = load_scenario("poland-2025-09-10")
    changed = loaded.scenario.model_copy(update={"observed": [ObservedModel.model_validate(each) for each in observed]})
    monkeypatch.setattr(each_incident, "load_scenario", lambda _: replace(loaded, scenario=changed))
    monkeypatch.setattr(each_incident, "ids", lambda _: ["x"])
    assert each_incident.with_outcomes() == {"x": why}

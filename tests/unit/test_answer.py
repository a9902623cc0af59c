"""The answer over a space: fronts and regret by hand, shares where they are known, boxes where they were put."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.answer import groups
from holdfire.answer.answer import answer
from holdfire.answer.beaten import LEAST_NIGHTS, beaten
from holdfire.answer.front import is_best, is_worst, least_regret, never_worst, on_front, regret
from holdfire.answer.measures import measures
from holdfire.answer.objectives import losses, values
from holdfire.answer.prim import CHANCE, discover, within
from holdfire.answer.shares import shares
from holdfire.cli.main import run
from holdfire.errors import UnknownNameError
from holdfire.study import halton
from holdfire.study.explore import explore
from holdfire.study.figures import COLUMN
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from support.draws import uniforms
from support.fake_engine import subject
from support.made_space import space
from support.tried import quiet

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.study.results import Results

LOSSES = np.array([[[1.0], [2.0], [3.0], [1.0]], [[3.0], [2.0], [3.0], [3.0]]])
"""Two objectives, four options, one point: the first and last are alike, the third is beaten."""


def test_a_front_leaves_out_whoever_is_beaten_in_everything() -> None:
    assert on_front(LOSSES)[:, 0].tolist() == [True, True, False, True]


def test_best_worst_and_regret_by_hand() -> None:
    assert is_best(LOSSES)[:, :, 0].tolist() == [[True, False, False, True], [False, True, False, False]]
    assert is_worst(LOSSES)[:, :, 0].tolist() == [[False, False, True, False], [True, False, True, True]]
    assert never_worst(LOSSES)[:, 0].tolist() == [False, True, False, False]
    assert regret(LOSSES)[:, :, 0].tolist() == [[0, 1, 2, 0], [1, 0, 1, 1]]
    assert least_regret(LOSSES)[:, 0].tolist() == [False, True, False, False]
    assert not is_worst(np.zeros((1, 3, 1))).any(), "where all are alike nobody is worst"


def test_a_rung_counts_nights_above_the_most_restrained() -> None:
    nights = {name: np.zeros((3, len(COLUMN))) for name in ("a", "b")}
    nights["a"][:, COLUMN["peak_rung_own"]] = [2, 2, 5]
    nights["b"][:, COLUMN["peak_rung_other"]] = [2, 3, 4]
    assert values(nights)["rung"].tolist() == [[0, 0, 1], [0, 1, 0]]
    assert losses(values(nights)).shape == (len(values(nights)), 2, 3)


def test_where_nobody_is_stopped_it_counts_who_is_met() -> None:
    nights = {name: np.zeros((3, len(COLUMN))) for name in ("a", "b")}
    nights["b"][:, COLUMN["intercepted"]] = 2
    assert values(nights)["met"].tolist() == [[0, 0, 0], [2, 2, 2]]
    nights["a"][1, COLUMN["stopped"]] = 1
    assert "met" not in values(nights)


def test_exposed_traffic_is_held_against_options_where_airports_may_close() -> None:
    nights = {name: np.zeros((3, len(COLUMN))) for name in ("a", "b")}
    nights["a"][:, COLUMN["exposed_min"]] = [0, 5, 1]
    found = values(nights)
    assert found["exposed"].tolist() == [[0, 5, 1], [0, 0, 0]]
    assert losses(found)[-1].tolist() == found["exposed"].tolist()  # fewer is better
    for each in nights.values():
        each[:, COLUMN["exposed_min"]] = np.nan
    assert "exposed" not in values(nights)


def test_leaning_measures_lean_opposite_ways_and_leave_half_of_the_points() -> None:
    points = halton.points(0, 128, 30, 1)
    even, middle, ends = measures(points)
    out = np.abs(2 * points - 1).mean(axis=1)
    assert [each.weights.sum() for each in (even, middle, ends)] == pytest.approx([1, 1, 1])
    assert middle.weights @ out < even.weights @ out < ends.weights @ out
    assert even.effective == pytest.approx(128)
    assert min(middle.effective, ends.effective) == pytest.approx(64, rel=0.01)


def normals(name: int, *shape: int) -> NDArray[np.float64]:
    """Standard normals, nearly: sums of twelve uniforms."""
    made: NDArray[np.float64] = uniforms(name, (*shape, 12)).sum(axis=-1) - 6.0
    return made


def noisy(n: int, nights: int, noise: float, name: int) -> NDArray[np.float64]:
    """Losses of two options of which the first is better in 70 % of the points, by one."""
    truth = np.where(np.arange(n) < 0.7 * n, 1.0, -1.0)
    made = np.zeros((1, 2, n, nights))
    made[0, 1] = truth[:, None] + noise * normals(name, n, nights)
    return made


def test_a_share_lies_in_an_interval_that_holds_the_truth_through_the_noise_of_nights() -> None:
    flat = measures(halton.points(0, 60, 2, 1))[:1]
    narrow, wide = (shares(noisy(60, 3, noise, 3), flat, ["x"])["best_x"]["even"][0] for noise in (0.1, 1.5))
    assert narrow.value == pytest.approx(0.7)
    assert narrow.low < 0.62
    assert narrow.high > 0.78
    assert wide.value < 0.7, "noise draws the share towards a half"
    assert wide.low < 0.7 < wide.high


def test_an_interval_of_a_share_covers_the_truth() -> None:
    """Points drawn at chance, 70 % of all with the first option better, noise that seldom hides it: nominal 95 %."""
    covered = 0
    for name in range(60):
        made = np.zeros((1, 2, 40, 2))
        better = uniforms(100 + name, (40,)) < 0.7
        made[0, 1] = np.where(better, 1.0, -1.0)[:, None] + 0.3 * normals(200 + name, 40, 2)
        part = shares(made, measures(halton.points(0, 40, 2, 1))[:1], ["x"])["best_x"]["even"][0]
        covered += part.low <= 0.7 <= part.high
    assert covered >= 52  # with 95 % of 60, fewer has a chance of 0.5 %


def test_a_box_is_found_where_it_was_put() -> None:
    points = halton.points(0, 200, 30, 2)
    cases = (points[:, 4] > 0.55) & (points[:, 17] < 0.6)
    box = discover(points, cases)
    assert box is not None
    assert {(limit.side, limit.above) for limit in box.limits} == {(4, True), (17, False)}
    for limit in box.limits:
        assert limit.share == pytest.approx({4: 0.55, 17: 0.6}[limit.side], abs=0.08)
        assert limit.quasi_p < 0.01
    assert box.density > 0.9
    assert box.coverage > 0.9
    assert box.p <= 0.005


def test_a_box_is_found_through_noise_and_no_more_is_said_than_it_holds() -> None:
    points = halton.points(0, 160, 30, 2)
    behind = points[:, 9] - 0.5 + 0.25 * normals(8, 160)
    box = discover(points, behind > 0, behind)
    assert box is not None
    assert (box.limits[0].side, box.limits[0].above) == (9, True)
    held = within(points, [(each.side, each.above, each.share) for each in box.limits])
    assert (box.points, box.cases) == (held.sum(), (behind[held] > 0).sum())
    assert box.density > box.base


def test_in_pure_noise_nothing_is_found() -> None:
    """Sixty spaces of forty unknowns; at a chance of 5 % each, more than 8 finds have a chance below 1 %."""
    points, finds = halton.points(0, 64, 40, 3), 0
    for name in range(60):
        behind = normals(300 + name, 64)
        finds += discover(points, behind > 0.4, behind) is not None
    assert finds <= 8
    assert discover(points, np.zeros(64, np.bool_)) is None
    assert discover(points[:10], np.arange(10) > 5, chance=CHANCE) is None, "so few points tell nothing"


@pytest.fixture(scope="module")
def lucky(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Forty points at which radar stops more only where luck is above a half of its range or so."""
    out = tmp_path_factory.mktemp("space") / "space"
    explore(space(), Request(out, 80, 3, 1, chunk_size=2), quiet)
    return load(out)


def test_the_unknown_that_flips_a_conclusion_is_named_in_words(lucky: Results) -> None:
    made = answer(lucky)
    assert (made["points"], made["nights"]) == (40, 2)
    (found,) = (each for each in made["space"]["discovered"] if each["objective"] == "stopped")
    assert found["leader"] in {"visual", "radar-permitted"}
    (limit,) = found["box"]["limits"]
    assert limit["place"] == "luck"
    assert limit["above"] == (found["leader"] == "visual")
    assert -2.5 < float(limit["value"]) < 2.5
    assert f"how lucky radar is (luck) is {'above' if limit['above'] else 'below'} {limit['value']}" in found["text"]
    assert found["text"] in made["sentences"]


def test_shares_of_a_space_add_up(lucky: Results) -> None:
    space_ = answer(lucky)["space"]
    assert [each["id"] for each in space_["measures"]] == ["even", "middle", "ends"]
    for by_option in space_["shares"]["alone_stopped"].values():
        assert sum(each["value"] for each in by_option.values()) <= 1 + 1e-9
    for question in space_["shares"].values():
        for by_option in question.values():
            assert all(0 <= each["low"] <= each["value"] <= each["high"] <= 1 for each in by_option.values())


def test_regret_of_the_best_is_nothing_somewhere(lucky: Results) -> None:
    made = answer(lucky)["regret"]["stopped"]
    stopped = np.stack([lucky.figures[name][:, COLUMN["stopped"]].reshape(40, 2).mean(axis=1) for name in made])
    behind = stopped.max(axis=0) - stopped
    for place, each in enumerate(made.values()):
        assert each["mean"] == pytest.approx(behind[place].mean())
        assert each["max"] == pytest.approx(behind[place].max())


def test_of_a_study_there_is_the_trade_off_alone(tmp_path: Path) -> None:
    run_study(subject(), Request(tmp_path / "r", 12, seed=3, workers=1, chunk_size=4))
    results = load(tmp_path / "r")
    made = answer(results)
    assert made["space"] is None
    assert made["points"] == 1
    for row in made["tradeoff"]:
        mean = results.figures[row["option"]][:, COLUMN["stopped"]].mean()
        assert row["stopped"]["value"] == pytest.approx(mean)
        assert row["stopped"]["low"] < mean < row["stopped"]["high"]
    with pytest.raises(UnknownNameError, match="no option is called 'visua'"):
        answer(results, "visua")


def test_a_reaction_is_no_choice() -> None:
    options = {each: each for each in ("as-was", "radar", "radar~reaction", "visual")}
    assert groups.choices(options) == ("as-was", "radar", "visual")
    assert groups.reacted(options) == ("as-was", "radar~reaction", "visual")
    assert groups.reacted({"as-was": "as-was", "radar": "radar"}) == ()
    assert groups.choices({"radar~reaction": "radar~reaction"}) == ("radar~reaction",)
    assert groups.reacted({"a": "a", "b~reaction": "b~reaction"}) == ("a", "b~reaction")


def test_an_own_option_that_stands_for_a_reaction_is_no_choice_whatever_it_is_called() -> None:
    options = {"mine": "radar~reaction", "as-was": "as-was", "radar": "radar"}
    assert groups.choices(options) == ("as-was", "radar")
    assert groups.reacted(options) == ("as-was", "mine")
    both = options | {"radar~reaction": "radar~reaction"}
    assert groups.reacted(both) == ("as-was", "radar~reaction", "mine"), "none is left out, the one so called is paired"
    data = {"options": [{"id": "mine", "stands_for": "radar~reaction"}, {"id": "radar"}]}
    manifest: Any = {"scenario": {"data": data}, "options": [{"id": "mine"}, {"id": "radar"}]}
    assert groups.meant(manifest) == {"mine": "radar~reaction", "radar": "radar"}


def test_options_of_one_meaning_share_no_reaction() -> None:
    options = {"as-was": "as-was", "radar": "radar", "radar-2": "radar", "radar~reaction": "radar~reaction"}
    assert groups.reacted(options) == ("as-was", "radar~reaction", "radar-2")
    twins = {"a": "radar", "radar": "radar", "theirs": "radar~reaction"}
    assert groups.reacted(twins) == ("a", "theirs"), "the one so called comes first"
    assert groups.reacted({"own": "visual", "own~reaction": "own~reaction"}) == ("own~reaction",)


def test_what_combinations_stand_for_is_read_of_a_manifest_that_does_not_say_it() -> None:
    data = {"options": [{"id": "ex", "stands_for": "exercise-remote"}, {"id": "ex~reaction"}, {"id": "ex+radar"}]}
    manifest: Any = {"scenario": {"data": data}, "options": data["options"]}
    means = ("exercise-remote", "exercise-remote~reaction", "exercise-remote+radar")
    assert tuple(groups.meant(manifest).values()) == means
    assert groups.reacted(groups.meant(manifest)) == ("ex~reaction", "ex+radar")


@pytest.fixture(scope="module")
def reacting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A space in which `radar~reaction`, if it were a choice, would beat every other option."""
    out = tmp_path_factory.mktemp("reacting") / "space"
    options = {"as-was": "As it was", "radar": "On radar", "radar~reaction": "On radar, the other side adapts"}
    made = replace(space(more={"radar~reaction": 50}), options=options)
    explore(made, Request(out, 24, 3, 1, chunk_size=2), quiet)
    return out


def test_the_other_sides_reaction_enters_no_front_regret_or_share_of_ours(reacting: Path) -> None:
    results = load(reacting)
    made = answer(results)
    there = made["reacted"]
    assert [row["option"] for row in made["tradeoff"]] == ["as-was", "radar"]
    assert [row["option"] for row in there["tradeoff"]] == ["as-was", "radar~reaction"]
    alone = answer(groups.of(results, ("as-was", "radar")))
    assert {**made, "reacted": None, "reversals": []} == alone, "as if the reaction had not been run"
    assert max(each["max"] for each in made["regret"]["stopped"].values()) < 10
    assert there["regret"]["stopped"]["as-was"]["max"] > 40
    for group, names in ((made, {"as-was", "radar"}), (there, {"as-was", "radar~reaction"})):
        for by_measure in group["space"]["shares"].values():
            assert all(set(found) == names for found in by_measure.values())
    assert there["sentences"][0].startswith("Once the other side reacts: ")
    with pytest.raises(UnknownNameError, match="no option is called 'radar~reaction'"):
        answer(results, "radar~reaction")


def test_where_more_come_once_the_other_side_reacts_the_count_is_said_to_be_another_share(reacting: Path) -> None:
    results = load(reacting)
    assert answer(results)["reacted"]["came"] == {"more": [], "fewer": []}
    results.figures["as-was"][:, COLUMN["entered"]] = 20.0
    results.figures["radar"][:, COLUMN["entered"]] = 20.0
    results.figures["radar~reaction"][:, COLUMN["entered"]] = 29.0
    made = answer(results)
    assert made["came"] == {"more": [], "fewer": []}
    assert "come" not in made["sentences"][0]
    assert made["reacted"]["came"]["more"] == ["radar~reaction"]
    assert made["reacted"]["sentences"][0].endswith(
        "under “On radar, the other side adapts” than under “As it was”: as many stopped are a smaller share."
    )


def test_both_groups_are_printed(reacting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["answer", str(reacting)]) == 0
    ours, _, theirs = capsys.readouterr().out.partition("Once the other side reacts: each option")
    assert "radar~reaction" not in ours
    for table in ("Trade-off", "Regret", "Share of the space"):
        assert table in ours
        assert f"{table}{', a night' * (table == 'Trade-off')} once the other side reacts" in theirs


def test_who_is_beaten_is_said_beyond_the_noise_only() -> None:
    n = 40
    made = np.zeros((2, 3, n))
    made[0, 1] = 1.0 + 0.1 * normals(400, n)  # clearly worse than the first in one thing
    made[0, 2] = 0.02 + normals(401, n) - normals(401, n).mean()  # worse by its mean alone
    assert beaten(made, n) == [None, "clearly", "on average"]
    assert beaten(made, LEAST_NIGHTS - 1) == [None, "on average", "on average"], "a few nights decide nothing"


def test_few_nights_are_said_to_be_too_few(tmp_path: Path) -> None:
    run_study(subject(), Request(tmp_path / "few", 4, seed=3, workers=1))
    run_study(subject(), Request(tmp_path / "more", 40, seed=3, workers=1))
    few, more = (answer(load(tmp_path / name))["sentences"][0] for name in ("few", "more"))
    assert few.startswith("Too few nights to say which option is beaten by another")
    assert few.endswith("4 nights under each option, where 20 are the least.")
    assert "ver 40 nights" in more
    assert "left to choose from" not in few

"""A study on its ladder: what nights leave, what is said of options, and what never is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import holdfire
from holdfire.catalogue import load_ladder
from holdfire.cli.main import run as command
from holdfire.errors import InputError, UnknownNameError
from holdfire.escalate.left import Kind, after_night, cost_meur, kinds
from holdfire.escalate.opening import Opening, after, standing_on
from holdfire.messages.aircraft import Part
from holdfire.messages.response import EVENT, What
from holdfire.messages.score import SCORED
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import checked, load_scenario
from holdfire.study.ladder import ladder_of
from holdfire.study.ladder_against import change
from holdfire.study.ladder_words import sentences
from holdfire.study.run import Request, run_study
from holdfire.study.standing import signals_of, standing_of
from support.laddered import SHOT, laddered

if TYPE_CHECKING:
    from holdfire.escalate.opening import After

LADDER = load_ladder("air-incidents")
LIBRARY = Path(holdfire.__file__).parent / "library"
DRONE, JET, AIRLINER = range(3)
NEVER = re.compile(r"\b(wars?|nuclear|open conflict|armed conflict|armageddon|catastroph\w*|doom\w*)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ladder") / "results"
    run_study(laddered(), Request(made, 12, seed=3, workers=1))
    return made


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, Any]:
    return ladder_of(folder)


def of(made: dict[str, Any], option: str) -> dict[str, Any]:
    return next(each for each in made["options"] if each["id"] == option)


def left_by(*happened: tuple[float, What, int], entered_s: float = 0.0, left_s: float = np.inf) -> After:
    events = np.array([(time_s, what, 1, about, 0, 0.0) for time_s, what, about in happened], EVENT)
    aircraft = np.zeros(3, SCORED)
    aircraft["part"], aircraft["crewed"] = (Part.INTRUDER, Part.INTRUDER, Part.AIRLINER), (0, 1, 1)
    aircraft["entered_s"], aircraft["left_s"] = entered_s, left_s
    return after(events, aircraft, LADDER)


def test_an_opening_says_what_came_and_what_was_lost() -> None:
    entered = (1.0, What.ENTERED, DRONE)
    assert left_by() == after(np.zeros(0, EVENT), np.zeros(1, SCORED), LADDER)
    assert left_by().opening == Opening(0, 0, "nothing", "nothing", elsewhere=False, attributed=False)
    assert left_by(entered).opening == Opening(2, 2, "uncrewed", "nothing", elsewhere=False, attributed=False)
    hit = left_by(entered, (2.0, What.HIT, DRONE)).opening
    assert (hit.own, hit.came, hit.lost, hit.elsewhere, hit.attributed) == (16, "uncrewed", "uncrewed", False, True)
    assert left_by(entered, (2.0, What.ARRIVED, DRONE)).opening.came == "struck"
    assert left_by((2.0, What.LOOKED, JET)).opening.attributed
    assert left_by((2.0, What.HIT, AIRLINER)).opening.lost == "nothing"


def test_people_who_were_fired_at_count_as_lost_and_drones_only_once_hit() -> None:
    assert left_by((2.0, What.FIRED, JET)).opening.lost == "crewed"
    assert left_by((2.0, What.FIRED, DRONE)).opening.lost == "nothing"
    assert left_by((2.0, What.DISRUPTED, DRONE)).opening.lost == "uncrewed"


@pytest.mark.parametrize(("entered_s", "left_s", "elsewhere"), [(1, np.inf, False), (5, np.inf, True), (1, 2, True)])
def test_a_loss_before_the_border_or_after_leaving_is_elsewhere(
    entered_s: float, left_s: float, *, elsewhere: bool
) -> None:
    assert left_by((3.0, What.HIT, DRONE), entered_s=entered_s, left_s=left_s).opening.elsewhere is elsewhere


def test_answers_of_the_other_side_are_left_to_the_exchange() -> None:
    """`climb` books what followed once, so that the other side would stand on its answer before it gave one."""
    shot = left_by((1.0, What.ENTERED, JET), (2.0, What.HIT, JET))
    assert shot.opening.other == 4  # deny, and three kinds of entering, lie no higher than a jet's
    assert "retaliate" not in shot.used
    assert {"shoot-crewed", "article-4", "enter-crewed"} <= shot.used


def test_a_friends_stray_is_nobodys_step() -> None:
    events = np.array([(1.0, What.ENTERED, 1, DRONE, 0, 0.0), (2.0, What.HIT, 1, DRONE, 0, 0.0)], EVENT)
    left = after(events, np.zeros(1, SCORED), LADDER, strays=[DRONE])
    assert left.opening == Opening(16, 0, "nothing", "nothing", elsewhere=False, attributed=False)
    assert left.opening.quiet
    assert "enter-uncrewed" not in left.used


def test_whose_an_intruder_is_stands_in_the_scenario(folder: Path, tmp_path: Path) -> None:
    of_a_friend = tmp_path / "of-a-friend"
    options = [{"id": option, "title": option} for option in SHOT]
    run_study(laddered(intruders=[{"state": "UA"}], options=options), Request(of_a_friend, 2, seed=3, workers=1))
    assert not any(option["next_rung"]["other"]["high"] for option in ladder_of(of_a_friend)["options"])
    assert all(option["next_rung"]["other"]["high"] for option in ladder_of(folder)["options"])


def test_an_option_can_be_a_step_itself() -> None:
    assert [rung.id for rung in standing_on(LADDER, ["visual+eastern-sentry~reaction"])] == ["reinforce"]
    assert not standing_on(LADDER, ["visual", "as-was"])
    assert [rung.id for rung in standing_on(LADDER, ["mine", "close-airspace+exercise-remote"])] == [
        "close-airspace", "exercise",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ex", "ex+more-patrols", "ex~reaction", "two", "two+more-patrols", "exercise-remote"])
def test_an_own_option_stands_and_signals_as_what_it_uses_wherever_its_name_stands(name: str) -> None:
    own = [
        {"id": "as-was", "title": "As it was"},
        {"id": "ex", "title": "Ex", "uses": "exercise-remote"},
        {"id": "two", "title": "Two", "uses": "ex+visual"},
    ]
    data = checked({**load_scenario("estonia-2025-09-19").data, "options": own}, twins=True)
    if name not in {"ex", "two"}:
        data = {**data, "options": [*data["options"], expanded(data, name)]}
    manifest: Any = {"scenario": {"data": data}}
    assert "exercise" in [rung.id for rung in standing_of(LADDER, manifest, name)]
    assert signals_of(LADDER, manifest, name) == ("exercise-remote",)


STANDS_ON_NONE = {
    "air-policing", "all-archetypes", "icao-interception", "observe-only", "self-defence", "visual-confirmation",
    "armed-surveillance-drones",  # the option is the step; the set alone arms nobody
}  # fmt: skip
"""Rule sets that nobody had to take a step for."""


@pytest.mark.parametrize("name", sorted(path.stem for path in (LIBRARY / "rulesets").glob("*.yaml")))
def test_every_rule_set_in_force_stands_on_a_rung_or_is_known_to_stand_on_none(name: str) -> None:
    assert bool(standing_on(LADDER, [], [name])) == (name not in STANDS_ON_NONE)


@pytest.mark.parametrize(
    ("scenario", "option", "rungs"),
    [
        ("poland-2025-09-10", "as-was", ["pre-delegate"]),  # it was the precedent
        ("poland-2025-09-10", "visual-confirmation", []),
        ("poland-2025-09-10", "radar-permitted", ["change-law"]),
        ("estonia-2026-05-19", "as-was", ["change-law"]),
        ("germany-2025-10-02", "as-was", []),
        ("germany-2025-10-02", "act-of-2026", ["change-law"]),
        ("germany-2025-10-02", "non-kinetic~reaction", ["reinforce"]),
    ],
)
def test_who_changes_nothing_stands_where_the_scenario_stands(scenario: str, option: str, rungs: list[str]) -> None:
    manifest: Any = {"scenario": {"data": load_scenario(scenario).data}}
    assert [rung.id for rung in standing_of(LADDER, manifest, option)] == rungs


def test_every_rung_that_ships_says_what_it_is_like() -> None:
    for rung in LADDER.rungs:
        traits = rung.traits
        assert traits.reversible
        assert traits.visible
        assert traits.consent
        assert traits.cost
        assert traits.judged
    assert len(LADDER.of("own")) == 21


def test_rungs_left_are_those_that_can_be_taken_back_and_were_not_used() -> None:
    rungs = LADDER.of("own")
    every = {kind: after_night(rungs, kind, ()) for kind in kinds(LADDER, "own")}
    used = {kind: after_night(rungs, kind, {"summon", "shoot-crewed"}) for kind in every}
    changed = {(kind.reversible, kind.consent) for kind in every if used[kind] != every[kind]}
    assert changed == {("yes", None), ("yes", "government")}
    assert every[Kind("yes", None)] == 10


def test_what_costs_by_the_day_is_kept_up() -> None:
    rungs = LADDER.of("own")
    assert cost_meur(rungs, {"reinforce"}, 30) == pytest.approx((9.0, 45.0))
    assert cost_meur(rungs, {"close-airspace"}, 30) == pytest.approx((0.5, 20.0))


def test_a_conclusion_that_needs_the_ratio_above_one_says_so(made: dict[str, Any]) -> None:
    found = of(made, "radar-permitted")["against_base"]["next_rung"]
    assert found["direction"] == "raises"
    assert found["needs_ratio_above_1"]
    assert not found["holds_below_1"]
    assert found["low"] < 0 < found["high"]
    said = next(text for text in made["sentences"] if text.startswith("radar-permitted raises"))
    assert "needs a crewed loss to weigh more" in said


def test_one_that_does_not_need_it_does_not(made: dict[str, Any]) -> None:
    found = of(made, "visual")["against_base"]["next_rung"]
    assert found["direction"] == "open"  # nobody knows whether a loss is answered more than none
    assert found["higher_share"] + found["lower_share"] == pytest.approx(1.0)
    assert not found["needs_ratio_above_1"]


@pytest.mark.parametrize(
    ("above", "at_one", "below", "direction", "needs", "holds"),
    [
        (0.2, 0.1, 0.1, "raises", False, True),
        (-0.2, -0.1, -0.1, "lowers", False, True),
        (0.2, 0.0, -0.1, "raises", True, False),
        (0.2, 0.1, -0.1, "raises", False, False),
        (0.0, 0.0, 0.0, "alike", False, True),
        (0.0, 0.0, -0.1, "open", False, False),
    ],
)
def test_directions(above: float, at_one: float, below: float, direction: str, *, needs: bool, holds: bool) -> None:
    moved = np.array([above, above, below, at_one, at_one, at_one])
    found = change(np.full(6, 0.3), 0.3 + moved, np.array([2.0, 3.0, 0.5]), draws=3)
    assert (found["direction"], found["needs_ratio_above_1"], found["holds_below_1"]) == (direction, needs, holds)


def test_break_even_is_the_gain_over_the_rate(made: dict[str, Any]) -> None:
    stopped, saved = of(made, "radar-permitted")["against_base"]["break_even"]
    assert (stopped["gain"]["value"], stopped["told"]) == (3.0, True)
    assert [each["raise"] for each in stopped["curve"]] == pytest.approx([1.0, 1.0, 0.3, 0.1, 0.03])
    most = of(made, "radar-permitted")["against_base"]["next_rung"]["high"]
    assert stopped["outweighed_above_rate"] == pytest.approx(3.0 / most)
    assert (saved["gain"]["value"], saved["told"]) == (0.0, False)
    fewer, _ = of(made, "visual")["against_base"]["break_even"]
    assert fewer["outweighed_above_rate"] is None
    assert {each["raise"] for each in fewer["curve"]} == {0.0}


def test_less_than_a_point_is_not_said_to_be_none(made: dict[str, Any]) -> None:
    few = json.loads(json.dumps(made))
    against = of(few, "radar-permitted")["against_base"]
    against["next_rung"] |= {"low": 0.0004, "high": 0.0014}
    next(each for each in against["break_even"][0]["curve"] if each["rate"] == 10.0)["raise"] = 0.0014
    said = " ".join(sentences(few))
    assert "by more than 0.14 points" in said
    assert "+0.04 to +0.14 points" in said
    assert "by more than 30 points" in " ".join(sentences(made))


def test_chances_are_intervals_inside_zero_and_one_and_add_up(made: dict[str, Any]) -> None:
    for option in made["options"]:
        for rungs in option["sides"].values():
            for rung in rungs:
                assert 0 <= rung["at_least"]["low"] <= rung["at_least"]["high"] <= 1
                assert 0 <= rung["days_at_least"]["low"] <= rung["days_at_least"]["high"] <= made["horizon_days"] + 1e-9
            assert sum(rung["peak"]["low"] for rung in rungs) <= 1 <= sum(rung["peak"]["high"] for rung in rungs)
        assert option["next_rung"]["other"]["low"] < option["next_rung"]["other"]["high"]


def test_a_crewed_loss_leaves_its_own_side_fewer_rungs(made: dict[str, Any]) -> None:
    jet, drone = (of(made, option)["cost"]["own"]["rungs_meur"] for option in ("radar-permitted", "as-was"))
    assert jet["high"] > drone["high"]
    for option in made["options"]:
        for each in option["left"]["own"]:
            assert each["after_answers"]["high"] <= each["after_night"]["mean"] + 1e-9 <= each["of"] + 1e-9


def test_what_lies_beyond_the_ladder_has_no_word_and_no_number(
    made: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not command(["ladder", str(folder)])
    shown = capsys.readouterr().out
    assert not NEVER.search(shown)
    assert not NEVER.search(json.dumps(made))
    for option in made["options"]:
        for side, last in made["ladder"]["beyond"].items():
            assert option["sides"][side][-1]["id"] == last
            assert option["sides"][side][-1]["title"].endswith("or beyond this ladder")


def test_it_is_readable_at_80_columns_and_one_json_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not command(["ladder", str(folder), "--base", "visual"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any("rungs of our own left" in line for line in lines)
    assert not command(["ladder", str(folder), "--json"])
    document = json.loads(capsys.readouterr().out)
    assert (document["document"], document["base"], document["nights"]) == ("ladder-results", "as-was", 12)


@pytest.mark.parametrize("name", ["air-incidents", "kahn-1965"])
def test_a_ladder_is_shown_as_data(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not command(["ladder", name])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "Sources" in lines
    assert not command(["ladder", name, "--json"])
    document = json.loads(capsys.readouterr().out)
    ladder = load_ladder(name)
    assert [each["id"] for each in document["rungs"] if each["side"] == "own"] == [each.id for each in ladder.of("own")]
    assert len(document["moves"]) == len(ladder.moves)


def test_kahns_rungs_are_nine_and_the_rest_are_groups() -> None:
    kahn = load_ladder("kahn-1965")
    assert [rung.rung for rung in kahn.rungs] == list(range(1, 10))
    assert [rung for group in kahn.groups for rung in range(group.first, group.last + 1)] == list(range(1, 45))
    assert kahn.exchange is None


def test_what_cannot_be_answered_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'visual'"):
        ladder_of(folder, "visaul")
    other = tmp_path / "of-kahn"
    run_study(laddered(ladder="kahn-1965"), Request(other, 2, seed=3, workers=1))
    with pytest.raises(InputError, match="says nothing of what follows a night"):
        ladder_of(other)
    assert command(["ladder", "air-incidents", "--base", "visual"]) == 2
    assert command(["ladder", "air-incidens"]) == 2

"""What an option signals to the other side: an unknown of the ladder that nobody can tell the direction of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.answer.next_rung import next_rungs
from holdfire.catalogue import load_ladder
from holdfire.cli.main import run as command
from holdfire.escalate.opening import signalling
from holdfire.escalate.unknowns import RATIO
from holdfire.sources import Grade
from holdfire.study.ladder import ladder_of
from holdfire.study.ladder_ends import DRAWS, Ends
from holdfire.study.ladder_signals import needed, words
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from support.laddered import laddered

if TYPE_CHECKING:
    from pathlib import Path

LADDER = load_ladder("air-incidents")
SIGNALS = [each for each in LADDER.standing if each.signals]
HEARD = "exercise-remote"
OPTIONS = ("as-was", HEARD, f"armed-surveillance-drones+{HEARD}", "radar-permitted", f"{HEARD}-after")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All options but `radar-permitted` have the same nights, so that a signal alone tells them apart."""
    made = tmp_path_factory.mktemp("signals") / "results"
    run_study(replace(laddered(), options={each: each for each in OPTIONS}), Request(made, 6, seed=3, workers=1))
    return made


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, Any]:
    return ladder_of(folder)


def of(made: dict[str, Any], option: str) -> dict[str, Any]:
    return next(each for each in made["options"] if each["id"] == option)


@pytest.mark.parametrize("each", SIGNALS, ids=lambda each: each.option)
def test_every_signal_that_ships_may_deter_or_provoke_and_is_assumed(each: Any) -> None:
    assert each.signals.low < 1.0 < each.signals.high
    assert each.signals.low * each.signals.high == pytest.approx(1.0), "neither way has more of the box"
    assert each.signals.grade is Grade.ASSUMED


def test_parts_of_a_name_signal_and_an_exercise_that_is_over_does_not() -> None:
    both = ("armed-surveillance-drones", HEARD)
    assert signalling(LADDER, [f"visual+{HEARD}+armed-surveillance-drones~reaction"]) == both
    assert not signalling(LADDER, [f"{HEARD}-after", "more-patrols"])


def test_it_is_an_unknown_of_those_studies_only_in_which_somebody_signals(made: dict[str, Any], tmp_path: Path) -> None:
    named = [each["name"] for each in made["unknowns"]]
    assert named[-2:] == ["signals.armed-surveillance-drones", f"signals.{HEARD}"]
    run_study(laddered(), Request(tmp_path / "r", 6, seed=3, workers=1))
    without = ladder_of(tmp_path / "r")
    assert [each["name"] for each in without["unknowns"]] == named[:-2]
    for option in ("as-was", "radar-permitted"):  # nor does anybody else's number move
        alone, beside = of(without, option), of(made, option)
        assert (alone["next_rung"], alone["sides"]) == (beside["next_rung"], beside["sides"])


def test_one_that_only_signals_raises_the_risk_exactly_where_that_provokes(made: dict[str, Any]) -> None:
    against = of(made, HEARD)["against_base"]
    (found,) = against["signals"]
    assert found["above_1"] == {"higher_share": 1.0, "lower_share": 0.0}
    assert found["at_1"] == {"higher_share": 0.0, "lower_share": 0.0}
    assert found["below_1"] == {"higher_share": 0.0, "lower_share": 1.0}
    assert (found["higher_needs"], found["lower_needs"], found["either"]) == ("above", "below", False)
    assert against["next_rung"]["direction"] == "open"
    assert not against["next_rung"]["needs_ratio_above_1"]
    said = next(text for text in made["sentences"] if text.startswith(f"{HEARD} moves"))
    assert f"hangs on what {HEARD} signals: up needs it to provoke, down needs it to deter" in said


def test_its_range_widens_what_may_come_of_it_to_both_sides(made: dict[str, Any]) -> None:
    alone, heard, both = (of(made, option)["next_rung"]["other"] for option in OPTIONS[:3])
    assert both["low"] < heard["low"] < alone["low"]
    assert alone["high"] <= heard["high"] <= both["high"]
    assert of(made, f"{HEARD}-after")["against_base"]["next_rung"]["direction"] == "alike"
    assert not of(made, f"{HEARD}-after")["against_base"]["signals"]


def test_two_signals_are_told_one_by_one(made: dict[str, Any]) -> None:
    found = of(made, OPTIONS[2])["against_base"]["signals"]
    assert [each["option"] for each in found] == ["armed-surveillance-drones", HEARD]


def ends(signals: list[float]) -> Ends:
    drawn = np.resize(signals, DRAWS)
    weighed = {RATIO: np.ones(DRAWS), f"signals.{HEARD}": drawn}
    assert LADDER.exchange
    return Ends(LADDER, LADDER.exchange, (), weighed, {})


@pytest.mark.parametrize(
    ("free", "at_one", "direction", "said"),
    [
        ([0.2, -0.2], [0.0, 0.0], "open", "up needs it to provoke, down needs it to deter"),
        ([0.2, -0.2], [0.1, 0.1], "open", "signals: down needs it to deter, and"),
        ([-0.2, 0.2], [0.0, 0.0], "open", "up needs it to deter, down needs it to provoke"),  # the base signals
        ([0.2, 0.1], [0.1, 0.1], "raises", "That holds whether"),
        ([0.2, 0.0], [0.0, 0.0], "raises", "This needs what exercise-remote signals to provoke"),
        ([0.0, -0.2], [0.0, 0.0], "lowers", "This needs what exercise-remote signals to deter"),
        ([0.2, 0.0], [0.1, 0.1], "open", ""),
    ],
)
def test_what_needs_a_signal_above_or_below_one_says_so(
    free: list[float], at_one: list[float], direction: str, said: str
) -> None:
    blocks = [np.resize(free, DRAWS), np.resize(free, DRAWS), np.resize(at_one, DRAWS)]
    (found,) = needed(ends([1.5, 0.7]), np.concatenate(blocks), [HEARD])
    assert said in words(found, direction).text
    assert bool(said) == bool(words(found, direction))


def test_a_range_that_ends_at_one_leaves_no_side_to_ask() -> None:
    blocks = [np.full(DRAWS, 0.2), np.full(DRAWS, 0.2), np.zeros(DRAWS)]
    (found,) = needed(ends([1.5, 1.2]), np.concatenate(blocks), [HEARD])
    assert found["below_1"] == {"higher_share": 0.0, "lower_share": 0.0}
    assert found["higher_needs"] == "above"


def test_break_even_holds_over_the_signal_too(made: dict[str, Any]) -> None:
    against = of(made, OPTIONS[2])["against_base"]  # it stops 3 more, and differs in what it signals alone
    assert against["next_rung"]["high"] > 0.1
    assert against["break_even"][0]["outweighed_above_rate"] == pytest.approx(3.0 / against["next_rung"]["high"])


def test_prim_names_the_signal(folder: Path) -> None:
    found = {each["option"]: each for each in next_rungs(folder, load(folder), "as-was")}
    assert list(found) == list(OPTIONS[1:3])
    (limit,) = found[HEARD]["box"]["limits"]
    assert (limit["name"], limit["above"]) == (f"signals.{HEARD}", True)
    assert 0.9 < limit["value"] < 1.1
    assert found[HEARD]["text"].startswith(f"Where signals.{HEARD} is above ")
    assert {each["name"] for each in found[OPTIONS[2]]["box"]["limits"]} <= {
        "signals.armed-surveillance-drones", f"signals.{HEARD}",
    }  # fmt: skip


def test_it_is_said_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not command(["ladder", str(folder)])
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert f"what {HEARD} signals multiplies the other side's chance" in shown
    assert not command(["answer", str(folder)])
    assert f"- Where signals.{HEARD} is above" in capsys.readouterr().out
    assert not command(["ladder"])
    assert f"signals: {HEARD}" in capsys.readouterr().out

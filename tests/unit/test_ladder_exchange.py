"""The exchange after a night: exact against played-out exchanges, ordered in what it rests on, and closed above."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.catalogue import load_ladder
from holdfire.escalate.chances import DOWN, HOLD, UP, Chances, chances
from holdfire.escalate.exchange import course
from holdfire.escalate.ladder import SIDES
from holdfire.escalate.opening import Opening
from holdfire.escalate.outlook import outlook, told_apart
from holdfire.escalate.unknowns import CALM, HOT, RATIO, points, unknowns
from holdfire.seed import uniform
from holdfire.study.estimate import proportion

if TYPE_CHECKING:
    from holdfire.escalate.ladder import Side
    from holdfire.escalate.unknowns import Points, Unknown

LADDER = load_ladder("air-incidents")
assert LADDER.exchange
EXCHANGE = LADDER.exchange
BOX = unknowns(EXCHANGE, LADDER.standing)
AT = points(BOX, 60)
UNCREWED = Opening(own=16, other=3, came="uncrewed", lost="uncrewed", elsewhere=False, attributed=True)
CREWED = replace(UNCREWED, lost="crewed")
HELD = replace(UNCREWED, lost="nothing", own=7)
HEARD = replace(CREWED, signals=("armed-surveillance-drones", "exercise-remote"))
ANSWERS, DAYS, PLAYED = 6, 30, 2000


def one(up: tuple[float, float, float], down: float, days: float) -> Chances:
    return Chances(np.array([up]), np.array([down]), np.array([1.0 / days]))


MOVES: dict[Side, Chances] = {"other": one((0.1, 0.3, 0.6), 0.4, 5.0), "own": one((0.2, 0.5, 0.9), 0.2, 3.0)}


def play(replication: int, room: tuple[int, int]) -> tuple[int, int, int]:
    """Play one exchange day by day; return the other side's highest step, its last, and the days at a step or more."""
    order: tuple[Side, Side] = ("other", "own")
    at, peak, given, step, days = 0, 0, 0, HOLD, 0
    for day in range(DAYS):
        mover = MOVES[order[given % 2]]
        who, asked, back = (uniform(5, 0, day, 0, 0, draw, replication) for draw in range(3))
        if given < ANSWERS and who < mover.daily[0]:
            step = UP if asked < mover.up[0, step] else DOWN if back < mover.down[0] else HOLD
            if given % 2 == 0:
                at = min(at + 1, room[1]) if step == UP else max(at - 1, -room[0]) if step == DOWN else at
            given += 1
        peak, days = max(peak, at), days + (at >= 1)
    return peak, at, days


@pytest.mark.parametrize("room", [(3, 3), (1, 2), (0, 1)], ids=["free", "near both ends", "on the ground"])
def test_it_is_exact_against_exchanges_played_out(room: tuple[int, int]) -> None:
    made = course(MOVES, "other", room, ANSWERS, DAYS)
    played = [play(replication, room) for replication in range(PLAYED)]
    peaks = Counter(peak for peak, _, _ in played)
    for steps in range(1, 4):
        seen = proportion(sum(n for peak, n in peaks.items() if peak >= steps), PLAYED, level=0.999)
        assert (seen.low or 0.0) - 1e-12 <= made.reached[0, steps] <= seen.high
    days = np.array([days for _, _, days in played], float)
    middle = made.days.shape[1] // 2
    assert made.days[0, middle + 1 :].sum() == pytest.approx(days.mean(), abs=4 * days.std() / PLAYED**0.5)


def test_one_answer_is_worked_out_by_hand() -> None:
    made = course(MOVES, "other", (3, 3), 1, 2)
    answered = 1 - 0.8**2  # a chance of one in five on each of two days
    assert made.reached[0] == pytest.approx([1.0, answered * 0.3])
    # a day up: answered on the first day (2 days there) or on the second (1)
    assert made.days[0, 2] == pytest.approx(0.3 * (0.2 * 2 + 0.8 * 0.2))
    assert made.days[0, 0] == pytest.approx(0.7 * 0.4 * (0.2 * 2 + 0.8 * 0.2))


def test_nothing_is_lost_on_the_way() -> None:
    made = course(MOVES, "own", (2, 3), ANSWERS, DAYS)
    assert made.days.sum(axis=1) == pytest.approx(DAYS)
    assert made.reached[:, 0] == pytest.approx(1.0)
    assert (np.diff(made.reached, axis=1) <= 0).all()


def peak(at: Points, opening: Opening, side: Side) -> Any:
    """Return the expected number of rungs at or below the highest, at each point."""
    return outlook(LADDER, EXCHANGE, opening, at)[side].reached.sum(axis=1)


@pytest.mark.parametrize(
    "opening", [UNCREWED, CREWED, HELD, HEARD, replace(HELD, came="struck"), replace(CREWED, elsewhere=True)]
)
@pytest.mark.parametrize("each", BOX, ids=lambda each: each.name)
def test_whatever_makes_a_step_up_likelier_never_lowers_the_expected_peak(each: Unknown, opening: Opening) -> None:
    low, high = ({**AT, each.name: np.full_like(AT[each.name], end)} for end in (each.low, each.high))
    for side in SIDES:
        change = peak(high, opening, side) - peak(low, opening, side)
        assert ((change if each.raises else -change) >= -1e-12).all()


@pytest.mark.parametrize("opening", [UNCREWED, CREWED, HELD, HEARD])
def test_two_corners_bound_the_box(opening: Opening) -> None:
    for side in SIDES:
        made = outlook(LADDER, EXCHANGE, opening, AT)[side]
        for ordered in (made.reached, made.next_rung):
            assert (ordered >= ordered[CALM] - 1e-12).all()
            assert (ordered <= ordered[HOT] + 1e-12).all()


def test_a_crewed_loss_weighs_more_exactly_where_the_ratio_is_above_one() -> None:
    # public facts, section 6, check (d); the ratio's range has 1 inside
    ratio = AT[RATIO]
    assert ratio.min() < 1 < ratio.max()
    more = peak(AT, CREWED, "other") - peak(AT, UNCREWED, "other")
    assert (more[ratio > 1.0] > 0).all()
    assert (more[ratio < 1.0] < 0).all()
    alike = AT | {RATIO: np.ones_like(ratio)}
    assert (peak(alike, CREWED, "other") == peak(alike, UNCREWED, "other")).all()


def test_chances_hang_on_all_that_they_are_said_to() -> None:
    def up(opening: Opening, side: Side = "other") -> Any:
        return chances(AT, opening)[side].up[:, HOLD]

    assert (up(replace(UNCREWED, elsewhere=True)) >= up(UNCREWED)).all()
    assert (up(replace(UNCREWED, attributed=False)) <= up(UNCREWED)).all()
    assert up(replace(HELD, came="crewed"), "own") == pytest.approx(AT["own.up_crewed_entered"])
    by_step = chances(AT, UNCREWED)["other"].up
    assert (np.diff(by_step, axis=1) >= 0).all()
    assert (by_step <= 1).all()


def test_a_signal_multiplies_what_the_other_side_does_and_nothing_of_ours() -> None:
    alone, heard = chances(AT, CREWED), chances(AT, HEARD)
    both = AT["signals.armed-surveillance-drones"] * AT["signals.exercise-remote"]
    before = AT["other.up_uncrewed_lost"] * AT[RATIO]
    assert heard["other"].up[:, HOLD] == pytest.approx(np.minimum(before * both, 1.0))
    assert (heard["other"].down == alone["other"].down).all()
    for mine, same in zip(heard["own"], alone["own"], strict=True):
        assert (mine == same).all()


def test_a_signal_of_one_changes_nothing() -> None:
    at_one = AT | {name: np.ones_like(AT[name]) for name in AT if name.startswith("signals.")}
    for side in SIDES:
        for mine, same in zip(
            outlook(LADDER, EXCHANGE, HEARD, at_one)[side], outlook(LADDER, EXCHANGE, CREWED, AT)[side], strict=True
        ):
            assert (mine == same).all()


def test_after_a_quiet_night_nobody_moves() -> None:
    quiet = replace(HEARD, own=1, other=0, came="nothing", lost="nothing", attributed=False)
    for side in SIDES:
        assert not outlook(LADDER, EXCHANGE, quiet, AT)[side].next_rung.any()
    assert outlook(LADDER, EXCHANGE, quiet, AT)["own"].days[:, 0] == pytest.approx(EXCHANGE.horizon_days)


def test_no_rung_beyond_the_last_told_apart_is_told() -> None:
    top = Opening(own=21, other=8, came="crewed", lost="crewed", elsewhere=False, attributed=True)
    for side in SIDES:
        made = outlook(LADDER, EXCHANGE, top, AT)[side]
        assert made.reached.shape[1] == told_apart(LADDER, EXCHANGE, side) < len(LADDER.of(side))
        assert made.reached == pytest.approx(1.0)
        assert (made.next_rung > 0).all()  # a step up is still one, and it is not told which


def test_points_are_the_same_each_time_and_fill_the_box() -> None:
    again = points(BOX, 60)
    for each in BOX:
        assert (AT[each.name] == again[each.name]).all()
        assert each.low == pytest.approx(AT[each.name].min())
        assert each.high == pytest.approx(AT[each.name].max())
        assert np.unique(AT[each.name][-60:]).size == 60

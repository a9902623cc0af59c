"""What an answer says first where the other side's reaction turns a conclusion round; who is steady with others."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.answer.beaten import beaten
from holdfire.answer.measures import measures
from holdfire.answer.sentences import steadiest
from holdfire.answer.shares import shares
from holdfire.answer.turned import Answered, turned
from holdfire.study import halton

NAMES = ("as-was", "radar", "visual")


N = 24
LUCK = np.where(np.arange(N) % 2, 0.5, -0.5)
"""Of a point, the same for each option."""


def answered(
    names: tuple[str, ...], steady: tuple[float, ...], stopped: tuple[float, ...], cost: tuple[float, ...] = (1, 2, 3)
) -> Answered:
    """Return an answer with these means of what is stopped and what it costs; a cheaper option stops less."""
    found = {
        name: {"value": share, "low": share - 0.1, "high": share + 0.1}
        for name, share in zip(names, steady, strict=True)
    }
    made = {
        "options": [{"id": name, "title": name} for name in names],
        "space": {"shares": {"never_worst": {"even": found}}},
    }
    worse = np.where(np.arange(N) % 3, 0.02, -0.01)  # so that no two differ by the same at every point
    lost = np.array(
        [
            [sign * value + LUCK + place * worse for place, value in enumerate(values[: len(names)])]
            for sign, values in ((-1, stopped), (1, cost))
        ]
    )
    rows = [{"option": name, "beaten": said} for name, said in zip(names, beaten(lost, N), strict=True)]
    return Answered(made | {"tradeoff": rows}, dict(zip(("stopped", "cost"), lost, strict=True)))


REACTING = ("as-was", "radar~reaction", "visual")


def test_a_conclusion_that_holds_is_not_said_to_reverse() -> None:
    made = answered(NAMES, (0.2, 0.8, 0), (1, 2, 3)), answered(REACTING, (0.2, 0.8, 0), (1, 1.5, 3))
    assert turned(*made) == []


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (answered(REACTING, (0.2, 0.8, 0), (2.5, 2, 3)), "“radar” is left to choose from if nobody"),
        (answered(REACTING, (0.8, 0.2, 0), (1, 2, 3)), "worst in nothing over the most of the space is “radar” if"),
        (
            answered(REACTING, (0.2, 0.8, 0), (1, 3.5, 3), (1, 4, 3)),
            "“visual” stops most if nobody adapts, and then “radar”.",
        ),
    ],
)
def test_each_that_reverses_is_said(then: Answered, said: str) -> None:
    (text,) = turned(answered(NAMES, (0.2, 0.8, 0), (1, 2, 3)), then)
    assert text.startswith("A conclusion reverses once the other side reacts: ")
    assert said in text


def test_an_option_clearly_beaten_then_was_told_to_be_better_in_something_before() -> None:
    """As good in all but by luck, and clearly beaten then, is no reversal: nothing was told before."""
    alike = answered(NAMES, (0.2, 0.8, 0), (1, 1, 1), (1, 1, 1))
    luck = np.array([LUCK, np.roll(LUCK, 3) + 0.001 * np.arange(N), np.full(N, 9.0)])
    noise = {"stopped": luck * [[1], [1], [-1]], "cost": luck[[1, 0, 2]]}
    assert turned(Answered(alike.made, noise), answered(REACTING, (0.2, 0.8, 0), (2.5, 2, 3))) == []


def test_what_cannot_be_told_apart_does_not_reverse() -> None:
    alone = answered(NAMES, (0.2, 0.8, 0), (1, 2, 3))
    assert turned(alone, answered(REACTING, (0.55, 0.45, 0), (1, 2, 3))) == []
    noise = np.array([LUCK, np.roll(LUCK, 3) + 0.001 * np.arange(N), np.full(N, 9.0)])  # one or the other, by luck
    for first in (noise, noise[[1, 0, 2]]):
        for second in (noise, noise[[1, 0, 2]]):
            assert turned(Answered(alone.made, {"stopped": first}), Answered(alone.made, {"stopped": second})) == []


def test_of_a_study_the_front_alone_can_turn() -> None:
    made = answered(NAMES, (0, 0, 0), (1.5, 2, 1), (3, 2, 1)), answered(REACTING, (0, 0, 0), (1.5, 2, 1), (1.5, 2, 1))
    made[0].made["space"] = made[1].made["space"] = None
    (text,) = turned(*made)
    assert "“as-was” is clearly beaten if nobody adapts, and left to choose from then" in text


def test_who_is_steadiest_is_named_with_the_others() -> None:
    assert steadiest(answered(NAMES, (0.8, 0.8, 0.8), (2, 2, 2)).made) == list(NAMES)


@pytest.mark.parametrize("n", [16, 128])
def test_what_holds_at_every_point_or_at_none_may_fail_or_hold_elsewhere(n: int) -> None:
    lost = np.stack([np.zeros((n, 2)), np.ones((n, 2))])[None]
    found = shares(lost, measures(halton.points(0, n, 3, 1)), ["x"])["best_x"].values()
    for place, parts in enumerate(zip(*found, strict=True)):
        for part in parts:
            assert part.value == pytest.approx(1.0 - place)
            assert 2 / n < part.high - part.low < 7 / n, "rule of three, of half as many points where it leans"

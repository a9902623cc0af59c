"""What is there in a share of nights only: groups, and alternatives of which one at most is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.errors import ContentError
from holdfire.messages.chance import chances, there
from holdfire.scenario.load import parse_scenario
from holdfire.seed import Key
from holdfire.world.generate import generate
from support.flown import intruders
from support.flown import night as flown
from support.nights import night

NIGHTS = 2000


def shares(*asked: tuple[str, float | None, str | None]) -> np.ndarray[Any, Any]:
    made = chances(asked)
    return np.array([there(made, Key(1, 0, replication)) for replication in range(NIGHTS)])


def test_each_is_there_as_often_as_its_chance_says() -> None:
    found = shares(("a", 0.2, None), ("b", None, None), ("c", 0.2, None))
    assert found.mean(axis=0) == pytest.approx([0.2, 1.0, 0.2], abs=0.03)
    assert (found[:, 0] & found[:, 2]).mean() == pytest.approx(0.04, abs=0.015)  # apart from one another


def test_of_alternatives_one_at_most_is_there_each_as_often_as_it_says() -> None:
    found = shares(("a", 0.1, "x"), ("b", 0.6, "x"), ("c", 0.3, "x"))
    assert found.sum(axis=1).max() == found.sum(axis=1).min() == 1
    assert found.mean(axis=0) == pytest.approx([0.1, 0.6, 0.3], abs=0.03)


def test_who_accompanies_another_is_there_in_its_nights_alone() -> None:
    made = chances([("a", 0.1, "x"), ("b", 0.2, "x"), ("c", None, None)], {"c": "b"})
    found = np.array([there(made, Key(1, 0, replication)) for replication in range(NIGHTS)])
    assert (found[:, 2] == found[:, 1]).all()
    assert 0 < found[:, 2].sum() < NIGHTS


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"accompanies": "from-russia"}, "'from-russia' is not among the groups of intruders with a chance"),
        ({"accompanies": "from-belarus", "chance": 0.5}, "leave out its own chance and one_of"),
    ],
)
def test_whom_nobody_can_accompany_is_told(given: dict[str, Any], words: str) -> None:
    data = night()
    group = {**data["intruders"][0], "chance": 0.6}
    data["intruders"] = [group, {**data["intruders"][0], "id": "more", **given}]
    with pytest.raises(ContentError) as found:
        parse_scenario(data)
    assert [words in each.text for each in found.value.findings] == [True]


def test_a_group_that_does_not_fly_moves_no_other() -> None:
    every = flown([intruders(), intruders(id="other")])
    none = every._replace(chances=chances([("from-belarus", 0.0, None), ("other", None, None)]))
    for replication in range(5):
        key = Key(1, 0, replication)
        whole, part = generate(every, key)[0].aircraft, generate(none, key)[0].aircraft
        assert (part["line"] == 1).all()
        assert part.size > 0
        assert [part["entity"].tolist(), part["spawn_s"].tolist(), part["x_m"].tolist()] == [
            whole[whole["line"] == 1][name].tolist() for name in ("entity", "spawn_s", "x_m")
        ]


@pytest.mark.parametrize(
    ("chance", "words"),
    [("chance: 1.2", "1"), ("one_of: x", "say its chance")],
)
def test_a_chance_that_cannot_be(chance: str, words: str) -> None:
    with pytest.raises(ContentError) as found:
        parse_scenario(night(("    intent: probe ", f"    {chance}\n    intent: probe ")))
    assert any(words in finding.text for finding in found.value.findings)


def test_alternatives_that_are_more_than_certain_are_refused() -> None:
    data = night()
    group = {**data["intruders"][0], "one_of": "x", "chance": 0.6}
    data["intruders"] = [group, {**group, "id": "more"}]
    with pytest.raises(ContentError) as found:
        parse_scenario(data)
    assert [(each.loc, each.text) for each in found.value.findings] == [
        (("intruders", 1, "chance"), "the chances of the alternatives 'x' add up to 1.2: make it 1 at most")
    ]

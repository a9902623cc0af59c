"""Options that share a night: each comes to what it comes to alone, in any company and order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from holdfire.loop import advance
from holdfire.rehearsal import fork
from holdfire.rehearsal.begin import begin
from holdfire.rehearsal.engine import engine_from
from holdfire.rehearsal.fork import rehearse
from holdfire.seed import Key
from support.rehearsed import FIVE, OTHER_MEANS, busy, digests, short

if TYPE_CHECKING:
    from typing import Any

    from holdfire.rehearsal.engine import Rehearsal

NAMES = [(1, 0), (1, 5), (20250910, 2)]


@pytest.fixture(scope="module")
def together(engine: Rehearsal) -> dict[str, dict[str, str]]:
    return digests(engine, NAMES)


def test_these_nights_differ_between_options(together: dict[str, dict[str, str]]) -> None:
    # Without a night that forks, what follows could not fail.
    assert min(len(set(night.values())) for night in together.values()) >= 3


@pytest.mark.parametrize("option", FIVE)
def test_an_option_comes_to_what_it_comes_to_alone(together: dict[str, dict[str, str]], option: str) -> None:
    alone = digests(engine_from(busy(), [option]), NAMES)
    assert alone == {name: {option: night[option]} for name, night in together.items()}


@pytest.mark.parametrize("options", [FIVE[::-1], (FIVE[3], FIVE[0], FIVE[4])], ids=["backwards", "three"])
def test_neither_the_order_of_options_nor_their_company_matters(
    together: dict[str, dict[str, str]], options: tuple[str, ...]
) -> None:
    found = digests(engine_from(busy(), options), NAMES)
    assert found == {name: {option: night[option] for option in options} for name, night in together.items()}
    assert all(tuple(night) == options for night in found.values())


def test_options_of_other_means_stand_among_them(together: dict[str, dict[str, str]]) -> None:
    options = (FIVE[2], OTHER_MEANS, FIVE[0])
    mixed = engine_from(busy(), options)
    assert [family.options for family in mixed.families] == [(0, 2), (1,)]
    found = digests(mixed, NAMES[:1])["1/0"]
    assert tuple(found) == options
    assert {name: found[name] for name in (FIVE[2], FIVE[0])} == {
        name: together["1/0"][name] for name in (FIVE[2], FIVE[0])
    }
    assert found[OTHER_MEANS] == digests(engine_from(busy(), [OTHER_MEANS]), NAMES[:1])["1/0"][OTHER_MEANS]
    assert found[OTHER_MEANS] != found[FIVE[0]]


def test_options_that_are_alike_are_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    again = {"id": "again", "title": "The same", "rules": {"PL": "radar-permitted", "NL": "radar-permitted"}}
    data = busy()
    made = engine_from(
        data | {"options": [*data["options"], again]}, ("radar-permitted", "visual-confirmation", "again")
    )
    ticks = Counter[tuple[int, ...]]()

    def counted(*given: Any) -> int:
        reached = advance(*given)
        ticks[tuple(given[3])] += reached - given[5]
        return reached

    monkeypatch.setattr(fork, "advance", counted)
    scene, key = made.families[0].scene, Key(1, 0, 0)
    night, plans = begin(scene, key)
    ended = dict(rehearse(scene.setting, plans, night, key, scene.ticks))
    assert sorted(ended) == [(0, 2), (1,)]
    assert set(ticks) == {(0, 1, 2), (0, 2), (1,)}
    shared = ticks[0, 1, 2]
    assert 0 < shared < scene.ticks
    assert ticks[0, 2] == ticks[1,] == scene.ticks - shared


def test_a_night_in_which_no_rule_mattered_is_one_night() -> None:
    data = short(0.25) | {"intruders": [], "patrols": [], "background": {}}
    made = engine_from(data | {"sensors": [each for each in data["sensors"] if "carrier" not in each]}, FIVE)
    found = digests(made, [(1, 0)])["1/0"]
    assert len(set(found.values())) == 1

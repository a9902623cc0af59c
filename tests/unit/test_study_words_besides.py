"""Closed airports, strays, causes and standing rungs in the sentences of a comparison."""
# ruff: noqa: E501  # sentences stand whole

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.score import CLOSING
from holdfire.study.compare import compare
from holdfire.study.figures import COLUMN
from support.made_study import MORE, SOME, jagged, study

if TYPE_CHECKING:
    from holdfire.study.results import Results


def told(results: Results, base: str | None = None) -> list[str]:
    return [each["text"] for each in compare(results, base)["sentences"]]


def test_how_long_airports_close_is_said_with_its_price_and_what_closes_them_least_and_most() -> None:
    _, _, third = told(
        study(
            closed_min={"was": jagged(180, 20), "radar": jagged(300, 10)},
            cost_closing_meur={"was": jagged(2, 0.2), "radar": jagged(4, 0.2)},
        )
    )
    assert (
        "Airports are closed for between 174 and 186 minutes a night under the first, at between 1.9 and 2.1 million euros. "
        "Under the second it is between 174 and 186 minutes fewer. "
        "Under “On radar data” it is between 117 and 123 minutes more. "
    ) in third


def test_of_airports_nothing_is_said_where_none_may_close() -> None:
    results = study()
    for figures in results.figures.values():
        figures[:, [COLUMN[name] for name in CLOSING]] = np.nan
    assert "irport" not in " ".join(told(results))
    shown = {each["name"] for group in compare(results)["groups"] for each in group["figures"]}
    assert shown.isdisjoint(CLOSING)


def test_exposed_traffic_is_said_of_the_base_and_of_what_leaves_it_longest() -> None:
    *_, third = told(study(closed_min={"was": 200.0}, exposed_min={"was": jagged(2, 1), "radar": jagged(40, 5)}))
    assert (
        "Minutes a night in which traffic ran while an uncrewed aircraft truly was near: between 1.7 and 2.3 under the "
    ) in third
    assert "between 38 and 42 under the third; beyond them the risk of a collision is not modelled." in third
    assert "truly was near" not in told(study(closed_min={"was": 200.0}))[2]


def test_a_friends_stray_that_is_stopped_is_no_intruder() -> None:
    stopped = {"was": jagged(2, 1), "look": 1.0, "radar": jagged(4, 0.5)}
    first, *_ = told(study(stopped=stopped, stopped_strays={"was": 0.5, "radar": 1.0}))
    assert "intruder" not in first
    assert (
        "Of 280 stopped, all options together, 60 were a friend's strays, not hostile: whether rightly engaged is the "
        "rule's to say, and it is not counted as wrongful."
    ) in first
    assert "stray" not in told(study(stopped=stopped))[0]


def test_causes_are_counted_and_so_is_harm_by_what_falls() -> None:
    _, second, _ = told(
        study(
            wrongful_civil={"was": SOME, "radar": MORE},
            traced_wrong_look={"was": SOME},
            traced_rule={"radar": MORE},
            people_harmed_debris={"radar": 0.1 * MORE},
        )
    )
    assert (
        "Traced to their causes, all options together: a wrong look 5, another aircraft's plots, reply or look 0, a "
        "missing or wrong reply 0, a departure from the rule 0, the rule itself 20."
    ) in second
    assert (
        "Besides, debris may harm people in 20 of 40 nights under the first (between 34 and 66 %, 95 %; in all 2 people expected)."
        in second
    )
    assert "weapons" not in second


def test_causes_and_harm_stand_in_one_group_with_shares_of_nights_and_people() -> None:
    made = compare(study(people_harmed_debris={"radar": 0.1 * MORE}))
    groups = {group["id"]: {each["name"]: each for each in group["figures"]} for group in made["groups"]}
    assert {"rare"} == {each["reading"] for each in groups["wrongful"].values()}  # one table under that heading
    of = groups["traced"]
    asked = (
        "traced_wrong_look",
        "traced_misassociation",
        "traced_wrong_reply",
        "traced_departure",
        "people_harmed_debris",
    )
    assert set(asked) <= set(of)
    assert all("nights_with_any" in option for name in asked for option in of[name]["options"].values())
    debris = of["people_harmed_debris"]["options"]["radar"]
    assert (debris["nights_with_any"]["k"], debris["total"]) == (20, pytest.approx(2.0))


def test_what_an_option_itself_stands_on_is_said_beside_the_same_rung_of_every_night() -> None:
    *_, third = told(study(stopped={"was": 1.0, "radar": jagged(4, 0.5)}))
    assert "By what happens in a night our own side climbs to the same rung under both in each of 40 nights; " in third
    assert "the first itself stands on rung 9." in third
    *_, third = told(study(stopped={"was": 1.0, "look": jagged(4, 0.5)}))
    assert "Our own side climbs to the same rung under both in each of 40 nights." in third

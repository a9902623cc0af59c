"""A comparison in words: the sentences follow from the figures, and from nothing else."""
# ruff: noqa: E501  # sentences stand whole

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.study.compare import compare
from holdfire.study.phrases import between, named_once, percent, plain, under
from holdfire.study.said import Of, say
from holdfire.study.words import sentences
from support.made_study import MORE, SOME, STUDIES, TITLES, jagged, study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.study.results import Results


def told(results: Results, base: str | None = None) -> list[str]:
    return [each["text"] for each in compare(results, base)["sentences"]]


def test_what_stops_most_and_is_told_apart_is_named_with_its_interval() -> None:
    first, _, third = told(
        study(
            stopped={"was": jagged(2, 1), "look": 1.0, "radar": jagged(4, 0.5)},
            wrongful_civil={"was": SOME, "radar": MORE},
            cost_own_meur={"radar": jagged(0.6, 0.2)},
        )
    )
    assert first == (
        "“On radar data” stops most on average: between 1.8 and 2.2 more intruders a night than “As it was” (95 %, 40 nights). "
        "Fewer are stopped under “Only after a look”."
    )
    assert third.startswith(
        "“On radar data” costs between 0.54 and 0.66 million euros a night more than “As it was” (95 %)."
    )
    assert third.endswith("What stops most also endangers others most.")


def test_a_count_says_which_share_it_is_where_more_come() -> None:
    came = {"was": jagged(20.3, 0.5), "look": 20.3, "radar": 29.5}
    first, *_ = told(study(entered=came, stopped={"was": jagged(10, 1), "look": 9.0, "radar": jagged(12, 1)}))
    assert first == (
        "“On radar data” stops most on average, of more that come: exactly 2 more intruders a night than “As it was” (95 %, 40 nights). "
        "Fewer are stopped under “Only after a look”. "
        "Under the first between 9.0 and 9.4 more come a night than under the second, and a smaller share of them is stopped on average."
    )
    fewer = told(study(entered={**came, "radar": 11.0, "look": 25.0}, stopped={"was": 10, "radar": jagged(11, 1)}))[0]
    assert "stops most on average, though fewer come:" in fewer
    assert "fewer come a night than under the second, and a larger share of them is stopped on average." in fewer
    assert fewer.endswith("More come under the third than under the second.")
    (alone, *_) = told(study(1, entered={"was": 4.0, "look": 4.0, "radar": 9.0}, stopped={"was": 2.0, "radar": 3.0}))
    assert alone.endswith(
        "the first 5 more came than under the second, and a smaller share of them is stopped on average."
    )


def test_of_as_many_that_come_a_count_says_no_more() -> None:
    first, *_ = told(study(entered=dict.fromkeys(TITLES, jagged(20, 3)), stopped={"was": 1, "radar": jagged(3, 1)}))
    assert "come" not in first


def test_what_cannot_be_told_apart_is_said_to_be_so() -> None:
    noisy = np.where(np.arange(40) % 3 == 0, 8.0, 0.0)
    first, second, third = told(study(stopped={"was": 2.5, "look": noisy, "radar": 1.0}))
    assert first.startswith(
        "“Only after a look” and “As it was” cannot be told apart: the first stops from 0.9 fewer to 1.5 more"
    )
    assert first.endswith("Fewer are stopped under “On radar data”.")
    assert second == (
        "No civil or friendly aircraft was fired at in 40 nights under any option: that bounds it below 7.2 % of nights "
        "for each (95 %), and does not exclude it."
    )
    assert "endangers" not in third


def test_a_higher_mean_that_is_not_told_apart_is_not_called_the_most() -> None:
    noisy = np.where(np.arange(40) < 2, 40.0, 1.0)
    first, *_ = told(study(stopped={"was": 1.0, "look": noisy, "radar": 2.0}))
    assert first.startswith("“On radar data” stops more: exactly 1 more intruders a night than “As it was”")
    assert "“Only after a look” has a higher mean, but cannot be told from the second." in first


def test_the_base_is_held_against_the_next() -> None:
    first, *_ = told(study(stopped={"was": jagged(5, 1), "look": 2.0, "radar": 3.0}))
    assert first.startswith(
        "“As it was” stops most on average: between 1.7 and 2.3 more intruders a night than “On radar data” (95 %"
    )


def test_ratios_bounds_and_ties_of_who_is_wrongly_fired_at() -> None:
    _, ratio, third = told(study(wrongful_civil={"was": SOME, "radar": MORE}, stopped={"look": jagged(3, 1)}))
    assert re.match(
        r"Civil aircraft are fired at most under “On radar data”, 4 times as often as under “As it was” \(between 1\.8 and 8\.8, 95 %\)\.",
        ratio,
    ), ratio
    assert ratio.endswith(
        "Under “Only after a look” neither was seen in 40 nights: each in fewer than 7.2 % of them (95 %)."
    )
    assert third.endswith("Others are endangered most under “On radar data”.")
    _, above, _ = told(study(wrongful_friendly={"radar": MORE, "look": MORE}))
    assert above.startswith(
        "Friendly aircraft are fired at most under “Only after a look” and “On radar data”, more than 6.2 times as often as under “As it was” (95 %)."
    )
    _, base, _ = told(study(wrongful_civil={"was": MORE}))
    assert "most under “As it was”, under “Only after a look” less than 0.16 times as often as there (95 %)." in base
    _, alike, _ = told(study(wrongful_civil=dict.fromkeys(TITLES, SOME)))
    assert alike == (
        "5 civil aircraft were fired at in 40 nights under every option, in the same nights: that bounds it below 27 % of "
        "nights for each (95 %), and gives no ratio."
    )
    shifted = {"was": SOME, "look": np.roll(SOME, 1), "radar": np.roll(SOME, 2)}
    _, alike, _ = told(study(wrongful_civil=shifted))
    assert alike == (
        "5 civil aircraft were fired at in 40 nights under every option: that does not exclude from 0.3 to 3.7 times as "
        "many as under “As it was” (95 %)."
    )
    one = {option: np.arange(40) == place for place, option in enumerate(TITLES)}
    _, alike, _ = told(study(wrongful_civil=one))
    assert alike.startswith("1 civil aircraft was fired at in 40 nights under every option: that does not exclude")
    assert alike.endswith("(95 %, on few nights).")
    _, few, _ = told(study(wrongful_civil={"was": np.arange(40) < 1, "radar": np.arange(40) < 3}))
    assert "on few nights, which does not tell them apart" in few
    _, rare, _ = told(study(wrongful_civil={"radar": np.arange(40) < 1}))
    assert rare.startswith(
        "Civil aircraft are fired at most under “On radar data”, on too few nights to be told from what is seen under “As it was”. "
    )


SEVEN = {name: f"An option with the long title of {name}" for name in "abcdefg"}


def test_options_are_counted_where_they_are_many() -> None:
    assert under(SEVEN, "ab") == f"under “{SEVEN['a']}” and “{SEVEN['b']}”"
    assert under(SEVEN, "abcd") == "under four of the seven options"
    assert under(SEVEN, "abcdef") == f"under every option but “{SEVEN['g']}”"
    assert under(SEVEN, "abcdefg") == "under every option"


def test_each_title_stands_once_and_is_counted_after_that() -> None:
    def once(titles: dict[str, str], text: str) -> str:
        return named_once(titles, say("{}", text)).text

    assert once(TITLES, "“On radar data” costs more than “As it was”; “As it was” and “On radar data” differ.") == (
        "“On radar data” costs more than “As it was”; the second and the first differ."
    )
    assert once(TITLES, "“As it was” stops 2; others under “As it was”.") == (
        "“As it was” stops 2; others under that option."
    )
    same = {"a": "Alike", "b": "Alike", "c": "Another"}
    assert once(same, "“Alike” and “Alike” and “Another”") == "“Alike” and “Alike” and “Another”"


def test_rungs_are_told_with_the_nights_in_which_they_differ() -> None:
    stopped = {"was": 1.0, "radar": jagged(4, 0.5)}
    own, other = {"radar": np.where(np.arange(40) < 20, 12, 0)}, dict.fromkeys(TITLES, 7)
    *_, third = told(study(stopped=stopped, peak_rung_own=own, peak_rung_other=other))
    assert (
        "Under the first our own side climbs higher than under the second: higher in between 34 and 66 % of nights, "
        "lower in fewer than 7.2 % (95 %); the first itself stands on rung 9."
    ) in third
    assert third.endswith("The other side climbs to the same rung under both in each of 40 nights.")
    lower = {"was": jagged(4, 0.5), "look": 1.0, "radar": 2.0}
    *_, third = told(study(stopped=lower, peak_rung_own=own))
    assert "Under the first our own side climbs lower than under the second: higher in fewer than 7.2 %" in third
    few = {"radar": np.arange(40) < 2, "was": np.arange(40) == 5}
    *_, third = told(study(stopped=stopped, peak_rung_own=few))
    assert "our own side cannot be told to climb higher or lower than under" in third
    *_, third = told(study(1, stopped={"was": 1.0, "radar": 4.0}, peak_rung_own={"radar": 12.0}))
    assert "climb" not in third  # one night has no interval


def test_what_endangers_most_is_said_only_where_it_is_told_apart() -> None:
    stopped = {"was": 1.0, "radar": jagged(4, 0.5)}
    *_, third = told(study(stopped=stopped, wrongful_civil={"was": np.arange(40) < 2, "radar": np.arange(40) < 3}))
    assert "endanger" not in third
    *_, third = told(study(stopped=stopped, wrongful_civil={"was": MORE}))
    assert third.endswith("Others are endangered most under the second.")


def test_the_third_sentence_turns_with_every_figure_that_it_speaks_of() -> None:
    stopped = {"was": 1.0, "radar": jagged(4, 0.5)}
    climbs = {"radar": np.where(np.arange(40) < 20, 12, 0)}
    made = compare(study(stopped=stopped, peak_rung_own=climbs, wrongful_civil={"was": SOME, "radar": MORE}))
    for figure, flips in (
        ("cost_own_meur", "Cost: a difference shows if luck is 9 instead of 0 (seen in 20 nights)."),
        ("peak_rung_own", "Our own rung: turns round if luck is 9 instead of 0 (seen in 20 nights)."),
        ("peak_rung_other", "The other side's rung: a difference shows if luck is 9 instead of 0 (seen in 20 nights)."),
        ("wrongful", "Who is endangered: turns round if luck is 9 instead of 0 (seen in 20 nights)."),
        ("stopped", "What is stopped: turns round if luck is 9 instead of 0 (seen in 20 nights)."),
    ):
        third = sentences(made, tried(figure))[2]["flips"]
        assert third.startswith(f"{flips} The one assumed number that was tried"), third
        assert third.endswith("does not move " + third.rpartition("does not move ")[2])
    assert (
        "does not turn cost, our own rung, the other side's rung, what is stopped or who is endangered round"
        in (sentences(made, tried(""))[2]["flips"])
    )


def tried(turning: str) -> dict[str, Any]:
    """What was tried: one number, at the high end of which one figure of every option lies below that of the base."""
    still, fewer = {"value": 0.0, "low": None, "high": None}, {"value": -2.0, "low": -3.0, "high": -1.0}
    names = ("stopped", "wrongful", "cost_own_meur", "peak_rung_own", "peak_rung_other")
    figures = {
        name: {each: {"low": still, "high": fewer if name == turning else still} for each in ("look", "radar")}
        for name in names
    }
    luck = {"place": "luck", "as_run": "0", "low": "-9", "high": "9", "options": figures["stopped"], "figures": figures}
    return {"base": "was", "nights": 20, "tried": [luck]}


@pytest.mark.parametrize(
    ("results", "first"),
    [
        (
            study(),
            "No intruder comes in 40 nights under any option, so that none could be stopped; some come in fewer than 7.2 % of nights (95 %).",
        ),
        (
            study(entered={"radar": 1.0}),
            "No intruder is stopped in 40 nights under any option; some are in fewer than 7.2 % of nights (95 %).",
        ),
        (
            study(stopped=dict.fromkeys(TITLES, 2.0)),
            "Every option stops the same in each of 40 nights, 2 intruders a night on average.",
        ),
        (
            study(1, stopped={"radar": 3.0, "was": 2.0}),
            "In the one night rehearsed “On radar data” stopped 3 intruders, against 2 under “As it was”; one night cannot tell options apart.",
        ),
        (
            study(options=("look",), stopped={"look": jagged(3, 1)}),
            "“Only after a look” stops between 2.7 and 3.3 intruders a night (40 nights); nothing is set beside it.",
        ),
        (
            study(stopped=dict.fromkeys(TITLES, np.nan)),
            "How many intruders are stopped could not be counted in any of 40 nights.",
        ),
    ],
    ids=["none came", "none", "alike", "one night", "one option", "nothing to count"],
)
def test_what_is_not_there_is_said_to_be_missing(results: Results, first: str) -> None:
    made = sentences(compare(results))
    assert made[0]["text"] == first
    assert all(each["text"] and each["flips"] for each in made)
    assert not any("nan" in each["text"] for each in made)


@pytest.mark.parametrize("results", STUDIES)
def test_names_follow_the_figures_when_options_change_places(results: Results) -> None:
    """What two options are called is swapped, and their figures stay where they were: so are the names said."""
    made, swapped = compare(results), copy.deepcopy(compare(results))
    for option in swapped["options"]:
        option["title"] = {"Only after a look": "On radar data", "On radar data": "Only after a look"}.get(
            option["title"], option["title"]
        )
    for one, other in zip(sentences(made), sentences(swapped), strict=True):
        assert _renamed(one["text"]) == other["text"]


def _renamed(text: str) -> str:
    return (
        text.replace("Only after a look", "§")
        .replace("On radar data", "Only after a look")
        .replace("§", "On radar data")
    )


@pytest.mark.parametrize("results", STUDIES)
def test_the_order_of_options_says_nothing(results: Results) -> None:
    made = compare(results)
    turned = copy.deepcopy(made)
    turned["options"].reverse()
    for group in turned["groups"]:
        for figure in group["figures"]:
            figure["options"] = dict(reversed(figure["options"].items()))
    assert sentences(made) == sentences(turned)


@pytest.mark.parametrize("results", STUDIES)
@pytest.mark.parametrize("base", list(TITLES))
def test_no_number_is_said_that_is_not_in_the_comparison(results: Results, base: str) -> None:
    made = compare(results, base)
    there = {abs(value) for value in _numbers({**made, "sentences": []})}
    there |= {100 * value for value in there}
    for each in sentences(made):
        for said in re.findall(r"\d+(?:\.\d+)?", each["text"]):
            decimals = len(said.partition(".")[2])
            assert any(f"{value:.{decimals}f}" == said for value in there), (said, each["text"])


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
        return
    for child in value.values() if isinstance(value, dict) else value:
        yield from _numbers(child)


@pytest.mark.parametrize("results", STUDIES)
def test_most_is_said_only_of_what_is_told_apart(results: Results) -> None:
    made = compare(results)
    first = made["sentences"][0]["text"]
    found = next(each for group in made["groups"] for each in group["figures"] if each["name"] == "stopped")["options"]
    lows = [each["against_base"]["difference"]["low"] for each in found.values() if each["against_base"]]
    highs = [each["against_base"]["difference"]["high"] for each in found.values() if each["against_base"]]
    if " stops most on average:" in first or " stops more:" in first:
        assert any(low is not None and low > 0 for low in lows) or any(high is not None and high < 0 for high in highs)
    else:
        assert not any(low is not None and low > 0 for low in lows)


@pytest.mark.parametrize("results", STUDIES)
def test_no_sentence_says_a_title_twice(results: Results) -> None:
    texts = [each["text"] for each in compare(results)["sentences"]]
    assert max(text.count(f"“{title}”") for text in texts for title in TITLES.values()) == 1


def test_numbers_are_rounded_plainly() -> None:
    assert plain(0.93, 2.41) == ("0.9", "2.4")
    assert plain(-0.02, 2.4) == ("0.02", "2.40")
    assert plain(12.3, 15.4) == ("12", "15")
    assert plain(3.0) == ("3",)
    assert (percent(0.137), percent(0.072), percent(0.0029)) == ("14", "7.2", "0.29")
    of = Of(("stopped",), ("was",))
    assert between(0.9, 2.4, "more", "fewer", of).text == "between 0.9 and 2.4 more"
    assert between(-2.4, -0.9, "more", "fewer", of).text == "between 0.9 and 2.4 fewer"
    assert between(-0.3, 1.2, "more", "fewer", of).text == "from 0.3 fewer to 1.2 more"
    assert between(1.0, 1.0, "more", "fewer", of).text == "exactly 1 more"

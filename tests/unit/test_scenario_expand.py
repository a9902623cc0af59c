"""Options of the catalogue, spelled out for one scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.cli.main import run
from holdfire.errors import InputError, UnknownNameError
from holdfire.scenario.change import Change, NoSenseError, joined
from holdfire.scenario.expand import expanded, meaning
from holdfire.scenario.load import checked, load_scenario, parse_scenario
from holdfire.scenario.option import with_option
from holdfire.study.about import about
from support.nights import TEXT, night
from support.texts import findings

if TYPE_CHECKING:
    from pathlib import Path

PATROL = {
    "id": "cap", "platform": "f-16c", "crew": "PL", "number": 2, "orbit": {"at": [51.5, 22.6]}, "height_m": 6000,
    "until_h": 2, "base": "alert", "source": ["own"],
}  # fmt: skip


def with_uses(uses: str) -> dict[str, Any]:
    data = night()
    data["options"] = [{"id": "as-was", "title": "As it was"}, {"id": "mine", "title": "Mine", "uses": uses}]
    return data


def test_an_option_that_uses_the_catalogue_is_a_plain_difference(tmp_path: Path) -> None:
    path = tmp_path / "my-night.yaml"
    path.write_text(TEXT.replace("\noptions:", "\noptions:\n  - {id: mine, title: Mine, uses: shorter-readiness}"))
    loaded = load_scenario(str(path))
    assert loaded.data["options"][0] == {
        "id": "mine",
        "title": "Mine",
        "stands_for": "shorter-readiness",
        "provokes": ["other-routes", "decoys"],
        "set": {"bases.alert.aircraft.f-16c.readiness_min": {"low": 2.67, "high": 5.0}},
        "add": loaded.data["options"][0]["add"],  # what it costs, and who says so
    }
    assert loaded.under("mine").bases[0].aircraft[0].readiness_min.high == 5.0


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("mine+more-patrols", "shorter-readiness+more-patrols"),
        ("mine~reaction", "shorter-readiness~reaction"),
        ("both", "shorter-readiness+radar"),
        ("both+more-patrols", "shorter-readiness+radar+more-patrols"),
        ("plain+mine", "plain+shorter-readiness"),
        ("plain+radar+mine", "plain+radar+shorter-readiness"),
        ("radar+more-patrols", None),
    ],
)
def test_an_own_option_stands_for_what_it_uses_wherever_its_name_stands(name: str, stands_for: str | None) -> None:
    data = night()
    data["options"] = [
        {"id": "mine", "title": "Mine", "uses": "shorter-readiness"},
        {"id": "both", "title": "Both", "uses": "mine+radar"},
        {"id": "adapted", "title": "Adapted", "uses": "shorter-readiness~reaction"},
        {"id": "plain", "title": "Plain", "set": {"night.misidentification_factor": 2.0}},
    ]
    spelled = checked(data, twins=True)
    made = next((each for each in spelled["options"] if each["id"] == name), None) or expanded(spelled, name)
    assert made.get("stands_for") == stands_for


@pytest.mark.parametrize("name", ["adapted+radar", "adapted~reaction", "radar+adapted"])
def test_what_the_other_side_adapts_to_already_is_joined_with_nothing(name: str) -> None:
    data = with_uses("shorter-readiness~reaction")
    data["options"][1]["id"] = "adapted"
    spelled = checked(data, twins=True)
    with pytest.raises(
        InputError, match="the other side adapts in adapted already, which stands for shorter-readiness~"
    ):
        expanded(spelled, name)
    data["options"].append({"id": "more", "title": "More", "uses": name})
    assert [loc for loc, _ in findings(lambda: checked(data, twins=True))] == [("options", 2, "uses")]


@pytest.mark.parametrize(
    ("entry", "means"),
    [
        ({"id": "quick+hot", "stands_for": "radar~reaction"}, "radar~reaction"),
        ({"id": "mine~reaction", "stands_for": "visual~reaction"}, "visual~reaction"),
        ({"id": "mine~reaction"}, "radar~reaction"),
        ({"id": "mine+mine"}, "mine+mine"),
        ({"id": "other"}, "other"),
    ],
)
def test_an_id_that_says_what_it_stands_for_is_taken_at_its_word(entry: dict[str, str], means: str) -> None:
    assert meaning({"options": [{"id": "mine", "stands_for": "radar"}, entry]}, entry["id"]) == means


def test_an_own_option_may_be_called_as_what_it_uses() -> None:
    data = with_uses("shorter-readiness~reaction")
    data["options"][1]["id"] = "shorter-readiness"
    assert checked(data, twins=True)["options"][1]["stands_for"] == "shorter-readiness~reaction"


def test_of_what_stands_twice_the_last_counts() -> None:
    data = night()
    data["options"] = [{"id": "a", "title": "A", "uses": "radar"}, {"id": "b", "title": "B", "uses": "visual"}]
    assert meaning(checked(data, twins=True), "a+b+radar") == "visual+radar"


def test_what_an_option_adds_ends_the_lists() -> None:
    data = night()
    data["options"] = [{"id": "patrol", "title": "A patrol", "add": {"patrols": [PATROL]}}]
    parse_scenario(data)
    assert with_option(data, "patrol")["patrols"] == [PATROL]
    data["options"][0]["set"] = {"patrols.cap.number": 3}
    assert with_option(data, "patrol")["patrols"][0]["number"] == 3


def test_what_is_wrong_in_an_added_entry_is_told_where_it_is_written() -> None:
    data = night()
    data["options"] = [{"id": "patrol", "title": "A patrol", "add": {"patrols": [{**PATROL, "base": "alret"}]}}]
    told = findings(lambda: parse_scenario(data))
    assert told == [(("options", 0, "add", "patrols", 0, "base"), "base 'alret' is not among the bases: did you mean 'alert'?")]  # noqa: E501  # fmt: skip


@pytest.mark.parametrize(
    ("uses", "text"),
    [
        ("shorter-redness", "no option is called 'shorter-redness': did you mean 'shorter-readiness'?"),
        ("close-airspace", "close-airspace makes no sense in my-night: no airport here closes, and there is nothing"),
        ("visual", "this option is the same night as 'as-was' (entry 1 of options)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_use_is_told_at_its_line(uses: str, text: str) -> None:
    ((loc, told),) = findings(lambda: parse_scenario(with_uses(uses)))
    assert loc == ("options", 1, "uses")
    assert told.startswith(text)


def test_an_option_says_what_it_changes_or_uses_the_catalogue() -> None:
    data = with_uses("radar")
    data["options"][1]["set"] = {"duration_h": 1}
    ((_, told),) = findings(lambda: parse_scenario(data))
    assert "leave out rules, set and add, or leave out uses" in told


def test_parts_are_joined_and_the_later_rules_stand() -> None:
    made = expanded(night(), "radar+shorter-readiness+direction-or-speed")
    assert made["rules"] == {"PL": "perceived-danger"}
    assert "the rules of direction-or-speed stand, not those of radar" in made["title"]
    assert list(made["set"]) == ["bases.alert.aircraft.f-16c.readiness_min"]


def test_what_a_scenario_has_already_is_the_night_as_written() -> None:
    made = expanded(night(), "visual")
    assert made == {"id": "visual", "title": "Force only after a look (as the scenario has it already)"}
    made = expanded(night(), "visual+shorter-readiness")
    assert made.keys() == {"id", "title", "set", "add"}
    assert made["title"].endswith("(the scenario has visual already)")


def test_rules_that_a_scenario_has_stand_against_an_earlier_part() -> None:
    made = expanded(night(), "radar+visual")
    assert made.keys() == {"id", "title"}
    assert made["title"].endswith("(the rules of visual stand, not those of radar; as the scenario has it already)")
    assert expanded(night(), "visual+radar")["rules"] == {"PL": "radar-permitted"}


def test_a_value_at_its_bound_is_not_what_the_option_has() -> None:
    data = night()
    data["bases"][0]["aircraft"][0]["readiness_min"] = {"low": 2.0, "high": 2.0}
    with pytest.raises(NoSenseError, match="shorter-readiness makes no sense in my-night: it changes nothing there"):
        expanded(data, "shorter-readiness")


def test_several_options_may_be_as_it_is_already_on_the_command_line() -> None:
    names = ["as-was", "visual", "harmonised-host", "radar+visual"]
    made = about("estonia-2025-09-19", ",".join(names))
    assert list(made.options) == names
    assert len({str(with_option(dict(made.data), name) | {"options": []}) for name in names}) == 1


def test_a_scenarios_own_option_is_a_part() -> None:
    made = expanded(night(), "quicker+radar")
    assert made["rules"] == {"PL": "radar-permitted"}
    assert made["set"] == night()["options"][2]["set"]


def test_two_parts_that_set_one_value_differently_are_refused() -> None:
    with pytest.raises(InputError, match=r"quicker and shorter-readiness both set bases\.alert"):
        expanded(night(), "quicker+shorter-readiness")


def test_what_two_parts_differ_in_is_named() -> None:
    one, other = ({"id": "a", "x": {"low": 1, "high": high}, "at": [50.0, lon]} for high, lon in ((2, 20.0), (3, 21.0)))
    with pytest.raises(
        InputError, match=r"one and other both add to sites 'a', x\.high: 2 and 3; at\[1\]: 20\.0 and 21\.0: c"
    ):
        joined([("one", Change(add={"sites": [one]})), ("other", Change(add={"sites": [other]}))])
    with pytest.raises(InputError, match=r"both add to sites 'a', x: nothing and 1: choose"):
        joined([("one", Change(add={"sites": [{"id": "a"}]})), ("other", Change(add={"sites": [{"id": "a", "x": 1}]}))])
    with pytest.raises(InputError, match=r"both set duration_h, 2 and 3: choose"):
        joined([("one", Change(set={"duration_h": 2})), ("other", Change(set={"duration_h": 3}))])
    with pytest.raises(
        InputError, match=r"exercise-remote-after and shorter-readiness both set .*, low: \S+ and \S+; high: "
    ):
        expanded(night(), "exercise-remote-after+shorter-readiness")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "radar~reaction+visual",
            "'radar~reaction+visual': ~reaction comes last and once, as radar+visual~reaction, of",
        ),
        ("radar~reaction+visual~reaction", "~reaction comes last and once, as radar+visual~reaction, of all parts"),
        ("radar+radar", "'radar+radar' names 'radar' 2 times: name it once"),
        ("radar+", "'radar+' has an empty part: join options by one +, as visual+more-patrols"),
        ("~reaction", "'~reaction' has an empty part"),
    ],
)
def test_a_name_that_is_badly_joined_is_refused_in_a_line(name: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        expanded(night(), name)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("asked", ["radar,,visual", "radar,", "", ",radar"])
def test_an_empty_name_in_a_list_of_options_is_refused(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="has an empty name: write them with one comma between, as "):
        about("poland-2025-09-10", asked)
    assert run(["coverage", "poland-2025-09-10", "--option", asked]) == 2
    assert "has an empty name" in capsys.readouterr().err


def test_of_an_option_of_which_nothing_is_left_the_title_says_so() -> None:
    made = expanded(night(), "do-nothing+radar")
    assert made["rules"] == expanded(night(), "radar")["rules"]
    assert made["title"].endswith("(the rules of radar stand, not those of do-nothing; nothing is left of do-nothing)")
    assert "nothing is left" not in expanded(night(), "radar+do-nothing")["title"]
    closes = load_scenario("germany-2025-10-02").data
    made = expanded(closes, "do-nothing+radar")
    assert made["set"] == {"closing.policy": "never"}
    assert made["title"].endswith("(the rules of radar stand, not those of do-nothing)")


@pytest.mark.parametrize("scenario", ["zagreb-2022-03-10", "germany-2025-10-02", "poland-2025-09-10"])
def test_what_comes_after_an_exercise_needs_the_exercise(scenario: str) -> None:
    data = load_scenario(scenario).data

    def makes_sense(option: str) -> bool:
        try:
            return bool(expanded(data, option))
        except NoSenseError:
            return False

    assert makes_sense("exercise-remote-after") == makes_sense("exercise-remote") == (scenario == "poland-2025-09-10")


def test_a_study_takes_options_of_the_catalogue_beside_the_scenarios_own() -> None:
    made = about("poland-2025-09-10", "as-was,visual,radar+shorter-readiness")
    assert list(made.options) == ["as-was", "visual", "radar+shorter-readiness"]
    assert made.data["options"][-2]["rules"] == {"PL": "visual-confirmation", "NL": "visual-confirmation"}
    with pytest.raises(NoSenseError, match="close-airspace makes no sense in poland-2025-09-10"):
        about("poland-2025-09-10", "as-was,close-airspace")
    with pytest.raises(UnknownNameError, match="did you mean 'visual'"):
        about("poland-2025-09-10", "visal")

"""Options of the catalogue, spelled out for one scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.errors import InputError, UnknownNameError
from holdfire.scenario.change import Change, NoSenseError, joined
from holdfire.scenario.expand import expanded
from holdfire.scenario.load import load_scenario, parse_scenario
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
        "set": {"bases.alert.aircraft.f-16c.readiness_min": {"low": 2.67, "high": 5.0}},
        "add": loaded.data["options"][0]["add"],  # what it costs, and who says so
    }
    assert loaded.under("mine").bases[0].aircraft[0].readiness_min.high == 5.0


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
    with pytest.raises(InputError, match="one and other both add to sites 'a'"):
        joined([("one", Change(add={"sites": [{"id": "a"}]})), ("other", Change(add={"sites": [{"id": "a", "x": 1}]}))])


def test_a_study_takes_options_of_the_catalogue_beside_the_scenarios_own() -> None:
    made = about("poland-2025-09-10", "as-was,visual,radar+shorter-readiness")
    assert list(made.options) == ["as-was", "visual", "radar+shorter-readiness"]
    assert made.data["options"][-2]["rules"] == {"PL": "visual-confirmation", "NL": "visual-confirmation"}
    with pytest.raises(NoSenseError, match="close-airspace makes no sense in poland-2025-09-10"):
        about("poland-2025-09-10", "as-was,close-airspace")
    with pytest.raises(UnknownNameError, match="did you mean 'visual'"):
        about("poland-2025-09-10", "visal")

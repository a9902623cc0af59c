"""Properties as files and as one line: what is read, and what is refused with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from holdfire.catalogue import LIBRARY, ids, load_property
from holdfire.errors import DocumentError, UnknownNameError
from holdfire.logic.conditions import Observed, Range, Within
from holdfire.logic.property import Forbidden, Pair
from holdfire.logic.property_schema import json_schema, parse_never, parse_property
from holdfire.messages.actions import Action
from holdfire.messages.authority import Role
from holdfire.messages.vocabulary import ITEM
from holdfire.reader.document import read
from support.texts import SOURCE, findings

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.logic.property import Losable

every_property = pytest.mark.parametrize("name", ids("properties"))


def text(**changes: object) -> dict[str, Any]:
    """The data of a property file."""
    head = {"id": "my-property", "title": "Mine", "sentence": "Never.", "kind": "safety", "self_defence": "excluded"}
    situations = [{"actions": ["engage"], "when": {"airspace": "foreign"}}]
    return {**head, "sources": [dict(SOURCE)], "situations": situations, **changes}


def relational(*pairs: dict[str, Any]) -> dict[str, Any]:
    return text(kind="relational", situations=[], pairs=list(pairs))


@every_property
def test_a_property_goes_by_the_name_of_its_file(name: str) -> None:
    made = load_property(name)
    assert made.id == name
    assert made.sentence.endswith(".")
    assert "\n" not in made.sentence
    assert made.sources


@every_property
def test_it_fits_its_json_schema(name: str) -> None:
    data = read(LIBRARY / "properties" / f"{name}.yaml").data
    assert list(Draft202012Validator(json_schema()).iter_errors(data)) == []


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_what_is_expected_is_no_property() -> None:
    assert "expected" not in ids("properties")
    with pytest.raises(UnknownNameError, match="no property is called 'expectd'"):
        load_property("expectd")


def test_a_situation_says_all_that_it_can() -> None:
    situation = {
        "actions": ["engage", "disrupt"],
        "below": "national-authority",
        "when": {"transponder": 7600},
        "not_known": {"occupancy": "uncrewed"},
        "unless": [{"warned_s": {"at_least": 60}, "complying": False}],
        "unknown": ["iff"],
        "only_known": ["transponder", "airspace"],
    }
    (made,) = parse_property(text(situations=[situation])).situations
    assert made == Forbidden(
        actions=(Action.ENGAGE, Action.DISRUPT),
        below=Role.NATIONAL_AUTHORITY,
        when=(Observed(ITEM["transponder"], Within(frozenset({3}))),),
        not_known=(Observed(ITEM["occupancy"], Within(frozenset({1}))),),
        unless=((Observed(ITEM["complying"], Within(frozenset({0}))), Observed(ITEM["warned_s"], Range(60.0))),),
        unknown=frozenset({"iff"}),
        only_known=frozenset({"transponder", "airspace"}),
    )


@pytest.mark.parametrize(
    ("given", "read_as"), [(["iff"], frozenset({"iff"})), (["any", "iff"], "any"), (["unlisted"], "unlisted")]
)
def test_a_pair_says_what_is_lost(given: list[str], read_as: Losable) -> None:
    (made,) = parse_property(relational({"actions": ["engage"], "loses": given, "becomes": {"status": "civil"}})).pairs
    assert made == Pair(
        actions=(Action.ENGAGE,),
        loses=read_as,
        becomes=(Observed(ITEM["status"], Within(frozenset({0}))),),
    )


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ([], (), "begin with `id: my-property`"),
        (text(situations=[]), (), "'situations' is missing"),
        (text(kind="relational"), (), "'pairs' is missing"),
        (text(pairs=[{"actions": ["engage"], "loses": ["any"]}]), ("pairs",), "write situations"),
        (relational({"actions": ["engage"]}), ("pairs", 0), "say what it loses, or becomes"),
        (text(kind="safty"), ("kind",), "did you mean 'safety'?"),
        (text(situations=[{"actions": []}]), ("situations", 0, "actions"), "actions lists nothing"),
        (text(situations=[{"actions": ["engage"], "when": {"intent": True}}]), None, "criteria conclude it"),
        (text(situations=[{"actions": ["engage"], "unknown": ["ifff"]}]), None, "did you mean 'iff'?"),
        (text(situations=[{"actions": ["engage"], "not_known": {"speed_m_s": {}}}]), None, "is asked nothing"),
        (text(situations=[{"actions": ["engage"], "unless": [{"iff": {"on_unknown": "hold"}}]}]), None, "belongs to"),
        (relational({"actions": ["engage"], "becomes": {"iff": {}}}), None, "is asked nothing"),
    ],
)
def test_what_says_nothing_is_refused(data: object, place: tuple[object, ...] | None, words: str) -> None:
    found = findings(lambda: parse_property(data))
    assert any(words in said for _, said in found)
    assert place is None or place in [loc for loc, _ in found]


def test_a_fault_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "id: mine\ntitle: Mine\nsentence: Never.\nkind: safety\nself_defence: excluded\n"
        "sources: [{id: own, title: Own, grade: assumed}]\n"
        "situations:\n  - actions: [engage]\n    when: {airspace: owm}\n    unknown: [ifff]\n"
    )
    with pytest.raises(DocumentError) as caught:
        load_property(str(file))
    assert [(each.line, each.column) for each in caught.value.faults] == [(9, 12), (10, 15)]


def test_one_line_forbids_a_situation() -> None:
    made = parse_never(
        {"engage": {"airspace": "own", "below": "national-authority", "unknown": ["iff"]}, "warn": {"not_known": {}}}
    )
    assert made.situations == (
        Forbidden((Action.WARN,)),
        Forbidden(
            (Action.ENGAGE,),
            Role.NATIONAL_AUTHORITY,
            (Observed(ITEM["airspace"], Within(frozenset({0}))),),
            unknown=frozenset({"iff"}),
        ),
    )
    assert not made.with_defence


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (["engage"], "as `engage: {transponder: civil}`"),
        ({}, "as `engage: {transponder: civil}`"),
        ({"engaje": {}}, "did you mean 'engage'?"),
        ({"engage": {"transponder": "civl"}}, "did you mean 'civil'?"),
        ({"engage": {"when": {}}}, "field 'when' is not"),
        ({"engage": {"speed_m_s": {}}}, "is asked nothing"),
        ({"engage": {"unless": [{"iff": {}}]}}, "is asked nothing"),
        ({"engage": []}, "engage"),
    ],
)
def test_one_line_is_refused_in_words(data: object, words: str) -> None:
    assert words in str(findings(lambda: parse_never(data)))

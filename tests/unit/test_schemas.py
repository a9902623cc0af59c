"""The JSON Schemas for editors: they let through what ships, and refuse what the reader refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from holdfire.catalogue import LIBRARY, ids
from holdfire.logic import schema, situation
from holdfire.logic.parse import check_file
from holdfire.reader.document import read
from support.texts import criterion, findings, forbid, permit, text, variant

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((LIBRARY / "rulesets").glob("*.yaml"))


@pytest.fixture(scope="module")
def rules() -> Draft202012Validator:
    return Draft202012Validator(schema.json_schema())


@pytest.fixture(scope="module")
def situations() -> Draft202012Validator:
    return Draft202012Validator(situation.json_schema())


def test_they_are_schemas() -> None:
    for made in (schema.json_schema(), situation.json_schema()):
        Draft202012Validator.check_schema(made)
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_set_that_ships_fits(path: Path, rules: Draft202012Validator) -> None:
    assert list(rules.iter_errors(read(path).data)) == []


@pytest.mark.parametrize("name", ids("situations"))
def test_every_situation_that_ships_fits(name: str, situations: Draft202012Validator) -> None:
    assert list(situations.iter_errors(read(LIBRARY / "situations" / f"{name}.yaml").data)) == []


@pytest.mark.parametrize(
    "data",
    [
        text(permit("R-1", "hail", when={"airspace": "own", "complying": True, "intent": True, "identity": "hostile"})),
        text(permit("R-1", "hail", when={"airspace": ["own", "allied"], "identity": ["hostile", "suspect"]})),
        text(permit("R-1", "hail", when={"airspace": {"not_in": ["own"]}, "complying": {"is": False}})),
        text(permit("R-1", "hail", when={"warned": {"at_least": 1}, "speed_m_s": {"at_most": 5}})),
        text(forbid("R-1", "hail", when={"iff": {"in": ["friendly"], "on_unknown": "release", "source": ["s1"]}})),
        text(identity=[criterion("N-1", {"iff": "friendly"}, declares="friend")]),
        variant(remove=["R-1"]),
        text(permit("R-1", "hail", when={"transponder": 7600})),
    ],
)
def test_every_form_that_is_read_fits(data: dict[str, Any], rules: Draft202012Validator) -> None:
    check_file(data)
    assert list(rules.iter_errors(data)) == []


@pytest.mark.parametrize(
    "data",
    [
        text(titl="x"),
        text(kind="fiction"),
        text(rules=[]),
        text(permit("R-1", "engange")),
        text(permit("R-1", "hail", when={"airspace": "owwn"})),
        text(permit("R-1", "hail", when={"airspace": []})),
        text(permit("R-1", "hail", when={"speed_m_s": 5})),
        text(permit("R-1", "hail", when={"warned": ["hailed"]})),
        text(permit("R-1", "hail", when={"complying": "yes"})),
        text(permit("R-1", "hail", when={"identity": "foe"})),
        text(intent=[criterion("I-1", {"act": True})]),
        variant(rules=[]),
        variant(extends=5),
    ],
)
def test_what_is_refused_does_not_fit(data: dict[str, Any], rules: Draft202012Validator) -> None:
    assert findings(lambda: check_file(data))
    assert list(rules.iter_errors(data))

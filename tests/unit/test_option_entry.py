"""Files of the catalogue of options, and of what the other side may do, that cannot be read."""

from __future__ import annotations

import pytest

from holdfire.catalogue import find
from holdfire.errors import ContentError
from holdfire.logic.option_entry import parse_option
from holdfire.logic.option_reaction import parse_reaction
from holdfire.reader.document import read


def test_an_option_is_a_mapping() -> None:
    with pytest.raises(ContentError, match="begin with `id: my-option`"):
        parse_option(["visual"])


def test_every_fault_of_an_option_is_told_at_once() -> None:
    data = read(*find("options", "visual")).data
    assert isinstance(data, dict)
    assert parse_option(data).kind == "rules"
    with pytest.raises(ContentError) as caught:
        parse_option({**data, "kind": "rule", "sources": []})
    assert {finding.loc for finding in caught.value.findings} == {("kind",), ("sources",)}


def test_a_reaction_is_a_mapping() -> None:
    with pytest.raises(ContentError, match="begin with `id: usual`"):
        parse_reaction("usual")


def test_a_reaction_says_every_way() -> None:
    assert parse_reaction(read(*find("reactions", "usual")).data).id == "usual"
    with pytest.raises(ContentError) as caught:
        parse_reaction({"id": "usual", "title": "Usual", "summary": "None.", "sources": []})
    assert ("other-routes",) in {finding.loc for finding in caught.value.findings}

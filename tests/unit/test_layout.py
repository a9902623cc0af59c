"""Evidence as records and back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from holdfire.errors import UnflaggedEvidenceError
from holdfire.messages.assessment import NOTHING_ASSESSED
from holdfire.messages.evidence import Basis, Evidence, Known, Value, malformed
from holdfire.messages.layout import ASSESSMENT, EVIDENCE, N_ACTIONS, N_NAMED, RULING, evidence_of, evidence_records
from holdfire.messages.vocabulary import INDEX, ITEM, ITEMS, Item, Kind
from holdfire.rules.ruling import rule
from support.texts import evidence, permit, ruleset

every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)


def values(item: Item) -> list[Value]:
    """Every value of a choice or flag; of a set the empty one, the full one and each member; some numbers."""
    match item.kind:
        case Kind.CHOICE:
            return list(item.values)
        case Kind.FLAG:
            return [False, True]
        case Kind.SET:
            return [frozenset(), frozenset(item.values), *(frozenset({value}) for value in item.values)]
        case Kind.NUMBER:
            return [-12.5, 0.0, 1e-300, 41_000.0, float("inf")]


def there_and_back(given: Evidence) -> Evidence:
    return evidence_of(evidence_records([given])[0])


@every_item
def test_every_value_of_an_item_comes_back(item: Item) -> None:
    sd = 2.5 if item.kind is Kind.NUMBER else 0.0
    for value, verified, age_s in product(values(item), (False, True), (0.0, 3.25)):
        given = evidence(**{item.name: Known(value, age_s, sd, verified)})
        found = there_and_back(given)
        assert found == given
        assert type(found.items[item.name].value) is type(value)


@pytest.mark.parametrize("basis", [*Basis])
def test_the_basis_comes_back(basis: Basis) -> None:
    assert there_and_back(Evidence(basis)).basis is basis


def test_everything_at_once_comes_back() -> None:
    given = evidence(**{item.name: Known(values(item)[-2], float(place)) for place, item in enumerate(ITEMS)})
    assert there_and_back(given) == given


def test_rows_do_not_touch_each_other() -> None:
    rows = [evidence(iff="friendly"), evidence(), evidence(speed_m_s=Known(5.0, 1.0, 0.5))]
    assert [evidence_of(record) for record in evidence_records(rows)] == rows


def test_no_rows() -> None:
    assert evidence_records([]).shape == (0,)


def test_a_record_of_zeros_says_nothing_and_on_no_basis() -> None:
    found = evidence_of(np.zeros(1, EVIDENCE)[0])
    assert found == Evidence(Basis.UNFLAGGED)
    always = ruleset(permit("R-1", "engage"))
    with pytest.raises(UnflaggedEvidenceError):
        rule(always, found, NOTHING_ASSESSED, {})


def test_a_record_of_zeros_assesses_and_permits_nothing() -> None:
    assessment = np.zeros(1, ASSESSMENT)[0]
    assert assessment["known"] == assessment["holds"] == assessment["identity"] == 0
    ruling = np.zeros(1, RULING)[0]
    assert ruling["permitted"] == 0
    assert ruling["authority"].tolist() == [0] * N_ACTIONS


def test_named_items_stand_before_numbers() -> None:
    assert all((item.kind is Kind.NUMBER) == (place >= N_NAMED) for place, item in enumerate(ITEMS))
    assert EVIDENCE["code"].shape == (N_NAMED,)
    assert EVIDENCE["value"].shape == EVIDENCE["sd"].shape == (len(ITEMS) - N_NAMED,)


@pytest.mark.parametrize("name", ["airspace", "complying", "warned", "done", "origin"])
def test_a_code_beyond_the_values_is_malformed(name: str) -> None:
    item = ITEM[name]
    first_bad = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
    record = evidence_records([evidence(**{name: values(item)[0]})])[0]
    for code in (first_bad, first_bad + 1, 65_535):
        record["code"][INDEX[name]] = code
        assert malformed(name, evidence_of(record).items[name]) is not None
    record["code"][INDEX[name]] = first_bad - 1
    assert malformed(name, evidence_of(record).items[name]) is None

"""What a computed set fails is what proofs and cases say of it now."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.catalogue import EXPECTED, LIBRARY, ids, load_case
from holdfire.examine.computed import HOST, STRICT, Computed, named
from holdfire.examine.expected import expected
from holdfire.examine.failings import failings
from holdfire.examine.history import acted, name
from holdfire.examine.prove import Result
from holdfire.reader.document import read


@pytest.mark.parametrize(("asked", "known_as"), [(STRICT, STRICT), (f"{HOST}:lithuania-2025", "lithuania-2025")])
def test_it_lists_what_the_library_expects(asked: str, known_as: str) -> None:
    made = named(asked)
    assert isinstance(made, Computed)
    found = failings(made)
    refuted = [each for each, want in expected()[known_as].items() if want.result is Result.REFUTED]
    assert [each.asked.id for each in found.broken] == sorted(refuted)
    cases: Any = read(LIBRARY / "cases" / f"{EXPECTED}.yaml", "cases/expected.yaml").data
    should = [case for case in map(load_case, ids("cases")) if acted(case)]
    names = {each for case in should for each in (case.id, f"{case.id} transposed") if each in cases}
    assert found.cases == len(names)
    assert {name(each.case) for each in found.missed} == {each for each in names if cases[each][known_as] != "right"}
    assert found.broken
    assert found.missed

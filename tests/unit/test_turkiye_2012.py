"""The reconstruction of the Turkish rules permits what was done in 2015, and nothing on what is plainly civil."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import load_case, load_ruleset
from holdfire.examine.answer import answer
from holdfire.logic.timeline import at
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Known

if TYPE_CHECKING:
    from holdfire.messages.evidence import Value


def permits(**changes: Value) -> bool:
    """Whether it lets engage on the bomber as it crossed, but for what is told otherwise."""
    seen = at(load_case("su-24-2015"), 300)
    told = {name: Known(value, 0.0, source="record") for name, value in changes.items()}
    evidence = replace(seen.evidence, items={**seen.evidence.items, **told})
    return Action.ENGAGE in answer(load_ruleset("turkiye-2012"), replace(seen, evidence=evidence)).ruling.permitted


def test_it_permits_on_whoever_comes_from_syria_and_answers_nobody() -> None:
    assert "status" not in at(load_case("su-24-2015"), 300).evidence.items
    assert permits()
    assert permits(status="state", flight_plan="matched", radio="answering")
    assert not permits(origin="LB")


@pytest.mark.parametrize(
    "civil",
    [
        {"status": "civil"},
        {"flight_plan": "matched"},
        {"transponder": "civil"},
        {"transponder": "7700"},
        {"radio": "answering"},
        {"seen_as": frozenset({"civil"})},
        {"complying": True},
    ],
    ids=str,
)
def test_it_withholds_from_what_is_plainly_civil(civil: dict[str, Value]) -> None:
    assert not permits(**civil)

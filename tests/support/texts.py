"""Rule sets and evidence as data, as small as they can be, for tests that change one thing in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from holdfire.assess.criteria import assess
from holdfire.errors import ContentError, Location
from holdfire.logic.parse import parse
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.rules.ruling import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from holdfire.logic.conditions import Held, Lasting
    from holdfire.logic.ruleset import Clause, RuleSet
    from holdfire.messages.evidence import Value
    from holdfire.messages.ruling import Ruling

Raw = dict[str, Any]

SOURCE: Raw = {"id": "s1", "title": "A source", "grade": "assumed"}

ANY_AGE_S = 1.0
"""An age at which every item is still known."""


def permit(name: str, *actions: str, when: Raw | None = None, by: str = "crew", **more: object) -> Raw:
    """The data of a permission."""
    entry = {"id": name, "permit": list(actions), "by": by, "when": when or {}}
    return {**entry, "because": "It may.", "source": ["s1"], **more}


def forbid(name: str, *actions: str, when: Raw | None = None, **more: object) -> Raw:
    """The data of a prohibition."""
    entry = {"id": name, "forbid": list(actions), "when": when or {}}
    return {**entry, "because": "It may not.", "source": ["s1"], **more}


def criterion(name: str, when: Raw | None = None, **more: object) -> Raw:
    """The data of a criterion."""
    return {"id": name, "when": when or {}, "because": "It is so.", "source": ["s1"], **more}


def text(*rules: Raw, **changes: object) -> Raw:
    """The data of a whole rule-set file; without rules it has one that permits hailing."""
    head = {"id": "my-rules", "title": "My rules", "kind": "hypothetical", "summary": "For a test."}
    return {**head, "sources": [dict(SOURCE)], "rules": list(rules) or [permit("R-1", "hail")], **changes}


def variant(**changes: object) -> Raw:
    """The data of a variant file that changes nothing."""
    head = {"id": "my-variant", "title": "My variant", "kind": "hypothetical", "summary": "For a test."}
    return {**head, "extends": "my-rules", **changes}


def ruleset(*rules: Raw, **changes: object) -> RuleSet:
    """The rule set of such a file."""
    return parse(text(*rules, **changes))


def clauses(when: Raw, **more: Any) -> tuple[Clause, ...]:
    """The clauses of a permission with these conditions."""
    return ruleset(permit("R-1", "engage", when=when, **more)).rules[0].when


def evidence(**items: Value | Known) -> Evidence:
    """Simulated evidence, in which a plain value is a second old and exact."""
    found = {name: item if isinstance(item, Known) else Known(item, ANY_AGE_S) for name, item in items.items()}
    return Evidence(Basis.SIMULATED, found)


def ruling(made: RuleSet, seen: Evidence, held: Mapping[Lasting, Held] | None = None) -> Ruling:
    """What a set rules on evidence, by its own criteria."""
    timers = held or {}
    return rule(made, seen, assess(made, seen, timers), timers)


def findings(call: Callable[[], object]) -> list[tuple[Location, str]]:
    """What a call finds wrong: places and texts."""
    with pytest.raises(ContentError) as caught:
        call()
    return [(finding.loc, finding.text) for finding in caught.value.findings]

"""A small case, and what may be changed in it."""

from __future__ import annotations

from typing import Any

from holdfire.logic.case import Case, parse_case

Raw = dict[str, Any]


def known(value: object, age_s: float = 0, **more: object) -> Raw:
    return {"value": value, "age_s": age_s, "source": "record", **more}


def moment(at_s: float, known: Raw | None = None, **more: object) -> Raw:
    made: Raw = {"at_s": at_s, "says": f"Second {at_s}.", "source": ["own"]}
    return made | ({"known": known} if known is not None else {}) | more


def raw(*timeline: Raw, **changes: object) -> Raw:
    """The data of a case: unless told otherwise, one that expects engaging to be held in foreign airspace."""
    made: Raw = {
        "id": "my-case",
        "title": "A case",
        "date": "1999-12-31",
        "decider": "Somebody",
        "where": "foreign",
        "timeline": list(timeline) or [moment(0, {"airspace": known("foreign")})],
        "decides_at_s": [10],
        "expects": [{"hold": "engage", "rests_on": ["airspace"], "because": "So.", "source": ["own"]}],
        "really": "A kite",
        "then": {"did": "Nothing.", "came_of_it": "Nothing.", "source": ["own"]},
        "sources": [{"id": "own", "title": "Made up", "grade": "assumed"}],
    }
    return made | changes


def case(*timeline: Raw, **changes: object) -> Case:
    return parse_case(raw(*timeline, **changes))

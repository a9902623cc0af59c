"""What is wrong with a document, in words: the value, the bound and the fix.

Findings come from two places, pydantic's list and our own checks; both are worded here, so that a person
meets one voice.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from holdfire.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

_LISTED = 12
_SHOWN = 60


def did_you_mean(given: object, allowed: Collection[str]) -> str:
    """Return the allowed name nearest to what was given as `: did you mean 'x'?`, or nothing.

    Nearness is Ratcliff and Obershelp's similarity, as in the standard library's `difflib`.
    """
    near = difflib.get_close_matches(str(given), allowed, n=1, cutoff=0.6)
    return f": did you mean {near[0]!r}?" if near else ""


def one_of(allowed: Sequence[str]) -> str:
    """Return the allowed names in one phrase, cut where there are many."""
    if len(allowed) == 1:
        return allowed[0]
    if len(allowed) <= _LISTED:
        return f"one of {', '.join(allowed)}"
    return f"one of {', '.join(allowed[:_LISTED])} and {len(allowed) - _LISTED} more"


def not_allowed(what: str, given: object, allowed: Sequence[str]) -> str:
    """Words for a value outside a list."""
    return f"{what} {shown(given)} is not {one_of(allowed)}{did_you_mean(given, allowed)}"


def shown(value: object) -> str:
    """Return a value as the author wrote it, cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def from_pydantic(
    errors: Sequence[Mapping[str, Any]], fields_at: Callable[[tuple[str | int, ...]], Collection[str]]
) -> list[Finding]:
    """Reword pydantic's error list.

    `fields_at` gives the names that may stand in the mapping at a location, for "did you mean".
    """
    return [Finding(tuple(error["loc"]), _words(error, fields_at)) for error in errors]


_EXPECTED = {
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of names to values",
    "list_type": "a list",
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "finite_number": "a finite number",
    "date_from_datetime_parsing": "a date as 2025-10-09",
    "date_parsing": "a date as 2025-10-09",
    "date_type": "a date as 2025-10-09",
}

_BOUNDS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}


def _words(error: Mapping[str, Any], fields_at: Callable[[tuple[str | int, ...]], Collection[str]]) -> str:
    kind, given, loc = error["type"], error["input"], tuple(error["loc"])
    context = error.get("ctx", {})
    name = _field_name(loc)
    if kind == "missing":
        return f"'{name}' is missing: add it"
    if kind == "extra_forbidden":
        allowed = sorted(fields_at(loc[:-1]))
        return not_allowed("field", name, allowed) if allowed else f"field {name!r} has no place here"
    if kind in _BOUNDS:
        key, phrase = _BOUNDS[kind]
        return f"{name} is {shown(given)}: it {phrase} {context[key]:g}"
    if kind in _EXPECTED:
        return f"{name} is {shown(given)}: write {_EXPECTED[kind]}"
    return _words_of_text(kind, name, given, context) or f"{name} is {shown(given)}: {error['msg']}"


def _words_of_text(kind: str, name: str, given: object, context: Mapping[str, Any]) -> str | None:
    if kind in {"literal_error", "enum"}:
        return not_allowed(name, given, _quoted(context["expected"]))
    if kind == "string_pattern_mismatch":
        return f"{name} {shown(given)} does not fit the pattern {context['pattern']}"
    if kind in {"string_too_short", "too_short"}:
        return f"{name} is empty: give at least one"
    if kind == "value_error":
        return f"{name}: {context['error']}"
    return None


def _quoted(expected: str) -> list[str]:
    """Pydantic lists literals as `'a', 'b' or 'c'`."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _field_name(loc: tuple[str | int, ...]) -> str:
    names = [part for part in loc if isinstance(part, str)]
    return names[-1] if names else "the document"

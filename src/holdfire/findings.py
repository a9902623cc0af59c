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

    from holdfire.errors import Location

_LISTED = 12
_SHOWN = 60


def did_you_mean(given: object, allowed: Collection[str]) -> str:
    """Return the allowed name nearest to what was given as `: did you mean 'x'?`, or nothing.

    Nearness is Ratcliff and Obershelp's similarity, as in the standard library's `difflib`; a word that people use
    for an allowed one counts as nearest. A name that carries its unit is shown with it.
    """
    name = str(given)
    other = _OTHERWISE.get(name.lower())
    if other is None or other not in allowed:
        short = name.isalpha() and len(name) <= _SHORT  # so little is alike by chance: it must begin alike, too
        near = [each for each in allowed if each[:1] == name[:1]] if short else allowed
        other = next(iter(difflib.get_close_matches(name, near, 1, 0.6 if short else 0.7)), None)
    if other is None:
        return ""
    unit = unit_of(other)
    return f": did you mean {other!r}?" + (f" (in {unit})" if unit else "")


_SHORT = 4
_OTHERWISE = {
    "fire": "engage", "shoot": "engage", "destroy": "engage", "jam": "disrupt", "call": "hail", "allow": "permit",
    "allows": "permit", "deny": "forbid", "prohibit": "forbid", "prohibits": "forbid", "pilot": "crew",
    "minister": "national-authority", "government": "national-authority", "president": "national-authority",
    "less_than": "at_most", "below": "at_most", "max": "at_most",
    "more_than": "at_least", "above": "at_least", "min": "at_least", "not": "not_in",
    "drone": "uncrewed", "manned": "crewed", "unmanned": "uncrewed", "reason": "because", "if": "when",
}  # fmt: skip
"""What people say for a name of ours."""

_UNITS = {"_m_s": "m/s", "_m": "m", "_s": "s"}


def unit_of(name: str) -> str:
    """Return the unit that a name carries, as `m/s`; nothing where it carries none."""
    return next((unit for suffix, unit in _UNITS.items() if name.endswith(suffix)), "")


def one_of(allowed: Sequence[str], *, all_of: bool = False) -> str:
    """Return the allowed names in one phrase, cut where there are many."""
    one = "" if all_of else "one of "
    if len(allowed) == 1:
        return allowed[0]
    if len(allowed) <= _LISTED:
        return f"{one}{', '.join(allowed)}"
    return f"{one}{', '.join(allowed[:_LISTED])} and {len(allowed) - _LISTED} more"


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


def left_empty(loc: Location) -> str:
    """Return words for a field, or an entry of a list, with nothing behind it."""
    *before, last = loc
    if isinstance(last, int):
        return f"entry {last + 1} of {_field_name(tuple(before))} is left empty: write it, or take it out"
    return f"{last!r} is left empty: {_MISSING.get(last, 'write what belongs there, or leave the field out')}"


_EXPECTED = {
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of names to values",
    "list_type": "a list, as [one, another]",
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "finite_number": "a finite number",
}

_BOUNDS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}

_MISSING = {
    "id": "name it",
    "by": "say who authorises",
    "evidence": "write what is known, or {} for nothing",
    "title": "give it a title",
    "rules": "write at least one rule",
    "grade": "say how well it is attested",
    "because": "say in one sentence why",
    "source": "name the ids of the sources that say so",
    "when": "write the conditions, or {} for always",
    "sd": "give the standard deviation, 0 if exact",
    "value": "say what is known",
    "declares": "say which identity it concludes",
    "sources": "list at least one source",
    "basis": "flag it as simulated, historical or hypothetical",
    "kind": "say whether it is an archetype, reconstruction, proposal or hypothetical",
    "summary": "say in a sentence what it stands for",
}

_PATTERNS = {
    "^[a-z0-9]": "write small letters, digits and single hyphens, as my-rules",
    "^[A-Z]": "begin with a capital, then letters, digits and hyphens, as AP-1",
    "^\\d{4}": 'write a date as "2025-10-09", "2025-10" or "2025"',
    "\\S": "write something",
}

_UNTOLD = ("in", "not_in", "is")
"""Keys that stand behind the short forms; a person wrote the item's name."""

_INNER = (
    "value", "sd", "age_s", "held_s", "verified", "at_least", "at_most", "includes", "includes_any", "confidence",
    "max_age_s", "for_s", "on_unknown",
)  # fmt: skip


def _words(  # noqa: PLR0911
    error: Mapping[str, Any], fields_at: Callable[[tuple[str | int, ...]], Collection[str]]
) -> str:
    kind, given, loc = error["type"], error["input"], tuple(error["loc"])
    context = error.get("ctx", {})
    name = _field_name(loc)
    if kind == "missing" and loc[-1] == "is":
        return f"{name} is asked nothing: write true or false"
    if kind == "missing":
        of = name.removesuffix(str(loc[-1]))
        return f"{of}{loc[-1]!r} is missing: {_MISSING.get(str(loc[-1]), 'add it')}"
    if kind == "extra_forbidden":
        return _unknown_field(str(loc[-1]), sorted(fields_at(loc[:-1])))
    if kind in _BOUNDS:
        key, phrase = _BOUNDS[kind]
        return f"{name} is {shown(given)}: it {phrase} {context[key]:g}"
    if kind == "string_type" and isinstance(given, (int, float)):
        return f"{name} is {shown(given)}: write it in quotation marks, as text"
    if kind in _EXPECTED:
        unit = unit_of(name.partition(":")[0]) if _EXPECTED[kind] == "a number" else ""
        return f"{name} is {shown(given)}: write {_EXPECTED[kind]}" + (f", in {unit}" if unit else "")
    return _words_of_text(kind, name, given, context) or f"{name} is {shown(given)}: {error['msg']}"


def _unknown_field(name: str, allowed: Sequence[str]) -> str:
    if name in _ELSEWHERE and name not in allowed:
        return f"field {name!r} has no place here: {_ELSEWHERE[name]}"
    if not allowed:
        return f"field {name!r} has no place here: leave it out"
    if "airspace" in allowed and name in _OF_ONE_ITEM:
        return f"field {name!r} has no place here: it belongs to one item, as in airspace: {{in: [own], max_age_s: 10}}"
    return not_allowed("field", name, allowed)


_OF_ONE_ITEM = ("max_age_s", "for_s", "verified", "on_unknown", "at_least", "at_most", "confidence")

_ELSEWHERE = {
    "intent": "criteria conclude it, it is no observation: leave it out",
    "act": "criteria conclude it, it is no observation: leave it out",
    "identity": "criteria conclude it, it is no observation: leave it out",
    "extends": "only a rule set extends another",
    "remove": "it belongs to a variant, which says with extends which set it changes",
    "replace": "it belongs to a variant, which says with extends which set it changes",
    "add": "it belongs to a variant, which says with extends which set it changes",
    "rules": "a variant puts its rules under add or replace",
    "unless": "write a second rule, which forbids",
    "except": "write a second rule, which forbids",
}


def _words_of_text(kind: str, name: str, given: object, context: Mapping[str, Any]) -> str | None:
    if kind in {"literal_error", "enum"}:
        if context["expected"] == "True":
            return f"{name} is {shown(given)}: write true, or leave it out"
        return not_allowed(name, given, _quoted(context["expected"]))
    if kind == "string_pattern_mismatch":
        fixes = [words for start, words in _PATTERNS.items() if context["pattern"].startswith(start)]
        return f"{name} is {shown(given)}: {fixes[0] if fixes else 'it must fit ' + context['pattern']}"
    if kind == "too_short":
        return f"{name} lists nothing: give at least one"
    if kind == "value_error":
        return f"{name}: {context['error']}"
    return None


def _quoted(expected: str) -> list[str]:
    """Return the names of a list that pydantic gives as `'a', 'b' or 'c'`."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _field_name(loc: tuple[str | int, ...]) -> str:
    """Return what a person would call a place: the item before its inner field, never a hidden key."""
    names = [part for part in loc if isinstance(part, str) and part not in _UNTOLD]
    if not names:
        return "the document"
    if names[-1] == "[key]":
        return "role"
    if names[-1] in _INNER and len(names) > 1 and names[-2] not in _LISTS:
        return f"{names[-2]}: {names[-1]}"
    if names[-1] in _LISTS and isinstance(loc[-1], int) and loc[-2] == names[-1]:
        return f"entry {loc[-1] + 1} of {names[-1]}"
    return names[-1]


_LISTS = ("rules", "intent", "act", "identity", "sources")

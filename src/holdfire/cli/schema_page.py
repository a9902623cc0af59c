"""A JSON Schema as tables for people: each part of a file, its fields, what they take and what they mean.

Parts that have the same fields (the tests of all items, say) are told once, and then what each has of its own.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from holdfire.cli.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Schema = dict[str, Any]
Field = tuple[str, str, str, str]

COLUMNS: Final = ("field", "needed", "takes", "meaning")
ALONE: Final = "(no field)"
OWN: Final = "its own, below"
_TYPES: Final = {"boolean": "true or false", "integer": "a whole number", "number": "a number", "string": "text"}
_BOUNDS: Final = {
    "minimum": "at least {}", "exclusiveMinimum": "more than {}", "maximum": "at most {}",
    "exclusiveMaximum": "less than {}", "pattern": "that matches {}",
}  # fmt: skip
_ANY_TEXT: Final = r"\S"


def schema_sheet(schema: Schema) -> Sheet:
    """Return a schema of a file as a sheet."""
    sheet = Sheet(f"{_named(schema['title'])}: what a file says")
    if "if" in schema:
        with_it = ", ".join(schema["if"]["required"])
        sheet.say(f"With {with_it}: {takes(schema['then'])}. Without: {takes(schema['else'])}.")
    alike: dict[tuple[tuple[str, str], ...], list[tuple[str, Schema]]] = {}
    for name, part in _parts(schema):
        alike.setdefault(tuple((field, needed) for field, needed, *_ in _fields(part)), []).append((name, part))
    for parts in alike.values():
        _tell(sheet, parts)
    words = [
        (_named(name), ", ".join(map(str, part["enum"])), part.get("description", ""))
        for name, part in schema.get("$defs", {}).items()
        if "enum" in part
    ]
    if words:
        sheet.table(("words", "one of", "meaning"), words, title="Words that fields take", lines=True)
    return sheet


def _parts(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield every part of a file that has fields, the file itself first, under its name."""
    for name, part in chain([(schema["title"], schema)], schema.get("$defs", {}).items()):
        alone = [each for each in part.get("anyOf", []) if "properties" not in each]
        for each in part.get("anyOf", [part]):
            if "properties" in each:
                short = {ALONE: {"anyOf": alone, "description": "in place of all fields"}} if alone else {}
                yield _named(name), {**each, "properties": short | each["properties"]}


def _fields(part: Schema) -> list[Field]:
    needed = part.get("required", ())
    return [
        (field, "yes" if field in needed else "", takes(each), _meaning(each))
        for field, each in part["properties"].items()
    ]


def _meaning(each: Schema) -> str:
    default = each.get("default")
    told = [each.get("description", ""), "" if default in (None, []) else f"{_literal(default)} unless said"]
    return "; ".join(filter(None, told))


def _tell(sheet: Sheet, parts: list[tuple[str, Schema]]) -> None:
    """Add the fields of one part, or of several that have the same."""
    every = [_fields(part) for _, part in parts]
    told = [
        (same[0][0], same[0][1], _common(each[2] for each in same), _common(each[3] for each in same))
        for same in zip(*every, strict=True)
    ]
    sheet.heading(", ".join(name for name, _ in parts))
    for about in dict.fromkeys(part["description"] for _, part in parts if "description" in part):
        sheet.say(about)
    sheet.table(COLUMNS, told, lines=True)
    own = [(name, _own(fields, told)) for (name, _), fields in zip(parts, every, strict=True)]
    if len(parts) > 1:
        sheet.table(("of", "its own"), own, lines=True)


def _common(said: Iterable[str]) -> str:
    given = set(said)
    return given.pop() if len(given) == 1 else OWN


def _own(fields: list[Field], told: list[Field]) -> str:
    """Return what one of several parts has of its own: `in: a list of own, allied ...`."""
    found: dict[str, list[str]] = {}
    for mine, shared in zip(fields, told, strict=True):
        for value, said in zip(mine[2:], shared[2:], strict=True):
            if said == OWN and value:
                found.setdefault(value, []).append(mine[0])
    return "\n".join(f"{', '.join(names)}: {value}" for value, names in found.items())


def takes(each: Schema) -> str:  # noqa: PLR0911  # one line a form
    """Return in words what a field takes."""
    if "$ref" in each:
        return _named(each["$ref"].rpartition("/")[2])
    if "const" in each:
        return _literal(each["const"])
    if "enum" in each:
        return ", ".join(dict.fromkeys(map(_literal, each["enum"])))
    if "anyOf" in each:
        return " or ".join(dict.fromkeys(takes(one) for one in each["anyOf"] if one.get("type") != "null"))
    if each.get("type") == "array":
        return f"a list of {takes(each['items'])}" if "items" in each else "a list"
    if each.get("type") == "object":
        return _by_name(each)
    bounds = [words.format(each[key]) for key, words in _BOUNDS.items() if key in each and each[key] != _ANY_TEXT]
    kind = "a day" if each.get("format") == "date" else _TYPES.get(each.get("type", ""), "anything")
    return " ".join([kind, " and ".join(bounds)]).strip()


def _by_name(each: Schema) -> str:
    if "properties" in each:
        return f"fields {', '.join(each['properties'])}"
    inner, names = each.get("additionalProperties"), each.get("propertyNames")
    return f"by {takes(names) if names else 'name'}: {takes(inner) if isinstance(inner, dict) else 'anything'}"


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _named(name: str) -> str:
    """Return the name of a part as words: `RuleSetModel` is `Rule set`, `Test_of_iff` is `Test of iff`."""
    first, *rest = re.split(r"(?<=[a-z])(?=[A-Z])", name.removesuffix("Model"))
    words = [first, *(each.lower() for each in rest), *(["criterion"] if name == "IdentityModel" else [])]
    return re.sub("^(Test_of|Known)_", lambda found: found[0].replace("_", " "), " ".join(words))

"""What an option changes, as plain data: rule sets, values by address, and further entries of lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from holdfire.errors import InputError
from holdfire.findings import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from holdfire.logic.schema import SourceModel

Json = dict[str, Any]
_NONE: Final = "nothing"
HOST = "host"
"""Instead of a rule set: that of the state over whose land somebody flies."""


class NoSenseError(InputError):
    """An option that makes no sense in a scenario; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """Rule sets by state or `chain`, values by address, entries by list; as an `OptionModel` has them."""

    rules: dict[str, str] = field(default_factory=dict)
    set: Json = field(default_factory=dict)
    add: dict[str, list[Json]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.rules or self.set or any(self.add.values()))

    def entry(self) -> Json:
        """Return the fields of an option that are not empty."""
        made = {"rules": self.rules, "set": self.set, "add": {name: more for name, more in self.add.items() if more}}
        return {name: value for name, value in made.items() if value}


def joined(parts: Iterable[tuple[str, Change]]) -> tuple[Change, list[str]]:
    """Return all changes of named parts in one, and in words whose rule sets gave way to those of a later part.

    Raises `InputError` where two parts set one value differently, or add different entries of one name.
    """
    whole, gave_way = Change(), dict[str, None]()
    by: dict[str, str] = {}
    for name, change in parts:
        for state, ruleset in change.rules.items():
            before = whole.rules.get(state, ruleset)
            if before != ruleset:
                gave_way[f"the rules of {name} stand, not those of {by[state]}"] = None
            whole.rules[state], by[state] = ruleset, name
        for address, value in change.set.items():
            _put(whole.set, address, value, f"set {address}", (by, name))
        for section, more in change.add.items():
            entries = {entry["id"]: entry for entry in whole.add.get(section, [])}
            for entry in more:
                _put(entries, entry["id"], entry, f"add to {section} {entry['id']!r}", (by, name))
            whole.add[section] = list(entries.values())
    return whole, list(gave_way)


def _put(there: Json, key: str, value: object, what: str, by: tuple[dict[str, str], str]) -> None:
    names, name = by
    if key in there and there[key] != value:
        apart = "; ".join(_apart(there[key], value, ""))
        message = f"{names[what]} and {name} both {what}, {apart}: choose one of the two options"
        raise InputError(message)
    there[key], names[what] = value, names.get(what, name)


def _apart(one: object, other: object, at: str) -> Iterator[str]:
    """Yield in which values two entries differ, each as `number: 2 and 3`; of plain values the two alone."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (key for key in one | other if one.get(key, _NONE) != other.get(key, _NONE)):
            yield from _apart(one.get(key, _NONE), other.get(key, _NONE), f"{at}.{key}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _apart(left, right, f"{at}[{place}]") if left != right else ()
    elif isinstance(one, list) and isinstance(other, list):
        yield f"{at}: {len(one)} and {len(other)} entries"
    else:
        first, second = (each if each is _NONE else shown(each) for each in (one, other))
        yield f"{at}: {first} and {second}" if at else f"{first} and {second}"


def citing(change: Change, option: str, sources: Sequence[SourceModel]) -> Change:
    """Return a change whose added entries cite an option's own sources, which it adds under names of their own.

    A source that no entry cites is left out, so that a change of rules alone stays one.
    """
    known = {source.id: source for source in sources}
    cited = {
        name: None
        for more in change.add.values()
        for entry in more
        for name in entry.get("source", [])
        if name in known
    }
    if not cited:
        return change
    add = {
        section: [{**entry, "source": [_renamed(name, option, known) for name in entry["source"]]} for entry in more]
        for section, more in change.add.items()
    }
    told = [known[name].model_dump(mode="json", exclude_none=True) | {"id": f"{option}-{name}"} for name in cited]
    return Change(change.rules, change.set, {**add, "sources": told})


def _renamed(name: str, option: str, known: Collection[str]) -> str:
    return f"{option}-{name}" if name in known else name

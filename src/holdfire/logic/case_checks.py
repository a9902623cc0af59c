"""What is wrong between the fields of a case: the order of its seconds, evidence that is undone, unknown sources."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import isinf
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from holdfire.errors import Finding
from holdfire.findings import not_allowed
from holdfire.logic.case_schema import CaseModel
from holdfire.logic.situation import items_of
from holdfire.messages.vocabulary import ITEMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.errors import Location
    from holdfire.logic.case_schema import ExpectedModel
    from holdfire.messages.evidence import Known

RECORDS: Final = frozenset(item.name for item in ITEMS if item.kind is Kind.SET and isinf(item.max_age_s))
"""What was done, seen and warned: these only grow."""


def window(given: ExpectedModel, model: CaseModel) -> tuple[float, float]:
    """Return from which second until which an expectation holds."""
    first, last = model.decides_at_s[0], model.decides_at_s[-1]
    from_s = first if given.from_s is None else given.from_s
    return from_s, max(from_s, last) if given.until_s is None else given.until_s


def find_between(model: CaseModel) -> Iterator[Finding]:
    """Yield what is wrong between the fields of a case whose fields are sound each by itself."""
    yield from _order(model)
    yield from _evidence(model)
    for index, given in enumerate(model.expects):
        loc = ("expects", index)
        if (given.hold is None) == (given.permit is None):
            yield Finding(loc, "an expectation says either hold or permit: write one of them, with an action")
        from_s, until_s = window(given, model)
        if from_s < model.timeline[0].at_s:
            yield Finding((*loc, "from_s"), f"from_s {from_s:g} is before anything is known: begin later")
        if until_s < from_s:
            yield Finding((*loc, "until_s"), f"until_s {until_s:g} is before from_s {from_s:g}: exchange them")
    yield from _sources(model)


def find_beside(data: Mapping[str, Any], faults: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what is wrong between those fields of a case that are sound, where others are not.

    A moment, an expectation or a source in which something is wrong says nothing here, and a case with a moment that
    is wrong says nothing of what was known before and after.
    """
    parts = {name: data.get(name) for name in ("timeline", "decides_at_s", "expects", "sources")}
    bad = {fault.loc[:2] for fault in faults}
    if any((name,) in bad or not isinstance(part, list) for name, part in parts.items()):
        return
    kept = {name: [i for i in range(len(part or [])) if (name, i) not in bad] for name, part in parts.items()}
    named = [each for each in data["sources"] if isinstance(each, dict) and isinstance(each.get("id"), str)]
    sources = [{"id": each["id"], "title": "-", "grade": "assumed"} for each in named]
    filled = {
        "id": "a", "title": "-", "date": "2000-01-01", "decider": "-", "where": "own", "really": "-",
        "then": {"did": "-", "came_of_it": "-", "source": [sources[0]["id"]]} if sources else {},
    }  # fmt: skip
    sound = {name: [data[name][place] for place in places] for name, places in kept.items()} | {"sources": sources}
    sound |= {name: given if (name,) in bad else data.get(name, given) for name, given in filled.items()}
    if any(fault.loc[:1] == ("then",) for fault in faults):
        sound["then"] = filled["then"]
    try:
        model = CaseModel.model_validate(sound)
    except ValidationError:
        return  # too little is left
    whole = len(kept["timeline"]) == len(data["timeline"])
    for found in find_between(model):
        name, *rest = found.loc
        if name == "sources" or (name == "timeline" and not whole and rest[1:2] != ["source"]):
            continue
        places = kept.get(str(name))
        yield found if places is None else replace(found, loc=(name, places[int(rest[0])], *rest[1:]))


def _order(model: CaseModel) -> Iterator[Finding]:
    for index, (before, after) in enumerate(pairwise(model.timeline), start=1):
        if after.at_s <= before.at_s:
            fix = "put the moments in order, one for each second"
            text = f"at_s {after.at_s:g} does not come after {before.at_s:g}: {fix}"
            yield Finding(("timeline", index, "at_s"), text)
    for index, (sooner, later) in enumerate(pairwise(model.decides_at_s), start=1):
        if later <= sooner:
            yield Finding(("decides_at_s", index), f"second {later:g} does not come after {sooner:g}: order them")
    for index, second in enumerate(model.decides_at_s):
        if second < model.timeline[0].at_s:
            yield Finding(("decides_at_s", index), f"second {second:g} is before anything is known: begin earlier")


def _evidence(model: CaseModel) -> Iterator[Finding]:
    """Nothing is lost that was not known, and what was done or seen does not become undone."""
    known: dict[str, Known] = {}
    for index, moment in enumerate(model.timeline):
        loc: Location = ("timeline", index)
        items = items_of(moment.known) if moment.known else {}
        for place, name in enumerate(moment.lost):
            if name not in known:
                text = f"{name} was not known before: take it out of lost"
                yield Finding((*loc, "lost", place), text)
            if name in items:
                yield Finding((*loc, "lost", place), f"{name} is both known and lost at this moment: take one out")
        for name in sorted(known.keys() & items.keys() & RECORDS):
            undone = _members(known[name]) - _members(items[name])
            if undone:
                text = f"{name} no longer has {', '.join(sorted(undone))}: what was done or seen stays, so list it too"
                yield Finding((*loc, "known", name), text)
        known = {name: item for name, item in known.items() if name not in moment.lost} | items


def _members(known: Known) -> frozenset[str]:
    return known.value if isinstance(known.value, frozenset) else frozenset()


def _sources(model: CaseModel) -> Iterator[Finding]:
    ids = [source.id for source in model.sources]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Finding(("sources", index, "id"), f"source {name!r} stands twice: rename one")
    cited: list[tuple[Location, list[str]]] = [
        *((("timeline", index), each.source) for index, each in enumerate(model.timeline)),
        *((("expects", index), each.source) for index, each in enumerate(model.expects)),
        (("then",), model.then.source),
    ]
    for loc, names in cited:
        for place, name in enumerate(names):
            if name not in ids:
                yield Finding((*loc, "source", place), not_allowed("source", name, ids))

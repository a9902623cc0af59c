"""A case: what a decision maker had as evidence, moment by moment, and what a sound set gives and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from holdfire.errors import ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.logic.case_schema import CaseModel
from holdfire.logic.parse import check
from holdfire.logic.situation import items_of
from holdfire.messages.vocabulary import ITEM, Kind
from holdfire.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from holdfire.errors import Location
    from holdfire.logic.case_schema import ExpectedModel
    from holdfire.messages.actions import Action
    from holdfire.messages.evidence import Known


@dataclass(frozen=True, slots=True)
class Told:
    """What changed at one second: items known anew, items lost, and who says so."""

    at_s: float
    says: str
    known: Mapping[str, Known]
    lost: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sound set gives on one action from one second until another, and on which evidence it must rest."""

    answer: Literal["hold", "permit"]
    action: Action
    from_s: float
    until_s: float
    rests_on: frozenset[str]
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. `really`, `did` and `came_of_it` are for people: no rule sees them.

    `where` is the airspace from the decision maker's view; `decides_at_s` are the seconds of decision, in order;
    `transposed` marks a copy that is set in own airspace, which no longer is what happened.
    """

    id: str
    title: str
    day: date
    decider: str
    where: str
    timeline: tuple[Told, ...]
    decides_at_s: tuple[float, ...]
    expects: tuple[Expected, ...]
    really: str
    did: str
    came_of_it: str
    sources: tuple[Source, ...]
    transposed: bool = False

    @property
    def begins_s(self) -> float:
        """The first second at which anything is known."""
        return self.timeline[0].at_s


def parse_case(data: object) -> Case:
    """Return the case that a file holds; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a case is a mapping: begin with `id: my-case`")])
    findings = check(CaseModel, data)
    if not findings:
        findings = list(_findings(CaseModel.model_validate(data)))
    if findings:
        raise ContentError(findings)
    model = CaseModel.model_validate(data)
    return Case(
        id=model.id,
        title=model.title,
        day=model.date,
        decider=model.decider,
        where=model.where,
        timeline=tuple(
            Told(each.at_s, each.says, items_of(each.known) if each.known else {}, tuple(each.lost), tuple(each.source))
            for each in model.timeline
        ),
        decides_at_s=tuple(model.decides_at_s),
        expects=tuple(_expected(each, model) for each in model.expects),
        really=model.really,
        did=model.then.did,
        came_of_it=model.then.came_of_it,
        sources=tuple(Source(**source.model_dump()) for source in model.sources),
    )


def _window(given: ExpectedModel, model: CaseModel) -> tuple[float, float]:
    first, last = model.decides_at_s[0], model.decides_at_s[-1]
    from_s = first if given.from_s is None else given.from_s
    return from_s, max(from_s, last) if given.until_s is None else given.until_s


def _expected(given: ExpectedModel, model: CaseModel) -> Expected:
    action = given.hold or given.permit
    assert action is not None  # noqa: S101  # refused before
    rests_on = frozenset(given.rests_on)
    answer: Literal["hold", "permit"] = "hold" if given.hold else "permit"
    return Expected(answer, action, *_window(given, model), rests_on, given.because, tuple(given.source))


def _findings(model: CaseModel) -> Iterator[Finding]:
    """Yield what is wrong between the fields of a case whose fields are sound each by itself."""
    yield from _order(model)
    yield from _evidence(model)
    for index, given in enumerate(model.expects):
        loc = ("expects", index)
        if (given.hold is None) == (given.permit is None):
            yield Finding(loc, "an expectation says either hold or permit: write one of them, with an action")
        from_s, until_s = _window(given, model)
        if from_s < model.timeline[0].at_s:
            yield Finding((*loc, "from_s"), f"from_s {from_s:g} is before anything is known: begin later")
        if until_s < from_s:
            yield Finding((*loc, "until_s"), f"until_s {until_s:g} is before from_s {from_s:g}: exchange them")
    yield from _sources(model)


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
        for name, item in items.items():
            before = known.get(name)
            if before is not None and _is_record(name) and not frozenset(before.value) <= frozenset(item.value):  # type: ignore[arg-type]
                text = f"{name} was {_listed(before)} before: what was done or seen stays, so list it too"
                yield Finding((*loc, "known", name), text)
        known = {name: item for name, item in known.items() if name not in moment.lost} | items


def _is_record(name: str) -> bool:
    return ITEM[name].kind is Kind.SET and ITEM[name].max_age_s == float("inf")


def _listed(known: Known) -> str:
    assert isinstance(known.value, frozenset)  # noqa: S101  # only sets are records
    return ", ".join(sorted(known.value))


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

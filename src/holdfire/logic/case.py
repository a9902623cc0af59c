"""A case: what a decision maker had as evidence, moment by moment, and what a sound set gives and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from holdfire.errors import ContentError, Finding
from holdfire.logic.case_checks import find_beside, find_between, window
from holdfire.logic.case_schema import CaseModel
from holdfire.logic.parse import check
from holdfire.logic.situation import items_of
from holdfire.sources import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

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
    rests_on: tuple[frozenset[str], ...]  # on one item of each
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. `really`, `did`, `came_of_it` and `inaction_cost_lives` are for people: no rule sees them.

    `where` is the airspace from the decision maker's view; `decides_at_s` are the seconds of decision, in order;
    `transposed` marks a copy that is set in own airspace, which no longer is what happened; `hypothetical` one that
    never did.
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
    inaction_cost_lives: bool
    then_sources: tuple[str, ...]
    sources: tuple[Source, ...]
    transposed: bool = False
    hypothetical: bool = False

    @property
    def begins_s(self) -> float:
        """The first second at which anything is known."""
        return self.timeline[0].at_s


def parse_case(data: object) -> Case:
    """Return the case that a file holds; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a case is a mapping: begin with `id: my-case`")])
    findings = check(CaseModel, data)
    findings += find_beside(data, findings) if findings else find_between(CaseModel.model_validate(data))
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
        inaction_cost_lives=model.then.inaction_cost_lives,
        then_sources=tuple(model.then.source),
        sources=tuple(Source(**source.model_dump()) for source in model.sources),
        hypothetical=model.hypothetical,
    )


def _expected(given: ExpectedModel, model: CaseModel) -> Expected:
    action = given.hold or given.permit
    assert action is not None  # noqa: S101  # refused before
    rests_on = tuple(frozenset(each) for each in (given.rests_on, *given.and_on))
    answer: Literal["hold", "permit"] = "hold" if given.hold else "permit"
    return Expected(answer, action, *window(given, model), rests_on, given.because, tuple(given.source))

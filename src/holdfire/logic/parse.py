"""From the data of a rule-set file to a `RuleSet`, or every finding at once."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Literal, assert_never

from pydantic import BaseModel, ValidationError

from holdfire.errors import ContentError, Finding
from holdfire.findings import from_pydantic, left_empty
from holdfire.logic.checks import find_all
from holdfire.logic.conditions import (
    ActIs,
    Condition,
    IdentityIn,
    IntentIs,
    Members,
    Observed,
    OnUnknown,
    Range,
    Test,
    Within,
)
from holdfire.logic.ruleset import Clause, Criterion, Forbid, Permit, Rule, RuleSet
from holdfire.logic.schema import CriterionModel, IdentityModel, RuleModel, RuleSetModel, VariantModel
from holdfire.messages.authority import USUAL, Role, role_order
from holdfire.messages.identity import Identity
from holdfire.messages.vocabulary import ITEM, Item, Kind
from holdfire.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.checks import Raw


def fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the names that may stand in the mapping at a place, as authors write them."""
    current: type[BaseModel] | None = model
    for part in loc:
        if current is not None and isinstance(part, str):
            named = {field.alias or name: field for name, field in current.model_fields.items()}
            current = model_in(named[part].annotation) if part in named else current
    return [field.alias or name for name, field in current.model_fields.items()] if current else []


def model_in(annotation: object) -> type[BaseModel] | None:
    """Return the first model that a field's annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def check(model: type[BaseModel], data: object) -> list[Finding]:
    """Return what is left empty in data, and what else a model finds wrong with it."""
    empty = list(_left_empty(data, ()))
    try:
        model.model_validate(data)
    except ValidationError as error:
        places = {finding.loc for finding in empty}
        errors = [each for each in error.errors(include_url=False) if each["input"] is not None]
        found = from_pydantic(errors, lambda loc: fields_at(model, loc))
        return [*empty, *(finding for finding in found if finding.loc not in places)]
    return empty


def _left_empty(data: object, loc: tuple[str | int, ...]) -> Iterator[Finding]:
    """Yield a finding wherever a field has nothing behind it, which would say more than its author meant."""
    if data is None and loc:
        yield Finding(loc, left_empty(loc))
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from _left_empty(child, (*loc, key))


def check_file(data: object, inherited: frozenset[str] = frozenset()) -> None:
    """Raise `ContentError` with everything that is wrong with one file, a whole set or a variant."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a rule set is a mapping: begin with `id: my-rules`")])
    findings = check(VariantModel if "extends" in data else RuleSetModel, data)
    findings.extend(find_all(data, inherited))
    if findings:
        raise ContentError(findings)


def parse(data: Raw, *, extends: str | None = None, origin: tuple[tuple[str, str], ...] = ()) -> RuleSet:
    """Return the rule set of a whole (expanded) file; raises `ContentError` with every finding."""
    check_file(data)
    model = RuleSetModel.model_validate(data)
    effective = model.effective
    return RuleSet(
        id=model.id,
        title=model.title,
        kind=model.kind,
        summary=model.summary,
        criteria=(
            *(_criterion(entry, "intent") for entry in model.intent),
            *(_criterion(entry, "act") for entry in model.act),
            *(_criterion(entry, Identity(entry.declares)) for entry in model.identity),
        ),
        rules=tuple(_rule(entry) for entry in model.rules),
        roles=role_order({role: rank.over for role, rank in model.roles.items()}) if model.roles else USUAL,
        sources=tuple(Source(**source.model_dump()) for source in model.sources),
        effective_from=effective.from_ if effective else None,
        effective_until=effective.until if effective else None,
        extends=extends,
        origin=origin,
    )


def _criterion(entry: CriterionModel | IdentityModel, concludes: Literal["intent", "act"] | Identity) -> Criterion:
    when = clauses(entry.when, entry.confidence)
    return Criterion(entry.id, concludes, when, entry.because, tuple(entry.source))


def _rule(entry: RuleModel) -> Rule:
    when = clauses(entry.when, entry.confidence)
    source = tuple(entry.source)
    if entry.forbid is not None:
        return Forbid(entry.id, tuple(entry.forbid), when, entry.because, source)
    if entry.after:
        item = ITEM["done"]
        every = frozenset(item.values.index(action) for action in entry.after)
        when = (*when, Clause(Observed(item, Members(every))))
    by = entry.by or Role.NATIONAL_AUTHORITY  # a permission without `by` was refused above
    actions = tuple(entry.permit or ())
    return Permit(entry.id, actions, by, entry.executed_by or Role.CREW, when, entry.because, source)


def clauses(when: BaseModel, confidence: float) -> tuple[Clause, ...]:
    """Return the clauses in the order of the vocabulary, so that the order in the file changes nothing."""
    asked = {field.alias or name: getattr(when, name) for name, field in type(when).model_fields.items()}
    return tuple(Clause(_condition(name, test, confidence), tuple(test.source)) for name, test in asked.items() if test)


def _condition(name: str, test: Any, confidence: float) -> Condition:  # noqa: ANN401  # made at run time
    on_unknown = OnUnknown(test.on_unknown or OnUnknown.HOLD)
    if name == "intent":
        return IntentIs(test.is_, on_unknown)
    if name == "act":
        return ActIs(test.is_, on_unknown)
    if name == "identity":
        return IdentityIn(frozenset(map(Identity, test.in_)), on_unknown)
    item = ITEM[name]
    return Observed(
        item=item,
        test=_test(item, test, confidence),
        max_age_s=inf if test.max_age_s is None else test.max_age_s,
        verified=bool(getattr(test, "verified", None)),
        for_s=test.for_s or 0.0,
        on_unknown=on_unknown,
    )


def _test(item: Item, test: Any, confidence: float) -> Test:  # noqa: ANN401  # made at run time
    match item.kind:
        case Kind.CHOICE:
            listed = _codes(item, test.in_ or test.not_in)
            return Within(listed if test.in_ else frozenset(range(len(item.values))) - listed)
        case Kind.FLAG:
            return Within(frozenset({int(test.is_)}))
        case Kind.SET:
            return Members(
                _codes(item, test.includes),
                _codes(item, test.includes_any),
                0.0 if test.at_least is None else test.at_least,
                inf if test.at_most is None else test.at_most,
            )
        case Kind.NUMBER:
            return Range(
                -inf if test.at_least is None else test.at_least,
                inf if test.at_most is None else test.at_most,
                confidence if test.confidence is None else test.confidence,
            )
        case _ as unreachable:
            assert_never(unreachable)


def _codes(item: Item, names: list[str]) -> frozenset[int]:
    return frozenset(item.values.index(name) for name in names)

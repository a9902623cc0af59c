"""The schema of a property file, and of a situation given in one line; from their data to what they forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, create_model

from holdfire.errors import ContentError, Finding
from holdfire.logic.checks import conditions, mappings
from holdfire.logic.conditions import DEFAULT_CONFIDENCE, Observed
from holdfire.logic.parse import check, clauses
from holdfire.logic.property import Forbidden, Losable, Pair, Property, PropertyKind
from holdfire.logic.schema import ActionName, RoleName, Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.actions import Action
from holdfire.messages.vocabulary import ITEM
from holdfire.sources import Grade, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel as Observations

    ItemName = str
    LosableName = str

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw
else:
    from holdfire.logic.when_schema import Observations

    ItemName = Literal[tuple(ITEM)]
    LosableName = Literal["any", "unlisted", *ITEM]

Actions = Annotated[list[ActionName], Field(min_length=1, description="one of them permitted is a breach")]
_NO_SOURCE: Final[frozenset[str]] = frozenset()


class BesideModel(BaseModel):
    """What a situation may say beside its `when`."""

    model_config = STRICT
    below: RoleName | None = Field(None, description="a breach only by the authority of someone under this role")
    not_known: Observations = Field(Observations(), description="each of these is not known to hold")
    unless: list[Observations] = Field([], description="groups, none of which is known to hold as a whole")
    unknown: list[ItemName] = Field([], description="items that are not known")
    only_known: list[ItemName] | None = Field(None, description="the only items that may be known")


class ForbiddenModel(BesideModel):
    """A situation in which none of the actions may be permitted."""

    actions: Actions
    when: Observations = Field(Observations(), description="each of these is known to hold")


class PairModel(BaseModel):
    """Two situations, of which the second may not permit more, nor on a lower authority."""

    model_config = STRICT
    actions: Actions
    when: Observations = Field(Observations(), description="each of these is known to hold in the first")
    loses: list[LosableName] = Field(
        [], description="items that may be lost; any; unlisted: any that no release rests on"
    )
    becomes: Observations = Field(Observations(), description="each may be known to be so in the second")


class PropertyModel(BaseModel):
    """A property that a rule set keeps or breaks."""

    model_config = STRICT
    id: Slug
    title: Text
    sentence: Text
    kind: PropertyKind
    self_defence: Literal["included", "excluded"] = Field(
        description="whether the base set of self-defence stands beside what is proved"
    )
    core: bool = Field(default=False, description="a set that is no deliberate breach keeps it")
    note: Text | None = Field(None, description="how the sentence was read, and what it leaves out")
    situations: list[ForbiddenModel] = []
    pairs: list[PairModel] = []
    sources: Annotated[list[SourceModel], Field(min_length=1)]


if TYPE_CHECKING:
    from pydantic import BaseModel as NeverModel
else:
    _SITUATION = create_model("Situation", __base__=(Observations, BesideModel))
    NeverModel = create_model(
        "Never", __config__=STRICT, **{action.value: (_SITUATION | None, None) for action in Action}
    )


def parse_property(data: object) -> Property:
    """Return the property that a file holds; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a property is a mapping: begin with `id: my-property`")])
    findings = [*check(PropertyModel, data), *_unfit(data)]
    if findings:
        raise ContentError(findings)
    model = PropertyModel.model_validate(data)
    return Property(
        id=model.id,
        title=model.title,
        sentence=model.sentence,
        kind=model.kind,
        with_defence=model.self_defence == "included",
        core=model.core,
        situations=tuple(_forbidden(tuple(each.actions), each.when, each) for each in model.situations),
        pairs=tuple(map(_pair, model.pairs)),
        sources=tuple(Source(**source.model_dump()) for source in model.sources),
        note=model.note,
    )


def parse_never(data: object) -> Property:
    """Return the property that forbids a situation given as `engage: {airspace: own}`; raises `ContentError`."""
    if not isinstance(data, dict) or not data:
        shape = "an action and a situation are wanted, as `engage: {transponder: civil}`"
        raise ContentError([Finding((), shape)])
    findings = check(NeverModel, data)
    for action, given in data.items():
        if isinstance(given, dict):
            when = {name: test for name, test in given.items() if name in ITEM}
            findings += [*conditions((action,), when, _NO_SOURCE), *_asked((action,), given)]
    if findings:
        raise ContentError(findings)
    model = NeverModel.model_validate(data)
    given = {action: getattr(model, action.value) for action in Action}
    situations = tuple(_forbidden((action,), _when(each), each) for action, each in given.items() if each is not None)
    own = Source("own", "Asked on the command line", Grade.ASSUMED)
    return Property(
        id="never",
        title="The situation asked",
        sentence="None of this is permitted.",
        kind="safety",
        with_defence=False,
        core=False,
        situations=situations,
        pairs=(),
        sources=(own,),
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a property file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PropertyModel.model_json_schema()}


def _forbidden(actions: tuple[Action, ...], when: Observations, beside: BesideModel) -> Forbidden:
    return Forbidden(
        actions=actions,
        below=beside.below,
        when=_observed(when),
        not_known=_observed(beside.not_known),
        unless=tuple(map(_observed, beside.unless)),
        unknown=frozenset(beside.unknown),
        only_known=None if beside.only_known is None else frozenset(beside.only_known),
    )


def _when(each: BaseModel) -> Observations:
    """Return the conditions that stand among what else a situation of one line says."""
    return Observations.model_construct(**{name: getattr(each, name) for name in Observations.model_fields})


def _pair(model: PairModel) -> Pair:
    named: frozenset[str] = frozenset(model.loses)
    loses: Losable = "any" if "any" in named else "unlisted" if "unlisted" in named else named
    return Pair(tuple(model.actions), _observed(model.when), loses, _observed(model.becomes))


def _observed(when: Observations) -> tuple[Observed, ...]:
    found = (clause.condition for clause in clauses(when, DEFAULT_CONFIDENCE))
    return tuple(condition for condition in found if isinstance(condition, Observed))


def _unfit(data: Raw) -> Iterator[Finding]:
    """Yield what the schema cannot see: what fits no kind of property, and conditions that say nothing."""
    wanted, other = ("pairs", "situations") if data.get("kind") == "relational" else ("situations", "pairs")
    if not data.get(wanted):
        yield Finding((), f"'{wanted}' is missing: a property of this kind forbids at least one")
    if data.get(other):
        yield Finding((other,), f"{other} belong to another kind of property: write {wanted}")
    for key in ("situations", "pairs"):
        for index, each in mappings(data.get(key)):
            yield from _asked((key, index), each)
            if key == "pairs" and not each.get("loses") and not each.get("becomes"):
                yield Finding((key, index), "both situations are the same: say what it loses, or becomes")


def _asked(loc: Location, given: Raw) -> Iterator[Finding]:
    for name in ("when", "not_known", "becomes"):
        when = given.get(name)
        if isinstance(when, dict):
            yield from conditions((*loc, name), when, _NO_SOURCE)
    for index, group in mappings(given.get("unless")):
        yield from conditions((*loc, "unless", index), group, _NO_SOURCE)

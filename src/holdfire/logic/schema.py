"""The schema of a rule-set file, and of a variant, which says what it changes in its parent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from holdfire.findings import shown
from holdfire.logic.checks import as_day
from holdfire.logic.conditions import DEFAULT_CONFIDENCE
from holdfire.logic.ruleset import SetKind
from holdfire.logic.when_schema import STRICT, Confidence
from holdfire.messages.actions import Action
from holdfire.messages.authority import Role
from holdfire.messages.identity import Identity
from holdfire.sources import Grade

if TYPE_CHECKING:
    # Made from the vocabulary at run time; a type checker sees their base.
    from pydantic import BaseModel as Observations
    from pydantic import BaseModel as When
else:
    from holdfire.logic.when_schema import Observations, When

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
EntryId = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
Text = Annotated[str, Field(pattern=r"\S")]


def _iso_day(given: object) -> date:
    """Read a day; what is no text in ISO 8601 is refused, as YAML would give a year as a number."""
    day = as_day(given)
    if day is None:
        message = f"{shown(given)} is no day: write it as 2025-10-09"
        raise ValueError(message)
    return day


Day = Annotated[date, BeforeValidator(_iso_day)]
ActionName = Annotated[Action, Field(strict=False)]
RoleName = Annotated[Role, Field(strict=False)]


class SourceModel(BaseModel):
    """A public document, or a statement that something is assumed."""

    model_config = STRICT
    id: Slug
    title: Text
    grade: Annotated[Grade, Field(strict=False)]
    url: Text | None = None
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    note: Text | None = None


class CriterionModel(BaseModel):
    """One criterion: where all of `when` is known, its conclusion holds."""

    model_config = STRICT
    id: EntryId
    when: Observations
    because: Text
    source: Annotated[list[str], Field(min_length=1)]
    confidence: Confidence = DEFAULT_CONFIDENCE


class IdentityModel(CriterionModel):
    """A criterion for a standard identity."""

    declares: Annotated[Identity, Field(strict=False)]


class RuleModel(BaseModel):
    """A permission (`permit`, with `by`) or a prohibition (`forbid`)."""

    model_config = STRICT
    id: EntryId
    permit: Annotated[list[ActionName], Field(min_length=1)] | None = None
    forbid: Annotated[list[ActionName], Field(min_length=1)] | None = None
    by: RoleName | None = Field(None, description="who authorises")
    executed_by: RoleName | None = Field(None, description="who executes (crew by default)")
    after: list[ActionName] = Field([], description="actions that must have been carried out before")
    when: When
    because: Text
    source: Annotated[list[str], Field(min_length=1)]
    confidence: Confidence = DEFAULT_CONFIDENCE


class EffectiveModel(BaseModel):
    """Dates of effect, both included."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class RoleModel(BaseModel):
    """What a role is over."""

    model_config = STRICT
    over: list[RoleName] = []


class Entries(BaseModel):
    """Criteria and rules by section."""

    model_config = STRICT
    intent: list[CriterionModel] = Field([], description="criteria for hostile intent")
    act: list[CriterionModel] = Field([], description="criteria for a hostile act")
    identity: list[IdentityModel] = Field([], description="criteria for standard identities")
    rules: list[RuleModel] = []


class Head(BaseModel):
    """What every rule-set file says of itself."""

    model_config = STRICT
    id: Slug
    title: Text
    kind: SetKind
    summary: Text
    effective: EffectiveModel | None = None
    roles: Annotated[dict[RoleName, RoleModel], Field(min_length=1)] | None = None


class RuleSetModel(Head, Entries):
    """A rule set: a dated, sourced text that a lawyer can read and a machine can run."""

    sources: Annotated[list[SourceModel], Field(min_length=1)]
    rules: Annotated[list[RuleModel], Field(min_length=1)]


class VariantModel(Head):
    """A variant: exactly what it changes in the set that it extends."""

    extends: Text
    sources: list[SourceModel] = []
    replace: Entries = Entries()
    remove: list[EntryId] = []
    add: Entries = Entries()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a rule-set file, for editors."""
    from pydantic.json_schema import models_json_schema

    _, schema = models_json_schema(
        [(RuleSetModel, "validation"), (VariantModel, "validation")], title="holdfire rule set"
    )
    either = {"$ref": "#/$defs/VariantModel"}, {"$ref": "#/$defs/RuleSetModel"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "if": {"required": ["extends"]},
        "then": either[0],
        "else": either[1],
    }

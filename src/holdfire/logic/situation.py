"""A situation: what is known about one aircraft, written down by a person, with what it really is beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, assert_never, cast

from pydantic import BaseModel, Field, WithJsonSchema, create_model, model_validator

from holdfire.errors import ContentError, Finding
from holdfire.logic.conditions import Held, Observed, lasting
from holdfire.logic.interpret import held_since
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT, as_written
from holdfire.messages.evidence import INFORMANTS, Basis, Evidence, Known
from holdfire.messages.vocabulary import ITEM, ITEMS, Item, Kind

if TYPE_CHECKING:
    from holdfire.logic.conditions import Lasting
    from holdfire.logic.ruleset import RuleSet

Age = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class KnownModel(BaseModel):
    """One known item."""

    model_config = STRICT
    coded: ClassVar[bool] = False
    age_s: Age = Field(0.0, description="time since it was observed")
    source: Literal[INFORMANTS] = Field(description="who or what says so")  # type: ignore[valid-type]
    held_s: Age = Field(0.0, description="how long it has been known as it is, without a break")

    @model_validator(mode="before")
    @classmethod
    def _name(cls, given: object) -> object:
        """Read a transponder code, which looks like a number to YAML, as a name."""
        if isinstance(given, dict) and type(given.get("value")) is int and cls.coded:
            return {**given, "value": str(given["value"])}
        return given


class MeasuredModel(KnownModel):
    """One known item that is measured."""

    verified: bool = Field(default=False, description="two sensors agree, or the registration was checked lately")


def _model(item: Item) -> type[KnownModel]:
    fields: dict[str, Any] = {}
    base = MeasuredModel if item.kinematic else KnownModel
    match item.kind:
        case Kind.NUMBER:
            number = Annotated[float, Field(allow_inf_nan=False)]
            fields["value"] = (number, Field(description=item.unit))
            fields["sd"] = (Age, Field(description=f"standard deviation, {item.unit}; 0 if exact"))
        case Kind.SET:
            fields["value"] = (list[Literal[item.values]], Field(description="its members; [] if none"))  # type: ignore[name-defined]
        case Kind.FLAG:
            fields["value"] = (bool, Field())
        case Kind.CHOICE:
            shown = WithJsonSchema({"enum": as_written(item.values)})
            fields["value"] = (Annotated[Literal[item.values], shown], Field())
        case _ as unreachable:
            assert_never(unreachable)
    made = cast("type[KnownModel]", create_model(f"Known {item.name}", __base__=base, **fields))
    made.coded = item.kind is Kind.CHOICE
    return made


KNOWN: Final = {item.name: _model(item) for item in ITEMS}

if TYPE_CHECKING:
    from pydantic import BaseModel as EvidenceModel
else:
    EvidenceModel = create_model(
        "Evidence",
        __config__=STRICT,
        __doc__="What is known; an item that is not here is unknown.",
        **{name: (model | None, Field(None, description=ITEM[name].meaning)) for name, model in KNOWN.items()},
    )


class SituationModel(BaseModel):
    """What is known about one aircraft, and what it really is."""

    model_config = STRICT
    id: Slug
    title: Text
    basis: Literal["simulated", "historical", "hypothetical"]
    really: Text | None = Field(None, description="what it really is; no rule sees it")
    evidence: EvidenceModel


@dataclass(frozen=True, slots=True)
class Situation:
    """Evidence with a name, and what the aircraft really is, which no rule sees."""

    id: str
    title: str
    really: str | None
    evidence: Evidence

    def held(self, ruleset: RuleSet) -> dict[Lasting, Held]:
        """Return the timers of a set, as far as the evidence says how long things have been as they are."""
        return {
            lasting(clause.condition): held_since(clause.condition, self.evidence)
            for entry in ruleset.entries()
            for clause in entry.when
            if isinstance(clause.condition, Observed) and clause.condition.for_s > 0
        }


def parse_situation(data: object) -> Situation:
    """Return the situation that a file holds; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "evidence is a mapping: begin with `id: my-aircraft`")])
    findings = check(SituationModel, data)
    if findings:
        raise ContentError(findings)
    model = SituationModel.model_validate(data)
    evidence = Evidence(Basis[model.basis.upper()], items_of(model.evidence))
    return Situation(model.id, model.title, model.really, evidence)


def items_of(model: EvidenceModel) -> dict[str, Known]:
    """Return what a checked mapping of evidence says is known, item by item."""
    return {name: _known(known) for name in KNOWN if (known := getattr(model, name, None)) is not None}


def _known(model: Any) -> Known:  # noqa: ANN401  # made at run time
    value = frozenset(model.value) if isinstance(model.value, list) else model.value
    return Known(
        value=value,
        age_s=model.age_s,
        sd=getattr(model, "sd", 0.0),
        verified=getattr(model, "verified", False),
        source=model.source,
        held_s=model.held_s,
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an evidence file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **SituationModel.model_json_schema()}

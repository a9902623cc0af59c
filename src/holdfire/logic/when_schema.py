"""The schema of `when`: one model for each item of evidence, made from the vocabulary.

The short forms that authors write (`airspace: own`, `airspace: [own, allied]`, `complying: true`) are widened
to the long ones before they are checked, and stand in the JSON Schema beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model, model_validator

from holdfire.findings import shown
from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.vocabulary import ITEMS, Item, Kind

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Confidence = Annotated[float, Field(gt=0.5, lt=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
STRICT: Final = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


class Asked(BaseModel):
    """What any condition may carry."""

    model_config = STRICT
    short: ClassVar[str] = ""
    shortened: ClassVar[tuple[str, ...]] = ()
    long_form: ClassVar[str] = ""

    on_unknown: Literal["hold", "release"] | None = Field(
        None, description="in a prohibition: what to do where this is not known (hold by default)"
    )
    source: list[str] = Field([], description="ids of the sources that say so; a release needs one")

    @model_validator(mode="before")
    @classmethod
    def _widen(cls, given: object) -> object:
        if isinstance(given, dict):
            return _codes_as_text(dict(given))
        if cls.short == "in":
            return _codes_as_text({"in": given if isinstance(given, list) else [given]})
        if cls.short:
            return {cls.short: given}
        message = f"{shown(given)} says too little: write {cls.long_form}"
        raise ValueError(message)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler.resolve_ref_schema(handler(core))
        if cls.short == "in":
            names = {"enum": as_written(cls.shortened)}
            return {"anyOf": [names, {"type": "array", "items": names, "minItems": 1}, schema]}
        return {"anyOf": [{"type": "boolean"}, schema]} if cls.short else schema


def _codes_as_text(given: dict[object, object]) -> dict[object, object]:
    """Turn whole numbers into text: a transponder code looks like a number to YAML, here it is a name."""
    for key in ("in", "not_in"):
        names = given.get(key)
        if isinstance(names, list):
            given[key] = [str(name) if type(name) is int else name for name in names]
    return given


class Seen(Asked):
    """What a condition on an observed item may carry."""

    max_age_s: Seconds | None = Field(None, description="older than this is not known")
    for_s: Seconds | None = Field(None, description="it must have been so for this long without a break")


class Measured(Seen):
    """What a condition on a measured item may carry."""

    verified: Literal[True] | None = Field(
        None, description="not known unless two sensors agree or the registration was checked lately"
    )


def as_written(names: tuple[str, ...]) -> list[str | int]:
    """Return names as YAML may give them: a transponder code without quotation marks is a number there."""
    return [*names, *(int(name) for name in names if name.isdigit())]


def _choice(item: Item) -> dict[str, Any]:
    names = _names(item)
    return {
        "in_": (names | None, Field(None, alias="in", min_length=1, description="it is one of these")),
        "not_in": (names | None, Field(None, min_length=1, description="it is none of these")),
    }


def _flag(item: Item) -> dict[str, Any]:
    return {"is_": (bool, Field(alias="is", description=item.meaning))}


def _set(item: Item) -> dict[str, Any]:
    names = _names(item)
    return {
        "includes": (names, Field([], min_length=1, description="all of these are among them")),
        "includes_any": (names, Field([], min_length=1, description="one of these is among them")),
        "at_least": (Count | None, Field(None, description="so many of them")),
        "at_most": (Count | None, Field(None, description="so many of them")),
    }


def _number(item: Item) -> dict[str, Any]:
    unit = item.unit or "a count"
    return {
        "at_least": (Number | None, Field(None, description=unit)),
        "at_most": (Number | None, Field(None, description=unit)),
        "confidence": (Confidence | None, Field(None, description="to be known beyond the bound (0.95)")),
    }


def _names(item: Item) -> Any:  # noqa: ANN401  # a type made at run time
    shown = {"enum": as_written(item.values)}
    return list[Annotated[Literal[item.values], WithJsonSchema(shown)]]  # type: ignore[name-defined]


_FORMS: Final = {
    Kind.CHOICE: (_choice, "in", "in or not_in"),
    Kind.FLAG: (_flag, "is", "is"),
    Kind.SET: (_set, "", "includes, includes_any, at_least or at_most"),
    Kind.NUMBER: (_number, "", "at_least or at_most"),
}


def _test_model(item: Item) -> type[Asked]:
    fields, short, long_form = _FORMS[item.kind]
    base = Measured if item.kinematic else Seen
    model = cast("type[Asked]", create_model(f"Test of {item.name}", __base__=base, **fields(item)))
    model.short, model.shortened, model.long_form = short, item.values, long_form
    return model


class TestOfFlag(Asked):
    """Intent or act: so or not so, by this set's criteria."""

    __test__ = False
    short: ClassVar[str] = "is"
    is_: bool = Field(alias="is")


class TestOfIdentity(Asked):
    """The standard identity, by this set's criteria."""

    __test__ = False
    short: ClassVar[str] = "in"
    shortened: ClassVar[tuple[str, ...]] = tuple(CONCLUSIONS)
    in_: Annotated[list[Annotated[Identity, Field(strict=False)]], Field(alias="in", min_length=1)]


def _asking(name: str, doc: str, tests: dict[str, type[Asked]]) -> type[BaseModel]:
    meanings = {item.name: item.meaning for item in ITEMS}
    fields: dict[str, Any] = {
        key: (test | None, Field(None, description=meanings.get(key))) for key, test in tests.items()
    }
    made = create_model(name, __config__=STRICT, __doc__=doc, **fields)
    return cast("type[BaseModel]", made)


TESTS: Final[dict[str, type[Asked]]] = {item.name: _test_model(item) for item in ITEMS}
ASSESSED: Final[dict[str, type[Asked]]] = {"intent": TestOfFlag, "act": TestOfFlag, "identity": TestOfIdentity}

Observations = _asking("Observations", "Conditions on observed items; all must hold.", TESTS)
When = _asking("When", "Conditions on observed items and on what the criteria make of them.", {**TESTS, **ASSESSED})

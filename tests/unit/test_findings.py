"""Findings in words: the value, the bound and the fix."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, field_validator

from holdfire.errors import Finding
from holdfire.findings import did_you_mean, from_pydantic, not_allowed, one_of, shown


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("inbuond", "inbound"), ("outbond", "outbound"), ("INBOUND", None), ("xyz", None), (7, None), ("", None)],
)
def test_did_you_mean_names_the_nearest_name_or_nothing(given: object, nearest: str | None) -> None:
    expected = f": did you mean {nearest!r}?" if nearest else ""
    assert did_you_mean(given, ("inbound", "parallel", "outbound")) == expected


def test_a_number_can_be_meant() -> None:
    assert did_you_mean(7601, ("7500", "7600")) == ": did you mean '7600'?"


@pytest.mark.parametrize(
    ("count", "phrase"),
    [
        (1, "n0"),
        (2, "one of n0, n1"),
        (12, "one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11"),
        (13, "one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 and 1 more"),
        (40, "one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 and 28 more"),
    ],
)
def test_names_are_listed_and_cut_where_there_are_many(count: int, phrase: str) -> None:
    assert one_of([f"n{i}" for i in range(count)]) == phrase


def test_a_value_outside_a_list_is_told_with_the_list() -> None:
    assert not_allowed("radio", "silnt", ["answering", "silent"]) == (
        "radio 'silnt' is not one of answering, silent: did you mean 'silent'?"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (None, "nothing"),
        ({"a": 1}, "a mapping"),
        ("own", "'own'"),
        (8, "8"),
        (1e3, "1000.0"),
        (["a", 1], "['a', 1]"),
        ("x" * 58, repr("x" * 58)),
        ("x" * 59, "'" + "x" * 59 + "…"),
    ],
)
def test_a_value_is_shown_as_it_was_written(value: object, text: str) -> None:
    assert shown(value) == text


class Colour(Enum):
    RED = "red"
    GREEN = "green"


class Inner(BaseModel):
    model_config = ConfigDict(strict=True)


class Even(BaseModel):
    number: int

    @field_validator("number")
    @classmethod
    def _even(cls, given: int) -> int:
        if given % 2:
            message = f"{given} is odd: give an even number"
            raise ValueError(message)
        return given


MAPPING = "write a mapping of names to values"

CASES: dict[str, tuple[Any, object, str]] = {
    "dict": (dict[str, int], [1], f"d is [1]: {MAPPING}"),
    "model": (Inner, [1], f"d is [1]: {MAPPING}"),
    "list": (list[int], "x", "d is 'x': write a list, as [one, another]"),
    "text": (str, 5, "d is 5: write it in quotation marks, as text"),
    "whole number": (int, "x", "d is 'x': write a whole number"),
    "number": (float, "x", "d is 'x': write a number"),
    "bool": (bool, 1, "d is 1: write true or false"),
    "infinite": (Annotated[float, Field(allow_inf_nan=False)], float("inf"), "d is inf: write a finite number"),
    "more than": (Annotated[float, Field(gt=0)], 0.0, "d is 0.0: it must be more than 0"),
    "at least": (Annotated[float, Field(ge=0.5)], 0.25, "d is 0.25: it must be at least 0.5"),
    "less than": (Annotated[float, Field(lt=1)], 1.0, "d is 1.0: it must be less than 1"),
    "at most": (Annotated[float, Field(le=1)], 2.0, "d is 2.0: it must be at most 1"),
    "literal": (Literal["own", "allied"], "owwn", "d 'owwn' is not one of own, allied: did you mean 'own'?"),
    "one literal": (Literal["own"], "x", "d 'x' is not own"),
    "enum": (
        Annotated[Colour, Field(strict=False)],
        "gren",
        "d 'gren' is not one of red, green: did you mean 'green'?",
    ),
    "nothing": (str, None, "d is nothing: write text"),
}


def found(model: type[BaseModel], data: object, *allowed: str) -> list[Finding]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return from_pydantic(caught.value.errors(), lambda _: allowed)


@pytest.mark.parametrize(("annotation", "value", "text"), [*CASES.values()], ids=[*CASES])
def test_each_kind_of_error_has_its_words(annotation: Any, value: object, text: str) -> None:
    model = create_model("M", __config__=ConfigDict(strict=True), d=(annotation, ...))
    assert found(model, {"d": value}) == [Finding(("d",), text)]


def test_lax_models_have_their_words_too() -> None:
    model = create_model("M", n=(int, ...))
    assert found(model, {"n": 1.5})[0].text == "n is 1.5: write a whole number"


def test_a_missing_field() -> None:
    model = create_model("M", d=(str, ...))
    assert found(model, {}) == [Finding(("d",), "'d' is missing: add it")]


@pytest.mark.parametrize(
    ("allowed", "text"),
    [
        (("title", "id"), "field 'titl' is not one of id, title: did you mean 'title'?"),
        ((), "field 'titl' has no place here: leave it out"),
    ],
)
def test_a_field_too_many(allowed: tuple[str, ...], text: str) -> None:
    model = create_model("M", __config__=ConfigDict(extra="forbid"))
    assert found(model, {"titl": 1}, *allowed) == [Finding(("titl",), text)]


@pytest.mark.parametrize("name", ["intent", "extends", "remove", "rules"])
def test_a_field_that_has_its_place_elsewhere(name: str) -> None:
    model = create_model("M", __config__=ConfigDict(extra="forbid"))
    assert found(model, {name: 1}, "id")[0].text.startswith(f"field {name!r} has no place here: ")
    assert found(model, {name: 1}, name)[0].text.startswith(f"field {name!r} is not {name}: did you mean ")


def test_a_list_of_nothing_is_said_to_be() -> None:
    model = create_model("M", d=(list[str], Field(min_length=1)))
    assert found(model, {"d": []}) == [Finding(("d",), "d lists nothing: give at least one")]


@pytest.mark.parametrize(
    ("pattern", "given", "text"),
    [
        ("^a+$", "b", "d is 'b': it must fit ^a+$"),
        (r"\S", " ", "d is ' ': write something"),
        ("^[A-Z]", "r", "d is 'r': begin with a capital, then letters, digits and hyphens, as AP-1"),
    ],
)
def test_a_pattern_is_told(pattern: str, given: str, text: str) -> None:
    model = create_model("M", d=(str, Field(pattern=pattern)))
    assert found(model, {"d": given}) == [Finding(("d",), text)]


def test_our_own_check_speaks_for_itself() -> None:
    assert found(Even, {"number": 3}) == [Finding(("number",), "number: 3 is odd: give an even number")]


def test_a_kind_without_words_keeps_pydantics() -> None:
    model = create_model("M", d=(int, Field(multiple_of=5)))
    assert found(model, {"d": 7})[0].text == "d is 7: Input should be a multiple of 5"


def test_a_list_position_goes_by_the_name_before_it() -> None:
    model = create_model("M", __config__=ConfigDict(strict=True), d=(list[int], ...))
    assert found(model, {"d": [1, "x"]}) == [Finding(("d", 1), "d is 'x': write a whole number")]


def test_what_has_no_name_is_the_document() -> None:
    assert found(Inner, [1])[0].text == f"the document is [1]: {MAPPING}"

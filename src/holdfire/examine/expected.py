"""What each shipped set is expected to keep and to break, and why: a change of either must be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from holdfire.catalogue import EXPECTED, LIBRARY
from holdfire.examine.prove import Result
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.reader.document import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = LIBRARY / "properties" / f"{EXPECTED}.yaml"
TO_WRITE = "to be written"


class ExpectationModel(BaseModel):
    """What is expected of one set and one property."""

    model_config = STRICT
    result: Annotated[Result, Field(strict=False)]
    because: Text


class ExpectedModel(BaseModel):
    """By set and property."""

    model_config = STRICT
    rulesets: dict[Slug, dict[Slug, ExpectationModel]]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Whether a set keeps a property, and why in a sentence."""

    result: Result
    because: str


def expected(file: Path = FILE) -> Mapping[str, Mapping[str, Expectation]]:
    """Return what is expected, by set and property; raises `DocumentError` with every fault of the file."""
    document = read(file, f"properties/{file.name}")
    findings = check(ExpectedModel, document.data)
    if findings:
        raise document.refuse(findings)
    model = ExpectedModel.model_validate(document.data)
    return {
        ruleset: {name: Expectation(each.result, each.because) for name, each in entries.items()}
        for ruleset, entries in model.rulesets.items()
    }

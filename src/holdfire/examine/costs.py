"""What changes of evidence cost, read from the library: how far apart two states of evidence are.

The unit is a standard deviation, so that what is measured and what is merely said can be added up. Costs order
changes; they are no probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.catalogue import find
from holdfire.errors import ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import ITEM, ITEMS, Kind
from holdfire.reader.document import read
from holdfire.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from holdfire.messages.vocabulary import Item

_NAMED = tuple(item.name for item in ITEMS if item.kind is not Kind.NUMBER)
_NUMBERS = tuple(item.name for item in ITEMS if item.kind is Kind.NUMBER)
_Cost = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
_Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class ChangeModel(BaseModel):
    """What changes of one item cost, and what its report is called."""

    model_config = STRICT
    report: Slug | None = Field(None, description="items of one report change together and count as one change")
    called: Text = Field(description="the report in words, as in `one wrong …`")
    lost: _Cost = Field(description="no longer known, in standard deviations")
    found: _Cost = Field(description="known where nothing was, in standard deviations")
    better: _Cost = Field(description="as before but fresher, longer, surer or sharper, in standard deviations")
    source: Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class NamedModel(ChangeModel):
    """An item with named values."""

    item: Literal[_NAMED]  # type: ignore[valid-type]
    wrong: _Cost = Field(description="another value, or one member of a set, in standard deviations")


class NumberModel(ChangeModel):
    """A number, which costs its change over its own standard deviation."""

    item: Literal[_NUMBERS]  # type: ignore[valid-type]
    sd: _Positive = Field(description="standard deviation where evidence gives none, in the item's unit")
    step: _Positive = Field(description="the number moves by whole steps, in the item's unit")


class FixedModel(BaseModel):
    """An item that nobody is taken to be wrong about."""

    model_config = STRICT
    item: Literal[(*_NAMED, *_NUMBERS)]  # type: ignore[valid-type]
    because: Text


class CostsModel(BaseModel):
    """What each change of evidence costs."""

    model_config = STRICT
    id: Slug
    title: Text
    summary: Text
    sources: Annotated[list[SourceModel], Field(min_length=1)]
    named: list[NamedModel]
    numbers: list[NumberModel]
    fixed: list[FixedModel] = []


@dataclass(frozen=True, slots=True)
class Cost:
    """What changes of one item cost (standard deviations); `sd` and `step` in the item's unit, 0 where it has none."""

    item: Item
    report: str
    called: str
    lost: float
    found: float
    better: float
    wrong: float
    sd: float
    step: float


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs by item, and the items that nobody is taken to be wrong about, each with the reason."""

    id: str
    items: Mapping[str, Cost]
    fixed: Mapping[str, str]
    sources: tuple[Source, ...]


def load_costs(name: str = "usual", near: Path | None = None) -> Costs:
    """Return the costs of an id or a path; raises as `catalogue.load_ruleset` does."""
    document = read(*find("margins", name, near))
    try:
        return parse_costs(document.data)
    except ContentError as error:
        raise document.refuse(error.findings) from None


def parse_costs(data: object) -> Costs:
    """Return the costs that a file holds; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "costs are a mapping: begin with `id: my-costs`")])
    findings = check(CostsModel, data)
    if not findings:
        findings = list(_findings(CostsModel.model_validate(data)))
    if findings:
        raise ContentError(findings)
    model = CostsModel.model_validate(data)
    entries: list[NamedModel | NumberModel] = [*model.named, *model.numbers]
    items = {each.item: _cost(each) for each in entries}
    fixed = {each.item: each.because for each in model.fixed}
    return Costs(model.id, items, fixed, tuple(Source(**source.model_dump()) for source in model.sources))


def _cost(given: NamedModel | NumberModel) -> Cost:
    wrong = given.wrong if isinstance(given, NamedModel) else 0.0
    sd, step = (given.sd, given.step) if isinstance(given, NumberModel) else (0.0, 0.0)
    report = given.report or given.item.replace("_", "-")
    return Cost(ITEM[given.item], report, given.called, given.lost, given.found, given.better, wrong, sd, step)


def _findings(model: CostsModel) -> Iterator[Finding]:
    """Every item stands exactly once, and every source is listed."""
    sources = [source.id for source in model.sources]
    seen: set[str] = set()
    sections: dict[str, Sequence[NamedModel | NumberModel | FixedModel]] = {
        "named": model.named, "numbers": model.numbers, "fixed": model.fixed
    }  # fmt: skip
    for section, entries in sections.items():
        for place, entry in enumerate(entries):
            if entry.item in seen:
                yield Finding((section, place, "item"), f"{entry.item} stands twice: keep one of the two")
            seen.add(entry.item)
            for index, cited in enumerate(getattr(entry, "source", [])):
                if cited not in sources:
                    yield Finding((section, place, "source", index), not_allowed("source", cited, sources))
    missing = [name for name in ITEM if name not in seen]
    if missing:
        yield Finding((), f"{', '.join(missing)} cost nothing yet: list each under named, numbers or fixed")

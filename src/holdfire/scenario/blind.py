"""How a scenario is foretold without the incident that it tells of: what stands instead of what was taken from it.

A file `library/blind/<scenario>.yaml` says it for a scenario with fitted numbers. Rule sets made since the incident are
found by the dates of their own sources. That an older one was CHOSEN from the incident no date shows: the file says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from holdfire.catalogue import find, ids
from holdfire.errors import ContentError, Finding, UnknownNameError
from holdfire.findings import not_allowed
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.reader.document import read
from holdfire.scenario.address import locate, name_of
from holdfire.scenario.schema import Scenario
from holdfire.sources import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.checks import Raw

SHELF = "blind"


class RestatedModel(BaseModel):
    """A number that was fitted to the incident, as somebody would have put it who knew nothing of the incident."""

    model_config = STRICT
    address: Text = Field(description="where it stands, with * for any part: intruders.*.endurance_h")
    value: Any = Field(description="what stands there instead")
    why: Text = Field(description="what the value rests on")
    grade: Annotated[Grade, Field(strict=False)] = Field(description="how well that is attested")
    source: Annotated[list[str], Field(min_length=1)] = Field(description="ids of the sources that say so")


class BlindModel(BaseModel):
    """What stands instead of what a scenario took from its incident."""

    model_config = STRICT
    id: Slug = Field(description="the scenario")
    summary: Text = Field(description="what is left out, and what cannot be")
    sources: Annotated[list[SourceModel], Field(min_length=1)] = Field(description="every source that it cites")
    made_from_it: list[Text] = Field(
        [],
        description="rule sets made from the incident, or chosen by what was said of it, though no source tells",
    )
    not_left_out: list[Text] = Field([], description="what of the incident is in this forecast all the same")
    instead: list[Text] = Field(
        [], description="rule sets tried instead; left out: the archetypes, as many as there are"
    )
    restated: list[RestatedModel] = Field([], description="numbers that stand instead of fitted ones")


def load_blind(scenario: str) -> BlindModel | None:
    """Return what the library says of a scenario without its incident; `None` where it says nothing.

    Raises `DocumentError` with every fault.
    """
    if scenario not in ids(SHELF):
        return None
    document = read(*find(SHELF, scenario))
    try:
        return parse_blind(document.data, scenario)
    except ContentError as error:
        raise document.refuse(error.findings) from None


def parse_blind(data: object, scenario: str) -> BlindModel:
    """Return what data say of a scenario without its incident; raises `ContentError` with every finding."""
    findings = check(BlindModel, data)
    if not findings and isinstance(data, dict):
        findings = list(_beyond(data, scenario))
    if findings:
        raise ContentError(findings)
    return BlindModel.model_validate(data)


def _beyond(data: Raw, scenario: str) -> Iterator[Finding]:
    if data["id"] != scenario:
        yield Finding(("id",), f"{data['id']!r} is not the scenario {scenario!r} whose name the file has")
    known = [each["id"] for each in data["sources"]]
    for place, each in enumerate(data.get("restated", [])):
        for cited in each["source"]:
            if cited not in known:
                yield Finding(("restated", place, "source"), not_allowed("source", cited, known))


def addresses(data: Raw, pattern: str) -> list[str]:
    """Return every address of a scenario's data that a pattern with `*` for any part leads to.

    Raises `UnknownNameError` where it leads nowhere.
    """
    found = list(_expanded(data, pattern.split("."), ()))
    for each in found:
        try:
            locate(Scenario, data, each)
        except ValueError as error:
            raise UnknownNameError(str(error)) from None
    if not found:
        message = f"{pattern} leads to nothing in {data.get('id')}: name a number that it has"
        raise UnknownNameError(message)
    return found


def _expanded(here: Any, parts: list[str], before: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401  # any JSON
    if not parts:
        yield ".".join(before)
        return
    first, rest = parts[0], parts[1:]
    below = dict(_named(here))
    for name in below if first == "*" else [first]:
        yield from _expanded(below.get(name), rest, (*before, name))


def _named(here: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # any JSON
    """Yield what stands in a mapping or a list, by the name that addresses give it."""
    if isinstance(here, dict):
        yield from here.items()
    for each in here if isinstance(here, list) else ():
        if (name := name_of(each)) is not None:
            yield name, each

"""A scenario by id or path: read, checked as a whole with all that it names, and seen under each of its options."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from holdfire.catalogue import find
from holdfire.errors import ContentError, Finding, InputError
from holdfire.logic.parse import check
from holdfire.reader.document import read
from holdfire.scenario.checks import find_all
from holdfire.scenario.drifters import windless
from holdfire.scenario.expand import expanded, listed, spelled_out
from holdfire.scenario.option import check_options, with_option
from holdfire.scenario.places import misplaced
from holdfire.scenario.references import Named, unseen_lights, unusable
from holdfire.scenario.schema import Scenario
from holdfire.scenario.terrain import unread_terrain
from holdfire.scenario.warnings import unheard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw
    from holdfire.reader.document import Document


@dataclass(frozen=True, slots=True)
class Loaded:
    """A sound scenario, the file it was read from, and the folder from which it names other files."""

    scenario: Scenario
    document: Document
    folder: Path
    data: Raw
    """The file without its comments, each option as the changes that it makes: what a manifest keeps."""

    def under(self, option: str) -> Scenario:
        """Return the scenario as one of its options has it; raises `UnknownNameError`."""
        return Scenario.model_validate(with_option(self.data, option))


def load_scenario(name: str, also: Sequence[str] = ()) -> Loaded:
    """Return the scenario of an id or a path, and options of the catalogue beside its own: `visual+more-patrols`.

    Raises `UnknownNameError`, `UnreadableError`, `InputError` for an option that makes no sense in it, or
    `DocumentError` with every fault, those of options at the options' own lines.
    """
    path, called = find("scenarios", name)
    document = read(path, called)
    try:
        data = checked(document.data, path.parent)
    except ContentError as error:
        raise document.refuse(error.findings) from None
    if also:
        data = {**data, "options": [*listed(data), *_beside(data, also, path.parent)]}
    return Loaded(Scenario.model_validate(data), document, path.parent, data)


def _beside(data: Raw, names: Sequence[str], near: Path) -> list[Raw]:
    """Return options that no file lists, spelled out; raises `InputError` for one that gives no sound night."""
    made = [expanded(data, name) for name in names]
    try:
        checked({**data, "options": made}, near, twins=True)  # several may be as the scenario has it already
    except ContentError as error:
        told = [f"{names[int(each.loc[1])]}: {each.text}" for each in error.findings]
        raise InputError("\n".join(told)) from None
    return made


def parse_scenario(data: object, near: Path | None = None) -> Scenario:
    """Return the scenario that data hold; raises as `checked`."""
    return Scenario.model_validate(checked(data, near))


def checked(data: object, near: Path | None = None, *, twins: bool = False) -> Raw:
    """Return a scenario's data with each option as the changes that it makes.

    Files that it names are looked for in the folder `near`. Raises `ContentError` with every finding; that two options
    are the same night is one unless `twins` are allowed.
    """
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a scenario is a mapping: begin with `id: my-night`")])
    named = Named(near)
    findings = _findings(data, named)
    plain = data
    if not findings:
        plain, findings = spelled_out(data)
    found = check_options(plain, partial(_findings, named=named), twins=twins)
    findings += [Finding(_as_written(data, each.loc), each.text) for each in found]
    if findings:
        raise ContentError(findings)
    return plain


def _as_written(data: Raw, loc: Location) -> Location:
    """Return where the author of a scenario wrote what stands at a place of its options spelled out."""
    option = data["options"][loc[1]] if loc[:1] == ("options",) and len(loc) > 1 else {}
    return (*loc[:2], "uses") if "uses" in option else loc


def _findings(data: Raw, named: Named) -> list[Finding]:
    """Return what is wrong with a night: by its schema, in itself, and in what it names; one finding a place."""
    by_schema = check(Scenario, data)
    told = {finding.loc for finding in by_schema}
    more = (each for each in _beyond(data, named) if not _within(each.loc, told))
    return [*map(_reworded, by_schema), *more]


def _within(loc: Location, places: set[Location]) -> bool:
    return any(loc[:depth] in places for depth in range(1, len(loc) + 1))


def _beyond(data: Raw, named: Named) -> Iterator[Finding]:
    yield from find_all(data)
    yield from misplaced(data, named)
    yield from unusable(data, named)
    yield from unseen_lights(data, named)
    yield from windless(data)
    yield from unread_terrain(data, named.near)
    yield from unheard(data)


def _reworded(finding: Finding) -> Finding:
    """Return a finding in words that fit a scenario, where those common to all files speak of rule sets."""
    if finding.text.startswith("'kind' is missing") and finding.loc == ("kind",):
        return Finding(
            finding.loc, "'kind' is missing: say whether it is an incident, proposal, benchmark or hypothetical"
        )
    return finding

"""A variant is a diff on its parent: what it replaces, removes and adds, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.errors import ContentError, Finding
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import SECTIONS, Raw, mappings
from holdfire.logic.parse import check_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = ("id", "title", "kind", "summary", "effective", "roles")


def expand(variant: Raw, parent: Raw) -> Raw:
    """Return the whole text that a variant stands for; `parent` is a whole text, already checked.

    Raises `ContentError` with every finding, whose places are those of the variant's file.
    """
    inherited = [source["id"] for source in parent["sources"]]
    findings = [*_misplaced(variant, parent), *_sources_twice(variant, inherited)]
    try:
        check_file(variant, frozenset(inherited))
    except ContentError as error:
        findings = [*error.findings, *findings]
    if findings:
        raise ContentError(findings)
    out: Raw = {key: variant.get(key, parent.get(key)) for key in _OWN if key in variant or key == "roles"}
    if out.get("roles") is None:
        out.pop("roles", None)
    out["sources"] = [*parent["sources"], *variant.get("sources", [])]
    for section in SECTIONS:
        out[section] = _section(variant, parent, section)
    if not out["rules"]:
        raise ContentError([Finding(("remove",), "no rule is left: keep or add one")])
    return out


def changed(variant: Raw) -> tuple[str, ...]:
    """Return the ids of the entries that are the variant's own text."""
    return tuple(
        entry["id"]
        for key in ("replace", "add")
        for section in SECTIONS
        for _, entry in mappings(variant.get(key, {}).get(section))
    )


def _section(variant: Raw, parent: Raw, section: str) -> list[Raw]:
    removed = set(variant.get("remove", []))
    replaced = {entry["id"]: entry for entry in variant.get("replace", {}).get(section, [])}
    kept = [replaced.get(entry["id"], entry) for entry in parent.get(section, []) if entry["id"] not in removed]
    return [*kept, *variant.get("add", {}).get(section, [])]


def _ids(data: Raw, section: str) -> list[str]:
    return [entry["id"] for entry in data.get(section, [])]


def _misplaced(variant: Raw, parent: Raw) -> Iterator[Finding]:
    every = [name for section in SECTIONS for name in _ids(parent, section)]
    given = variant.get("remove")
    removed = given if isinstance(given, list) else []
    for index, name in enumerate(removed):
        if name not in every:
            yield Finding(
                ("remove", index), f"{parent['id']} has no {name!r}{did_you_mean(name, every) or _there(every)}"
            )
    for section in SECTIONS:
        yield from _misreplaced(variant, parent, section, removed)
        for loc, name in _named(variant, "add", section):
            if name in every:
                yield Finding(loc, f"{parent['id']} has {name!r} already: replace it, or take another id")


def _misreplaced(variant: Raw, parent: Raw, section: str, removed: list[object]) -> Iterator[Finding]:
    here = _ids(parent, section)
    for loc, name in _named(variant, "replace", section):
        if name not in here:
            others = [other for other in SECTIONS if name in _ids(parent, other)]
            hint = f": it stands in {others[0]}" if others else did_you_mean(name, here) or _there(here)
            yield Finding(loc, f"{parent['id']} has no {name!r} in {section}{hint}")
        elif name in removed:
            yield Finding(loc, f"{name!r} is replaced and removed: do one of the two")


def _there(names: list[str]) -> str:
    return f": it has {one_of(names, all_of=True)}" if names else ": it has none there, so put it under add"


def _named(variant: Raw, key: str, section: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    holder = variant.get(key)
    if isinstance(holder, dict):
        for index, entry in mappings(holder.get(section)):
            if isinstance(entry.get("id"), str):
                yield (key, section, index, "id"), entry["id"]


def _sources_twice(variant: Raw, inherited: list[str]) -> Iterator[Finding]:
    for index, source in mappings(variant.get("sources")):
        if source.get("id") in inherited:
            yield Finding(("sources", index, "id"), f"source {source['id']!r} is inherited: take another id")

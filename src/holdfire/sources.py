"""Where a statement or a number comes from, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Grade(StrEnum):
    """How well a statement is attested, best first."""

    OFFICIAL = "official"
    SEVERAL_OUTLETS = "several outlets"
    SINGLE_OUTLET = "single outlet"
    ESTIMATE = "estimate"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Source:
    """A public document, or a statement that something is assumed.

    `date` is ISO 8601 (`2025-10-09`, or `1962` where only the year is known); `None` where the document
    bears none. `url` is `None` for what was never on the web and for assumptions.
    """

    id: str
    title: str
    grade: Grade
    url: str | None = None
    date: str | None = None
    note: str | None = None

    def cite(self) -> str:
        """One line for a bibliography."""
        parts = [self.title, self.date or "undated", f"[{self.grade}]"]
        if self.url is not None:
            parts.append(self.url)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number with its unit and its source on the same line."""

    value: float
    unit: str
    source: Source


def bibliography(sources: Iterable[Source]) -> list[str]:
    """One line for each distinct source, the best attested first, then by title."""
    ranks = {grade: rank for rank, grade in enumerate(Grade)}
    distinct = {source.cite(): source for source in sources}
    return sorted(distinct, key=lambda line: (ranks[distinct[line].grade], line))

"""The ledger of a brief: each number that is shown, with the command, seed, nights and replication behind it."""

from __future__ import annotations

import html
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.catalogue import ids
from holdfire.study.figures import COLUMN, TABLE
from holdfire.study.manifest import option_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.study.results import Results

    Json = dict[str, Any]

_OF: Final = {"cost": "cost, ", "ladder": "highest rung, "}
_LABEL: Final = {
    each.name: f"{_OF.get(each.group, '')}{each.label}{f', {each.unit}' if each.unit else ''}" for each in TABLE
}
_NUMBER: Final = re.compile(r"(?<![\w.-])[+-]?\d+(?:[.,]\d+)*(?![\w-])")
_TITLE: Final = r"“[^”]*”"
_KEPT: Final = rf"{_TITLE}|95 %|holdfire \d[\d.]*\d"
"""What stays as it is: titles, the level of all intervals, a version."""


@dataclass(frozen=True, slots=True)
class Study:
    """Results that numbers are made of: what they are called, the folder, and the command that makes them again."""

    name: str
    folder: str
    command: str
    results: Results

    @property
    def seed(self) -> int:
        """Of all its random numbers."""
        return int(self.results.manifest["seed"])

    @property
    def replications(self) -> int:
        """Nights under each option."""
        return int(self.results.manifest["replications"])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from.

    Attributes
    ----------
    study
        The results.
    figures
        Names of `score.FIGURES` that it sums.
    option
        Its id.
    command
        What prints it.
    against
        The option that it is held against, if any.
    said, held
        Of a share of a space: what holds there, and 1 or 0 night by night.
    """

    study: Study
    figures: tuple[str, ...]
    option: str
    command: str
    against: str | None = None
    said: str = ""
    held: NDArray[np.float64] | None = None

    def words(self) -> str:
        """Return what the number is of."""
        if self.said:
            return f"{self.said}: {self.option}"
        less = f" less {self.against}" if self.against else ""
        return f"{' + '.join(_LABEL.get(each, each) for each in self.figures)}: {self.option}{less}"

    def nights(self) -> NDArray[np.float64]:
        """Return it night by night; NaN where there was nothing to count."""
        if self.held is not None:
            return self.held
        out = self._of(self.option)
        return out - self._of(self.against) if self.against else out

    def _of(self, option: str) -> NDArray[np.float64]:
        night = self.study.results.figures[option]
        return sum((night[:, COLUMN[name]] for name in self.figures), np.zeros(len(night)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One number as it is shown, its number in the ledger, and where it comes from."""

    place: int
    shown: str
    origin: Origin

    def nearest(self) -> tuple[int, float] | None:
        """Return the night nearest to the mean and its value; `None` where nothing was counted."""
        nights = self.origin.nights()
        if np.isnan(nights).all():
            return None
        at = int(np.nanargmin(np.abs(nights - np.nanmean(nights))))
        return at, float(nights[at])

    def farthest(self) -> tuple[int, float] | None:
        """Return the night farthest from the mean and its value."""
        nights = self.origin.nights()
        if np.isnan(nights).all():
            return None
        at = int(np.nanargmax(np.abs(nights - np.nanmean(nights))))
        return at, float(nights[at])


@dataclass(slots=True)
class Ledger:
    """All numbers of a brief, in the order in which they are shown."""

    entries: list[Entry] = field(default_factory=list)

    def number(self, shown: str, origin: Origin) -> str:
        """Return a number as a link to its row."""
        place = len(self.entries) + 1
        self.entries.append(Entry(place, shown, origin))
        title = html.escape(f"{origin.words()}; {origin.study.replications} nights, seed {origin.study.seed}")
        return f'<a class="n" id="r{place}" href="#n{place}" data-n="{place}" title="{title}">{html.escape(shown)}</a>'

    def sentence(self, text: str, origins: Sequence[tuple[str, Origin]]) -> str:
        """Return a text whose numbers are links: each clause's to the first origin whose pattern the clause holds.

        Numbers in a title in quotation marks, and in an address in brackets, stay as they are.
        """
        out = []
        for clause in re.split(r"(?<=\.) ", text):
            plain = re.sub(_TITLE, "", clause)
            origin = next((each for pattern, each in origins if re.search(pattern, plain)), origins[0][1])
            out.append(self._linked(clause, origin))
        return " ".join(out)

    def _linked(self, clause: str, origin: Origin) -> str:
        parts, at = [], 0
        for found in re.finditer(f"{_KEPT}|{_NUMBER.pattern}", clause):
            parts.append(html.escape(clause[at : found.start()]))
            text = found.group()
            kept = re.fullmatch(_KEPT, text)
            parts.append(html.escape(text) if kept else self.number(text, origin))
            at = found.end()
        return "".join([*parts, html.escape(clause[at:])])


def command_of(study: Results, folder: str) -> str:
    """Return the command that makes results again."""
    manifest = study.manifest
    data = manifest["scenario"]["data"]
    named = manifest["scenario"]["id"]
    scenario = named if named in ids("scenarios") else f"{folder}/scenario.yaml"
    asked = ["holdfire", "run", scenario, "--options", ",".join(option_ids(manifest))]
    space = data.get("explored")
    if space:
        asked[1] = "explore"
        asked += ["--points", str(manifest["replications"] // space["nights"]), "--nights", str(space["nights"])]
    else:
        asked += ["--replications", str(manifest["replications"])]
    return shlex.join([*asked, "--seed", str(manifest["seed"]), "--out", folder])

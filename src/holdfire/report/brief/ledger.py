"""The ledger of a brief: each number that is shown, with the command, seed, nights and replication behind it."""

from __future__ import annotations

import html
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.catalogue import ids
from holdfire.study.figures import COLUMN, TABLE
from holdfire.study.manifest import option_ids
from holdfire.study.said import Kind, Of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from holdfire.study.results import Results
    from holdfire.study.said import Said

    Json = dict[str, Any]

_OF: Final = {"cost": "cost, ", "ladder": "highest rung, "}
_LABEL: Final = {
    each.name: f"{_OF.get(each.group, '')}{each.label}{f', {each.unit}' if each.unit else ''}" for each in TABLE
}
_SUMMED: Final = frozenset({Kind.LEVEL, Kind.DIFFERENCE, Kind.RATIO, Kind.TOTAL, Kind.FORETOLD, Kind.TRIED})
_SAID: Final = {
    Kind.LEVEL: "{said}",
    Kind.DIFFERENCE: "{said} less {against}",
    Kind.TOTAL: "{said} (in all nights)",
    Kind.SHARE: "{said} (share of nights with any)",
    Kind.RATIO: "{said} (times as often as {against})",
    Kind.HIGHER: "{said} (share of nights higher than {against})",
    Kind.LOWER: "{said} (share of nights lower than {against})",
    Kind.FORETOLD: "{said} (foretold)",
    Kind.TRIED: "{said} less {against} (at an end of {moved})",
    Kind.NOT_BEST: "{said} (not best, at points of the space)",
    Kind.NEVER_WORST: "{said} (worst in nothing, at points of the space)",
    Kind.NEXT_RUNG: "risk of the other side's next rung: {said} less {against}",
    Kind.STANDING: "rung that {said} stands on by itself",
    Kind.BREAKS_EVEN: "{said} less {against} (what a rung outweighs)",
}


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
    of
        Which figures of which options, and how they are read.
    command
        What prints it.
    by_night
        It night by night, where no figure of a night says it; NaN where it has no value of a night.
    """

    study: Study
    of: Of
    command: str
    by_night: NDArray[np.float64] | None = None

    @property
    def option(self) -> str:
        """The option whose nights are named: the first that it holds of."""
        return self.of.options[0]

    def words(self) -> str:
        """Return what the number is of."""
        return words(self.of)

    def nights(self) -> NDArray[np.float64]:
        """Return it night by night; NaN where there was nothing to count."""
        if self.by_night is not None:
            return self.by_night
        if self.of.kind is Kind.TRIED:
            return np.full(1, np.nan)
        there = self._of(self.option)
        if self.of.against is None or self.of.kind is Kind.RATIO:
            return np.minimum(there, 1.0) if self.of.kind is Kind.SHARE else there
        moved = there - self._of(self.of.against)
        if self.of.kind in {Kind.HIGHER, Kind.LOWER}:
            return (moved > 0 if self.of.kind is Kind.HIGHER else moved < 0).astype(np.float64)
        return moved

    def _of(self, option: str) -> NDArray[np.float64]:
        night = self.study.results.figures[option]
        return sum((night[:, COLUMN[name]] for name in self.of.figures), np.zeros(len(night)))


def words(of: Of) -> str:
    """Return in words what a number is of.

    >>> words(Of(("stopped",), ("visual",), "as-was", Kind.DIFFERENCE))
    'stopped: visual less as-was'
    """
    figures = (" + " if of.kind in _SUMMED else ", ").join(_LABEL.get(each, each) for each in of.figures)
    said = f"{figures}: {', '.join(of.options)}" if figures else ", ".join(of.options)
    return _SAID[of.kind].format(said=said, against=of.against or "", moved=of.moved)


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
        nights = f"{origin.study.replications} nights, seed {origin.study.seed}"
        title = html.escape(f"{origin.words()}; {'as tried' if origin.of.kind is Kind.TRIED else nights}")
        return f'<a class="n" id="r{place}" href="#n{place}" data-n="{place}" title="{title}">{html.escape(shown)}</a>'

    def sentence(self, text: Said, origin: Callable[[Of], Origin]) -> str:
        """Return a text as HTML, the numbers of figures as links to their rows and nothing else as one."""
        return "".join(
            html.escape(each) if isinstance(each, str) else self.number(each.text, origin(each.of))
            for each in text.parts
        )


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

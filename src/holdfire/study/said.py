"""A sentence that knows what each number in it is of: which figure, of which options, read how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(StrEnum):
    """How a number is read from the nights."""

    LEVEL = "a night"
    """A mean or a median, or an end of its interval."""
    DIFFERENCE = "difference"
    """Of paired nights, one option less the other."""
    TOTAL = "in all nights"
    SHARE = "share of nights with any"
    RATIO = "times as often"
    HIGHER = "share of nights higher"
    LOWER = "share of nights lower"
    FORETOLD = "foretold"
    """An end of the interval that nights foretell."""
    TRIED = "tried"
    """Difference with an assumed number at an end of its range."""
    NOT_BEST = "not best"
    """At points of a space, as the next."""
    NEVER_WORST = "worst in nothing"
    NEXT_RUNG = "next rung"
    """Change of the risk that the other side steps up, over the unknowns of a ladder."""
    STANDING = "stands on"
    """The rung of our own side on which an option stands, whatever a night brings."""
    BREAKS_EVEN = "breaks even"
    """What a ladder's rung outweighs of a difference."""


@dataclass(frozen=True, slots=True)
class Of:
    """What a number is of.

    Attributes
    ----------
    figures
        Names of `score.FIGURES`: summed, or of a share each alike.
    options
        Ids of all that it holds of.
    against
        The option that they are held against, if any.
    kind
        How it is read.
    moved
        Of `TRIED`: the assumed number that was moved, in words.
    """

    figures: tuple[str, ...]
    options: tuple[str, ...]
    against: str | None = None
    kind: Kind = Kind.LEVEL
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and what it is of."""

    text: str
    of: Of


@dataclass(frozen=True, slots=True)
class Said:
    """A text in parts: words, and the numbers of figures in between."""

    parts: tuple[str | Number, ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.text)

    @property
    def text(self) -> str:
        """As it reads."""
        return "".join(each if isinstance(each, str) else each.text for each in self.parts)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Those that have a figure, in order."""
        return tuple(each for each in self.parts if isinstance(each, Number))


def say(template: str, *values: str | Number | Said) -> Said:
    """Return a text with a value in place of each `{}`.

    >>> say("{} nights, {} stopped", "40", Number("2.4", Of(("stopped",), ("as-was",)))).text
    '40 nights, 2.4 stopped'
    """
    first, *rest = template.split("{}")
    parts: list[str | Number] = [first]
    for value, words in zip(values, rest, strict=True):
        parts += [*(value.parts if isinstance(value, Said) else (value,)), words]
    return Said(tuple(parts))


def together(texts: Iterable[Said], between: str = " ") -> Said:
    """Return texts one after another, those left out that say nothing."""
    there = [each for each in texts if each]
    return say(between.join(["{}"] * len(there)), *there)

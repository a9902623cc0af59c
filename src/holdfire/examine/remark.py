"""What a check says: one thing that was found, in one sentence, with a state of evidence that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from holdfire.examine.smt.search import find
from holdfire.examine.words import witness_in_words

if TYPE_CHECKING:
    from holdfire.examine.cover import Land
    from holdfire.examine.smt.search import Witness
    from holdfire.examine.smt.state import Formula, State


class Kind(StrEnum):
    """What a remark is about."""

    DEAD = "dead rule"
    BEATEN = "always beaten"
    CLASH = "differ only in authority"
    NEVER = "never permitted"
    IDLE = "changes nothing"
    BLIND = "blind spot"
    LESS = "holds on less"
    GAP = "gap"


FAILS: Final = frozenset({Kind.DEAD, Kind.BEATEN, Kind.CLASH})
"""What makes a check fail; the rest is what a reader should know."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found: about which entries, in one sentence, and with one state of evidence to show it."""

    kind: Kind
    entries: tuple[str, ...]
    sentence: str
    witness: Witness | None = None


def shown(land: Land, state: State, *formulas: Formula) -> Witness:
    """Return a state of formulas that are known to meet."""
    found = find([*formulas, *land.given], [state])
    assert found is not None  # noqa: S101  # it was met before
    return found[0]


def in_words(remark: Remark) -> str:
    """Return the state that shows a remark."""
    return "" if remark.witness is None else witness_in_words(remark.witness)

"""Rule sets against situations: who may engage, and what else is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.catalogue import load_ruleset, load_situation
from holdfire.examine.answer import Answer, answer
from holdfire.logic.words import roles_in_words
from holdfire.messages.actions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

ARCHETYPES = (
    "visual-confirmation", "radar-permitted", "perceived-danger", "attributed-violator", "pre-delegated-uncrewed",
    "self-defence",
)  # fmt: skip
SITUATIONS = {
    "a": "gerbera-radar-only",
    "b": "gerbera-after-look",
    "c": "mig31-before-look",
    "d": "mig31-after-look",
    "e": "airliner-no-radio",
    "f": "airliner-no-radio-no-transponder",
    "g": "medical-helicopter",
}


@dataclass(frozen=True, slots=True)
class Matrix:
    """One answer for each situation (row, by its letter) and rule set (column)."""

    rulesets: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Answer, ...]], ...]


def matrix(rulesets: Sequence[str] = ARCHETYPES) -> Matrix:
    """Answer every situation that ships by each of the sets."""
    sets = [load_ruleset(name) for name in rulesets]
    rows = []
    for letter, name in SITUATIONS.items():
        situation = load_situation(name)
        rows.append((letter, tuple(answer(each, situation) for each in sets)))
    return Matrix(tuple(rulesets), tuple(rows))


def cell(found: Answer) -> str:
    """Return what a set answers on engaging: held, or by whose authority."""
    permission = found.ruling.permitted.get(Action.ENGAGE)
    return f"engage: {roles_in_words(permission.authorities)}" if permission else "held"


def markdown(made: Matrix) -> str:
    """Return the matrix as a table for the README."""
    head = ["situation", *made.rulesets]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for letter, answers in made.rows:
        cells = [cell(found).replace("engage:", "**engage**:") for found in answers]
        lines.append(f"| ({letter}) {answers[0].situation.title} | {' | '.join(cells)} |")
    return "\n".join(lines)

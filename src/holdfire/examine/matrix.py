"""Rule sets against situations: who may engage, and what else is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.catalogue import SELF_DEFENCE, load_ruleset, load_situation
from holdfire.examine.answer import Answer, answer
from holdfire.examine.computed import NATIONAL, STRICT, named
from holdfire.messages.actions import Action
from holdfire.messages.authority import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

ARCHETYPES = (
    "visual-confirmation", "radar-permitted", "perceived-danger", "attributed-violator", "pre-delegated-uncrewed",
    "self-defence",
)  # fmt: skip
OTHERS = (
    "armed-surveillance-drones", "any-violator", "air-policing", "icao-interception", "all-archetypes", "observe-only",
    "romania-2025-cleared",
)  # fmt: skip
RULESETS = (*ARCHETYPES, *OTHERS, *NATIONAL, STRICT)
"""Every set that rules by itself: archetypes, a proposal, the negative control, reconstructions, what all permit."""

SITUATIONS = {
    "a": "gerbera-radar-only",
    "b": "gerbera-after-look",
    "c": "mig31-before-look",
    "d": "mig31-after-look",
    "e": "airliner-no-radio",
    "f": "airliner-no-radio-no-transponder",
    "g": "medical-helicopter",
    "h": "gerbera-restricted-area",
    "i": "fighter-past-every-warning",
    "j": "business-jet-past-every-warning",
    "k": "su24-from-syria",
    "l": "quadcopter-over-airport",
    "m": "drone-by-trajectory",
}
SLOW = "abghlm"
"""The situations with something slow and low; the others are fast."""

CODES = {
    Role.CREW: "CREW",
    Role.MISSION_COMMANDER: "MCDR",
    Role.AIR_OPERATIONS_COMMANDER: "AOC",
    Role.POLICE: "POL",
    Role.INTERIOR: "INT",
    Role.NATIONAL_AUTHORITY: "NAT",
}
"""How a table of many columns writes who may authorise."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One answer for each situation (row, by its letter) and rule set (column)."""

    rulesets: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Answer, ...]], ...]

    def tables(self) -> list[tuple[str, list[str], list[list[str]]]]:
        """Return two tables, slow and fast: a title, the letters, and a row of cells for each rule set."""
        made = []
        for title, slow in (("Slow and low", True), ("Fast", False)):
            rows = [(letter, answers) for letter, answers in self.rows if (letter in SLOW) == slow]
            cells = [[name, *(code(answers[place]) for _, answers in rows)] for place, name in enumerate(self.rulesets)]
            made.append((title, [letter for letter, _ in rows], cells))
        return made


def matrix(rulesets: Sequence[str] = RULESETS) -> Matrix:
    """Answer every situation that ships by each of the sets."""
    sets, defence = [named(name) for name in rulesets], load_ruleset(SELF_DEFENCE)
    rows = []
    for letter, name in SITUATIONS.items():
        situation = load_situation(name)
        rows.append((letter, tuple(answer(each, situation, defence) for each in sets)))
    return Matrix(tuple(rulesets), tuple(rows))


def engaging(found: Answer) -> list[Role]:
    """Return who may authorise engaging; nobody where it is held."""
    permission = found.ruling.permitted.get(Action.ENGAGE)
    return sorted(permission.authorities) if permission else []


def code(found: Answer) -> str:
    """Return a cell of the table: held, or who may authorise engaging in four letters."""
    return "/".join(CODES[role] for role in engaging(found)) or "held"


def markdown(made: Matrix) -> str:
    """Return the matrix for the README: what the letters stand for, and both tables."""
    lines = [
        f"- ({letter}) {answers[0].situation.title}. *{answers[0].situation.really}.*" for letter, answers in made.rows
    ]
    for title, letters, rows in made.tables():
        head = [title.lower(), *(f"({letter})" for letter in letters)]
        lines += ["", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        for name, *cells in rows:
            lines.append(f"| {name} | {' | '.join(cell if cell == 'held' else f'**{cell}**' for cell in cells)} |")
    return "\n".join(lines)

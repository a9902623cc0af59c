"""What a computed set fails, properties and cases in which somebody should have acted, and which texts add nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.catalogue import ids, load_case, load_property
from holdfire.examine.check_together import add_nothing
from holdfire.examine.encoded import Encoded
from holdfire.examine.history import Outcome, acted, history
from holdfire.examine.prove import Result, prove

if TYPE_CHECKING:
    from holdfire.examine.computed import Computed
    from holdfire.examine.history import Cell
    from holdfire.examine.prove import Proof


@dataclass(frozen=True, slots=True)
class Failings:
    """Proofs that did not succeed, and answers to cases that a sound set gives otherwise, or for another reason.

    `idle` are the ids of the texts without which, each by itself, every ruling is the same.
    """

    encoded: Encoded
    properties: int
    broken: tuple[Proof, ...]
    cases: int
    missed: tuple[Cell, ...]
    idle: tuple[str, ...]


def failings(asked: Computed) -> Failings:
    """Prove every property of the library, and try every case in which acting was right, as both are now.

    A case abroad counts twice, since it is also tried as if in own airspace. Raises what `prove` raises.
    """
    encoded = Encoded(asked)
    proofs = [prove(encoded, load_property(name)) for name in ids("properties")]
    rows = history([asked], [case for case in map(load_case, ids("cases")) if acted(case)])
    return Failings(
        encoded,
        len(proofs),
        tuple(each for each in proofs if each.result is not Result.PROVED),
        len(rows),
        tuple(cell for row in rows for cell in row.cells if cell.worst.outcome is not Outcome.RIGHT),
        add_nothing(asked.binding),
    )

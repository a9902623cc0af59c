"""The third reading of a rule set: its formulas, walked over many rows, or asked of a solver for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import z3

from holdfire.examine.smt.rows import assumed, columns
from holdfire.examine.smt.ruleset import Ruled, rule
from holdfire.examine.smt.state import State
from holdfire.examine.smt.together import together
from holdfire.examine.smt.walk import walk
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.authority import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

    Column = np.ndarray[Any, Any]


@dataclass
class Solved:
    """A rule set's formulas over one state."""

    ruleset: RuleSet
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        self.ruled: Ruled = rule(self.ruleset, self.state)

    def walked(self, rows: Records, held: Column) -> tuple[Column, Column, Column]:
        """Permitted actions (rows,), authorities and executors (rows, actions) as the bits of a `RULING`."""
        found = walk(formulas(self.ruled), columns(self.state, self.ruleset, rows, held))
        return packed([np.broadcast_to(each, rows.size) for each in found])

    def solved(self, rows: Records, held: Column, row: int) -> tuple[Column, Column, Column]:
        """The same of one row, by the solver."""
        solver = z3.Solver()
        solver.add(assumed(self.state, columns(self.state, self.ruleset, rows, held), row))
        assert solver.check() == z3.sat
        model = solver.model()
        return packed(
            [np.array([z3.is_true(model.eval(each, model_completion=True))]) for each in formulas(self.ruled)]
        )


def formulas(ruled: Ruled) -> list[Any]:
    """Permission, authorities and executors of every action, in the order of the record."""
    return [
        formula
        for action in ALL_ACTIONS
        for formula in (
            ruled.permitted[action],
            *(ruled.authority[action][role] for role in ROLES),
            *(ruled.executors[action][role] for role in ROLES),
        )
    ]


def both(
    sets: Sequence[RuleSet], defence: RuleSet | None, rows: Records, held: Sequence[Column]
) -> tuple[Column, Column, Column]:
    """The rulings of sets that bind together, walked; each keeps its own timers, and so has a state of its own."""
    every = [Solved(each, State(f"{place}.")) for place, each in enumerate([*sets, *([defence] if defence else [])])]
    values: dict[str, Column] = {}
    for each, timers in zip(every, held, strict=True):
        values |= columns(each.state, each.ruleset, rows, timers)
    whole = together([each.ruled for each in every[: len(sets)]], every[-1].ruled if defence else None)
    return packed([np.broadcast_to(each, rows.size) for each in walk(formulas(whole), values)])


def packed(found: list[Column]) -> tuple[Column, Column, Column]:
    """Bits of a `RULING` from truth values in the order of `Solved.formulas`."""
    bits = np.array(found).reshape(len(ALL_ACTIONS), 1 + 2 * len(ROLES), -1).astype(np.int64)
    weights = 1 << np.arange(len(ROLES))
    permitted = np.einsum("ar,a->r", bits[:, 0], 1 << np.arange(len(ALL_ACTIONS)))
    authority = np.einsum("akr,k->ra", bits[:, 1 : 1 + len(ROLES)], weights)
    executors = np.einsum("akr,k->ra", bits[:, 1 + len(ROLES) :], weights)
    return permitted, authority, executors

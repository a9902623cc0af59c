"""Criteria as arrays and their compiled reading, which must agree with `criteria`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.logic.kernels import observe, stands
from holdfire.logic.table import Atoms, Plan, atoms, plan
from holdfire.messages.identity import DECIDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

N_IDENTITIES = len(DECIDED)
_CONCLUSIONS = ("intent", "act", *DECIDED)


class CriteriaTable(NamedTuple):
    """A set's criteria: `concludes` is 0 for intent, 1 for act, 2 + i for the identity `DECIDED[i]`."""

    atoms: Atoms
    needs: NDArray[np.uint64]  # (criteria, W): its atoms
    concludes: NDArray[np.int64]


def criteria_table(ruleset: RuleSet) -> tuple[CriteriaTable, Plan]:
    """Lay a set's criteria out as arrays."""
    made = plan((criterion.when for criterion in ruleset.criteria), ruleset.timers())
    needs = np.zeros((len(ruleset.criteria), made.words), np.uint64)
    for row, criterion in enumerate(ruleset.criteria):
        needs[row] = made.mask(clause.condition for clause in criterion.when)
    concludes = [_CONCLUSIONS.index(criterion.concludes) for criterion in ruleset.criteria]
    return CriteriaTable(atoms(made), needs, np.array(concludes, np.int64)), made


@kernel
def assess_rows(table: CriteriaTable, rows: Records, held: NDArray[np.float64], out: Records) -> None:
    """Write one `ASSESSMENT` for each `EVIDENCE` row.

    A criterion is false if one of its atoms is, else unknown if one is, else true; a conclusion is true if one
    of its criteria is, else unknown if one is. The identity is the first that is true, in the order of
    `DECIDED`; every unknown one before it stays possible.
    """
    false = np.empty((rows.size, table.atoms.words), np.uint64)
    unknown = np.empty((rows.size, table.atoms.words), np.uint64)
    malformed = np.empty(rows.size, np.bool_)
    observe(table.atoms, rows, held, false, unknown, malformed)
    needs, concludes = table.needs, table.concludes
    nothing = np.zeros_like(needs)
    for row in range(rows.size):
        true_bits = 0
        open_bits = 0
        for criterion in range(concludes.size):
            if stands(false, unknown, row, needs, needs, criterion):
                true_bits |= 1 << concludes[criterion]
            elif stands(false, unknown, row, needs, nothing, criterion):
                open_bits |= 1 << concludes[criterion]
        open_bits &= ~true_bits
        possible = 0
        settled = False
        for identity in range(N_IDENTITIES):
            if not settled and ((true_bits | open_bits) >> (2 + identity)) & 1:
                possible |= 1 << identity
                settled = (true_bits >> (2 + identity)) & 1 == 1
        if not settled:
            possible |= 1 << N_IDENTITIES
        record = out[row]
        record["error"] = malformed[row]
        record["known"] = 0 if malformed[row] else ~open_bits & 3
        record["holds"] = 0 if malformed[row] else true_bits & 3
        record["identity"] = (1 << (N_IDENTITIES + 1)) - 1 if malformed[row] else possible

"""Criteria as arrays and their compiled reading, which must agree with `criteria`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import allocating
from holdfire.logic.kernels import conjoin
from holdfire.logic.table import by_byte, stops
from holdfire.messages.identity import DECIDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.logic.conditions import OnUnknown
    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.table import Bits, Plan, Stops
    from holdfire.messages.layout import Records

N_IDENTITIES = len(DECIDED)
ANY_IDENTITY = (1 << (N_IDENTITIES + 1)) - 1
_CONCLUSIONS = ("intent", "act", *DECIDED)


class CriteriaTable(NamedTuple):
    """A set's criteria."""

    stops: Stops  # what stops each from being known to hold, and, from the next whole byte on, from being open still
    concluded: NDArray[np.uint64]  # (bytes, 256): what each byte of a set of criteria concludes, in bits
    possible: NDArray[np.uint8]  # (32, 32): identities left, by those concluded and those that may yet be


def criteria_table(ruleset: RuleSet, plan: Plan) -> CriteriaTable:
    """Lay a set's criteria out as arrays."""
    holding = [(criterion.when, _is_needed) for criterion in ruleset.criteria]
    room = [((), _is_needed)] * (-len(holding) % 8)
    open_still = [(criterion.when, _may_be_unknown) for criterion in ruleset.criteria]
    concludes = by_byte([1 << _CONCLUSIONS.index(criterion.concludes) for criterion in ruleset.criteria])
    return CriteriaTable(stops(plan, [*holding, *room, *open_still]), concludes, _possible())


def _is_needed(_: OnUnknown) -> bool:
    return True


def _may_be_unknown(_: OnUnknown) -> bool:
    return False


def _possible() -> NDArray[np.uint8]:
    """Return the identities left, for every set of those that hold (rows) and of those not known false (columns).

    The first that holds, in the order of `DECIDED`, and every one before it that may; where none holds, every
    one that may, and none of them.
    """
    out = np.zeros((1 << N_IDENTITIES, 1 << N_IDENTITIES), np.uint8)
    for holding in range(1 << N_IDENTITIES):
        first = holding & -holding or 1 << N_IDENTITIES
        out[holding] = (np.arange(1 << N_IDENTITIES) & (first - 1)) | first
    return out


@allocating
def assess_rows(table: CriteriaTable, found: Bits, out: Records) -> None:
    """Write one `ASSESSMENT` for each row of bits.

    A criterion is false if one of its atoms is, else unknown if one is, else true; a conclusion is true if one
    of its criteria is, else unknown if one is.
    """
    to_stand, concluded, possible = table
    standing = np.empty((out.size, to_stand.every.size), np.uint64)
    conjoin(found, to_stand, standing)
    n_bytes = concluded.shape[0]
    for row in range(out.size):
        true_bits, open_bits = np.uint64(0), np.uint64(0)
        for byte in range(n_bytes):
            held, left_open = standing[row, byte >> 3], standing[row, byte + n_bytes >> 3]
            true_bits |= concluded[byte, held >> np.uint64(8 * (byte & 7)) & np.uint64(255)]
            open_bits |= concluded[byte, left_open >> np.uint64(8 * (byte + n_bytes & 7)) & np.uint64(255)]
        record = out[row]
        malformed = found.malformed[row]
        record["error"] = malformed
        record["known"] = 0 if malformed else ~(open_bits & ~true_bits) & np.uint64(3)
        record["holds"] = 0 if malformed else true_bits & np.uint64(3)
        left = possible[true_bits >> np.uint64(2), open_bits >> np.uint64(2)]
        record["identity"] = ANY_IDENTITY if malformed else left

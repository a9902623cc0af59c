"""The compiled reading of composition, which must agree with `compose`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.messages.authority import common_order
from holdfire.messages.layout import N_ACTIONS
from holdfire.rules.table import EVERYONE, N_ROLE_SETS, lowest_table, role_bits, roles_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records


class Composition(NamedTuple):
    """Which sets bind: the last is self-defence where `defends`, and then binds nobody."""

    defends: bool
    at_or_over: NDArray[np.uint8]  # (sets, N_ROLE_SETS): the roles at or over some of these
    lowest: NDArray[np.uint8]  # (N_ROLE_SETS,): by the order on which all agree


def composition(binding: Sequence[RuleSet], defence: RuleSet | None) -> Composition:
    """Lay the orders of the binding sets, and of self-defence behind them, out as arrays."""
    every = [*binding, *([defence] if defence else [])]
    over = [[role_bits(ruleset.roles.at_or_over(roles_of(mask))) for mask in range(N_ROLE_SETS)] for ruleset in every]
    lowest = lowest_table(common_order(ruleset.roles for ruleset in every))
    return Composition(defence is not None, np.array(over, np.uint8), lowest)


@kernel
def compose_rows(  # noqa: PLR0915
    made: Composition, rulings: Records, out: Records
) -> None:
    """Write, for each column of rulings (sets x rows), the one of all sets together.

    `rule` is that of the first set that withholds, or of the first set where none does.
    """
    defends, at_or_over, lowest = made
    n_sets, n_rows = rulings.shape
    n_binding = n_sets - 1 if defends else n_sets
    for row in range(n_rows):
        record = out[row]
        permitted, error = 0, False
        for each in range(n_sets):
            error |= rulings[each, row]["error"] != 0
        for action in range(N_ACTIONS):
            fitting, acting, withholding, decider = EVERYONE, EVERYONE, 0, 0
            for each in range(n_binding):
                ruling = rulings[each, row]
                if ruling["permitted"] >> action & 1:
                    fitting &= at_or_over[each, ruling["authority"][action]]
                    acting &= ruling["executors"][action]
                else:
                    decider = each if withholding == 0 else decider
                    withholding |= 1 << each
            if acting == 0 and withholding == 0:  # each lets another act: they withhold it together
                withholding = (1 << n_binding) - 1
            withheld = withholding != 0 or n_binding == 0
            roles = 0 if withheld else np.int64(lowest[fitting])
            own = (
                np.int64(lowest[at_or_over[n_binding, rulings[n_binding, row]["authority"][action]]]) if defends else 0
            )
            joined = np.int64(lowest[roles | own])
            executors = acting if roles & joined != 0 else 0
            if own & joined != 0:
                executors |= rulings[n_binding, row]["executors"][action]
            permitted |= (joined != 0) << action
            record["authority"][action] = joined
            record["executors"][action] = executors
            record["rule"][action] = rulings[decider, row]["rule"][action]
            record["caveat"][action] = withholding if joined == 0 else 0
        record["permitted"] = permitted
        record["error"] = error

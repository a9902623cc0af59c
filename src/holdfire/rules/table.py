"""Permissions as arrays and their compiled reading, which must agree with `ruling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.logic.kernels import observe, recall, stands
from holdfire.logic.ruleset import Forbid
from holdfire.logic.table import Atoms, Plan, atoms, plan, unknown_mask
from holdfire.messages.actions import bits
from holdfire.messages.authority import ROLE_BIT, ROLES
from holdfire.messages.layout import N_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.authority import Role, RoleOrder
    from holdfire.messages.layout import Records

N_ROLE_SETS = 1 << len(ROLES)
EVERYONE = N_ROLE_SETS - 1


class RuleTable(NamedTuple):
    """A set's rules: `r` stands unless an atom of `on_false[r]` is false, or one of `on_unknown[r]` not known."""

    atoms: Atoms
    on_false: NDArray[np.uint64]  # (rules, W)
    on_unknown: NDArray[np.uint64]  # (rules, W)
    actions: NDArray[np.int64]  # bits
    by: NDArray[np.int64]  # bit of the authorising role; 0: a prohibition
    lowest: NDArray[np.uint8]  # (N_ROLE_SETS,): of each set of roles, its lowest


def role_bits(roles: Iterable[Role]) -> int:
    """Return the bits of some roles, as the record layouts carry them."""
    return sum(ROLE_BIT[role] for role in set(roles))


def roles_of(mask: int) -> frozenset[Role]:
    """Return the roles of some bits."""
    return frozenset(role for role in ROLES if mask & ROLE_BIT[role])


def lowest_table(order: RoleOrder) -> NDArray[np.uint8]:
    """Return, for the bits of every set of roles, the bits of its lowest."""
    return np.array([role_bits(order.lowest(roles_of(mask))) for mask in range(N_ROLE_SETS)], np.uint8)


def rule_table(ruleset: RuleSet) -> tuple[RuleTable, Plan]:
    """Lay a set's rules out as arrays."""
    made = plan((entry.when for entry in ruleset.rules), ruleset.timers())
    on_false = np.zeros((len(ruleset.rules), made.words), np.uint64)
    on_unknown = np.zeros_like(on_false)
    for row, entry in enumerate(ruleset.rules):
        on_false[row] = made.mask(clause.condition for clause in entry.when)
        on_unknown[row] = unknown_mask(made, entry.when, forbids=isinstance(entry, Forbid))
    by = [0 if isinstance(entry, Forbid) else ROLE_BIT[entry.by] for entry in ruleset.rules]
    actions = np.array([bits(entry.actions) for entry in ruleset.rules], np.int64)
    lowest = lowest_table(ruleset.roles)
    return RuleTable(atoms(made), on_false, on_unknown, actions, np.array(by, np.int64), lowest), made


@kernel
def rule_rows(  # noqa: C901, PLR0912, PLR0915
    table: RuleTable, rows: Records, assessments: Records, held: NDArray[np.float64], out: Records
) -> None:
    """Write one `RULING` for each `EVIDENCE` row and its `ASSESSMENT`.

    Per action: forbidden if a prohibition stands; else permitted if a permission does, by the lowest of the
    roles that the standing ones name; `rule` is the first prohibition, or the first permission of a lowest role.
    """
    false = np.empty((rows.size, table.atoms.words), np.uint64)
    unknown = np.empty((rows.size, table.atoms.words), np.uint64)
    malformed = np.empty(rows.size, np.bool_)
    observe(table.atoms, rows, held, false, unknown, malformed)
    recall(table.atoms, assessments, false, unknown, malformed)
    _, on_false, on_unknown, actions, by, lowest = table
    roles = np.zeros(N_ACTIONS, np.int64)
    fired = np.zeros(by.size, np.int64)
    for row in range(rows.size):
        record = out[row]
        authority, first, caveat = record["authority"], record["rule"], record["caveat"]
        for action in range(N_ACTIONS):
            roles[action], first[action] = 0, -1
        forbidden, n_fired = 0, 0
        for each in range(by.size):
            if not stands(false, unknown, row, on_false, on_unknown, each):
                continue
            if by[each] != 0:
                fired[n_fired] = each
                n_fired += 1
                for action in range(N_ACTIONS):
                    if actions[each] >> action & 1:
                        roles[action] |= by[each]
            else:
                for action in range(N_ACTIONS):
                    if (actions[each] & ~forbidden) >> action & 1:
                        first[action] = each
                forbidden |= actions[each]
        roles[0] = EVERYONE
        permitted = 0
        for action in range(N_ACTIONS):
            may = action == 0 or (not malformed[row] and roles[action] != 0 and not forbidden >> action & 1)
            permitted |= may << action
            authority[action] = lowest[roles[action]] if may else 0
            caveat[action] = not may
            if may:
                for each in range(n_fired):
                    decides = actions[fired[each]] >> action & 1 and by[fired[each]] & authority[action]
                    if first[action] < 0 and decides:
                        first[action] = fired[each]
        record["permitted"] = permitted
        record["error"] = malformed[row]

"""Permissions as arrays and their compiled reading, which must agree with `ruling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.compiled import allocating
from holdfire.logic.conditions import OnUnknown
from holdfire.logic.kernels import conjoin, first_bit, recall
from holdfire.logic.ruleset import Forbid, Permit
from holdfire.logic.table import as_bits, by_byte, stops
from holdfire.messages.actions import ALL_ACTIONS, bits
from holdfire.messages.authority import ROLE_BIT, ROLES
from holdfire.messages.layout import N_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from holdfire.logic.ruleset import Rule, RuleSet
    from holdfire.logic.table import Bits, Plan, Stops
    from holdfire.messages.authority import Role, RoleOrder
    from holdfire.messages.layout import Records

LANE = len(ROLES)
N_ROLE_SETS = 1 << LANE
EVERYONE = N_ROLE_SETS - 1
_ALIKE = 512
"""How many rows are remembered in one call: one in which the same rules stand is not ruled on again. A power of two."""
_SPREAD = np.uint64(2654435769)  # 2^32 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)


class RuleTable(NamedTuple):
    """A set's rules; sets of them are bits, in V words."""

    assessed: Records
    stops: Stops
    granted: NDArray[np.uint64]  # (bytes, 256): by each byte of a set of rules, its roles in the lane of each action
    idle: NDArray[np.uint64]  # (bytes, 256): the same of the roles that may not act
    banned: NDArray[np.uint64]  # (bytes, 256): by each byte of a set of rules, the actions that it forbids
    forbids: NDArray[np.uint64]  # (V, N_ACTIONS): prohibitions of an action
    permits: NDArray[np.uint64]  # (V, N_ACTIONS): permissions of it
    by_any: NDArray[np.uint64]  # (V, N_ROLE_SETS): permissions by any of these roles
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


def rule_table(ruleset: RuleSet, plan: Plan, assessed: Records) -> RuleTable:
    """Lay a set's rules out as arrays; `assessed` are its atoms on what the criteria made of the evidence."""
    rules = ruleset.rules
    forbidding = np.array([isinstance(entry, Forbid) for entry in rules])
    by = [ROLE_BIT[entry.by] if isinstance(entry, Permit) else 0 for entry in rules]
    idle = [EVERYONE ^ ROLE_BIT[entry.executed_by] if isinstance(entry, Permit) else 0 for entry in rules]
    named = np.array([[action in entry.actions for entry in rules] for action in ALL_ACTIONS])
    return RuleTable(
        assessed,
        stops(plan, [(entry.when, _lets_go if isinstance(entry, Forbid) else _is_needed) for entry in rules]),
        by_byte([_lanes(entry, roles) for entry, roles in zip(rules, by, strict=True)]),
        by_byte([_lanes(entry, roles) for entry, roles in zip(rules, idle, strict=True)]),
        by_byte([bits(entry.actions) if isinstance(entry, Forbid) else 0 for entry in rules]),
        as_bits(named & forbidding).T.copy(),
        as_bits(named & ~forbidding).T.copy(),
        as_bits([[bool(role & mask) for role in by] for mask in range(N_ROLE_SETS)]).T.copy(),
        lowest_table(ruleset.roles),
    )


def _is_needed(_: OnUnknown) -> bool:
    return True


def _lets_go(on_unknown: OnUnknown) -> bool:
    return on_unknown is OnUnknown.RELEASE


def _lanes(entry: Rule, roles: int) -> int:
    """Return the bits of roles in the lane of each action that is permitted, but observing; ten lanes fit a word."""
    return sum(roles << LANE * (ALL_ACTIONS.index(action) - 1) for action in entry.actions)


@allocating
def rule_rows(  # noqa: C901, PLR0915
    table: RuleTable, found: Bits, assessments: Records, out: Records
) -> None:
    """Write one `RULING` for each row of bits and its `ASSESSMENT`, whose own bits are added first.

    Per action: forbidden if a prohibition stands; else permitted if a permission does, by the lowest of the
    roles that the standing ones name; `rule` is the first prohibition, or the first permission of a lowest role.
    """
    assessed, by_atoms, granted_by, idle_by, banned_by, forbids, permits, by_any, lowest = table
    recall(assessed, assessments, found)
    standing = np.empty((out.size, forbids.shape[0]), np.uint64)
    conjoin(found, by_atoms, standing)
    n_words, malformed = standing.shape[1], found.malformed
    remembered = np.full(_ALIKE, -1)
    for row in range(out.size):
        key = np.uint64(malformed[row])
        for word in range(n_words):
            key ^= standing[row, word]
        key = (key ^ key >> np.uint64(32)) & np.uint64(0xFFFFFFFF)
        key = key * _SPREAD >> np.uint64(23) & np.uint64(_ALIKE - 1)
        alike = remembered[key]
        same = alike >= 0 and malformed[alike] == malformed[row]
        for word in range(n_words if same else 0):
            same &= standing[alike, word] == standing[row, word]
        if same:
            out[row] = out[alike]
            continue
        remembered[key] = row
        record = out[row]
        authority, executors = record["authority"], record["executors"]
        first, caveat = record["rule"], record["caveat"]
        granted, idle, banned = np.uint64(0), np.uint64(0), np.uint64(0)
        for byte in range(granted_by.shape[0]):
            rules = standing[row, byte >> 3] >> np.uint64(8 * (byte & 7)) & np.uint64(255)
            granted |= granted_by[byte, rules]
            idle |= idle_by[byte, rules]
            banned |= banned_by[byte, rules]
        permitted = np.int64(0)
        for action in range(N_ACTIONS):
            forbidden = banned >> np.uint64(action) & np.uint64(1) != 0
            lane = np.uint64(LANE * max(action - 1, 0))
            named = granted >> lane & np.uint64(EVERYONE) if action > 0 else np.uint64(EVERYONE)
            roles = lowest[np.uint64(0) if forbidden | (malformed[row] & (action > 0)) else named]
            permitted |= np.int64(roles != 0) << action
            acting = ~(idle >> lane) & np.uint64(EVERYONE) if action > 0 else np.uint64(EVERYONE)
            authority[action], executors[action] = roles, acting if roles != 0 else 0
            caveat[action], first[action] = roles == 0, -1
        for word in range(n_words):
            here = standing[row, word]
            for action in range(N_ACTIONS):
                forbidden = banned >> np.uint64(action) & np.uint64(1) != 0
                permitting = permits[word, action] & by_any[word, authority[action]]
                deciding = here & (forbids[word, action] if forbidden else permitting)
                if (first[action] < 0) & (deciding != 0):
                    first[action] = (word << 6) + first_bit(deciding)
        record["permitted"] = permitted
        record["error"] = malformed[row]

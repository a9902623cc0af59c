"""The compiled reading of conditions; it must agree with `interpret`, which defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import kernel
from holdfire.messages.layout import N_NAMED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.logic.table import Atoms
    from holdfire.messages.layout import Records

FALSE, TRUE, UNKNOWN, MALFORMED = 0, 1, 2, 3
_ONE = np.uint64(1)


@kernel
def between(value: float, margin: float, low: float, high: float) -> int:
    """Whether a number lies between its bounds by more than a margin: 0 false, 1 true, 2 not known."""
    if value - margin >= low and value + margin <= high:
        return TRUE
    if value + margin < low or value - margin > high:
        return FALSE
    return UNKNOWN


@kernel
def has_members(members: np.int64, every: np.int64, some: np.int64, low: float, high: float) -> int:
    """Whether a set (bits) has all of `every`, one of `some`, and a count between the bounds: 0 or 1."""
    count = 0
    left = members
    while left:
        left &= left - 1
        count += 1
    fits = (members & every) == every and (some == 0 or (members & some) != 0)
    return TRUE if fits and low <= count <= high else FALSE


@kernel
def lasts(now: int, true_s: float, clear_s: float, for_s: float) -> int:
    """Whether something has been so for `for_s` seconds: true at each moment, false at one, or not known."""
    if now == FALSE:
        return FALSE
    if now == TRUE and true_s >= for_s:
        return TRUE
    return FALSE if clear_s < for_s else UNKNOWN


@kernel
def state_now(asked: np.void, record: np.void) -> int:  # noqa: PLR0911
    """Return the state of a `TEST` on an `EVIDENCE` record now: 0 false, 1 true, 2 not known, 3 malformed."""
    item = asked["item"]
    if (record["known"] >> np.uint64(item)) & _ONE == 0:
        return UNKNOWN
    age_s = record["age_s"][item]
    if not age_s >= 0:
        return MALFORMED
    stale = age_s > asked["age_s"] or (asked["verified"] and (record["verified"] >> np.uint64(item)) & _ONE == 0)
    if asked["kind"] == 2:  # a range
        value, sd = record["value"][item - N_NAMED], record["sd"][item - N_NAMED]
        if np.isnan(value) or not sd >= 0:
            return MALFORMED
        return UNKNOWN if stale else between(value, asked["deviations"] * sd, asked["low"], asked["high"])
    code = np.int64(record["code"][item])
    if code >= asked["codes"]:
        return MALFORMED
    if stale:
        return UNKNOWN
    if asked["kind"] == 0:
        return TRUE if (asked["allowed"] >> np.uint64(code)) & _ONE else FALSE
    every, some = np.int64(asked["every"]), np.int64(asked["allowed"])
    return has_members(code, every, some, asked["low"], asked["high"])


@kernel
def observe(  # noqa: C901, PLR0912
    atoms: Atoms,
    rows: Records,
    held: NDArray[np.float64],
    false: NDArray[np.uint64],
    unknown: NDArray[np.uint64],
    malformed: NDArray[np.bool_],
) -> None:
    """Write, for each `EVIDENCE` row, the bits of its atoms on observed items, and whether it is malformed.

    `held` has, for each row and timer, the seconds for which it has been known true and those since it was
    last known false. All rows go through one call, as handing arrays to a function costs more than a row.
    """
    words, named_items, named_false, named_all, tests, _ = atoms
    for row in range(rows.size):
        record = rows[row]
        malformed[row] = False
        for word in range(words):
            false[row, word] = 0
            unknown[row, word] = 0
        for each in range(named_items.size):
            named = named_items[each]
            looked_up = False
            if (record["known"] >> np.uint64(named["item"])) & _ONE:
                code, age_s = np.int64(record["code"][named["item"]]), record["age_s"][named["item"]]
                if code >= named["codes"] or not age_s >= 0:
                    malformed[row] = True
                elif age_s <= named["age_s"]:
                    looked_up = True
                    for word in range(words):
                        false[row, word] |= named_false[each, code, word]
            if not looked_up:
                for word in range(words):
                    unknown[row, word] |= named_all[each, word]
        for each in range(tests.size):
            asked = tests[each]
            state = state_now(asked, record)
            timer = asked["timer"]
            if state == MALFORMED:
                malformed[row] = True
                state = UNKNOWN
            if timer >= 0:
                state = lasts(state, held[row, timer, 0], held[row, timer, 1], asked["for_s"])
            one = _ONE << np.uint64(asked["bit"] & 63)
            if state == FALSE:
                false[row, asked["bit"] >> 6] |= one
            elif state == UNKNOWN:
                unknown[row, asked["bit"] >> 6] |= one


@kernel
def recall(
    atoms: Atoms,
    assessments: Records,
    false: NDArray[np.uint64],
    unknown: NDArray[np.uint64],
    malformed: NDArray[np.bool_],
) -> None:
    """Add, for each row, the bits of its atoms on intent, act and identity, and an error in its assessment."""
    assessed = atoms.assessed
    for row in range(assessments.size):
        record = assessments[row]
        for each in range(assessed.size):
            asked = assessed[each]
            kind, mask = asked["kind"], asked["mask"]
            one = _ONE << np.uint64(asked["bit"] & 63)
            if kind == 2:  # identity
                possible = np.uint64(record["identity"])
                is_false = possible & mask == 0
                is_unknown = not is_false and possible & ~mask != 0
            else:
                is_unknown = (record["known"] >> kind) & 1 == 0
                is_false = not is_unknown and np.uint64((record["holds"] >> kind) & 1) != mask
            if is_false:
                false[row, asked["bit"] >> 6] |= one
            elif is_unknown:
                unknown[row, asked["bit"] >> 6] |= one
        malformed[row] |= record["error"] != 0


@kernel
def stands(
    false: NDArray[np.uint64],
    unknown: NDArray[np.uint64],
    row: int,
    on_false: NDArray[np.uint64],
    on_unknown: NDArray[np.uint64],
    rule: int,
) -> bool:
    """Whether nothing known false, and nothing unknown that matters, stops conjunction `rule` in a row."""
    stopped = np.uint64(0)
    for word in range(false.shape[1]):
        stopped |= (false[row, word] & on_false[rule, word]) | (unknown[row, word] & on_unknown[rule, word])
    return bool(stopped == 0)


@kernel
def advance_timers(
    tests: Records, timer_test: NDArray[np.int64], rows: Records, held: NDArray[np.float64], dt_s: float
) -> None:
    """Move every timer of every row on by `dt_s` seconds, at whose end the rows are as they now stand.

    `timer_test` names, for each timer, one of the tests that share it.
    """
    for row in range(rows.size):
        for timer in range(timer_test.size):
            state = state_now(tests[timer_test[timer]], rows[row])
            held[row, timer, 0] = held[row, timer, 0] + dt_s if state == TRUE else 0.0
            held[row, timer, 1] = 0.0 if state == FALSE else held[row, timer, 1] + dt_s

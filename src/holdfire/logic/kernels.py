"""The compiled reading of conditions; it must agree with `interpret`, which defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import allocating, kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.logic.table import Atoms, Bits, Ranges, Stops
    from holdfire.messages.layout import Records

FALSE, TRUE, UNKNOWN, MALFORMED = 0, 1, 2, 3
_ZERO, _ONE, _BYTE = np.uint64(0), np.uint64(1), np.uint64(255)

# What depends on the evidence is computed without branches: which of them a row takes cannot be foreseen, and
# a processor that guesses wrong loses more time than the arithmetic takes.


@kernel
def count_bits(word: np.uint64) -> int:
    """Count the bits of a word (Wegner 1960); compilers know this loop and make one instruction of it."""
    count = 0
    while word != 0:
        word &= word - _ONE
        count += 1
    return count


@kernel
def first_bit(word: np.uint64) -> int:
    """Return the place of the lowest bit of a word that is not zero: the count of those below it."""
    return count_bits((word & ~word + _ONE) - _ONE)


@kernel
def between(value: float, margin: float, low: float, high: float) -> int:
    """Whether a number lies between its bounds by more than a margin: 0 false, 1 true, 2 not known."""
    inside = (value - margin >= low) & (value + margin <= high)
    outside = (value + margin < low) | (value - margin > high)
    return TRUE if inside else FALSE if outside else UNKNOWN


@kernel
def lasts(now: int, true_s: float, clear_s: float, for_s: float) -> int:
    """Whether something has been so for `for_s` seconds: true at each moment, false at one, or not known."""
    if now == FALSE:
        return FALSE
    if now == TRUE and true_s >= for_s:
        return TRUE
    return FALSE if clear_s < for_s else UNKNOWN


@allocating
def observe(  # noqa: PLR0915
    atoms: Atoms,
    rows: Records,
    held: NDArray[np.float64],
    out: Bits,
) -> None:
    """Write, for each `EVIDENCE` row, the bits of the atoms on observed items, and whether it is malformed.

    `held` has, for each row and timer, the seconds for which it has been known true and those since it was
    last known false. All rows go through one call, as handing arrays to a function costs more than a row.
    """
    words, (looks, look_false, look_every, _), ranges, timed, _ = atoms
    looked, codes, begins = looks["item"].copy(), looks["codes"].copy(), looks["first"].copy()  # side by side: faster
    oldest_s, unsure = looks["age_s"].copy(), looks["any_verified"].copy()
    false, unknown, malformed = out
    for row in range(rows.size):
        malformed[row] = (rows[row]["basis"] == 0) | (rows[row]["basis"] > 3)  # not simulated, historical, hypothetical
    for word in range(words):
        own = slice(ranges.begin[word], ranges.begin[word + 1])
        item, number, bit = ranges.item[own], ranges.number[own], ranges.bit[own]
        low, high, off = ranges.low[own], ranges.high[own], ranges.deviations[own]
        max_age_s, any_verified = ranges.age_s[own], ranges.any_verified[own]
        for row in range(rows.size):
            record = rows[row]
            known, verified = record["known"], record["verified"]
            value, sd, age_s, code = record["value"], record["sd"], record["age_s"], record["code"]
            bad, is_false, is_unknown = _ZERO, _ZERO, _ZERO
            for each in range(looked.size):
                at = looked[each]
                value_code, old_s = np.int64(code[at]), age_s[at]
                there = known >> at & _ONE
                sound = (value_code < codes[each]) & (old_s >= 0)
                usable = (there & (verified >> at | unsure[each]) != 0) & sound & (old_s <= oldest_s[each])
                bad |= there & np.uint64(not sound)
                is_false |= look_false[word, begins[each] + (value_code if usable else codes[each])]
                is_unknown |= _ZERO if usable else look_every[word, each]
            for each in range(item.size):
                at, here = item[each], number[each]
                margin = off[each] * sd[here]
                least, most = value[here] - margin, value[here] + margin
                inside = np.uint64((least >= low[each]) & (most <= high[each]))
                outside = np.uint64((most < low[each]) | (least > high[each]))
                sound_bit = np.uint64((age_s[at] >= 0) & (value[here] == value[here]) & (sd[here] >= 0))
                fresh = np.uint64(age_s[at] <= max_age_s[each])
                usable = known >> at & (verified >> at | any_verified[each]) & fresh & sound_bit
                bad |= known >> at & (sound_bit ^ _ONE)
                is_false |= (usable & outside) << bit[each]
                is_unknown |= (usable & (inside | outside) ^ _ONE) << bit[each]
            false[row, word], unknown[row, word] = is_false, is_unknown
            malformed[row] |= bad & _ONE != 0
    if timed.size > 0:
        observe_timed(atoms, rows, held, out)


@kernel
def range_now(ranges: Ranges, each: int, record: np.void) -> int:
    """Return the state of one range on an `EVIDENCE` record now: 0 false, 1 true, 2 not known, 3 malformed."""
    at, here = ranges.item[each], ranges.number[each]
    known, verified = record["known"] >> at & _ONE, record["verified"] >> at & _ONE
    value, sd, age_s = record["value"][here], record["sd"][here], record["age_s"][at]
    if known == 0:
        return UNKNOWN
    if not (age_s >= 0 and value == value and sd >= 0):
        return MALFORMED
    if age_s > ranges.age_s[each] or verified | ranges.any_verified[each] == 0:
        return UNKNOWN
    return between(value, ranges.deviations[each] * sd, ranges.low[each], ranges.high[each])


@kernel
def timed_now(atoms: Atoms, each: int, record: np.void) -> int:
    """Return the state of a `TIMED` atom's condition now: 0 false, 1 true, 2 not known, 3 malformed."""
    asked = atoms.timed[each]
    if asked["look"] < 0:
        return range_now(atoms.ranges, asked["range"], record)
    look = atoms.looks.looks[asked["look"]]
    at = look["item"]
    code, age_s = np.int64(record["code"][at]), record["age_s"][at]
    usable = record["known"] >> at & (record["verified"] >> at | look["any_verified"]) & _ONE != 0
    if not (usable and code < look["codes"] and age_s >= 0 and age_s <= look["age_s"]):
        return UNKNOWN
    return TRUE if atoms.looks.passes[look["first"] + code] else FALSE


@kernel
def observe_timed(atoms: Atoms, rows: Records, held: NDArray[np.float64], out: Bits) -> None:
    """Add the bits of the atoms with a duration."""
    false, unknown, malformed = out
    for row in range(rows.size):
        for each in range(atoms.timed.size):
            asked = atoms.timed[each]
            now = timed_now(atoms, each, rows[row])
            malformed[row] |= now == MALFORMED
            now = UNKNOWN if now == MALFORMED else now
            state = lasts(now, held[row, asked["timer"], 0], held[row, asked["timer"], 1], asked["for_s"])
            one = _ONE << np.uint64(asked["bit"] & 63)
            if state == FALSE:
                false[row, asked["bit"] >> 6] |= one
            elif state == UNKNOWN:
                unknown[row, asked["bit"] >> 6] |= one


@kernel
def recall(assessed: Records, assessments: Records, out: Bits) -> None:
    """Write, for each `ASSESSMENT`, the bits of the atoms on intent, act and identity, and add its error."""
    false, unknown, malformed = out
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
            word = asked["bit"] >> 6
            false[row, word] = false[row, word] | one if is_false else false[row, word] & ~one
            unknown[row, word] = unknown[row, word] | one if is_unknown else unknown[row, word] & ~one
        malformed[row] |= record["error"] != 0


@kernel
def conjoin(found: Bits, stops: Stops, standing: NDArray[np.uint64]) -> None:
    """Write, for each row, the conjunctions that nothing known false, and nothing unknown that matters, stops."""
    by_false, by_unknown, every = stops
    n_blocks, n_bytes, _ = by_false.shape
    for block in range(n_blocks):
        for row in range(standing.shape[0]):
            stopped = _ZERO
            for byte in range(n_bytes):
                word, place = byte >> 3, np.uint64(8 * (byte & 7))
                stopped |= by_false[block, byte, found.false[row, word] >> place & _BYTE]
                stopped |= by_unknown[block, byte, found.unknown[row, word] >> place & _BYTE]
            standing[row, block] = every[block] & ~stopped


@kernel
def advance_timers(
    atoms: Atoms, timed_of: NDArray[np.int64], rows: Records, held: NDArray[np.float64], dt_s: float
) -> None:
    """Move every timer of every row on by `dt_s` seconds, at whose end the rows are as they now stand.

    `timed_of` names, for each timer, one of the timed atoms that share it.
    """
    for row in range(rows.size):
        for timer in range(timed_of.size):
            now = timed_now(atoms, timed_of[timer], rows[row])
            held[row, timer, 0] = held[row, timer, 0] + dt_s if now == TRUE else 0.0
            held[row, timer, 1] = 0.0 if now == FALSE else held[row, timer, 1] + dt_s

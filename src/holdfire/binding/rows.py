"""The rulings of all sets that bind, for every track at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.assess.table import CriteriaTable, assess_rows
from holdfire.binding.layout import MOST_BINDING
from holdfire.compiled import kernel
from holdfire.logic.kernels import advance_timers, observe
from holdfire.logic.table import Atoms, Bits, Looks, Ranges, Stops
from holdfire.messages.layout import ASSESSMENT, RULING
from holdfire.rules.compose_table import Composition, compose_rows
from holdfire.rules.table import RuleTable, rule_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.binding.layout import Binding
    from holdfire.messages.layout import Records


class Remembered(NamedTuple):
    """What is kept of each track between two cycles, under each option."""

    number: NDArray[np.int64]  # (options, tracks): the number of the track that it is about
    held: NDArray[np.float64]  # (options, used, tracks, timers, 2)
    false: NDArray[np.uint64]  # (options, used, tracks, words): the bits that were last ruled on
    unknown: NDArray[np.uint64]  # the same shape
    malformed: NDArray[np.bool_]  # (options, used, tracks)
    combination: NDArray[np.int64]  # (options, tracks): what bound then, -1: it was not ruled on yet
    assessed: Records  # (options, tracks) ASSESSMENT
    ruled: Records  # (options, tracks) RULING


class Bench(NamedTuple):
    """Room to rule in."""

    kept: Remembered
    held: NDArray[np.float64]  # (tracks, timers, 2)
    false: NDArray[np.uint64]  # (tracks, words)
    unknown: NDArray[np.uint64]  # (tracks, words)
    malformed: NDArray[np.bool_]  # (tracks,)
    anew: NDArray[np.int64]  # (tracks,): the rows to be ruled on anew
    needed: NDArray[np.bool_]  # (used,)
    assessed: Records  # (used, tracks) ASSESSMENT
    ruled: Records  # (used, tracks) RULING
    column: Records  # (MOST_BINDING, 1) RULING


def bench_for(made: Binding, n_tracks: int) -> Bench:
    """Return room for rulings on so many tracks."""
    n_options, most = made.used.shape
    n_timers, n_words = max(1, int(np.diff(made.begin[-1]).max())), int(made.words.max())
    each, bits = (n_options, most, n_tracks), np.zeros((n_tracks, n_words), np.uint64)
    kept = Remembered(
        np.zeros((n_options, n_tracks), np.int64),
        np.zeros((*each, n_timers, 2)),
        np.zeros((*each, n_words), np.uint64),
        np.zeros((*each, n_words), np.uint64),
        np.zeros(each, np.bool_),
        np.full((n_options, n_tracks), -1),
        np.zeros((n_options, n_tracks), ASSESSMENT),
        np.zeros((n_options, n_tracks), RULING),
    )
    return Bench(
        kept,
        np.zeros((n_tracks, n_timers, 2)),
        bits,
        bits.copy(),
        np.zeros(n_tracks, np.bool_),
        np.zeros(n_tracks, np.int64),
        np.zeros(most, np.bool_),
        np.zeros((most, n_tracks), ASSESSMENT),
        np.zeros((most, n_tracks), RULING),
        np.zeros((MOST_BINDING, 1), RULING),
    )


@kernel
def atoms_of(made: Binding, s: int) -> tuple[Atoms, NDArray[np.int64]]:
    """Cut what one set asks, and of its timers, out of the arrays of all sets, in the order of their fields."""
    _, looks, ranges, timed, asked = made.parts.atoms
    a, b = made.begin[:, s], made.begin[:, s + 1]
    return Atoms(
        made.words[s],
        Looks(looks.looks[a[0] : b[0]], looks.false[a[1] : b[1]], looks.every[a[2] : b[2]], looks.passes[a[3] : b[3]]),
        Ranges(
            ranges.item[a[4] : b[4]], ranges.number[a[5] : b[5]], ranges.low[a[6] : b[6]],
            ranges.high[a[7] : b[7]], ranges.deviations[a[8] : b[8]], ranges.age_s[a[9] : b[9]],
            ranges.any_verified[a[10] : b[10]], ranges.bit[a[11] : b[11]], ranges.begin[a[12] : b[12]],
        ),
        timed[a[13] : b[13]],
        asked[a[14] : b[14]],
    ), made.parts.timed_of[a[31] : b[31]]  # fmt: skip


@kernel
def rules_of(made: Binding, s: int) -> tuple[CriteriaTable, RuleTable]:
    """Cut one set's criteria and rules out of the arrays of all sets, in the order of their fields."""
    (stops, concluded, possible), rules = made.parts.criteria, made.parts.rules
    a, b = made.begin[:, s], made.begin[:, s + 1]
    return CriteriaTable(
        Stops(stops.by_false[a[15] : b[15]], stops.by_unknown[a[16] : b[16]], stops.every[a[17] : b[17]]),
        concluded[a[18] : b[18]],
        possible[a[19] : b[19]],
    ), RuleTable(
        rules.assessed[a[20] : b[20]],
        Stops(
            rules.stops.by_false[a[21] : b[21]], rules.stops.by_unknown[a[22] : b[22]],
            rules.stops.every[a[23] : b[23]],
        ),
        rules.granted[a[24] : b[24]], rules.idle[a[25] : b[25]], rules.banned[a[26] : b[26]],
        rules.forbids[a[27] : b[27]], rules.permits[a[28] : b[28]], rules.by_any[a[29] : b[29]],
        rules.lowest[a[30] : b[30]],
    )  # fmt: skip


@kernel
def _keep_time(  # noqa: PLR0913
    atoms: Atoms, timed_of: NDArray[np.int64], held: NDArray[np.float64], scratch: NDArray[np.float64],
    rows: Records, slots: NDArray[np.int64], dt_s: float,
) -> None:  # fmt: skip
    """Move the timers of one set on, which are kept by the track's place."""
    for row in range(rows.size):
        for timer in range(timed_of.size):
            scratch[row, timer, 0], scratch[row, timer, 1] = held[slots[row], timer, 0], held[slots[row], timer, 1]
    advance_timers(atoms, timed_of, rows, scratch, dt_s)
    for row in range(rows.size):
        for timer in range(timed_of.size):
            held[slots[row], timer, 0], held[slots[row], timer, 1] = scratch[row, timer, 0], scratch[row, timer, 1]


@kernel
def rule_on(  # noqa: C901, PLR0912, PLR0913, PLR0915
    made: Binding, bench: Bench, option: int, rows: Records, slots: NDArray[np.int64], numbers: NDArray[np.int64],
    hosts: NDArray[np.int64], crews: NDArray[np.int64], dt_s: float, assessments: Records, rulings: Records,
) -> None:  # fmt: skip
    """Write, for each row of evidence, the assessment of the state overflown and the ruling of all that bind.

    `slots` are the tracks' places, `numbers` their numbers, `hosts` the state whose airspace it is about and
    `crews` that of the crew tasked with it (from 1; 0: nobody is). A set that binds on no row is not asked,
    but its timers run. A ruling follows from the bits of its conditions and from who binds, so that a row in
    which neither has changed keeps the ruling it had.
    """
    used, members, kept, needed = made.used[option], made.members, bench.kept, bench.needed
    n = rows.size
    needed[:] = False
    bench.anew[:n] = 0
    for row in range(n):
        slot, which = slots[row], made.combination[option, hosts[row], crews[row]]
        if kept.number[option, slot] != numbers[row]:
            kept.number[option, slot] = numbers[row]
            kept.held[option, :, slot, :, 0], kept.held[option, :, slot, :, 1] = 0.0, np.inf  # NEVER_TIMED
            kept.combination[option, slot] = -1
        bench.anew[row] = which != kept.combination[option, slot]
        kept.combination[option, slot] = which
        for each in members[which]:
            if each >= 0:
                needed[each] = True
    found = Bits(bench.false[:n], bench.unknown[:n], bench.malformed[:n])
    for place in range(used.size):
        if used[place] >= 0:
            atoms, timed_of = atoms_of(made, used[place])
            if timed_of.size > 0:
                _keep_time(atoms, timed_of, kept.held[option, place], bench.held, rows, slots, dt_s)
            if needed[place]:
                observe(atoms, rows, bench.held, found)
                _note_changes(kept, option, place, found, slots, bench.anew)
    m = 0
    for row in range(n):
        if bench.anew[row] != 0:
            bench.anew[m] = row
            m += 1
    anew = bench.anew[:m]
    for place in range(used.size):
        if used[place] >= 0 and needed[place] and m > 0:
            criteria, rules = rules_of(made, used[place])
            again = _recalled(kept, option, place, slots, anew, found)
            assess_rows(criteria, again, bench.assessed[place][:m])
            rule_rows(rules, again, bench.assessed[place][:m], bench.ruled[place][:m])
    for each in range(m):
        _put_together(made, bench, option, each, slots[anew[each]])
    for row in range(n):
        assessments[row], rulings[row] = kept.assessed[option, slots[row]], kept.ruled[option, slots[row]]


@kernel
def _note_changes(
    kept: Remembered, option: int, place: int, found: Bits, slots: NDArray[np.int64], anew: NDArray[np.int64]
) -> None:
    """Keep the bits of one set, and mark the rows in which they are not what they were."""
    false, unknown, malformed = kept.false[option, place], kept.unknown[option, place], kept.malformed[option, place]
    for row in range(slots.size):
        slot = slots[row]
        for word in range(false.shape[1]):
            one, other = found.false[row, word], found.unknown[row, word]
            anew[row] |= (one != false[slot, word]) | (other != unknown[slot, word])
            false[slot, word], unknown[slot, word] = one, other
        anew[row] |= found.malformed[row] != malformed[slot]
        malformed[slot] = found.malformed[row]


@kernel
def _recalled(
    kept: Remembered, option: int, place: int, slots: NDArray[np.int64], anew: NDArray[np.int64], room: Bits
) -> Bits:
    """Return the bits of one set on the rows to be ruled on anew."""
    m = anew.size
    for each in range(m):
        slot = slots[anew[each]]
        for word in range(room.false.shape[1]):
            room.false[each, word] = kept.false[option, place, slot, word]
            room.unknown[each, word] = kept.unknown[option, place, slot, word]
        room.malformed[each] = kept.malformed[option, place, slot]
    return Bits(room.false[:m], room.unknown[:m], room.malformed[:m])


@kernel
def _put_together(made: Binding, bench: Bench, option: int, each: int, slot: int) -> None:
    """Compose the rulings on one row of all sets that bind there, and keep what comes of it."""
    which, binding = bench.kept.combination[option, slot], 0
    for place in made.members[which]:
        if place >= 0:
            bench.column[binding, 0] = bench.ruled[place, each]
            binding += 1
    bench.kept.assessed[option, slot] = bench.assessed[made.members[which, 0], each]
    compose_rows(
        Composition(True, made.at_or_over[which][:binding], made.lowest[which]),  # noqa: FBT003
        bench.column[:binding],
        bench.kept.ruled[option][slot : slot + 1],
    )

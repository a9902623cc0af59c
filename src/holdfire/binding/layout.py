"""Which rule sets bind whom, all of them end to end in one set of arrays.

The set of the state overflown, that of the crew's own state, that of the chain of command and self-defence
bind at once; they are composed as `rules.compose` says. Evidence is stated from the side of the state
overflown: what a guest's set calls its own airspace is the airspace that it was asked to guard.

All sets of a run lie end to end in the same arrays, so that one compiled loop serves any number of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from holdfire.assess.table import CriteriaTable, criteria_table
from holdfire.logic.table import Atoms, atoms, plan
from holdfire.rules.compose_table import Composition, composition
from holdfire.rules.table import N_ROLE_SETS, RuleTable, rule_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from holdfire.logic.ruleset import RuleSet

MOST_BINDING = 4
"""State overflown, crew's state, chain of command, self-defence."""


class SetTables(NamedTuple):
    """One rule set as arrays, or all of a run end to end."""

    atoms: Atoms
    criteria: CriteriaTable
    rules: RuleTable
    timed_of: NDArray[np.int64]  # for each timer, one of the timed atoms that share it


class Binding(NamedTuple):
    """All rule sets of a run, and which of them bind whom under each option."""

    parts: SetTables  # every array of all sets, end to end along its first axis, the other axes filled up
    begin: NDArray[np.int64]  # (arrays, sets + 1): where each set's part begins
    words: NDArray[np.int64]  # (sets,)
    used: NDArray[np.int64]  # (options, most): the sets an option uses, -1 behind them; the last is self-defence
    combination: NDArray[np.int64]  # (options, hosts, crews + 1): which combination binds; crew 0: nobody tasked
    members: NDArray[np.int64]  # (combinations, MOST_BINDING): places in `used`, -1 behind them
    at_or_over: NDArray[np.uint8]  # (combinations, MOST_BINDING, N_ROLE_SETS)
    lowest: NDArray[np.uint8]  # (combinations, N_ROLE_SETS)


def set_tables(ruleset: RuleSet) -> SetTables:
    """Lay one set out as arrays."""
    made = plan(ruleset)
    laid = atoms(made)
    timers = laid.timed["timer"] if laid.timed.size else np.zeros(0, np.int64)
    timed_of = np.array([int(np.flatnonzero(timers == timer)[0]) for timer in range(len(made.timers))], np.int64)
    return SetTables(laid, criteria_table(ruleset, made), rule_table(ruleset, made, laid.assessed), timed_of)


def binding(
    options: Sequence[Mapping[str, RuleSet]],
    hosts: Sequence[str],
    crews: Sequence[str],
    chain: RuleSet | None,
    defence: RuleSet,
) -> Binding:
    """Lay out who is bound by what.

    Parameters
    ----------
    options
        For each option, the rule set of each state that has one.
    hosts, crews
        Codes of the states whose airspace is guarded, and of those whose crews fly, as the records count them.
    chain
        The set of the chain of command, if it has one of its own.
    defence
        Self-defence, which stands beside every other.
    """
    sets: list[RuleSet] = []
    used = [_used(option, [*hosts, *crews], chain, defence, sets) for option in options]
    combinations: list[list[int]] = []
    made: list[Composition] = []
    table = np.zeros((len(options), len(hosts), len(crews) + 1), np.int64)
    for o, (option, places) in enumerate(zip(options, used, strict=True)):
        for h, host in enumerate(hosts):
            for c in range(len(crews) + 1):
                bound = bound_on(option, [host] if c == 0 else [host, crews[c - 1]], chain)
                table[o, h, c] = len(combinations)
                combinations.append([places.index(_place(each, sets)) for each in [*bound, defence]])
                made.append(composition(bound, defence))
    tables = [set_tables(each) for each in sets]
    parts, begin = _end_to_end(tables)
    return Binding(
        parts,
        begin,
        np.array([each.atoms.words for each in tables], np.int64),
        _filled(used),
        table,
        _filled(combinations, MOST_BINDING),
        np.stack([_deep(each.at_or_over) for each in made]),
        np.stack([each.lowest for each in made]),
    )


def _used(
    option: Mapping[str, RuleSet], states: Sequence[str], chain: RuleSet | None, defence: RuleSet, sets: list[RuleSet]
) -> list[int]:
    return [_place(each, sets) for each in [*bound_on(option, states, chain), defence]]


def bound_on(option: Mapping[str, RuleSet], states: Sequence[str], chain: RuleSet | None) -> list[RuleSet]:
    """Return the sets of these states and of the chain of command, each once, in the order in which they bind."""
    out: list[RuleSet] = []
    for each in [*(option[state] for state in states if state in option), *([chain] if chain else [])]:
        if all(each is not other for other in out):
            out.append(each)
    return out


def _place(ruleset: RuleSet, sets: list[RuleSet]) -> int:
    for place, each in enumerate(sets):
        if each is ruleset:
            return place
    sets.append(ruleset)
    return len(sets) - 1


def _filled(rows: Sequence[Sequence[int]], width: int = 0) -> NDArray[np.int64]:
    out = np.full((len(rows), max(width, *map(len, rows))), -1, np.int64)
    for row, members in zip(out, rows, strict=True):
        row[: len(members)] = members
    return out


def _deep(at_or_over: NDArray[np.uint8]) -> NDArray[np.uint8]:
    out = np.zeros((MOST_BINDING, N_ROLE_SETS), np.uint8)
    out[: at_or_over.shape[0]] = at_or_over
    return out


Leaf = np.ndarray[Any, Any]


def leaves(tree: object) -> list[Leaf]:
    """Return every array of nested named tuples, in the order of their fields."""
    if isinstance(tree, np.ndarray):
        return [tree]
    return [leaf for branch in tree for leaf in leaves(branch)] if isinstance(tree, tuple) else []


def _end_to_end(tables: Sequence[SetTables]) -> tuple[SetTables, NDArray[np.int64]]:
    """Join each array of all sets along its first axis, and fill its other axes up with zeros."""
    columns = list(zip(*[leaves(each) for each in tables], strict=True))
    begin = np.array([np.cumsum([0, *(leaf.shape[0] for leaf in column)]) for column in columns], np.int64)
    joined = iter([_joined(column) for column in columns])

    def rebuilt(tree: Any) -> Any:  # noqa: ANN401  # a tree of any named tuples
        if isinstance(tree, np.ndarray):
            return next(joined)
        return type(tree)(*map(rebuilt, tree)) if isinstance(tree, tuple) else tree

    return rebuilt(tables[0]), begin


def _joined(column: Sequence[Leaf]) -> Leaf:
    shape = [max(sizes) for sizes in zip(*[leaf.shape for leaf in column], strict=True)]
    shape[0] = sum(leaf.shape[0] for leaf in column)
    out, at = np.zeros(shape, column[0].dtype), 0
    for leaf in column:
        out[(slice(at, at + leaf.shape[0]), *(slice(0, size) for size in leaf.shape[1:]))] = leaf
        at += leaf.shape[0]
    return out

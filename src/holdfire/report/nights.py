"""Which nights are filmed, and why, in words: always the same ones of the same results."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.errors import InputError
from holdfire.study.figures import COLUMN
from holdfire.study.manifest import option_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from holdfire.report.kept import Fate
    from holdfire.study.results import Results

MOST = 3
"""Nights that are filmed where none are named."""


class Choice(NamedTuple):
    """Which nights are filmed where none are named: how many, and two options over which the first is to part."""

    most: int = MOST
    first: tuple[str, str] | None = None


def chosen(results: Results, fates: Sequence[Fate], first: tuple[str, str] | None = None) -> dict[int, str]:
    """Return the nights to film with the reason for each, what matters most first.

    First of all, where `first` names two options, the night in which most intruders were engaged under the second and
    not under the first; where there is none, the other way round. Then nights in which as many pairs of options as
    possible part over some intruder, one in which somebody was wrongly engaged, and the median night of what was
    stopped under the base. Two options part where an intruder is engaged (fired at, or disrupted) under one of them
    only; where no two do, where it comes to different ends. Of equals the first.
    """
    out: dict[int, list[str]] = defaultdict(list)
    n, base = len(next(iter(results.figures.values()))), option_ids(results.manifest)[0]
    for night, why in _parting(fates, first):
        out[night].append(why)
    wrong = next((fate for fate in sorted(fates, key=lambda fate: fate.replication) if fate.cause), None)
    if wrong:
        out[wrong.replication].append(
            f"a night in which somebody was wrongly {wrong.engaged}: {wrong.name} under {wrong.option} ({wrong.cause})"
        )
    stopped = results.figures[base][:, COLUMN["stopped"]]
    middle = int(np.argsort(stopped, kind="stable")[(n - 1) // 2])
    out[middle].append(f"the median night of what was stopped under {base}: {stopped[middle]:g}")
    return {replication: "; ".join(why) for replication, why in out.items()}


def _parting(fates: Sequence[Fate], first: tuple[str, str] | None) -> Iterator[tuple[int, str]]:
    """Yield the night of the two options asked for, then nights by how many more pairs part in them: greedy cover."""
    parted, how = _parted(fates, lambda fate: bool(fate.engaged)), "engaged"
    seen = set[tuple[str, str]]()
    begun = _night_of(parted, first) if first else None
    if begun:
        yield begun
    if not parted:
        parted, how = _parted(fates, lambda fate: fate.status), "brought to another end"
    pairs = {night: set().union(*map(_pairs, names)) for night, names in parted.items()}
    if begun:
        seen |= pairs[begun[0]]
    while left := {night: found - seen for night, found in pairs.items() if found - seen}:
        night = max(left, key=lambda each: (len(left[each]), len(parted[each]), -each))
        what = "another night over which options part" if seen else "the night over which most options part"
        yield night, f"{what}: intruders {how} under some of them only: {len(parted[night])}"
        seen |= pairs[night]


def _night_of(parted: Mapping[int, list[dict[str, object]]], options: tuple[str, str]) -> tuple[int, str] | None:
    """Return the night in which most intruders were engaged under the second of two options and not under the first."""
    for held, engaged in (options, options[::-1]):
        counts = {
            night: sum(bool(ends.get(engaged)) and ends.get(held) is False for ends in names)
            for night, names in parted.items()
        }
        night = max(counts, key=lambda each: (counts[each], -each), default=None)
        if night is not None and counts[night]:
            return night, f"intruders engaged under {engaged} and not under {held}: {counts[night]}"
    return None


def _pairs(ends: Mapping[str, object]) -> set[tuple[str, str]]:
    """Return the pairs of options under which one intruder fared differently."""
    return {(a, b) for a, b in combinations(sorted(ends), 2) if ends[a] != ends[b]}


def _parted(fates: Sequence[Fate], fared: Callable[[Fate], object]) -> dict[int, list[dict[str, object]]]:
    """Return, by night, how each intruder fared under each option, of those that did not fare alike under all."""
    found: dict[int, dict[str, dict[str, object]]] = defaultdict(lambda: defaultdict(dict))
    for fate in fates:
        if fate.intruder:
            found[fate.replication][fate.name][fate.option] = fared(fate)
    nights = {night: [ends for ends in names.values() if _pairs(ends)] for night, names in found.items()}
    return {night: names for night, names in nights.items() if names}


def named(text: str, n: int) -> list[int]:
    """Return the nights named as `0,3,7`; raises `InputError` for what is no night of the study, or one twice."""
    out = []
    for part in text.split(","):
        word = part.strip()
        if not word.isdecimal() or not 0 <= int(word) < n:
            message = f"--nights names {word!r}: give numbers from 0 to {n - 1}, as 0,3"
            raise InputError(message)
        out.append(int(word))
    if len(set(out)) < len(out):
        message = f"--nights names a night twice ({text}): name each once"
        raise InputError(message)
    return out

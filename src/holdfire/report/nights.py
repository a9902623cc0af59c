"""Which nights are filmed, and why, in words: always the same ones of the same results."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

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


def chosen(results: Results, fates: Sequence[Fate]) -> dict[int, str]:
    """Return the nights to film with the reason for each, what matters most first.

    Nights in which as many pairs of options as possible part over some intruder, one in which somebody was wrongly
    engaged, and the median night of what was stopped under the base. Two options part where an intruder is engaged
    (fired at, or disrupted) under one of them only; where no two do, where it comes to different ends. Of equals the
    first.
    """
    out: dict[int, list[str]] = defaultdict(list)
    n, base = len(next(iter(results.figures.values()))), option_ids(results.manifest)[0]
    for night, why in _parting(fates):
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


def _parting(fates: Sequence[Fate]) -> Iterator[tuple[int, str]]:
    """Yield nights by how many more pairs of options part in them: greedy cover."""
    parted, how = _parted(fates, lambda fate: bool(fate.engaged)), "engaged"
    if not parted:
        parted, how = _parted(fates, lambda fate: fate.status), "brought to another end"
    pairs = {night: set().union(*map(_pairs, names)) for night, names in parted.items()}
    seen = set[tuple[str, str]]()
    while left := {night: found - seen for night, found in pairs.items() if found - seen}:
        night = max(left, key=lambda each: (len(left[each]), len(parted[each]), -each))
        what = "another night over which options part" if seen else "the night over which most options part"
        yield night, f"{what}: intruders {how} under some of them only: {len(parted[night])}"
        seen |= pairs[night]


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

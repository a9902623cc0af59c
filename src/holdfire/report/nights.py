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
    from collections.abc import Iterator, Sequence

    from holdfire.report.kept import Fate
    from holdfire.study.results import Results

MOST = 3
"""Nights that are filmed where none are named."""


def chosen(results: Results, fates: Sequence[Fate]) -> dict[int, str]:
    """Return the nights to film with the reason for each, what matters most first.

    Nights over which as many pairs of options as possible part, one in which somebody was wrongly fired at, and the
    median night of what was stopped under the base. Of equals the first.
    """
    out: dict[int, list[str]] = defaultdict(list)
    n, base = len(next(iter(results.figures.values()))), option_ids(results.manifest)[0]
    for night, why in _parting(fates):
        out[night].append(why)
    wrong = next((fate for fate in sorted(fates, key=lambda fate: fate.replication) if fate.cause), None)
    if wrong:
        out[wrong.replication].append(
            f"a night in which somebody was wrongly fired at: {wrong.name} under {wrong.option} ({wrong.cause})"
        )
    stopped = results.figures[base][:, COLUMN["stopped"]]
    middle = int(np.argsort(stopped, kind="stable")[(n - 1) // 2])
    out[middle].append(f"the median night of what was stopped under {base}: {stopped[middle]:g}")
    return {replication: "; ".join(why) for replication, why in out.items()}


def _parting(fates: Sequence[Fate]) -> Iterator[tuple[int, str]]:
    """Yield nights by how many more pairs of options bring some intruder to different ends in them: greedy cover."""
    pairs, parted = _pairs(fates), dict[int, int]()
    seen = set[tuple[str, str]]()
    for night, names in _parted(fates).items():
        parted[night] = len(names)
    while left := {night: found - seen for night, found in pairs.items() if found - seen}:
        night = max(left, key=lambda each: (len(left[each]), parted[each], -each))
        what = "another night over which options part" if seen else "the night over which most options part"
        yield night, f"{what}: {parted[night]} intruders end otherwise under some than under others"
        seen |= pairs[night]


def _pairs(fates: Sequence[Fate]) -> dict[int, set[tuple[str, str]]]:
    """Return, by night, the pairs of options under which some intruder came to different ends."""
    out: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for night, names in _parted(fates).items():
        for ends in names.values():
            out[night] |= {(a, b) for a, b in combinations(sorted(ends), 2) if ends[a] != ends[b]}
    return out


def _parted(fates: Sequence[Fate]) -> dict[int, dict[str, dict[str, str]]]:
    """Return, by night and intruder, its end under each option, for those that did not end alike under all."""
    ends: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for fate in fates:
        if fate.intruder:
            ends[fate.replication][fate.name][fate.option] = fate.status
    return {
        night: {name: found for name, found in names.items() if len(set(found.values())) > 1}
        for night, names in ends.items()
    }


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

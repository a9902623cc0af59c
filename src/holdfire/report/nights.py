"""Which nights are filmed, and why, in words: always the same ones of the same results."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from holdfire.errors import InputError
from holdfire.study.figures import COLUMN
from holdfire.study.manifest import option_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.report.kept import Fate
    from holdfire.study.results import Results

MOST = 3
"""Nights that are filmed where none are named."""


def chosen(results: Results, fates: Sequence[Fate]) -> dict[int, str]:
    """Return the nights to film with the reason for each, what matters most first.

    The night in which the options differ most, one in which somebody was wrongly fired at, and the median night of
    what was stopped under the base. Of equals the first.
    """
    out: dict[int, list[str]] = defaultdict(list)
    n, base = len(next(iter(results.figures.values()))), option_ids(results.manifest)[0]
    most = _differing_most(fates)
    if most:
        out[most[0]].append(most[1])
    wrong = next((fate for fate in sorted(fates, key=lambda fate: fate.replication) if fate.cause), None)
    if wrong:
        out[wrong.replication].append(
            f"a night in which somebody was wrongly fired at: {wrong.name} under {wrong.option} ({wrong.cause})"
        )
    stopped = results.figures[base][:, COLUMN["stopped"]]
    middle = int(np.argsort(stopped, kind="stable")[(n - 1) // 2])
    out[middle].append(f"the median night of what was stopped under {base}: {stopped[middle]:g}")
    return {replication: "; ".join(why) for replication, why in out.items()}


def _differing_most(fates: Sequence[Fate]) -> tuple[int, str] | None:
    """Return the night in which most intruders came to different ends under different options; `None`: no night."""
    ends: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fate in fates:
        if fate.intruder:
            ends[fate.replication][fate.name].add(fate.status)
    counts = {night: sum(len(statuses) > 1 for statuses in by_name.values()) for night, by_name in ends.items()}
    most = max(counts, key=lambda night: (counts[night], -night), default=None)
    if most is None or counts[most] == 0:
        return None
    found = f"{counts[most]} of {len(ends[most])} intruders end otherwise under some of them"
    return most, f"the night in which the options differ most: {found}"


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

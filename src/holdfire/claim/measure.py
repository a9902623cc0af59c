"""What the nights say of a claim: in how many it comes true, or by how much one option exceeds another."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.claim import alert
from holdfire.study.collect import connect
from holdfire.study.estimate import mean, proportion
from holdfire.study.figures import COLUMN
from holdfire.study.paired import mean_difference
from holdfire.study.results import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from holdfire.claim.kinds import Claim
    from holdfire.study.estimate import Sample
    from holdfire.study.results import Results

THRESHOLDS: Final = {"could": 0.1, "would": 0.5}
"""Share of nights from which it is said that something could, or would, happen (assumed)."""
_HAPPENED: Final = {
    "arrived": "isfinite(intercepted_s) AND intercepted_s <= left_s",
    "seen:detected": "isfinite(detected_s)",
    "seen:tracked": "isfinite(tracked_s)",
    "seen:identified": "isfinite(identified_s)",
    "permitted": "isfinite(permitted_s)",
    "stopped": "status IN ('shot_down', 'disrupted')",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its interval and the bound that it is held against; `sort` is `share` or `difference`.

    A difference has no interval where too few nights give one. Where the two are alike in every night, `differ_below`
    bounds the share of nights in which they differ.
    Of a claim on alert `cued` counts nights in which only a crew ordered off before for something else was there, and
    `left_out` nights in which no crew stood on alert any more: they decide nothing.
    """

    sort: str
    value: float
    low: float | None
    high: float | None
    bound: float
    nights: int
    k: int | None = None
    cued: int = 0
    left_out: int = 0
    differ_below: float | None = None

    @property
    def side(self) -> int:
        """+1 where the interval lies above the bound, -1 where below, 0 where it does neither, or there is none."""
        if self.low is None or self.high is None:
            return 0
        return int(self.low > self.bound) - int(self.high < self.bound)


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim in the terms of its scenario: the groups and options that it means."""

    claim: Claim
    groups: tuple[int, ...]
    option: str
    than: str | None

    @property
    def options(self) -> tuple[str, ...]:
        """What is to be rehearsed."""
        return (self.option,) if self.than is None else (self.than, self.option)


def measured(asked: Asked, folder: Path) -> Measured | None:
    """Return what a folder's nights say of a claim before it is denied; `None` where nobody came to be counted."""
    claim = asked.claim
    if claim.kind == "costs":
        return cost_measured(asked, load(folder), {})
    if asked.than is not None:
        counts = [_counts(asked, folder, option) for option in asked.options]
        return _above(counts[1], counts[0], claim.settings.get("more", 1.0), 0.0)
    cued = left_out = 0
    if claim.on_alert:
        nights = alert.nights(folder, asked.option, asked.groups)
        counted = [each for each in nights if each.on_alert]
        left_out, cued = len(nights) - len(counted), sum(each.cued > 0 and not each.reached for each in nights)
        happened, there = (np.array([each[place] for each in counted], np.float64) for place in (1, 0))
    else:
        happened, there = _counts(asked, folder, asked.option), _counts(asked, folder, asked.option, everyone=True)
    least = np.full(len(there), float(claim.settings.get("count", 1.0)))
    if claim.every:
        least = there
    held = happened[there > 0] >= least[there > 0]
    if not held.size:
        return None
    share = proportion(int(held.sum()), held.size)
    bound = THRESHOLDS[claim.modal]
    return Measured("share", share.value, share.low or 0.0, share.high, bound, held.size, share.k, cued, left_out)


def cost_measured(asked: Asked, results: Results, dearer: Mapping[str, Sample]) -> Measured:
    """Return what nights say of a claim on cost; `dearer` is by option how much more each night cost, M€."""
    costs = {each: results.figures[each][:, COLUMN["cost_own_meur"]] + dearer.get(each, 0.0) for each in asked.options}
    cost, other = costs[asked.option], costs[asked.than] if asked.than else None
    more = float(asked.claim.settings.get("more", 1.0))
    return _above(cost, other, more, float(asked.claim.settings.get("meur", 0.0)) * (more if other is None else 1.0))


def _above(sample: Sample, other: Sample | None, more: float | str, bound: float) -> Measured:
    """Return by how much a figure exceeds another, or 0, the sign turned round where less is claimed."""
    sign = float(more)
    found = mean(sign * sample) if other is None else mean_difference(sign * other, sign * sample)
    below = found.share_below
    ends = (found.low, found.high) if below is None else (0.0, 0.0)
    return Measured("difference", found.value or 0.0, *ends, bound, found.n, differ_below=below)


def _counts(asked: Asked, folder: Path, option: str, *, everyone: bool = False) -> Sample:
    """Return, night by night, of how many that entered it came true; or how many entered."""
    claim = asked.claim
    key = f"seen:{claim.settings.get('step', 'detected')}" if claim.kind == "seen" else claim.kind
    happened = "TRUE" if everyone else _HAPPENED[key]
    lines = ", ".join(map(str, asked.groups))
    query = f"""
        SELECT n.replication, count(a.replication) FILTER (WHERE {happened})
        FROM read_parquet(?) n LEFT JOIN read_parquet(?) a
            ON a.replication = n.replication AND a.option = n.option AND a.part = 'intruder'
            AND a.line IN ({lines}) AND isfinite(a.entered_s)
        WHERE n.option = ? GROUP BY ALL ORDER BY ALL
    """  # noqa: S608  # names of our own
    connection = connect()
    with contextlib.closing(connection):
        tables = [str(folder / f"{name}.parquet") for name in ("nights", "aircraft")]
        rows = connection.execute(query, [*tables, option]).fetchall()
    return np.array([row[1] for row in rows], np.float64)

"""What has been read so far: rows of every kind, counts, and what was put aside.

Whatever the bytes, no more than `KEPT` refusals of a kind are kept whole, each cut to `CUT` bytes; all are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from math import isfinite, nan
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Quarantined, Recording, Site

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

KEPT: Final = 100
CUT: Final = 256
DAY_S: Final = 86_400.0
UNDATED_S: Final = 400 * DAY_S
"""A time below this one, in 1971, counts from a midnight, or a first frame, that no file dates."""

Row = tuple[float | bytes, ...]


@dataclass(slots=True)
class Intake:
    """Rows in the field order of their record, `time_s` in POSIX seconds, or in seconds of a day in `undated`."""

    polar: list[Row] = field(default_factory=list)
    position: list[Row] = field(default_factory=list)
    system: list[Row] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undated: bool = False  # some times are of a day that no file says
    dated: bool = False
    _places: dict[tuple[int, int], int] = field(default_factory=dict)

    def refuse(self, file: str, offset: int, content: bytes, kind: str, detail: str = "") -> None:
        """Put bytes aside: counted by their kind, kept with the detail."""
        key = f"refused: {kind}"
        self.counts[key] += 1
        if self.counts[key] <= KEPT:
            self.quarantined.append(
                Quarantined(file, offset, bytes(content[:CUT]), f"{kind}: {detail}" if detail else kind)
            )

    def note(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self.notes and len(self.notes) < KEPT:
            self.notes.append(sentence)

    def site(self, sac: int, sic: int, kind: str) -> int:
        """Return the place of a radar or system among the sites; a new one stands nobody knows where."""
        place = self._places.get((sac, sic))
        if place is None:
            place = self._places[sac, sic] = len(self.sites)
            self.sites.append(Site(f"{kind} {sac}/{sic}", sac, sic, nan, nan, nan, None, position_known=False))
        return place

    def located(self, place: int, lat_deg: float, lon_deg: float, h_m: float) -> None:
        """Say where a site stands."""
        site = self.sites[place]
        if site.position_known and (site.lat_deg, site.lon_deg, site.h_m) != (lat_deg, lon_deg, h_m):
            self.note(f"{site.name} says two places of itself; the first is kept.")
            return
        self.sites[place] = replace(site, lat_deg=lat_deg, lon_deg=lon_deg, h_m=h_m, position_known=True)

    def turns(self, place: int, period_s: float) -> None:
        """Say how long a site's antenna takes for a turn."""
        self.sites[place] = replace(self.sites[place], period_s=period_s)

    def recording(self) -> Recording:
        """Return everything read, in the order of time."""
        lists = ((self.polar, POLAR), (self.position, POSITION), (self.system, SYSTEM_TRACK))
        polar, position, system = (_records(rows, dtype) for rows, dtype in lists)
        epoch_s = nan
        if self.dated:
            earliest = min(float(part["time_s"].min()) for part in (polar, position, system) if len(part))
            if self.undated:
                self.note("Some files say no day; their times are taken as those of the recording's first day.")
                dates = [part["time_s"] for part in (polar, position, system)]
                earliest = min(float(times[times >= UNDATED_S].min()) for times in dates if (times >= UNDATED_S).any())
            epoch_s = earliest // DAY_S * DAY_S
            for part in (polar, position, system):
                part["time_s"] -= np.where(part["time_s"] >= UNDATED_S, epoch_s, 0.0)
        elif len(polar) or len(position) or len(system):
            self.note("No file says its day: times are seconds of a day that is not known.")
        if not (isfinite(epoch_s) or self.undated):
            self.note("Nothing was read.")
        return Recording(
            epoch_s, tuple(self.sites), polar, position, system,
            dict(sorted(self.counts.items())), tuple(self.quarantined), tuple(self.notes),
        )  # fmt: skip


def _records(rows: list[Row], dtype: np.dtype[np.void]) -> Records:
    """Return rows as records in the order of time; those of one time keep their order."""
    records = np.array(rows, dtype)
    return records[np.argsort(records["time_s"], kind="stable")]

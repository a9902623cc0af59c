"""What has been read so far: rows of every kind, counts, and what was put aside.

Whatever the bytes, no more than `KEPT` refusals of a kind are kept whole, each cut to `CUT` bytes; all are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import nan
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.feeds.repeats import repeated
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Quarantined, Recording, Site

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

UNDATED: Final = "No file says its day: times are seconds of a day that is not known."
"""The note of a recording without a day."""
FIRST_DAY: Final = "Some files say no day; their times are taken as those of the recording's first day."
"""The note of a recording of which a part has no day."""
KEPT: Final = 100
CUT: Final = 256
DAY_S: Final = 86_400.0
UNDATED_S: Final = 400 * DAY_S
"""A time below this one, in 1971, counts from a midnight, or a first frame, that no file dates."""

STRAY_S: Final = 2 * DAY_S
STRAY_SHARE: Final = 0.05
"""So few reports, so far from the middle of the others in time, have a wrong time (assumed)."""

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
    _begun: list[tuple[int, int, int]] = field(default_factory=list)  # rows of each kind before each file
    _whole: dict[bytes, str] = field(default_factory=dict)  # digests of the files, and their names

    def begin(self, file: str, data: bytes) -> bool:
        """Begin a file; say whether it is to be read, which one that was read under any name is not."""
        digest = sha256(data).digest()
        earlier = self._whole.setdefault(digest, file)
        if len(self._whole) == len(self._begun):
            self.counts["files given twice"] += 1
            self.note(f"{file} holds, byte for byte, what {earlier} does: it is read once.")
            return False
        self._begun.append((len(self.polar), len(self.position), len(self.system)))
        return True

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

    def jumped(self, file: str, times: int) -> None:
        """Count steps of a clock that no scan explains, and say that there are some."""
        if times:
            self.counts["clock jumps"] += times
            self.note(f"{file}: a source's clock jumps by more than ten minutes, or leaves a gap as long.")

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
        parts, files = self._without_strays([np.array(rows, dtype) for rows, dtype in self._lists()])
        epoch_s, undated = nan, any(((p["time_s"] < UNDATED_S) & (p["simulated"] == 0)).any() for p in parts)
        if self.dated:
            dated = np.concatenate([part["time_s"][part["time_s"] >= UNDATED_S] for part in parts])
            epoch_s = float(dated.min()) // DAY_S * DAY_S
            for part in parts:
                part["time_s"] -= np.where(part["time_s"] >= UNDATED_S, epoch_s, 0.0)
            if self.undated:
                self.note(FIRST_DAY)
        parts = self._without_repeats(parts, files)
        # Those of one time keep their order.
        polar, position, system = (part[np.argsort(part["time_s"], kind="stable")] for part in parts)
        if not (self.dated or self.undated):
            self.note("Nothing was read.")
        elif not self.dated:
            self.note(UNDATED)
        return Recording(
            epoch_s, tuple(self.sites), polar, position, system,
            dict(sorted(self.counts.items())), tuple(self.quarantined), tuple(self.notes), undated,
        )  # fmt: skip

    def _without_repeats(self, parts: list[Records], files: list[NDArray[np.int64]]) -> list[Records]:
        """Leave out what an earlier file has too, and say how much that is."""
        if len(self._begun) < 2:
            return parts
        again = [repeated(part, file, dated=self.dated) for part, file in zip(parts, files, strict=True)]
        count = sum(int(each.sum()) for each in again)
        if count:
            self.counts["reports that an earlier file has too"] = count
            said = (
                "1 report is in an earlier one too, and counts"
                if count == 1
                else f"{count} reports are in an earlier one too, and count"
            )
            self.note(f"The files overlap: {said} once.")
        return [part[~each] for part, each in zip(parts, again, strict=True)]

    def _without_strays(self, parts: list[Records]) -> tuple[list[Records], list[NDArray[np.int64]]]:
        """Put the few reports aside whose time is days from that of the others: one would refuse a whole recording."""
        time_s = np.concatenate([part["time_s"][part["time_s"] >= UNDATED_S] for part in parts])
        begun = np.array(self._begun or [(0, 0, 0)])
        files = [np.searchsorted(begun[:, kind], np.arange(len(part)), "right") for kind, part in enumerate(parts)]
        if not len(time_s) or np.ptp(time_s) <= STRAY_S:
            return parts, files
        middle_s = float(np.median(time_s))
        if (np.abs(time_s - middle_s) > STRAY_S).mean() > STRAY_SHARE:
            return parts, files
        kept, left = [], []
        for part, file in zip(parts, files, strict=True):
            stray = (part["time_s"] >= UNDATED_S) & (np.abs(part["time_s"] - middle_s) > STRAY_S)
            for row in np.flatnonzero(stray).tolist():
                apart = (part["time_s"][row] - middle_s) / DAY_S
                self.refuse(
                    "the recording", row, repr(part[row]).encode(), "time", f"{apart:+.1f} days from the others"
                )
            kept.append(part[~stray])
            left.append(file[~stray])
        self.note("Some reports have a time more than two days from that of the others; they are left out.")
        return kept, left

    def _lists(self) -> tuple[tuple[list[Row], np.dtype[np.void]], ...]:
        return (self.polar, POLAR), (self.position, POSITION), (self.system, SYSTEM_TRACK)

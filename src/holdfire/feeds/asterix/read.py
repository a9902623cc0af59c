"""From the bytes of a file of ASTERIX, with or without packets around, to rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from holdfire.feeds.asterix import broadcast, radar, system
from holdfire.feeds.asterix.blocks import ASSIGNED, HEAD, Block, Walk, cut
from holdfire.feeds.asterix.layout import MalformedError
from holdfire.feeds.asterix.report import ImplausibleError, Report, source
from holdfire.feeds.packets import payload
from holdfire.feeds.times import DAY_S, Days, off_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.feeds.asterix.split import Items
    from holdfire.feeds.intake import Intake, Row

SAYS: Final[dict[int, Callable[[Items, float | None], Report]]] = {
    21: broadcast.position, 34: radar.service, 48: radar.plot, 62: system.track, 65: system.service,
}  # fmt: skip
"""Who reads the records of a category; those of the others that are cut (001, 002, 063) are counted."""
TWICE_S: Final = 2.0
"""Within which the same bytes are the same packet, heard twice (assumed; the day's time in them never comes back)."""
OLDER: Final = "block of an older edition, which is not read"
_REMEMBERED: Final = 4096  # packets, or blocks, that may come again; as many before them
_KINDS: Final = {21: "station", 34: "radar", 48: "radar", 62: "system", 65: "system"}


@dataclass(slots=True)
class AsterixFile:
    """Reads one file into an intake."""

    file: str
    intake: Intake
    days: Days = field(default_factory=Days)
    walk: Walk = field(default_factory=Walk)
    heard_s: dict[bytes, float] = field(default_factory=dict)  # when the same bytes last came
    before_s: dict[bytes, float] = field(default_factory=dict)  # and those before them

    def bare(self, data: bytes) -> None:
        """Read blocks that stand in the file themselves."""
        self._blocks(data, 0, None)
        self.intake.jumped(self.file, self.days.jumps)

    def packet(self, offset: int, time_s: float, link: int, content: bytes) -> None:
        """Read what one packet carries, unless it was heard a moment ago."""
        counts = self.intake.counts
        counts["packets"] += 1
        carried, fault = payload(link, content)
        if fault:
            self.intake.refuse(self.file, offset, content, fault)
        if not carried:
            return
        if self._again(carried, time_s):
            counts["duplicate packets"] += 1
        else:
            self._blocks(carried, offset, time_s)

    def _blocks(self, data: bytes, offset: int, packet_s: float | None) -> None:
        for block in self.walk.blocks(data):
            at = offset + (0 if packet_s is not None else block.offset)
            if block.category == 0:
                self._between(block, at)
            elif packet_s is None and self._again(block.content, 0.0):
                self.intake.counts["duplicate blocks"] += 1
            else:
                self._block(block, at, packet_s)

    def _again(self, content: bytes, time_s: float) -> bool:
        """Say whether the same bytes came a moment ago, and remember them; those of a record hold its time."""
        last_s = self.heard_s.get(content, self.before_s.get(content))
        if len(self.heard_s) >= _REMEMBERED:
            self.before_s, self.heard_s = self.heard_s, {}
        self.heard_s[content] = time_s
        return last_s is not None and abs(time_s - last_s) < TWICE_S

    def _block(self, block: Block, at: int, packet_s: float | None) -> None:
        name = f"CAT{block.category:03}"
        self.intake.counts[f"{name} blocks"] += 1
        if block.fault:
            if is_older(block, packet_s):
                self.intake.refuse(self.file, at, block.content, OLDER, f"{name}: {block.fault}")
            else:
                self.intake.refuse(self.file, at, block.content, "malformed block", f"{name}: {block.fault}")
        elif not block.records:
            self.intake.counts["blocks of categories that are not read"] += 1
        else:
            self._records(block, at, packet_s)

    def _between(self, block: Block, at: int) -> None:
        content = block.content
        if len(set(content)) == 1:
            self.intake.counts["bytes of padding"] += len(content)
        elif block.fault == "usual":
            self.intake.counts["bytes around blocks"] += len(content)
        elif content[0] not in ASSIGNED or len(content) < 16:
            self.intake.refuse(self.file, at, content, "bytes that are no block", f"{len(content)} bytes")
        else:
            self.intake.refuse(self.file, at, content, "block cut short or malformed", f"{len(content)} bytes")

    def _records(self, block: Block, at: int, packet_s: float | None) -> None:
        name = f"CAT{block.category:03}"
        reports, records = self._plausible(block, packet_s)
        if is_older(block, packet_s) and isinstance(reports[0], str):
            self.intake.refuse(self.file, at, block.content, OLDER, f"{name}: {reports[0]}")
            return
        self.intake.counts[f"{name} records"] += len(records)
        for report, items in zip(reports, records, strict=True):
            if isinstance(report, str):
                self.intake.refuse(self.file, at, block.content, "record that cannot be", f"{name}: {report}")
                if "off the packet's clock" in report:
                    who = "/".join(map(str, items["010"]))
                    self.intake.note(
                        f"{self.file}: the clock of {who} and that of the packets differ; see what was put aside."
                    )
            elif report is not None:
                self._take(block.category, report, items, packet_s)

    def _plausible(self, block: Block, packet_s: float | None) -> tuple[list[Report | str | None], list[Items]]:
        """Return what each record says, by the newest edition in which the most of them can be, with its records."""
        records, edition = block.records, block.edition
        best = _said(block.category, records, packet_s), records
        fewest = sum(isinstance(report, str) for report in best[0])
        while fewest:
            try:
                records, edition = cut(block.category, block.content, edition + 1)
            except MalformedError:
                break
            reports = _said(block.category, records, packet_s)
            faults = sum(isinstance(report, str) for report in reports)
            if faults < fewest:
                best, fewest = (reports, records), faults
        return best

    def _take(self, category: int, report: Report, items: Items, packet_s: float | None) -> None:
        intake = self.intake
        if report.note:
            intake.counts[report.note] += 1
        site = intake.site(report.sac, report.sic, _KINDS[category])
        if category == 34:
            radar.learn(items, site, intake)
        if report.of_day_s is None or report.row is None:
            return
        time_s = self.days.time_s((report.sac, report.sic), report.of_day_s, packet_s)
        intake.dated |= packet_s is not None
        intake.undated |= packet_s is None
        _put(intake, category, site, time_s, report.row)


def _put(intake: Intake, category: int, site: int, time_s: float, row: Row) -> None:
    if category == 48:
        intake.polar.append((site, time_s, *row))
    elif category == 62:
        intake.system.append((site, row[0], time_s, *row[1:]))
    else:
        intake.position.append((time_s, *row))


def _said(category: int, records: list[Items], packet_s: float | None) -> list[Report | str | None]:
    """Return what each record says, or why it cannot be; None of a category that is only counted."""
    reader = SAYS.get(category)
    reports: list[Report | str | None] = []
    for items in records:
        try:
            if reader is None:
                source(items)
            reports.append(None if reader is None else reader(items, packet_s))
        except ImplausibleError as error:
            reports.append(str(error))
    return reports


def is_older(block: Block, packet_s: float | None) -> bool:
    """Say of a CAT062 block that cannot be read whether it has the layout before edition 1.0.

    That one had the time straight after the source, where a service identification (015) has stood since.
    """
    if block.category != 62 or packet_s is None:
        return False
    at = HEAD
    while at < len(block.content) and block.content[at] & 1:
        at += 1
    of_day_s = int.from_bytes(block.content[at + 3 : at + 6], "big") / 128.0
    return abs(of_day_s + DAY_S * off_days(of_day_s, packet_s) - packet_s) < TWICE_S

"""Recordings: what real sensors and aircraft reported, as the feeds read it and before anybody fuses it.

Three kinds of report, one record layout each. What was not reported is NaN, `NO_CODE` or address 0, never a value
of 0. The words are those of EUROCONTROL's ASTERIX, part 4 (CAT048), part 9 (CAT062) and part 12 (CAT021).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.messages.layout import Records


class Doubt(IntFlag):
    """What a radar says against its own reply."""

    CODE_NOT_VALIDATED = 1
    CODE_GARBLED = 2
    CODE_NOT_EXTRACTED = 4  # smoothed: not received in this scan
    HEIGHT_NOT_VALIDATED = 8
    HEIGHT_GARBLED = 16
    TEST = 32  # of a fixed transponder, or a test target: no aircraft


class Source(IntEnum):
    """Who says where an aircraft is."""

    ADS_B = 0
    MLAT = 1
    TIS_B = 2
    OTHER = 3


POLAR: Final = np.dtype(
    [
        ("sensor", np.int64),  # its place among the recording's sites
        ("time_s", np.float64),  # since the recording's epoch
        ("range_m", np.float64),  # slant
        ("azimuth_rad", np.float64),  # clockwise from north at the site
        ("h_m", np.float64),  # pressure height (Mode C, flight level), NaN: not reported
        ("mode_a", np.int64),  # squawk as a number in base 8, plot.NO_CODE: not reported
        ("address", np.int64),  # 24-bit address, 0: not reported
        ("kinds", np.int64),  # bits of vocabulary.KINDS_OF_SENSOR: radar 1, iff-ssr 2
        ("iff", np.int64),  # as in a plot: 1 friendly, 2 asked and no reply, 0 not asked or not settled
        ("doubtful", np.int64),  # bits of Doubt
        ("ground_m_s", np.float64),  # the radar's own estimate, NaN: none
        ("heading_rad", np.float64),  # of the same, clockwise from north
        ("track_no", np.int64),  # the radar's own number, -1: none
        ("simulated", np.int64),  # 1: the report says that it is simulated
    ],
    align=True,
)
"""One plot as a radar measured it."""

POSITION: Final = np.dtype(
    [
        ("time_s", np.float64),  # since the recording's epoch
        ("lat_deg", np.float64),
        ("lon_deg", np.float64),
        ("h_m", np.float64),  # pressure height, NaN: not reported
        ("ground_m_s", np.float64),  # NaN: not reported with this position
        ("heading_rad", np.float64),  # track over ground, clockwise from north
        ("sigma_m", np.float64),  # standard deviation of each axis (from NACp or NIC), NaN: not stated
        ("address", np.int64),  # 24-bit address, 0: not reported
        ("mode_a", np.int64),  # plot.NO_CODE: not reported
        ("on_ground", np.int64),  # 1: it says that it stands or rolls, 0: it flies or does not say
        ("source", np.int64),  # a Source
        ("simulated", np.int64),
        ("callsign", "S8"),  # empty: not reported
    ],
    align=True,
)
"""Where an aircraft said that it was, or where receivers together found it."""

SYSTEM_TRACK: Final = np.dtype(
    [
        ("sensor", np.int64),  # the system, by its place among the recording's sites
        ("number", np.int64),
        ("time_s", np.float64),  # since the recording's epoch
        ("lat_deg", np.float64),
        ("lon_deg", np.float64),
        ("vx_m_s", np.float64),  # east, NaN: not reported
        ("vy_m_s", np.float64),  # north
        ("h_m", np.float64),  # pressure height where there is one, else geometric; NaN: not reported
        ("vh_m_s", np.float64),
        ("sigma_m", np.float64),  # standard deviation, the greater of the two axes, NaN: not stated
        ("mode_a", np.int64),
        ("address", np.int64),
        ("confirmed", np.int64),  # 0: tentative
        ("coasted", np.int64),
        ("ended", np.int64),  # 1: the last message of this track
        ("simulated", np.int64),
    ],
    align=True,
)
"""One state of a track that another system made (CAT062)."""


@dataclass(frozen=True, slots=True)
class Site:
    """A radar, or a system, by its identifiers.

    Where `position_known` is false, nothing said where it stands: latitude, longitude (deg, WGS 84) and height
    (m above the sea) are NaN. `period_s` is the time of one turn, None where nothing said it.
    """

    name: str
    sac: int
    sic: int
    lat_deg: float
    lon_deg: float
    h_m: float
    period_s: float | None
    position_known: bool


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Bytes that were not read: of which file, from which byte (or line) on, and why. Long ones are cut."""

    file: str
    offset: int
    content: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What a set of files says.

    Attributes
    ----------
    epoch_s
        POSIX seconds from which every `time_s` counts: midnight UTC of the first day. NaN where no file says its
        day; times are then seconds of a day that is not known.
    sites
        Radars and systems; `sensor` in the records below is a place in it.
    polar, position, system
        `POLAR`, `POSITION` and `SYSTEM_TRACK` records, each in the order of time.
    counts
        How many of everything was met, by a name such as `CAT048 records` or `duplicate packets`.
    quarantined
        What was not read, the first of it; `counts` has how many there were of each reason.
    notes
        What whoever reads the figures must know, one sentence each.
    undated
        Something that does not say that it is simulated is in a file that says no day.
    """

    epoch_s: float
    sites: tuple[Site, ...]
    polar: Records
    position: Records
    system: Records
    counts: Mapping[str, int] = field(default_factory=dict)
    quarantined: tuple[Quarantined, ...] = ()
    notes: tuple[str, ...] = ()
    undated: bool = False

"""Sensors spread over ground, as arrays: one `FIELD` record beside each record of a sensor, and the places in it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


# Draws of one look, as in `sense.plotting`; 3 and on are those of false plots. No plain int, as turn.FIRST_TICK.
CHANCE = cast("int", np.int64(0))
PLACE = cast("int", np.int64(1))
DELAY = cast("int", np.int64(2))
NODES = cast("int", np.int64(16))
"""The first of as many as there are cells."""


HOURS: Final = 49
"""A night has at most 48."""


class Way(IntEnum):
    """How a sensor perceives."""

    RADAR = 0
    """As `sense.plotting` has it: a radar, or a station that receives broadcasts."""
    ACOUSTIC = 1
    RF = 2
    REPORTS = 3


FIELD: Final = np.dtype(
    [
        ("way", np.int64),  # a Way; nothing else holds where it is RADAR
        ("first", np.int64),  # place of its first cell among the nodes; of reports, its place among those sensors
        ("columns", np.int64),
        ("rows", np.int64),
        ("west_m", np.float64),  # corner of its first cell
        ("south_m", np.float64),
        ("cell_m", np.float64),
        ("false_first", np.int64),  # of the places where false plots lie
        ("false_count", np.int64),
        ("false_sd_m", np.float64),
        ("sd_m", np.float64),
        ("lag_speed_m_s", np.float64),
        ("needed", np.int64),  # nodes, for a place
        ("spread_db", np.float64),
        ("absorption_db_m", np.float64),  # of sound
        ("least_db", np.float64),  # level at which half are heard; of radio, dBm at the antenna
        ("holds_ticks", np.int64),
        ("works", np.float64),
        ("ceiling_m", np.float64),
        ("low_ghz", np.float64),
        ("high_ghz", np.float64),
        ("mast_m", np.float64),
        ("bearing_sd_rad", np.float64),
        ("fix_sd_m", np.float64),
        ("calls", np.float64),  # chance that one who notices something strange calls, before hours are counted
        ("familiar", np.float64),
        ("sees_rad", np.float64),  # inf: too dark
        ("delay_s", np.float64),
        ("delay_spread", np.float64),
    ],
    align=True,
)


class Fields(NamedTuple):
    """All sensors that are spread over ground; a night without any has records of way 0 and nothing else."""

    row: Records  # FIELD, one for each sensor in its order
    node: NDArray[np.float64]  # (cells, 2): x and y; NaN where a cell has no node
    people: NDArray[np.float64]  # (sensors of reports, ny, nx): residents of each cell of 2 km
    awake: NDArray[np.float64]  # (sensors of reports, HOURS): share of residents awake, by the hour of the night
    false_at: NDArray[np.float64]  # (places, 2)
    false_share: NDArray[np.float64]  # (places,): share of a sensor's false plots up to this one


def no_fields(n_sensors: int) -> Fields:
    """Return what a night has whose sensors all stand on masts or fly."""
    none = np.zeros((0, 2))
    return Fields(np.zeros(n_sensors, FIELD), none, np.zeros((0, 1, 1)), np.zeros((0, HOURS)), none, np.zeros(0))

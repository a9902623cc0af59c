"""What the response has at hand all night: aircraft with crews, weapons, conduct, and who may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.respond.conduct_schema import RANGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

_PAIR: Final = (np.float64, (2,))  # low, high; a number is drawn between them

UNIT: Final = np.dtype(
    [
        ("entity", np.int64),  # its name for random numbers
        ("crew", np.int64),  # place in the scenario's list of states
        ("base", np.int64),
        ("patrol", np.int64),  # -1: none, it stands on alert
        ("starts", np.int64),  # 1: it is on station when its patrol begins
        ("number", np.int64),  # how many of its patrol are on station together
        ("supports", np.int64),  # 1: early warning, surveillance or tanker
        ("tanks", np.int64),  # 1: tanker
        ("weapon", np.int64),  # place in `weapons`
        ("missiles", np.int64),
        ("guns", np.int64),  # bursts
        ("jams", np.int64),
        ("home_x_m", np.float64),
        ("home_y_m", np.float64),
        ("home_h_m", np.float64),
        ("orbit_x_m", np.float64),  # of one on alert: where it waits once in the air
        ("orbit_y_m", np.float64),
        ("orbit_h_m", np.float64),
        ("orbit_r_m", np.float64),  # radius of its circle; 0: as tight as it circles
        ("from_s", np.float64),
        ("until_s", np.float64),
        ("readiness_s", *_PAIR),
        ("endurance_s", np.float64),
        ("slowest_m_s", np.float64),
        ("cruise_m_s", np.float64),
        ("fastest_m_s", np.float64),
        ("tied_m", np.float64),  # of one on the ground: how far from its post it acts; 0: it flies
    ],
    align=True,
)
"""One own aircraft; its place is the responder's and, as own aircraft come first, that in the truth."""

WEAPON: Final = np.dtype(
    [("success_share", *_PAIR), ("stray_share", *_PAIR), ("reach_m", *_PAIR), ("cost_eur", *_PAIR)], align=True
)
"""A class of weapon; the last is the gun."""

ASKED: Final = np.dtype(
    [
        ("entity", np.int64),  # its name for random numbers
        ("available", np.float64),
        ("grants", np.float64),
        ("low_s", np.float64),
        ("likely_s", np.float64),
        ("high_s", np.float64),
    ],
    align=True,
)
"""An authority as a crew reaches it."""

SI: Final = {"km": 1000.0, "min": 60.0, "h": 3600.0, "per_min": 1 / 60, "per_contact_h": 1 / 3600}
"""Of the units in which people write conduct, the factor to metres and seconds."""


def conduct_field(name: str) -> tuple[str, float]:
    """Return the record's field for a field of `ConductModel`, in SI, and the factor to it."""
    for ending, into in (
        ("_per_contact_h", "_per_s"), ("_per_min", "_per_s"), ("_km", "_m"), ("_min", "_s"),
    ):  # fmt: skip
        if name.endswith(ending):
            return name.removesuffix(ending) + into, SI[ending[1:]]
    return name, 1.0


CONDUCT: Final = np.dtype(
    [
        ("entity", np.int64), ("shots_most", np.int64), ("sees_first", np.int64),
        *((conduct_field(name)[0], *_PAIR) for name in RANGES),
    ],
    align=True,
)  # fmt: skip
"""`ConductModel` in SI units; `accepts_people` as its logarithm to base 10. Each range is drawn once a night."""


WARNER: Final = np.dtype(
    [
        ("number", np.int64),  # of the state that calls, by its two letters: in the place of the tick in names
        ("entity", np.int64),  # its name for random numbers
        ("told_share", *_PAIR),
        ("delay_s", *_PAIR),
        ("false_per_s", *_PAIR),
        ("least_s", *_PAIR),
        ("lapses_s", *_PAIR),
        ("hour_eur", *_PAIR),
    ],
    align=True,
)
"""A neighbour who may call, as `WarningModel` has it, in SI units."""


class Warners(NamedTuple):
    """Who may call, and what is within their reach: cells as those of `Ground`, row 0 in the south."""

    records: Records  # WARNER
    x0_m: float
    y0_m: float
    cell_m: float
    near: NDArray[np.bool_]  # (warners, ny, nx)


class Means(NamedTuple):
    """All that a night's response has at hand. Nobody writes into it."""

    units: Records  # UNIT, one for each own aircraft
    weapons: Records  # WEAPON
    conduct: Records  # (1,) CONDUCT
    asked: Records  # (states, roles) ASKED
    warners: Warners

"""How good a position is that an aircraft reports of itself."""

from __future__ import annotations

from math import log, nan, sqrt
from typing import Final

_EPU_M: Final = (
    nan, 18_520.0, 7_408.0, 3_704.0, 1_852.0, 926.0, 555.6, 185.2, 92.6, 30.0, 10.0, 3.0, nan, nan, nan, nan,
)  # fmt: skip
"""Radius, m, of the circle that holds 95 % of positions, by NACp (ICAO Doc 9871, 2nd edition, appendix C)."""
_RADII: Final = sqrt(-2.0 * log(0.05))
"""That radius in standard deviations of an axis (Rayleigh)."""


def sigma_of_nacp(nacp: int | None) -> float:
    """Return the standard deviation of each axis, m, by navigation accuracy category; NaN where it says none."""
    return nan if nacp is None else _EPU_M[nacp & 15] / _RADII


_MU_M: Final = (nan, nan, nan, nan, nan, 463.0, 185.2, 92.6, 10.0, 3.0)
"""The same radius by navigation uncertainty category of version 0 (ICAO Doc 9871, 2nd edition, appendix A)."""


def sigma_of_nucp(nucp: int | None) -> float:
    """Return the standard deviation of each axis, m, of an aircraft that sends version 0; NaN where it says none."""
    return nan if nucp is None or not 0 <= nucp < len(_MU_M) else _MU_M[nucp] / _RADII

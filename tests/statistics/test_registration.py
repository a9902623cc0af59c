"""Registration is unbiased, and its stated deviations are those that it has: many made-up hours, fixed draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.register.registration import register
from support.radars import recorded, site

if TYPE_CHECKING:
    from numpy.typing import NDArray

SITES = [site("alpha", 50.0, 8.8), site("bravo", 50.6, 11.2, 2)]
PLANTED = [(120.0, 0.004, 0.3), (-80.0, -0.003, -0.1)]


def off(name: int, *, positions: bool) -> NDArray[np.float64]:
    """Errors of one estimate in its own deviations, (2, 3)."""
    made = register(recorded(SITES, PLANTED, name, count=20, duration_s=120.0, positions=positions))
    rows = [(bias.range_m, bias.azimuth_rad, bias.time_s) for bias in made.biases]
    return np.array(
        [
            [(each.value - true) / each.sd for each, true in zip(row, planted, strict=True) if each is not None]
            for row, planted in zip(rows, PLANTED, strict=True)
        ]
    )


def test_stated_deviations_cover_against_positions() -> None:
    """240 errors in their own deviations: no mean away from 0, and 95 % within 1.96, give or take four sigma."""
    errors = np.array([off(100_000 + 1000 * trial, positions=True) for trial in range(40)])
    assert np.abs(errors.mean(axis=0)).max() < 3.5 / 40**0.5
    assert 0.89 <= (np.abs(errors) < 1.96).mean() <= 1.0
    assert 0.8 < errors.std() < 1.15


def test_stated_deviations_cover_between_two_radars() -> None:
    """Of few aircraft the jackknife states a little less than there is: within 1.96 are nine in ten."""
    errors = np.array([off(200_000 + 1000 * trial, positions=False) for trial in range(16)])[:, :, :2]
    assert np.abs(errors.mean(axis=0)).max() < 5.0 / 16**0.5
    assert (np.abs(errors) < 1.96).mean() >= 0.8
    assert errors.std() < 1.5

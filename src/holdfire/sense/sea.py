"""The sea's echo: how strongly it scatters back.

V. Gregers-Hansen and R. Mital, *An Improved Empirical Model for Radar Sea Clutter Reflectivity*, Naval Research
Laboratory, NRL/MR/5310--12-9346, 2012, equation 7 with the coefficients of its appendix B: fitted to the tables of
F. E. Nathanson, *Radar Design Principles*, 1991, with a mean absolute error of 2.3 dB up to 10 degrees of grazing and
2.6 dB up to 60; for 0.5 to 35 GHz, 0.1 to 60 degrees, sea states 0 to 6, averaged over the wind's direction. What is
scattered back is the apparent mean: propagation is in it, spikes are not.
"""

from __future__ import annotations

import math

from holdfire.compiled import kernel

_HORIZONTAL = -73.0, 20.781, 7.351, 25.65, 0.0054
_VERTICAL = -50.796, 25.93, 0.7093, 21.588, 0.00211
_LEAST_DEG, _MOST_DEG = 0.1, 60.0


@kernel
def reflectivity_db(vertical: int, log_ghz: float, state: float, grazing_rad: float) -> float:
    """Return the sea's cross section per area, dB; grazing angles are kept within those of the model.

    `vertical` is 1 for vertical polarisation and 0 for horizontal, `log_ghz` the common logarithm of the frequency.
    """
    c1, c2, c3, c4, c5 = _VERTICAL if vertical == 1 else _HORIZONTAL
    a = min(max(math.degrees(grazing_rad), _LEAST_DEG), _MOST_DEG)
    sine = c1 + c2 * math.log10(math.sin(math.radians(a)))
    frequency = (27.5 + c3 * a) * log_ghz / (1.0 + 0.95 * a)
    return sine + frequency + c4 * math.pow(1.0 + state, 1.0 / (2.0 + 0.085 * a + 0.033 * state)) + c5 * a * a

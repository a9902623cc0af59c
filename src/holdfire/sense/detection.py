"""Whether a radar detects: the radar equation, the ground's mirror and echo, and a fluctuating echo.

The equation is anchored at the stated range for 1 m², so that power, gains and losses, which nobody states, drop
out: M. I. Skolnik, *Introduction to Radar Systems*, 3rd edition, 2001, chapter 2; D. K. Barton, *Radar Equations for
Modern Radar*, 2013, chapter 1.
"""

from __future__ import annotations

import math

from holdfire.compiled import kernel
from holdfire.elementary import exp, sine_cosine


def anchor(detects: float, false_alarm: float) -> float:
    """Return the signal-to-noise ratio at which a Swerling 1 echo is detected so often: the inverse of `swerling_1`.

    >>> round(10 * math.log10(anchor(0.9, 1e-6)), 1)
    21.1
    """
    return math.log(false_alarm) / math.log(detects) - 1.0


@kernel
def swerling_1(snr: float, ln_pfa: float) -> float:
    """Return the chance to detect an echo that fluctuates from scan to scan, `Pfa^(1/(1+SNR))`.

    P. Swerling, "Probability of detection for fluctuating targets", IRE Trans. Information Theory 6, 1960, case 1,
    one pulse or pulses added coherently.
    """
    return exp(ln_pfa / (1.0 + snr))


@kernel
def mirror_gain(
    ground_m: float, horizon_m: float, heights_m2: float, sum_m: float, wave_per_m: float, rough_m: float
) -> float:
    """Return the pattern-propagation factor F⁴: what the echo gains or loses by the ground's mirror image.

    Two rays, the reflected one turned over and weaker by r: F² = 1 + r² - 2r cos(2k h₁h₂/d) (Skolnik, section 8.2), and
    r = exp(-2 (ks sin g)²) for ground of roughness s at the grazing angle g (W. S. Ament, Proc. IRE 41, 1953). Over a
    round Earth both heights count above the plane that touches it where the ray is mirrored. Taken there where the
    path is divided as the two horizons are, which is exact at the horizon and does not matter near by, both
    shrink by 1 - (d/horizon)². `heights_m2` and `sum_m` are the product and the sum of the heights.
    """
    share = ground_m / horizon_m
    left = max(1.0 - share * share, 0.0)
    rough = wave_per_m * rough_m * sum_m * left / ground_m
    square = 2.0 * rough * rough
    if square > 20.0:  # nothing is mirrored
        return 1.0
    mirrored = exp(-square)
    _, cosine = sine_cosine(wave_per_m * 2.0 * heights_m2 * left * left / ground_m)
    power = 1.0 + mirrored * mirrored - 2.0 * mirrored * cosine
    return power * power

"""Sine and cosine together, and azimuths: in less time than the system's, and the same on every system."""

from __future__ import annotations

import math

from holdfire.compiled import kernel

_PER_QUARTER = 2.0 / math.pi
# A quarter turn in two parts: the first has zeros at its end, so that a small multiple of it is exact.
_QUARTER = 1.5707963267341256
_REST = 6.077100506506192e-11
_S3, _S5, _S7, _S9, _S11, _S13, _S15 = ((-1.0) ** (n // 2) / math.factorial(n) for n in range(3, 17, 2))
_C4, _C6, _C8, _C10, _C12, _C14, _C16 = ((-1.0) ** (n // 2) / math.factorial(n) for n in range(4, 18, 2))


@kernel
def sine_cosine(angle: float) -> tuple[float, float]:
    """Return sine and cosine of an angle of a few turns, rad, each within 2e-16.

    The angle is brought within an eighth of a turn of a quarter (W. J. Cody and W. Waite, Software Manual for
    the Elementary Functions, 1980), where Taylor's series to the 16th power are off by less than 5e-17.
    """
    quarters = math.floor(angle * _PER_QUARTER + 0.5)
    r = (angle - quarters * _QUARTER) - quarters * _REST
    z = r * r
    sine = r + r * z * (_S3 + z * (_S5 + z * (_S7 + z * (_S9 + z * (_S11 + z * (_S13 + z * _S15))))))
    cosine = 1.0 - 0.5 * z + z * z * (_C4 + z * (_C6 + z * (_C8 + z * (_C10 + z * (_C12 + z * (_C14 + z * _C16))))))
    turned = int(quarters) & 3
    if turned & 1:
        sine, cosine = cosine, -sine
    if turned & 2:
        sine, cosine = -sine, -cosine
    return sine, cosine


@kernel
def azimuth(east: float, north: float) -> float:
    """Return a direction clockwise from north, -π to π rad, within 1.2e-5; 0 for no direction.

    By the polynomial 4.4.47 of M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964.
    """
    steep = abs(east) > abs(north)
    t = north / east if steep else east / north if north != 0.0 else 0.0
    z = t * t
    z2 = z * z
    angle = t * ((0.9998660 - 0.3302995 * z) + z2 * ((0.1801410 - 0.0851330 * z) + z2 * 0.0208351))
    if steep:
        return (0.5 * math.pi if east > 0.0 else -0.5 * math.pi) - angle
    if north < 0.0:
        return angle + (math.pi if east >= 0.0 else -math.pi)
    return angle

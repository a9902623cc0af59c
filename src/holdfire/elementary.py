"""Elementary functions: part of the kernel that calls them, so that none waits, and the same on every system."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from holdfire.compiled import kernel, of_word, word_of

_PER_QUARTER = 2.0 / math.pi
# A quarter turn in two parts: the first has zeros at its end, so that a small multiple of it is exact.
_QUARTER = 1.5707963267341256
_REST = 6.077100506506192e-11
_S3, _S5, _S7, _S9, _S11, _S13, _S15 = ((-1.0) ** (n // 2) / math.factorial(n) for n in range(3, 17, 2))
_C4, _C6, _C8, _C10, _C12, _C14, _C16 = ((-1.0) ** (n // 2) / math.factorial(n) for n in range(4, 18, 2))

_ROOTS = np.array([float(Decimal(2) ** (Decimal(k) / 32)) for k in range(32)])
_PER_STEP = 32.0 / math.log(2.0)
# ln 2 in two parts, as the quarter turn above.
_LN_2, _LN_2_REST = 0.6931471803691238, 1.9082149292705877e-10
_STEP, _STEP_REST = _LN_2 / 32.0, _LN_2_REST / 32.0
_LEAST, _MOST = -708.0, 709.0
_E2, _E3, _E4, _E5, _E6 = (1.0 / math.factorial(n) for n in range(2, 7))
_L3, _L5, _L7, _L9, _L11, _L13, _L15, _L17, _L19 = (2.0 / n for n in range(3, 20, 2))
_FRACTION_BITS = 52
_HALF_ROOT = 0x3FE6A09E667F3BCD  # the word of the square root of a half
_NORMAL = 2.0**-1022
_WHOLE = 1.5 * 2.0**52  # added to a number, it leaves no fraction, and its lowest bits are those of the integer
_POSITIVE = 0x7FFFFFFFFFFFFFFF


@kernel
def exp(x: float) -> float:
    """Return the exponential within 1.1 units in its last place; 0 below 3.3e-308, and infinite from that of 709 on.

    By a table of the 32nd roots of 2 and Taylor's series of what is left (P. T. P. Tang, "Table-driven implementation
    of the exponential function in IEEE floating-point arithmetic", ACM Transactions on Mathematical Software 15, 1989,
    doi 10.1145/63522.214389); left out is less than 4e-18.
    """
    if x <= _LEAST:
        return 0.0
    if not x < _MOST:  # NaN stays
        return x * math.inf
    shifted = x * _PER_STEP + _WHOLE
    steps, word = shifted - _WHOLE, word_of(shifted)
    r = (x - steps * _STEP) - steps * _STEP_REST
    z = r * r
    more = r + z * (_E2 + r * _E3 + z * (_E4 + r * _E5 + z * _E6))
    power = of_word((word_of(_ROOTS[word & 31]) + ((word & ~31) << (_FRACTION_BITS - 5))) & _POSITIVE)
    return power + power * more


@kernel
def log(x: float) -> float:
    """Return the natural logarithm within 1.1 units in its last place; minus infinity of 0, NaN of less.

    Of m 2^e with m about 1, by the series of the inverse hyperbolic tangent of (m - 1)/(m + 1) (M. Abramowitz and
    I. A. Stegun, Handbook of Mathematical Functions, 1964, 4.1.27); left out is less than 5e-17.
    """
    if not _NORMAL <= x < math.inf:
        return math.log(x) if x > 0.0 else -math.inf if x == 0.0 else math.nan
    word = word_of(x)
    twos = (word - _HALF_ROOT) >> _FRACTION_BITS
    f = of_word(word - (twos << _FRACTION_BITS)) - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    series = (_L3 + z * _L5) + z2 * ((_L7 + z * _L9) + z2 * ((_L11 + z * _L13) + z2 * ((_L15 + z * _L17) + z2 * _L19)))
    # 2 s is f - s f, of which f is exact
    return twos * _LN_2 + (f - (s * (f - z * series) - twos * _LN_2_REST))


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

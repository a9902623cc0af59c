"""A few nights, bit for bit: whatever moves one of them is seen, and said in the changelog.

`tests/golden/nights.json` holds their digests and a probe of the machine they were written on. Numbers of the same
code differ where the mathematical library does, so that elsewhere nothing is compared. To write the file anew, run
with HOLDFIRE_REWRITE_GOLDEN=1.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.compiled import kernel
from holdfire.rehearsal.engine import engine_from
from support.rehearsed import FIVE, OTHER_MEANS, busy, digests, short

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOLDEN = Path(__file__).parents[1] / "golden" / "nights.json"
INPUTS = np.linspace(1e-3, 29.0, 4001)


@kernel
def functions(x: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """What kernels ask of the system's mathematical library."""
    for i in range(x.size):
        y = x[x.size - 1 - i]
        out[i, 0], out[i, 1], out[i, 2] = math.sin(x[i]), math.cos(x[i]), math.exp(-x[i])
        out[i, 3], out[i, 4], out[i, 5] = math.log(x[i]), math.pow(x[i], 0.25), math.atan2(x[i] - 15.0, y - 14.0)
        out[i, 6], out[i, 7], out[i, 8] = math.hypot(x[i], y), math.tan(x[i]), x[i] ** 0.5


def probe() -> dict[str, str]:
    """What the bits of a night depend on beside the code: versions, the processor, and the last bit of functions."""
    out = np.zeros((INPUTS.size, 9))
    functions(INPUTS, out)
    return {
        "machine": platform.machine(),
        **{name: version(name) for name in ("numba", "llvmlite", "numpy")},
        "functions": hashlib.sha256(out.tobytes()).hexdigest(),
    }


def nights() -> dict[str, Any]:
    """The nights that are kept: the Polish one cut short as it is, by day and busy, and under other means."""
    return {
        "short": digests(engine_from(short(), (*FIVE, OTHER_MEANS)), [(1, 0)]),
        "busy": digests(engine_from(busy(1.0), FIVE), [(1, 0), (2, 1)]),
    }


def test_nights_are_what_they_were(rewrite: bool) -> None:
    here = probe()
    if rewrite:
        text = json.dumps({"probe": here, "nights": nights()}, indent=1)
        GOLDEN.write_text(f"{text}\n", encoding="utf-8")
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))
    other = [f"{name} {here.get(name)}, not {was}" for name, was in kept["probe"].items() if here.get(name) != was]
    if other:
        pytest.skip(f"the kept nights are of another machine: {'; '.join(other)}")
    assert nights() == kept["nights"]


def test_the_probe_says_the_same_twice_and_sees_the_last_bit() -> None:
    assert probe() == probe()
    one, other = np.zeros((INPUTS.size, 9)), np.zeros((INPUTS.size, 9))
    functions(INPUTS, one)
    functions(np.nextafter(INPUTS, 30.0), other)
    assert (one != other).any(axis=0).all()

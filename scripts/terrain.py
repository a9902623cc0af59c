"""Make src/holdfire/library/geography/elevation.npz from the altitudes that PyPI's pvlib 0.16.1 ships.

Give it pvlib's data/Altitude.h5, unpacked outside the project; h5py must be installed::

    scripts/terrain.py Altitude.h5

The file is a map of the world with cells of 5 minutes, row 0 in the north: a byte b is 28 b - 450 m, 255 is the sea or
not known, as pvlib's documentation of `lookup_altitude` says.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

OUT = Path(__file__).parents[1] / "src" / "holdfire" / "library" / "geography" / "elevation.npz"
WINDOW = (-30, 30, 60, 75)  # west, south, east, north
PER_DEG = 12
STEP_M, LOWEST_M, SEA = 28, -450, 255


def main() -> None:
    """Cut the window and write heights in metres, row 0 in the south."""
    import h5py  # type: ignore[import-not-found]

    west, south, east, north = WINDOW
    with h5py.File(sys.argv[1], "r") as file:
        world = file["Altitude"][:]
    rows = slice((90 - north) * PER_DEG, (90 - south) * PER_DEG)
    cut = world[rows, (west + 180) * PER_DEG : (east + 180) * PER_DEG][::-1]
    heights = np.where(cut == SEA, 0, cut.astype(np.int16) * STEP_M + LOWEST_M).astype(np.int16)
    place = np.array([west, south, 1 / PER_DEG])
    np.savez_compressed(OUT, elevation_m=heights, west_south_cell_deg=place)
    print(f"{OUT.name}: {heights.shape[0]} by {heights.shape[1]} cells, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

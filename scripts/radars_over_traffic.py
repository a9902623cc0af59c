"""Let four stated radars look at recorded traffic, and write what they would have recorded, simulated and said so.

Give it a recording of positions and a file to write; the positions are then the truth of it::

    scripts/radars_over_traffic.py TRAFFIC radars.pcap
    holdfire track radars.pcap --truth TRAFFIC

The radars stand 80 km around the middle of the traffic; no real one is there but by chance.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from holdfire.feeds.asterix.write_radars import pcap, radar_blocks
from holdfire.feeds.read import read
from holdfire.geo.frame import Frame
from holdfire.messages.recording import Site
from holdfire.study.radars import Radar, plots_of

AROUND_M = 80_000.0
PERIODS_S = (4.0, 5.0, 8.0, 10.0)
SEED = 6


def main(traffic: Path, out: Path) -> None:
    """Write the recording."""
    recording = read([traffic])
    position = recording.position
    middle = Frame(float(np.median(position["lat_deg"])), float(np.median(position["lon_deg"])))
    radars = []
    for number, (period_s, (east, north)) in enumerate(
        zip(PERIODS_S, ((1, 0), (0, 1), (-1, 0), (0, -1)), strict=True), 1
    ):
        lat_deg, lon_deg = middle.to_geographic(east * AROUND_M, north * AROUND_M)
        site = Site(f"radar 1/{number}", 1, number, lat_deg, lon_deg, 150.0, period_s, position_known=True)
        radars.append(Radar(site, mode_s=number != 4, false_per_turn=2.0))
    plotted = plots_of(position, recording.epoch_s, radars, SEED)
    sites, times = plotted.recording.sites, position["time_s"]
    listed = radar_blocks(plotted.recording.polar, sites, float(times.min()), float(times.max()))
    out.write_bytes(pcap(listed, recording.epoch_s))
    print(f"{len(plotted.origin)} plots of {len(plotted.addresses)} aircraft by {len(sites)} radars")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

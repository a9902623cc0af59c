"""BlueSky's kinematics alone, run by its own Python: aircraft-seconds a CPU second, as one JSON object.

Aircraft cruise straight on, with no route, no wind, no conflict detection and nothing to show: the least that
BlueSky can be asked for. Arguments: aircraft, seconds simulated, steps of one second in a pass.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time


def main() -> None:
    """Measure passes, and print their rates."""
    count, passes, steps = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        import bluesky as bs  # type: ignore[import-not-found]  # of its own environment
        import numpy as np

        bs.init(mode="sim", detached=True, workdir=folder)
        share = np.arange(1, count + 1) * 2**0.5 % 1.0
        other = np.arange(1, count + 1) * 3**0.5 % 1.0
        names = [f"T{each:04d}" for each in range(count)]
        bs.traf.cre(names, "A320", 46.0 + 10.0 * share, 10.0 + 20.0 * other, 360.0 * share, 10_000.0, 220.0)
        for command in ("DT 1.0", "ASAS OFF", "OP"):
            bs.stack.stack(command)
        for _ in range(20):
            bs.sim.step()
        before, rates = bs.sim.simt, []
        for _ in range(passes):
            begin = time.process_time()
            for _ in range(steps):
                bs.sim.step()
            rates.append(count * steps / (time.process_time() - begin))
        flown_s = bs.sim.simt - before
    print(json.dumps({"rates": rates, "aircraft": bs.traf.ntraf, "step_s": flown_s / (passes * steps)}))


if __name__ == "__main__":
    main()

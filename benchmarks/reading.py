"""Seconds of CPU to read a rule-like file of 5 MB, beside the same library's own loader."""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import TYPE_CHECKING

import yaml

from holdfire.reader.document import parse

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = """- id: R-{0}
  permit: [engage]
  when:
    airspace: [own]
    speed_m_s: {{at_most: {0}.5}}
  because: some longer sentence that says why the rule stands here, number {0}
"""


def cpu_s(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that a piece of work takes, without those to throw its result away."""
    begin = time.process_time()
    result = work()
    end = time.process_time()
    del result
    return end - begin


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="finish within 50 s")
    runs = 3 if parser.parse_args().quick else 9
    text = "".join(ENTRY.format(number) for number in range(28_600)).encode()
    ours = sorted(cpu_s(lambda: parse(text, "a file of 5 MB")) for _ in range(runs))
    theirs = cpu_s(lambda: yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: TID251 -- what we stand beside
    result = {
        "read_5mb_s": round(ours[0], 3),
        "read_5mb_median_s": round(ours[len(ours) // 2], 3),
        "pyyaml_5mb_s": round(theirs, 3),
        "bytes": len(text),
        "load": os.getloadavg()[0],
    }
    print(f"{'reading 5 MB, CPU s, the best of ' + str(runs):44}{result['read_5mb_s']:>8}")
    print(f"{'  the median':44}{result['read_5mb_median_s']:>8}")
    print(f"{'PyYAML with its C loader (no positions, YAML 1.1)':44}{result['pyyaml_5mb_s']:>8}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()

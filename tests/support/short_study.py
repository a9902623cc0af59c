"""A real study of short nights, run and reported by the commands once a session; in one night the two options part.

The nights are those of the tutorial (docs/tutorial-night.md): half an hour, two drones, two fighters in the air.
"""

from __future__ import annotations

import atexit
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from holdfire.cli.main import run as command

LOOK, RADAR = "look-first", "radar"
SEED, REPLICATIONS, FILMED = 11, 12, 3
TUTORIAL: Final = Path(__file__).parents[2] / "docs" / "tutorial-night.md"
_PARTED: Final = """
    SELECT looked.replication, looked.name
    FROM read_parquet($table) looked JOIN read_parquet($table) seen USING (replication, aircraft)
    WHERE looked.option = $look AND seen.option = $radar AND looked.part = 'intruder'
        AND isfinite(looked.intercepted_s) AND NOT isfinite(looked.permitted_s) AND seen.status = 'shot_down'
    ORDER BY ALL LIMIT 1
"""


class ShortStudy(NamedTuple):
    """The results, the page, and a drone met under both options, but shot down under RADAR alone."""

    folder: Path
    page: str
    night: int
    drone: str


@cache
def short_study() -> ShortStudy:
    """Run and report it; the first call of a process takes some ten seconds."""
    place = tempfile.TemporaryDirectory(prefix="holdfire-short-")
    atexit.register(place.cleanup)
    root = Path(place.name)
    scenario, results, out = root / "crossing.yaml", root / "results", root / "page.html"
    found = re.search(r"```yaml file=crossing.yaml\n(.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL)
    assert found
    scenario.write_text(found[1], "utf-8")
    asked = ["--options", f"{LOOK},{RADAR}", "--replications", str(REPLICATIONS), "--seed", str(SEED)]
    assert not command(["run", str(scenario), *asked, "--workers", "1", "--out", str(results)])
    night, drone = parted(results)
    others = [each for each in range(FILMED) if each != night]
    shown = ",".join(map(str, [night, *others][:FILMED]))
    assert not command(["report", str(results), "--nights", shown, "--workers", "1", "--no-open", "--out", str(out)])
    return ShortStudy(results, out.read_text("utf-8"), night, drone)


def parted(results: Path) -> tuple[int, str]:
    """Return the first night and drone met under both options, and shot down under RADAR as LOOK never permitted it."""
    with duckdb.connect() as connection:
        given = {"table": str(results / "aircraft.parquet"), "look": LOOK, "radar": RADAR}
        row = connection.execute(_PARTED, given).fetchone()
    assert row, "no night parts the options as the tests need it: name another SEED"
    return row[0], row[1]


def page() -> str:
    """Return the page."""
    return short_study().page

"""The page of a report: its size, how soon it can be used, and how smoothly the whole area plays in software rendering.

Opens the report given, or one made by hand with 400 other aircraft in the air at once. Prints a table, says of each bar
whether it is met, and ends with one JSON object. Wall times of one Chromium without a graphics card; the middle one of
three.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TESTS = Path(__file__).parents[1] / "tests"
ROUNDS, PLAYED_S, SPEED = 3, 5, 60
AT_MOST = {"report_mb": 15.0, "open_s": 2.0}
AT_LEAST = {"frames_per_s": 30.0}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FRAMES = """(seconds) => new Promise((done) => {
  const { view, map, duration_s } = holdfire, { width, height } = holdfire.pane(0);
  const scale = Math.min(width / map.half_width_m, height / map.half_height_m) / 2;
  Object.assign(view, { east: 0, north: 0, scale, seen: view.seen + 1 });
  holdfire.go(duration_s / 3);
  holdfire.play(true);
  let frames = -1;
  const start = performance.now();
  const count = (now) => {
    frames += 1;
    if (now - start < 1000 * seconds) return requestAnimationFrame(count);
    holdfire.play(false);
    done((1000 * frames) / (now - start));
  };
  requestAnimationFrame(count);
})"""
IN_THE_AIR = """() => {
  holdfire.draw();
  return holdfire.pane(0).cast.truth.there.reduce((sum, one) => sum + one, 0);
}"""


def made_by_hand() -> str:
    """Return a report with 400 other aircraft, which the tests know how to make."""
    sys.path.insert(0, str(TESTS))
    from support.report_document import busy

    return busy(400)


def once(browser: Browser, path: Path) -> tuple[float, float, int]:
    """Return the seconds until the first night is drawn, frames a second while it plays, and who is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    open_ms = page.evaluate("performance.getEntriesByName('holdfire-ready')[0].startTime")
    page.locator(".panes").scroll_into_view_if_needed()
    page.evaluate(f"holdfire.shown.set({{ speed: {SPEED} }})")
    frames = page.evaluate(FRAMES, PLAYED_S)
    drawn = page.evaluate(IN_THE_AIR)
    page.close()
    return open_ms / 1000, frames, drawn


def measure(path: Path) -> dict[str, Any]:
    """Return everything that this file measures, by name."""
    from playwright.sync_api import sync_playwright

    from support.browser import executable

    load = os.getloadavg()[0]
    with sync_playwright() as driver:
        found = executable(driver.chromium.executable_path)
        browser = driver.chromium.launch(executable_path=found, args=OPTIONS)
        rounds = [once(browser, path) for _ in range(ROUNDS)]
        browser.close()
    return {
        "report_mb": path.stat().st_size / 1e6,
        "open_s": statistics.median(one[0] for one in rounds),
        "frames_per_s": statistics.median(one[1] for one in rounds),
        "aircraft_in_view": rounds[0][2],
        "load": load,
    }


def held_against(name: str, value: float) -> str:
    """Return the bar of a figure and whether it is met; nothing for a figure without one."""
    if name in AT_MOST:
        return f"at most {AT_MOST[name]:g}: {'met' if value <= AT_MOST[name] else 'not met'}"
    if name in AT_LEAST:
        return f"at least {AT_LEAST[name]:g}: {'met' if value >= AT_LEAST[name] else 'not met'}"
    return ""


def main() -> None:
    """Measure, print a table, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", type=Path, help="a report; without it, one is made by hand")
    given: Path | None = parser.parse_args().report
    with tempfile.TemporaryDirectory() as folder:
        path = given.resolve() if given else Path(folder) / "report.html"
        sys.path.insert(0, str(TESTS))
        if given is None:
            path.write_text(made_by_hand(), "utf-8")
        found = measure(path)
    for name, value in found.items():
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
        print(f"{name:28}{shown:>16}  {held_against(name, value)}".rstrip())
    print(json.dumps({name: round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()

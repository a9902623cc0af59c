"""Write the tables of docs/tracker.md from what `benchmarks/track.py` printed last, kept in benchmarks/track.json.

`python benchmarks/track.py | python scripts/reference_track.py -` keeps a new run first.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from crowded_sky import SIZES  # noqa: E402
from track_bars import AT_LEAST, AT_MOST, NAMES, amount, bars  # noqa: E402

PAGE: Final = ROOT / "docs" / "tracker.md"
KEPT: Final = ROOT / "benchmarks" / "track.json"
MARKED: Final = re.compile(r"(<!-- figures -->\n).*(\n<!-- end of figures -->)", re.DOTALL)
OF_SIZE: Final = {
    "detections_per_cpu_s": "detections a CPU second",
    "stonesoup_ratio": "times Stone Soup's",
    "gospa": "GOSPA, km",
    "gospa_ratio": "GOSPA over Stone Soup's, same frames",
    "ambiguity": "ambiguity: tracks on a tracked aircraft",
    "ambiguity_over_peer": "ambiguity less Stone Soup's, same frames",
    "spuriousness": "spuriousness: share of tracks on none",
    "learning_gospa": "GOSPA, km, while it learns where radars see",
    "learning_ambiguity": "ambiguity, while it learns where radars see",
    "learning_spuriousness": "spuriousness, while it learns where radars see",
    "spuriousness_over_peer": "spuriousness less Stone Soup's, same frames",
    "stonesoup_frames": "frames that Stone Soup finished",
    "nees_straight": "average NEES over its dimension: state, straight",
    "nees_place_straight": "average NEES over its dimension: place, straight",
    "nees_other": "average NEES over its dimension: state, elsewhere",
}
OTHERS: Final = {
    "benchmark_night_s": "the benchmark's night of 7 h, CPU s",
    "growth_S_to_L": "cost of a detection, L over S",
    "soft_detections_per_cpu_s_S": "soft association, detections a CPU second, S",
    "soft_gospa_S": "soft association, GOSPA, km, S",
    "switches_hard": "switches a sky of crossings, hard",
    "switches_soft": "switches a sky of crossings, soft",
    "switches_fewer": "fewer by the soft one",
}


def tables(made: dict[str, Any]) -> str:
    """Return what the page shows of a run."""
    head = [_row("figure", *SIZES, "bar"), "|---" * (len(SIZES) + 2) + "|"]
    sized = [
        _row(word, *(_cell(made, f"{name}_{size}") for size in SIZES), _bar(name)) for name, word in OF_SIZE.items()
    ]
    other = [_row("figure", "value", "95 %", "bar"), "|---" * 4 + "|"]
    for name, word in OTHERS.items():
        low = made.get(f"{name}_low")
        high = None if low is None else 2 * made[name] - low
        bar = f"{name}_low" if f"{name}_low" in NAMES else name
        interval = "-" if low is None else f"{_number(low)} to {_number(high)}"
        said = "; ".join(f"{text}: {met}" for text, met in bars(bar, made[bar]))
        other.append(
            _row(word, _number(made[name]), interval, said.replace("at least 0:", "above 0 with 95 %:") or "-")
        )
    sizes = [_row("size", "aircraft", "false plots a turn of each radar", "seconds"), "|---" * 4 + "|"]
    sizes += [_row(size, *(f"{number:,}" for number in numbers)) for size, numbers in SIZES.items()]
    why = sorted(set(made["not_measured"].values()))
    left = ["", f"Not measured: {'; '.join(why)}."] if why else []
    return "\n".join([*sizes, "", *head, *sized, "", *other, *left])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    if value is None:
        return "not measured"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _cell(made: dict[str, Any], name: str) -> str:
    held = {met for _, met in bars(name, made[name])} - {"not measured"}
    return _number(made[name]) + (", **not met**" if "not met" in held else ", met" if held else "")


def _bar(name: str) -> str:
    """Return the bars of a figure, each with the sizes that it is for."""
    found = dict[str, list[str]]()
    for word, table in (("at least", AT_LEAST), ("at most", AT_MOST)):
        for size in SIZES:
            if f"{name}_{size}" in table:
                found.setdefault(f"{word} {amount(table[f'{name}_{size}'])}", []).append(size)
    return "; ".join(bar if len(of) == len(SIZES) else f"{bar} ({', '.join(of)})" for bar, of in found.items()) or "-"


def main() -> None:
    """Keep a new run where it is given, and write the page."""
    if sys.argv[1:] == ["-"]:
        made = json.loads(sys.stdin.read().splitlines()[-1])
        KEPT.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    shown = tables(json.loads(KEPT.read_text(encoding="utf-8")))
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MARKED.sub(lambda found: f"{found[1]}{shown}{found[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()

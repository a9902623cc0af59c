"""What `track.py` measures by name, which bars it is held against, and how that is said: met, not met, not measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    Found = Mapping[str, float | str]
    """Of each name what was measured, or in words why it was not."""

SIZES: Final = "SML"
LEFT_OUT: Final = "left out by --quick"
OF_PEER: Final = (
    "stonesoup_gospa", "stonesoup_ambiguity", "stonesoup_spuriousness", "stonesoup_frames", "stonesoup_last_frame_s",
    "ambiguity_over_peer", "spuriousness_over_peer", "gospa_ratio", "stonesoup_ratio",
)  # fmt: skip
"""Of each size, what needs Stone Soup."""
_OF_SIZE: Final = (
    "detections_per_cpu_s", "gospa", "ambiguity", "spuriousness", "nees_straight", "nees_place_straight", "nees_other",
    "learning_gospa", "learning_ambiguity", "learning_spuriousness", *OF_PEER,
)  # fmt: skip
NAMES: Final = (
    "load", "gospa_c_km", "gospa_p", "gospa_alpha", "benchmark_night_s",
    *(f"{name}_{size}" for size in SIZES for name in _OF_SIZE),
    "soft_detections_per_cpu_s_S", "soft_gospa_S", "soft_ambiguity_S", "soft_spuriousness_S",
    "switches_hard", "switches_soft", "switches_fewer", "switches_fewer_low", "growth_S_to_L",
)  # fmt: skip
"""Every figure, in the order in which they are printed."""
AT_LEAST: Final = {
    "detections_per_cpu_s_S": 1e6, "detections_per_cpu_s_M": 1e6, "detections_per_cpu_s_L": 6e5,
    "stonesoup_ratio_M": 2500, "soft_detections_per_cpu_s_S": 5e4, "switches_fewer_low": 0.0,
} | {f"nees_straight_{size}": 0.8 for size in SIZES}  # fmt: skip
AT_MOST: Final = {"growth_S_to_L": 2.0, "benchmark_night_s": 2.5} | {
    f"{name}_{size}": most for size in SIZES for name, most in (
        ("nees_straight", 1.3), ("gospa_ratio", 0.85), ("ambiguity_over_peer", 0.0), ("spuriousness_over_peer", 0.0),
    )
}  # fmt: skip


def amount(value: float) -> str:
    """Return the number of a bar in full."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def bars(name: str, value: float | None) -> list[tuple[str, str]]:
    """Return each bar of a figure in words, and whether it is met; nothing for a figure without one."""
    found = []
    for word, table, sign in (("least", AT_LEAST, 1.0), ("most", AT_MOST, -1.0)):
        if name in table:
            met = "not measured" if value is None else "met" if sign * (value - table[name]) >= 0.0 else "not met"
            found.append((f"at {word} {amount(table[name])}", met))
    return found


def told(found: Found) -> tuple[list[str], bool]:
    """Return the lines of the table, the last of them the JSON object, and whether no bar is missed.

    The object has every name; what was not measured is null, and `not_measured` says why.
    """
    lines, all_met, values = list[str](), list[str](), dict[str, float | None]()
    for name in NAMES:
        measured = found[name]
        values[name] = None if isinstance(measured, str) else measured
    for name, value in values.items():
        held = bars(name, value)
        all_met += [met for _, met in held]
        shown = "null" if value is None else f"{value:,.4g}"
        said = ", ".join(f"{bar}: {met}" for bar, met in held)
        why = f"({found[name]})" if value is None else ""
        lines.append(f"{name:32}{shown:>16}  {said} {why}".rstrip())
    lines.append("bars: " + ", ".join(f"{all_met.count(met)} {met}" for met in ("met", "not met", "not measured")))
    rounded = {name: None if value is None else round(value, 4) for name, value in values.items()}
    lines.append(json.dumps(rounded | {"not_measured": {n: w for n, w in found.items() if isinstance(w, str)}}))
    return lines, "not met" not in all_met

"""What a field of microphones hears.

Sound falls off with the square of distance and by what air absorbs (ISO 9613-2:1996, sections 7.1 and 7.2, with the
coefficients of ISO 9613-1 of its table 2). Ground, obstacles and refraction are not in it; what they and turbulence do
to a level is a normal deviate in dB, whose size is that of a sound that arrives by many paths, 5.6 dB (I. Dyer,
"Statistics of sound propagation in the ocean", J. Acoust. Soc. Am. 48, 1970). It stays for a while for each node. Sound
takes its time: a plot lies where the aircraft was when the nearest node's sound left it, and says so in its error.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.plot import NO_CODE
from holdfire.seed import Key, normal_pair, uniform
from holdfire.sense.field_layout import NODES, PLACE

if TYPE_CHECKING:
    import numpy as np

    from holdfire.sense.field_layout import Fields

SOUND_M_S = 340.0
"""Speed of sound at 15 °C (ISO 2533)."""


@kernel
def level_db(source_db: float, range_m: float, absorption_db_m: float) -> float:
    """Return the level at a range of what has `source_db` at 1 m, spread over a sphere, dB."""
    return source_db - 20.0 * math.log10(max(range_m, 1.0)) - absorption_db_m * range_m


@kernel
def clears(margin_db: float, spread_db: float) -> float:
    """Return the chance that a level clears a threshold which its mean exceeds by a margin."""
    return 0.5 * math.erfc(-margin_db / (math.sqrt(2.0) * spread_db))


@kernel
def earshot_m(source_db: float, least_db: float, absorption_db_m: float) -> float:
    """Return a range from which a level is no longer above `least_db`, at most 30 % too far."""
    range_m = 1000.0
    while level_db(source_db, range_m, absorption_db_m) > least_db:
        range_m *= 1.3
    return range_m


@kernel
def span(place_m: float, reach_m: float, corner_m: float, cell_m: float, count: int) -> tuple[int, int]:
    """Return the first row or column within reach of a place, and one behind the last."""
    first = math.floor((place_m - reach_m - corner_m) / cell_m)
    return max(first, 0), min(math.floor((place_m + reach_m - corner_m) / cell_m) + 1, count)


@kernel
def place_report(  # noqa: PLR0913
    kind: int, time_s: float, x_m: float, y_m: float, vxx: float, vxy: float, vyy: float, out: np.void
) -> None:
    """Write a plot of one kind that knows a place and nothing else."""
    out["kinds"], out["asked"], out["iff"], out["mode_a"], out["address"] = kind, 0, 0, NO_CODE, 0
    out["time_s"], out["x_m"], out["y_m"], out["h_m"], out["var_h_m2"] = time_s, x_m, y_m, math.nan, math.nan
    out["var_x_m2"], out["cov_xy_m2"], out["var_y_m2"] = vxx, vxy, vyy


@kernel
def hear(  # noqa: PLR0913
    fields: Fields,
    field: np.void,
    radar: np.void,
    target: np.void,
    source_db: float,
    tick: int,
    time_s: float,
    key: Key,
    out: np.void,
) -> int:
    """Listen once to one aircraft; write the plot and return 1 if nodes enough heard it, else 0.

    The error falls with each further node (assumed): half a spacing by two, over the number of the others by more.
    """
    if target["h_m"] > field["ceiling_m"]:
        return 0
    x_m, y_m, absorbs, columns = target["x_m"], target["y_m"], field["absorption_db_m"], field["columns"]
    reach_m = earshot_m(source_db, field["least_db"] - 3.0 * field["spread_db"], absorbs)
    left, right = span(x_m, reach_m, field["west_m"], field["cell_m"], columns)
    low, high = span(y_m, reach_m, field["south_m"], field["cell_m"], field["rows"])
    entity, own, spell = target["entity"], radar["stream"], tick // field["holds_ticks"]
    heard, nearest_m = 0, math.inf
    for row in range(low, high):
        for column in range(left, right):
            cell = row * columns + column
            node = fields.node[field["first"] + cell]
            east_m, north_m = node[0] - x_m, node[1] - y_m
            slant_m = math.sqrt(east_m * east_m + north_m * north_m + target["h_m"] * target["h_m"])
            if slant_m <= reach_m:  # false where there is no node
                chance = clears(level_db(source_db, slant_m, absorbs) - field["least_db"], field["spread_db"])
                draw = NODES + cell
                if uniform(key.seed, key.branch, spell, entity, own, draw, key.replication) < chance * field["works"]:
                    heard, nearest_m = heard + 1, min(nearest_m, slant_m)
    if heard < field["needed"]:
        return 0
    late_s, sd_m = nearest_m / SOUND_M_S, max(field["sd_m"], 0.5 * field["cell_m"] / (heard - 1))
    lag_m, back_m = late_s * field["lag_speed_m_s"], late_s * target["speed_m_s"]
    east, north = normal_pair(key.seed, key.branch, tick, entity, own, PLACE, key.replication)
    x_m += sd_m * east - back_m * math.sin(target["heading_rad"])
    y_m += sd_m * north - back_m * math.cos(target["heading_rad"])
    variance = sd_m * sd_m + lag_m * lag_m
    place_report(radar["kinds"], time_s, x_m, y_m, variance, 0.0, variance, out)
    return 1

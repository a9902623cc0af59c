"""What direction finders intercept of what an aircraft sends.

Free space to the radio horizon: ITU-R P.525, which is Friis's (H. T. Friis, Proc. IRE 34, 1946) for
isotropic antennas, `32.44 + 20 log f (MHz) + 20 log d (km)` dB. Obstacles and reflections are a normal deviate in dB. A
bearing alone has no place that a tracker could take, so nothing is reported before two stations or more intercept; the
place where bearings cross has the error of R. G. Stansfield, "Statistical theory of D.F. fixing", J. IEE 94, 1947:
the inverse of the sum of what each bearing tells across its line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.horizon import horizon_m
from holdfire.seed import Key, normal_pair, uniform
from holdfire.sense.acoustic import clears, place_report, span
from holdfire.sense.field_layout import NODES, PLACE

if TYPE_CHECKING:
    import numpy as np

    from holdfire.sense.field_layout import Fields


@kernel
def received_dbm(power_mw: float, frequency_ghz: float, range_m: float) -> float:
    """Return what an isotropic antenna receives in free space, dBm (ITU-R P.525)."""
    loss_db = 32.44 + 20.0 * math.log10(1e3 * frequency_ghz) + 20.0 * math.log10(max(range_m, 1.0) / 1e3)
    return 10.0 * math.log10(power_mw) - loss_db


@kernel
def intercept(  # noqa: PLR0913, PLR0915
    fields: Fields,
    field: np.void,
    radar: np.void,
    target: np.void,
    platform: np.void,
    tick: int,
    time_s: float,
    key: Key,
    out: np.void,
) -> int:
    """Search once for one aircraft; write the plot and return 1 if bearings enough cross well enough, else 0."""
    power_mw, frequency_ghz = platform["emits_mw"], platform["emits_ghz"]
    if power_mw <= 0.0 or not field["low_ghz"] <= frequency_ghz <= field["high_ghz"]:
        return 0
    x_m, y_m, columns, least_dbm = target["x_m"], target["y_m"], field["columns"], field["least_db"]
    reach_m = horizon_m(field["mast_m"], target["h_m"])
    left, right = span(x_m, reach_m, field["west_m"], field["cell_m"], columns)
    low, high = span(y_m, reach_m, field["south_m"], field["cell_m"], field["rows"])
    entity, own = target["entity"], radar["stream"]
    found, xx, xy, yy = 0, 0.0, 0.0, 0.0
    for row in range(low, high):
        for column in range(left, right):
            cell = row * columns + column
            node = fields.node[field["first"] + cell]
            east_m, north_m = node[0] - x_m, node[1] - y_m
            ground_m = math.sqrt(east_m * east_m + north_m * north_m)
            if ground_m <= reach_m:  # false where there is no node
                slant_m = math.sqrt(ground_m * ground_m + (target["h_m"] - field["mast_m"]) ** 2)
                margin_db = received_dbm(power_mw, frequency_ghz, slant_m) - least_dbm
                draw = NODES + cell
                share = uniform(key.seed, key.branch, tick, entity, own, draw, key.replication)
                if share < clears(margin_db, field["spread_db"]):
                    across_m = max(ground_m, 1.0) * field["bearing_sd_rad"]
                    weight = 1.0 / (max(ground_m, 1.0) * across_m) ** 2
                    xx += weight * north_m * north_m
                    xy -= weight * north_m * east_m
                    yy += weight * east_m * east_m
                    found += 1
    determinant = xx * yy - xy * xy
    widest_m2 = field["fix_sd_m"] * field["fix_sd_m"]
    if found < field["needed"] or max(xx, yy) > widest_m2 * determinant:  # the larger variance is beyond it
        return 0
    least_m2 = field["sd_m"] * field["sd_m"]
    vxx, vxy, vyy = yy / determinant + least_m2, -xy / determinant, xx / determinant + least_m2
    first, second = normal_pair(key.seed, key.branch, tick, entity, own, PLACE, key.replication)
    sd_m = math.sqrt(vxx)
    x_m += sd_m * first
    y_m += vxy / sd_m * first + math.sqrt(vyy - vxy * vxy / vxx) * second
    place_report(radar["kinds"], time_s, x_m, y_m, vxx, vxy, vyy, out)
    return 1

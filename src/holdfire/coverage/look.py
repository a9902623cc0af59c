"""The chance that one look of a sensor gives a plot, by the functions that a night draws from.

`sense.scan` decides by draws of these chances; a test counts what it decides and holds the two together. A camera is
taken to be turned to the aircraft in every period.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.horizon import horizon_m
from holdfire.sense.acoustic import clears, earshot_m, level_db, span
from holdfire.sense.eyes import resolved
from holdfire.sense.field_layout import Way
from holdfire.sense.imager import finest_rad, in_field
from holdfire.sense.mask import hidden
from holdfire.sense.plotting import chance
from holdfire.sense.surface import surround
from holdfire.sense.weather import clear_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.sense.field_layout import Fields
    from holdfire.sense.layout import Sensors

_ACOUSTIC = int(Way.ACOUSTIC)


@kernel
def looks(  # noqa: PLR0913
    sensors: Sensors,
    stands: Records,
    targets: Records,
    platforms: Records,
    wanted: NDArray[np.bool_],
    room: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Write the chance [sensor, aircraft] of a plot in one look of each sensor that is wanted, while it works.

    `stands` has one record of each sensor; `room` is for counts of nodes, longer than any network needs.
    """
    for s in range(sensors.radar.size):
        if not wanted[s]:
            continue
        for i in range(targets.size):
            out[s, i] = one_look(sensors, s, stands[s], targets[i], platforms[0], room)


@kernel
def one_look(
    sensors: Sensors, s: int, stand: np.void, target: np.void, platform: np.void, room: NDArray[np.float64]
) -> float:
    """Return the chance that one look of a sensor at an aircraft gives a plot."""
    radar, field, imager = sensors.radar[s], sensors.fields.row[s], sensors.imagers[s]
    if field["way"] == _ACOUSTIC:
        return heard(sensors.fields, field, target, platform["noise_db"], room)
    if not in_field(radar, stand, target) or hidden(sensors.screen, s, target):
        return 0.0
    east_m, north_m, up_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"], target["h_m"] - stand["h_m"]
    ground_m = max(math.sqrt(east_m * east_m + north_m * north_m), 1.0)
    if imager["dwell_ticks"] > 0:
        slant_m = math.sqrt(ground_m * ground_m + up_m * up_m)
        clear = clear_share(sensors.clouds, min(stand["h_m"], target["h_m"]), max(stand["h_m"], target["h_m"]))
        cycle_rad = finest_rad(imager, slant_m)
        return (
            clear * resolved(platform["size_m"], slant_m, cycle_rad, imager["needed"][0])
            if cycle_rad < math.inf
            else 0.0
        )
    if radar["snr_m2"] <= 0.0 or ground_m > radar["primary_m"]:
        return 0.0
    surround(sensors, radar, stand, target)
    return chance(radar, stand, target, platform, ground_m, horizon_m(stand["h_m"], target["h_m"]))


@kernel
def heard(fields: Fields, field: np.void, target: np.void, source_db: float, room: NDArray[np.float64]) -> float:
    """Return the chance that nodes enough hear an aircraft, each by itself, as `acoustic.hear` draws it.

    `room[k]` becomes the chance that k do, told as far as is needed: the sum of unlike trials, one after another.
    """
    if target["h_m"] > field["ceiling_m"]:
        return 0.0
    absorbs, x_m, y_m, needed = field["absorption_db_m"], target["x_m"], target["y_m"], field["needed"]
    reach_m = earshot_m(source_db, field["least_db"] - 3.0 * field["spread_db"], absorbs)
    left, right = span(x_m, reach_m, field["west_m"], field["cell_m"], field["columns"])
    low, high = span(y_m, reach_m, field["south_m"], field["cell_m"], field["rows"])
    room[:needed] = 0.0
    room[0] = 1.0
    for row in range(low, high):
        for column in range(left, right):
            node = fields.node[field["first"] + row * field["columns"] + column]
            east_m, north_m = node[0] - x_m, node[1] - y_m
            slant_m = math.sqrt(east_m * east_m + north_m * north_m + target["h_m"] * target["h_m"])
            if slant_m <= reach_m:  # false where there is no node
                margin_db = level_db(source_db, slant_m, absorbs) - field["least_db"]
                p = clears(margin_db, field["spread_db"]) * field["works"]
                for k in range(needed - 1, 0, -1):
                    room[k] += (room[k - 1] - room[k]) * p
                room[0] -= room[0] * p
    left_over = 1.0
    for k in range(needed):
        left_over -= room[k]
    return max(left_over, 0.0)

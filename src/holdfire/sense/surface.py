"""What lies below and before an aircraft when a radar looks at it: ground, sea, wind farms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.geo.sea import is_sea
from holdfire.sense.sea import reflectivity_db
from holdfire.sense.windfarm import left_by_farms

if TYPE_CHECKING:
    import numpy as np

    from holdfire.sense.layout import Sensors


@kernel
def surround(sensors: Sensors, radar: np.void, stand: np.void, target: np.void) -> None:
    """Write into `stand` what echoes beside an aircraft, and what is left of its own echo.

    The sea echoes as far as the antenna sees it, and ground as far as is stated. The sea's share of the noise is that
    of a cell at the aircraft's range: the radar equation, with the propagation that is in the reflectivity already.
    """
    stand["clutter_m"], stand["residue_m2"] = radar["clutter_m"], radar["residue_m2"]
    stand["sea_noise"], stand["left"] = 0.0, 1.0
    if sensors.farms.size > 0:
        stand["left"] = left_by_farms(sensors.farms, radar, stand, target)
    if sensors.sea_state >= 0.0 and radar["sea_m"] > 0.0 and is_sea(sensors.water, target["x_m"], target["y_m"]):
        range_m = max(math.hypot(target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]), 1.0)
        grazing = math.atan(stand["h_m"] / range_m) - range_m / (2.0 * EFFECTIVE_RADIUS_M)
        reflected = reflectivity_db(radar["sea_vertical"], radar["log_ghz"], sensors.sea_state, grazing)
        echo_m2 = math.pow(10.0, 0.1 * reflected) * radar["sea_m"] * range_m
        slant_m2 = range_m * range_m + stand["h_m"] * stand["h_m"]
        stand["clutter_m"], stand["residue_m2"] = horizon_m(stand["h_m"], 0.0), 0.0
        stand["sea_noise"] = radar["snr_m2"] * echo_m2 / (slant_m2 * slant_m2)

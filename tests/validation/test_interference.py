"""False broadcasts against the radio horizon of a round Earth."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.sense.interference_prepare import FIRST_ADDRESS, with_interference
from holdfire.sense.interference_schema import InterferenceModel
from support.sensed import FRAME, mast, sky, watch


@pytest.mark.parametrize(("mast_m", "height_m"), [(10.0, 100.0), (20.0, 500.0), (30.0, 1000.0)])
def test_a_ghost_is_heard_as_far_as_an_aircraft_at_its_height_would_be(mast_m: float, height_m: float) -> None:
    # 4.12 (sqrt h1 + sqrt h2) km, textbook, 4/3 Earth; a ghost 3 km a look crosses it
    entry = {
        "id": "g", "kind": "ghosts", "number": 1, "from": [FRAME.lat_deg, FRAME.lon_deg - 3.0],
        "to": [FRAME.lat_deg, FRAME.lon_deg], "speed_m_s": 100, "height_m": height_m, "until_h": 3, "source": ["a"],
    }  # fmt: skip
    made = mast("ads-b-station", mast_m=mast_m, replies=1.0)
    made = with_interference(made, [InterferenceModel.model_validate(entry)], FRAME, (300e3, 300e3))
    plot = watch(made, sky(1, status=2), 2400).plot
    farthest_km = np.hypot(plot["x_m"], plot["y_m"])[plot["address"] == FIRST_ADDRESS].max() / 1000
    assert farthest_km == pytest.approx(4.12 * (mast_m**0.5 + height_m**0.5), abs=1.2)

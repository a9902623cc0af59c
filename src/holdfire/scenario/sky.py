"""What a scenario's night and interference name on the shelves, and whether a transmitter reaches the area at all."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from pydantic import ValidationError

from holdfire.catalogue import load_interference, load_weather
from holdfire.errors import Finding
from holdfire.logic.checks import mappings
from holdfire.sense.interference_entry import looked_up as line_looked_up
from holdfire.sense.interference_schema import InterferenceModel
from holdfire.sense.weather_entry import under
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from holdfire.logic.checks import Raw
    from holdfire.scenario.references import Named
    from holdfire.scenario.schema import Scenario
    from holdfire.world.setting import Setting


def looked_up(scenario: Scenario, near: Path | None) -> Scenario:
    """Return a sound scenario with the sky and the interference that it names spelled out; paths from `near`."""
    night = scenario.night
    return scenario.model_copy(
        update={
            "night": under(night, load_weather(night.weather, near)) if night.weather else night,
            "interference": [
                line_looked_up(each, load_interference(each.model, near)) if each.model else each
                for each in scenario.interference
            ],
        }
    )


def out_of_reach(data: Raw, named: Named, setting: Setting) -> Iterator[Finding]:
    """Yield a finding for each transmitter that reaches nothing of the area; it may itself stand beyond."""
    for index, entry in mappings(data.get("interference")):
        try:
            line = InterferenceModel.model_validate(entry)
            if line.model and (model := named.get("interference", line.model)):
                line = line_looked_up(line, model)
        except ValidationError:  # told elsewhere
            continue
        if line.at is None or line.reach_km is None:
            continue
        x_m, y_m = setting.frame.to_local(*line.at)
        beyond = (max(abs(at) - float(half), 0.0) for at, half in zip((x_m, y_m), setting.half_m, strict=True))
        short_km = hypot(*beyond) / KM_M - line.reach_km
        if short_km > 0:
            ends = f"its reach of {line.reach_km:g} km ends {short_km:.0f} km short of the area"
            text = f"{ends}: move it, or raise reach_km"
            yield Finding(("interference", index, "at"), text)

"""Every option of the catalogue that adds sensors can be laid down in every scenario where it makes sense."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import ids, load_option
from holdfire.coverage.kits import KITS, Place, entries
from holdfire.coverage.laydown import lay_down
from holdfire.scenario.change import NoSenseError
from holdfire.scenario.load import load_scenario

if TYPE_CHECKING:
    from holdfire.scenario.load import Loaded

LARGE = "eastern-flank"  # the whole flank takes ten seconds an option; its darkness is a word
ADDS = [name for name in ids("options") if (made := load_option(name).changes).stand or made.spread]


@cache
def loaded(scenario: str) -> Loaded:
    return load_scenario(scenario)


@pytest.mark.parametrize("option", ADDS)
@pytest.mark.parametrize("scenario", [name for name in ids("scenarios") if name != LARGE])
def test_sensors_that_an_option_adds_are_laid_down(scenario: str, option: str) -> None:
    try:
        made = load_scenario(scenario, [option])
    except NoSenseError:
        return
    here, before = made.under(option), loaded(scenario).scenario
    named = {each.id for each in here.sensors} - {each.id for each in before.sensors}
    deaf = {each.id for each in here.sensors if each.model == "rf-detector"}  # an intruder is silent
    assert named - deaf
    assert named - deaf <= set(lay_down(here, made.folder).names)


@pytest.mark.parametrize(
    "scenario", [name for name in ids("scenarios") if loaded(name).scenario.night.darkness == "auto"]
)
def test_microphones_placed_in_a_computed_light_are_laid_down(scenario: str) -> None:
    here = loaded(scenario)
    lat_deg, lon_deg = here.scenario.area.centre_lat_deg, here.scenario.area.centre_lon_deg
    corners = [[lat_deg + up, lon_deg + right] for up, right in ((0, 0), (0.1, 0), (0.1, 0.15), (0, 0.15))]
    ears, _ = entries(KITS["acoustic"], Place("here", [lat_deg, lon_deg], corners), here.scenario.duration_h)
    more = here.scenario.model_copy(update={"sensors": [*here.scenario.sensors, *ears]})
    assert "here-ears" in lay_down(more, here.folder).names

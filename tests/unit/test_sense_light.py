"""How light a night is, and what that does to eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from holdfire.logic.parse import check
from holdfire.sense.eyes import eyes_for
from holdfire.sense.light import STARLIGHT_LX, WORDS_LX, cycle_mrad, in_a_word, lux, under_cloud
from holdfire.sense.schema import NightModel
from holdfire.sense.sight import SightModel
from holdfire.sense.weather import clear_share, cloud_rows
from support.sensed import LIBRARY

FULL_MOON = datetime(2025, 9, 7, 22, tzinfo=UTC)
NEW_MOON = datetime(2025, 9, 21, 22, tzinfo=UTC)
WARSAW = 52.2, 21.0


def night(**fields: Any) -> NightModel:
    usual = {"darkness": "auto", "clouds": [], "visibility_km": 20.0, "source": ["s"]}
    return NightModel(**{**usual, **fields})


def told(**fields: Any) -> str:
    usual: dict[str, Any] = {"darkness": "night", "visibility_km": 20.0, "source": ["s"]}
    return "\n".join(finding.text for finding in check(NightModel, usual | fields))


def light(when: datetime = FULL_MOON, **fields: Any) -> float | None:
    return lux(night(**fields), when, *WARSAW)


def test_without_a_moon_the_word_for_the_light_stands() -> None:
    for darkness in ("day", "twilight", "night"):
        assert light(darkness=darkness) is None
    sight = LIBRARY["eyes"].stated
    assert isinstance(sight, SightModel)
    assert [cycle_mrad(sight.eye, word, None) for word in ("day", "twilight", "night")] == [0.6, 2.5, 8.0]


def test_light_is_computed_where_it_is_asked_for() -> None:
    full, new, noon = light(), light(NEW_MOON), light(FULL_MOON.replace(hour=11))
    assert full is not None
    assert new is not None
    assert noon is not None
    assert 0.03 < full < 0.3
    assert new == pytest.approx(STARLIGHT_LX)
    assert 20_000 < noon < 100_000


def test_a_moon_that_is_stated_is_taken() -> None:
    full = {"illuminated": 1.0, "altitude_deg": 40.0}
    stated = light(NEW_MOON, moon=full)
    assert stated == light(NEW_MOON, moon=full, darkness="night")
    assert stated is not None
    assert stated > 0.1
    assert light(moon=full, darkness="day") is None
    assert light(moon={"illuminated": 1.0, "altitude_deg": -5.0}) == STARLIGHT_LX


@pytest.mark.parametrize(("light_lx", "word"), [(5e4, "day"), (400.0, "day"), (20.0, "twilight"), (0.2, "night")])
def test_a_computed_light_has_a_word_for_those_who_go_by_words(light_lx: float, word: str) -> None:
    assert in_a_word(night(), light_lx).darkness == word


def test_a_word_that_was_given_stands() -> None:
    assert in_a_word(night(darkness="twilight"), 5e4).darkness == "twilight"


def test_cloud_takes_light() -> None:
    # Kasten and Czeplak 1980: an overcast sky leaves a quarter.
    assert under_cloud([]) == 1.0
    assert under_cloud([1.0, 0.3]) == pytest.approx(0.25)
    assert under_cloud([0.5]) == pytest.approx(1 - 0.75 * 0.5**3.4)
    clear, overcast = light(), light(clouds=[{"base_m": 500, "top_m": 900, "cover": 1.0}])
    assert clear is not None
    assert overcast is not None
    assert overcast - STARLIGHT_LX == pytest.approx(0.25 * (clear - STARLIGHT_LX))


def test_moonlight_lies_between_the_words_and_stars_and_sun_at_their_ends() -> None:
    sight = LIBRARY["eyes"].stated
    assert isinstance(sight, SightModel)
    for word, word_lx in WORDS_LX.items():
        assert cycle_mrad(sight.eye, "auto", word_lx) == pytest.approx(getattr(sight.eye, f"{word}_mrad").value)
    angles = [cycle_mrad(sight.eye, "auto", each) for each in (1e-5, 0.001, 0.01, 0.2, 3.4, 400, 1e5)]
    assert angles == sorted(angles, reverse=True)
    assert angles[:2] == pytest.approx([8.0, 8.0])
    assert angles[-2:] == pytest.approx([0.6, 0.6])
    assert 2.5 < angles[3] < 4.5


def test_crews_see_better_by_the_moon() -> None:
    stars, moon = (eyes_for(night(), LIBRARY, 1.0, each).cycle_rad for each in (STARLIGHT_LX, 0.2))
    assert moon[0] < 0.6 * stars[0]
    assert moon[1] == pytest.approx(stars[1])  # heat does not mind


def test_one_layer_of_cloud_and_several() -> None:
    rows = cloud_rows(night(clouds=None, cloud_base_m=1500.0, cloud_cover=0.4), 1000.0)
    assert rows.tolist() == [[1500.0, 2500.0, 0.4]]
    assert cloud_rows(night(), 1000.0).shape == (0, 3)
    two = cloud_rows(night(clouds=[{"base_m": 500, "top_m": 900, "cover": 0.5},
                                   {"base_m": 3000, "top_m": 4000, "cover": 0.2}]), 0.0)  # fmt: skip
    crossed = {(100, 5000): 0.4, (100, 700): 0.5, (1000, 2000): 1.0, (3500, 3500): 0.8}
    assert [clear_share(two, float(low), float(high)) for low, high in crossed] == pytest.approx(list(crossed.values()))
    assert np.array_equal(two[:, 2], [0.5, 0.2])


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "cloud_base_m, cloud_cover missing: say how cloudy it is, list layers under clouds, or name"),
        ({"cloud_base_m": 500.0}, "cloud_cover missing"),
        ({"cloud_base_m": 500.0, "cloud_cover": 0.3, "clouds": []}, "not both"),
        ({"clouds": [{"base_m": 900, "top_m": 500, "cover": 1}]}, "top_m is 500: it must be more than base_m, 900"),
        ({"clouds": [], "moon": {"illuminated": 1.4, "altitude_deg": 20}}, "illuminated is 1.4: it must be at most 1"),
        ({"clouds": [], "moon": {"illuminated": 1.0}}, "'altitude_deg' is missing"),
        ({"clouds": [], "darkness": "dusk"}, "darkness 'dusk' is not one of day, twilight, night, auto"),
    ],
)
def test_a_sky_that_cannot_be_is_refused(fields: dict[str, Any], text: str) -> None:
    assert text in told(**fields)

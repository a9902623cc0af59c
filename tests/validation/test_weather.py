"""The skies that ship against the definitions of who reports the weather, and haze against its law."""

from __future__ import annotations

from math import exp

import pytest

from holdfire.catalogue import ids, load_weather
from holdfire.sense.schema import NightModel
from holdfire.sense.weather import clear_share, cloud_rows, haze_per_m
from holdfire.sense.weather_entry import under

SKIES = {
    name: under(NightModel(darkness="night", weather=name, source=["a"]), load_weather(name)) for name in ids("weather")
}


@pytest.mark.parametrize("name", SKIES)
@pytest.mark.parametrize("left", [0.02, 0.05])  # Koschmieder's threshold, and that of WMO's optical range
def test_at_the_visibility_the_stated_contrast_is_left(name: str, left: float) -> None:
    night = SKIES[name]
    assert exp(-haze_per_m(night, left) * night.visibility_m()) == pytest.approx(left)


def test_the_range_in_haze_is_that_of_the_law() -> None:
    # 3.912 / visibility, the textbook form of Koschmieder's law for a threshold of 2 %
    assert haze_per_m(SKIES["cavok"], 0.02) == pytest.approx(3.912 / 10_000, rel=1e-4)


@pytest.mark.parametrize("name", ["cavok", "moonlit"])
def test_clear_skies_are_what_airports_report_as_cavok(name: str) -> None:
    assert SKIES[name].visibility_m() >= 10_000
    assert all(each.base_m >= 5000 * 0.3048 for each in SKIES[name].layers(0.0))


@pytest.mark.parametrize(("name", "base_m"), [("low-stratus", 2000.0), ("dense-fog", 0.0)])
def test_low_cloud_is_overcast_and_as_low_as_the_atlas_says(name: str, base_m: float) -> None:
    (layer,) = SKIES[name].layers(0.0)
    assert layer.base_m <= base_m
    assert layer.cover == 1.0


@pytest.mark.parametrize(("name", "low_m", "high_m"), [("low-stratus", 250.0, 600.0), ("dense-fog", 0.0, 150.0)])
def test_a_closed_layer_hides_what_is_in_it_and_beyond_it_and_nothing_else(
    name: str, low_m: float, high_m: float
) -> None:
    clouds = cloud_rows(SKIES[name], 0.0)
    assert clear_share(clouds, high_m + 10.0, 5000.0) == 1.0
    assert clear_share(clouds, (low_m + high_m) / 2, 5000.0) == 0.0
    assert clear_share(clouds, max(low_m - 100.0, 0.0), 5000.0) == 0.0


def test_the_moon_of_the_moonlit_night_culminates_at_the_colatitude() -> None:
    moon = SKIES["moonlit"].moon
    assert moon is not None
    assert moon.altitude_deg == 90.0 - 55.0
    assert [name for name, night in SKIES.items() if night.moon] == ["moonlit"]

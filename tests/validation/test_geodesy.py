"""Geodesy and geography against published figures."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, sin

import pytest

from holdfire.geo.airports import airport
from holdfire.geo.frame import Frame, distance_m
from holdfire.geo.horizon import horizon_m

FLINDERS_PEAK = -(37 + 57 / 60 + 3.72030 / 3600), 144 + 25 / 60 + 29.52440 / 3600
BUNINYONG = -(37 + 39 / 60 + 10.15610 / 3600), 143 + 55 / 60 + 35.38390 / 3600


def test_the_line_of_the_australian_technical_manual() -> None:
    # ICSM, Geocentric Datum of Australia technical manual, chapter 4: 54,972.271 m at 306°52'05.37" (on GRS 80, whose
    # flattening differs from that of WGS 84 in the ninth digit).
    x, y = Frame(*FLINDERS_PEAK).to_local(*BUNINYONG)
    assert hypot(x, y) == pytest.approx(54_972.271, abs=0.001)
    assert degrees(atan2(x, y)) % 360 == pytest.approx(306 + 52 / 60 + 5.37 / 3600, abs=0.01 / 3600)


def test_the_examples_of_karney() -> None:
    # geographiclib's documentation: Wellington to Salamanca. Karney 2013, table 2: 10,000 km from 40° north at 30°.
    assert distance_m(-41.32, 174.81, 40.96, -5.50) == pytest.approx(19_959_679.267, abs=0.001)
    place = Frame(40.0, 0.0).to_geographic(1e7 * sin(pi / 6), 1e7 * cos(pi / 6))
    assert place == pytest.approx((41.79331020506, 137.84490004377), abs=1e-9)


def test_a_quarter_of_the_meridian() -> None:
    assert distance_m(0.0, 0.0, 90.0, 0.0) == pytest.approx(10_001_965.7293, abs=0.001)  # WGS 84


@pytest.mark.parametrize(
    ("base", "place", "km"),
    [
        ("EEEI", (59.8142, 26.3619), 136),  # Ämari to Vaindloo
        ("LR80", (45.4230, 29.2890), 168),  # Fetești to Chilia Veche
        ("LRCK", (45.4230, 29.2890), 134),  # Mihail Kogălniceanu to Chilia Veche
        ("EYSA", (58.6525, 25.9706), 344),  # Šiauliai to Põltsamaa
        ("EYSA", (56.5100, 27.3300), 253),  # to Rēzekne
        ("EYSA", (54.6341, 25.2858), 184),  # to Vilnius airport
        ("EPLK", (51.5520, 23.3500), 289),  # Łask to Wyryki
        ("EPKS", (51.5520, 23.3500), 446),  # Krzesiny to Wyryki
    ],
)
def test_the_distances_that_scrambles_flew(base: str, place: tuple[float, float], km: float) -> None:
    found = airport(base)
    assert distance_m(found.lat_deg, found.lon_deg, *place) / 1e3 == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(
    ("antenna_m", "ranges_km"),
    [
        (10.0, (42, 54, 71, 105, 143, 239, 382)),
        (30.0, (52, 64, 81, 115, 153, 248, 391)),
        (4_500.0, (306, 318, 335, 369, 407, 502, 645)),
        (9_000.0, (420, 432, 449, 483, 521, 617, 759)),
    ],
)
def test_the_horizon_of_the_textbooks(antenna_m: float, ranges_km: tuple[float, ...]) -> None:
    targets_m = (50.0, 100.0, 200.0, 500.0, 1_000.0, 3_000.0, 8_000.0)
    found = [horizon_m(antenna_m, target_m) / 1e3 for target_m in targets_m]
    assert found == pytest.approx(ranges_km, abs=0.8)  # the table's 4.12 is rounded

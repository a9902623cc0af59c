"""Types of aircraft: what a file must say, and what ships."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from holdfire.messages.vocabulary import CLASSES
from holdfire.reader.document import read
from holdfire.sources import Grade
from holdfire.world.platform import Platform, parse_platform, platform_records
from support.flown import SHELF, library
from support.texts import findings

SHIPPED = sorted(library().values(), key=lambda platform: platform.id)
GERBERA: dict[str, Any] = read(SHELF / "gerbera.yaml").data  # type: ignore[assignment]


def told(**changes: object) -> list[tuple[tuple[str | int, ...], str]]:
    data = copy.deepcopy(GERBERA) | changes
    return findings(lambda: parse_platform({key: value for key, value in data.items() if value is not ...}))


@pytest.mark.parametrize("platform", SHIPPED, ids=lambda platform: platform.id)
def test_what_ships_is_called_by_its_file_and_can_fly(platform: Platform) -> None:
    assert library()[platform.id] == platform
    assert platform.speed_min_m_s.value < platform.cruise_m_s.value < platform.speed_max_m_s.value
    assert platform.cruise_height_m.high <= platform.height_max_m.value
    assert all(
        source.note or source.grade in {Grade.ASSUMED, Grade.ESTIMATE, Grade.OFFICIAL} for source in platform.sources
    )


def test_what_nobody_measured_is_assumed() -> None:
    for name in ("gerbera", "geran-2"):
        rcs = library()[name].rcs_s_m2
        assert (rcs.low, rcs.high, rcs.source.grade) == (0.01, 0.5, Grade.ASSUMED)
        assert rcs.low < rcs.value < rcs.high


def test_figures_of_public_documents() -> None:
    shelf = library()
    assert shelf["gerbera"].speed_max_m_s.value * 3.6 == pytest.approx(160, abs=1)
    assert shelf["f-16c"].hour_cost_eur is not None
    assert shelf["f-16c"].hour_cost_eur.value == pytest.approx(26_927 * 0.86, rel=0.001)
    assert shelf["f-35a"].hour_cost_eur is not None
    assert shelf["f-35a"].hour_cost_eur.value == pytest.approx(41_986 * 0.86, rel=0.001)
    assert shelf["mig-31"].rcs_s_m2.value == 15


def test_records_hold_the_numbers_in_order() -> None:
    records = platform_records(SHIPPED)
    for record, platform in zip(records, SHIPPED, strict=True):
        assert record["rcs_m2"] == platform.rcs_s_m2.value
        assert record["turn_g"] == platform.turn_g.value
        assert CLASSES[record["look"]] == platform.look
    assert [platform.load for platform in SHIPPED if platform.id == "gerbera"] == ["by-type"]


@pytest.mark.parametrize(
    ("changes", "loc", "words"),
    [
        ({"look": "civl"}, ("look",), "did you mean 'civil'?"),
        ({"turn_g": {"value": 1.0, "source": "assumed"}}, ("turn_g",), "1 is outside 1.01 to 9"),
        ({"size_m": {"value": 2.5, "source": "reuter"}}, ("size_m", "source"), "did you mean 'reuters'?"),
        ({"size_m": {"source": "reuters"}}, ("size_m",), "give value, or low and high"),
        ({"size_m": {"low": 2.0, "source": "reuters"}}, ("size_m",), "give value, or low and high"),
        ({"size_m": {"value": 5, "low": 2.0, "high": 3.0, "source": "reuters"}}, ("size_m",), "out of order"),
        ({"size_m": {"value": 2.5}}, ("size_m", "source"), "is missing"),
        ({"size_m": ...}, ("size_m",), "'size_m' is missing"),
        ({"wings": 2}, ("wings",), "field 'wings'"),
        ({"speed_min_m_s": {"value": 40, "source": "assumed"}}, ("speed_min_m_s",), "at most cruise_m_s, 33"),
        ({"crewed": True}, ("people",), "a crewed aircraft has people aboard"),
        ({"crewed": True}, ("crewed",), "'hour_cost_eur' is missing"),
        ({"people": 1}, ("people",), "nobody is aboard an uncrewed aircraft"),
    ],
)
def test_what_is_refused(changes: dict[str, object], loc: tuple[str | int, ...], words: str) -> None:
    assert any(where == loc and words in text for where, text in told(**changes)), told(**changes)


def test_what_is_no_mapping_is_refused() -> None:
    assert findings(lambda: parse_platform([])) == [((), "a platform is a mapping: begin with `id: my-aircraft`")]

"""What a scenario may say of sites and priors."""

from __future__ import annotations

from typing import Any

import numba
import pytest
from pydantic import ValidationError

import holdfire.compiled
from holdfire.errors import ContentError
from holdfire.identify.prepare import CONSTANTS, StateOnMap, memory_for, view_for
from holdfire.identify.schema import PriorsModel, SiteModel
from holdfire.identify.view import BOUNDS
from support.identified import Flat, Sky, ground, plans_of, site, track, view

SITE = {
    "id": "lask", "title": "Łask air base", "lat_deg": 51.55, "lon_deg": 19.18, "radius_km": 3.0, "kind": "airbase",
    "source": ["map"],
}  # fmt: skip
CLUE = {"uncrewed": 0.9, "crewed": 0.1}
JIT_IS_OFF = bool(vars(numba.config)["DISABLE_JIT"])


@pytest.mark.parametrize(
    "change",
    [
        {"lat_deg": 91.0}, {"lon_deg": -181.0}, {"radius_km": 0.0}, {"radius_km": 101.0}, {"kind": "pub"},
        {"zone": "secret"}, {"source": []}, {"id": "Łask"}, {"title": " "}, {"depth_m": 3},
    ],
)  # fmt: skip
def test_a_site_out_of_bounds_is_refused(change: dict[str, Any]) -> None:
    SiteModel.model_validate(SITE)
    with pytest.raises(ValidationError):
        SiteModel.model_validate(SITE | change)


@pytest.mark.parametrize(
    "given",
    [
        {"uncrewed": 0.05},  # it would settle occupancy by itself
        {"uncrewed": 0.95},
        {"confidence": 0.9},
        {"confidence": 1.0},
        {"silent": {"uncrewed": 1.0, "crewed": 0.1}},
        {"silent": {"uncrewed": 0.9, "crewed": 0.0}},
        {"silent": CLUE | {"grade": "official"}},  # by whom?
        {"origin": CLUE | {"states": ["none"]}},
        {"origin": CLUE | {"states": ["XX"]}},
        {"looks": {"not-established": CLUE}},
        {"speeds_m_s": []},
        {"speeds_m_s": [{"uncrewed": 0.5, "crewed": 0.5, "below": 50.0}]},
        {"speeds_m_s": [{"uncrewed": 0.5, "crewed": 0.5, "below": 50.0}, {"uncrewed": 0.4, "crewed": 0.5}]},
        {"heights_m": [{"uncrewed": 0.5, "crewed": 0.5}, {"uncrewed": 0.5, "crewed": 0.5}]},
        {"risk": {"stray_share": 1.5}},
    ],
)
def test_priors_out_of_bounds_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PriorsModel.model_validate(given)


def test_priors_may_name_their_sources() -> None:
    made = PriorsModel.model_validate({"silent": CLUE | {"grade": "estimate", "source": ["notam"]}})
    assert made.silent.factor == pytest.approx(9)
    assert view_for([], made, Flat(), [StateOnMap("PL", guards=True, allied=True)]).bounds["silent"] == [
        made.silent.factor
    ]


def test_every_bound_has_a_value() -> None:
    bounds = view().bounds[0]
    assert all(bounds[name] > 0 for name in BOUNDS.names or ())
    assert {constant.source.grade for constant in CONSTANTS.values()} == {"assumed"}


def test_somebody_must_guard() -> None:
    with pytest.raises(ContentError, match="no state guards its airspace"):
        view(states=[StateOnMap("PL", guards=False, allied=True)])


def test_sites_stand_where_they_are() -> None:
    made = view(site(10, -20, 3.0), site(5, 5, zone="prohibited"))
    assert made.sites[0].item() == (10_000.0, -20_000.0, 3_000.0, 0)
    assert made.zones["zone"].tolist() == [2]


@pytest.mark.compiled
@pytest.mark.skipif(JIT_IS_OFF, reason="nothing has a signature")
def test_every_kernel_has_one_signature() -> None:
    plans = plans_of((0x48ABCD, 0o1234, [(-90.0, 40.0, 3000.0, 0.0), (60.0, 40.0, 9000.0, 1500.0)]))
    Sky(ground(), view(site(-50, 0, zone="restricted")), plans).at(600.0, track(-30, 40, 100, 0))
    ours = [made for made in holdfire.compiled.kernels() if made.__module__.startswith("holdfire.identify")]
    assert len(ours) > 20
    assert {
        made.__qualname__: holdfire.compiled.signature_count(made)
        for made in ours
        if holdfire.compiled.signature_count(made) > 1
    } == {}


def test_memory_is_as_large_as_the_tracks() -> None:
    assert [rows.size for rows in memory_for(7, 3)] == [7, 1, 1, 2048, 6, 3, 3, 2]

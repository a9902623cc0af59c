"""Airports that close: on what the picture holds, by which policy, for how long, and at what price."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from holdfire.errors import ContentError
from holdfire.messages.aircraft import AIRCRAFT, PLATFORM, WAYPOINT, Part, World
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.layout import evidence_records
from holdfire.messages.plot import plots_for
from holdfire.messages.vocabulary import CLASSES, KINDS_OF_SENSOR
from holdfire.respond.closing import closed_in, closed_while, lookout_of, signs_of
from holdfire.respond.closing_schema import ClosingModel
from holdfire.respond.lookout import Lookout, alarms, note_reports
from holdfire.scenario.load import parse_scenario
from holdfire.score.exposed import note_exposed
from holdfire.seed import Key
from support.nights import night

START, KEY = datetime(2025, 9, 22, 18, 0, tzinfo=UTC), Key(1, 0, 0)
HARMLESS = sum(1 << CLASSES.index(name) for name in ("civil", "own-or-allied-military", "bird", "balloon"))


FIELD = {
    "id": "field", "radius_km": 5, "hours_ahead": 2, "source": ["a"], "passengers": 100,
    "movements": [{"from_h": 20, "until_h": 22, "per_h": 60}, {"from_h": 22, "until_h": 24, "per_h": 30}],
}  # fmt: skip


def closing(**changes: Any) -> ClosingModel:
    fixed = {
        "decides_min": 5, "least_min": 30, "landing_share": 0.5, "diverted_share": 0.5, "cancelled_share": 0.2,
        "diverted_eur": 10_000, "cancelled_eur": 20_000, "waits_eur_min": 100,
    }  # fmt: skip
    return ClosingModel.model_validate(
        {"policy": "on-report", "airports": [FIELD], "source": ["a"], **fixed, **changes}
    )


def noted(
    reports: dict[int, int] | None = None, tracks: dict[int, int] | None = None, really: tuple[int, ...] = ()
) -> Lookout:
    out = lookout_of(closing(), [(0.0, 0.0)], 240 * 60.0)
    for which, given in enumerate((reports, tracks)):
        for minute, count in (given or {}).items():
            out.noted[0, minute, which] = count
    out.really[0, list(really)] = True
    return out


def row(**items: Any) -> Any:
    known = {name: Known(value, 1.0) for name, value in items.items()}
    return evidence_records([Evidence(Basis.SIMULATED, known)])[0]


@pytest.mark.parametrize(
    ("policy", "reported", "tracked", "minutes"),
    [
        ("never", {10: 3}, {20: 1}, 0),
        ("on-confirmed", {10: 3}, {}, 0),
        ("on-confirmed", {}, {20: 1}, 30),
        ("on-report", {10: 1}, {}, 30),
        ("on-report", {10: 1, 30: 1, 50: 1}, {}, 70),
        ("on-report", {10: 1, 200: 1}, {}, 60),
        ("on-report", {230: 1}, {}, 5),  # the night ends before it opens
        ("always", {}, {}, 240),
    ],
)
def test_each_policy_closes_for_what_it_says(
    policy: str, reported: dict[int, int], tracked: dict[int, int], minutes: int
) -> None:
    found = closed_in(closing(policy=policy), noted(reported, tracked), START, 240, KEY)
    assert found.minutes == minutes


def test_so_many_reports_in_so_many_minutes_are_asked_for() -> None:
    made = closing(reports=3, within_min=10)
    assert not signs_of(made, noted({0: 1, 9: 1, 19: 1}).noted[0]).any()
    assert np.flatnonzero(signs_of(made, noted({0: 1, 5: 1, 9: 1}).noted[0])).tolist() == [9]


def test_flights_people_and_cost_are_those_of_the_minutes_in_which_it_is_closed() -> None:
    """From 20:05 to 20:35 local one flight a minute: 15 would land, of whom 7.5 do so elsewhere; 3 never take off."""
    found = closed_in(closing(), noted({0: 1}), START, 240, KEY)
    waits = (1 - (7.5 + 3) / 30) * 100 * np.arange(1, 31).sum()
    eur = 7.5 * 10_000 + 3 * 20_000 + waits
    assert found == pytest.approx((30, 8, 3, 3000, eur, eur, eur, 0))
    late = closed_in(closing(), noted({130: 1}), START, 240, KEY)  # after 22:00 half as many fly
    assert late.passengers == found.passengers / 2
    assert closed_in(closing(), noted({}), START, 240, KEY) == (0,) * 8


def test_the_cost_of_a_closure_is_known_at_both_ends_of_its_prices() -> None:
    prices = {"diverted_eur": {"low": 3_000, "high": 30_000}, "waits_eur_min": {"low": 50, "high": 150}}
    found = closed_in(closing(**prices), noted({0: 1}), START, 240, KEY)
    ends = [closed_in(closing(**{n: each[end] for n, each in prices.items()}), noted({0: 1}), START, 240, KEY)
            for end in ("low", "high")]  # fmt: skip
    assert (found.low_eur, found.high_eur) == pytest.approx([each.eur for each in ends])
    assert found.low_eur < found.eur < found.high_eur


def test_flights_that_could_only_go_in_quiet_hours_never_do() -> None:
    quiet = closing(airports=[FIELD | {"quiet_from_h": 20.5, "quiet_until_h": 22}])
    found = closed_in(quiet, noted({0: 1}), START, 240, KEY)  # it would open at 20:35
    assert (found.diverted, found.cancelled, found.passengers) == (15, 15, 3000)
    assert found.eur == pytest.approx(15 * 10_000 + 15 * 20_000)
    early = closed_in(quiet, noted({200: 1}), START, 240, KEY)
    assert early == closed_in(closing(), noted({200: 1}), START, 240, KEY)


def test_what_is_drawn_is_the_same_under_every_policy_and_another_in_another_night() -> None:
    wide = {"decides_min": 0, "least_min": {"low": 10, "high": 100}}
    on_report, on_track = closing(**wide), closing(policy="on-confirmed", **wide)
    one = closed_in(on_report, noted({0: 1}), START, 240, KEY)
    assert one == closed_in(on_track, noted({}, {0: 1}), START, 240, KEY)
    others = {closed_in(on_report, noted({0: 1}), START, 240, Key(1, 0, each)).minutes for each in range(10)}
    assert len(others) > 5


def test_it_stays_closed_until_long_enough_after_the_last_sign() -> None:
    signs = np.zeros(100, np.bool_)
    signs[[10, 20]] = True
    assert np.flatnonzero(closed_while(signs, False, 2.0, 15.0)).tolist() == list(range(12, 37))  # noqa: FBT003


@pytest.mark.parametrize(
    ("items", "alarm"),
    [
        ({"position_kinds": frozenset({"radar", "rf"})}, True),
        ({"position_kinds": frozenset({"radar"})}, False),
        ({"position_kinds": frozenset({"radar", "report"})}, False),  # a call confirms nothing
        ({"position_kinds": frozenset({"radar", "iff-ssr"})}, False),
        ({"visual_class": "other-uncrewed"}, True),
        ({"visual_class": "bird", "position_kinds": frozenset({"radar", "rf"})}, False),
        ({"visual_class": "not-established", "position_kinds": frozenset({"radar", "eo-ir"})}, True),
        ({"transponder": "silent", "position_kinds": frozenset({"radar", "rf"})}, True),
        ({"transponder": "civil", "position_kinds": frozenset({"radar", "rf"})}, False),
        ({"flight_plan": "matched", "visual_class": "other-uncrewed"}, False),
        ({"status": "civil", "position_kinds": frozenset({"radar", "rf"})}, False),
        ({"iff": "friendly", "position_kinds": frozenset({"radar", "rf"})}, False),
        ({}, False),
    ],
)
def test_what_shows_harmless_or_is_not_confirmed_closes_nothing(items: dict[str, Any], alarm: bool) -> None:
    assert alarms(row(**items), 2, HARMLESS) is alarm


def test_reports_count_where_they_name_a_place_near_the_airport() -> None:
    lookout, plots = lookout_of(closing(), [(1000.0, 0.0)], 600.0), plots_for(4)
    report = 1 << KINDS_OF_SENSOR.index("report")
    for place, (kinds, x_m) in enumerate(((report, 5900.0), (report, 6100.0), (1, 1000.0))):
        plots.plot[place]["kinds"], plots.plot[place]["x_m"] = kinds, x_m
    plots.counts[0] = 3
    note_reports(lookout, plots, 61.0)
    assert lookout.noted[0, :3, 0].tolist() == [0, 1, 0]


def test_traffic_is_exposed_while_it_runs_beside_what_truly_is_there_and_not_while_it_is_closed() -> None:
    """Open from 20:00 to 20:05 and from 20:35 local; traffic ends at midnight."""
    there = noted({0: 1}, really=(0, 4, 5, 34, 35, 239))
    assert closed_in(closing(), there, START, 240, KEY).exposed == 4  # minutes 0, 4, 35 and 239
    assert closed_in(closing(policy="never"), there, START, 240, KEY).exposed == 6
    assert closed_in(closing(policy="always"), there, START, 240, KEY).exposed == 0
    quiet = closing(policy="never", airports=[FIELD | {"movements": [{"from_h": 22, "until_h": 24, "per_h": 30}]}])
    assert closed_in(quiet, there, START, 240, KEY).exposed == 1


def test_what_truly_is_there_closes_nothing() -> None:
    """The policies see reports and tracks only."""
    assert closed_in(closing(), noted(really=tuple(range(240))), START, 240, KEY).minutes == 0


@pytest.mark.parametrize(
    ("part", "crewed", "x_m", "h_m", "there"),
    [
        (Part.INTRUDER, 0, 5900.0, 300.0, True),
        (Part.FRIENDLY_DRONE, 0, 1000.0, 300.0, True),
        (Part.INTRUDER, 1, 1000.0, 300.0, False),
        (Part.INTRUDER, 0, 6100.0, 300.0, False),
        (Part.INTRUDER, 0, 1000.0, 1001.0, False),
        (Part.BIRD, 0, 1000.0, 300.0, False),
        (Part.SURVEILLANCE, 0, 1000.0, 300.0, False),  # our own, which the tower knows
    ],
)
def test_only_an_uncrewed_intruder_or_stray_that_flies_near_and_low_is_there(
    part: Part, crewed: int, x_m: float, h_m: float, there: bool
) -> None:
    looked = closing(airports=[FIELD | {"radius_km": 1, "traffic_km": 5}])  # what closes it is another matter
    lookout, aircraft = lookout_of(looked, [(1000.0, 0.0)], 600.0), np.zeros(2, AIRCRAFT)
    aircraft["part"], aircraft["crewed"], aircraft["x_m"], aircraft["h_m"] = part, crewed, x_m, h_m
    flying = np.array([1, 0]), np.zeros(2, np.int64), np.array([1, 0])
    world = World(aircraft, np.zeros(1, WAYPOINT), np.zeros(1, PLATFORM), *flying)
    note_exposed(lookout, world, 61.0)
    assert lookout.really[0].tolist() == [False, there, *[False] * 9]


def test_an_airport_without_a_site_and_one_that_stands_twice_are_refused() -> None:
    data = night()
    made = closing().model_dump(mode="json", exclude_none=True) | {"source": ["own"]}
    made["airports"][0] |= {"source": ["own"]}
    data["closing"] = made
    with pytest.raises(ContentError) as found:
        parse_scenario(data)
    assert [(each.loc, each.text) for each in found.value.findings] == [
        (("closing", "airports", 0, "id"), "'field' is not among the sites: there are lublin")
    ]
    made["airports"] = [made["airports"][0] | {"id": "lublin"}] * 2
    with pytest.raises(ContentError) as found:
        parse_scenario(data)
    assert "lublin stands twice" in found.value.findings[0].text

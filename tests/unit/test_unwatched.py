"""Gaps, borders, proposals and what the command says of them; the physics stands in validation/test_coverage.py."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.cli.main import run
from holdfire.coverage.answer import Asked, AtHeight, answer, differences, interval, share_interval, told, unseen_min
from holdfire.coverage.border import border_of
from holdfire.coverage.candidates import candidates
from holdfire.coverage.gaps import gaps_of
from holdfire.coverage.intruder import intruder
from holdfire.coverage.kits import KITS
from holdfire.coverage.place import GUARANTEE, Chances, greedy, value
from holdfire.coverage.seen import POINTS, targets
from holdfire.errors import InputError
from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.terrain import Terrain
from holdfire.report.coverage_page import coverage_page
from holdfire.scenario.load import load_scenario
from support.draws import uniforms
from support.watching import CENTRE, chance_at, laid, radar, scenario, straight

if TYPE_CHECKING:
    from pathlib import Path

FACED = ("BY", "UA")
QUICK = Asked(heights_m=(100.0, 300.0, 1000.0), minutes=6, entries=6, facing=FACED)


def test_runs_of_gaps_are_counted_by_state_and_end_where_cells_do_not_adjoin() -> None:
    border = straight(9, codes=("PL", "LT"))
    border = border._replace(state=np.array([0, 0, 0, 1, 1, 1, 0, 0, 0]), stretch=np.array([0, 0, 0, 0, 0, 0, 1, 1, 1]))
    chance = np.array([0.1, 0.9, 0.2, 0.3, 0.4, 0.1, 0.2, 0.9, 0.49])
    assert gaps_of(border, chance, 0.5) == (9, 7, ((1, 3), (4, 1)))
    assert gaps_of(border, chance, 0.5, 0) == (6, 4, ((1, 4),))
    assert gaps_of(border, chance, 0.5, 1) == (3, 3, ((3, 1),))
    assert gaps_of(border, chance, 0.5, 1).longest_km == 75.0
    assert gaps_of(border, np.ones(9), 0.5) == (9, 0, ())


def test_the_border_of_a_night_is_where_it_faces_others_and_nowhere_else() -> None:
    border = border_of(load_scenario("poland-2025-09-10").scenario)
    assert border.faced == ("BY", "RU", "UA")
    assert len(border.at_m) == pytest.approx(27, abs=2)
    assert (border.along_m > 20e3).all()
    assert (border.along_m < 30e3).all()
    steps = np.hypot(*np.diff(border.at_m, axis=0).T)
    assert (steps < 40e3).all()  # one stretch, of cells that adjoin
    assert border.at_m[:, 0].min() > 80e3  # no border with allies in the west and the south counts
    inside = border.at_m + 20e3 * border.inward
    assert (inside[:, 0] < border.at_m[:, 0]).mean() > 0.9


def test_the_flank_reaches_from_the_barents_sea_to_the_black_sea() -> None:
    night = load_scenario("eastern-flank").scenario
    border = border_of(night)
    assert set(border.codes) == {"NO", "FI", "EE", "LV", "LT", "PL", "SK", "HU", "RO"}
    assert set(border.state.tolist()) == set(range(9))
    frame = Frame(night.area.centre_lat_deg, night.area.centre_lon_deg)
    lat, lon = frame.to_geographic(border.at_m[:, 0], border.at_m[:, 1])
    assert lat.max() > 70.2  # the Varanger fjord's mouth
    assert lat.min() < 45.0  # off the Danube delta
    assert lon.min() == pytest.approx(18.9, abs=0.5)  # off Hel, before Kaliningrad
    finland = np.count_nonzero(border.state == border.codes.index("FI"))
    assert finland * 25 == pytest.approx(1340, abs=200)  # the land border by the Finnish authorities, and some sea
    assert np.median(border.along_m) == pytest.approx(25e3, rel=0.05)


def test_a_border_that_faces_nobody_is_refused() -> None:
    with pytest.raises(InputError, match="no airspace of PT is near"):
        border_of(load_scenario("poland-2025-09-10").scenario, ("PT",))


def test_low_down_terrain_is_unknown_without_a_finer_model() -> None:
    made = answer(scenario(radar()), None, QUICK)
    assert [each.scan is None for each in made.heights] == [True, False, False]
    document = told(made, QUICK)
    assert document["heights"][0] == {"height_m": 100.0, "known": False, "why": "terrain unknown"}
    assert document["unseen_min"]["value"] == pytest.approx(
        np.mean([each["unseen_min"]["value"] for each in document["heights"][1:]])
    )


def test_a_finer_model_of_ones_own_tells_down_to_the_ground() -> None:
    lay = laid(radar())
    grid = Grid.over(180e3, 150e3, 500.0)
    fine = Terrain(grid, np.full((grid.ny, grid.nx), 200.0, np.float32), None)
    assert lay.known_from_m() == 300.0
    assert lay._replace(terrain=fine._replace(above_m=300.0)).known_from_m() == 300.0
    assert lay._replace(terrain=fine).known_from_m() == 0.0
    heights = targets(lay._replace(terrain=fine), straight(1), intruder(), 100.0)["h_m"]
    assert heights == pytest.approx(300.5)  # above the ground, not the sea


def test_a_better_watch_is_unseen_for_less_and_the_difference_says_so() -> None:
    poor = answer(scenario(radar(mast_m=5.0)), None, QUICK)
    good = answer(scenario(radar(mast_m=60.0), radar("more", "long-range-3d", east_m=40e3)), None, QUICK)
    (moved,) = differences([poor, good])
    assert moved["unseen_min"]["high"] < 0
    assert moved["unseen_min"]["value"] == pytest.approx(good.unseen_min.mean() - poor.unseen_min.mean())
    assert differences([poor, poor])[0]["unseen_min"]["value"] == 0.0


def test_two_runs_are_alike_and_another_seed_is_another() -> None:
    night = scenario(radar())
    first, again = (answer(night, None, QUICK).unseen_min for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, answer(night, None, QUICK._replace(seed=2)).unseen_min)


def test_time_unseen_is_cut_and_a_share_of_all_or_nothing_has_a_bound() -> None:
    times = np.array([[30.0, np.inf], [90.0, 4000.0]])
    assert unseen_min(AtHeight(300.0, np.ones(2), times), 2) == pytest.approx([(0.5 + 30) / 2, (1.5 + 30) / 2])
    all_seen = share_interval(np.ones(20))
    assert all_seen["value"] == 1.0
    assert 0.8 < all_seen["low"] < 0.9
    assert interval(np.zeros(0)) is None


def places_in(document: Any) -> list[str]:
    """Whatever in a document could be a place."""
    text = json.dumps(document)
    return re.findall(r'"(?:lat_deg|lon_deg|at|at_m|x_m|y_m|east|north|corners|middle|inward|column|row)"', text)


def test_nothing_that_is_exported_tells_where_a_gap_is(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["coverage", "poland-2025-09-10", "--heights", "300", "--passages", "6", "--entries", "6", "--json"]
    assert run(command) == 0
    document = json.loads(capsys.readouterr().out)
    assert places_in(document) == []
    states = document["options"][0]["heights"][0]["states"]
    assert set(states) == {"PL"}
    assert sum(each["count"] * each["km"] for each in states["PL"]["runs"]) == pytest.approx(
        25 * states["PL"]["cells"] * states["PL"]["unwatched_share"]
    )
    assert document["availability"]["long-range-1"] == pytest.approx(500 / 500.5, abs=1e-5)
    assert document["availability"]["early-warning"] == pytest.approx(100 / 100.25 * 6.75 / 7.25, abs=1e-5)


def test_the_page_draws_cells_of_25_km_on_their_grid_and_no_sensor() -> None:
    night = scenario(radar())
    made = answer(night, None, QUICK)
    document = {"below": 0.5, "until_min": 30.0, "options": [told(made, QUICK)]}
    page = coverage_page(night, made, document, "said")
    squares = re.findall(r'<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"', page)
    assert len(squares) > 5
    for x, y, wide, tall in squares:
        assert float(x) % 25 == float(y) % 25 == 0
        assert (wide, tall) == ("25", "25")
    assert "<circle" not in page
    assert "100 m: terrain unknown" in page
    assert "made up" in page


@pytest.mark.parametrize(
    ("more", "told_so"),
    [
        (["--heights", "low"], "give metres above the ground"),
        (["--heights", "5"], "from 10 to 20000 m"),
        (["--below", "1"], "between 0 and 1"),
        (["--rcs", "0"], "above 0"),
        (["--entries", "3"], "give entries from 6"),
        (["--option", "asleep"], "no option is called 'asleep'"),
        (["--place", "2", "towers"], "towers"),
        (["--place", "0", "radars"], "place 1 to 20"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(more: list[str], told_so: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["coverage", "poland-2025-09-10", "--passages", "6", *more]
    command += [] if "--entries" in more else ["--entries", "6"]
    command += [] if "--heights" in more else ["--heights", "3000"]
    assert run(command) == 2
    assert told_so in capsys.readouterr().err


def some_chances(name: int, count: int = 8, places: int = 12) -> Chances:
    return Chances(uniforms(name, (places,)), uniforms(name + 1, (count, places)) ** 3)


@pytest.mark.parametrize("name", range(0, 60, 2))
def test_what_is_made_large_is_monotone_and_submodular(name: int) -> None:
    chances = some_chances(name)
    order = np.argsort(uniforms(name + 7, (8,))).tolist()
    small, large, extra = tuple(order[:2]), tuple(order[:5]), order[7]
    gain = value(chances, (*small, extra)) - value(chances, small)
    later = value(chances, (*large, extra)) - value(chances, large)
    assert gain >= later - 1e-12
    assert later >= -1e-12
    assert value(chances, small) <= value(chances, large) + 1e-12


@pytest.mark.parametrize("name", range(100, 120, 2))
def test_one_after_another_keeps_its_guarantee_beside_the_best_of_all_sets(name: int) -> None:
    chances = some_chances(name)
    for number in (1, 2, 3):
        placed = greedy(chances, number)
        most = max(value(chances, each) for each in combinations(range(8), number))
        assert placed.values[-1] == pytest.approx(value(chances, placed.chosen))
        assert placed.added >= GUARANTEE * (most - placed.values[0]) - 1e-12
        assert placed.values[-1] <= most + 1e-12
    assert greedy(chances, 1).values[-1] == pytest.approx(max(value(chances, (each,)) for each in range(8)))


@pytest.mark.parametrize("name", range(200, 206, 2))
def test_the_solver_finds_the_best_of_all_sets(name: int) -> None:
    pytest.importorskip("highspy", reason="the extra `place` is not installed")
    from holdfire.coverage.exact import best

    chances = some_chances(name)
    for number in (2, 3):
        found = best(chances, number)
        most = max(value(chances, each) for each in combinations(range(8), number))
        assert found.reached == pytest.approx(most, abs=2e-6)
        assert found.bound >= most - 1e-9


def test_candidates_are_squares_on_own_land_in_the_area() -> None:
    night = load_scenario("poland-2025-09-10").scenario
    half_m = 330e3, 300e3
    found = candidates(border_of(night), Frame(51.6, 21.2), half_m)
    assert len(set(found)) == len(found) > 30
    assert {each.state for each in found} == {"PL"}
    assert all(abs(each.column * 25e3) < half_m[0] and abs(each.row * 25e3) < half_m[1] for each in found)


def test_a_proposal_adds_what_it_says_and_names_cells(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["coverage", "poland-2025-09-10", "--heights", "300", "--passages", "6", "--entries", "6"]
    assert run([*command, "--place", "2", "radars", "--options", "as-was,aerostats", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)["proposal"]
    seen = [made["seen_without"], *(each["seen_with"] for each in made["cells"])]
    assert seen == sorted(seen)
    assert [each["option"] for each in made["options"]] == ["as-was", "aerostats"]
    assert made["options"][0]["seen_with"] == pytest.approx(seen[-1])
    assert made["options"][1]["seen_without"] > seen[0]
    assert all(isinstance(each["column"], int) and isinstance(each["row"], int) for each in made["cells"])
    assert made["unseen_min"]["high"] < 0
    if made["small"]:
        assert GUARANTEE <= made["small"]["greedy_share"] <= 1.0 + 1e-6


@pytest.mark.parametrize("kit", KITS)
def test_what_is_placed_is_of_the_shelf_and_sees(kit: str, tmp_path: Path) -> None:
    from holdfire.coverage.candidates import chances_of, watched

    night = scenario(radar(mast_m=1.0))
    border, lay = border_of(night, FACED), laid(radar(mast_m=1.0))
    squares = candidates(border, CENTRE, (180e3, 150e3))[:3]
    found = chances_of(night, tmp_path, watched(lay, border, intruder(rcs_m2=1.0), (300.0,)), kit, squares)
    assert found.each.shape == (3, len(border.at_m) * POINTS)
    assert found.each.max() > 0.5
    assert found.each.min() >= 0.0


def test_places_looked_at_lie_in_their_cells_and_head_inward() -> None:
    border, lay = straight(2), laid(radar())
    at = targets(lay, border, intruder(speed_m_s=50.0), 300.0)
    assert len(at) == 2 * POINTS
    assert np.abs(at["y_m"] - np.repeat(border.at_m[:, 1], POINTS)).max() <= 10e3
    assert at["heading_rad"] == pytest.approx(-np.pi / 2)
    assert (at["x_m"] <= 0).all()
    assert set(at["speed_m_s"]) == {50.0}
    assert chance_at(lay, 10e3, 0.0, 500.0)[0, 0] > 0.5

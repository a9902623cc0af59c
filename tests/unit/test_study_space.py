"""The space of unknowns: its points, what stands at each, and a study of it that stops, resumes and traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.cli.main import run
from holdfire.errors import InputError, StoppedError, UnknownNameError
from holdfire.scenario.load import load_scenario
from holdfire.scenario.schema import Scenario
from holdfire.study import halton
from holdfire.study.about import about
from holdfire.study.compare import compare
from holdfire.study.explore import explore
from holdfire.study.results import load
from holdfire.study.run import Request
from holdfire.study.space import by_point, explored, point_data, space_of
from holdfire.study.trace import trace
from holdfire.study.unknowns import at_point, from_json, unknowns
from holdfire.study.vary import BEARING
from support.fake_engine import content
from support.made_space import space
from support.tried import quiet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return dict(load_scenario("poland-2025-09-10").data)


def test_points_are_theirs_by_number_and_fill_every_side_evenly() -> None:
    made = halton.points(0, 60, 5, seed=4)
    assert np.array_equal(made[40:], halton.points(40, 60, 5, seed=4))
    assert not np.array_equal(made, halton.points(0, 60, 5, seed=5))
    for side, base in enumerate((2, 3, 5, 7, 11)):
        first = np.sort(np.floor(made[:base, side] * base))
        assert first.tolist() == list(range(base)), "the first points of a base fall one into each of its parts"
    assert (made > 0).all()
    assert (made < 1).all()


def test_points_integrate_a_smooth_function_better_than_chance() -> None:
    """Sum of (u - 1/2)^2 over eight sides has mean 8/12; a sample of 256 has a standard error of 0.013."""
    for seed in range(5):
        found = ((halton.points(0, 256, 8, seed) - 0.5) ** 2).sum(axis=1).mean()
        assert abs(found - 8 / 12) < 0.013


def test_unknowns_are_what_bears_and_every_assumed_range_but_what_differs_by_nature(data: dict[str, Any]) -> None:
    found = {each.place: each for each in unknowns(data)}
    assert set(BEARING) <= set(found)
    assert {"conduct.search_km", "background.*.silent_share", "patrols.*.readiness_min"} <= set(found)
    assert not any(place.endswith(("appears_h", "height_m", "number", "speed_m_s", "at_once")) for place in found)
    lines = [loc for each in found.values() for loc, *_ in each.numbers]
    assert len(lines) == len(set(lines)), "no number is moved twice"


def test_at_a_point_every_unknown_stands_at_its_share_of_its_range(data: dict[str, Any]) -> None:
    known = unknowns(data, ["conduct.hold_share", "night.misidentification_factor", "states.*.roles.*.answers_s"])
    made = Scenario.model_validate(at_point(data, known, [0.5, 0.5, 0.25]))
    assert (made.conduct.hold_share.low, made.conduct.hold_share.high) == (0.35, 0.35)
    assert made.night.misidentification_factor == pytest.approx(1.0)  # the middle of half and double, by logarithms
    assert made.states[0].roles[0].answers_s.low == pytest.approx(5 + 0.25 * 115)
    assert known[0].words(0.5) == "0.35"
    assert known[2].words(0.5) == "50 % of the way up its ranges"
    assert from_json(known[2].as_json()) == known[2]


def test_a_place_without_a_range_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError, match=r"no number with a range stands at 'conduct\.hold_shar': did you mean"):
        unknowns(data, ["conduct.hold_shar"])


def test_one_night_a_point_is_refused() -> None:
    with pytest.raises(InputError, match="1 nights a point are asked: ask for 2 or more"):
        explored(about("poland-2025-09-10", "as-was"), 1)


def test_each_point_has_its_own_nights_and_moves_nothing_else(tmp_path: Path) -> None:
    explore(space(low=-9, high=-9.0 + 1e-9), Request(tmp_path / "a", 12, 3, 1, chunk_size=2), quiet)
    explore(space(), Request(tmp_path / "b", 12, 3, 1, chunk_size=2), quiet)
    one, other = load(tmp_path / "a"), load(tmp_path / "b")
    assert np.array_equal(one.figures["visual"], other.figures["visual"], equal_nan=True)
    assert not np.array_equal(one.figures["radar-permitted"], other.figures["radar-permitted"], equal_nan=True)
    made = space_of(other.manifest)
    assert made is not None
    shares = made.points(0, 6, 3)
    for point in range(6):
        assert point_data(other.manifest, point)["more"]["radar-permitted"] == pytest.approx(
            -12 + 20 * shares[point, 0]
        )


def test_a_space_is_the_same_after_a_stop_and_with_other_workers(tmp_path: Path) -> None:
    whole, stopped, many = (tmp_path / name for name in ("whole", "stopped", "many"))
    explore(space(), Request(whole, 12, 3, 1, chunk_size=2), quiet)
    explore(space(), Request(many, 12, 3, 2, chunk_size=2), quiet)
    seen = []

    def interrupt(what: str, done: int, _of: int) -> None:
        seen.append((what, done))
        if (what, done) == ("rehearsing", 7):
            raise KeyboardInterrupt

    with pytest.raises(StoppedError, match=r"6 of 12 replications are kept .* holdfire explore S --out .* --resume"):
        explore(space(), Request(stopped, 12, 3, 1, chunk_size=2, scenario="S"), interrupt)
    explore(space(), Request(stopped, 12, 3, 1, chunk_size=2, resume=True), quiet)
    assert content(whole) == content(stopped) == content(many)


def test_a_space_that_lacks_points_names_the_command_that_makes_them(tmp_path: Path) -> None:
    explore(space(), Request(tmp_path, 8, 3, 1, chunk_size=2), quiet)
    (tmp_path / "nights.parquet").unlink()
    with pytest.raises(InputError, match=r"is not finished .*: continue it with holdfire explore … --resume"):
        load(tmp_path)


def test_the_nights_of_a_point_count_as_one_and_whoever_counts_nights_says_so(tmp_path: Path) -> None:
    explore(space(), Request(tmp_path, 9, 3, 1, chunk_size=3), quiet)
    results = load(tmp_path)
    assert by_point(results.manifest, np.arange(9.0)).tolist() == [0.5, 2.5, 4.5, 6.5]
    assert compare(results)["cautions"][0].startswith("These nights are of a space, 2 at each point: intervals that")


def test_points_are_added_to_a_space(tmp_path: Path) -> None:
    explore(space(), Request(tmp_path / "a", 8, 3, 1, chunk_size=2), quiet)
    explore(space(), Request(tmp_path / "a", 12, 3, 1, chunk_size=2, resume=True), quiet)
    explore(space(), Request(tmp_path / "b", 12, 3, 1, chunk_size=2), quiet)
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_a_night_of_a_point_is_traced(tmp_path: Path) -> None:
    explore(space(), Request(tmp_path / "a", 8, 3, 1, chunk_size=2), quiet)
    told = trace(tmp_path / "a", "radar-permitted", 5, "D01")
    assert told.same
    assert told.story.replication == 5


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--points", "0"), "0 points are asked: ask for 1 or more; shares of the space need 8\n"),
        (("--points", "-2"), "-2 points are asked: ask for 1 or more; shares of the space need 8\n"),
        (("--nights", "0"), "0 nights a point are asked: ask for 2 or more, since one cannot tell noise from"),
    ],
)
def test_no_points_and_no_nights_are_refused_with_the_bound(
    asked: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explore", "poland-2025-09-10", "--out", str(tmp_path / "space"), *asked]) == 2
    assert capsys.readouterr().err.startswith(told)
    assert not (tmp_path / "space").exists()

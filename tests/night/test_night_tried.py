"""The record that ships of what turns the demo's answers round is still what this code comes to."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.study import record
from holdfire.study.about import about
from holdfire.study.engine import Recipe
from holdfire.study.manifest import make
from holdfire.study.record import is_of
from holdfire.study.stress import FIGURES
from holdfire.study.vary import trials
from support.tried import made_again

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = sorted(record.SHELF.glob("*.json"))
ANEW = "the record is out of date: make it anew with scripts/stress_record.py"

pytestmark = pytest.mark.skipif(not RECORDS, reason="no record ships: scripts/stress_record.py makes one")


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest) -> dict[str, Any]:
    path: Path = request.param
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def recipe_of(kept: dict[str, Any], options: int | None = None) -> Recipe:
    names = tuple(kept["options"][:options])
    subject = about(kept["scenario"]["id"], ",".join(names))
    return Recipe(subject.builder, subject.data, names)


def skip_elsewhere(kept: dict[str, Any]) -> None:
    """Numbers of the same code differ where the mathematical library or the compiler does."""
    here = {"machine": platform.machine(), "libc": " ".join(platform.libc_ver()).strip()}
    here |= {name: version(name) for name in ("numpy", "numba", "llvmlite")}
    there = {**kept["platform"], **kept["versions"]}
    other = [f"{name} {value}, not {there[name]}" for name, value in here.items() if value != there[name]]
    if other:
        pytest.skip(f"the record is of another machine: {'; '.join(other)}")


def test_it_is_of_the_scenario_and_the_library_that_ship(kept: dict[str, Any]) -> None:
    subject = about(kept["scenario"]["id"], ",".join(kept["options"]))
    assert is_of(kept, make(subject, kept["seed"], kept["stress"]["nights"], 1)), ANEW
    told = {each["place"]: (each["as_run"], each["low"], each["high"]) for each in kept["stress"]["tried"]}
    assert all(set(each["figures"]) == set(FIGURES) for each in kept["stress"]["tried"]), ANEW
    assert told == {each.place: (each.as_run, each.low, each.high) for each in trials(dict(subject.data))}, ANEW


def test_its_first_night_comes_out_again(kept: dict[str, Any]) -> None:
    skip_elsewhere(kept)
    recipe = recipe_of(kept, options=2)
    one = trials(dict(recipe.scenario), [kept["stress"]["tried"][0]["place"]])
    assert list(made_again(kept, recipe, one, nights=1, ends=("low",))) == [], ANEW


@pytest.mark.long
def test_all_that_it_keeps_comes_out_again(kept: dict[str, Any]) -> None:
    skip_elsewhere(kept)
    recipe = recipe_of(kept)
    tried = trials(dict(recipe.scenario), [each["place"] for each in kept["stress"]["tried"]])
    assert list(made_again(kept, recipe, tried)) == [], ANEW

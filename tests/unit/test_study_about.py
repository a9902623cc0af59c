"""What a study says of itself: files, sources and assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import LIBRARY
from holdfire.errors import UnknownNameError
from holdfire.study.about import about
from holdfire.study.library import anchored, assumed_in, cited, files_named, library_digests

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
id: mine
title: Mine
kind: proposal
summary: Mine.
extends: visual-confirmation
"""
NUMBERS = """
sources:
  - {id: paper, title: A paper, grade: official, date: "1999"}
  - {id: own, title: Mine, grade: assumed}
reach_km: {low: 1, high: 2.5, source: [own]}
speed: {value: 44, source: [own, paper]}
share: {value: 0.3, low: 0.1, high: 0.5, grade: assumed, source: [paper]}
parts:
  - {id: first, source: own, mass_kg: 3, heavy: true}
  - {source: [paper], mass_kg: 4, inner: {source: [own], h_m: 5}}
"""


def test_a_shipped_night_names_what_it_rests_on() -> None:
    made = about("poland-2025-09-10", "visual-confirmation,as-was")
    assert tuple(made.options) == ("visual-confirmation", "as-was")
    assert {"rulesets/self-defence.yaml", "sensors/eyes.yaml", "platforms/gerbera.yaml"} <= set(made.library)
    assert len(set(made.library.values())) == len(made.library)
    places = [each.place for each in made.assumptions]
    assert places[0] == "sensors/eyes.yaml: eye.mistakes.civil.wrong"
    assert "platforms/gerbera.yaml: accel_m_s2" in places
    assert any(place.startswith("intruders.") for place in places)
    assert len(set(places)) == len(places)
    assert any("article 51" in line for line in made.bibliography)
    assert "gerbera" in made.names["platform"]


def test_an_option_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'as-was'"):
        about("poland-2025-09-10", "as-wos")


def test_what_no_night_reads_changes_nothing() -> None:
    assert not any(name.startswith(("scenarios", "situations", "templates")) for name in library_digests())


def test_a_source_that_is_called_as_a_file_names_no_file() -> None:
    data = {"a": {"source": ["lithuania-2025"]}, "sources": [{"id": "romania-2025"}], "b": ["poland-2025"]}
    named = files_named(data, LIBRARY).keys()
    assert {"rulesets/lithuania-2025.yaml", "rulesets/romania-2025.yaml"}.isdisjoint(named)
    assert "rulesets/poland-2025.yaml" in named


def test_own_files_are_found_with_what_they_extend(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN)
    (tmp_path / "other.yaml").write_text(OWN.replace("visual-confirmation", "./mine.yaml"))
    data = {"states": [{"ruleset": "other.yaml", "note": "not there.yaml"}], "n": 3}
    found = files_named(data, tmp_path)
    assert set(found) == {
        "other.yaml", "./mine.yaml", "rulesets/visual-confirmation.yaml", "rulesets/self-defence.yaml",
        "sensors/eyes.yaml", "weapons/gun.yaml",
    }  # fmt: skip
    assert found["rulesets/visual-confirmation.yaml"] == LIBRARY / "rulesets" / "visual-confirmation.yaml"
    assert anchored(data, tmp_path) == {
        "states": [{"ruleset": str((tmp_path / "other.yaml").resolve()), "note": "not there.yaml"}],
        "n": 3,
    }


def test_assumed_numbers_are_found_by_their_nearest_sources(tmp_path: Path) -> None:
    path = tmp_path / "numbers.yaml"
    path.write_text(NUMBERS)
    assert {each.place: each.value for each in assumed_in({"numbers.yaml": path})} == {
        "numbers.yaml: reach_km": "1 to 2.5",
        "numbers.yaml: share": "0.3 (0.1 to 0.5)",
        "numbers.yaml: parts.first.mass_kg": "3",
        "numbers.yaml: parts.2.inner.h_m": "5",
    }
    assert [source.id for source in cited({"numbers.yaml": path})] == ["paper", "own"]

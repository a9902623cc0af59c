"""What a night cannot hold is one clear error; what is empty runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.errors import CapacityError, ContentError, DocumentError
from holdfire.messages.score import FIGURES
from holdfire.rehearsal import begin as beginning
from holdfire.rehearsal.engine import engine_from
from holdfire.scenario.load import load_scenario
from support.rehearsed import FIVE, busy, short, written

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.rehearsal.engine import Rehearsal


@pytest.mark.parametrize(
    ("name", "room", "said"),
    [
        ("MOST_PLOTS", 60, r"there is room for 60 plots in one tick, and \d+ s into the night it is used up: thin out"),
        ("MOST_TRACKS", 70, r"there is room for 70 tracks, and \d+ s into the night it is used up: thin out the clut"),
        ("MOST_EVENTS", 90, r"there is room for 90 events, and \d+ s into the night it is used up: shorten the night"),
    ],
)
def test_what_is_full_is_named(
    engine: Rehearsal, monkeypatch: pytest.MonkeyPatch, name: str, room: int, said: str
) -> None:
    monkeypatch.setattr(beginning, name, room)
    with pytest.raises(CapacityError, match=said):
        engine.rehearse(1, 0)
    with pytest.raises(CapacityError, match=said):
        engine.trace(FIVE[0], 1, 0, 0)


def test_the_size_of_the_arrays_changes_nothing_that_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    made = engine_from(busy(0.5), FIVE[2:4])
    before = made.rehearse(1, 0)
    for name, room in (("MOST_PLOTS", 1000), ("MOST_TRACKS", 900), ("MOST_EVENTS", 5000)):
        monkeypatch.setattr(beginning, name, room)
    for one, other in zip(before, made.rehearse(1, 0), strict=True):
        assert one.events.size > 100
        assert other.events.tobytes() == one.events.tobytes()
        assert other.aircraft.tobytes() == one.aircraft.tobytes()
        np.testing.assert_array_equal(list(other.figures.values()), list(one.figures.values()))


def nobody_guards(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"states": [state | {"guards": False} for state in data["states"]]}


def test_a_night_that_nobody_guards_is_refused(tmp_path: Path) -> None:
    data = nobody_guards(short(0.1)) | {"options": [{"id": "as-was", "title": "As it was"}]}
    with pytest.raises(ContentError, match="no state guards its airspace: say `guards: true` of one"):
        engine_from(data, ["as-was"])
    with pytest.raises(DocumentError, match="no state guards its airspace: say `guards: true` of one"):
        load_scenario(str(written(data, tmp_path / "mine.yaml")))


def test_a_night_without_intruders_runs() -> None:
    engine = engine_from(busy(0.5) | {"intruders": []}, FIVE)
    for night in engine.rehearse(1, 0):
        assert set(night.figures) == set(FIGURES)
        for name in ("entered", "detected", "tracked", "identified", "engaged", "stopped", "missed", "left", "fell"):
            assert night.figures[name] == 0
        assert np.isnan(night.figures["deepest_km"])
        assert np.isnan(night.figures["border_to_track_min"])
        assert night.figures["cost_other_meur"] == 0
        assert not np.isin(night.aircraft["part"], [0]).any()


@pytest.mark.parametrize("without", [("patrols", "bases"), ("background",), ("sites",)], ids=lambda names: names[0])
def test_a_night_without_something_runs(without: tuple[str, ...]) -> None:
    data: dict[str, Any] = busy(0.25)
    for name in without:
        data[name] = {} if name == "background" else []
    if "patrols" in without:
        data["sensors"] = [sensor for sensor in data["sensors"] if "carrier" not in sensor and "carriers" not in sensor]
    nights = engine_from(data, FIVE[:2]).rehearse(1, 0)
    for night in nights:
        assert night.figures["entered"] >= 0
        assert (night.figures["sorties"] > 0) is ("patrols" not in without)

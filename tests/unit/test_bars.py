"""What the tracker's benchmark says: every name each time, and of each bar whether it is met."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import track
from track_bars import AT_LEAST, AT_MOST, LEFT_OUT, NAMES, OF_PEER, bars, told

if TYPE_CHECKING:
    from pathlib import Path


def alone() -> dict[str, Any]:
    """Figures of a run without Stone Soup in which every bar but those beside it is met."""
    figures: dict[str, Any] = dict.fromkeys(NAMES, 1.0) | {name: most for name, most in AT_MOST.items() if most == 0.0}
    figures |= {name: max(1.0, least) for name, least in AT_LEAST.items()}
    return figures | {f"{name}_{size}": "no peer" for size in "SML" for name in OF_PEER}


def test_every_bar_is_of_a_figure() -> None:
    assert set(AT_LEAST) | set(AT_MOST) <= set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_what_was_not_measured_is_null_with_its_reason() -> None:
    lines, passed = told(alone())
    made = json.loads(lines[-1])
    assert passed
    assert [name for name in made if name != "not_measured"] == list(NAMES)
    assert made["gospa_ratio_M"] is None
    assert made["not_measured"]["gospa_ratio_M"] == "no peer"
    assert {name for name in NAMES if made[name] is None} == set(made["not_measured"])
    shown = {line.split()[0]: line for line in lines}
    assert shown["gospa_ratio_M"].endswith("null  at most 0.85: not measured (no peer)")
    assert lines[-2] == "bars: 13 met, 0 not met, 10 not measured"


def test_a_bar_is_met_at_its_edge_and_not_beyond() -> None:
    assert bars("growth_S_to_L", 2.0) == [("at most 2", "met")]
    assert bars("growth_S_to_L", 2.01) == [("at most 2", "not met")]
    assert bars("nees_straight_L", 0.79) == [("at least 0.8", "not met"), ("at most 1.3", "met")]
    assert bars("load", 1.0) == []


@pytest.mark.parametrize(("growth", "check", "status"), [(1.8, True, 0), (2.5, False, 0), (2.5, True, 1)])
def test_a_check_fails_where_a_bar_is_not_met(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], growth: float, *, check: bool, status: int
) -> None:
    monkeypatch.setattr(track, "measure", lambda **_: alone() | {"growth_S_to_L": growth})
    assert track.main(["--check"] if check else []) == status
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["growth_S_to_L"] == growth


def test_a_quick_run_has_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured here: what is left are the names, and why they are null."""
    monkeypatch.setattr(track, "rates", lambda sizes, *_: {size: [1.0] for size in sizes})
    for name in ("one_size", "summed", "crossings"):
        monkeypatch.setattr(track, name, lambda *_: {})
    monkeypatch.setattr(track, "tracked", lambda *_: (None, None, []))
    monkeypatch.setattr(track, "places", lambda *_: [])
    made = track.measure(quick=True, peer_l_s=60.0)
    assert list(made) == list(NAMES)
    assert made["growth_S_to_L"] == made["stonesoup_ratio_M"] == LEFT_OUT


@pytest.mark.parametrize(("cpu_s", "says"), [(0.0, "was given no time"), (1.0, "HOLDFIRE_STONESOUP names no Python")])
def test_an_absent_peer_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cpu_s: float, says: str) -> None:
    monkeypatch.setattr(track, "PYTHON", "")
    monkeypatch.setattr(track, "PEER", tmp_path)
    assert says in str(track.stonesoup("S", None, cpu_s))  # type: ignore[arg-type]
    monkeypatch.setattr(track, "PEER", tmp_path / "none.py")
    assert str(track.stonesoup("S", None, 1.0)) == "none.py is absent"  # type: ignore[arg-type]

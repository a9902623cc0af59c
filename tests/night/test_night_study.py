"""A study of real nights: killed and resumed, by one worker or two, it comes to the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from holdfire.study import manifest
from support import rehearsed
from support.fake_engine import content
from support.rehearsed import busy, study, written

if TYPE_CHECKING:
    from pathlib import Path

REPLICATIONS = 20


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of its own: ten minutes by day."""
    return written(busy(1 / 6), tmp_path_factory.mktemp("scenario") / "mine.yaml")


@pytest.fixture(scope="module")
def whole(scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The results of one worker that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "source_digest", lambda: "as it was")
        study(folder, scenario, 1, REPLICATIONS)
    return content(folder)


def start(folder: Path, scenario: Path, workers: int, *resume: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, rehearsed.__file__, "study", str(folder), str(scenario), str(workers), str(REPLICATIONS)]
    return subprocess.Popen([*command, *resume], env=environment)  # noqa: S603  # our own interpreter


def test_there_is_something_to_compare(whole: dict[str, bytes]) -> None:
    assert {"nights.parquet", "aircraft.parquet", "events.parquet", "manifest.json"} <= whole.keys()
    assert sum(name.startswith("chunks/") for name in whole) == REPLICATIONS // 2
    assert len({text for name, text in whole.items() if name.startswith("chunks/")}) == REPLICATIONS // 2


def test_two_workers_give_the_same_bytes(scenario: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    assert start(tmp_path, scenario, 2).wait(120) == 0
    assert content(tmp_path) == whole


def test_killed_at_any_moment_it_is_resumed_to_the_same_bytes(
    scenario: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    process = start(tmp_path, scenario, 2)
    chunks = tmp_path / "chunks"
    while process.poll() is None and not any(chunks.glob("*.npz")):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = {f"chunks/{path.name}": path.read_bytes() for path in chunks.glob("*.npz")}
    assert 0 < len(kept) < REPLICATIONS // 2
    assert not (tmp_path / "nights.parquet").exists()
    assert start(tmp_path, scenario, 1, "resume").wait(120) == 0
    found = content(tmp_path)
    assert kept.items() <= found.items()
    assert found == whole

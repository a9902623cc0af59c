"""Runs: the same bits for any workers, orders, stops and resumes; and one clear error for what goes wrong."""

from __future__ import annotations

import errno
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.errors import InputError, NameRangeError, StoppedError
from holdfire.study import run as running
from holdfire.study.plan import chunks
from holdfire.study.run import Request, run_study
from holdfire.study.store import chunk_path, read_chunk
from support.fake_engine import content, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfire.study.plan import Chunk

KILLED = Path(__file__).parents[1] / "support" / "killed.py"


def request(folder: Path, replications: int = 24, **more: Any) -> Request:
    return Request(folder, replications, seed=3, workers=more.pop("workers", 1), chunk_size=4, **more)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The results of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    run_study(subject(), request(folder))
    return content(folder)


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, whole: dict[str, bytes], workers: int) -> None:
    run_study(subject(), request(tmp_path, workers=workers))
    assert content(tmp_path) == whole
    assert json.loads((tmp_path / "timings.json").read_text())["workers"] == workers


def test_any_order_of_chunks_gives_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def backwards(todo: list[Chunk], *_: object) -> Iterator[Chunk]:
        yield from reversed(todo)

    monkeypatch.setattr(running, "_in_time", backwards)
    run_study(subject(), request(tmp_path))
    assert content(tmp_path) == whole


def test_a_resume_keeps_what_is_there_and_gives_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run_study(subject(), request(tmp_path))
    plan = chunks(24, 4)
    chunk_path(tmp_path, plan[1]).unlink()
    damaged = chunk_path(tmp_path, plan[3])
    damaged.write_bytes(damaged.read_bytes()[:200])
    (tmp_path / "chunks" / ".00002.npz.77.part").write_bytes(b"half")
    (tmp_path / "nights.parquet").unlink()
    outcome = run_study(subject(), request(tmp_path, resume=True))
    assert outcome.kept == 16
    assert content(tmp_path) == whole


def test_more_replications_are_added(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run_study(subject(), request(tmp_path, 6))
    outcome = run_study(subject(), request(tmp_path, resume=True))
    assert outcome.kept == 4  # the chunk of the last two is rehearsed again, whole
    assert content(tmp_path) == whole


@pytest.mark.parametrize(("workers", "moment"), [(1, "manifest.json"), (2, "chunks/00002.npz")])
def test_killed_at_any_moment_it_is_resumed_to_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], workers: int, moment: str
) -> None:
    def start(*resume: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(KILLED.parents[1])}
        command = [sys.executable, str(KILLED), str(tmp_path), str(workers), "24", "0.03", *resume]
        return subprocess.Popen(command, env=environment)  # noqa: S603  # our own interpreter

    process = start()
    while process.poll() is None and not (tmp_path / moment).exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "nights.parquet").exists()
    kept = {f"chunks/{path.name}": path.read_bytes() for path in (tmp_path / "chunks").glob("*.npz")}
    assert start("resume").wait(60) == 0
    found = content(tmp_path)
    assert kept.items() <= found.items()
    assert _but_slowness(found) == _but_slowness(whole)


def _but_slowness(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: text for name, text in found.items() if name != "manifest.json"}


def test_a_folder_with_results_is_refused_and_left_alone(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run_study(subject(), request(tmp_path))
    with pytest.raises(InputError, match="holds results already: add --resume"):
        run_study(subject(), request(tmp_path))
    with pytest.raises(InputError, match="size: 3 there, 4 asked"):
        run_study(subject(size=4), request(tmp_path, resume=True))
    assert content(tmp_path) == whole


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"replications": 0}, "0 replications"), ({"replications": -3}, "-3 replications"), ({"workers": 0}, "0 workers")],
)
def test_what_cannot_be_run_is_refused(tmp_path: Path, wrong: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said):
        run_study(subject(), request(tmp_path, **wrong))
    assert not list(tmp_path.iterdir())


def test_a_negative_seed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NameRangeError, match="seed -1"):
        run_study(subject(), Request(tmp_path, 4, seed=-1, workers=1))


RAISES = "replication 9 failed: RuntimeError: no such thing.*failure.txt.*--resume"
FULL = "replication 9: 700 tracks are more than 600: raise the capacity"
DIES = "replications 8 to 11 failed: the worker was killed by signal 9.*--resume"


@pytest.mark.parametrize(
    ("how", "workers", "kind", "said"),
    [
        ("raises", 1, StoppedError, RAISES),
        ("raises", 2, StoppedError, RAISES),
        ("full", 1, InputError, FULL),
        ("full", 2, InputError, FULL),
        ("dies", 2, StoppedError, DIES),
    ],
)
def test_what_goes_wrong_in_a_worker_is_one_clear_error(
    tmp_path: Path, how: str, workers: int, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=f"(?s){said}"):
        run_study(subject(fails={"9": how}), request(tmp_path, workers=workers))
    assert any(read_chunk(tmp_path, chunk) is not None for chunk in chunks(24, 4))
    assert not (tmp_path / "nights.parquet").exists()
    assert not list(tmp_path.rglob("*.part"))


def test_an_interrupt_keeps_what_is_finished_and_says_how_to_continue(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"stopped: 8 of 24 replications are kept in .*continue with: holdfire run"):
        run_study(subject(fails={"9": "interrupts"}), request(tmp_path, scenario="my night.yaml"))
    with pytest.raises(StoppedError, match=r"'my night\.yaml' --out .* --resume"):
        run_study(subject(fails={"9": "interrupts"}), request(tmp_path, scenario="my night.yaml", resume=True))


def test_a_full_disk_is_told_and_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = itertools.count()
    save: Callable[..., None] = np.savez_compressed

    def full(file: Any, **arrays: Any) -> None:
        if next(written) == 2:
            file.write(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        save(file, **arrays)

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(StoppedError, match=r"No space left on device\): free some space, then continue with: holdfire"):
        run_study(subject(), request(tmp_path))
    assert [path.name for path in sorted((tmp_path / "chunks").iterdir())] == ["00000.npz", "00001.npz"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"cannot be written .*name another folder"):
        run_study(subject(), request(tmp_path / "file"))


def test_within_a_time_it_rehearses_what_fits_but_no_fewer_than_asked(tmp_path: Path) -> None:
    outcome = run_study(subject(), request(tmp_path, 400, until_s=0.0, at_least=6))
    assert outcome.replications == 8
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["replications"] == 8
    again = run_study(subject(), request(tmp_path, resume=True))
    assert (again.replications, again.kept) == (24, 8)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run_study(subject(), request(tmp_path, 5), lambda *each: told.append(each))
    assert told[0] == ("preparing", 0, 1)
    assert [done for what, done, _ in told if what == "rehearsing"] == [0, 1, 2, 3, 4, 5]
    assert told[-1] == ("collecting", 1, 1)


def test_an_engine_that_cannot_be_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match="building the engine failed: AttributeError"):
        run_study(replace(subject(), builder="support.fake_engine:nothing"), request(tmp_path))

"""Run a study: manifest first, then chunks, each kept as soon as it is finished, then the tables."""

from __future__ import annotations

import contextlib
import json
import shlex
import time
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from typing import TYPE_CHECKING, Final

from holdfire.errors import HoldfireError, InputError, StoppedError
from holdfire.seed import check_replication, check_seed
from holdfire.study import manifest as manifests
from holdfire.study.collect import collect, discard
from holdfire.study.files import sweep, write_whole
from holdfire.study.plan import CHUNK, chunks
from holdfire.study.store import read_chunk
from holdfire.study.workers import Advanced, Failed, Finished, Job, alone, failed, together

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from holdfire.study.engine import Engine
    from holdfire.study.manifest import Manifest
    from holdfire.study.plan import Chunk
    from holdfire.study.subject import Subject
    from holdfire.study.workers import Message

    Tell = Callable[[str, int, int], None]
    """Told what is being done (`preparing`, `rehearsing`, `collecting`), how much of it is done, and of how much."""


_FULL: Final = (ENOSPC, EDQUOT, EFBIG)
"""What is said of a disk, a quota or a file that is full: what is kept can be continued."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a study.

    Attributes
    ----------
    folder
        Where the results go.
    replications, seed
        Of every option.
    workers
        Processes; 1 rehearses in this one.
    resume
        Add to what the folder holds.
    scenario
        The scenario as it was named, for the command that resumes.
    until_s
        Hand out no chunk that would end later than this, seconds from the beginning; `None`: all of them.
    at_least
        Replications that are rehearsed whatever `until_s` says.
    chunk_size
        Replications in a chunk.
    """

    folder: Path
    replications: int
    seed: int
    workers: int
    resume: bool = False
    scenario: str = "SCENARIO"
    until_s: float | None = None
    at_least: int = 20
    chunk_size: int = CHUNK

    def check(self) -> None:
        """Raise `InputError` for what cannot be run."""
        if self.replications < 1:
            message = f"{self.replications} replications are asked: ask for 1 or more"
            raise InputError(message)
        if self.workers < 1:
            message = f"{self.workers} workers are asked: ask for 1 or more"
            raise InputError(message)
        check_seed(self.seed)
        check_replication(self.replications - 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left: replications there are now, how many of them were there already, and the time it took."""

    replications: int
    kept: int
    wall_s: float


def run_study(subject: Subject, request: Request, tell: Tell | None = None) -> Outcome:
    """Run a study to its end, or to the end of its time.

    Results do not depend on the number of workers, nor on stops and resumes: a chunk's bits depend on its
    replications alone, and tables are made of the chunks in order.

    Raises
    ------
    InputError
        For what cannot be run, a folder that cannot be written or holds something else.
    StoppedError
        Where it was interrupted, or a worker failed: finished chunks are kept.
    """
    request.check()
    tell = tell or _silent
    begun_s = time.monotonic()
    try:
        manifest = _begin(subject, request)
        plan = chunks(manifest["replications"], request.chunk_size)
        done = [chunk for chunk in plan if read_chunk(request.folder, chunk) is not None]
        kept = _count(done)
        if todo := [chunk for chunk in plan if chunk not in done]:
            discard(request.folder)
            done = _rehearse(manifest, request, todo, done, begun_s, tell)
        manifest["replications"] = _without_gap(plan, done)
        manifests.write(request.folder, manifest)
        tell("collecting", 0, 1)
        collect(request.folder, manifest, subject.text)
        tell("collecting", 1, 1)
    except KeyboardInterrupt:
        raise StoppedError(_stopped("stopped", request)) from None
    except OSError as error:
        cannot = f"{request.folder} cannot be written ({error.strerror})"
        if error.errno in _FULL and (request.folder / manifests.NAME).exists():
            message = f"{cannot}: free some space, then {_again(request)}"
            raise StoppedError(message) from None
        message = f"{cannot}: name another folder"
        raise InputError(message) from None
    return Outcome(manifest["replications"], kept, time.monotonic() - begun_s)


def _silent(_what: str, _done: int, _of: int) -> None:
    pass


def _begin(subject: Subject, request: Request) -> Manifest:
    """Write the manifest, or hold it against the one that is there."""
    folder = request.folder
    manifest = manifests.make(subject, request.seed, request.replications, request.chunk_size)
    if (folder / manifests.NAME).exists():
        if not request.resume:
            message = f"{folder} holds results already: add --resume to continue them, or name another folder"
            raise InputError(message)
        manifests.refuse_other(manifests.read(folder), manifest, folder)
    (folder / "chunks").mkdir(parents=True, exist_ok=True)
    sweep(folder)
    sweep(folder / "chunks")
    manifests.write(folder, manifest)
    return manifest


def _rehearse(
    manifest: Manifest, request: Request, todo: list[Chunk], done: list[Chunk], begun_s: float, tell: Tell
) -> list[Chunk]:
    """Rehearse what is not there yet; return every chunk that is there."""
    finished, walls = list(done), dict[str, float]()
    rehearsed, total = _count(done), manifest["replications"]
    job = Job(manifests.recipe(manifest), request.seed, request.folder)
    tell("preparing", 0, 1)
    engine_s = time.perf_counter()
    engine = _build(job, request)  # here first, so that kernels are compiled once, and workers find them
    engine_s = time.perf_counter() - engine_s
    tell("rehearsing", rehearsed, total)
    handed = _in_time(todo, request, begun_s, walls)
    with contextlib.closing(_messages(engine, job, handed, min(request.workers, len(todo)))) as messages:
        for message in messages:
            match message:
                case Advanced():
                    rehearsed += 1
                    tell("rehearsing", rehearsed, total)
                case Finished():
                    finished.append(message.chunk)
                    walls[f"{message.chunk.index:05}"] = round(message.wall_s, 3)
                case Failed():
                    raise _error(message, request)
    _write_timings(request, engine_s, walls)
    return finished


def _messages(engine: Engine, job: Job, handed: Iterator[Chunk], workers: int) -> Generator[Message]:
    return alone(engine, job, handed) if workers == 1 else together(job, handed, workers)


def _in_time(todo: list[Chunk], request: Request, begun_s: float, walls: dict[str, float]) -> Iterator[Chunk]:
    """Yield chunks while there is time for one more, as long as one took so far."""
    for chunk in todo:
        if request.until_s is not None and chunk.first >= request.at_least:
            one_s = max(walls.values(), default=0.0)
            if time.monotonic() - begun_s + one_s > request.until_s:
                return
        yield chunk


def _build(job: Job, request: Request) -> Engine:
    try:
        return job.recipe.build()
    except HoldfireError:
        raise
    except Exception as error:  # noqa: BLE001  # told in one line, with the whole beside the results
        raise _error(failed("building the engine", error), request) from None


def _error(told: Failed, request: Request) -> Exception:
    """Return the error that a worker's message stands for."""
    if told.errno is not None:
        return OSError(told.errno, told.text)
    if told.status is not None:
        kind = StoppedError if told.status == StoppedError.exit_status else InputError
        return kind(f"{told.where}: {told.text}")
    whole = ""
    if told.report:
        with contextlib.suppress(OSError):
            write_whole(request.folder / "failure.txt", f"{told.where}\n\n{told.report}")
            whole = f" The whole of it is in {request.folder / 'failure.txt'}."
    return StoppedError(_stopped(f"{told.where} failed: {told.text}.{whole} It stopped", request))


def _stopped(what: str, request: Request) -> str:
    plan = chunks(request.replications, request.chunk_size)
    there = _count([chunk for chunk in plan if read_chunk(request.folder, chunk) is not None])
    return f"{what}: {there} of {request.replications} replications are kept in {request.folder}; {_again(request)}"


def _again(request: Request) -> str:
    command = ["holdfire", "run", request.scenario, "--out", str(request.folder), "--resume"]
    return f"continue with: {shlex.join(command)}"


def _count(done: list[Chunk]) -> int:
    return sum(len(chunk.replications) for chunk in done)


def _without_gap(plan: tuple[Chunk, ...], done: list[Chunk]) -> int:
    """Count the replications from 0 up to the first that is missing."""
    return next((chunk.first for chunk in plan if chunk not in done), plan[-1].stop)


def _write_timings(request: Request, engine_s: float, walls: dict[str, float]) -> None:
    """Keep wall times apart from the results, which no time may change."""
    timings = {"workers": request.workers, "engine_s": round(engine_s, 3), "chunks_s": dict(sorted(walls.items()))}
    write_whole(request.folder / "timings.json", json.dumps(timings, indent=1) + "\n")

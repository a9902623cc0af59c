"""Who rehearses the chunks: this process, or spawned ones that each build the engine for themselves."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from holdfire.errors import HoldfireError
from holdfire.study.files import sweep
from holdfire.study.store import gather, write_chunk

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from holdfire.study.engine import Engine, Recipe
    from holdfire.study.plan import Chunk


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker needs to know."""

    recipe: Recipe
    seed: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Advanced:
    """One replication is rehearsed under all options, and not yet kept."""

    replication: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A chunk is on disk."""

    chunk: Chunk
    wall_s: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Something went wrong: in words, and for whoever mends it.

    `status` is the exit status of an error of ours, `None` for any other; `errno` says why a chunk was not written.
    """

    where: str
    text: str
    status: int | None = None
    errno: int | None = None
    report: str = ""


Message = Advanced | Finished | Failed


def rehearse(engine: Engine, job: Job, chunk: Chunk) -> Iterator[Message]:
    """Rehearse one chunk and keep it; nothing raised leaves here but as a message."""
    begun_s = time.perf_counter()
    where = f"replications {chunk.first} to {chunk.stop - 1}"
    told = []
    try:
        for replication in chunk.replications:
            where = f"replication {replication}"
            told.append(tuple(engine.rehearse(job.seed, replication)))
            yield Advanced(replication)
        nights = gather(job.recipe.options, chunk, told)
    except Exception as error:  # noqa: BLE001  # told in the parent, in one line
        yield failed(where, error)
        return
    try:
        write_chunk(job.folder, chunk, nights)
    except OSError as error:
        yield Failed(where, error.strerror or str(error), errno=error.errno)
        return
    yield Finished(chunk, time.perf_counter() - begun_s)


def failed(where: str, error: Exception) -> Failed:
    """Return an exception as a message."""
    report = "".join(traceback.format_exception(error))
    if isinstance(error, HoldfireError):
        return Failed(where, str(error), status=error.exit_status, report=report)
    return Failed(where, f"{type(error).__name__}: {error}", report=report)


def serve(orders: Connection, told: Connection, job: Job) -> None:
    """Live as a worker: build the engine, rehearse each chunk sent, until the parent is gone."""
    with contextlib.suppress(EOFError, OSError):  # the parent is gone: nobody is left to tell
        try:
            engine = job.recipe.build()
        except Exception as error:  # noqa: BLE001  # told in the parent, in one line
            told.send(failed("building the engine in a worker", error))
            return
        while True:
            for message in rehearse(engine, job, orders.recv()):
                told.send(message)


def alone(engine: Engine, job: Job, handed: Iterator[Chunk]) -> Generator[Message]:
    """Rehearse the chunks here, one after another."""
    for chunk in handed:
        yield from rehearse(engine, job, chunk)


@dataclass(slots=True)
class _Worker:
    """A spawned process, the ends of its pipes that are ours, and the chunk it is at."""

    process: BaseProcess
    orders: Connection
    told: Connection
    chunk: Chunk

    def give(self, chunk: Chunk) -> None:
        self.chunk = chunk
        with contextlib.suppress(OSError):  # it is dead: heard of when it is listened to
            self.orders.send(chunk)

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.process.close()
        self.orders.close()
        self.told.close()


def together(job: Job, handed: Iterator[Chunk], workers: int) -> Generator[Message]:
    """Rehearse the chunks in spawned processes, each taking the next when it has finished one."""
    crew: dict[object, _Worker] = {}
    try:
        with _interrupts_ignored():  # inherited: an interrupt is the parent's, who ends the workers
            for _, chunk in zip(range(workers), handed, strict=False):
                worker = _start(job, chunk)
                crew[worker.told] = worker
        busy = dict(crew)
        while busy:
            for ready in wait([worker.told for worker in busy.values()]):
                message = _heard(busy[ready])
                yield message
                if isinstance(message, Finished):
                    following = next(handed, None)
                    if following is None:
                        del busy[ready]
                    else:
                        busy[ready].give(following)
    finally:
        for worker in crew.values():
            worker.end()
        sweep(job.folder / "chunks")


def _start(job: Job, chunk: Chunk) -> _Worker:
    context = multiprocessing.get_context("spawn")
    their_orders, orders = context.Pipe(duplex=False)
    told, their_told = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(their_orders, their_told, job), daemon=True)
    process.start()
    their_orders.close()
    their_told.close()  # so that a worker's death ends the pipe
    worker = _Worker(process, orders, told, chunk)
    worker.give(chunk)
    return worker


def _heard(worker: _Worker) -> Message:
    """Return what a worker says, or that it is dead."""
    try:
        message: Message = worker.told.recv()
    except (EOFError, OSError):
        worker.process.join()
        code = worker.process.exitcode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        where = f"replications {worker.chunk.first} to {worker.chunk.stop - 1}"
        return Failed(where, f"the worker {how}; where memory is short, take fewer workers")
    return message


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach; only a main thread can say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

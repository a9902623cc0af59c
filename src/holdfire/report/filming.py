"""Replay and film nights of a study, in processes of their own where there is more than one."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from holdfire.report.encode import encode
from holdfire.study import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from holdfire.messages.film import FilmedNight
    from holdfire.study.manifest import Manifest

    ToldOf = Mapping[str, Sequence[int]]
    """By option, the aircraft whose stories are told: places in the truth."""


@runtime_checkable
class Films(Protocol):
    """An engine that can film; see `rehearsal.engine.Rehearsal.film`."""

    def film(self, seed: int, replication: int, told_of: ToldOf) -> list[FilmedNight]:
        """Replay one replication under some options, film it, and tell some aircraft's stories of each."""
        ...  # pragma: no cover


class Film(NamedTuple):
    """One replication: its film, compressed, and the digest of each option's night; or why there is none."""

    replication: int
    data: bytes
    digests: dict[str, str]
    problem: str = ""


def films(
    manifest: Manifest, told_of: Mapping[int, ToldOf], workers: int, tell: Callable[[str, int, int], None]
) -> Iterator[Film]:
    """Yield the films of some replications, in their order; `tell` hears how many are done."""
    tell("filming", 0, len(told_of))
    if min(workers, len(told_of)) <= 1:
        for done, (replication, of) in enumerate(told_of.items(), start=1):
            yield film(manifest, replication, of)
            tell("filming", done, len(told_of))
        return
    with ProcessPoolExecutor(min(workers, len(told_of)), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(film, manifest, replication, dict(of)) for replication, of in told_of.items()]
        for done, each in enumerate(waiting, start=1):
            yield each.result()
            tell("filming", done, len(told_of))


def film(manifest: Manifest, replication: int, told_of: ToldOf) -> Film:
    """Film one replication; whatever goes wrong is told in words, since the rest of a report stands without it."""
    try:
        engine = manifests.recipe(manifest).build()
        if not isinstance(engine, Films):
            return Film(replication, b"", {}, f"Night {replication} cannot be played: this engine films nothing.")
        nights = engine.film(manifest["seed"], replication, told_of)
        return Film(replication, encode(replication, nights), {night.option: night.digest for night in nights})
    except Exception as error:  # noqa: BLE001
        reason = str(error).partition("\n")[0] or type(error).__name__
        return Film(replication, b"", {}, f"Night {replication} cannot be played: {reason}.")

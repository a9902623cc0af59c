"""Finished chunks on disk: arrays of numpy, without pickled objects."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from holdfire.messages.response import EVENT
from holdfire.messages.score import FIGURES, SCORED
from holdfire.study.files import replacing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.night import OptionNight
    from holdfire.study.plan import Chunk


class Nights(NamedTuple):
    """The nights of one chunk: by replication, within it by option."""

    replication: NDArray[np.int64]
    option: NDArray[np.int64]  # place among the options
    digest: NDArray[np.str_]
    figures: NDArray[np.float64]  # (nights, FIGURES)
    aircraft: Records  # SCORED, those of one night after those of another
    aircraft_count: NDArray[np.int64]  # how many are of each night
    events: Records  # EVENT
    event_count: NDArray[np.int64]


def chunk_path(folder: Path, chunk: Chunk) -> Path:
    """Return where a chunk is kept."""
    return folder / "chunks" / f"{chunk.index:05}.npz"


def gather(options: Sequence[str], chunk: Chunk, told: Sequence[Sequence[OptionNight]]) -> Nights:
    """Return a chunk's nights as arrays; raises `ValueError` where a night is not what was asked for."""
    for nights in told:
        if tuple(night.option for night in nights) != tuple(options):
            message = f"the engine told of {[night.option for night in nights]}: it was asked for {list(options)}"
            raise ValueError(message)
    flat = [night for nights in told for night in nights]
    return Nights(
        replication=np.repeat(np.array(chunk.replications, np.int64), len(options)),
        option=np.tile(np.arange(len(options), dtype=np.int64), len(told)),
        digest=np.array([night.digest for night in flat]),
        figures=np.array([[night.figures[name] for name in FIGURES] for night in flat], np.float64),
        aircraft=_joined([night.aircraft for night in flat], SCORED),
        aircraft_count=np.array([len(night.aircraft) for night in flat], np.int64),
        events=_joined([night.events for night in flat], EVENT),
        event_count=np.array([len(night.events) for night in flat], np.int64),
    )


def _joined(parts: Sequence[Records], layout: np.dtype[np.void]) -> Records:
    return np.concatenate([np.zeros(0, layout), *parts])


def write_chunk(folder: Path, chunk: Chunk, nights: Nights) -> None:
    """Keep a finished chunk, whole or not at all."""
    with replacing(chunk_path(folder, chunk)) as part, part.open("wb") as file:
        np.savez_compressed(file, **nights._asdict())


def read_chunk(folder: Path, chunk: Chunk) -> Nights | None:
    """Return a finished chunk, or `None` where it is not there, is damaged, or holds other replications."""
    try:
        with chunk_path(folder, chunk).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            nights = Nights(**{name: stored[name] for name in Nights._fields})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    return nights if np.array_equal(np.unique(nights.replication), chunk.replications) else None

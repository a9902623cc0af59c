"""What a study's folder still holds: whole tables, or the finished chunks of one that was stopped or damaged."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from holdfire.errors import InputError, UnreadableError
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.score import CAUSES, FIGURES, how_engaged
from holdfire.study import manifest as manifests
from holdfire.study.collect import TABLES, connect
from holdfire.study.naming import aircraft_names
from holdfire.study.plan import chunks
from holdfire.study.results import Results, load
from holdfire.study.space import made_by
from holdfire.study.store import chunk_path, read_chunk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from holdfire.study.manifest import Manifest
    from holdfire.study.plan import Chunk
    from holdfire.study.store import Nights

State = Literal["finished", "unfinished", "broken"]


class Fate(NamedTuple):
    """What became of one aircraft that matters, in one night under one option.

    `cause` is empty where nobody was wrong about it; `engaged` says how it was engaged: `fired at`, `disrupted`, or
    empty.
    """

    option: str
    replication: int
    name: str
    place: int
    intruder: bool
    status: str
    cause: str
    engaged: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder holds.

    Attributes
    ----------
    folder, manifest
        The study.
    state, problems
        Whether it is whole, and what is wrong in plain sentences.
    results
        The nights that can be compared: all, or those up to the first gap; `None`: none.
    fates
        Of those nights, by replication.
    """

    folder: Path
    manifest: Manifest
    state: State
    problems: tuple[str, ...]
    results: Results | None
    fates: tuple[Fate, ...]


def keep(folder: Path) -> Kept:
    """Read what a folder holds; raises `InputError` where it holds no study at all."""
    manifest = manifests.read(folder)
    _refuse_hollow(manifest, folder)
    problems = list[str]()
    with _noted(problems):
        results = load(folder)
        return Kept(folder, manifest, "finished", (), results, tuple(_tabled(folder, manifest)))
    return _from_chunks(folder, manifest, problems)


@contextlib.contextmanager
def _noted(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        problems.append(f"{error}.")


def _refuse_hollow(manifest: Manifest, folder: Path) -> None:
    asked = ("scenario", "options", "seed", "replications", "chunk_size", "engine", "assumptions", "bibliography")
    missing = [name for name in asked if name not in manifest]
    if missing:
        message = f"{folder / manifests.NAME} lacks {', '.join(missing)}: name the folder given to holdfire run --out"
        raise InputError(message)


def _tabled(folder: Path, manifest: Manifest) -> list[Fate]:
    """Return the fates that the table of aircraft tells; raises `InputError` where it cannot be read."""
    path = folder / "aircraft.parquet"
    connection = connect()
    from duckdb import Error

    query = """
        SELECT option, replication, name, aircraft, part = 'intruder', status,
            CASE cause WHEN 'none' THEN '' ELSE cause END,
            CASE WHEN shots > 0 THEN 'fired at' WHEN isfinite(engaged_s) THEN 'disrupted' ELSE '' END
        FROM read_parquet(?) ORDER BY replication, option, aircraft
    """
    with contextlib.closing(connection):
        try:
            rows = connection.execute(query, [str(path)]).fetchall()
        except Error as error:
            reason = str(error).partition("\n")[0]
            message = f"{path} cannot be read ({reason}): make it anew with {made_by(manifest)} … --resume"
            raise UnreadableError(message) from None
    return [Fate(*row) for row in rows]


def _from_chunks(folder: Path, manifest: Manifest, problems: list[str]) -> Kept:
    """Take the finished chunks up to the first gap."""
    plan = chunks(manifest["replications"], manifest["chunk_size"])
    damaged = [chunk for chunk in plan if chunk_path(folder, chunk).exists() and read_chunk(folder, chunk) is None]
    problems += [_damaged(folder, chunk, made_by(manifest)) for chunk in damaged]
    found = list(_until_gap(folder, plan))
    n = sum(len(np.unique(nights.replication)) for nights in found)
    problems.append(
        f"{n} of {manifest['replications']} nights under each option are finished without a gap"
        + (" and shown; intervals are those of the nights there are." if n else ": there is nothing to compare yet.")
    )
    spoilt = damaged or any((folder / f"{name}.parquet").exists() for name in TABLES)
    state: State = "broken" if spoilt else "unfinished"
    results = _results(manifest, found, n) if n else None
    return Kept(folder, manifest, state, tuple(problems), results, tuple(_fates(manifest, found)))


def _damaged(folder: Path, chunk: Chunk, maker: str) -> str:
    return (
        f"{chunk_path(folder, chunk)} is damaged: nights {chunk.first} to {chunk.stop - 1} are lost; "
        f"{maker} … --resume rehearses them anew."
    )


def _until_gap(folder: Path, plan: tuple[Chunk, ...]) -> Iterator[Nights]:
    for chunk in plan:
        nights = read_chunk(folder, chunk)
        if nights is None or nights.figures.shape[1:] != (len(FIGURES),):
            return
        yield nights


def _results(manifest: Manifest, found: list[Nights], n: int) -> Results:
    """Return the nights as `study.results.load` returns those of a finished study."""
    figures, digests = {}, {}
    for place, option in enumerate(manifests.option_ids(manifest)):
        figures[option] = np.concatenate([nights.figures[nights.option == place] for nights in found])
        digests[option] = [str(each) for nights in found for each in nights.digest[nights.option == place]]
    return Results({**manifest, "replications": n}, figures, digests)


def _fates(manifest: Manifest, found: list[Nights]) -> Iterator[Fate]:
    options = manifests.option_ids(manifest)
    for nights in found:
        parts = np.split(nights.aircraft, np.cumsum(nights.aircraft_count)[:-1])
        for replication, option, rows in zip(nights.replication, nights.option, parts, strict=True):
            names = aircraft_names(rows["part"], rows["line"], rows["ordinal"], rows["aircraft"])
            for name, row in zip(names, rows, strict=True):
                cause = CAUSES[row["cause"]] if row["cause"] >= 0 else ""
                status = Status(int(row["status"])).name.lower()
                yield Fate(
                    options[option], int(replication), name, int(row["aircraft"]), bool(row["part"] == Part.INTRUDER),
                    status, cause, how_engaged(row),
                )  # fmt: skip

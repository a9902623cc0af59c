"""Read a study's tables back."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from holdfire.errors import InputError, UnreadableError
from holdfire.messages.score import FIGURES
from holdfire.study import manifest as manifests
from holdfire.study.collect import connect
from holdfire.study.space import made_by

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.study.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Results:
    """All nights of a study.

    Attributes
    ----------
    manifest
        What was run.
    figures
        By option an array (replications, FIGURES); NaN where there was nothing to count.
    digests
        By option the digest of each night.
    """

    manifest: Manifest
    figures: dict[str, NDArray[np.float64]]
    digests: dict[str, list[str]]


def load(folder: Path) -> Results:
    """Read a folder's nights; raises `InputError` where the study is not finished, or is damaged."""
    manifest = manifests.read(folder)
    listed = ", ".join(f'"{name}"' for name in FIGURES)
    query = f"SELECT option, replication, digest, {listed} FROM read_parquet(?) ORDER BY replication"  # noqa: S608
    rows = _ask(folder, "nights", query, [])
    figures, digests = {}, {}
    for option in manifests.option_ids(manifest):
        own = [row for row in rows if row[0] == option]
        if [row[1] for row in own] != list(range(manifest["replications"])):
            message = f"{folder} lacks nights of option {option!r}: continue it with {made_by(manifest)} … --resume"
            raise InputError(message)
        figures[option] = np.array([row[3:] for row in own], np.float64)  # None, nothing to count, becomes NaN
        digests[option] = [str(row[2]) for row in own]
    return Results(manifest, figures, digests)


def places_of(folder: Path, option: str, replication: int) -> dict[str, int]:
    """Return the aircraft of one night by name, with their places in the truth, in the order of the name."""
    query = "SELECT name, aircraft FROM read_parquet(?) WHERE option = ? AND replication = ?"
    rows = _ask(folder, "aircraft", query, [option, replication])
    return {str(name): int(str(place)) for name, place in sorted(rows, key=lambda row: (str(row[0])[0] != "D", row))}


def events_of(folder: Path, what: Collection[str]) -> list[tuple[object, ...]]:
    """Return option, replication, time, what, aircraft and value of every event that is one of `what`, in order."""
    query = """SELECT option, replication, time_s, what, aircraft, value
        FROM read_parquet(?, file_row_number = true)
        WHERE list_contains(?, what) ORDER BY file_row_number"""
    return _ask(folder, "events", query, [sorted(what)])


def intruders_of(folder: Path) -> list[tuple[object, ...]]:
    """Return option, replication, place, line, whether crewed, and when it entered and left, of every intruder."""
    query = """SELECT option, replication, aircraft, line, crewed, entered_s, left_s FROM read_parquet(?)
        WHERE part = 'intruder'"""
    return _ask(folder, "aircraft", query, [])


def first_named(folder: Path, condition: str) -> dict[tuple[str, int], str]:
    """Return by option and replication the first aircraft by name, intruders before others, of which a condition holds.

    A night in which it holds of nobody is left out.
    """
    query = f"""SELECT option, replication, name FROM read_parquet(?) WHERE {condition}
        ORDER BY left(name, 1) = 'D', name DESC"""  # noqa: S608  # conditions of our own
    return {(str(option), int(str(night))): str(name) for option, night, name in _ask(folder, "aircraft", query, [])}


def _ask(folder: Path, table: str, query: str, values: list[object]) -> list[tuple[object, ...]]:
    path = folder / f"{table}.parquet"
    if not path.exists():
        maker = made_by(manifests.read(folder))
        message = f"{folder} is not finished ({path.name} is not there): continue it with {maker} … --resume"
        raise InputError(message)
    connection = connect()
    from duckdb import Error

    with contextlib.closing(connection):
        try:
            return connection.execute(query, [str(path), *values]).fetchall()
        except Error as error:
            reason = str(error).partition("\n")[0]
            maker = made_by(manifests.read(folder))
            message = f"{path} cannot be read ({reason}): make it anew with {maker} … --resume"
            raise UnreadableError(message) from None

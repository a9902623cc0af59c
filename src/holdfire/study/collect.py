"""From finished chunks to tables: Parquet by DuckDB, with the scenario, sources and assumptions beside them.

Chunks are taken in order and DuckDB runs on one thread, so that the files are the same to the byte for any
number of workers and any stops.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import InputError
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import EVENT, What
from holdfire.messages.score import CAUSES, FIGURES, SCORED
from holdfire.study.files import replacing, write_whole
from holdfire.study.manifest import option_ids
from holdfire.study.naming import aircraft_names
from holdfire.study.plan import chunks
from holdfire.study.store import Nights, read_chunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from holdfire.study.manifest import Manifest

    Columns = dict[str, NDArray[Any]]

TABLES: Final = ("nights", "aircraft", "events")
"""Written as `<name>.parquet`."""

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "part": [part.name.lower() for part in Part],
    "status": [status.name.lower() for status in Status],
    "cause": CAUSES,
    "what": ["none", *(what.name.lower() for what in What)],
}


def connect() -> DuckDBPyConnection:
    """Open a database in memory, on one thread; raises `InputError` where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError:
        message = "results are tables of DuckDB, which is not installed: pip install 'holdfire[study]'"
        raise InputError(message) from None
    return duckdb.connect(config={"threads": 1})


def discard(folder: Path) -> None:
    """Remove tables that are to be made anew."""
    for name in TABLES:
        (folder / f"{name}.parquet").unlink(missing_ok=True)


def collect(folder: Path, manifest: Manifest, scenario_text: str) -> None:
    """Write the tables of all chunks, and beside them what a reader needs to check them.

    Raises `InputError` where a chunk is missing, or the tables cannot be written.
    """
    write_whole(folder / "scenario.yaml", scenario_text)
    for name in ("bibliography", "assumptions"):
        write_whole(folder / f"{name}.json", json.dumps(manifest[name], indent=1, ensure_ascii=False) + "\n")
    connection = connect()
    with contextlib.closing(connection):
        for nights in _all_nights(folder, manifest):
            for name, columns in _tables(nights, manifest).items():
                _append(connection, name, columns)
        for name in TABLES:
            _write(connection, name, folder / f"{name}.parquet")


def _all_nights(folder: Path, manifest: Manifest) -> Iterator[Nights]:
    for chunk in chunks(manifest["replications"], manifest["chunk_size"]):
        nights = read_chunk(folder, chunk)
        if nights is None:
            message = f"{folder} lacks replications {chunk.first} to {chunk.stop - 1}: run it with --resume"
            raise InputError(message)
        yield nights


def _tables(nights: Nights, manifest: Manifest) -> dict[str, Columns]:
    options = np.array(option_ids(manifest))[nights.option]
    words = _WORDS | manifest["names"]
    figures = {name: nights.figures[:, column] for column, name in enumerate(FIGURES)}
    names = [
        name
        for rows in np.split(nights.aircraft, np.cumsum(nights.aircraft_count)[:-1])
        for name in aircraft_names(rows["part"], rows["line"], rows["ordinal"], rows["aircraft"])
    ]
    scored = {"name": np.array(names, "U8")} | _columns(nights.aircraft, SCORED, words)
    return {
        "nights": {"option": options, "replication": nights.replication, **figures, "digest": nights.digest},
        "aircraft": _of_nights(nights, options, nights.aircraft_count) | scored,
        "events": _of_nights(nights, options, nights.event_count) | _columns(nights.events, EVENT, words),
    }


def _of_nights(nights: Nights, options: NDArray[np.str_], counts: NDArray[np.int64]) -> Columns:
    return {"option": np.repeat(options, counts), "replication": np.repeat(nights.replication, counts)}


def _columns(rows: np.ndarray[Any, Any], layout: np.dtype[np.void], words: Mapping[str, Sequence[str]]) -> Columns:
    return {name: _in_words(rows[name], words.get(name)) for name in layout.names or ()}


def _in_words(values: NDArray[Any], words: Sequence[str] | None) -> NDArray[Any]:
    """Put words for codes where the field has them; a code outside them, as -1, is `none`."""
    if words is None:
        return np.ascontiguousarray(values)
    listed = np.array([*words, "none"])
    return listed[np.where((values >= 0) & (values < len(words)), values, len(words))]


def _append(connection: DuckDBPyConnection, name: str, columns: Columns) -> None:
    texts = {column: values.dtype.kind == "U" for column, values in columns.items()}
    listed = ", ".join(
        f'"{column}"::VARCHAR AS "{column}"' if text else f'"{column}"' for column, text in texts.items()
    )
    connection.register("chunk", columns)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT {listed} FROM chunk LIMIT 0")  # noqa: S608
    connection.execute(f"INSERT INTO {name} SELECT {listed} FROM chunk")  # noqa: S608  # names of our own
    connection.unregister("chunk")


def _write(connection: DuckDBPyConnection, name: str, path: Path) -> None:
    from duckdb import Error

    try:
        with replacing(path) as part:
            quoted = str(part).replace("'", "''")
            connection.execute(f"COPY {name} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    except Error as error:
        message = f"{path} cannot be written ({_why(error)}): free some space, then run again with --resume"
        raise InputError(message) from None


def _why(error: Exception) -> str:
    """Return what DuckDB says in a few words; it wraps the system's own words in a long line."""
    full = os.strerror(errno.ENOSPC)
    return full if full in str(error) else str(error).partition("\n")[0]

"""Files that are there whole or not at all: written beside their place, forced to disk, then renamed."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PART = ".part"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; at the end, force it to disk and rename it to `path`. On an error nothing is left."""
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        yield part
        _force(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _force(path.parent)


def write_whole(path: Path, content: str) -> None:
    """Write a text file, whole or not at all."""
    with replacing(path) as part:
        part.write_text(content, encoding="utf-8", newline="\n")


def sweep(folder: Path) -> None:
    """Remove what a writer that was killed left behind."""
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def _force(path: Path) -> None:
    """Force a file, or a folder's list of names where the system can do that, to disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

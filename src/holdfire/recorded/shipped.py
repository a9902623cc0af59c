"""Recordings that ship, by their names: a made-up scene, all of it simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.catalogue import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

SHELF: Final = LIBRARY / "recordings"


def found(path: Path) -> Path:
    """Return a path as it is; where nothing is there and a recording that ships has that name, the path of this one."""
    shipped = SHELF / path.name
    return shipped if path.name == str(path) and not path.exists() and shipped.is_file() else path

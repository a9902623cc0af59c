"""Recordings that ship, by their names: a made-up scene, all of it simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.catalogue import LIBRARY
from holdfire.errors import UnreadableError
from holdfire.findings import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

SHELF: Final = LIBRARY / "recordings"
NAMES: Final = ("radars.ast", "radars.pcap.gz", "frames.jsonl.gz", "system.ast", "truth.csv.gz")


def found(path: Path) -> Path:
    """Return a path as it is; where nothing is there and a recording that ships has that name, the path of this one.

    Raises `UnreadableError` where it cannot be looked for, or nothing is there and a file beside it, or one that ships,
    has almost that name.
    """
    try:
        if path.exists():
            return path
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): name a recording"
        raise UnreadableError(message) from error
    if path.name == str(path) and path.name in NAMES:
        return SHELF / path.name
    near = did_you_mean(path.name, [*beside, *NAMES])
    if near:
        message = f"{path} is not there{near}"
        raise UnreadableError(message)
    return path

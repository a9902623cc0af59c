"""Progress and time left, on standard error, where a person looks at it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = {
    "preparing": "preparing (the first time, compiling)",
    "rehearsing": "rehearsing replications",
    "collecting": "writing tables",
    "describing": "describing the study",
    "flying in": "flying in at each height",
    "filming": "replaying nights to be shown",
}

COUNTED = {"rehearsing", "filming", "flying in"}
"""Of the others nobody knows how long they take."""


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to tell `what`, `done` and `of`; it shows nothing where no terminal is."""
    console = Console(stderr=True)
    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    tasks = {}

    def tell(what: str, done: int, of: int) -> None:
        if what not in tasks:
            total = of if what in COUNTED else None
            tasks[what] = shown.add_task(WORDS[what], total=total, completed=done)
            for earlier in list(tasks)[:-1]:
                shown.update(tasks[earlier], visible=False)
        shown.update(tasks[what], completed=done)

    with shown:
        yield tell

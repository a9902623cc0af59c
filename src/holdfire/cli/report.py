"""`holdfire report`."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.report.write import Written, write

if TYPE_CHECKING:
    from rich.console import Console

FILE = Path("holdfire-report.html")


def report_(
    results: Path,
    *,
    out: Annotated[Path, Parameter(help="the file to write")] = FILE,
    nights: Annotated[str | None, Parameter(help="nights to be played, as 0,3; those that tell most")] = None,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    open_: Annotated[bool, Parameter(name="--open", negative="--no-open", help="show it in a browser")] = True,
    json: Json = False,
) -> int:
    """Write one page of a study: comparison, map, nights to be played, and every ruling with its reasons.

    Parameters
    ----------
    results
        Folder that `holdfire run` wrote, finished or not.
    """
    with progress() as tell:
        written = write(results, out, nights, os.cpu_count() or 1 if workers is None else workers, tell)
    if json:
        print_json("report", path=str(out), mb=round(written.mb, 2), nights=list(written.nights))
        return 0
    said(console(), out, written)
    show_page(out, wanted=open_)
    return 0


def said(out: Console, path: Path, written: Written) -> None:
    """Say what was written, and what is wrong with it."""
    for problem in written.problems:
        out.print(problem, soft_wrap=True)
    named = f" ({', '.join(map(str, written.nights))})" if written.nights else ""
    nights = plural(len(written.nights), "night")
    out.print(f"{path}: {written.mb:.1f} MB, {nights} to be played{named}", soft_wrap=True)


def show_page(path: Path, *, wanted: bool) -> None:
    """Open a page, unless nobody wants it, a machine runs us, or there is no screen to show it on."""
    if wanted and can_show():
        webbrowser.open(path.resolve().as_uri())


def can_show() -> bool:
    """Whether a browser could be seen: never in continuous integration, on Linux only with a display."""
    if os.environ.get("CI"):
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""What a command prints: tables for people, or one JSON document for programs."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

from cyclopts import Parameter
from rich import box
from rich.console import Console
from rich.table import Table

from holdfire import __version__

Json = Annotated[bool, Parameter(name="--json", negative="", help="print one JSON document and nothing else")]


class _Console(Console):
    """A console that leaves a reader who has seen enough to `main`, instead of failing."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Return where tables go; what authors wrote is never taken for markup."""
    return _Console(markup=False, highlight=False, emoji=False)


def table(*columns: str, title: str | None = None, lines: bool = False) -> Table:
    """Return an empty table, whose first column never wraps; `lines` part rows of several lines."""
    style = box.SQUARE if lines else box.SIMPLE_HEAD
    made = Table(title=title, title_justify="left", title_style="bold", show_lines=lines, box=style)
    for position, column in enumerate(columns):
        made.add_column(column, no_wrap=position == 0, overflow="fold")
    return made


def print_json(document: str, **body: Any) -> None:  # noqa: ANN401  # any JSON
    """Print one JSON document that says what it is and by which version."""
    sys.stdout.write(json.dumps({"document": document, "holdfire": __version__, **body}, indent=2) + "\n")


def print_fault(error: Exception, *, as_json: bool) -> None:
    """Say what is wrong on standard error, and in JSON on standard output where that was asked for."""
    if as_json:
        print_json("error", faults=faults_of(error))
    sys.stderr.write(f"{error}\n")


def faults_of(error: Exception) -> list[dict[str, Any]]:
    """Return the faults of an error, those of a file with their places."""
    faults = getattr(error, "faults", None)
    if faults is None:
        return [{"path": None, "line": None, "column": None, "text": str(error)}]
    return [{"path": f.path, "line": f.line, "column": f.column, "text": f.text} for f in faults]


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 rule`, `2 rules`."""
    return f"{count} {one if count == 1 else many or one + 's'}"

"""What a command says, put together once: printed for people, or written as a page that stands alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import Parameter

from holdfire import __version__
from holdfire.cli.output import console, print_json, table
from holdfire.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

Html = Annotated[Path | None, Parameter(name="--html", negative="", help="write a page that stands alone, too")]

_STYLE: Final = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { font-weight: bold; text-align: left; }
th, td { border: 1px solid; padding: .3rem .6rem; text-align: left; vertical-align: top; white-space: pre-line; }
p { white-space: pre-line; }
footer { border-top: 1px solid; margin-top: 2rem; }
@media print { body { max-width: none; } }
"""


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int


@dataclass(frozen=True, slots=True)
class _Table:
    title: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: bool


@dataclass(slots=True)
class Sheet:
    """Headings, lines and tables in the order in which they are added. Text is never taken for markup."""

    title: str
    _parts: list[_Heading | _Line | _Table] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """Begin a part."""
        self._parts.append(_Heading(text))

    def say(self, text: str, indent: int = 0) -> None:
        """Add a line, or a paragraph; `indent` counts levels."""
        self._parts.append(_Line(text, indent))

    def table(
        self, columns: Iterable[str], rows: Iterable[Iterable[str]], title: str | None = None, *, lines: bool = False
    ) -> None:
        """Add a table; `lines` part rows of several lines."""
        self._parts.append(_Table(title, tuple(columns), tuple(map(tuple, rows)), lines))

    def show(self, out: Console) -> None:
        """Print it."""
        out.print(self.title, style="bold", soft_wrap=True)
        for part in self._parts:
            match part:
                case _Heading(text):
                    out.print(f"\n{text}", style="bold")
                case _Line(text, indent):
                    out.print("  " * indent + text, soft_wrap=True)
                case _Table(title, columns, rows, lines):
                    made = table(*columns, title=title, lines=lines)
                    for row in rows:
                        made.add_row(*row)
                    out.print(made)

    def page(self) -> str:
        """Return it as one HTML document that loads nothing."""
        body = "\n".join(map(_as_html, self._parts))
        title = escape(self.title)
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n'
        head += f"<title>{title}</title>\n<style>{_STYLE}</style>"
        foot = f"<footer><p>holdfire {escape(__version__)}</p></footer>"
        main = f"<main>\n<h1>{title}</h1>\n{body}\n</main>\n{foot}"
        return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{main}\n</body>\n</html>\n'


def present(sheet: Sheet, document: str, data: dict[str, Any], *, json: bool, html: Path | None = None) -> None:
    """Print a sheet, or its data as one JSON document; write its page, too, where a file is named.

    Raises `InputError` where the page cannot be written.
    """
    if html is not None:
        write_page(sheet, html)
    if json:
        print_json(document, **data)
    else:
        sheet.show(console())


def write_page(sheet: Sheet, file: Path) -> None:
    """Write a sheet as a page. Raises `InputError` where it cannot be written."""
    try:
        file.write_text(sheet.page(), encoding="utf-8")
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}): name another file"
        raise InputError(message) from None


def _as_html(part: _Heading | _Line | _Table) -> str:
    match part:
        case _Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case _Line(text, indent):
            return f'<p style="margin-left: {indent}rem">{escape(text.strip())}</p>'
        case _Table(title, columns, rows, _):
            caption = f"<caption>{escape(title)}</caption>" if title else ""
            head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
            lines = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
            inner = f"{caption}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody>"
            return f'<div class="wide" tabindex="0" role="region" aria-label="table"><table>{inner}</table></div>'


def _cells(row: tuple[str, ...]) -> str:
    first, *rest = row
    return f'<th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest)

"""A file as data, which can say at which line and column any part of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from holdfire.errors import ContentError, DocumentError, Fault, Finding, Location, UnreadableError
from holdfire.reader.core import Data, build, compose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HINTS = {
    "could not find expected ':'": "a key needs a colon and a space behind it",
    "did not find expected key": "check the indentation, and quote text that begins with a sign",
    "mapping values are not allowed in this context": "quote text that has a colon in it",
    "did not find expected ',' or ']'": "close the list with ]",
    "did not find expected ',' or '}'": "close the mapping with }",
    "did not find expected node content": "close the list with ] or the mapping with }",
    "did not find expected '-' indicator": "a list and a mapping cannot stand in one place",
    "found unexpected end of stream": "close the quotation mark",
    "found character that cannot start any token": "quote text that begins with @, % or a backtick",
    "but found another document": "write one document a file",
    "found undefined alias": "quote text that begins with *",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file, and the node tree that knows where everything stands."""

    name: str
    data: Data
    root: yaml.Node

    def fault(self, finding: Finding) -> Fault:
        """Return the finding with its line and column, those of the nearest part that exists."""
        mark = _mark(self.root, finding.loc)
        return Fault(self.name, mark.line + 1, mark.column + 1, finding.text)

    def refuse(self, findings: Iterable[Finding]) -> DocumentError:
        """Return the error that carries all findings as faults of this file."""
        return DocumentError([self.fault(finding) for finding in findings])


def read(path: Path, name: str | None = None) -> Document:
    """Read one YAML file; `name` is what faults call it (the path by default).

    Raises
    ------
    UnreadableError
        The file is missing, a folder, not ours to read, or not UTF-8.
    DocumentError
        It is not the YAML that we read; carries every fault found.
    """
    called = name or str(path)
    try:
        text = path.read_bytes()
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{called}: byte {error.start} is not UTF-8: save the file as UTF-8"
        raise UnreadableError(message) from None
    except OSError as error:
        message = f"{called}: cannot be read ({error.strerror}): check the path"
        raise UnreadableError(message) from None
    return parse(text, called)


def parse(text: bytes, name: str) -> Document:
    """Turn the bytes of one YAML document into data; raises `DocumentError`."""
    tab = re.search(rb"\t", text)
    if tab:
        line = text.count(b"\n", 0, tab.start())
        column = tab.start() - (text.rfind(b"\n", 0, tab.start()) + 1)
        raise DocumentError([Fault(name, line + 1, column + 1, "a tab: write spaces")])
    try:
        root = compose(text)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([_syntax(name, error)]) from None
    except yaml.reader.ReaderError as error:
        raise DocumentError([_forbidden_character(name, text, error.position)]) from None
    if root is None:
        raise DocumentError([Fault(name, 1, 1, "the file is empty")])
    try:
        return Document(name, build(root, aliased=b"*" in text), root)
    except ContentError as error:
        raise Document(name, None, root).refuse(error.findings) from None


def _syntax(name: str, error: yaml.MarkedYAMLError) -> Fault:
    line, column = (error.problem_mark.line, error.problem_mark.column) if error.problem_mark else (0, 0)
    text = error.problem or "this is not YAML"
    if error.context and error.context_mark:
        text += f" ({error.context} that begins in line {error.context_mark.line + 1})"
    hint = _HINTS.get(error.problem or "")
    return Fault(name, line + 1, column + 1, f"{text}: {hint}" if hint else text)


def _forbidden_character(name: str, text: bytes, position: int) -> Fault:
    before = text[:position].decode("utf-8", "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Fault(name, line, column, f"byte 0x{text[position]:02x} has no place in text: remove it")


def _mark(root: yaml.Node, loc: Location) -> yaml.Mark:
    """Walk down as far as the path exists; a part that is not there stands where its parent does."""
    node, mark = root, root.start_mark
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            for key, child in reversed(node.value):
                if key.value == part:
                    node, mark = child, key.start_mark
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
    return mark

"""A file as data, which can say at which line and column any part of it stands."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from holdfire.errors import ContentError, DocumentError, Fault, Finding, Location, UnreadableError
from holdfire.reader.core import MAX_DEPTH, Data, build, compose, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WORDS = {
    "could not find expected ':'": "a key needs a colon and a space behind it",
    "did not find expected key": "a key was expected: check the indentation, and quote the whole of a text",
    "mapping values are not allowed in this context": "a second colon: quote text that has a colon in it",
    "did not find expected ',' or ']'": "this list is not closed: write ]",
    "did not find expected ',' or '}'": "this mapping is not closed: write }",
    "did not find expected node content": "a value was expected: a ] or } without its beginning, or a , too many",
    "did not find expected '-' indicator": "a list and a mapping cannot stand in one place: check the indentation",
    "found unexpected end of stream": "this text is not closed: write the closing quotation mark",
    "found character that cannot start any token": "quote text that begins with @, % or a backtick",
    "but found another document": "a second document begins here: write one document a file",
    "found undefined alias": "quote text that begins with *",
    "did not find expected <document start>": "this line begins left of the first, or behind the end: align it",
    "did not find expected alphabetic or numeric character": "quote text that begins with * or &",
    "found unknown escape character": "write \\\\ for a backslash, or use single quotation marks",
    "did not find expected comment or line break": "begin this text on the next line",
    "found unexpected non-alphabetical character": "quote text that begins with %",
    "did not find expected hexdecimal number": "write two digits or letters A to F behind \\x",
    "second occurrence": "this anchor stands twice: rename one",
    "found invalid Unicode character escape code": "there is no such character: write another",
    "did not find the expected '>'": "a tag means nothing here: leave it out",
    "found incompatible YAML document": "this version of YAML is not read: leave the %YAML line out",
}
"""What the parser says, in words that say what to do; what is not here is shown as it says it."""


MAX_BYTES = 50_000_000
"""Ten times what any author writes; beyond it something else was named by mistake."""


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
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        message = f"{called}: cannot be read (it is a folder): name a file in it"
        raise UnreadableError(message) from None
    except OSError as error:
        message = f"{called}: cannot be read ({error.strerror}): check the path"
        raise UnreadableError(message) from None
    except ValueError:
        message = f"{called!r}: cannot be read (no file can be called that): check the path"
        raise UnreadableError(message) from None
    if len(text) > MAX_BYTES:
        message = f"{called}: has more than {MAX_BYTES // 10**6} MB: split it"
        raise UnreadableError(message)
    return parse(text.removeprefix(codecs.BOM_UTF8), called)


def parse(text: bytes, name: str) -> Document:
    """Turn the bytes of one YAML document into data; raises `DocumentError`."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(text, error.start)
        raise DocumentError([Fault(name, *place, "this is not UTF-8: save the file as UTF-8")]) from None
    tab = text.find(b"\t")
    if tab >= 0:
        raise DocumentError([Fault(name, *_place(text, tab), "a tab: write spaces")])
    try:
        deep = too_deep(text)
        if deep:
            message = f"nested more than {MAX_DEPTH} deep: write it flatter"
            raise DocumentError([Fault(name, *deep, message)])
        root = compose(text)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([_syntax(name, error)]) from None
    except yaml.reader.ReaderError as error:
        message = f"byte 0x{text[error.position]:02x} has no place in text: remove it"
        raise DocumentError([Fault(name, *_place(text, error.position), message)]) from None
    if root is None:
        raise DocumentError([Fault(name, 1, 1, "the file is empty: begin with `id: …`")])
    try:
        return Document(name, build(root, aliased=b"*" in text), root)
    except ContentError as error:
        raise Document(name, None, root).refuse(error.findings) from None


def _syntax(name: str, error: yaml.MarkedYAMLError) -> Fault:
    problem = error.problem or "this is not YAML"
    mark, begin = error.problem_mark, error.context_mark
    text = _WORDS.get(problem, problem)
    if begin and mark and problem in _UNCLOSED and begin.line == mark.line:
        text = _UNCLOSED[problem]
    elif begin and (problem in _AT_ITS_BEGINNING or problem in _UNCLOSED):
        mark = begin
    return Fault(name, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, text)


_UNCLOSED = {
    "did not find expected ',' or ']'": "a comma is missing, or the ] that closes this list",
    "did not find expected ',' or '}'": "a comma is missing, or the } that closes this mapping",
}
_AT_ITS_BEGINNING = {
    "could not find expected ':'",
    "did not find expected alphabetic or numeric character",
    "found unexpected end of stream",
    "found unexpected non-alphabetical character",
}
"""Problems that the parser meets later than the author made them."""


def _place(text: bytes, position: int) -> tuple[int, int]:
    """Return the line and column, both from 1, of a byte."""
    before = text[:position].decode("utf-8", "replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


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

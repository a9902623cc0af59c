"""YAML 1.2 core schema on PyYAML's C parser: `NO` is Norway, `08` is 8, `012` is 12, `12:30:00` is text.

Method: YAML 1.2.2, chapter 10.3 (core schema). Tags, merge keys, tabs, duplicate keys and keys that are not
plain text are refused; so are aliases whose expansion is many times what was written.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import yaml

from holdfire.errors import ContentError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

Scalar = str | int | float | bool | None
Data = Scalar | list["Data"] | dict[str, "Data"]

MAX_DEPTH: Final = 60
SAFE_DEPTH: Final = 400
"""The C parser recurses once a level; to this depth it was seen to be safe by far."""
MAX_DIGITS: Final = 300
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_MARKS: Final = bytes(ord("-") if byte in b" ?:-" else 0 for byte in range(256))
MAX_EXPANSION: Final = 10
_UNTAGGED: Final = "untagged"

_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMERIC = frozenset("+-.0123456789")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_WORDS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


class _Loader(yaml.CSafeLoader):
    """The C parser without PyYAML's YAML 1.1 resolvers: a node keeps its text, we say what it means."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002
        return _UNTAGGED


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector: walking a growing tree of live nodes again and again costs six times more.

    Freezing and unfreezing hands the new tree to the oldest generation, unwalked.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def too_deep(text: bytes) -> tuple[int, int] | None:
    """Return where a document nests deeper than `MAX_DEPTH`, if it may be too deep to compose at all.

    A cheap upper bound is taken first, since walking the parser's events costs as much as composing: pairs of
    brackets are taken away from the inside outwards, and marks that nest within a line are looked for.
    """
    brackets, rounds = text.translate(None, delete=_NO_BRACKETS), 0
    while rounds + len(brackets) > SAFE_DEPTH and rounds < SAFE_DEPTH:
        inner = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if inner == brackets:
            break
        brackets, rounds = inner, rounds + 2
    if rounds + len(brackets) <= SAFE_DEPTH and b"-" * SAFE_DEPTH not in text.translate(_MARKS):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            mark = event.start_mark
            return (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return None


def compose(text: bytes) -> yaml.Node | None:
    """Return the node tree of one document, `None` for an empty one; raises `yaml.YAMLError`."""
    with _no_collection():
        return yaml.compose(text, Loader=_Loader)


def build(root: yaml.Node, *, aliased: bool) -> Data:
    """Return plain data for a node tree; raises `ContentError` with a finding at each fault.

    `aliased` says whether the text may hold aliases, whose expansion is then weighed first.
    """
    builder = _Builder([], [])
    with _no_collection():
        if aliased and _explodes(root):
            text = f"aliases expand this to over {MAX_EXPANSION} times its size: write it out"
            raise ContentError([Finding((), text)])
        data = builder.build(root)
    if builder.findings:
        raise ContentError(builder.findings)
    return data


def scalar(text: str) -> Scalar:
    """Return what a plain (unquoted) scalar means in the core schema."""
    if text[:1] in _NUMERIC and len(text) <= MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) or _INFINITE.fullmatch(text):
            return float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf"))
        if _OCTAL_OR_HEX.fullmatch(text):
            return int(text, 0)
    return _WORDS.get(text, text)


def _as_written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


@dataclass(slots=True)
class _Builder:
    """One walk down a node tree: the way from the top, and what was found wrong."""

    way: list[str | int]
    findings: list[Finding]

    def build(self, node: yaml.Node) -> Data:
        if node.tag is not _UNTAGGED:
            self.find(f"tag {_as_written(node.tag)}: tags mean nothing here, leave it out")
        kind = node.__class__
        if isinstance(node, yaml.ScalarNode):
            return cast("str", node.value) if node.style else scalar(node.value)
        if len(self.way) >= MAX_DEPTH:
            self.find(f"nested more than {MAX_DEPTH} deep: write it flatter")
            return None
        return self.mapping(node) if kind is yaml.MappingNode else self.sequence(node)

    def find(self, text: str) -> None:
        self.findings.append(Finding(tuple(self.way), text))

    def sequence(self, node: yaml.Node) -> list[Data]:
        out: list[Data] = []
        self.way.append(0)
        for index, child in enumerate(node.value):
            self.way[-1] = index
            out.append(self.build(child))
        self.way.pop()
        return out

    def mapping(self, node: yaml.Node) -> dict[str, Data]:
        out: dict[str, Data] = {}
        way, build = self.way, self.build
        way.append("")
        for key_node, child in node.value:
            key = key_node.value
            if key_node.__class__ is not yaml.ScalarNode or key_node.tag is not _UNTAGGED:
                way[-1] = ""
                self.find("a key must be plain text, not a list, a mapping or a tag")
                continue
            way[-1] = key
            if key in out:
                first = next(k for k, _ in node.value if k.value == key).start_mark.line + 1
                self.find(f"{key!r} stands twice, first in line {first}: keep one")
            elif key == "<<":
                self.find("'<<' is not YAML 1.2: write the fields out, or use extends")
            else:
                out[key] = build(child)
        way.pop()
        return out


def _explodes(root: yaml.Node) -> bool:
    """Whether aliases repeat themselves endlessly, or expand to many times what is written."""
    sizes: dict[int, int] = {}
    return _size(root, sizes, set()) > MAX_EXPANSION * len(sizes)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return cast("list[yaml.Node]", node.value) if isinstance(node, yaml.SequenceNode) else []


def _size(node: yaml.Node, sizes: dict[int, int], above: set[int]) -> int:
    if id(node) in above:
        return MAX_EXPANSION**12
    if id(node) not in sizes:
        above.add(id(node))
        sizes[id(node)] = 1 + sum(_size(child, sizes, above) for child in _children(node))
        above.discard(id(node))
    return sizes[id(node)]

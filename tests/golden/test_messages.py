"""Every message about a bad file, word for word.

Each `messages/*/*.yaml` has a fault, and beside it a `.txt` with exactly what a person is told. To write those
files anew, run with HOLDFIRE_REWRITE_GOLDEN=1, and read the difference as a lawyer would.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import holdfire
from holdfire import catalogue
from holdfire.catalogue import load_ruleset, load_situation
from holdfire.errors import InputError
from holdfire.reader.document import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MESSAGES = Path(__file__).parent / "messages"
REWRITE = os.environ.get("HOLDFIRE_REWRITE_GOLDEN") == "1"
NAMES = "names.yaml"

LOAD: dict[str, Callable[[str], object]] = {
    "reader": load_ruleset,
    "rules": load_ruleset,
    "variants": load_ruleset,
    "evidence": load_situation,
}
FILES = sorted(str(path.relative_to(MESSAGES)) for shelf in LOAD for path in (MESSAGES / shelf).glob("*.yaml"))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults name a file as it was asked for, so all stand in one folder; what ships is a small library there."""
    monkeypatch.chdir(MESSAGES)
    monkeypatch.setattr(catalogue, "LIBRARY", MESSAGES / "library")


def told(load: Callable[[str], object], name: str) -> str:
    with pytest.raises(InputError) as caught:
        load(name)
    return str(caught.value)


def expected(name: str, found: str) -> str:
    """The stored text, written first where that was asked for."""
    path = (MESSAGES / name).with_suffix(".txt")
    if REWRITE:
        path.write_text(f"{found}\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_word_for_word(name: str) -> None:
    found = told(LOAD[name.split("/")[0]], name)
    assert found == expected(name, found)


def test_a_bad_name_is_told_word_for_word() -> None:
    asked: Any = read(Path(NAMES)).data
    load = {"rulesets": load_ruleset, "situations": load_situation}
    found = "\n".join(told(load[shelf], name) for shelf, name in asked)
    assert found == expected(NAMES, found)


def test_every_text_belongs_to_a_file() -> None:
    texts = {str(path.relative_to(MESSAGES)) for path in MESSAGES.rglob("*.txt")}
    assert texts == {str(Path(name).with_suffix(".txt")) for name in (*FILES, NAMES)}


@pytest.mark.parametrize("name", ["parents/sound.yaml", "visual-confirmation", "self-defence"])
def test_what_the_files_build_on_is_sound(name: str) -> None:
    assert load_ruleset(name).rules
    assert load_situation("medical-helicopter").evidence.items


# That every message is among them.
SOURCES = (
    "findings.py", "catalogue.py", "reader/core.py", "reader/document.py", "logic/checks.py", "logic/parse.py",
    "logic/situation.py", "logic/variant.py", "logic/when_schema.py", "messages/authority.py",
)  # fmt: skip

# Texts in those files that no file brings about, and why.
UNREACHED = {
    "must be at most": "no field has an upper bound that is allowed itself",
    "it must fit ": "every pattern has its words",
    "this is not YAML": "the parser always says what is wrong",
    "the document": "what is no mapping is refused before the schema sees it",
    "in or not_in": "a choice has a short form",
    "What is known; an item that is not here is unknown.": "the title of a schema",
    "a count": "a description in a schema",
    ".*: has more than .* MB: split it": "a file of that size is not kept; its own test makes one",
}


def no_messages(tree: ast.AST) -> Iterator[ast.AST]:
    """Texts that stand alone as a statement, that describe a field of a schema, or by which others are found."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as value):
                yield value
            case ast.keyword(arg="description" | "doc", value=value):
                yield from ast.walk(value)
            case ast.Call(func=ast.Name(id="_asking" | "create_model"), args=arguments):
                yield from (part for argument in arguments for part in ast.walk(argument))
            case ast.Dict(keys=keys):
                yield from (key for key in keys if key)
            case ast.Assign(targets=[ast.Name(id="_AT_ITS_BEGINNING")], value=value):
                yield from ast.walk(value)
            case ast.Call(func=ast.Attribute(attr="removeprefix" | "replace" | "split"), args=arguments):
                yield from arguments
            case _:
                pass


def templates(source: str) -> Iterator[str]:
    """Every message of a source file as a pattern, what is filled in as anything at all."""
    tree = ast.parse(source)
    left_out = set(map(id, no_messages(tree)))
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            left_out.update(map(id, node.values))
            parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = [node.value]
        else:
            continue
        fixed = "".join(part or "" for part in parts)
        if " " in fixed and re.search(r"[a-z]{2}", fixed):
            yield "".join(".*" if part is None else re.escape(part) for part in parts)


def plain(template: str) -> str:
    return re.sub(r"\\(.)", r"\1", template)


def all_templates() -> list[tuple[str, str]]:
    package = Path(holdfire.__file__).parent
    return [(name, each) for name in SOURCES for each in sorted(set(templates((package / name).read_text())))]


def is_told(template: str) -> bool:
    return any(re.search(template, path.read_text(encoding="utf-8")) for path in MESSAGES.rglob("*.txt"))


def test_there_are_templates_to_look_for() -> None:
    found = {plain(each) for _, each in all_templates()}
    assert len(found) > 60
    assert found >= UNREACHED.keys()
    assert "not_in leaves no value of .*: name fewer" in found
    assert "this text is not closed: write the closing quotation mark" in found
    assert "found unexpected end of stream" not in found


@pytest.mark.parametrize(("source", "template"), all_templates())
def test_every_message_is_told_by_some_file(source: str, template: str) -> None:
    assert is_told(template) is (plain(template) not in UNREACHED), f"{source}: {plain(template)}"

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
from holdfire.catalogue import find, load_ruleset, load_situation
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
    """Faults name a file as it was asked for: seen from the folder of the messages, on every machine."""
    monkeypatch.chdir(MESSAGES)


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


def test_a_sound_parent_is_sound() -> None:
    assert load_ruleset("parents/sound.yaml").rules
    assert find("rulesets", "parents/sound.yaml")[0].is_file()


# That every message is among them.
SOURCES = (
    "findings.py", "catalogue.py", "reader/core.py", "reader/document.py", "logic/checks.py", "logic/parse.py",
    "logic/situation.py", "logic/variant.py", "logic/when_schema.py", "messages/authority.py",
)  # fmt: skip

# Texts in those files that are no message, and messages that no file can bring about.
NO_MESSAGE = {
    "more bounds than a number's at_most": {"must be at most"},
    "the parser always says what is wrong": {"this is not YAML"},
}
UNREACHED = frozenset().union(*NO_MESSAGE.values())


def docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Texts that stand alone as a statement, and those that describe a field of a schema."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as value):
                yield value
            case ast.keyword(arg="description" | "doc", value=value):
                yield from ast.walk(value)
            case ast.Call(func=ast.Name(id="_asking" | "create_model"), args=arguments):
                yield from arguments
            case _:
                pass


def templates(source: str) -> Iterator[str]:
    """Every message of a source file as a pattern, what is filled in as anything at all."""
    tree = ast.parse(source)
    left_out = set(map(id, docstrings(tree)))
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
        if len(re.findall(r"[a-z]{2,}", " ".join(filter(None, parts)))) > 1:
            yield "".join(".*" if part is None else re.escape(part) for part in parts)


def all_templates() -> list[tuple[str, str]]:
    package = Path(holdfire.__file__).parent
    found = dict.fromkeys((name, each) for name in SOURCES for each in templates((package / name).read_text()))
    return [(name, each) for name, each in found if re.sub(r"\\(.)", r"\1", each) not in UNREACHED]


def test_there_are_templates_to_look_for() -> None:
    found = [re.sub(r"\\(.)", r"\1", each) for _, each in all_templates()]
    assert len(found) > 60
    assert ".* belongs to a permission: a prohibition binds everyone at once" in found
    assert "close the quotation mark" in found


@pytest.mark.parametrize(("source", "template"), all_templates())
def test_every_message_is_told_by_some_file(source: str, template: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(MESSAGES.rglob("*.txt"))]
    assert any(re.search(template, text) for text in texts), f"{source}: no file brings about {template}"

"""YAML 1.2 with positions: what is read, what is refused, and where a fault stands."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from holdfire.errors import DocumentError
from holdfire.reader.core import MAX_DEPTH, MAX_DIGITS, MAX_EXPANSION, SAFE_DEPTH, scalar
from holdfire.reader.document import parse

if TYPE_CHECKING:
    from holdfire.reader.core import Data, Scalar


def data(text: str) -> Data:
    return parse(text.encode(), "f.yaml").data


def faults(text: str | bytes) -> list[str]:
    """The faults of a text, `line:column: text`."""
    with pytest.raises(DocumentError) as caught:
        parse(text.encode() if isinstance(text, str) else text, "f.yaml")
    return [str(fault).removeprefix("f.yaml:") for fault in caught.value.faults]


# What a plain scalar means: YAML 1.2.2, 10.3.2.
CORE: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "nULL": "nULL",
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False, "tRUE": "tRUE",
    "NO": "NO", "no": "no", "yes": "yes", "on": "on", "off": "off", "y": "y",
    "0": 0, "-0": 0, "8": 8, "08": 8, "012": 12, "+12": 12, "-19": -19, "7600": 7600,
    "0o17": 15, "0o0": 0, "0xFF": 255, "0xff": 255, "0o8": "0o8", "0xG": "0xG", "-0x1": "-0x1", "0b1": "0b1",
    "1e3": 1000.0, "1E-3": 0.001, "0.": 0.0, "5.": 5.0, ".5": 0.5, "+.5": 0.5, "-1.25e+2": -125.0, "12e03": 12000.0,
    ".inf": math.inf, "+.Inf": math.inf, "-.INF": -math.inf, "inf": "inf", ".iNF": ".iNF",
    "12:30:00": "12:30:00", "1:30": "1:30", "2025-10-09": "2025-10-09", "2025-10-09T21:30:00Z": "2025-10-09T21:30:00Z",
    "1_000": "1_000", "+": "+", "-": "-", ".": ".", "1e": "1e", "e3": "e3", "1.2.3": "1.2.3", "- ": "- ", "=": "=",
    "٣": "٣", "NaN": "NaN", "-.nan": "-.nan",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [*CORE.items()], ids=[repr(text) for text in CORE])
def test_a_plain_scalar_means_what_the_core_schema_says(text: str, value: Scalar) -> None:
    found = scalar(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number_is_a_number(text: str) -> None:
    found = scalar(text)
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize("digits", [MAX_DIGITS + 1, 5000])
def test_a_number_of_many_digits_is_text(digits: int) -> None:
    assert data(f"a: {'1' * MAX_DIGITS}\n") == {"a": int("1" * MAX_DIGITS)}
    assert data(f"a: {'1' * digits}\nb: .{'1' * digits}\n") == {"a": "1" * digits, "b": "." + "1" * digits}


@pytest.mark.parametrize("quoted", ["'{}'", '"{}"'])
@pytest.mark.parametrize("text", ["8", "true", "null", "1e3", "~", ""])
def test_quoted_text_stays_text(quoted: str, text: str) -> None:
    assert data(f"a: {quoted.format(text)}\n") == {"a": text}


def test_block_scalars_are_text() -> None:
    assert data("a: |\n  1\nb: >-\n  one\n  two\n") == {"a": "1\n", "b": "one two"}


def test_a_document_of_every_kind() -> None:
    text = "---\na: [1, x, {b: ~}]\nc:\n- d: 2\n  e: {}\n- []\n# end\n...\n"
    assert data(text) == {"a": [1, "x", {"b": None}], "c": [{"d": 2, "e": {}}, []]}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert data("7600: a\ntrue: b\nNO: c\n'': d\n") == {"7600": "a", "true": "b", "NO": "c", "": "d"}


def test_line_ends_of_another_system_change_nothing() -> None:
    assert data("a: 1\r\nb:\r\n  - x\r\n") == {"a": 1, "b": ["x"]}
    assert faults("a: 1\r\nb: 2\r\na: 3\r\n") == ["3:1: 'a' stands twice, first in line 1: keep one"]


def test_a_byte_order_mark_changes_nothing() -> None:
    assert parse(b"\xef\xbb\xbfa: 1\n", "f.yaml").data == {"a": 1}
    assert faults(b"\xef\xbb\xbfa: 1\na: 2\n")[0].startswith("2:1: ")


def test_nothing_at_all_is_refused() -> None:
    for text in ("", "\n\n", "# only a comment\n"):
        assert faults(text) == ["1:1: the file is empty: begin with `id: …`"]


def test_a_document_of_nothing_is_nothing() -> None:
    assert data("---\n") is None


# What is refused, with the place.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1: 'a' stands twice, first in line 1: keep one"]),
        ("x:\n  - k: 1\n    k: 2\n", ["3:5: 'k' stands twice, first in line 2: keep one"]),
        ("a: 1\n'a': 2\na: 3\n", ["3:1: 'a' stands twice, first in line 1: keep one"] * 2),
        ("a: &x {k: 1}\nb:\n  <<: *x\n", ["3:3: '<<' is not YAML 1.2: write the fields out, or use extends"]),
        ("a: b\nc:\td\n", ["2:3: a tab: write spaces"]),
        ("a: b # a\tcomment\n", ["1:9: a tab: write spaces"]),
        ("a: !!str 5\n", ["1:1: tag !!str: tags mean nothing here, leave it out"]),
        ("a:\n  - !own 5\n", ["2:5: tag !own: tags mean nothing here, leave it out"]),
        ("a: !own [1]\n", ["1:1: tag !own: tags mean nothing here, leave it out"]),
        ("? {k: 1}\n: b\n", ["1:1: a key must be plain text, not a list, a mapping or a tag"]),
    ],
)
def test_what_is_refused_and_where(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_every_fault_is_told_at_once() -> None:
    text = "a: !x 1\nb: {c: 1, c: 2}\n<<: 3\n"
    assert [fault.split(":")[0] for fault in faults(text)] == ["1", "2", "3"]


def test_a_tag_on_a_key_is_refused() -> None:
    assert faults("!!str a: b\n") == ["1:1: a key must be plain text, not a list, a mapping or a tag"]


def test_the_column_of_a_tab_counts_characters() -> None:
    assert faults("é: \tb\n") == ["1:4: a tab: write spaces"]


# Aliases.
def test_plain_aliases_are_fine() -> None:
    text = "a: &x {k: [1, 2]}\nb: *x\nc: [*x, *x]\ns: &t text\nt: *t\n"
    one = {"k": [1, 2]}
    assert data(text) == {"a": one, "b": one, "c": [one, one], "s": "text", "t": "text"}


def test_a_star_in_a_text_is_no_alias() -> None:
    assert data("a: 2 * 3\nb: '*x'\n") == {"a": "2 * 3", "b": "*x"}


EXPANDS = f"1:1: aliases expand this to over {MAX_EXPANSION} times its size: write it out"


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_aliases_that_expand_a_little_are_fine() -> None:
    found = data(bomb(2))
    assert isinstance(found, dict)
    assert found["a1"] == [["x"] * 9] * 9


@pytest.mark.parametrize("levels", [4, 20, 55])
def test_a_bomb_of_aliases_is_refused_at_once(levels: int) -> None:
    assert faults(bomb(levels)) == [EXPANDS]


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "&x {a: *x}\n", "a: &x {b: [1, {c: *x}]}\n"])
def test_what_contains_itself_is_refused(text: str) -> None:
    assert faults(text) == [EXPANDS]


# Depth.
def nested(depth: int) -> str:
    """Lists in a mapping, so many deep with it."""
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n"


def test_nesting_is_bounded() -> None:
    data(nested(MAX_DEPTH))
    column = len("a: ") + MAX_DEPTH
    for depth in (MAX_DEPTH + 1, SAFE_DEPTH, SAFE_DEPTH + 2, SAFE_DEPTH * 3):
        assert faults(nested(depth)) == [f"1:{column}: nested more than {MAX_DEPTH} deep: write it flatter"]


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    text = "a: [" + "[[x], {}], " * SAFE_DEPTH + "]\nb: '" + "[" * SAFE_DEPTH * 3 + "'\n"
    found = data(text)
    assert isinstance(found, dict)
    assert found["b"] == "[" * SAFE_DEPTH * 3
    assert found["a"] == [[["x"], {}]] * SAFE_DEPTH


def test_deep_nesting_beside_a_star_is_still_deep_nesting() -> None:
    assert f"nested more than {MAX_DEPTH} deep" in faults("s: 2 * 3\n" + nested(MAX_DEPTH + 1))[0]


@pytest.mark.parametrize("text", ["[", "- ", "? ", "[{a: "])
def test_absurd_nesting_does_not_end_the_process(text: str) -> None:
    script = (
        "from holdfire.errors import DocumentError\nfrom holdfire.reader.document import parse\n"
        f"try:\n    parse({text!r}.encode() * 100_000, 'f')\nexcept DocumentError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter
    assert (done.returncode, done.stdout) == (0, "refused\n")


# Syntax.
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\n---\nb: 2\n", "2:1", "write one document a file"),
        ("a: *b\n", "1:4", "quote text that begins with *"),
        ("because: Note: see\n", "1:14", "quote text that has a colon in it"),
        ("a: b\n c\nd\n", "3:1", "a key needs a colon and a space behind it"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "check the indentation"),
        ("a: [b, c\nd: e\n", "1:4", "this list is not closed: write ]"),
        ("a: {b: c\nd: e\n", "1:4", "this mapping is not closed: write }"),
        ("a: [b,,c]\n", "1:7", "a value was expected: a ] or } without its beginning, or a , too many"),
        ("- a\nb: c\n", "2:1", "a list and a mapping cannot stand in one place"),
        ("a: 'b\n", "1:4", "write the closing quotation mark"),
        ("a: @b\n", "1:4", "quote text that begins with @, % or a backtick"),
        ('a: "\\q"\n', "1:5", "write \\\\ for a backslash, or use single quotation marks"),
    ],
)
def test_what_is_no_yaml_is_told_with_a_hint(text: str, place: str, words: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(f"{place}: ")
    assert words in fault


@pytest.mark.parametrize(
    ("text", "place"), [('a: ["hail" "warn"]\n', "1:12"), ('a: {b: "x" c: 1}\n', "1:12"), ("a: {b: c d: e}\n", "1:11")]
)
def test_a_comma_left_out_is_told_where_it_is_missing(text: str, place: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("text", "place"), [("because: **Never**\n", "1:10"), ("title: & sons\n", "1:8"), ("%100: x\n", "1:1")]
)
def test_a_sign_that_needs_quotes_is_found_where_it_stands(text: str, place: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\x07", "1:1: byte 0x07"),
        ("é: ü\nb: é\x00x\n".encode(), "2:5: byte 0x00"),
        ("é: ü\nb: é\x7f\n".encode(), "2:5: byte 0x7f"),
        (b"# " + "é".encode() * 70_000 + b"\nc: \x07\n", "2:4: byte 0x07"),
    ],
)
def test_a_character_without_a_place_in_text_is_found(text: bytes, expected: str) -> None:
    assert faults(text) == [f"{expected} has no place in text: remove it"]

"""Files and places: where a fault stands, and what is no file to read."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from holdfire.errors import DocumentError, Finding, UnreadableError
from holdfire.reader import document
from holdfire.reader.document import parse, read

if TYPE_CHECKING:
    from collections.abc import Iterator


SIZE = 5_000_000


# Positions of what others find in the data.
TEXT = """\
id: a
rules:
  - id: R-1
    when: {airspace: [own, allied], radio: silent}
  - id: R-2
    when:
      speed_m_s:
        at_most: 5
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        ((), (1, 1)),
        (("id",), (1, 1)),
        (("rules",), (2, 1)),
        (("rules", 0), (3, 5)),
        (("rules", 0, "id"), (3, 5)),
        (("rules", 0, "when"), (4, 5)),
        (("rules", 0, "when", "airspace"), (4, 12)),
        (("rules", 0, "when", "airspace", 0), (4, 23)),
        (("rules", 0, "when", "airspace", 1), (4, 28)),
        (("rules", 0, "when", "airspace", "in", 1), (4, 28)),
        (("rules", 0, "when", "radio", "in", 0), (4, 37)),
        (("rules", 1), (5, 5)),
        (("rules", 1, "when", "speed_m_s", "at_most"), (8, 9)),
        (("rules", 1, "when", "speed_m_s", "at_least"), (7, 7)),
        (("rules", 1, "because"), (5, 5)),
        (("rules", 7), (2, 1)),
        (("rules", 7, "id"), (2, 1)),
        (("nothing", "at", "all"), (1, 1)),
    ],
)
def test_a_finding_stands_at_its_key_or_where_its_parent_does(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    document = parse(TEXT.encode(), "f.yaml")
    fault = document.fault(Finding(loc, "wrong"))
    assert (fault.line, fault.column) == place
    assert str(document.refuse([Finding(loc, "wrong")])) == f"f.yaml:{place[0]}:{place[1]}: wrong"


def test_a_column_counts_characters() -> None:
    document = parse("a: {é: 1, b: 2}\n".encode(), "f.yaml")
    assert document.fault(Finding(("a", "b"), "wrong")).column == 11


# Files.
def test_a_file_is_called_by_its_path_or_as_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    assert read(path).name == str(path)
    assert read(path, "shelf/a.yaml").name == "shelf/a.yaml"


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert str(caught.value) == f"{path}: cannot be read (No such file or directory): check the path"


def test_a_file_beyond_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_BYTES", 2_000_000)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 2_000_001)
    with pytest.raises(UnreadableError, match=r"large.yaml: has more than 2 MB: split it$"):
        read(large)


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"cannot be read \(it is a folder\): name a file in it$"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"a: \xff\n", "1:4"),
        ("a: é\n".encode("latin-1"), "1:4"),
        ("a".encode("utf-16"), "1:1"),
        ("é: ü\n".encode() + b"b: \xe9\n", "2:4"),
    ],
)
def test_a_file_that_is_not_utf_8(tmp_path: Path, text: bytes, place: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(text)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:{place}: this is not UTF-8: save the file as UTF-8"


def test_a_byte_order_mark_of_a_file_moves_no_column(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: @b\n")
    with pytest.raises(DocumentError, match=r"a\.yaml:1:4: "):
        read(path)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UnreadableError, match=r"cannot be read \(no file can be called that\): check the path$"):
        read(Path("a\0.yaml"))


# The garbage collector.
@pytest.fixture
def collector() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("text", ["a: 1\n", "a: [\n", "a: !x 1\n", "a: &x [*x]\n"])
def test_the_garbage_collector_is_left_as_it_was(on: bool, text: str) -> None:
    (gc.enable if on else gc.disable)()
    try:
        parse(text.encode(), "f.yaml")
    except DocumentError:
        assert text != "a: 1\n"
    assert gc.isenabled() is on
    assert gc.get_freeze_count() == 0


# Size.
BECAUSE = "Someone has just seen that it is a weapon, it closes on a protected site, and nobody below is at risk."
RULE = """\
  - id: R-{n}
    permit: [engage, disrupt]
    by: air-operations-commander
    when:
      airspace: [own, allied]
      speed_m_s: {{at_least: 12.5, at_most: {n}, confidence: 0.99}}
      transponder: {{not_in: [civil, "7600"], max_age_s: 5, for_s: 1e1}}
      intent: true
    because: BECAUSE
    source: [own-reading]
""".replace("BECAUSE", BECAUSE)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.yaml"
    count = SIZE // len(RULE.format(n=10_000)) + 1
    path.write_text("id: large\nrules:\n" + "".join(RULE.format(n=n) for n in range(count)))
    assert path.stat().st_size >= SIZE * 0.99
    return path


def test_a_large_file_is_read_rightly(large: Path) -> None:
    document = read(large)
    assert isinstance(document.data, dict)
    rules = document.data["rules"]
    assert isinstance(rules, list)
    n = len(rules) - 1
    assert rules[n] == {
        "id": f"R-{n}",
        "permit": ["engage", "disrupt"],
        "by": "air-operations-commander",
        "when": {
            "airspace": ["own", "allied"],
            "speed_m_s": {"at_least": 12.5, "at_most": n, "confidence": 0.99},
            "transponder": {"not_in": ["civil", "7600"], "max_age_s": 5, "for_s": 10.0},
            "intent": True,
        },
        "because": BECAUSE,
        "source": ["own-reading"],
    }
    assert document.fault(Finding(("rules", n, "when", "intent"), "x")).line == 3 + 10 * n + 7

"""The tree of errors, and how findings and faults are told."""

from __future__ import annotations

import inspect
import re

import pytest

from holdfire import errors
from holdfire.errors import ContentError, DocumentError, Fault, Finding, HoldfireError

LINE = re.compile(r"^(?P<branches>[ │├└─]*)(?P<name>\w+Error)\b(?P<rest>.*)$", re.MULTILINE)


def drawn() -> dict[str, tuple[str, str]]:
    """For each class drawn in the docstring: its parent, and what is said beside it."""
    found: dict[str, tuple[str, str]] = {}
    above: list[str] = ["Exception"]
    lines = list(LINE.finditer(inspect.getdoc(errors) or ""))
    margin = len(lines[0]["branches"])
    for line in lines:
        depth = (len(line["branches"]) - margin) // 4
        del above[depth + 1 :]
        found[line["name"]] = above[-1], line["rest"].strip()
        above.append(line["name"])
    return found


def raised() -> dict[str, type[BaseException]]:
    classes = inspect.getmembers(errors, inspect.isclass)
    return {name: kind for name, kind in classes if issubclass(kind, BaseException)}


def test_the_drawn_tree_names_every_class_and_its_parent() -> None:
    parents = {name: kind.__bases__[0].__name__ for name, kind in raised().items()}
    assert {name: parent for name, (parent, _) in drawn().items()} == parents


def test_every_class_is_said_to_mean_something() -> None:
    assert [name for name, (_, said) in drawn().items() if not said] == ["HoldfireError"]


@pytest.mark.parametrize("name", sorted(drawn()))
def test_the_exit_status_is_the_one_that_is_drawn(name: str) -> None:
    kind = raised()[name]
    assert issubclass(kind, HoldfireError)
    parent, said = drawn()[name]
    stated = re.search(r"\(exit status (\d)\)", said)
    if stated:
        assert kind.exit_status == int(stated[1])
    elif parent != "Exception":
        assert kind.exit_status == getattr(raised()[parent], "exit_status", None)


def test_a_content_error_tells_all_its_findings() -> None:
    error = ContentError([Finding(("rules", 0), "first"), Finding((), "second")])
    assert str(error) == "first\nsecond"
    assert [finding.loc for finding in error.findings] == [("rules", 0), ()]


def test_a_document_error_tells_its_faults_in_the_order_of_the_file() -> None:
    faults = [Fault("a.yaml", 12, 1, "late"), Fault("a.yaml", 3, 9, "right"), Fault("a.yaml", 3, 2, "left")]
    error = DocumentError(faults)
    assert str(error) == "a.yaml:3:2: left\na.yaml:3:9: right\na.yaml:12:1: late"
    assert error.faults == tuple(sorted(faults))

"""Rule sets and situations found by id or path, read and checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from holdfire.catalogue import LIBRARY, SELF_DEFENCE, find, ids, load_ruleset, load_situation
from holdfire.errors import DocumentError, InputError, UnknownNameError, UnreadableError
from support.texts import Raw, permit, text, variant

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the test stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **files: Raw) -> None:
    for name, data in files.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False))


def refused(name: str, load: Callable[[str], object] = load_ruleset) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load(name)
    return [str(fault) for fault in caught.value.faults]


def test_what_ships_is_listed_in_order() -> None:
    for shelf in ("rulesets", "situations"):
        found = ids(shelf)
        assert found == sorted(found)
        assert {f"{name}.yaml" for name in found} == {path.name for path in (LIBRARY / shelf).iterdir()}
    assert SELF_DEFENCE in ids("rulesets")


def test_an_id_is_a_file_of_the_library() -> None:
    assert find("rulesets", SELF_DEFENCE) == (LIBRARY / "rulesets" / "self-defence.yaml", "rulesets/self-defence.yaml")


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "below/a", "../a"])
def test_what_looks_like_a_path_is_one(name: str, here: Path) -> None:
    assert find("rulesets", name) == (Path(name), name)
    assert find("rulesets", name, here / "shelf")[0] == Path(os.path.normpath(here / "shelf" / name))


def test_an_absolute_path_stays_one(here: Path) -> None:
    path = here / "a.yaml"
    assert find("rulesets", str(path), Path("elsewhere")) == (path, str(path))


def test_a_file_that_is_there_needs_no_ending(here: Path) -> None:
    write(here, mine=text())
    (here / "mine.yaml").rename(here / "mine")
    assert load_ruleset("mine").id == "my-rules"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("shelf", "name", "words"),
    [
        (
            "rulesets",
            "visual-confirmaton",
            "no rule set is called 'visual-confirmaton': did you mean 'visual-confirmation'? (there",
        ),
        (
            "situations",
            "medical-helicoptre",
            "no situation is called 'medical-helicoptre': did you mean 'medical-helicopter'?",
        ),
        ("rulesets", "xyz", "no rule set is called 'xyz' (there are air-policing, "),
    ],
)
def test_an_id_that_nothing_has(shelf: str, name: str, words: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find(shelf, name)
    assert str(caught.value).startswith(words)
    assert str(caught.value).endswith(", or give a path ending in .yaml)")


def test_a_file_that_is_not_there(here: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^none\.yaml: cannot be read \(No such file or directory\)"):
        load_ruleset("none.yaml")
    assert not list(here.iterdir())


def test_a_rule_set_by_path(here: Path) -> None:
    write(here, mine=text())
    made = load_ruleset("mine.yaml")
    assert (made.id, made.extends, made.origin) == ("my-rules", None, ())


def test_a_situation_by_path_and_by_id(here: Path) -> None:
    write(here, mine={"id": "mine", "title": "Mine", "basis": "simulated", "evidence": {}})
    assert load_situation("mine.yaml").id == "mine"
    assert load_situation("medical-helicopter").id == "medical-helicopter"


def test_a_variant_by_path_whose_parent_ships(here: Path) -> None:
    write(here, mine=variant(extends="visual-confirmation", remove=["VC-1"]))
    made = load_ruleset("mine.yaml")
    parent = load_ruleset("visual-confirmation")
    assert made.extends == "visual-confirmation"
    assert [rule.id for rule in made.rules] == [rule.id for rule in parent.rules if rule.id != "VC-1"]
    assert dict(made.origin) == dict.fromkeys((entry.id for entry in made.entries()), "visual-confirmation")


def test_a_parent_is_looked_for_beside_the_file(here: Path) -> None:
    (here / "below").mkdir()
    write(here / "below", child=variant(extends="parent.yaml"), parent=text())
    assert load_ruleset("below/child.yaml").extends == "parent.yaml"


def test_a_parent_in_another_folder(here: Path) -> None:
    (here / "below").mkdir()
    write(here / "below", child=variant(extends="../parent.yaml"))
    write(here, parent=text())
    assert load_ruleset("below/child.yaml").rules


def test_the_origin_of_an_entry_is_the_set_whose_text_it_is(here: Path) -> None:
    write(
        here,
        one=text(permit("R-1", "hail"), permit("R-2", "warn")),
        two=variant(id="two", extends="one.yaml", replace={"rules": [permit("R-2", "divert")]}),
        three=variant(id="three", extends="two.yaml", add={"rules": [permit("R-3", "escort")]}),
    )
    assert load_ruleset("two.yaml").origin == (("R-1", "my-rules"),)
    assert load_ruleset("three.yaml").origin == (("R-1", "my-rules"), ("R-2", "two"))


def test_faults_of_a_file_stand_in_it(here: Path) -> None:
    (here / "mine.yaml").write_text("id: Mine\nbasis: live\ntitle: x\nevidence: {}\n")
    assert [fault.split(": ")[0] for fault in refused("mine.yaml", load_situation)] == [
        "mine.yaml:1:1",
        "mine.yaml:2:1",
    ]
    write(here, rules=text(kind="fiction"))
    (fault,) = refused("rules.yaml")
    assert fault.startswith("rules.yaml:3:1: kind 'fiction' is not one of archetype, ")


def test_faults_of_a_parent_stand_in_the_parents_file(here: Path) -> None:
    write(here, child=variant(extends="parent.yaml", remove=["R-9"]), parent=text(kind="fiction"))
    (fault,) = refused("child.yaml")
    assert fault.startswith("parent.yaml:3:1: kind 'fiction'")


def test_faults_of_a_grandparent_too(here: Path) -> None:
    write(
        here,
        one=text(kind="fiction"),
        two=variant(extends="one.yaml"),
        three=variant(extends="two.yaml"),
    )
    assert refused("three.yaml")[0].startswith("one.yaml:3:1: kind 'fiction'")


def test_a_parent_that_is_no_mapping(here: Path) -> None:
    write(here, child=variant(extends="parent.yaml"))
    (here / "parent.yaml").write_text("- a\n")
    assert refused("child.yaml") == ["parent.yaml:1:1: a rule set is a mapping: begin with `id: my-rules`"]


def test_faults_of_a_diff_stand_in_the_variants_file(here: Path) -> None:
    write(here, child=variant(extends="parent.yaml", remove=["R-9"]), parent=text())
    assert refused("child.yaml") == ["child.yaml:7:3: my-rules has no 'R-9': it has R-1"]


def test_an_unknown_parent(here: Path) -> None:
    write(here, child=variant(extends="visual-confirmaton"))
    (fault,) = refused("child.yaml")
    assert fault.startswith(
        "child.yaml:5:1: no rule set is called 'visual-confirmaton': did you mean 'visual-confirmation'?"
    )


@pytest.mark.parametrize("extends", [5, ["a"], True])
def test_a_parent_that_is_no_name(here: Path, extends: object) -> None:
    write(here, child=variant(extends=extends))
    assert refused("child.yaml")[0].startswith("child.yaml:5:1: extends is ")


def test_a_parent_left_empty(here: Path) -> None:
    write(here, child=variant(extends=None))
    assert refused("child.yaml")[0].startswith("child.yaml:5:1: 'extends' is left empty: ")


def test_a_set_that_extends_itself(here: Path) -> None:
    write(here, a=variant(extends="a.yaml"))
    assert refused("a.yaml") == ["a.yaml:5:1: a.yaml extends this set in turn: break the circle"]


def test_sets_that_extend_each_other_in_a_circle(here: Path) -> None:
    write(here, a=variant(extends="b.yaml"), b=variant(extends="c.yaml"), c=variant(extends="b.yaml"))
    assert refused("a.yaml") == ["c.yaml:5:1: b.yaml extends this set in turn: break the circle"]


def test_a_circle_is_seen_through_another_name_of_a_file(here: Path) -> None:
    write(here, a=variant(extends="./link.yaml"))
    (here / "link.yaml").symlink_to(here / "a.yaml")
    assert "in turn: break the circle" in refused("a.yaml")[0]


@pytest.mark.parametrize("extends", ["none.yaml", ""])
def test_a_parent_that_is_not_there_is_a_fault_of_the_file_that_names_it(here: Path, extends: str) -> None:
    write(here, child=variant(extends=extends))
    assert refused("child.yaml")[0].startswith("child.yaml:5:1: ")


@pytest.mark.parametrize("name", ["a" * 300, "a\0.yaml"])
def test_a_name_that_no_file_can_have(here: Path, name: str) -> None:
    write(here, child=variant(extends=name))
    for asked in (name, "child.yaml"):
        with pytest.raises(InputError):
            load_ruleset(asked)


def test_a_parent_without_ending_is_looked_for_beside_the_file(here: Path) -> None:
    (here / "below").mkdir()
    write(here / "below", child=variant(extends="parent"), parent=text())
    (here / "below" / "parent.yaml").rename(here / "below" / "parent")
    assert load_ruleset("below/child.yaml").rules

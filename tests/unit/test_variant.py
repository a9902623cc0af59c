"""A variant is exactly what its file says it changes."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.logic.parse import parse
from holdfire.logic.variant import changed, expand
from support.texts import SOURCE, Raw, criterion, findings, forbid, permit, text, variant

S2: Raw = {"id": "s2", "title": "Another", "grade": "official"}


def parent(**changes: object) -> Raw:
    return text(
        permit("R-1", "hail"),
        permit("R-2", "engage", when={"airspace": "own"}),
        forbid("R-3", "engage", when={"iff": "friendly"}),
        intent=[criterion("I-1", {"direction": "inbound"})],
        identity=[criterion("N-1", {"iff": "friendly"}, declares="friend")],
        **changes,
    )


def told(given: Raw, of: Raw | None = None) -> list[tuple[tuple[str | int, ...], str]]:
    return findings(lambda: expand(given, of or parent()))


def test_a_variant_that_changes_nothing_says_what_its_parent_says() -> None:
    whole = expand(variant(), parent())
    expected = {**parent(), "id": "my-variant", "title": "My variant", "act": []}
    assert whole == expected


def test_a_variant_equals_its_expansion_written_out() -> None:
    new = permit("R-4", "warn", source=["s2"])
    changed_2 = permit("R-2", "engage", when={"airspace": ["own", "allied"]}, source=["s1", "s2"])
    changed_n = criterion("N-1", {"iff": "friendly"}, declares="assumed-friend")
    act = criterion("A-1", {"attack": "on-responder"})
    given = variant(
        sources=[S2],
        replace={"rules": [changed_2], "identity": [changed_n]},
        remove=["R-3", "I-1"],
        add={"rules": [new], "act": [act]},
    )
    written = text(
        permit("R-1", "hail"), changed_2, new,
        id="my-variant", title="My variant", sources=[SOURCE, S2], intent=[], act=[act], identity=[changed_n],
    )  # fmt: skip
    whole = expand(given, parent())
    assert whole == written
    assert parse(whole) == parse(written)
    assert sorted(changed(given)) == ["A-1", "N-1", "R-2", "R-4"]


def test_a_replaced_entry_stands_where_the_old_one_stood() -> None:
    whole = expand(variant(replace={"rules": [permit("R-1", "warn")]}), parent())
    assert [(rule["id"], rule.get("permit")) for rule in whole["rules"]] == [
        ("R-1", ["warn"]), ("R-2", ["engage"]), ("R-3", None),
    ]  # fmt: skip


def test_a_variant_of_a_variant() -> None:
    first = variant(remove=["R-3"], add={"rules": [permit("R-4", "warn")]}, sources=[S2])
    middle = expand(first, parent())
    second = variant(
        id="my-second", extends="my-variant", remove=["R-4"], replace={"rules": [permit("R-1", "hail", source=["s2"])]}
    )
    whole = expand(second, middle)
    assert [rule["id"] for rule in whole["rules"]] == ["R-1", "R-2"]
    assert whole["rules"][0]["source"] == ["s2"]
    assert [source["id"] for source in whole["sources"]] == ["s1", "s2"]


def test_expanding_leaves_both_files_as_they_were() -> None:
    given, of = variant(remove=["R-1"], sources=[S2], replace={"rules": [permit("R-2", "warn")]}), parent()
    expand(given, of)
    assert of == parent()
    assert given == variant(remove=["R-1"], sources=[S2], replace={"rules": [permit("R-2", "warn")]})


def test_roles_are_inherited_unless_the_variant_declares_its_own() -> None:
    of = parent(roles={"police": {"over": ["crew"]}})
    assert expand(variant(), of)["roles"] == {"police": {"over": ["crew"]}}
    assert expand(variant(roles={"interior": {"over": ["crew"]}}), of)["roles"] == {"interior": {"over": ["crew"]}}
    assert "roles" not in expand(variant(), parent())


def test_dates_of_effect_are_the_files_own() -> None:
    of = parent(effective={"from": "2025-01-01"})
    assert "effective" not in expand(variant(), of)
    assert expand(variant(effective={"until": "2026-01-01"}), of)["effective"] == {"until": "2026-01-01"}


def test_a_variant_may_cite_the_sources_of_its_parent() -> None:
    assert expand(variant(add={"rules": [permit("R-4", "warn", source=["s1"])]}), parent())


@pytest.mark.parametrize(("roles", "said"), [(None, "'roles' is left empty"), ({}, "roles lists nothing")])
def test_roles_left_empty_are_refused(roles: Raw | None, said: str) -> None:
    ((loc, text),) = told(variant(roles=roles))
    assert loc == ("roles",)
    assert text.startswith(said)


@pytest.mark.parametrize(
    ("given", "loc", "said"),
    [
        (variant(remove=["R-9"]), ("remove", 0), "my-rules has no 'R-9': it has I-1, N-1, R-1, R-2, R-3"),
        (variant(remove=["R-1", "Zz"]), ("remove", 1), "my-rules has no 'Zz': it has I-1, N-1, R-1, R-2, R-3"),
        (
            variant(replace={"rules": [permit("Zz", "hail")]}),
            ("replace", "rules", 0, "id"),
            "my-rules has no 'Zz' in rules: it has R-1, R-2, R-3",
        ),
        (
            variant(replace={"act": [criterion("A-1")]}),
            ("replace", "act", 0, "id"),
            "my-rules has no 'A-1' in act: it has none there, so put it under add",
        ),
        (
            variant(replace={"intent": [criterion("R-1")]}),
            ("replace", "intent", 0, "id"),
            "my-rules has no 'R-1' in intent: it stands in rules",
        ),
        (
            variant(remove=["R-1"], replace={"rules": [permit("R-1", "hail")]}),
            ("replace", "rules", 0, "id"),
            "'R-1' is replaced and removed: do one of the two",
        ),
        (
            variant(add={"rules": [permit("R-1", "hail")]}),
            ("add", "rules", 0, "id"),
            "my-rules has 'R-1' already: replace it, or take another id",
        ),
        (
            variant(add={"act": [criterion("I-1")]}),
            ("add", "act", 0, "id"),
            "my-rules has 'I-1' already: replace it, or take another id",
        ),
        (variant(sources=[SOURCE]), ("sources", 0, "id"), "source 's1' is inherited: take another id"),
        (variant(remove=["R-1", "R-2", "R-3"]), ("remove",), "no rule is left: keep or add one"),
        (
            variant(replace={"rules": [permit("R-1", "hail")]}, add={"rules": [permit("R-1", "hail")]}),
            ("add", "rules", 0, "id"),
            "id 'R-1' names another rule or criterion too (entry 1 of replace.rules): give each its own",
        ),
    ],
)
def test_each_finding_of_a_variant(given: Raw, loc: tuple[str | int, ...], said: str) -> None:
    assert (loc, said) in told(given)


def test_removing_all_and_adding_one_leaves_a_rule() -> None:
    whole = expand(variant(remove=["R-1", "R-2", "R-3"], add={"rules": [permit("R-4", "hail")]}), parent())
    assert [rule["id"] for rule in whole["rules"]] == ["R-4"]


def test_findings_of_the_schema_and_of_the_diff_come_together() -> None:
    given = variant(remove=["R-9"], kind="fiction", add={"rules": [permit("R-4", "hail", source=["s9"])]})
    assert {loc for loc, _ in told(given)} == {("kind",), ("remove", 0), ("add", "rules", 0, "source", 0)}


@pytest.mark.parametrize(
    "broken",
    [
        {"remove": "R-1"},
        {"remove": [["R-1"]]},
        {"remove": [None, {"a": 1}]},
        {"replace": []},
        {"replace": None},
        {"replace": {"rules": {}}},
        {"replace": {"rules": [5, {"id": ["R-1"]}]}},
        {"add": {"rules": None}},
        {"add": {"rules": [{"id": None}]}},
        {"sources": [None, {"id": ["s1"]}, {}]},
        {"rules": []},
    ],
    ids=str,
)
def test_broken_shapes_are_findings_and_no_crash(broken: dict[str, Any]) -> None:
    assert told(variant(**broken))

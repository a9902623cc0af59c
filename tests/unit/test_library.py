"""Every file that ships is sound, sourced, and says what it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from holdfire.catalogue import LIBRARY, ids, load_ruleset, load_situation
from holdfire.examine.answer import answer
from holdfire.logic.ruleset import Permit
from holdfire.logic.words import condition_in_words, evidence_in_words
from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.evidence import Basis, malformed
from holdfire.sources import Grade

every_set = pytest.mark.parametrize("name", ids("rulesets"))
every_situation = pytest.mark.parametrize("name", ids("situations"))


@pytest.mark.parametrize("shelf", ["rulesets", "situations"])
def test_a_shelf_holds_nothing_but_its_files(shelf: str) -> None:
    assert ids(shelf)
    assert all(path.suffix == ".yaml" and path.is_file() for path in (LIBRARY / shelf).iterdir())


@every_set
def test_a_rule_set_goes_by_the_name_of_its_file(name: str) -> None:
    assert load_ruleset(name).id == name


@every_set
def test_every_rule_and_criterion_has_a_source_and_a_reason(name: str) -> None:
    made = load_ruleset(name)
    known = {source.id for source in made.sources}
    for entry in made.entries():
        assert entry.sources, entry.id
        assert set(entry.sources) <= known, entry.id
        assert entry.because.endswith("."), entry.id


@every_set
def test_every_source_is_cited_in_a_line(name: str) -> None:
    for source in load_ruleset(name).sources:
        assert source.grade in set(Grade)
        assert source.title
        assert "\n" not in source.cite()


@every_set
def test_an_archetype_says_that_it_is_not_in_force(name: str) -> None:
    made = load_ruleset(name)
    if made.kind == "archetype":
        assert "not the rules in force" in made.summary


@every_set
def test_a_release_has_a_source(name: str) -> None:
    assert all(clause.sources for _, clause in load_ruleset(name).blind_spots())


@every_set
def test_the_text_of_every_condition_can_be_shown(name: str) -> None:
    for entry in load_ruleset(name).entries():
        for clause in entry.when:
            words = condition_in_words(clause.condition)
            assert words == words.strip()
            assert "  " not in words


@every_set
def test_a_variant_says_whose_text_it_inherits(name: str) -> None:
    made = load_ruleset(name)
    if made.extends is None:
        assert made.origin == ()
    else:
        assert {origin for _, origin in made.origin} <= set(ids("rulesets")) - {name}
        assert {entry for entry, _ in made.origin} < {entry.id for entry in made.entries()}


@every_set
def test_no_set_permits_everything_to_everyone(name: str) -> None:
    for rule in load_ruleset(name).rules:
        if isinstance(rule, Permit) and "engage" in rule.actions:
            assert rule.when, rule.id


@every_situation
def test_a_situation_goes_by_the_name_of_its_file(name: str) -> None:
    assert load_situation(name).id == name


@every_situation
def test_a_situation_is_flagged_and_says_what_it_really_is(name: str) -> None:
    made = load_situation(name)
    assert made.evidence.basis is not Basis.UNFLAGGED
    assert made.really
    assert made.title


@every_situation
def test_the_evidence_of_a_situation_is_sound(name: str) -> None:
    items = load_situation(name).evidence.items
    assert [malformed(item, known) for item, known in items.items() if malformed(item, known)] == []


@every_situation
def test_each_set_answers_each_situation(name: str) -> None:
    for asked in ids("rulesets"):
        found = answer(load_ruleset(asked), load_situation(name))
        assert set(found.ruling.permitted) | set(found.ruling.withheld) == set(ALL_ACTIONS)
        assert found.ruling.errors == ()
        for made, assessment in zip(found.binding, found.assessments, strict=True):
            for entry in made.entries():
                for clause in entry.when:
                    assert evidence_in_words(clause.condition, found.situation.evidence, assessment)


@every_set
def test_the_order_of_rules_is_irrelevant(name: str) -> None:
    made = load_ruleset(name)
    backwards = replace(made, id="backwards", rules=made.rules[::-1])
    for situation in map(load_situation, ids("situations")):
        one, other = answer(made, situation).ruling, answer(backwards, situation).ruling
        assert {a: p.authorities for a, p in one.permitted.items()} == {
            a: p.authorities for a, p in other.permitted.items()
        }

"""Every case that ships is sound, sourced and graded, and enough of them ask for action."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from holdfire.catalogue import EXPECTED, LIBRARY, ids, load_case
from holdfire.examine.history import ABROAD, acted, seconds
from holdfire.logic.timeline import at, moments
from holdfire.messages.evidence import malformed
from holdfire.sources import Grade

CASES = ids("cases")
every_case = pytest.mark.parametrize("name", CASES)
FIRST = (
    "kal007", "mathias-rust", "iran-air-655", "black-hawks-1994", "siberia-1812", "mh17", "su-24-2015", "ps752",
    "przewodow-2022", "azal-8243", "poland-2025", "estonia-2025", "vaslui-2025", "estonia-2026", "helios-522",
)  # fmt: skip


def test_the_shelf_holds_nothing_but_its_files() -> None:
    assert {path.stem for path in (LIBRARY / "cases").iterdir()} == {*CASES, EXPECTED}
    assert set(FIRST) <= set(CASES)


def test_at_least_a_third_ask_for_action() -> None:
    right = [name for name in CASES if acted(load_case(name))]
    assert 3 * len(right) >= len(CASES), right


def test_a_set_that_never_fires_fails_a_quarter() -> None:
    permits = [
        name for name in CASES if any((e.answer, e.action) == ("permit", "engage") for e in load_case(name).expects)
    ]
    assert 4 * len(permits) >= len(CASES), permits


@every_case
def test_a_case_goes_by_the_name_of_its_file(name: str) -> None:
    assert load_case(name).id == name


@every_case
def test_every_sentence_has_a_source_and_every_source_a_grade_and_a_use(name: str) -> None:
    made = load_case(name)
    assert all(source.grade in set(Grade) and source.title for source in made.sources)
    texts = [
        *(told.says for told in made.timeline),
        *(each.because for each in made.expects),
        made.did,
        made.came_of_it,
    ]
    assert all(text.endswith(".") for text in texts)
    cited = {each for told in made.timeline for each in told.sources} | {
        each for expected in made.expects for each in expected.sources
    }
    assert {source.id for source in made.sources} == cited | set(made.then_sources)


@every_case
def test_what_is_known_by_heart_is_graded_no_better_than_an_estimate(name: str) -> None:
    for source in load_case(name).sources:
        if source.note and "general knowledge" in source.note:
            assert source.grade in {Grade.ESTIMATE, Grade.ASSUMED}, source.id


@every_case
def test_the_evidence_is_sound_at_every_moment(name: str) -> None:
    made = load_case(name)
    assert made.timeline
    for each in moments(made):
        items = each.situation.evidence.items
        assert [malformed(item, known) for item, known in items.items() if malformed(item, known)] == []
        assert all(known.age_s >= 0 for known in items.values())
        seen = items.get("visual_class")
        if seen is not None:
            looks = items["seen_as"].value
            assert isinstance(looks, frozenset)
            assert seen.value in looks, each.at_s


@every_case
def test_what_is_expected_names_a_reason_and_a_second_that_is_told(name: str) -> None:
    made = load_case(name)
    for expected in made.expects:
        assert expected.rests_on
        for second in seconds(made, expected):
            assert at(made, second).evidence.items


@every_case
def test_abroad_the_airspace_is_told_wherever_it_counts(name: str) -> None:
    made = load_case(name)
    if made.where in ABROAD:
        for expected in made.expects:
            for second in seconds(made, expected):
                known = at(made, second).evidence.known("airspace")
                assert known is not None, second
                assert known.value == made.where, second


def test_what_is_expected_is_current() -> None:
    path = Path(__file__).parents[2] / "scripts" / "expected_history.py"
    spec = importlib.util.spec_from_file_location("expected_history", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.FILE.read_text() == script.text(), "run scripts/expected_history.py, and read what changed"

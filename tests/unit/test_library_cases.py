"""Every case that ships is sound, sourced and graded, and enough of them ask for action."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import z3

from holdfire.catalogue import EXPECTED, LIBRARY, ids, load_case, load_ruleset
from holdfire.examine.computed import named, that_ship
from holdfire.examine.history import ABROAD, Outcome, acted, history, seconds, separates
from holdfire.examine.history import name as row_name
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.examine.smt.rows import columns
from holdfire.examine.smt.state import State
from holdfire.examine.smt.walk import walk
from holdfire.logic.timeline import at, moments, transposed
from holdfire.messages.evidence import malformed
from holdfire.messages.layout import evidence_records
from holdfire.messages.vocabulary import ITEM
from holdfire.sources import Grade
from support.texts import permit, ruleset

CASES = ids("cases")
every_case = pytest.mark.parametrize("name", CASES)
FIRST = (
    "kal007", "mathias-rust", "iran-air-655", "black-hawks-1994", "siberia-1812", "mh17", "su-24-2015", "ps752",
    "przewodow-2022", "azal-8243", "poland-2025", "estonia-2025", "vaslui-2025", "estonia-2026", "helios-522",
)  # fmt: skip

SHORT_OF_FORCE = ("interrogate", "hail", "intercept", "identify", "escort", "warn", "divert")


def test_the_shelf_holds_nothing_but_its_files() -> None:
    assert {path.stem for path in (LIBRARY / "cases").iterdir()} == {*CASES, EXPECTED}
    assert set(FIRST) <= set(CASES)


def test_at_least_a_third_ask_for_action() -> None:
    right = [name for name in CASES if acted(load_case(name))]
    assert 3 * len(right) >= len(CASES), right


@pytest.mark.parametrize(("actions", "share"), [((), 3), (SHORT_OF_FORCE, 5)], ids=["permits nothing", "never fires"])
def test_inaction_fails(actions: tuple[str, ...], share: int) -> None:
    """A set with these permissions and no other fails a third, or a fifth, of all cases; self-defence stands beside."""
    inactive = ruleset(permit("R-1", *(actions or ("interrogate",))))
    failed = {
        row.case.id
        for row in history([inactive], [load_case(each) for each in CASES])
        if not row.case.transposed and row.cells[0].worst.outcome is Outcome.WRONGFUL_HOLD
    }
    assert share * len(failed) >= len(CASES), sorted(failed)


def test_cases_tell_the_sets_that_ship_apart_but_for_these() -> None:
    """On each of these all sets hold, since they end at a border; transposed, every one of them tells some apart."""
    rows = history([named(each) for each in that_ship()], [load_case(each) for each in CASES])
    alike = {row_name(row.case) for row in rows if not separates(row)}
    assert alike == {"languedoc-2023", "tanf-2017-06-08", "tanf-2017-06-20"}


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
def test_a_proof_takes_no_moment_of_a_case_for_impossible(name: str) -> None:
    """Every consistency holds at every second that counts; a case keeps no clocks, so that of clocks is empty here."""
    made = load_case(name)
    for case in (made, *([transposed(made)] if made.where in ABROAD else [])):
        every = {each.at_s for each in moments(case)} | {s for each in case.expects for s in seconds(case, each)}
        rows = evidence_records([at(case, second).evidence for second in sorted(every)])
        state = State()
        for item in ITEM:
            state.item(item)
        kept = {each.id: z3.And(list(each.formulas(state))) for each in CONSISTENCIES}
        kept["sound"] = z3.And(state.sound())
        values = columns(state, load_ruleset("any-violator"), rows, np.zeros((len(rows), 0, 2)))
        for each, found in zip(kept, walk(list(kept.values()), values), strict=True):
            holds = np.broadcast_to(found, len(rows))
            assert holds.all(), (each, [second for second, so in zip(sorted(every), holds, strict=True) if not so])


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

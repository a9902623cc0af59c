"""Where statements come from."""

from __future__ import annotations

from holdfire.sources import Constant, Grade, Source, bibliography

BOOK = Source("book", "A handbook", Grade.OFFICIAL, date="2009")
PAPER = Source("paper", "A newspaper", Grade.SINGLE_OUTLET, "https://example.org/a", "2025-10-09")
GUESS = Source("guess", "Our own guess", Grade.ASSUMED, note="nothing else to go by")


def test_grades_stand_best_first() -> None:
    assert list(Grade) == ["official", "several outlets", "single outlet", "estimate", "assumed"]


def test_a_source_is_cited_in_one_line() -> None:
    assert BOOK.cite() == "A handbook, 2009, [official]"
    assert PAPER.cite() == "A newspaper, 2025-10-09, [single outlet], https://example.org/a"
    assert GUESS.cite() == "Our own guess, undated, [assumed]"


def test_a_bibliography_has_each_source_once_the_best_attested_first() -> None:
    again = Source("other-id", "A handbook", Grade.OFFICIAL, date="2009")
    early = Source("early", "A charter", Grade.OFFICIAL)
    found = bibliography([GUESS, PAPER, BOOK, again, early])
    assert found == [early.cite(), BOOK.cite(), PAPER.cite(), GUESS.cite()]


def test_nothing_has_an_empty_bibliography() -> None:
    assert bibliography([]) == []


def test_a_constant_carries_unit_and_source() -> None:
    constant = Constant(9.80665, "m/s²", BOOK)
    assert (constant.value, constant.unit, constant.source.grade) == (9.80665, "m/s²", "official")

"""Kleene's strong logic, exhaustively."""

from __future__ import annotations

from itertools import product

import pytest

from holdfire.messages.truth import Truth, all_of, any_of, known

F, T, U = Truth.FALSE, Truth.TRUE, Truth.UNKNOWN

AND = {
    (F, F): F, (F, T): F, (F, U): F,
    (T, F): F, (T, T): T, (T, U): U,
    (U, F): F, (U, T): U, (U, U): U,
}  # fmt: skip
OR = {
    (F, F): F, (F, T): T, (F, U): U,
    (T, F): T, (T, T): T, (T, U): T,
    (U, F): U, (U, T): T, (U, U): U,
}  # fmt: skip


@pytest.mark.parametrize("pair", [*product(Truth, repeat=2)])
def test_two_statements(pair: tuple[Truth, Truth]) -> None:
    assert all_of(pair) is AND[pair]
    assert any_of(pair) is OR[pair]


@pytest.mark.parametrize("three", [*product(Truth, repeat=3)])
def test_three_statements(three: tuple[Truth, Truth, Truth]) -> None:
    assert all_of(three) is AND[AND[three[0], three[1]], three[2]]
    assert any_of(three) is OR[OR[three[0], three[1]], three[2]]


@pytest.mark.parametrize("one", list(Truth))
def test_one_statement_is_itself(one: Truth) -> None:
    assert all_of([one]) is one
    assert any_of([one]) is one


def test_no_statement() -> None:
    assert all_of([]) is T
    assert any_of([]) is F


@pytest.mark.parametrize("case", [*product(Truth, repeat=3)])
def test_learning_what_was_unknown_never_turns_an_answer_round(case: tuple[Truth, ...]) -> None:
    ways = [[F, T] if truth is U else [truth] for truth in case]
    for join in (all_of, any_of):
        answers = {join(way) for way in product(*ways)}
        assert join(case) is (answers.pop() if len(answers) == 1 else U)


def test_a_bool_is_known() -> None:
    assert [known(value) for value in (True, False)] == [T, F]


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_no_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"a Truth is no bool: compare it with Truth\.TRUE"):
        bool(truth)

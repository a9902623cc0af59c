"""A case as a seminar meets it: what has changed, and what every set rules on."""

from __future__ import annotations

import pytest

from holdfire.errors import InputError
from holdfire.examine.seminar import changes, ruled, ruling_of
from holdfire.logic.timeline import moments
from holdfire.messages.actions import Action
from support.a_case import case, known, moment
from support.texts import permit, ruleset


def test_what_changed_is_told_and_what_did_not_is_not() -> None:
    told = [
        moment(0, {"iff": known("no-reply"), "alert": known("peace"), "radio": known("silent")}),
        moment(10, {"iff": known("no-reply")}, lost=["radio"]),
        moment(75),
        moment(80, {"iff": known("no-reply", 2), "alert": known("crisis")}),
    ]
    every = moments(case(*told, decides_at_s=[80]))
    found = [set(changes(before, now)) for before, now in zip((None, *every), every, strict=False)]
    assert found == [
        {"IFF: no-reply (record, now)", "alert: peace (record, now)", "radio: silent (record, now)"},
        {"radio: no longer known"},
        {"IFF: too old to count as known"},
        {"IFF: no-reply (record, 2 s ago)", "alert: crisis (record, now)"},
    ]


def test_the_sets_rule_on_what_the_participant_ruled_on() -> None:
    made = case(moment(0), moment(1), moment(2), decides_at_s=[2])
    found = ruled(made, ["warn", "hold"], [ruleset(permit("R-1", "warn"))])
    assert [(each.given, each.action) for each in found] == [
        ("warn", Action.WARN), ("hold", Action.ENGAGE), (None, Action.ENGAGE),
    ]  # fmt: skip
    assert [each.action in each.answers[0].ruling.permitted for each in found] == [True, False, False]


@pytest.mark.parametrize(
    ("typed", "ruling"), [("hold", "hold"), (" Engage", "engage"), ("WARN-BY-FIRE", "warn-by-fire")]
)
def test_a_ruling_is_hold_or_an_action(typed: str, ruling: str) -> None:
    assert ruling_of(typed) == ruling


@pytest.mark.parametrize(
    ("typed", "words"), [("engag", "did you mean 'engage'?"), ("", "ruling ''"), ("fire", "'fire'")]
)
def test_nothing_else_is(typed: str, words: str) -> None:
    with pytest.raises(InputError, match=words.replace("?", r"\?")):
        ruling_of(typed)

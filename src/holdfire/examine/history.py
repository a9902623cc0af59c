"""Rule sets against what happened: whether each holds where a sound set holds, and permits where one permits.

A set scores on a case only if it gives the expected answer for an expected reason: at every second that counts,
the answer rests on one of each list of items that the case names. Both errors count: a wrongful permission, and a
wrongful hold. A case in foreign or international airspace runs a second time as if in own airspace, since a set that
reaches no further than its border holds there for a reason that says nothing about the aircraft.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from holdfire.catalogue import EXPECTED, LIBRARY, SELF_DEFENCE, load_ruleset
from holdfire.examine.answer import answer
from holdfire.examine.reasons import rests_on
from holdfire.logic.timeline import at, transposed
from holdfire.messages.actions import Action
from holdfire.reader.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.examine.answer import Answer
    from holdfire.examine.computed import Computed
    from holdfire.logic.case import Case, Expected
    from holdfire.logic.ruleset import RuleSet

ABROAD: Final = frozenset({"foreign", "international"})
"""Where a case also runs as if in own airspace."""


class Outcome(StrEnum):
    """How a set answers a case, from the best to the worst."""

    RIGHT = "right"
    OTHER_REASON = "other reason"
    WRONGFUL_HOLD = "wrongful hold"
    WRONGFUL_PERMISSION = "wrongful permission"


_WORSE: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a set answers to one expectation, at the second at which it answers worst."""

    expected: Expected
    outcome: Outcome
    at_s: float
    found: Answer


@dataclass(frozen=True, slots=True)
class Cell:
    """One set on one case: the worst of its verdicts counts."""

    case: Case
    ruleset: RuleSet | Computed
    verdicts: tuple[Verdict, ...]

    @property
    def worst(self) -> Verdict:
        """The verdict that counts."""
        return max(self.verdicts, key=lambda verdict: _WORSE[verdict.outcome])


@dataclass(frozen=True, slots=True)
class Row:
    """One case, or its transposition, by every set."""

    case: Case
    cells: tuple[Cell, ...]


def history(rulesets: Sequence[RuleSet | Computed], cases: Sequence[Case]) -> tuple[Row, ...]:
    """Return a row for each case and, behind it, one for its transposition where it was abroad."""
    defence = load_ruleset(SELF_DEFENCE)
    return tuple(
        _row(each, rulesets, defence)
        for case in cases
        for each in (case, *([transposed(case)] if case.where in ABROAD else []))
    )


def acted(case: Case) -> bool:
    """Whether acting was right in a case, or inaction cost lives.

    So it is where engaging must be permitted at some second, where something must be and nothing is to be held, or
    where the case says that people died of it that nobody acted.
    """
    answers = {(each.answer, each.action) for each in case.expects}
    act = ("permit", Action.ENGAGE) in answers or all(answer == "permit" for answer, _ in answers)
    return act or case.inaction_cost_lives


def _row(case: Case, rulesets: Sequence[RuleSet | Computed], defence: RuleSet) -> Row:
    every = sorted({second for each in case.expects for second in seconds(case, each)})
    situations = {second: at(case, second) for second in every}

    def cell(ruleset: RuleSet | Computed) -> Cell:
        answers = {second: answer(ruleset, situation, defence) for second, situation in situations.items()}
        return Cell(case, ruleset, tuple(_verdict(case, expected, answers) for expected in case.expects))

    return Row(case, tuple(map(cell, rulesets)))


def _verdict(case: Case, expected: Expected, answers: Mapping[float, Answer]) -> Verdict:
    verdicts = (_judged(expected, second, answers[second]) for second in seconds(case, expected))
    return max(verdicts, key=lambda verdict: _WORSE[verdict.outcome])


def seconds(case: Case, expected: Expected) -> list[float]:
    """Return the seconds that count: both ends, and every moment and decision between them."""
    between = {*(told.at_s for told in case.timeline), *case.decides_at_s}
    inside = {second for second in between if expected.from_s <= second <= expected.until_s}
    return sorted(inside | {expected.from_s, expected.until_s})


def _judged(expected: Expected, second: float, found: Answer) -> Verdict:
    permitted = expected.action in found.ruling.permitted
    if permitted == (expected.answer == "permit"):
        right = all(rests_on(found, expected.action, items) for items in expected.rests_on)
        outcome = Outcome.RIGHT if right else Outcome.OTHER_REASON
    else:
        outcome = Outcome.WRONGFUL_PERMISSION if permitted else Outcome.WRONGFUL_HOLD
    return Verdict(expected, outcome, second, found)


def separates(row: Row) -> bool:
    """Whether two sets score differently on a case: one on which all score alike says nothing of any of them."""
    return len({cell.worst.outcome for cell in row.cells}) > 1


def as_expected(rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return, for each case (`transposed` behind it in own airspace), the outcome of each set."""
    return {name(row.case): {cell.ruleset.id: str(cell.worst.outcome) for cell in row.cells} for row in rows}


def name(case: Case) -> str:
    """Return what a case is called in a matrix."""
    return f"{case.id} transposed" if case.transposed else case.id


def differences(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Yield case, set, what the library expects and what came out, wherever the two differ.

    Pairs of which the library expects nothing, as those of a user's own set, differ from nothing.
    """
    data: Any = read(LIBRARY / "cases" / f"{EXPECTED}.yaml", f"cases/{EXPECTED}.yaml").data
    for case, outcomes in as_expected(rows).items():
        for ruleset, outcome in outcomes.items():
            wanted = data.get(case, {}).get(ruleset)
            if wanted not in {None, outcome}:
                yield case, ruleset, str(wanted), outcome

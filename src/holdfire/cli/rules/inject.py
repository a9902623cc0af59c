"""`holdfire rules inject`: a historical case, moment by moment, on which a seminar rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.catalogue import load_case
from holdfire.cli.output import Json, console, plural
from holdfire.cli.rules.history import NOT_IN_FORCE, ONLY_FAMOUS
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.examine.computed import named, that_ship
from holdfire.examine.seminar import HOLD, Ruled, changes, ruled, ruling_of
from holdfire.logic.timeline import moments
from holdfire.logic.words import roles_in_words
from holdfire.messages.caution import CAUTION
from holdfire.units import span_in_words

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.logic.case import Case, Expected
    from holdfire.logic.timeline import Moment

Answers = Annotated[str | None, Parameter(help="rulings, one a moment, as hold,hold,engage, instead of being asked")]


def inject_(case: str, *, answers: Answers = None, json: Json = False, html: Html = None) -> int:
    """Reveal a case in the order of time, rule at each moment, and then see every set's ruling and the truth.

    Parameters
    ----------
    case
        Id of a case that ships, or path of a case file.
    """
    made = load_case(case)
    every = moments(made)
    given: list[str | None]
    if answers is not None or json or not sys.stdin.isatty():
        given = _told(answers, len(every))
    else:
        asked = _ask(console(), made, every)
        if asked is None:
            return 0
        given = asked
    rulings = ruled(made, given, [named(name) for name in that_ship()])
    present(_sheet(made, rulings), "rules-inject", _data(made, rulings), json=json, html=html)
    return 0


def _told(answers: str | None, count: int) -> list[str | None]:
    if answers is None:
        return []
    given = [ruling_of(text) for text in answers.split(",")]
    more = count - len(given)
    if more:
        fix = f"give {more} more, each {HOLD} or an action" if more > 0 else f"leave the last {-more} out"
        message = f"{plural(len(given), 'ruling')} for {plural(count, 'moment')}: {fix}"
        raise InputError(message)
    return list(given)


def _ask(out: Console, case: Case, every: tuple[Moment, ...]) -> list[str | None] | None:
    """Ask for a ruling at each moment; `None` where whoever was asked has left."""
    out.print(f"You are: {case.decider}. {case.day}.", soft_wrap=True)  # the title would give too much away
    given: list[str | None] = []
    for before, moment in zip((None, *every[:-1]), every, strict=True):
        _reveal(out, before, moment)
        try:
            given.append(_ruling(out))
        except (EOFError, KeyboardInterrupt):
            out.print("\nEnded; nothing is revealed.")
            return None
    out.print()
    return given


def _reveal(out: Console, before: Moment | None, moment: Moment) -> None:
    out.print(f"\n{_when(moment)}. {moment.says}", style="bold", soft_wrap=True)
    for line in changes(before, moment):
        out.print(f"  {line}", soft_wrap=True)


def _ruling(out: Console) -> str:
    while True:
        try:
            return ruling_of(out.input(f"Your ruling ({HOLD}, or an action)? "))
        except InputError as error:
            out.print(str(error), soft_wrap=True)


def _when(moment: Moment) -> str:
    return f"{span_in_words(moment.at_s)} in" if moment.at_s else "At the beginning"


def _sheet(case: Case, rulings: tuple[Ruled, ...]) -> Sheet:
    sheet = Sheet(f"{case.title} ({case.id}, {case.day})")
    sheet.say(f"Who decided: {case.decider}.")
    sheet.heading("Moment by moment")
    for each in rulings:
        sheet.say(f"{_when(each.moment)}. {each.moment.says}")
        for line in each.changed:
            sheet.say(line, 1)
    sheet.heading("How every set ruled")
    sheet.table(
        ("rule set", *(_column(each) for each in rulings)),
        [("you", *(each.given or "—" for each in rulings)), *_rows(rulings)],
        lines=True,
    )
    sheet.heading("What a sound set gives")
    for expected in case.expects:
        sheet.say(f"{_expected(expected)}: {expected.because}")
    sheet.heading("What it really was")
    for text in (f"{case.really}.", f"Done: {case.did}", f"And then: {case.came_of_it}"):
        sheet.say(text)
    sheet.heading("Sources")
    for source in case.sources:
        sheet.say(f"{source.id}: {source.cite()}" + (f" ({source.note})" if source.note else ""))
    for caution in (ONLY_FAMOUS, NOT_IN_FORCE, CAUTION):
        sheet.say(f"\n{caution}")
    return sheet


def _column(each: Ruled) -> str:
    return f"{each.moment.at_s:g} s: {each.action}"


def _rows(rulings: tuple[Ruled, ...]) -> list[tuple[str, ...]]:
    names = [found.asked.id for found in rulings[0].answers]
    return [(name, *(_cell(each, column) or "held" for each in rulings)) for column, name in enumerate(names)]


def _cell(each: Ruled, column: int) -> str | None:
    """Return by whom the action is permitted; nothing where it is withheld."""
    permission = each.answers[column].ruling.permitted.get(each.action)
    return roles_in_words(permission.authorities) if permission else None


def _expected(expected: Expected) -> str:
    verb = "holds" if expected.answer == "hold" else "permits"
    span = f"at {expected.from_s:g} s"
    if expected.until_s > expected.from_s:
        span = f"from {expected.from_s:g} to {expected.until_s:g} s"
    return f"It {verb} {expected.action} {span}"


def _data(case: Case, rulings: tuple[Ruled, ...]) -> dict[str, Any]:
    return {
        "case": case.id,
        "title": case.title,
        "date": case.day.isoformat(),
        "decider": case.decider,
        "moments": [
            {
                "at_s": each.moment.at_s,
                "says": each.moment.says,
                "changed": list(each.changed),
                "given": each.given,
                "action": each.action,
                "permitted_by": {
                    found.asked.id: sorted(permission.authorities) if permission else None
                    for found in each.answers
                    for permission in [found.ruling.permitted.get(each.action)]
                },
            }
            for each in rulings
        ],
        "expects": [
            {
                "answer": each.answer,
                "action": each.action,
                "from_s": each.from_s,
                "until_s": each.until_s,
                "rests_on": [sorted(items) for items in each.rests_on],
                "because": each.because,
            }
            for each in case.expects
        ],
        "really": case.really,
        "did": case.did,
        "came_of_it": case.came_of_it,
        "sources": [{"id": s.id, "title": s.title, "grade": s.grade, "note": s.note} for s in case.sources],
        "cautions": [ONLY_FAMOUS, NOT_IN_FORCE, CAUTION],
    }

"""`holdfire rules history`: rule sets against what happened."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.catalogue import ids, load_case
from holdfire.cli.output import Json, plural
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.examine.computed import named, that_ship
from holdfire.examine.history import Outcome, Row, acted, differences, history, name, separates
from holdfire.examine.reasons import resting_on
from holdfire.logic.words import roles_in_words
from holdfire.messages.caution import CAUTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.examine.history import Cell, Verdict

MARKS = {
    Outcome.RIGHT: "+",
    Outcome.OTHER_REASON: "o",
    Outcome.WRONGFUL_HOLD: "H",
    Outcome.WRONGFUL_PERMISSION: "P",
}
ONLY_FAMOUS = (
    "Only incidents that became known are here, and famous failures more than anything else: what a set would do "
    "on all the days on which nothing happened, no list of cases shows. Evidence is what the decider had, as far as "
    "was published; numbers that no report gives are assumed. "
    "Each set is tried on each case, whether or not it was in force on its day."
)
NOT_IN_FORCE = "Archetypes and other sets here are not the rules in force of any state."


def history_(
    *rulesets: str,
    case: Annotated[tuple[str, ...], Parameter(negative="", help="only this case: an id, or path of a case file")] = (),
    expect: Annotated[bool, Parameter(negative="", help="compare with what the library expects")] = False,
    json: Json = False,
    html: Html = None,
) -> int:
    """Try rule sets against historical cases: each must hold, or permit, for the reason that a sound set has.

    Parameters
    ----------
    rulesets
        Ids of sets that ship, or paths of files; all that ship, unless any is named.
    """
    sets = [named(each) for each in rulesets or that_ship()]
    cases = [load_case(each) for each in case or ids("cases")]
    for each in (sets, cases):
        refuse_twice([item.id for item in each])
    rows = history(sets, cases)
    differing = list(differences(rows)) if expect else None
    data = {
        "rulesets": [each.id for each in sets],
        "cases": [_case(row) for row in rows],
        "totals": {each.id: _totals(rows, column) for column, each in enumerate(sets)},
        "differences": None if differing is None else [dict(zip(_DIFFERENCE, each, strict=True)) for each in differing],
        "cautions": [ONLY_FAMOUS, NOT_IN_FORCE, CAUTION],
    }
    present(_sheet(rows, differing), "rules-history", data, json=json, html=html)
    if differing is not None:
        return int(bool(differing))
    return int(any(cell.worst.outcome is Outcome.WRONGFUL_PERMISSION for row in rows for cell in row.cells))


def refuse_twice(given: list[str]) -> None:
    """Raise `InputError` where an id is among those given more than once."""
    for each in given:
        if given.count(each) > 1:
            message = f"{each!r} is given twice: rename one, or leave it out"
            raise InputError(message)


_ABREAST = 8
"""Sets in one table, which a terminal of 80 characters has room for."""
_DIFFERENCE = ("case", "ruleset", "expected", "found")


def _case(row: Row) -> dict[str, Any]:
    return {
        "id": row.case.id,
        "transposed": row.case.transposed,
        "where": row.case.where,
        "acting_was_right": acted(row.case),
        "separates": separates(row),
        "outcomes": {cell.ruleset.id: _cell(cell) for cell in row.cells},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"outcome": cell.worst.outcome, "verdicts": [_verdict(each) for each in cell.verdicts]}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    expected = verdict.expected
    return {
        "expected": expected.answer,
        "action": expected.action,
        "from_s": expected.from_s,
        "until_s": expected.until_s,
        "outcome": verdict.outcome,
        "at_s": verdict.at_s,
        "rests_on": sorted(resting_on(verdict.found, expected.action)),
        "should_rest_on": [sorted(items) for items in expected.rests_on],
    }


def _totals(rows: Sequence[Row], column: int) -> dict[str, int]:
    found = [row.cells[column].worst.outcome for row in rows]
    return {outcome.replace(" ", "_"): found.count(outcome) for outcome in Outcome}


def _sheet(rows: Sequence[Row], differing: Sequence[tuple[str, str, str, str]] | None) -> Sheet:
    sets = [cell.ruleset for cell in rows[0].cells]
    cases = [row.case for row in rows if not row.case.transposed]
    sheet = Sheet("Rule sets against what happened")
    right = f"{sum(map(acted, cases))} of them such that acting was right, or inaction cost lives"
    sheet.say(f"{plural(len(cases), 'case')}, {right}; those abroad a second time as if in own airspace.")
    for begin in range(0, len(sets), _ABREAST):
        shown = slice(begin, begin + _ABREAST)
        letters = [_letter(column) for column in range(len(sets))][shown]
        sheet.say(", ".join(f"{letter} {each.id}" for letter, each in zip(letters, sets[shown], strict=True)))
        sheet.table(
            ("case", *letters),
            ((_row_name(row), *(MARKS[cell.worst.outcome] for cell in row.cells[shown])) for row in rows),
        )
    sheet.say(
        "+: as a sound set answers, and for its reason. o: the same answer for another reason, which scores nothing."
    )
    sheet.say("P: a wrongful permission. H: a wrongful hold.")
    if len(sets) > 1:
        sheet.say(_separating(rows))
    sheet.heading("Both kinds of error")
    sheet.table(
        ("rule set", "", f"+ of {len(rows)}", "o", "H", "P"),
        ((each.id, _letter(column), *map(str, _totals(rows, column).values())) for column, each in enumerate(sets)),
    )
    _errors(sheet, rows)
    if differing is not None:
        _differing(sheet, differing)
    sheet.heading("What this is not")
    for caution in (ONLY_FAMOUS, NOT_IN_FORCE, CAUTION):
        sheet.say(caution)
    return sheet


def _letter(column: int) -> str:
    """Return a, b, … z, aa, ab, … for a column."""
    rest, last = divmod(column, len(ascii_lowercase))
    return (_letter(rest - 1) if rest else "") + ascii_lowercase[last]


def _row_name(row: Row) -> str:
    return "  in own airspace" if row.case.transposed else row.case.id


def _separating(rows: Sequence[Row]) -> str:
    """Say on how many cases the sets differ, on which only as if in own airspace and, if most do, on which not."""
    cases = dict.fromkeys(row.case.id for row in rows)
    there = {row.case.id for row in rows if separates(row) and not row.case.transposed}
    anywhere = {row.case.id for row in rows if separates(row)}
    parts = [f"These sets differ on {len(anywhere)} of {plural(len(cases), 'case')}"]
    if anywhere > there:
        parts.append(f"only as if in own airspace on {', '.join(sorted(anywhere - there))}")
    alike = [case for case in cases if case not in anywhere]
    if 0 < len(alike) < len(anywhere):
        parts.append(f"all score alike on {', '.join(alike)}")
    return f"{'; '.join(parts)}."


def _errors(sheet: Sheet, rows: Sequence[Row]) -> None:
    """List what was permitted wrongly, set by set."""
    wrong = [
        (cell.ruleset.id, name(row.case), cell.worst)
        for row in rows
        for cell in row.cells
        if cell.worst.outcome is Outcome.WRONGFUL_PERMISSION
    ]
    if not wrong:
        return
    sheet.heading("Wrongful permissions")
    for ruleset in dict.fromkeys(ruleset for ruleset, _, _ in wrong):
        sheet.say(f"{ruleset}:")
        for given, case, verdict in wrong:
            if given == ruleset:
                sheet.say(f"{case}: {_permitted(verdict)}", 1)


def _permitted(verdict: Verdict) -> str:
    permission = verdict.found.ruling.permitted[verdict.expected.action]
    rules = ", ".join(state.rule for state in permission.rules)
    who = roles_in_words(permission.authorities)
    return f"{verdict.expected.action} at {verdict.at_s:g} s by {who} ({rules})"


def _differing(sheet: Sheet, differing: Sequence[tuple[str, str, str, str]]) -> None:
    sheet.heading("Against what the library expects")
    if not differing:
        sheet.say("Nothing differs.")
    for case, ruleset, expected, found in differing:
        sheet.say(f"{case}, {ruleset}: expected {expected}, found {found}")

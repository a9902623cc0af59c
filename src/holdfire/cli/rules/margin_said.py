"""What `holdfire rules margin` says: sheets for people, and the same as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.cli.output import plural
from holdfire.cli.sheet import Sheet
from holdfire.examine.changes_in_words import change_in_words
from holdfire.logic.words import roles_in_words, title, value_in_words
from holdfire.messages.vocabulary import ITEM
from holdfire.units import number, span_in_words

if TYPE_CHECKING:
    from holdfire.examine.answer import Answer
    from holdfire.examine.fragile import At, Timeline
    from holdfire.examine.margin import Margin, Question, Way
    from holdfire.logic.case import Case
    from holdfire.logic.situation import Situation
    from holdfire.messages.evidence import Known

    Shelter = dict[tuple[str, ...], Margin]
    Said = tuple[Sheet, dict[str, Any]]


def on_evidence(asked: Question, situation: Situation, found: Margin, safe: Shelter) -> Said:
    """Return what is said of one situation."""
    sheet = Sheet(_title(asked))
    sheet.say(f"on: {situation.title} ({situation.id})")
    sheet.say(f"now {_ruling(asked, found.before)}")
    _say(sheet, asked, found)
    if safe:
        _say_shelter(sheet, asked, safe)
    _say_terms(sheet, asked)
    sheltered = [{"false": list(items), **_margin(asked, each)} for items, each in safe.items()]
    return sheet, {"situation": situation.id, **_margin(asked, found), "shelter": sheltered}


def on_case(asked: Question, case: Case, found: Timeline) -> Said:
    """Return what is said of a case, moment by moment."""
    sheet = Sheet(f"{_title(asked)}, moment by moment")
    sheet.say(f"{case.title} ({case.id})")
    columns = ("after", "what was told", "now", "reports", "cost", "smallest change")
    sheet.table(columns, [_row(asked, each) for each in found.moments], lines=True)
    worst = found.worst
    if worst is None:
        sheet.say("At no moment does any change of evidence turn it.")
    else:
        sheet.heading(f"The most fragile moment: {_after(worst)}")
        _say(sheet, asked, worst.margin)
    _say_terms(sheet, asked)
    listed = [{"at_s": at.moment.at_s, "says": at.moment.says, **_margin(asked, at.margin)} for at in found.moments]
    ends = {"most_fragile_at_s": worst.moment.at_s if worst else None}
    return sheet, {"case": case.id, "transposed": case.transposed, "moments": listed, **ends}


def as_data(asked: Question) -> dict[str, Any]:
    """Return what was asked, for JSON."""
    return {
        "ruleset": asked.asked.id,
        "kind": asked.asked.kind,
        "binding": [each.id for each in asked.binding],
        "action": asked.action.value,
        "to": asked.to,
        "costs": asked.costs.id,
        "fixed": [{"item": name, "because": because} for name, because in asked.costs.fixed.items()],
    }


def _title(asked: Question) -> str:
    turn = "from held to permitted" if asked.to == "permit" else "from permitted to held"
    return f"What would turn {asked.action} {turn}, by {asked.asked.id}"


def _row(asked: Question, at: At) -> tuple[str, ...]:
    found = at.margin
    least = "no change" if found.least is None else str(found.least)
    cost, change = (number(round(found.ways[0].cost, 2)), _lines(asked, found.ways[0])) if found.ways else ("", [])
    return _after(at), at.moment.says, _ruling(asked, found.before), least, cost, "\n".join(change)


def _after(at: At) -> str:
    seconds = at.moment.at_s
    return span_in_words(seconds) if seconds >= 0 else f"{span_in_words(-seconds)} before"


def _ruling(asked: Question, found: Answer) -> str:
    permission = found.ruling.permitted.get(asked.action)
    return f"permitted: {roles_in_words(permission.authorities)}" if permission else "held"


def _say(sheet: Sheet, asked: Question, found: Margin) -> None:
    if found.broken:
        broken = ", ".join(found.broken)
        sheet.say(f"The evidence is at odds with itself ({broken}), which is therefore not asked of its changes.")
    if found.least is None:
        sheet.say("No change of evidence turns it: that is proved, for the changes considered.")
    elif found.least == 0:
        sheet.say("It is so already: no report needs to change.")
    else:
        ways = "more ways than shown" if found.more else plural(len(found.ways), "way")
        sheet.say(f"At least {plural(found.least, 'report')} must change. There {_be(found)} {ways}:")
        rows = [
            (number(round(way.cost, 2)), _ruling(asked, way.found), "\n".join(_lines(asked, way))) for way in found.ways
        ]
        sheet.table(("cost", "then", "if"), rows, lines=True)


def _be(found: Margin) -> str:
    return "is" if len(found.ways) == 1 and not found.more else "are"


def _say_shelter(sheet: Sheet, asked: Question, safe: Shelter) -> None:
    sheet.heading("What its shelter lets pass")
    alone = all(items == ("transponder",) for items in safe)
    does = "calls for help" if alone else "answers as civil traffic and fits a plan"
    sheet.say(f"It {does}, as one who means harm may do, too.")
    rows = []
    for items, found in safe.items():
        lines = _lines(asked, found.ways[0]) if found.ways else []
        rows.append((" and ".join(title(ITEM[name]) for name in items), _further(found), "\n".join(lines)))
    columns = ("if this is false", "engaging it, below the national authority", "by what")
    sheet.table(columns, rows, lines=True)


def _further(found: Margin) -> str:
    if found.least is None:
        return "is held whatever else changes"
    if found.least == 0:
        return "is permitted: this report alone gives the shelter" if found.ways else "is permitted as it is"
    return f"takes {plural(found.least, 'further report')}"


def _say_terms(sheet: Sheet, asked: Question) -> None:
    sheet.say("Costs are in standard deviations, and assumed; they order changes and are no probabilities.")
    for name, because in asked.costs.fixed.items():
        sheet.say(f"Not changed: {title(ITEM[name])}. {because}")


def _lines(asked: Question, way: Way) -> list[str]:
    return [change_in_words(each, asked.costs.items[name]) for name, each in way.items.items()]


def _margin(asked: Question, found: Margin) -> dict[str, Any]:
    return {
        "now": _ruled(asked, found.before),
        "least": found.least,
        "ways": [_way(asked, way) for way in found.ways],
        "more": found.more,
        "broken": list(found.broken),
    }


def _ruled(asked: Question, found: Answer) -> dict[str, Any]:
    permission = found.ruling.permitted.get(asked.action)
    return {"permitted": permission is not None, "authorities": sorted(permission.authorities) if permission else []}


def _way(asked: Question, way: Way) -> dict[str, Any]:
    changed = [
        {
            "item": name,
            "report": asked.costs.items[name].report,
            "said": change_in_words(each, asked.costs.items[name]),
            "before": _known(name, each.before),
            "after": _known(name, each.after),
            "or_else": list(each.or_else),
        }
        for name, each in way.items.items()
    ]
    return {"reports": list(way.reports), "cost": way.cost, "changes": changed, "then": _ruled(asked, way.found)}


def _known(name: str, known: Known | None) -> str | None:
    return None if known is None else value_in_words(ITEM[name], known)

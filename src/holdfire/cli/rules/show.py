"""`holdfire rules show`: what a set says; of a computed one, which sets it composes and what it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.cli.output import Json
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.computed import Computed, named
from holdfire.examine.history import name
from holdfire.logic.conditions import OnUnknown
from holdfire.logic.ruleset import Clause, Criterion, Entry, Forbid, RuleSet
from holdfire.logic.words import ROLE_WORDS, condition_in_words
from holdfire.messages.authority import Role
from holdfire.messages.caution import CAUTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.failings import Failings
    from holdfire.examine.history import Cell
    from holdfire.examine.prove import Proof


def show_(ruleset: str, *, json: Json = False, html: Html = None) -> int:
    """Show one rule set as a table, with its sources; of a computed one, the sets it composes and what it fails.

    Parameters
    ----------
    ruleset
        Id of a set that ships, path of a file, or a computed set.
    """
    shown = named(ruleset)
    if isinstance(shown, Computed):
        from holdfire.examine.failings import failings  # needs the solver, which other sets do not

        failed = failings(shown)
        present(_computed(shown, failed), "rules-show", computed_as_data(shown, failed), json=json, html=html)
    else:
        present(_sheet(shown), "rules-show", as_data(shown), json=json, html=html)
    return 0


def _computed(shown: Computed, failed: Failings) -> Sheet:
    sheet = Sheet(f"{shown.title}  ({shown.id}, {shown.kind})")
    sheet.say(shown.summary)
    sheet.say(dates(shown))
    sheet.table(("id", "title"), ((each.id, each.title) for each in shown.binding), title="Composed of")
    for text in failed.idle:
        sheet.say(f"{text} changes nothing in it: without that text every ruling is the same.")
    sheet.heading(f"Properties that it breaks: {len(failed.broken)} of {failed.properties}")
    broken = [(each.asked.id, each.asked.title, _rules_of(each)) for each in failed.broken]
    sheet.table(("property", "what it asks", "broken by"), broken, lines=True)
    sheet.heading(f"Cases in which acting was right and that it fails: {len(failed.missed)} of {failed.cases}")
    sheet.say("Those abroad count a second time, as if in own airspace.")
    for each in failed.missed:
        worst = each.worst
        who = ", ".join(_withheld_by(each)) or "nobody"
        should = f"should {worst.expected.answer} {worst.expected.action} at {worst.at_s:g} s"
        sheet.say(f"{name(each.case)}: {should}; {worst.outcome}, withheld by {who}", 1)
    sheet.say(f"\nComputed, neither a proposal nor the rules in force. {CAUTION}")
    return sheet


def _rules_of(proof: Proof) -> str:
    given = proof.counterexample.permissions if proof.counterexample else ()
    return ", ".join(dict.fromkeys(state.rule for each in given for state in each.rules)) or proof.result.value


def _withheld_by(cell: Cell) -> tuple[str, ...]:
    withheld = cell.worst.found.ruling.withheld.get(cell.worst.expected.action)
    return withheld.caveats if withheld else ()


def computed_as_data(shown: Computed, failed: Failings) -> dict[str, Any]:
    """Return a computed set for JSON, with what it fails."""
    return {
        "id": shown.id,
        "title": shown.title,
        "kind": shown.kind,
        "summary": shown.summary,
        "effective_from": shown.effective_from.isoformat() if shown.effective_from else None,
        "effective_until": shown.effective_until.isoformat() if shown.effective_until else None,
        "binding": [each.id for each in shown.binding],
        "changes_nothing": list(failed.idle),
        "properties": failed.properties,
        "breaks": [_broken(failed, each) for each in failed.broken],
        "cases": failed.cases,
        "fails": [_failed(each) for each in failed.missed],
        "caution": CAUTION,
    }


def _broken(failed: Failings, proof: Proof) -> dict[str, Any]:
    from holdfire.examine.refutation import permitted_by

    said = permitted_by(failed.encoded, proof.counterexample) if proof.counterexample else ()
    asked = proof.asked
    return {"property": asked.id, "sentence": asked.sentence, "result": proof.result, "sentences": list(said)}


def _failed(cell: Cell) -> dict[str, Any]:
    worst = cell.worst
    return {
        "case": cell.case.id,
        "transposed": cell.case.transposed,
        "at_s": worst.at_s,
        "should": worst.expected.answer,
        "action": worst.expected.action,
        "outcome": worst.outcome,
        "withheld_by": list(_withheld_by(cell)),
    }


def _sheet(shown: RuleSet) -> Sheet:
    sheet = Sheet(f"{shown.title}  ({shown.id}, {shown.kind})")
    sheet.say(shown.summary)
    if shown.extends:
        sheet.say(f"A variant of {shown.extends}; entries marked = are its parent's.")
    sheet.say(dates(shown))
    columns = ("id", "says", "when all of this is known", "because (sources)")
    for title, entries in (("Criteria", shown.criteria), ("Rules", shown.rules)):
        if entries:
            sheet.table(columns, _rows(entries, dict(shown.origin)), title=title, lines=True)
        else:
            sheet.say(f"No {title.lower()}.")
    sources = [
        (source.id, "\n".join(filter(None, (source.title, source.date, source.url, source.note))), source.grade)
        for source in shown.sources
    ]
    sheet.table(("source", "what it is", "grade"), sources, title="Sources", lines=True)
    sheet.say(CAUTION)
    return sheet


def says(entry: Entry) -> str:
    """Return what an entry says, without its conditions."""
    if isinstance(entry, Criterion):
        return f"hostile {entry.concludes}" if entry.concludes in {"intent", "act"} else f"declares {entry.concludes}"
    actions = ", ".join(entry.actions)
    if isinstance(entry, Forbid):
        return f"FORBID {actions}"
    executed = "" if entry.executed_by is Role.CREW else f",\nexecuted by {ROLE_WORDS[entry.executed_by]}"
    return f"PERMIT {actions}\nby {ROLE_WORDS[entry.by]}{executed}"


def clause_in_words(clause: Clause) -> str:
    """Return a clause, with what it does where it is not known if that is to let go."""
    words = condition_in_words(clause.condition)
    return f"{words} (lets go where not known)" if clause.condition.on_unknown is OnUnknown.RELEASE else words


def as_data(ruleset: RuleSet) -> dict[str, Any]:
    """Return a rule set for JSON."""
    origin = dict(ruleset.origin)
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "kind": ruleset.kind,
        "summary": ruleset.summary,
        "extends": ruleset.extends,
        "effective_from": ruleset.effective_from.isoformat() if ruleset.effective_from else None,
        "effective_until": ruleset.effective_until.isoformat() if ruleset.effective_until else None,
        "criteria": [_entry(entry, origin) for entry in ruleset.criteria],
        "rules": [_entry(entry, origin) for entry in ruleset.rules],
        "sources": [
            {"id": s.id, "title": s.title, "grade": s.grade, "url": s.url, "date": s.date, "note": s.note}
            for s in ruleset.sources
        ],
    }


def _entry(entry: Entry, origin: dict[str, str]) -> dict[str, Any]:
    own: dict[str, Any] = {"concludes": entry.concludes} if isinstance(entry, Criterion) else {}
    if not isinstance(entry, Criterion):
        own = {"forbid" if isinstance(entry, Forbid) else "permit": list(entry.actions)}
        if not isinstance(entry, Forbid):
            own |= {"by": entry.by, "executed_by": entry.executed_by}
    when = [clause_in_words(clause) for clause in entry.when]
    rest = {"because": entry.because, "source": list(entry.sources), "from": origin.get(entry.id)}
    return {"id": entry.id, **own, "when": when, **rest}


def _rows(entries: tuple[Entry, ...], origin: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        mark = " =" if entry.id in origin else ""
        when = "\n".join(map(clause_in_words, entry.when)) or "always"
        yield entry.id + mark, says(entry), when, f"{entry.because} ({', '.join(entry.sources)})"


def dates(ruleset: RuleSet | Computed) -> str:
    """Return a sentence on a set's dates of effect."""
    begin, end = ruleset.effective_from, ruleset.effective_until
    if begin is None and end is None:
        return "No dates of effect."
    return f"In force from {begin or 'ever'} until {end or 'further notice'}."

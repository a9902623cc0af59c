"""`holdfire rules check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.catalogue import load_ruleset
from holdfire.cli.output import Json, faults_of, plural
from holdfire.cli.rules.show import clause_in_words
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.sources import Grade

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet


def check_(*rulesets: str, json: Json = False, html: Html = None) -> int:
    """Check rule-set files: every error at once, with its line and column.

    Parameters
    ----------
    rulesets
        Ids of sets that ship, or paths of files.
    """
    if not rulesets:
        message = "nothing to check: name a file, as in `holdfire rules check my-rules.yaml`"
        raise InputError(message)
    results = [_check(name) for name in rulesets]
    sheet = Sheet("Rule sets checked")
    for result in results:
        _say(sheet, result)
    present(sheet, "rules-check", {"results": results}, json=json, html=html)
    return 0 if all(result["good"] for result in results) else 2


def _check(name: str) -> dict[str, Any]:
    try:
        ruleset = load_ruleset(name)
    except InputError as error:
        return {"name": name, "good": False, "faults": faults_of(error)}
    return {"name": name, "good": True, "faults": [], "rules": len(ruleset.rules), **_notes(ruleset)}


def _notes(ruleset: RuleSet) -> dict[str, Any]:
    """Say what a reader should know of a set that is sound: its blind spots, and what rests on assumption."""
    assumed = {source.id for source in ruleset.sources if source.grade is Grade.ASSUMED}
    return {
        "criteria": len(ruleset.criteria),
        "blind_spots": [
            {"rule": rule, "condition": clause_in_words(clause), "source": list(clause.sources)}
            for rule, clause in ruleset.blind_spots()
        ],
        "assumed": [entry.id for entry in ruleset.entries() if set(entry.sources) <= assumed],
    }


def _say(sheet: Sheet, result: dict[str, Any]) -> None:
    if not result["good"]:
        for fault in result["faults"]:
            place = f"{fault['path']}:{fault['line']}:{fault['column']}: " if fault["path"] else ""
            sheet.say(f"{place}{fault['text']}")
        sheet.say(f"{result['name']}: {plural(len(result['faults']), 'error')}; nothing was loaded")
        return
    counts = f"{plural(result['rules'], 'rule')} and {plural(result['criteria'], 'criterion', 'criteria')}"
    sheet.say(f"{result['name']}: good, {counts}")
    for spot in result["blind_spots"]:
        sheet.say(f"blind spot: {spot['rule']}: {spot['condition']}", indent=1)
    if result["assumed"]:
        sheet.say(f"rest on assumption alone: {', '.join(result['assumed'])}", indent=1)

"""`holdfire rules check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.catalogue import load_ruleset
from holdfire.cli.output import Json, faults_of, plural
from holdfire.cli.rules.show import clause_in_words
from holdfire.cli.rules.solver import INSTALL, can_prove
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.messages.caution import CAUTION
from holdfire.sources import Grade

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.scenario.load import Loaded

MORE = f"The extra `verify` lets it find more: dead rules, clashes, gaps, what a release lets pass ({INSTALL})."


def check_(
    *rulesets: str,
    scenario: Annotated[
        str | None, Parameter(help="an id, or a path: which conditions can its sensors and crews never know?")
    ] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Check rule-set files: every error at once, with its line and column; then what a sound set still gets wrong.

    Parameters
    ----------
    rulesets
        Ids of sets that ship, or paths of files.
    """
    if not rulesets:
        message = "nothing to check: name a file, as in `holdfire rules check my-rules.yaml`"
        raise InputError(message)
    night = None
    if scenario is not None:
        from holdfire.scenario.load import load_scenario

        night = load_scenario(scenario)
    results = [_check(name, night) for name in rulesets]
    sheet = Sheet("Rule sets, checked")
    for result in results:
        _tell(sheet, result)
    if not can_prove():
        sheet.say(MORE)
    elif any(not result["faults"] for result in results):
        sheet.say(CAUTION)
    data = {"proved": can_prove(), "scenario": scenario, "results": results, "caution": CAUTION}
    present(sheet, "rules-check", data, json=json, html=html)
    return max(map(_status, results))


def _status(result: dict[str, Any]) -> int:
    return 0 if result["good"] else 2 if result["faults"] else 1


def _check(name: str, night: Loaded | None) -> dict[str, Any]:
    try:
        ruleset = load_ruleset(name)
    except InputError as error:
        return {"name": name, "good": False, "faults": faults_of(error)}
    remarks = [*_found(ruleset), *_never_known(ruleset, night)]
    good = not any(remark["fails"] for remark in remarks)
    return {
        "name": name,
        "good": good,
        "faults": [],
        "rules": len(ruleset.rules),
        **_notes(ruleset),
        "remarks": remarks,
    }


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


def _found(ruleset: RuleSet) -> list[dict[str, Any]]:
    if not can_prove():
        return []
    from holdfire.cli.rules.differences import evidence_as_data
    from holdfire.examine.check import FAILS, check, in_words

    return [
        {
            "kind": remark.kind,
            "fails": remark.kind in FAILS,
            "entries": list(remark.entries),
            "sentence": remark.sentence,
            "instance": in_words(remark) or None,
            "witness": evidence_as_data(remark.witness) if remark.witness else None,
        }
        for remark in check(ruleset)
    ]


def _never_known(ruleset: RuleSet, night: Loaded | None) -> list[dict[str, Any]]:
    if night is None:
        return []
    from holdfire.examine.knowable import never_known

    return [
        {"kind": "never known", "fails": False, "entries": [entry], "sentence": text, "instance": None, "witness": None}
        for entry, text in never_known(ruleset, night)
    ]


def _tell(sheet: Sheet, result: dict[str, Any]) -> None:
    if result["faults"]:
        _tell_faults(sheet, result)
        return
    remarks = result["remarks"]
    failed = [remark for remark in remarks if remark["fails"]]
    counts = f"{plural(result['rules'], 'rule')} and {plural(result['criteria'], 'criterion', 'criteria')}"
    sheet.say(f"{result['name']}: {f'{len(failed)} wrong' if failed else 'good'}, {counts}")
    for spot in () if can_prove() else result["blind_spots"]:
        sheet.say(f"blind spot: {spot['rule']}: {spot['condition']}", indent=1)
    for remark in [*failed, *(each for each in remarks if not each["fails"] and each["kind"] != "changes nothing")]:
        _say(sheet, remark)
    idle = [entry for remark in remarks if remark["kind"] == "changes nothing" for entry in remark["entries"]]
    if idle:
        sheet.say(f"change nothing, each by itself: {', '.join(idle)}", indent=1)
    if result["assumed"]:
        sheet.say(f"rest on assumption alone: {', '.join(result['assumed'])}", indent=1)


def _tell_faults(sheet: Sheet, result: dict[str, Any]) -> None:
    for fault in result["faults"]:
        place = f"{fault['path']}:{fault['line']}:{fault['column']}: " if fault["path"] else ""
        sheet.say(f"{place}{fault['text']}")
    sheet.say(f"{result['name']}: {plural(len(result['faults']), 'error')}; nothing was loaded")


def _say(sheet: Sheet, remark: dict[str, Any]) -> None:
    sheet.say(f"{remark['kind']}: {remark['sentence']}", indent=1)
    if remark["instance"]:
        sheet.say(f"for instance: {remark['instance']}", indent=2)

"""`holdfire rules check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.cli.output import Json, faults_of, plural
from holdfire.cli.rules.show import clause_in_words
from holdfire.cli.rules.solver import INSTALL, can_prove
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError
from holdfire.examine.computed import Computed, named, sets_of
from holdfire.messages.caution import CAUTION
from holdfire.sources import Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.logic.ruleset import RuleSet
    from holdfire.scenario.load import Loaded

MORE = f"The extra `verify` lets it find more: dead rules, clashes, gaps, what a release lets pass ({INSTALL})."

ONE_TEXT = "of several sets together; what one text gets wrong by itself is told by `holdfire rules check {}`"


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
        Ids of sets that ship, paths of files, or computed sets.
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
        asked = named(name)
    except InputError as error:
        return {"name": name, "good": False, "faults": faults_of(error)}
    sets = sets_of(asked)
    remarks = [*_found(sets), *(remark for each in sets for remark in _never_known(each, night, _of(each, sets)))]
    return {
        "name": name,
        "good": not any(remark["fails"] for remark in remarks),
        "faults": [],
        **({"binding": [each.id for each in sets]} if isinstance(asked, Computed) else {}),
        "rules": sum(len(each.rules) for each in sets),
        **_notes(sets),
        "remarks": remarks,
    }


def _of(ruleset: RuleSet, sets: Sequence[RuleSet]) -> str:
    """Return what an entry's id is named with, where several sets bind together."""
    return f"{ruleset.id} " if len(sets) > 1 else ""


def _notes(sets: Sequence[RuleSet]) -> dict[str, Any]:
    """Say what a reader should know of sets that are sound: their blind spots, and what rests on assumption."""
    assumed = {each.id: {source.id for source in each.sources if source.grade is Grade.ASSUMED} for each in sets}
    return {
        "criteria": sum(len(each.criteria) for each in sets),
        "blind_spots": [
            {"rule": f"{_of(each, sets)}{rule}", "condition": clause_in_words(clause), "source": list(clause.sources)}
            for each in sets
            for rule, clause in each.blind_spots()
        ],
        "assumed": [
            f"{_of(each, sets)}{entry.id}"
            for each in sets
            for entry in each.entries()
            if set(entry.sources) <= assumed[each.id]
        ],
    }


def _found(sets: Sequence[RuleSet]) -> list[dict[str, Any]]:
    if not can_prove():
        return []
    from holdfire.cli.rules.differences import evidence_as_data
    from holdfire.examine.check import check
    from holdfire.examine.check_together import check_together
    from holdfire.examine.remark import FAILS, in_words

    return [
        {
            "kind": remark.kind,
            "fails": remark.kind in FAILS,
            "entries": list(remark.entries),
            "sentence": remark.sentence,
            "instance": in_words(remark) or None,
            "witness": evidence_as_data(remark.witness) if remark.witness else None,
        }
        for remark in (check_together(sets) if len(sets) > 1 else check(sets[0]))
    ]


def _never_known(ruleset: RuleSet, night: Loaded | None, of: str) -> list[dict[str, Any]]:
    if night is None:
        return []
    from holdfire.examine.knowable import never_known

    return [
        {
            "kind": "never known",
            "fails": False,
            "entries": [f"{of}{entry}"],
            "sentence": f"{of}{text}",
            "instance": None,
            "witness": None,
        }
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
    if len(result.get("binding", ())) > 1:
        sheet.say(ONE_TEXT.format(" ".join(result["binding"])), indent=1)
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

"""Differences between two sides, for people and as data."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from holdfire.cli.output import plural
from holdfire.examine.sentences import sentence
from holdfire.examine.words import cube_in_words, ruling_in_words, witness_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.cli.sheet import Sheet
    from holdfire.examine.diff import Difference
    from holdfire.examine.smt.search import Witness
    from holdfire.examine.ways import Way
    from holdfire.examine.withheld import Withholds
    from holdfire.messages.actions import Action
    from holdfire.messages.ruling import Ruling

Names = tuple[str, str]
SHOWN = 5
"""Sentences of one action and direction that are printed; the JSON document has all."""

PROVED = (
    "Proved over every state of evidence but those that are malformed or break a stated consistency (what a clock or "
    "a record cannot say)."
)


def tell(sheet: Sheet, found: Sequence[Difference], names: Names) -> None:
    """Add every difference, by action and direction, with one state of each."""
    for (action, direction), group in groupby(found, key=lambda each: (each.action, each.direction)):
        mine = sorted(group, key=lambda each: each.way.size)
        sheet.heading(f"{action}: {direction} ({plural(len(mine), 'region')})")
        for each in mine[:SHOWN]:
            sheet.say(f"- {sentence(each, names)}")
            instance(sheet, each, names)
        if len(mine) > SHOWN:
            sheet.say(f"and {len(mine) - SHOWN} more, narrower: --json has all")


def instance(sheet: Sheet, found: Difference, names: Names) -> None:
    """Add one state of a difference, and what the interpreter rules there."""
    sheet.say(f"for instance: {witness_in_words(found.witness)}", indent=2)
    said = (f"{name}: {ruling_in_words(it, found.action)}" for name, it in zip(names, found.rulings, strict=True))
    sheet.say(f"there {'; '.join(said)}", indent=2)


def tell_same(sheet: Sheet, actions: Sequence[Action], found: Sequence[Difference], everywhere: str) -> None:
    """Add for which actions it is proved that there is no difference."""
    same = [action for action in actions if all(action is not each.action for each in found)]
    sheet.heading("The same" if same else "Nothing else")
    if not found:
        sheet.say(f"{everywhere}: {', '.join(same)}.")
    elif same:
        sheet.say(f"No difference, on no state of evidence: {', '.join(same)}.")
    sheet.say(PROVED)


def as_data(found: Sequence[Difference], names: Names) -> list[dict[str, Any]]:
    """Return every difference for JSON."""
    return [
        {
            "action": each.action,
            "direction": each.direction,
            "sentence": sentence(each, names),
            "by": [sorted(roles) for roles in each.by],
            "rules": [{"ruleset": ruleset, "rule": rule} for ruleset, rule in each.way.rules],
            "when": _way(each.way),
            "unless": [_way(way) for way in each.unless],
            "as_does": _withholds(each.as_does),
            "witness": evidence_as_data(each.witness),
            "rulings": [ruling_as_data(ruling, each.action) for ruling in each.rulings],
        }
        for each in found
    ]


def _withholds(found: Withholds | None) -> dict[str, Any] | None:
    return {"ruleset": found.ruleset, "rules": list(found.rules), "never": found.never} if found else None


def _way(way: Way) -> dict[str, Any]:
    choices = sorted(sorted(map(cube_in_words, choice)) for choice in way.choices)
    return {"all_of": cube_in_words(way.cube), "one_of_each": choices}


def evidence_as_data(witness: Witness) -> dict[str, Any]:
    """Return a state as an evidence file has it, with the timers that run."""
    return {
        name: {
            "value": sorted(known.value) if isinstance(known.value, frozenset) else known.value,
            "age_s": known.age_s,
            **({"sd": known.sd} if known.sd else {}),
            "verified": known.verified,
            "held_s": max((each.true_s for lasting, each in witness.held.items() if lasting.item == name), default=0),
        }
        for name, known in witness.evidence.items.items()
    }


def ruling_as_data(ruling: Ruling, action: Action) -> dict[str, Any]:
    """Return what a ruling says of one action."""
    permission = ruling.permitted.get(action)
    if permission is not None:
        return {
            "ruling": "permitted",
            "authorities": sorted(permission.authorities),
            "executed_by": sorted(permission.executors),
            "rules": [state.rule for state in permission.rules],
        }
    withheld = ruling.withheld[action]
    return {
        "ruling": "withheld",
        "forbidden_by": [state.rule for state in withheld.forbidden_by],
        "missing": [state.rule for state in withheld.missing],
    }

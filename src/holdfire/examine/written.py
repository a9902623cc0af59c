"""A state of evidence that a solver found, as a case: what was known, and what must be withheld on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from holdfire.errors import InputError
from holdfire.examine.answer import answer
from holdfire.logic.case import parse_case
from holdfire.logic.timeline import at
from holdfire.messages.actions import Action
from holdfire.messages.vocabulary import ITEM, ITEMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.examine.encoded import Encoded
    from holdfire.examine.prove import Proof
    from holdfire.examine.smt.search import Witness
    from holdfire.logic.property import Property
    from holdfire.messages.evidence import Known

_NOBODY = "solver"


def case(encoded: Encoded, found: Proof, day: str) -> dict[str, Any]:
    """Return the counterexample of a finding, the second state where there are two, as the data of a case.

    Raises `InputError` where there is none, or where a case of one moment cannot say it: it knows for how long an item
    has been as it is, not when it was last otherwise.
    """
    refuted, asked = found.counterexample, found.asked
    if refuted is None:
        message = f"{encoded.ruleset.id} does not break {asked.id}: there is no case to save"
        raise InputError(message)
    last, title = refuted.seen[-1], f"{encoded.ruleset.id} breaks {asked.id}"
    known = _known(last)
    told = {"known": known} if known else {}
    where = known.get("airspace", {}).get("value", "own")
    made = {
        "id": f"{encoded.ruleset.id.replace(':', '-')}-breaks-{asked.id}",
        "title": title,
        "date": day,
        "hypothetical": True,
        "decider": "Nobody: a solver found this state of evidence",
        "where": where,
        "timeline": [{"at_s": 0, "says": "All that is known.", **told, "source": [_NOBODY]}],
        "decides_at_s": [0],
        "expects": [
            {
                "hold": permission.action.value, "rests_on": sorted(set(_items(asked)) or known or ITEM),
                "because": asked.sentence, "source": [_NOBODY],
            }
            for permission in refuted.permissions
        ],
        "really": "No aircraft: it shows what the rules permit, not what happened",
        "then": {"did": "Nothing.", "came_of_it": "Nothing.", "source": [_NOBODY]},
        "sources": [{"id": _NOBODY, "title": f"Counterexample: {title}", "grade": "assumed"}],
    }  # fmt: skip
    ruled = answer(encoded.ruleset, at(parse_case(made), 0)).ruling
    for permission in refuted.permissions:
        again = ruled.permitted.get(Action(permission.action))
        if again is None or not set(permission.rules) <= set(again.rules):
            message = f"a file cannot say this case of {asked.id}: it rests on when an item was last otherwise"
            raise InputError(message)
    return made


def _items(asked: Property) -> Iterator[str]:
    for each in asked.situations:
        yield from (condition.item.name for condition in (*each.when, *each.not_known, *sum(each.unless, ())))
    for pair in asked.pairs:
        yield from (condition.item.name for condition in (*pair.when, *pair.becomes))


def _known(seen: Witness) -> dict[str, dict[str, Any]]:
    times: dict[str, float] = {}
    for lasting, timer in seen.held.items():
        times[lasting.item] = max(times.get(lasting.item, 0.0), timer.true_s)
    items = seen.evidence.items
    names = [each.name for each in ITEMS if each.name in items]
    return {name: _one(name, items[name], times.get(name, 0.0)) for name in names}


def _one(name: str, known: Known, held_s: float) -> dict[str, Any]:
    item, sd = ITEM[name], {"sd": known.sd} if ITEM[name].kind is Kind.NUMBER else {}
    value = sorted(known.value) if isinstance(known.value, frozenset) else known.value
    verified = {"verified": known.verified} if item.kinematic else {}
    held = {"held_s": held_s} if held_s > 0 else {}
    return {"value": value, **sd, "age_s": known.age_s, "source": known.source, **verified, **held}


def text(made: dict[str, Any]) -> str:
    """Return the file of a case, as `rules history` and `rules explain` read it with `--case`."""
    (moment,) = made["timeline"]
    known = [f"\n      {name}: {_flow(each)}" for name, each in moment.get("known", {}).items()]
    lines = {key: json.dumps(value, ensure_ascii=False) for key, value in made.items()}
    told = f"\n  - at_s: 0\n    says: {moment['says']}\n    source: {_flow(moment['source'])}"
    lines["timeline"] = "".join([told, *(["\n    known:"] if known else []), *known])
    for key in ("expects", "sources"):
        lines[key] = "".join(f"\n  - {_flow(each)}" for each in made[key])
    lines["then"] = _flow(made["then"])
    return "".join(f"{key}: {value}\n".replace(": \n", ":\n", 1) for key, value in lines.items())


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {json.dumps(each, ensure_ascii=False)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)

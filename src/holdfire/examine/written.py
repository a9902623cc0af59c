"""A state of evidence that a solver found, as a situation and as the file of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from holdfire.errors import InputError
from holdfire.examine.answer import answer
from holdfire.logic.situation import Situation
from holdfire.messages.actions import Action
from holdfire.messages.evidence import Evidence, Known
from holdfire.messages.vocabulary import ITEM, ITEMS, Kind

if TYPE_CHECKING:
    from holdfire.examine.encoded import Encoded
    from holdfire.examine.prove import Proof
    from holdfire.examine.smt.search import Witness


def situation(encoded: Encoded, found: Proof) -> Situation:
    """Return the counterexample of a finding, the second state where there are two, as a situation.

    Raises `InputError` where there is none, or where a situation cannot say it: it knows for how long an item has
    been as it is, not when it was last otherwise.
    """
    refuted, asked = found.counterexample, found.asked
    if refuted is None:
        message = f"{encoded.ruleset.id} does not break {asked.id}: there is no case to save"
        raise InputError(message)
    last = refuted.seen[-1]
    name = f"{encoded.ruleset.id.replace(':', '-')}-breaks-{asked.id}"
    title = f"{encoded.ruleset.id} breaks {asked.id}"
    made = Situation(name, title, None, Evidence(last.evidence.basis, _with_times(last)))
    ruled = answer(encoded.ruleset, made).ruling
    for permission in refuted.permissions:
        again = ruled.permitted.get(Action(permission.action))
        if again is None or not set(permission.rules) <= set(again.rules):
            message = f"a file cannot say this case of {asked.id}: it rests on when an item was last otherwise"
            raise InputError(message)
    return made


def _with_times(seen: Witness) -> dict[str, Known]:
    times: dict[str, float] = {}
    for lasting, timer in seen.held.items():
        times[lasting.item] = max(times.get(lasting.item, 0.0), timer.true_s)
    return {
        name: Known(each.value, each.age_s, each.sd, each.verified, each.source, times.get(name, 0.0))
        for name, each in seen.evidence.items.items()
    }


def text(made: Situation) -> str:
    """Return the file of a situation, as `rules explain --evidence` reads it."""
    head = {"id": made.id, "title": made.title, "basis": made.evidence.basis.name.lower()}
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    known = made.evidence.items
    body = [f"  {item.name}: {_one(item.name, known[item.name])}" for item in ITEMS if item.name in known]
    return "\n".join([*lines, *(["evidence:", *body] if body else ["evidence: {}"]), ""])


def _one(name: str, known: Known) -> str:
    item = ITEM[name]
    value = sorted(known.value) if isinstance(known.value, frozenset) else known.value
    parts: dict[str, object] = {"value": value}
    if item.kind is Kind.NUMBER:
        parts["sd"] = known.sd
    parts |= {"age_s": known.age_s, "source": known.source}
    if item.kinematic:
        parts["verified"] = known.verified
    if known.held_s > 0:
        parts["held_s"] = known.held_s
    return "{" + ", ".join(f"{key}: {json.dumps(each)}" for key, each in parts.items()) + "}"

"""`holdfire rules margin`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from holdfire.catalogue import load_case, load_situation
from holdfire.cli.output import Json
from holdfire.cli.rules.margin_said import as_data, on_case, on_evidence
from holdfire.cli.sheet import Html, present
from holdfire.errors import InputError
from holdfire.examine.computed import named
from holdfire.examine.costs import load_costs
from holdfire.examine.fragile import fragile
from holdfire.examine.margin import margin, question
from holdfire.examine.shelter import shelter
from holdfire.logic.timeline import transposed as as_if_own
from holdfire.messages.actions import Action
from holdfire.messages.caution import CAUTION


def margin_(  # noqa: PLR0913
    ruleset: str,
    *,
    evidence: Annotated[str | None, Parameter(help="id of a situation that ships, or path of an evidence file")] = None,
    case: Annotated[str | None, Parameter(help="id of a case that ships, or path: each moment by itself")] = None,
    transposed: Annotated[bool, Parameter(negative="", help="take the case as if in own airspace")] = False,
    action: Annotated[Action, Parameter(help="the action whose ruling is to turn")] = Action.ENGAGE,
    to: Annotated[Literal["permit", "hold"], Parameter(help="what it is to turn to")] = "permit",
    costs: Annotated[str, Parameter(help="what changes cost: an id, or the path of a file")] = "usual",
    json: Json = False,
    html: Html = None,
) -> int:
    """Find the smallest change of evidence that turns a ruling.

    Parameters
    ----------
    ruleset
        Id of a set that ships, path of a file, or a computed set. Self-defence stands beside it.
    """
    if (evidence is None) == (case is None) or (transposed and case is None):
        message = "nothing, or too much, to go by: give --evidence SITUATION, or --case ID, which may be --transposed"
        raise InputError(message)
    asked = question(named(ruleset), load_costs(costs), action, to)
    if evidence is not None:
        situation = load_situation(evidence)
        found = margin(asked, situation)
        safe = shelter(asked, situation) if (action, to) == (Action.ENGAGE, "permit") else {}
        sheet, data = on_evidence(asked, situation, found, safe)
    else:
        read = load_case(case or "")
        read = as_if_own(read) if transposed else read
        sheet, data = on_case(asked, read, fragile(asked, read))
    sheet.say(f"{asked.asked.kind.capitalize()}, not the rules in force. {CAUTION}")
    present(sheet, "rules-margin", {**as_data(asked), **data, "caution": CAUTION}, json=json, html=html)
    return 0

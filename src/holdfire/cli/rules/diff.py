"""`holdfire rules diff`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.rules.solver import asked
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.computed import Computed, named
from holdfire.messages.actions import Action
from holdfire.messages.caution import CAUTION


def diff_(
    one: str,
    other: str,
    *,
    action: Annotated[Action | None, Parameter(help="this action only")] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Say exactly where two sets rule differently, or prove that they nowhere do.

    Parameters
    ----------
    one, other
        Ids of sets that ship, paths of files, or computed sets. Self-defence, which stands beside both, is left out.
    """
    from holdfire.cli.rules.differences import as_data, tell, tell_same
    from holdfire.examine.diff import diff

    first, second = named(one), named(other)
    actions = asked(action)
    found = diff(first, second, actions)
    names = (first.id, second.id) if first.id != second.id else (one, other)
    sheet = Sheet(f"From {names[0]} to {names[1]}")
    sheet.say("Each set alone; self-defence stands beside both and is the same.")
    for each in (first, second):
        if isinstance(each, Computed):
            sheet.say(f"{each.id}: {each.summary}")
    tell(sheet, found, names)
    tell_same(sheet, actions, found, "Proved equal: the same actions, on the same authority, by the same to act")
    kinds = " and ".join(dict.fromkeys((first.kind, second.kind)))
    sheet.say(f"{kinds.capitalize()}, not the rules in force. {CAUTION}")
    data = {"sets": list(names), "actions": list(actions), "equal": not found, "differences": as_data(found, names)}
    present(sheet, "rules-diff", {**data, "caution": CAUTION}, json=json, html=html)
    return 0

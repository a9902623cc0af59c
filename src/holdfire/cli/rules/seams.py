"""`holdfire rules seams`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.cli.output import Json, plural
from holdfire.cli.rules.solver import asked
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.computed import HOST, named, sets_of
from holdfire.messages.actions import Action
from holdfire.messages.caution import CAUTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.examine.seams import Asked, Seam

SHOWN = 10
"""Seams of one action that are printed; the JSON document has all."""

Ruleset = Annotated[str | None, Parameter(help="its rule set: an id, a path, or a computed set")]


def seams_(  # noqa: PLR0913
    one: str,
    other: str,
    *,
    crew_a: Ruleset = None,
    crew_b: Ruleset = None,
    chain_a: Ruleset = None,
    chain_b: Ruleset = None,
    action: Annotated[Action | None, Parameter(help="this action only")] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Say where the same aircraft meets another ruling across a border, a flag or a chain of command.

    Parameters
    ----------
    one, other
        Rule sets of the two states overflown; the same twice, where only the crew's flag or the chain differs.
        Each may be a computed set; `harmonised-host` for a crew or a chain is the host's own.
    """
    from holdfire.cli.rules.differences import as_data, tell_same
    from holdfire.examine.seams import asked_anew, bound, seams

    defence = load_ruleset(SELF_DEFENCE)
    sides = [
        (named(host), _guest(crew), _guest(chain))
        for host, crew, chain in ((one, crew_a, chain_a), (other, crew_b, chain_b))
    ]
    first, second = (bound(*side, defence) for side in sides)
    border = sets_of(sides[0][0]) != sets_of(sides[1][0])
    actions = asked(action)
    found = seams(first, second, actions, border=border)
    names = _names(sides[0]), _names(sides[1])
    sheet = Sheet(f"Seams between {names[0]} and {names[1]}")
    sheet.say(_about(border=border))
    _tell(sheet, found, names)
    differences = [each.difference for each in found]
    tell_same(sheet, actions, differences, "Proved: no seam, the same ruling on either side")
    anew = asked_anew((first, second)) if border else {}
    if anew:
        sheet.say("A border begins these anew, and a ruling may turn on that alone, even between equal texts:")
        for item, entries in anew.items():
            sheet.say(f"{item}: {', '.join(entries)}", indent=1)
    sheet.say(f"Not the rules in force of any state. {CAUTION}")
    told = [
        {**data, "jump": seam.jump, "restated": list(seam.restated)}
        for seam, data in zip(found, as_data(differences, names), strict=True)
    ]
    data: dict[str, Any] = {
        "sides": [[each.id for each in side.every()] for side in (first, second)],
        "border": border,
        "actions": list(actions),
        "seams": told,
        "asked_anew": {item: list(entries) for item, entries in anew.items()},
        "caution": CAUTION,
    }
    present(sheet, "rules-seams", data, json=json, html=html)
    return 0


def _guest(name: str | None) -> Asked | None:
    """Return the set of a crew or a chain; the host's own binds already."""
    return None if name is None or name == HOST else named(name)


def _names(side: Iterable[Asked | None]) -> str:
    return " + ".join(dict.fromkeys(each.id for each in side if each is not None))


def _about(*, border: bool) -> str:
    if border:
        return (
            "The same aircraft, the same evidence, first in own airspace of the one and then of the other. "
            "Self-defence stands beside every set on both sides."
        )
    return (
        "The same aircraft, the same evidence, the same airspace. Self-defence stands beside every set on both sides."
    )


def _tell(sheet: Sheet, found: list[Seam], names: tuple[str, str]) -> None:
    from holdfire.cli.rules.differences import instance
    from holdfire.examine.sentences import sentence

    for action in dict.fromkeys(each.difference.action for each in found):
        mine = [each for each in found if each.difference.action is action]
        sheet.heading(f"{action} ({plural(len(mine), 'seam')}, the worst jump first)")
        for each in mine[:SHOWN]:
            sheet.say(f"- jump {each.jump}: {sentence(each.difference, names)}")
            if each.restated:
                sheet.say(f"which turns on what the border begins anew: {', '.join(each.restated)}", indent=2)
            instance(sheet, each.difference, names)
        if len(mine) > SHOWN:
            sheet.say(f"and {len(mine) - SHOWN} more, of smaller jumps or narrower: --json has all")

"""`holdfire scenario list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.catalogue import find, ids, load_option
from holdfire.cli.output import Json, console, print_json
from holdfire.reader.document import read
from holdfire.scenario.own import REACTION
from holdfire.scenario.schema import Scenario

if TYPE_CHECKING:
    from holdfire.scenario.own import OptionModel


def list_(*, json: Json = False) -> int:
    """List the scenarios that ship, as their files have them: `holdfire scenario check` works out what they name."""
    nights = [Scenario.model_validate(read(*find("scenarios", name)).data) for name in ids("scenarios")]
    if json:
        print_json(
            "scenario-list",
            scenarios=[
                {
                    "id": each.id,
                    "title": each.title,
                    "kind": each.kind,
                    "summary": each.summary,
                    "options": [
                        {"id": option.id, "title": option.title, "rule_only": _rule_only(option)}
                        for option in each.options
                    ],
                }
                for each in nights
            ],
        )
        return 0
    out = console()
    for each in nights:
        out.print(f"{each.id} ({each.kind}): {each.title}", soft_wrap=True, markup=False)
        out.print(f"    {', '.join(option.id for option in each.options)}", soft_wrap=True, markup=False)
    return 0


def _rule_only(option: OptionModel) -> bool:
    """Whether an option changes nothing but rule sets, those of the catalogue by their kind."""
    if option.uses is None or option.set or option.add:
        return option.rule_only
    known = set(ids("options"))
    parts = option.uses.removesuffix(REACTION).split("+")
    alone = all(part in known and load_option(part).kind == "rules" for part in parts)
    return alone and not option.uses.endswith(REACTION)

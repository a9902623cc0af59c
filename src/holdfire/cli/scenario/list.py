"""`holdfire scenario list`."""

from __future__ import annotations

from holdfire.catalogue import ids
from holdfire.cli.output import Json, console, print_json, table
from holdfire.scenario.load import load_scenario


def list_(*, json: Json = False) -> int:
    """List the scenarios that ship."""
    nights = [load_scenario(name).scenario for name in ids("scenarios")]
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
                        {"id": option.id, "title": option.title, "rule_only": option.rule_only}
                        for option in each.options
                    ],
                }
                for each in nights
            ],
        )
        return 0
    shown = table("id", "title", "kind", "options", lines=True)
    for each in nights:
        shown.add_row(each.id, each.title, each.kind, "\n".join(option.id for option in each.options))
    console().print(shown)
    return 0
